SELECT hash, verdict FROM earlier_segment JOIN carried_segment USING (hash)
WHERE folder = :folder AND verdict IS NOT NULL
