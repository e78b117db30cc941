-- What the attached journal's device still carried for others: it is nowhere else.
INSERT INTO main.carried_segment (hash, bytes, sealed, label, road, at_ms, at_offset_min)
SELECT hash, bytes, sealed, label, road, at_ms, at_offset_min FROM before.carried_segment
WHERE verdict IS NULL AND hash NOT IN (SELECT hash FROM main.carried_segment)
