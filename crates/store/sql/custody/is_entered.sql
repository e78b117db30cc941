SELECT 1 FROM custody WHERE first_seq = :first_seq AND count = :count AND carrier = :carrier
