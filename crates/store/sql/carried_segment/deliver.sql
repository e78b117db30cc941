-- What headquarters has need not be kept: its author keeps it, and sends it again to a headquarters that lost it.
UPDATE carried_segment
SET verdict = :verdict, delivered_at_ms = :at_ms, delivered_offset_min = :at_offset_min, sealed = NULL
WHERE hash = :hash AND verdict IS NULL
