INSERT INTO main.attachment_piece (hash, number, body)
SELECT hash, number, body FROM before.attachment_piece AS piece
WHERE hash IN (SELECT hash FROM before.attachment_use WHERE report IN (SELECT value FROM temp.coming))
  AND NOT EXISTS (SELECT 1 FROM main.attachment_piece AS known
                  WHERE known.hash = piece.hash AND known.number = piece.number)
