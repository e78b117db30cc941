INSERT INTO note (id, report, question, body, at_ms, at_offset_min)
VALUES (:id, :report, :question, :body, :at_ms, :at_offset_min)
