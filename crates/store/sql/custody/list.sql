-- Each hand-over of this device's own entries and pictures, the latest first.
SELECT sum(count) AS entries, sum(segment) AS segments, sum(NOT segment) AS pictures, carrier, road, at_ms, at_offset_min
FROM (SELECT TRUE AS segment, count, carrier, road, at_ms, at_offset_min FROM custody
      UNION ALL
      SELECT FALSE, 0, carrier, road, at_ms, at_offset_min FROM picture_custody)
GROUP BY carrier, road, at_ms, at_offset_min ORDER BY at_ms DESC, carrier
