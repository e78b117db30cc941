INSERT INTO draft_answer (report, question, value, at_ms, at_offset_min)
VALUES (:report, :question, :value, :at_ms, :at_offset_min)
ON CONFLICT (report, question) DO UPDATE
SET value = excluded.value, at_ms = excluded.at_ms, at_offset_min = excluded.at_offset_min
