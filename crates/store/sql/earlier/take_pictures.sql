INSERT INTO main.attachment (hash, media_type, bytes)
SELECT hash, media_type, bytes FROM before.attachment
WHERE hash IN (SELECT hash FROM before.attachment_use WHERE report IN (SELECT value FROM temp.coming))
  AND hash NOT IN (SELECT hash FROM main.attachment)
