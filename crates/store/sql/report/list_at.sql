SELECT id, form, form_hash, place_kind, place, visit, state,
       begun_at_ms, begun_offset_min, saved_at_ms, saved_offset_min,
       revision, correction_reason, open_seq, last_seq,
       (SELECT count(*) FROM draft_answer WHERE draft_answer.report = report.id) AS answered,
       applicable, findings
FROM report
WHERE place_kind = :place_kind AND place = :place
ORDER BY begun_at_ms DESC, id DESC
