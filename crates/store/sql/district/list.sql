SELECT code, region, kind, name FROM district ORDER BY code
