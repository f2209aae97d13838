-- title: A skill belongs to the newest version of a vacancy that repeats none, and is one of the taxonomy
-- row: a skill of another vacancy or of no taxonomy
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)
)
SELECT s.vacancy_id, s.skill_uri, v.vacancy_id IS NULL AS no_vacancy, v.duplicate_of, k.skill_uri IS NULL AS no_skill
FROM vacancy_skills s
LEFT JOIN newest v ON v.vacancy_id = s.vacancy_id AND v.posted_month = s.posted_month
LEFT JOIN skills k ON k.skill_uri = s.skill_uri AND k.kind <> 'group'
WHERE v.vacancy_id IS NULL OR v.duplicate_of IS NOT NULL OR k.skill_uri IS NULL
ORDER BY s.vacancy_id, s.skill_uri
