INSERT INTO main.earlier_visit (folder, form, visit)
SELECT :folder, form, visit FROM before.earlier_visit WHERE folder = :name
ON CONFLICT (folder, form) DO UPDATE SET visit = max(visit, excluded.visit)
