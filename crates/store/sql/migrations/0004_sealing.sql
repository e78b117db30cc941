-- Schema 4: reports that the device itself can no longer open. See docs/adr/0011-sealing-finished-reports.md.
-- Of a sealed report the words are gone: bodies of entries, answers of revisions, notes. Numbers, hashes, times and
-- states stay. Every trigger below allows that one change, in that one direction, and refuses all others as before.

-- Entries whose body is gone, each with the segment that was read back and compared before: all that is left of it.
-- Append-only.
CREATE TABLE sealed_entry (
    seq     INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    segment INTEGER NOT NULL REFERENCES segment (id)
) STRICT;

CREATE INDEX sealed_entry_by_segment ON sealed_entry (segment);

CREATE TRIGGER sealed_entry_lies_in_its_segment BEFORE INSERT ON sealed_entry
WHEN NOT EXISTS (SELECT 1 FROM segment
                 WHERE id = NEW.segment AND NEW.seq BETWEEN first_seq AND first_seq + count - 1)
BEGIN SELECT RAISE(ABORT, 'an entry is sealed only into a segment that holds it'); END;
CREATE TRIGGER sealed_entry_is_final BEFORE UPDATE ON sealed_entry
BEGIN SELECT RAISE(ABORT, 'what is sealed stays sealed'); END;
CREATE TRIGGER sealed_entry_stays BEFORE DELETE ON sealed_entry
BEGIN SELECT RAISE(ABORT, 'what is sealed stays sealed'); END;

-- Reports whose words are gone, when, and how many answers there had been. Append-only.
CREATE TABLE sealed_report (
    report        BLOB    NOT NULL PRIMARY KEY REFERENCES report (id),
    answered      INTEGER NOT NULL,
    at_ms         INTEGER NOT NULL,
    at_offset_min INTEGER NOT NULL
) STRICT;

CREATE TRIGGER sealed_report_is_in_the_outbox BEFORE INSERT ON sealed_report
WHEN NOT EXISTS (SELECT 1 FROM report WHERE id = NEW.report AND state IN ('finished', 'withdrawn'))
  OR EXISTS (SELECT 1 FROM entry WHERE report = NEW.report
             AND NOT EXISTS (SELECT 1 FROM sealed_entry WHERE sealed_entry.seq = entry.seq))
  OR EXISTS (SELECT 1 FROM note WHERE report = NEW.report AND seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'only a finished report that lies whole in the outbox is sealed'); END;
CREATE TRIGGER sealed_report_is_final BEFORE UPDATE ON sealed_report
BEGIN SELECT RAISE(ABORT, 'what is sealed stays sealed'); END;
CREATE TRIGGER sealed_report_stays BEFORE DELETE ON sealed_report
BEGIN SELECT RAISE(ABORT, 'what is sealed stays sealed'); END;
CREATE TRIGGER sealed_report_keeps_its_state BEFORE UPDATE OF state ON report
WHEN EXISTS (SELECT 1 FROM sealed_report WHERE report = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a sealed report changes no more'); END;

-- A segment may be all that is left of its entries.
CREATE TRIGGER segment_is_final BEFORE UPDATE ON segment
BEGIN SELECT RAISE(ABORT, 'segments are append-only'); END;
CREATE TRIGGER segment_stays BEFORE DELETE ON segment
BEGIN SELECT RAISE(ABORT, 'segments are append-only'); END;

-- An empty body is one that is gone, and nothing else.
CREATE TRIGGER entry_has_a_body BEFORE INSERT ON entry
WHEN length(NEW.body) = 0 OR EXISTS (SELECT 1 FROM sealed_report WHERE report = NEW.report)
BEGIN SELECT RAISE(ABORT, 'an entry has a body, and is of no sealed report'); END;
DROP TRIGGER entry_is_final;
CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
WHEN NEW.seq IS NOT OLD.seq OR NEW.report IS NOT OLD.report OR NEW.hash IS NOT OLD.hash
  OR NEW.body IS NOT x'' OR length(OLD.body) = 0
  OR NOT EXISTS (SELECT 1 FROM sealed_entry WHERE seq = OLD.seq)
  OR NOT EXISTS (SELECT 1 FROM sealed_report WHERE report = OLD.report)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

DROP TRIGGER revision_is_final;
CREATE TRIGGER revision_is_final BEFORE UPDATE ON revision
WHEN NEW.report IS NOT OLD.report OR NEW.number IS NOT OLD.number OR NEW.seq IS NOT OLD.seq
  OR NEW.at_ms IS NOT OLD.at_ms OR NEW.at_offset_min IS NOT OLD.at_offset_min
  OR NEW.confirmed_by IS NOT OLD.confirmed_by
  OR NEW.reason IS NOT '' OR NEW.changed IS NOT '[]' OR NEW.answers IS NOT '{}'
  OR NOT EXISTS (SELECT 1 FROM sealed_report WHERE report = OLD.report)
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;

DROP TRIGGER note_stands;
CREATE TRIGGER note_stands BEFORE UPDATE ON note
WHEN (OLD.seq IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.report IS NOT OLD.report OR NEW.body IS NOT OLD.body)
 AND NOT (NEW.id IS OLD.id AND NEW.report IS OLD.report AND NEW.seq IS OLD.seq
          AND NEW.at_ms IS OLD.at_ms AND NEW.at_offset_min IS OLD.at_offset_min
          AND NEW.body IS '' AND NEW.question IS NULL
          AND EXISTS (SELECT 1 FROM sealed_report WHERE report = OLD.report))
BEGIN SELECT RAISE(ABORT, 'a note that was appended stands'); END;
