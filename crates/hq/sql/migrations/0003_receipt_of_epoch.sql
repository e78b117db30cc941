-- A receipt is a promise of one epoch. After a restore from a backup the epoch goes up, and what is still held is
-- promised anew: a device believes no receipt from before a restore that it knows of.
CREATE TABLE receipt_of_epoch (
    device       BLOB    NOT NULL REFERENCES device (id),
    upto_seq     INTEGER NOT NULL,
    upto_hash    BLOB    NOT NULL CHECK (length(upto_hash) = 32),
    epoch        INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    log_size     INTEGER NOT NULL,
    log_root     BLOB    CHECK (length(log_root) = 32),
    PRIMARY KEY (device, upto_seq, epoch)
) STRICT, WITHOUT ROWID;
INSERT INTO receipt_of_epoch (device, upto_seq, upto_hash, epoch, received_at, log_size, log_root)
SELECT device, upto_seq, upto_hash, epoch, received_at, log_size, log_root FROM receipt;
DROP TABLE receipt;
ALTER TABLE receipt_of_epoch RENAME TO receipt;
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
