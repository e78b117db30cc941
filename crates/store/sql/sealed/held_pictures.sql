-- Pictures whose bytes are here, which headquarters has signed for in this epoch, and which no other report needs than
-- sealed ones.
SELECT hash FROM attachment
WHERE EXISTS (SELECT 1 FROM attachment_piece WHERE attachment_piece.hash = attachment.hash)
  AND EXISTS (SELECT 1 FROM picture_receipt
              WHERE picture_receipt.hash = attachment.hash
                AND picture_receipt.server_epoch >= (SELECT server_epoch FROM exchange))
  AND NOT EXISTS (SELECT 1 FROM attachment_use AS use
                  WHERE use.hash = attachment.hash
                    AND NOT EXISTS (SELECT 1 FROM sealed_report WHERE sealed_report.report = use.report))
