INSERT INTO receipt (server_epoch, upto_seq, hash, received_at_ms, body, at_ms, at_offset_min)
VALUES (:server_epoch, :upto_seq, :hash, :received_at_ms, :body, :at_ms, :at_offset_min)
ON CONFLICT (server_epoch, upto_seq, body) DO NOTHING
