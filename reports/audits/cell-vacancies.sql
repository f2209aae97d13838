-- title: The country cells of all occupations count the vacancies of their months
-- row: a cell whose count is not that of the vacancies
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)
)
SELECT c.country, c.month, c.period, c.counted, count(v.vacancy_id) AS vacancies
FROM (
  SELECT region_code AS country, month, period, vacancies AS counted FROM cells
  WHERE region_level = 0 AND occupation_level = 'all' AND nace_section = 'TOTAL'
) c
LEFT JOIN newest v ON v.country = c.country AND v.duplicate_of IS NULL AND v.posted_month <= c.month
  AND v.posted_month > c.month - CASE c.period WHEN '12m' THEN INTERVAL 12 MONTH ELSE INTERVAL 1 MONTH END
GROUP BY ALL HAVING c.counted <> count(v.vacancy_id)
ORDER BY ALL
