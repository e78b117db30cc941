-- The latest sealing of each run that holds :from_seq or later entries.
SELECT first_seq, count, hash FROM segment
WHERE first_seq + count > :from_seq
  AND id = (SELECT max(id) FROM segment AS same WHERE same.first_seq = segment.first_seq)
ORDER BY first_seq
