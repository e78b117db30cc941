-- Schema 3: pictures on any question, and their road to headquarters. See "Pictures" in docs/SYNC.md.

-- 1: the picture stands beside the answer, whatever the question asks for; 0: it is the answer.
ALTER TABLE attachment_use ADD COLUMN beside INTEGER NOT NULL DEFAULT 0 CHECK (beside IN (0, 1));

-- What a picture is sealed with, how many bytes of its sealed form headquarters has, and why it keeps it apart if it does.
CREATE TABLE picture_road (
    hash  BLOB    NOT NULL PRIMARY KEY REFERENCES attachment (hash) ON DELETE CASCADE,
    seed  BLOB    NOT NULL CHECK (length(seed) = 32),
    sent  INTEGER NOT NULL DEFAULT 0 CHECK (sent BETWEEN 0 AND total),
    total INTEGER NOT NULL DEFAULT 0,
    code  TEXT
) STRICT;

-- Headquarters' verified receipts for pictures, one an epoch. Append-only.
CREATE TABLE picture_receipt (
    hash           BLOB    NOT NULL REFERENCES attachment (hash),
    server_epoch   INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    body           BLOB    NOT NULL,
    PRIMARY KEY (hash, server_epoch)
) STRICT;

CREATE TRIGGER picture_receipt_is_final BEFORE UPDATE ON picture_receipt
BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER picture_receipt_stays BEFORE DELETE ON picture_receipt
BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
