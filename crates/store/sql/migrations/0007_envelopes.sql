-- Schema 7: what a carrier can tell of a receipt. See docs/adr/0016-what-a-carrier-can-tell.md.

-- Receipts that name their device are carried no further: headquarters gives them again, in envelopes, whenever the
-- device or somebody who carries for it asks.
DROP TABLE carried_receipt;

-- Headquarters' receipts for other devices, the newest for each, kept to be brought back. Nobody here can tell for whom
-- one is, or what it says; earlier journals of this device can open theirs.
CREATE TABLE carried_envelope (
    addressee     BLOB    NOT NULL PRIMARY KEY CHECK (length(addressee) = 16),
    server_epoch  INTEGER NOT NULL,
    log_size      INTEGER NOT NULL,
    body          BLOB    NOT NULL,
    road          TEXT    NOT NULL CHECK (road IN ('file', 'codes', 'network', 'headquarters')),
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;
