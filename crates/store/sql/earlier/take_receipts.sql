INSERT INTO main.carried_receipt (device, server_epoch, upto_seq, body, road, at_ms, at_offset_min)
SELECT device, server_epoch, upto_seq, body, road, at_ms, at_offset_min FROM before.carried_receipt
WHERE device NOT IN (SELECT device FROM main.carried_receipt)
