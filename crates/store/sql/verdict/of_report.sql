-- The code that stands about any of a report's entries, the latest word about each entry counting.
SELECT code FROM (
    SELECT (SELECT code FROM verdict
            WHERE entry.seq BETWEEN first_seq AND first_seq + count - 1
            ORDER BY id DESC LIMIT 1) AS code
    FROM entry WHERE report = :report
) WHERE code IS NOT NULL LIMIT 1
