INSERT INTO station (code, number, region, district, name, address, kind, area, voters, latitude, longitude)
VALUES (:code, :number, :region, :district, :name, :address, :kind, :area, :voters, :latitude, :longitude)
