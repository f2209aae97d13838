-- title: Regions and occupations are those of the code lists and the taxonomy
-- row: a code that no list holds
-- action: Run `skillsgap run`, which reads the lists anew; where the row comes back, report it.

SELECT 'vacancies' AS dataset, vacancy_id AS id, region_code AS code FROM vacancies
WHERE region_code NOT IN (SELECT region_code FROM regions)
UNION ALL
SELECT 'vacancies', vacancy_id, occupation_uri FROM vacancies
WHERE occupation_uri NOT IN (SELECT occupation_code FROM occupations)
UNION ALL
SELECT 'credentials', credential_id, region_code FROM credentials
WHERE region_code NOT IN (SELECT region_code FROM regions)
UNION ALL
SELECT DISTINCT 'cells', '', region_code FROM cells
WHERE region_code NOT IN (SELECT region_code FROM regions)
UNION ALL
SELECT DISTINCT 'cells', '', occupation_code FROM cells
WHERE occupation_code NOT IN (SELECT occupation_code FROM occupations)
ORDER BY dataset, id, code
