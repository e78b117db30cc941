INSERT INTO attachment_use (report, question, hash, at_ms, at_offset_min, beside)
VALUES (:report, :question, :hash, :at_ms, :at_offset_min, :beside)
ON CONFLICT (report, question, hash) DO NOTHING
