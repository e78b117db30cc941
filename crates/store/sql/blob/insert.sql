INSERT INTO blob (hash, kind, body, at_ms, at_offset_min)
VALUES (:hash, :kind, :body, :at_ms, :at_offset_min) ON CONFLICT (hash) DO NOTHING
