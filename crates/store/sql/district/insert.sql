INSERT INTO district (code, region, kind, name) VALUES (:code, :region, :kind, :name)
