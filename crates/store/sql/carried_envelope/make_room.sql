-- Forgets the oldest envelopes for pictures, as many as there are too many.
DELETE FROM carried_envelope WHERE addressee IN (
    SELECT addressee FROM carried_envelope WHERE log_size = 0 ORDER BY at_ms, addressee
    LIMIT max(0, (SELECT count(*) FROM carried_envelope) - :most))
