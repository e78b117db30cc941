INSERT INTO picture_road (hash, seed) VALUES (:hash, :seed)
ON CONFLICT (hash) DO UPDATE SET seed = :seed, sent = 0, total = 0
