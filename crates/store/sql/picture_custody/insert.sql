INSERT INTO picture_custody (hash, road, carrier, statement, at_ms, at_offset_min)
VALUES (:hash, :road, :carrier, :statement, :at_ms, :at_offset_min)
ON CONFLICT (hash, carrier) DO NOTHING
