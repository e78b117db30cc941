INSERT INTO carried_picture (name, bytes, sealed, label, road, at_ms, at_offset_min)
VALUES (:name, :bytes, :sealed, :label, :road, :at_ms, :at_offset_min)
-- Offered again after headquarters had judged it: its author has no receipt, so headquarters may have lost it.
ON CONFLICT (name) DO UPDATE
SET sealed = excluded.sealed, verdict = NULL, delivered_at_ms = NULL, delivered_offset_min = NULL
WHERE carried_picture.verdict IS NOT NULL
