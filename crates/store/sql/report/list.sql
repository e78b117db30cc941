SELECT id, form, form_hash, place_kind, place, visit, state,
       begun_at_ms, begun_offset_min, saved_at_ms, saved_offset_min,
       revision, correction_reason, open_seq, last_seq,
       coalesce(sealed.answered,
                (SELECT count(*) FROM draft_answer WHERE draft_answer.report = report.id)) AS answered,
       applicable, findings, sealed.at_ms AS sealed_at_ms, sealed.at_offset_min AS sealed_offset_min,
       latest.at_ms AS finished_at_ms, latest.at_offset_min AS finished_offset_min
FROM report
LEFT JOIN sealed_report AS sealed ON sealed.report = report.id
LEFT JOIN revision AS latest ON latest.report = report.id AND latest.number = report.revision
ORDER BY begun_at_ms DESC, id DESC
