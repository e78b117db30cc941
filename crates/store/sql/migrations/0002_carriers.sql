-- Schema 2: evidence through other hands. See "Carriers" in docs/SYNC.md.

-- Sealed segments of others on their way to headquarters. Nobody here can open them; the label is what the holder of
-- this device called whoever brought them. The bytes go when headquarters has them; that it has them stays.
CREATE TABLE carried_segment (
    hash                 BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    bytes                INTEGER NOT NULL CHECK (bytes >= 1),
    sealed               BLOB,
    label                TEXT,
    road                 TEXT    NOT NULL CHECK (road IN ('file', 'codes', 'network')),
    at_ms                INTEGER NOT NULL,
    at_offset_min        INTEGER NOT NULL,
    handed_road          TEXT    CHECK (handed_road IN ('file', 'codes', 'network')),
    handed_to            TEXT,
    handed_at_ms         INTEGER,
    handed_offset_min    INTEGER,
    verdict              TEXT,
    delivered_at_ms      INTEGER,
    delivered_offset_min INTEGER,
    CHECK (sealed IS NULL OR length(sealed) = bytes),
    CHECK (sealed IS NOT NULL OR verdict IS NOT NULL),
    CHECK ((handed_road IS NULL) = (handed_at_ms IS NULL)),
    CHECK ((verdict IS NULL) = (delivered_at_ms IS NULL))
) STRICT;

CREATE INDEX carried_segment_by_label ON carried_segment (label);

-- Headquarters' receipts for other devices, the newest for each, kept to be brought back.
CREATE TABLE carried_receipt (
    device        BLOB    NOT NULL PRIMARY KEY CHECK (length(device) = 16),
    server_epoch  INTEGER NOT NULL,
    upto_seq      INTEGER NOT NULL,
    body          BLOB    NOT NULL,
    road          TEXT    NOT NULL CHECK (road IN ('file', 'codes', 'network', 'headquarters')),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

-- What carriers have signed for, whole, with the certificates that say who they are. Append-only.
CREATE TABLE custody_statement (
    hash          BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    carrier       TEXT    NOT NULL,
    body          BLOB    NOT NULL,
    certificate   BLOB    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

CREATE TRIGGER custody_statement_is_final BEFORE UPDATE ON custody_statement
BEGIN SELECT RAISE(ABORT, 'what a carrier signed stands'); END;
CREATE TRIGGER custody_statement_stays BEFORE DELETE ON custody_statement
BEGIN SELECT RAISE(ABORT, 'what a carrier signed stays'); END;

-- Which of this device's own entries are in whose hands, by which road. Without a statement they lie on a file.
-- It says nothing about headquarters. Append-only.
CREATE TABLE custody (
    id            INTEGER NOT NULL PRIMARY KEY,
    first_seq     INTEGER NOT NULL,
    count         INTEGER NOT NULL CHECK (count >= 1),
    road          TEXT    NOT NULL CHECK (road IN ('file', 'codes', 'network')),
    carrier       TEXT    NOT NULL,
    statement     BLOB    REFERENCES custody_statement (hash),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL,
    CHECK ((carrier = '') = (statement IS NULL)),
    UNIQUE (first_seq, count, carrier)
) STRICT;

CREATE TRIGGER custody_is_final BEFORE UPDATE ON custody
BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
CREATE TRIGGER custody_stays BEFORE DELETE ON custody
BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;

CREATE INDEX segment_by_hash ON segment (hash);
