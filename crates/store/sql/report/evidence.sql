-- Counts of finished reports, and of those whose last entry lies within what headquarters holds.
SELECT count(*) AS finished,
       count(*) FILTER (WHERE last_seq <= :held_upto) AS held
FROM report WHERE revision >= 1
