INSERT INTO main.earlier_segment (folder, hash)
SELECT :folder, hash FROM before.earlier_segment WHERE folder = :name
ON CONFLICT DO NOTHING
