INSERT INTO report (id, device, seq, form, form_ref, place_kind, place, region, team, visit, state, code, current,
                    finalise_seq, at, offset_min, received_at)
VALUES (:id, :device, :seq, :form, :form_ref, :place_kind, :place, :region, :team, :visit, :state, :code, :current,
        :finalise_seq, :at, :offset_min, :received_at)
ON CONFLICT (id) DO UPDATE SET
    state = :state, code = :code, current = :current, finalise_seq = :finalise_seq,
    at = :at, offset_min = :offset_min, received_at = :received_at
