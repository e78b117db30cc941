-- A journal that came before the attached one.
INSERT INTO main.earlier (folder, device, database_key, at_ms, at_offset_min)
SELECT :folder, device, :database_key, at_ms, at_offset_min FROM before.earlier WHERE folder = :name
ON CONFLICT (folder) DO UPDATE SET device = excluded.device, database_key = excluded.database_key
