SELECT report.form, report_revision.answers
FROM report
JOIN report_revision ON report_revision.report = report.id
WHERE report.device = ?1 AND report.place = ?2 AND report.state <> 'withdrawn' AND report.seq < ?3
  AND report_revision.finalise_seq = (
    SELECT max(earlier.finalise_seq) FROM report_revision AS earlier
    WHERE earlier.report = report.id AND earlier.finalise_seq < ?4)
ORDER BY report.seq DESC
