SELECT count(*) AS segments,
       coalesce(sum(bytes), 0) AS bytes,
       count(*) FILTER (WHERE verdict IS NULL) AS waiting,
       coalesce(sum(bytes) FILTER (WHERE verdict IS NULL), 0) AS waiting_bytes,
       count(*) FILTER (WHERE verdict IS NULL AND handed_at_ms IS NOT NULL) AS handed_on,
       count(*) FILTER (WHERE verdict IN ('accepted', 'duplicate', 'parked')) AS delivered,
       (SELECT count(*) FROM carried_picture WHERE verdict IS NULL) AS waiting_pictures,
       (SELECT coalesce(sum(bytes), 0) FROM carried_picture WHERE verdict IS NULL) AS waiting_picture_bytes,
       (SELECT count(*) FROM carried_picture WHERE verdict = 'held') AS delivered_pictures,
       (SELECT count(*) FROM carried_envelope) AS receipts
FROM carried_segment
