INSERT INTO main.draft_answer (report, question, value, at_ms, at_offset_min)
SELECT report, question, value, at_ms, at_offset_min
FROM before.draft_answer WHERE report IN (SELECT value FROM temp.coming)
