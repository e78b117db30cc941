-- Schema 5: journals that came before this store's own. See docs/adr/0012-backup-and-earlier-journals.md.

-- Journals that ended: set aside on this device, or restored from a backup; one row a folder under `aside`. With its
-- key such a journal is read; without it, only its sealed segments were taken over, which needs no key.
CREATE TABLE earlier (
    folder        TEXT    NOT NULL PRIMARY KEY,
    device        BLOB    CHECK (device IS NULL OR length(device) = 16),
    database_key  BLOB    CHECK (database_key IS NULL OR length(database_key) = 32),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL,
    CHECK ((device IS NULL) = (database_key IS NULL))
) STRICT;

-- Which sealed segments of an earlier journal this device carries to headquarters.
CREATE TABLE earlier_segment (
    folder TEXT NOT NULL REFERENCES earlier (folder),
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (folder, hash)
) STRICT, WITHOUT ROWID;

-- Drafts that came from an earlier journal, also those thrown away since: none comes twice. A revision above 0: it was
-- begun as a correction of that revision. Append-only.
CREATE TABLE earlier_draft (
    report   BLOB    NOT NULL PRIMARY KEY CHECK (length(report) = 16),
    folder   TEXT    NOT NULL REFERENCES earlier (folder),
    revision INTEGER NOT NULL
) STRICT;

CREATE TRIGGER earlier_draft_is_final BEFORE UPDATE ON earlier_draft
BEGIN SELECT RAISE(ABORT, 'where a draft came from stands'); END;
CREATE TRIGGER earlier_draft_stays BEFORE DELETE ON earlier_draft
BEGIN SELECT RAISE(ABORT, 'where a draft came from stays'); END;

-- The last visit of each form in an earlier journal, so that the team's numbers go on.
CREATE TABLE earlier_visit (
    folder TEXT    NOT NULL REFERENCES earlier (folder),
    form   TEXT    NOT NULL,
    visit  INTEGER NOT NULL,
    PRIMARY KEY (folder, form)
) STRICT, WITHOUT ROWID;

-- That headquarters has seen this journal go on in two ways: one row, once. Nothing may be appended to it any more.
CREATE TABLE fork (
    id            INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    code          TEXT    NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

CREATE TRIGGER fork_is_final BEFORE UPDATE ON fork
BEGIN SELECT RAISE(ABORT, 'a fork stands'); END;
CREATE TRIGGER fork_stays BEFORE DELETE ON fork
BEGIN SELECT RAISE(ABORT, 'a fork stays'); END;
