-- Pictures that an answer of the report still names or that stand beside one, and that no entry of it carries yet.
SELECT use.question, use.hash, use.at_ms, use.at_offset_min, attachment.media_type, attachment.bytes
FROM attachment_use AS use JOIN attachment ON attachment.hash = use.hash
WHERE use.report = :report AND use.seq IS NULL
  AND (use.beside = 1
       OR EXISTS (SELECT 1 FROM draft_answer
                  WHERE draft_answer.report = use.report AND draft_answer.question = use.question
                    AND json_extract(draft_answer.value, '$.v.hash') = lower(hex(use.hash))))
ORDER BY use.at_ms, use.question
