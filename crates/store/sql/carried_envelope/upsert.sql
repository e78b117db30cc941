-- The newest receipt for an addressee: of a later epoch, or of a larger log in the same. What headquarters itself says
-- counts within its epoch whatever the log: it may have been restored from a backup, and nobody has told it yet.
INSERT INTO carried_envelope (addressee, server_epoch, log_size, body, road, at_ms, at_offset_min)
VALUES (:addressee, :server_epoch, :log_size, :body, :road, :at_ms, :at_offset_min)
ON CONFLICT (addressee) DO UPDATE
SET server_epoch = excluded.server_epoch, log_size = excluded.log_size, body = excluded.body, road = excluded.road,
    at_ms = excluded.at_ms, at_offset_min = excluded.at_offset_min
WHERE excluded.server_epoch > carried_envelope.server_epoch
   OR excluded.server_epoch = carried_envelope.server_epoch
      AND (excluded.log_size > carried_envelope.log_size
           OR excluded.road = 'headquarters' AND excluded.body <> carried_envelope.body)
