INSERT INTO verdict (first_seq, count, code, at_ms, at_offset_min)
VALUES (:first_seq, :count, :code, :at_ms, :at_offset_min)
