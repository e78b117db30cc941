-- A picture beside an answer that no entry names yet.
DELETE FROM attachment_use
WHERE report = :report AND seq IS NULL AND beside = 1
  AND (:question IS NULL OR question = :question) AND (:hash IS NULL OR hash = :hash)
