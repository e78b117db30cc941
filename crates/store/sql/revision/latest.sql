SELECT seq, answers FROM revision
WHERE report = :report AND (:before IS NULL OR seq < :before)
ORDER BY number DESC LIMIT 1
