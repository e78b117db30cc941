-- The ledger. Two kinds of tables: evidence (append-only, guarded by triggers) and the rest, which is either
-- housekeeping or can be rebuilt from the evidence by `Ledger::rebuild`.

-- ---- evidence ------------------------------------------------------------------------------------------------

-- One row: which event this ledger belongs to, and its epoch (higher after a restore from a backup).
CREATE TABLE identity (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    event        TEXT    NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;

-- Every device that was ever enrolled, with the certificate headquarters gave it.
CREATE TABLE device (
    id           BLOB    PRIMARY KEY CHECK (length(id) = 16),
    public_key   BLOB    NOT NULL CHECK (length(public_key) = 32),
    mailbox      BLOB    NOT NULL CHECK (length(mailbox) = 32),
    certificate  BLOB    NOT NULL,
    team         TEXT    NOT NULL,
    label        TEXT    NOT NULL,
    enrolled_at  INTEGER NOT NULL
) STRICT;

-- Devices whose certificate no longer counts; what they send later is kept and set aside.
CREATE TABLE revocation (
    device       BLOB    PRIMARY KEY REFERENCES device (id),
    at           INTEGER NOT NULL,
    reason       TEXT    NOT NULL
) STRICT;

-- Every sealed segment exactly as it came, by the hash of its bytes.
CREATE TABLE segment (
    id           INTEGER PRIMARY KEY,
    hash         BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    sealed       BLOB    NOT NULL,
    received_at  INTEGER NOT NULL
) STRICT;

-- The journals: entry `seq` of a device, in the bytes that its chain hashes.
CREATE TABLE entry (
    device       BLOB    NOT NULL REFERENCES device (id),
    seq          INTEGER NOT NULL CHECK (seq > 0),
    report_seq   INTEGER,
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    bytes        BLOB    NOT NULL,
    segment      INTEGER NOT NULL REFERENCES segment (id),
    received_at  INTEGER NOT NULL,
    PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_by_report ON entry (device, report_seq, seq);

-- A second entry under a number that is taken: the journal forked (a restored backup, a cloned device). Both stay.
CREATE TABLE fork (
    device       BLOB    NOT NULL REFERENCES device (id),
    seq          INTEGER NOT NULL,
    hash         BLOB    NOT NULL,
    bytes        BLOB    NOT NULL,
    segment      INTEGER NOT NULL REFERENCES segment (id),
    received_at  INTEGER NOT NULL,
    PRIMARY KEY (device, seq, hash)
) STRICT, WITHOUT ROWID;

-- Segments set aside whole, with the reason.
CREATE TABLE quarantine (
    id           INTEGER PRIMARY KEY,
    segment      INTEGER NOT NULL REFERENCES segment (id),
    device       BLOB,
    code         TEXT    NOT NULL,
    at           INTEGER NOT NULL
) STRICT;

-- What headquarters promised to hold, written in the transaction that holds it; the signature is made after commit.
CREATE TABLE receipt (
    device       BLOB    NOT NULL REFERENCES device (id),
    upto_seq     INTEGER NOT NULL,
    upto_hash    BLOB    NOT NULL CHECK (length(upto_hash) = 32),
    epoch        INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    log_size     INTEGER NOT NULL,
    PRIMARY KEY (device, upto_seq)
) STRICT, WITHOUT ROWID;

-- Content-addressed bundles: forms (old versions too), register, mission.
CREATE TABLE bundle (
    hash         BLOB    PRIMARY KEY CHECK (length(hash) = 32),
    kind         TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    bytes        BLOB    NOT NULL,
    added_at     INTEGER NOT NULL
) STRICT;

-- Every configuration that was ever signed; versions only go up.
CREATE TABLE config (
    version      INTEGER PRIMARY KEY,
    content_hash BLOB    NOT NULL,
    bytes        BLOB    NOT NULL,
    signed_at    INTEGER NOT NULL
) STRICT;

-- Who did what at headquarters, in the same transaction as the thing done.
CREATE TABLE audit (
    id           INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    detail       TEXT    NOT NULL
) STRICT;

-- ---- housekeeping --------------------------------------------------------------------------------------------

-- Higher after a restore from a backup, so that devices send again what the backup had not.
CREATE TABLE epoch (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    value        INTEGER NOT NULL
) STRICT;

-- Where each journal stands: the number expected next and the chain's hash before it.
CREATE TABLE head (
    device       BLOB    PRIMARY KEY REFERENCES device (id),
    next_seq     INTEGER NOT NULL,
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    heard_at     INTEGER NOT NULL
) STRICT;

-- Segments that came before the ones in front of them; adopted when the gap closes.
CREATE TABLE parked (
    segment      INTEGER PRIMARY KEY REFERENCES segment (id),
    device       BLOB    NOT NULL REFERENCES device (id),
    first_seq    INTEGER NOT NULL
) STRICT;
CREATE INDEX parked_by_device ON parked (device, first_seq);

-- Enrolment codes: only the hash of the secret, one use, an end.
CREATE TABLE enrolment (
    secret_hash  BLOB    PRIMARY KEY CHECK (length(secret_hash) = 32),
    team         TEXT    NOT NULL,
    label        TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER,
    device       BLOB
) STRICT;

-- One-time sign-in links: only the hash of the token.
CREATE TABLE sign_in_link (
    token_hash   BLOB    PRIMARY KEY CHECK (length(token_hash) = 32),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER
) STRICT;

-- Signed-in browsers: only the hash of the cookie.
CREATE TABLE session (
    token_hash   BLOB    PRIMARY KEY CHECK (length(token_hash) = 32),
    actor        TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;

-- Where the command line finds what the server was started with.
CREATE TABLE setting (
    name         TEXT    PRIMARY KEY,
    value        TEXT    NOT NULL
) STRICT;

-- ---- rebuildable ---------------------------------------------------------------------------------------------

-- Reports, folded from the entries.
CREATE TABLE report (
    id           TEXT    PRIMARY KEY,
    device       BLOB    NOT NULL,
    seq          INTEGER NOT NULL,
    form         TEXT    NOT NULL,
    form_ref     BLOB    NOT NULL CHECK (length(form_ref) = 4),
    place_kind   TEXT    NOT NULL,
    place        TEXT    NOT NULL,
    region       TEXT    NOT NULL,
    team         TEXT    NOT NULL,
    visit        INTEGER NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('open', 'accepted', 'quarantined', 'withdrawn')),
    code         TEXT    NOT NULL,
    current      INTEGER NOT NULL,
    finalise_seq INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    offset_min   INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    UNIQUE (device, seq)
) STRICT;
CREATE INDEX report_by_form ON report (form, state);
CREATE INDEX report_by_place ON report (device, place, form);

-- Every finished revision, its answers in force and what the check found.
CREATE TABLE report_revision (
    report       TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    finalise_seq INTEGER NOT NULL,
    answers      TEXT    NOT NULL,
    code         TEXT    NOT NULL,
    findings     TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    offset_min   INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;

-- What each report in force adds to the indicators, all of it in one row.
CREATE TABLE contribution (
    report       TEXT    PRIMARY KEY,
    body         TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- Entries that are in a journal's chain and yet say nothing headquarters can use, with the reason.
CREATE TABLE entry_problem (
    device       BLOB    NOT NULL,
    seq          INTEGER NOT NULL,
    code         TEXT    NOT NULL,
    PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;

-- ---- guards --------------------------------------------------------------------------------------------------
CREATE TRIGGER identity_no_update BEFORE UPDATE ON identity
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER identity_no_delete BEFORE DELETE ON identity
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER device_no_update BEFORE UPDATE ON device
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER device_no_delete BEFORE DELETE ON device
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER revocation_no_update BEFORE UPDATE ON revocation
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER revocation_no_delete BEFORE DELETE ON revocation
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER segment_no_update BEFORE UPDATE ON segment
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER segment_no_delete BEFORE DELETE ON segment
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER fork_no_update BEFORE UPDATE ON fork
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER fork_no_delete BEFORE DELETE ON fork
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER quarantine_no_update BEFORE UPDATE ON quarantine
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER quarantine_no_delete BEFORE DELETE ON quarantine
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER bundle_no_update BEFORE UPDATE ON bundle
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER bundle_no_delete BEFORE DELETE ON bundle
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER config_no_update BEFORE UPDATE ON config
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER config_no_delete BEFORE DELETE ON config
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
