SELECT code, number, region, district, name, address, kind, area, voters, latitude, longitude
FROM station WHERE code = :code
