-- Reports of which a segment alone holds entries.
SELECT DISTINCT entry.report FROM sealed_entry JOIN entry ON entry.seq = sealed_entry.seq
WHERE sealed_entry.segment = :segment
