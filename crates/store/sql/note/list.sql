SELECT id, question, body, at_ms, at_offset_min, seq FROM note
WHERE report = :report ORDER BY rowid
