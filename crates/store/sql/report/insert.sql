INSERT INTO report (id, form, form_hash, place_kind, place, visit, state,
                    begun_at_ms, begun_offset_min, saved_at_ms, saved_offset_min, applicable, findings)
VALUES (:id, :form, :form_hash, :place_kind, :place, :visit, 'draft',
        :at_ms, :at_offset_min, :at_ms, :at_offset_min, :applicable, :findings)
