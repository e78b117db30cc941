UPDATE exchange SET succeeded_at_ms = :at_ms, succeeded_offset_min = :at_offset_min, error = NULL,
    told_epoch = server_epoch
