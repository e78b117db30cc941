-- Schema 1. A migration that has shipped is never edited: sql/migrations/CHECKSUMS holds it to that.
-- Times are UTC milliseconds with the local offset beside them; ids of this device are UUIDv7 as 16 bytes.

-- One report of the observers: from the first answer of its draft to its last revision.
CREATE TABLE report (
    id                BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    form              TEXT    NOT NULL,
    form_hash         BLOB    NOT NULL CHECK (length(form_hash) = 32),
    place_kind        TEXT    NOT NULL CHECK (place_kind IN ('station', 'commission', 'free', 'anywhere')),
    place             TEXT    NOT NULL,
    visit             INTEGER NOT NULL CHECK (visit BETWEEN 0 AND 65535),
    state             TEXT    NOT NULL CHECK (state IN ('draft', 'finished', 'correcting', 'withdrawn')),
    begun_at_ms       INTEGER NOT NULL,
    begun_offset_min  INTEGER NOT NULL,
    saved_at_ms       INTEGER NOT NULL,
    saved_offset_min  INTEGER NOT NULL,
    revision          INTEGER NOT NULL DEFAULT 0,
    correction_reason TEXT,
    open_seq          INTEGER REFERENCES entry (seq),
    last_seq          INTEGER REFERENCES entry (seq),
    applicable        INTEGER NOT NULL DEFAULT 0,
    findings          INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 'draft') = (open_seq IS NULL)),
    CHECK ((state = 'correcting') = (correction_reason IS NOT NULL))
) STRICT;

CREATE INDEX report_by_place ON report (place_kind, place);

-- The answers of a report as they are now: one row a question, one durable commit a change. Never travels.
CREATE TABLE draft_answer (
    report        BLOB    NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    question      TEXT    NOT NULL,
    value         TEXT    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL,
    PRIMARY KEY (report, question)
) STRICT, WITHOUT ROWID;

-- Remarks on a question or on a whole report; once an entry carries one, it stands as it is.
CREATE TABLE note (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    report        BLOB    NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    question      TEXT,
    body          TEXT    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL,
    seq           INTEGER REFERENCES entry (seq)
) STRICT;

CREATE INDEX note_by_report ON note (report);

CREATE TRIGGER note_stands BEFORE UPDATE ON note
WHEN OLD.seq IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.report IS NOT OLD.report OR NEW.body IS NOT OLD.body
BEGIN SELECT RAISE(ABORT, 'a note that was appended stands'); END;
CREATE TRIGGER note_stays BEFORE DELETE ON note WHEN OLD.seq IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a note that was appended stays'); END;

-- The journal: numbered from 1 without gaps, each entry chained to the one before. Append-only.
CREATE TABLE entry (
    seq    INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
    report BLOB    NOT NULL REFERENCES report (id),
    body   BLOB    NOT NULL,
    hash   BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER entry_without_gaps BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'journal entries are numbered without gaps'); END;
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Finished revisions with all answers as of each: what a dropped correction returns to. Append-only.
CREATE TABLE revision (
    report        BLOB    NOT NULL REFERENCES report (id),
    number        INTEGER NOT NULL CHECK (number >= 1),
    seq           INTEGER NOT NULL UNIQUE REFERENCES entry (seq),
    reason        TEXT    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL,
    confirmed_by  TEXT    NOT NULL,
    changed       TEXT    NOT NULL,
    answers       TEXT    NOT NULL,
    PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revision_is_final BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_stays BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;

-- Headquarters' signed receipts, each verified and compared with the chain before it came in. Append-only.
CREATE TABLE receipt (
    id             INTEGER NOT NULL PRIMARY KEY,
    server_epoch   INTEGER NOT NULL,
    upto_seq       INTEGER NOT NULL REFERENCES entry (seq),
    hash           BLOB    NOT NULL CHECK (length(hash) = 32),
    received_at_ms INTEGER NOT NULL,
    body           BLOB    NOT NULL,
    at_ms          INTEGER NOT NULL,
    at_offset_min  INTEGER NOT NULL,
    UNIQUE (server_epoch, upto_seq, body)
) STRICT;

CREATE TRIGGER receipt_is_final BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;

-- What headquarters said about a run of entries besides holding it; the latest row about an entry counts.
CREATE TABLE verdict (
    id            INTEGER NOT NULL PRIMARY KEY,
    first_seq     INTEGER NOT NULL,
    count         INTEGER NOT NULL CHECK (count >= 1),
    code          TEXT,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

-- Who this device is: one row, set once.
CREATE TABLE identity (
    id            INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    device        BLOB    NOT NULL CHECK (length(device) = 16),
    genesis       BLOB    NOT NULL CHECK (length(genesis) = 32),
    device_key    BLOB    NOT NULL,
    certificate   BLOB    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

CREATE TRIGGER identity_is_final BEFORE UPDATE OF id, device, genesis, device_key ON identity
BEGIN SELECT RAISE(ABORT, 'a device keeps its identity'); END;
CREATE TRIGGER identity_stays BEFORE DELETE ON identity
BEGIN SELECT RAISE(ABORT, 'a device keeps its identity'); END;

-- Signed configurations of headquarters in the order they came; the highest version counts.
CREATE TABLE config (
    version       INTEGER NOT NULL PRIMARY KEY,
    body          BLOB    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

-- Where the exchange with headquarters stands: one row.
CREATE TABLE exchange (
    id                   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    server_epoch         INTEGER NOT NULL,
    next_seq             INTEGER NOT NULL,
    sent_upto            INTEGER NOT NULL,
    succeeded_at_ms      INTEGER,
    succeeded_offset_min INTEGER,
    error                TEXT
) STRICT;
INSERT INTO exchange (id, server_epoch, next_seq, sent_upto) VALUES (1, 0, 1, 0);

-- Sealed segments; their bytes are files in the outbox, so that outbox and database can rebuild each other.
CREATE TABLE segment (
    id            INTEGER NOT NULL PRIMARY KEY,
    first_seq     INTEGER NOT NULL,
    count         INTEGER NOT NULL CHECK (count >= 1),
    hash          BLOB    NOT NULL CHECK (length(hash) = 32),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

CREATE INDEX segment_by_seq ON segment (first_seq);

-- Content by address: form definitions, the register's and the mission's bundles.
CREATE TABLE blob (
    hash          BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    kind          TEXT    NOT NULL,
    body          BLOB    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

-- Pictures by content address.
CREATE TABLE attachment (
    hash       BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    media_type TEXT    NOT NULL,
    bytes      INTEGER NOT NULL
) STRICT;

-- A picture's bytes in pieces, so that no commit and no read holds a whole camera roll in memory.
CREATE TABLE attachment_piece (
    hash   BLOB    NOT NULL REFERENCES attachment (hash) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    body   BLOB    NOT NULL,
    PRIMARY KEY (hash, number)
) STRICT;

-- Which report answers which question with which picture, and the entry that says so.
CREATE TABLE attachment_use (
    report        BLOB    NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    question      TEXT    NOT NULL,
    hash          BLOB    NOT NULL REFERENCES attachment (hash),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL,
    seq           INTEGER REFERENCES entry (seq),
    PRIMARY KEY (report, question, hash)
) STRICT, WITHOUT ROWID;

-- Regions of the register; each is also the commission of its level. Names are JSON by language.
CREATE TABLE region (
    code           TEXT    NOT NULL PRIMARY KEY,
    level          TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    utc_offset_min INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Districts of the register; each is also the commission of its level.
CREATE TABLE district (
    code   TEXT NOT NULL PRIMARY KEY,
    region TEXT NOT NULL REFERENCES region (code),
    kind   TEXT NOT NULL,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Polling stations of the register, in its order.
CREATE TABLE station (
    code      TEXT    NOT NULL PRIMARY KEY,
    number    TEXT    NOT NULL,
    region    TEXT    NOT NULL REFERENCES region (code),
    district  TEXT    NOT NULL REFERENCES district (code),
    name      TEXT    NOT NULL,
    address   TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    area      TEXT    NOT NULL,
    voters    INTEGER NOT NULL,
    latitude  REAL,
    longitude REAL
) STRICT, WITHOUT ROWID;

-- Which register is loaded: one row.
CREATE TABLE register (
    id            INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    hash          BLOB    NOT NULL CHECK (length(hash) = 32),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;
