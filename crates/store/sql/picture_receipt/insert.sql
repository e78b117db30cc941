INSERT INTO picture_receipt (hash, server_epoch, received_at_ms, body)
VALUES (:hash, :server_epoch, :received_at_ms, :body)
ON CONFLICT (hash, server_epoch) DO NOTHING
