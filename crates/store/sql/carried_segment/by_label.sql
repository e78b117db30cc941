SELECT label,
       sum(segment) AS segments,
       sum(NOT segment) AS pictures,
       coalesce(sum(bytes), 0) AS bytes,
       count(*) FILTER (WHERE segment AND verdict IS NULL) AS waiting,
       count(*) FILTER (WHERE segment AND verdict IS NULL AND handed_at_ms IS NOT NULL) AS handed_on,
       count(*) FILTER (WHERE segment AND verdict IN ('accepted', 'duplicate', 'parked')) AS delivered,
       count(*) FILTER (WHERE NOT segment AND verdict IS NULL) AS waiting_pictures,
       -- SQLite takes the offset from the row that has the greatest time.
       max(at_ms) AS at_ms, at_offset_min
FROM (SELECT TRUE AS segment, label, bytes, verdict, handed_at_ms, at_ms, at_offset_min FROM carried_segment
      UNION ALL
      SELECT FALSE, label, bytes, verdict, handed_at_ms, at_ms, at_offset_min FROM carried_picture)
GROUP BY label ORDER BY label
