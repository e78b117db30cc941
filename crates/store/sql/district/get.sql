SELECT code, region, kind, name FROM district WHERE code = :code
