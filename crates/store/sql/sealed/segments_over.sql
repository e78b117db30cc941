-- Every sealing of an entry, the newest first.
SELECT id, first_seq, count, hash FROM segment
WHERE first_seq <= :seq AND first_seq + count > :seq
ORDER BY id DESC
