-- title: A credential is named by the newest version of a vacancy that repeats none, and has one kind and a requirement
-- row: a credential of another vacancy, of no catalogue, or of an unknown kind or requirement
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)
)
SELECT n.vacancy_id, n.name, n.kind, n.requirement, v.vacancy_id IS NULL AS no_vacancy, v.duplicate_of,
  n.credential_id IS NOT NULL AND c.credential_id IS NULL AS no_credential
FROM vacancy_credentials n
LEFT JOIN newest v ON v.vacancy_id = n.vacancy_id AND v.posted_month = n.posted_month
LEFT JOIN (SELECT DISTINCT credential_id FROM credentials) c ON c.credential_id = n.credential_id
WHERE v.vacancy_id IS NULL OR v.duplicate_of IS NOT NULL OR no_credential OR n.name = ''
  OR n.kind NOT IN ('licence', 'registration', 'certificate', 'qualification', 'micro_credential')
  OR n.requirement NOT IN ('required', 'preferred')
ORDER BY n.vacancy_id, n.name
