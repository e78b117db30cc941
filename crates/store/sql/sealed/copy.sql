-- The segment that alone holds an entry.
SELECT segment.id, segment.first_seq, segment.count, segment.hash
FROM sealed_entry JOIN segment ON segment.id = sealed_entry.segment
WHERE sealed_entry.seq = :seq
