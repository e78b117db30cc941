-- Every entry, and whether its body is gone because its report is sealed.
SELECT entry.seq, entry.body, entry.hash,
       sealed_entry.seq IS NOT NULL AND sealed_report.report IS NOT NULL AS is_sealed
FROM entry
LEFT JOIN sealed_entry ON sealed_entry.seq = entry.seq
LEFT JOIN sealed_report ON sealed_report.report = entry.report
ORDER BY entry.seq
