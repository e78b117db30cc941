-- Counts of finished reports; of those whose last entry lies within what headquarters holds; and of the others, those
-- of which every entry that headquarters lacks is in other hands.
SELECT count(*) AS finished,
       count(*) FILTER (WHERE last_seq <= :held_upto) AS held,
       count(*) FILTER (WHERE last_seq > :held_upto AND NOT EXISTS (
           SELECT 1 FROM entry
           WHERE entry.report = report.id AND entry.seq > :held_upto AND NOT EXISTS (
               SELECT 1 FROM custody
               WHERE entry.seq BETWEEN custody.first_seq AND custody.first_seq + custody.count - 1)
       )) AS carried
FROM report WHERE revision >= 1
