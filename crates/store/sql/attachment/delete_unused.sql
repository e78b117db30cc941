DELETE FROM attachment WHERE hash NOT IN (SELECT hash FROM attachment_use)
