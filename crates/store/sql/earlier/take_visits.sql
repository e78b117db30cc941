INSERT INTO main.earlier_visit (folder, form, visit)
SELECT :folder, form, max(visit) FROM before.report GROUP BY form
ON CONFLICT (folder, form) DO UPDATE SET visit = max(visit, excluded.visit)
