INSERT INTO revision (report, number, seq, reason, at_ms, at_offset_min, confirmed_by, changed, answers)
VALUES (:report, :number, :seq, :reason, :at_ms, :at_offset_min, :confirmed_by, :changed, :answers)
