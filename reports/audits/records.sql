-- title: Each version of a vacancy or credential has its record, which says the same of it
-- row: a version or a record without the other, or that differs from it
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH facts AS (
  SELECT 'vacancies' AS kind, vacancy_id AS id, version, source, content_hash, first_seen_on, withdrawn_on, duplicate_of, posted_month FROM vacancies
  UNION ALL
  SELECT 'credentials', credential_id, version, source, content_hash, first_seen_on, withdrawn_on, duplicate_of, NULL FROM credentials
)
SELECT coalesce(f.kind, r.kind) AS kind, coalesce(f.id, r.id) AS id, coalesce(f.version, r.version) AS version,
  f.content_hash, r.content_hash AS record_content_hash
FROM facts f FULL JOIN records r ON r.kind = f.kind AND r.id = f.id AND r.version = f.version
WHERE f.id IS NULL OR r.id IS NULL OR f.source <> r.source OR f.content_hash <> r.content_hash
  OR f.first_seen_on <> r.first_seen_on OR f.withdrawn_on IS DISTINCT FROM r.withdrawn_on
  OR f.duplicate_of IS DISTINCT FROM r.duplicate_of OR f.posted_month <> r.posted_month
ORDER BY kind, id, version
