SELECT label,
       count(*) AS segments,
       coalesce(sum(bytes), 0) AS bytes,
       count(*) FILTER (WHERE verdict IS NULL) AS waiting,
       count(*) FILTER (WHERE verdict IS NULL AND handed_at_ms IS NOT NULL) AS handed_on,
       count(*) FILTER (WHERE verdict IN ('accepted', 'duplicate', 'parked')) AS delivered,
       -- SQLite takes the offset from the row that has the greatest time.
       max(at_ms) AS at_ms, at_offset_min
FROM carried_segment GROUP BY label ORDER BY label
