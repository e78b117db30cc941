-- A receipt counts only as far as headquarters still has the entries: restored from a backup it may have fewer, also
-- within the epoch of the receipt. One of a later epoch is newer than what is known of headquarters.
SELECT coalesce(max(CASE WHEN receipt.server_epoch > exchange.server_epoch THEN receipt.upto_seq
                         ELSE min(receipt.upto_seq, exchange.next_seq - 1) END), 0)
FROM receipt, exchange
