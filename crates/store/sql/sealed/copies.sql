-- Segments that alone hold entries.
SELECT id, first_seq, count, hash FROM segment
WHERE EXISTS (SELECT 1 FROM sealed_entry WHERE sealed_entry.segment = segment.id)
