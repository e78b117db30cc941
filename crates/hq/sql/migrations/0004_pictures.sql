-- Pictures: their bytes come after the entries that name them, in runs of any length.

-- ---- evidence ------------------------------------------------------------------------------------------------

-- Every picture that arrived whole. With an empty `code`, an entry of the device's journal names it by its hash; with a
-- code it is kept apart. What does not open is kept as it came (`hash` is then the hash of the sealed bytes).
CREATE TABLE picture (
    id           INTEGER PRIMARY KEY,
    device       BLOB    NOT NULL REFERENCES device (id),
    seq          INTEGER,
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    media_type   TEXT    NOT NULL,
    code         TEXT    NOT NULL,
    body         BLOB    NOT NULL,
    received_at  INTEGER NOT NULL,
    CHECK (code <> '' OR seq IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX picture_by_hash ON picture (device, hash, code);

-- Under which names on the road a picture came: SHA-256 of its sealed bytes. Sealed anew, it has another.
CREATE TABLE picture_name (
    device       BLOB    NOT NULL REFERENCES device (id),
    name         BLOB    NOT NULL CHECK (length(name) = 32),
    picture      INTEGER NOT NULL REFERENCES picture (id),
    PRIMARY KEY (device, name)
) STRICT, WITHOUT ROWID;

-- ---- housekeeping --------------------------------------------------------------------------------------------

-- Sealed pictures that are not whole, or whose entry has not come. Their devices keep them until a receipt says more.
CREATE TABLE upload (
    id           INTEGER PRIMARY KEY,
    device       BLOB    NOT NULL REFERENCES device (id),
    name         BLOB    NOT NULL CHECK (length(name) = 32),
    total        INTEGER NOT NULL CHECK (total > 0),
    held         INTEGER NOT NULL CHECK (held BETWEEN 0 AND total),
    at           INTEGER NOT NULL,
    UNIQUE (device, name)
) STRICT;

-- Their bytes without gaps, in the runs in which they came.
CREATE TABLE upload_run (
    upload       INTEGER NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    offset       INTEGER NOT NULL,
    bytes        BLOB    NOT NULL,
    PRIMARY KEY (upload, offset)
) STRICT;

CREATE TRIGGER picture_no_update BEFORE UPDATE ON picture
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER picture_no_delete BEFORE DELETE ON picture
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER picture_name_no_update BEFORE UPDATE ON picture_name
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER picture_name_no_delete BEFORE DELETE ON picture_name
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
