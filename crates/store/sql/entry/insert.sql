INSERT INTO entry (seq, report, body, hash) VALUES (:seq, :report, :body, :hash)
