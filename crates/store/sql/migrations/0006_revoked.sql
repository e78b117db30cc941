-- Schema 6: what headquarters said of this device. See docs/SYNC.md, "What a revoked device believes".

-- Whether headquarters itself has said that this device is revoked; it never takes that back.
ALTER TABLE exchange ADD COLUMN is_revoked INTEGER NOT NULL DEFAULT 0 CHECK (is_revoked IN (0, 1));

CREATE TRIGGER exchange_revocation_is_final BEFORE UPDATE OF is_revoked ON exchange
WHEN old.is_revoked > new.is_revoked
BEGIN SELECT RAISE(ABORT, 'nobody is taken back'); END;
