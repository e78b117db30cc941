-- Pictures that the attached journal's device still carried for others: they are nowhere else.
INSERT INTO main.carried_picture (name, bytes, sealed, label, road, at_ms, at_offset_min)
SELECT name, bytes, sealed, label, road, at_ms, at_offset_min FROM before.carried_picture
WHERE verdict IS NULL AND name NOT IN (SELECT name FROM main.carried_picture)
