UPDATE report
SET saved_at_ms = :at_ms, saved_offset_min = :at_offset_min,
    applicable = coalesce(:applicable, applicable), findings = coalesce(:findings, findings)
WHERE id = :id
