INSERT INTO custody_statement (hash, carrier, body, certificate, at_ms, at_offset_min)
VALUES (:hash, :carrier, :body, :certificate, :at_ms, :at_offset_min)
ON CONFLICT (hash) DO NOTHING
