-- The newest receipt of a device: of a later epoch, or further in the same.
INSERT INTO carried_receipt (device, server_epoch, upto_seq, body, road, at_ms, at_offset_min)
VALUES (:device, :server_epoch, :upto_seq, :body, :road, :at_ms, :at_offset_min)
ON CONFLICT (device) DO UPDATE
SET server_epoch = excluded.server_epoch, upto_seq = excluded.upto_seq, body = excluded.body, road = excluded.road,
    at_ms = excluded.at_ms, at_offset_min = excluded.at_offset_min
WHERE excluded.server_epoch > carried_receipt.server_epoch
   OR excluded.server_epoch = carried_receipt.server_epoch AND excluded.upto_seq > carried_receipt.upto_seq
