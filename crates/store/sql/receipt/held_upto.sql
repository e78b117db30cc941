-- A receipt of an earlier epoch counts only as far as headquarters, restored, still has the entries.
SELECT coalesce(max(CASE WHEN receipt.server_epoch >= exchange.server_epoch THEN receipt.upto_seq
                         ELSE min(receipt.upto_seq, exchange.next_seq - 1) END), 0)
FROM receipt, exchange
