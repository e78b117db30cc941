UPDATE report
SET state = 'finished', correction_reason = NULL, revision = :revision,
    open_seq = :open_seq, last_seq = :last_seq,
    saved_at_ms = :at_ms, saved_offset_min = :at_offset_min,
    applicable = coalesce(:applicable, applicable), findings = coalesce(:findings, findings)
WHERE id = :id
