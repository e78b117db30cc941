SELECT report.form, report_revision.answers
FROM report
JOIN report_revision ON report_revision.report = report.id
WHERE report.device = ?1 AND report.place = ?2 AND report.state <> 'withdrawn'
  AND report_revision.finalise_seq < ?3
ORDER BY report_revision.finalise_seq DESC
