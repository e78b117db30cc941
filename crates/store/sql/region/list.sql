SELECT code, level, name, utc_offset_min FROM region ORDER BY code
