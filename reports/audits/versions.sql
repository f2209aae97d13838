-- title: Versions of a record count from 1 without holes and are of one record
-- row: a vacancy or credential whose versions do not
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT 'vacancies' AS dataset, vacancy_id AS id, min(version) AS first_version, max(version) AS last_version, count(*) AS versions
FROM vacancies GROUP BY vacancy_id
HAVING min(version) <> 1 OR max(version) <> count(DISTINCT version) OR count(DISTINCT source) > 1 OR count(DISTINCT source_id) > 1
UNION ALL
SELECT 'credentials', credential_id, min(version), max(version), count(*)
FROM credentials GROUP BY credential_id
HAVING min(version) <> 1 OR max(version) <> count(DISTINCT version) OR count(DISTINCT source) > 1 OR count(DISTINCT source_id) > 1
ORDER BY dataset, id
