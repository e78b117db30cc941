-- Schema 6: what headquarters said of this device. See docs/SYNC.md, "What a revoked device believes".

-- The epoch in which headquarters itself last said that this device is revoked; it never takes that back.
ALTER TABLE exchange ADD COLUMN revoked_epoch INTEGER;

CREATE TRIGGER exchange_revocation_is_final BEFORE UPDATE OF revoked_epoch ON exchange
WHEN old.revoked_epoch IS NOT NULL AND new.revoked_epoch IS NULL
BEGIN SELECT RAISE(ABORT, 'nobody is taken back'); END;
