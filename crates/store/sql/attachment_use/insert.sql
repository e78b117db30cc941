INSERT INTO attachment_use (report, question, hash, at_ms, at_offset_min)
VALUES (:report, :question, :hash, :at_ms, :at_offset_min)
ON CONFLICT (report, question, hash) DO NOTHING
