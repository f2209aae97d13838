-- title: Texts are those of the newest version of a vacancy or credential
-- row: a text of no record, or of an older version
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT 'vacancies' AS kind, vacancy_id AS id, content_hash FROM vacancies
  QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)
  UNION ALL
  SELECT 'credentials', credential_id, content_hash FROM credentials
  QUALIFY version = max(version) OVER (PARTITION BY credential_id)
),
texts AS (
  SELECT 'vacancies' AS kind, id, content_hash, field FROM vacancy_texts
  UNION ALL SELECT 'credentials', id, content_hash, field FROM credential_texts
)
SELECT kind, id, content_hash, field
FROM texts ANTI JOIN newest USING (kind, id, content_hash)
ORDER BY kind, id, field
