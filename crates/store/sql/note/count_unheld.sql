-- Notes that headquarters does not hold: of drafts, not in the journal yet, or above what is receipted.
SELECT count(*) FROM note WHERE seq IS NULL OR seq > :held_upto
