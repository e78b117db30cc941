-- The log over everything that arrived: its leaves are the hashes of `segment` in the order of `id`. Receipts name its
-- size and root, and checkpoints sign it.

-- ---- rebuildable ---------------------------------------------------------------------------------------------

-- One row: how many segments are in the tree, and the roots of its full subtrees (32 bytes each, the largest first),
-- so that the root after one more segment costs a logarithm of hashes. Segments beyond `size` are counted in when the
-- tree is next asked for, as those are that were there before this table.
CREATE TABLE log (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    size         INTEGER NOT NULL CHECK (size >= 0),
    frontier     BLOB    NOT NULL CHECK (length(frontier) % 32 = 0)
) STRICT;
INSERT INTO log (one, size, frontier) VALUES (1, 0, x'');

-- ---- evidence ------------------------------------------------------------------------------------------------

-- The log's root as of the transaction that held the entries. Receipts from before this column named 32 zeros, and say
-- the same when they are asked for again.
ALTER TABLE receipt ADD COLUMN log_root BLOB CHECK (length(log_root) = 32);

-- What was set aside is recognised when it comes again.
CREATE INDEX quarantine_by_segment ON quarantine (segment);
