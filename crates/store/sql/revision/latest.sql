SELECT seq, answers FROM revision WHERE report = :report ORDER BY number DESC LIMIT 1
