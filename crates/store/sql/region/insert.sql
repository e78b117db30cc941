INSERT INTO region (code, level, name, utc_offset_min) VALUES (:code, :level, :name, :utc_offset_min)
