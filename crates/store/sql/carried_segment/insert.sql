INSERT INTO carried_segment (hash, bytes, sealed, label, road, at_ms, at_offset_min)
VALUES (:hash, :bytes, :sealed, :label, :road, :at_ms, :at_offset_min)
