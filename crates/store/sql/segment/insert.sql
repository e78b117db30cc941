INSERT INTO segment (first_seq, count, hash, at_ms, at_offset_min)
VALUES (:first_seq, :count, :hash, :at_ms, :at_offset_min)
