INSERT INTO main.attachment_use (report, question, hash, at_ms, at_offset_min, beside)
SELECT report, question, hash, at_ms, at_offset_min, beside
FROM before.attachment_use WHERE report IN (SELECT value FROM temp.coming)
