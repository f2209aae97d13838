-- title: Official figures are of known regions and periods, within their bounds, and weights are what they say
-- row: a row that is not
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its region.

SELECT 'vacancy_totals' AS dataset, region_code, occupation_code, source AS what FROM vacancy_totals
WHERE vacancies < 0 OR period_to < period_from OR region_code NOT IN (SELECT region_code FROM regions)
UNION ALL
SELECT 'workforce', region_code, occupation_code, source FROM workforce
WHERE least(employed, unemployed, vacancies, under_qualified, 0) < 0 OR least(wage, wage_earlier, 1) <= 0 OR least(hours, hours_earlier, 1) <= 0
  OR under_qualified > 1 OR greatest(hours, hours_earlier) > 168 OR period_to < period_from
  OR coalesce(employed, unemployed, vacancies, wage, wage_earlier, hours, hours_earlier, under_qualified) IS NULL
  OR region_code NOT IN (SELECT region_code FROM regions)
UNION ALL
SELECT 'calibration', region_code, occupation_code, use FROM calibration
WHERE openings < 0 OR weight < 0.0001 OR weight > 1000
  OR use IN ('used', 'bounded') AND openings > 0 AND abs(weight - greatest(least(official / openings, 1000), 0.0001)) > 0.00011
  OR use IN ('used', 'bounded') AND openings > 0 AND weight IS NULL
  OR use = 'not_represented' AND (openings > 0 OR weight IS NOT NULL)
  OR use <> 'uncovered' AND NOT EXISTS (
    FROM vacancy_totals t WHERE t.region_code = calibration.region_code AND t.occupation_code = calibration.occupation_code AND t.vacancies = calibration.official)
ORDER BY ALL
