-- As drafts of this journal: what was a correction becomes a draft too, since it cannot go on in a journal that ended.
INSERT INTO main.report (id, form, form_hash, place_kind, place, visit, state,
                         begun_at_ms, begun_offset_min, saved_at_ms, saved_offset_min, applicable, findings)
SELECT id, form, form_hash, place_kind, place, visit, 'draft',
       begun_at_ms, begun_offset_min, saved_at_ms, saved_offset_min, applicable, findings
FROM before.report WHERE id IN (SELECT value FROM temp.coming)
