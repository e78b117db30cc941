INSERT INTO identity (id, device, genesis, device_key, certificate, at_ms, at_offset_min)
VALUES (1, :device, :genesis, :device_key, :certificate, :at_ms, :at_offset_min)
