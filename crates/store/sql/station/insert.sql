INSERT INTO station (code, number, region, district, name, address, kind, area, voters, latitude, longitude)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
