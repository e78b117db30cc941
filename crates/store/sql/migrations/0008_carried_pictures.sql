-- Schema 8: pictures through other hands. See docs/adr/0017-pictures-through-hands.md.

-- Sealed pictures of others on their way to headquarters, as carried segments are. The bytes go when headquarters has said
-- what became of them; that stays.
CREATE TABLE carried_picture (
    name                 BLOB    NOT NULL PRIMARY KEY CHECK (length(name) = 32),
    bytes                INTEGER NOT NULL CHECK (bytes >= 1),
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
    -- Last, so that nothing that only counts has to read past it.
    sealed               BLOB,
    CHECK (sealed IS NULL OR length(sealed) = bytes),
    CHECK (sealed IS NOT NULL OR verdict IS NOT NULL),
    CHECK ((handed_road IS NULL) = (handed_at_ms IS NULL)),
    CHECK ((verdict IS NULL) = (delivered_at_ms IS NULL))
) STRICT;

-- Under which names this device's own pictures were sealed to go through hands.
CREATE TABLE picture_name (
    name BLOB NOT NULL PRIMARY KEY CHECK (length(name) = 32),
    hash BLOB NOT NULL REFERENCES attachment (hash)
) STRICT;

-- Which of this device's own pictures are in whose hands. Without a statement they lie on a file; a carrier's word may
-- come back by codes, which hold no pictures. It says nothing about headquarters. Append-only.
CREATE TABLE picture_custody (
    id            INTEGER NOT NULL PRIMARY KEY,
    hash          BLOB    NOT NULL REFERENCES attachment (hash),
    road          TEXT    NOT NULL CHECK (road IN ('file', 'codes', 'network')),
    carrier       TEXT    NOT NULL,
    statement     BLOB    REFERENCES custody_statement (hash),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL,
    CHECK ((carrier = '') = (statement IS NULL)),
    UNIQUE (hash, carrier)
) STRICT;

CREATE TRIGGER picture_custody_is_final BEFORE UPDATE ON picture_custody
BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
CREATE TRIGGER picture_custody_stays BEFORE DELETE ON picture_custody
BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;

-- The epoch that headquarters itself last named. A receipt that somebody brought may be of a higher one, which may be of a
-- past that is gone: then it is time to ask.
ALTER TABLE exchange ADD COLUMN told_epoch INTEGER NOT NULL DEFAULT 0;
UPDATE exchange SET told_epoch = server_epoch WHERE succeeded_at_ms IS NOT NULL;
