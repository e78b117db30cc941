-- Notes that an entry of the earlier journal carries stay with it.
INSERT INTO main.note (id, report, question, body, at_ms, at_offset_min)
SELECT id, report, question, body, at_ms, at_offset_min
FROM before.note
WHERE seq IS NULL AND report IN (SELECT value FROM temp.coming) AND id NOT IN (SELECT id FROM main.note)
