-- Drafts, and corrections under way, of the attached journal that never came over before.
INSERT INTO main.earlier_draft (report, folder, revision)
SELECT id, :folder, revision FROM before.report
WHERE state IN ('draft', 'correcting')
  AND id NOT IN (SELECT report FROM main.earlier_draft)
  AND id NOT IN (SELECT id FROM main.report)
