-- In whose hands a report is: only when every entry of it that headquarters lacks is in somebody's. A carrier's word
-- counts before a file, the latest before the earlier ones.
SELECT custody.carrier, custody.road, custody.at_ms, custody.at_offset_min
FROM custody
WHERE :last_seq BETWEEN custody.first_seq AND custody.first_seq + custody.count - 1
  AND NOT EXISTS (
      SELECT 1 FROM entry
      WHERE entry.report = :report AND entry.seq > :held_upto AND NOT EXISTS (
          SELECT 1 FROM custody AS other
          WHERE entry.seq BETWEEN other.first_seq AND other.first_seq + other.count - 1))
ORDER BY custody.carrier = '', custody.id DESC LIMIT 1
