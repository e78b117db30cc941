UPDATE exchange SET server_epoch = :server_epoch, next_seq = :next_seq, sent_upto = :sent_upto
