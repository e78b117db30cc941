INSERT INTO main.carried_envelope (addressee, server_epoch, log_size, body, road, at_ms, at_offset_min)
SELECT addressee, server_epoch, log_size, body, road, at_ms, at_offset_min FROM before.carried_envelope
WHERE addressee NOT IN (SELECT addressee FROM main.carried_envelope)
