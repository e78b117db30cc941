SELECT saved_at_ms, saved_offset_min FROM report ORDER BY saved_at_ms DESC LIMIT 1
