INSERT INTO earlier (folder, device, database_key, at_ms, at_offset_min)
VALUES (:folder, :device, :database_key, :at_ms, :at_offset_min)
ON CONFLICT (folder) DO UPDATE
SET device = coalesce(excluded.device, device), database_key = coalesce(excluded.database_key, database_key)
