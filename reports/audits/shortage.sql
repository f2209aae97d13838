-- title: A shortage index is the mean of its scores, and that of a skill lies among those of the occupations behind it
-- row: an index that does not
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its region.

WITH scored AS (
  SELECT *, list_filter([vacancy_rate_score, tightness_score, wage_score, wage_growth_score, hours_growth_score, under_qualified_score], x -> x IS NOT NULL) AS scores
  FROM shortage
)
SELECT 'shortage' AS dataset, region_code, occupation_code AS of, index, components_present FROM scored
WHERE components_present <> len(scores) OR (index IS NULL) <> (len(scores) = 0) OR abs(index - list_avg(scores)) > 1e-9
  OR NOT index_low <= index + 1e-9 OR NOT index <= index_high + 1e-9 OR (index_low IS NULL) <> (len(scores) < 2)
  OR (in_shortage IS NULL) <> (len(scores) < 3) OR in_shortage IS DISTINCT FROM (CASE WHEN len(scores) >= 3 THEN index >= 0.5 AND index_low > 0 END)
  OR vacancy_rate NOT BETWEEN 0 AND 1 OR tightness NOT BETWEEN 0 AND 1
  OR NOT EXISTS (FROM workforce w WHERE w.region_code = scored.region_code AND w.occupation_code = scored.occupation_code
    AND w.period_from IS NOT DISTINCT FROM scored.period_from AND w.period_to IS NOT DISTINCT FROM scored.period_to)
UNION ALL
SELECT 'skill_shortage', k.region_code, k.skill_uri, k.index, k.occupations
FROM skill_shortage k LEFT JOIN (
  SELECT region_code, period_from, period_to, occupation_level, min(index) AS least, max(index) AS most, count(index) AS occupations,
    count(*) FILTER (in_shortage) AS short, count(in_shortage) AS judged
  FROM shortage GROUP BY ALL
) s ON s.region_code = k.region_code AND s.occupation_level = k.occupation_level
  AND s.period_from IS NOT DISTINCT FROM k.period_from AND s.period_to IS NOT DISTINCT FROM k.period_to
WHERE s.region_code IS NULL OR k.index < s.least - 1e-9 OR k.index > s.most + 1e-9 OR k.occupations NOT BETWEEN 1 AND s.occupations
  OR k.occupations_judged NOT BETWEEN 0 AND least(k.occupations, s.judged) OR (k.occupations_in_shortage IS NULL) <> (k.occupations_judged = 0)
  OR k.occupations_in_shortage NOT BETWEEN 0 AND least(k.occupations_judged, s.short) OR k.importance <= 0 OR len(k.behind) <> least(k.occupations, 5)
ORDER BY ALL
