-- What headquarters has need not be kept: its author keeps it, and hands it over again when headquarters lost it.
UPDATE carried_picture
SET verdict = :verdict, delivered_at_ms = :at_ms, delivered_offset_min = :at_offset_min, sealed = NULL
WHERE name = :name AND verdict IS NULL
