SELECT number, seq, reason, at_ms, at_offset_min, confirmed_by, changed, answers FROM revision
WHERE report = :report ORDER BY number
