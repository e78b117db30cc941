UPDATE report
SET state = :state, correction_reason = :reason,
    saved_at_ms = :at_ms, saved_offset_min = :at_offset_min
WHERE id = :id
