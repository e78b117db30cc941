-- Each hand-over of this device's own entries, the latest first.
SELECT min(first_seq) AS first_seq, sum(count) AS entries, count(*) AS segments, carrier, road, at_ms, at_offset_min
FROM custody GROUP BY carrier, road, at_ms, at_offset_min ORDER BY max(id) DESC
