-- The definitions that these drafts are filled in with, where headquarters offers them no more.
INSERT INTO main.blob (hash, kind, body, at_ms, at_offset_min)
SELECT hash, kind, body, at_ms, at_offset_min FROM before.blob
WHERE hash IN (SELECT form_hash FROM before.report WHERE id IN (SELECT value FROM temp.coming))
  AND hash NOT IN (SELECT hash FROM main.blob)
