INSERT INTO sealed_report (report, answered, at_ms, at_offset_min)
VALUES (:report, (SELECT count(*) FROM draft_answer WHERE report = :report), :at_ms, :at_offset_min)
