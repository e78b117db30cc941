INSERT INTO custody (first_seq, count, road, carrier, statement, at_ms, at_offset_min)
VALUES (:first_seq, :count, :road, :carrier, :statement, :at_ms, :at_offset_min)
ON CONFLICT (first_seq, count, carrier) DO NOTHING
