-- title: Scores lie above 0 and at most at 1; a method is one of three
-- row: a skill or occupation with another score or method
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT 'vacancy_skills' AS dataset, vacancy_id AS id, skill_uri AS uri, score, method FROM vacancy_skills
WHERE NOT (score > 0 AND score <= 1) OR method NOT IN ('stated', 'stated-name', 'linked')
UNION ALL
SELECT 'credential_skills', credential_id, skill_uri, score, method FROM credential_skills
WHERE NOT (score > 0 AND score <= 1) OR method NOT IN ('stated', 'stated-name', 'linked') OR relation NOT IN ('teaches', 'assesses', 'requires')
UNION ALL
SELECT 'vacancies', vacancy_id, coalesce(occupation_uri, isco08), occupation_score, '' FROM vacancies
WHERE NOT (occupation_score BETWEEN 0 AND 1) OR (occupation_score = 0) <> (occupation_uri IS NULL AND isco08 IS NULL)
ORDER BY dataset, id, uri
