SELECT code, level, name, utc_offset_min FROM region WHERE code = :code
