UPDATE carried_picture SET handed_road = :road, handed_to = :to, handed_at_ms = :at_ms, handed_offset_min = :at_offset_min
WHERE name = :hash
