SELECT received_at_ms FROM receipt WHERE upto_seq >= :seq ORDER BY id LIMIT 1
