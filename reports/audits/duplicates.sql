-- title: What a record repeats is the newest version of a record that itself repeats none
-- row: a record that repeats what is not there, itself, or a duplicate
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT 'vacancies' AS dataset, vacancy_id AS id, duplicate_of, duplicate_kind FROM vacancies
  QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)
  UNION ALL
  SELECT 'credentials', credential_id, duplicate_of, duplicate_kind FROM credentials
  QUALIFY version = max(version) OVER (PARTITION BY credential_id)
)
SELECT d.dataset, d.id, d.duplicate_of, d.duplicate_kind, o.duplicate_of AS which_repeats
FROM newest d LEFT JOIN newest o ON o.dataset = d.dataset AND o.id = d.duplicate_of
WHERE (d.duplicate_of IS NULL) <> (d.duplicate_kind IS NULL)
  OR d.duplicate_of IS NOT NULL AND (o.id IS NULL OR o.duplicate_of IS NOT NULL)
ORDER BY d.dataset, d.id
