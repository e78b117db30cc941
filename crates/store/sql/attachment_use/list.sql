-- Pictures of one report, or of all: those beside an answer, those that are an answer now, and those that an entry names.
SELECT use.report, report.form, report.visit, use.question, use.hash, use.at_ms, use.at_offset_min, use.beside, use.seq,
       attachment.media_type, attachment.bytes, road.seed, road.sent, road.total, road.code,
       receipt.server_epoch, receipt.received_at_ms,
       hands.carrier, hands.road, hands.at_ms AS hands_at_ms, hands.at_offset_min AS hands_offset_min,
       EXISTS (SELECT 1 FROM attachment_piece AS piece WHERE piece.hash = use.hash) AS is_here
FROM attachment_use AS use
JOIN attachment ON attachment.hash = use.hash
JOIN report ON report.id = use.report
LEFT JOIN picture_road AS road ON road.hash = use.hash
LEFT JOIN picture_receipt AS receipt ON receipt.hash = use.hash AND receipt.server_epoch = (
    SELECT max(server_epoch) FROM picture_receipt WHERE picture_receipt.hash = use.hash)
-- A carrier's word counts before a file, the latest before the earlier ones.
LEFT JOIN picture_custody AS hands ON hands.id = (
    SELECT id FROM picture_custody WHERE picture_custody.hash = use.hash ORDER BY carrier = '', id DESC LIMIT 1)
WHERE (:report IS NULL OR use.report = :report)
  AND (use.seq IS NOT NULL OR use.beside = 1
       OR EXISTS (SELECT 1 FROM draft_answer
                  WHERE draft_answer.report = use.report AND draft_answer.question = use.question
                    AND json_extract(draft_answer.value, '$.v.hash') = lower(hex(use.hash))))
ORDER BY use.at_ms, use.question, use.hash
