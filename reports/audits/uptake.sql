-- title: Uptake adds up: rates are shares of their base, parts sum to the whole, and no figure is of one or two persons
-- row: a row that does not, with what is wrong
-- action: Do not pass the snapshot on; report it as a mistake of skillsgap with the rows of its unit.

WITH wholes AS (
  SELECT unit_kind, unit_code, quarter, enrolled FROM uptake WHERE breakdown = 'TOTAL' AND enrolled IS NOT NULL
), parts AS (
  SELECT unit_kind, unit_code, breakdown, quarter, sum(enrolled) AS enrolled FROM uptake
  WHERE breakdown NOT IN ('TOTAL', 'employment', 'region') AND NOT contains(breakdown, ' x ')
  GROUP BY ALL HAVING bool_and(enrolled IS NOT NULL)
)
SELECT unit_kind, unit_code, breakdown, category, quarter, 'figures' AS wrong, enrolled AS figure FROM uptake
WHERE enrolled IN (1, 2) OR persons IN (1, 2) OR completed IN (1, 2) OR certified IN (1, 2) OR outcome_known IN (1, 2)
  OR certified > completed OR completed > outcome_known OR outcome_known > enrolled OR persons > enrolled
  OR cost_completed > cost_base OR cost_base > enrolled OR sector_known > enrolled OR offered < 0 OR recommended < 0
  OR completion_rate NOT BETWEEN completion_rate_low AND completion_rate_high OR completion_rate NOT BETWEEN 0 AND 1
  OR certification_rate NOT BETWEEN certification_rate_low AND certification_rate_high OR certification_rate NOT BETWEEN 0 AND 1
  OR outside_sector NOT BETWEEN outside_sector_low AND outside_sector_high OR outside_sector NOT BETWEEN 0 AND 1
  OR participation_ratio NOT BETWEEN participation_ratio_low AND participation_ratio_high OR participation_ratio < 0
  OR reference_share NOT BETWEEN 0 AND 1 OR cost_per_completion < 0
  OR abs(completion_rate - completed / outcome_known) > 1e-9 OR abs(certification_rate - certified / outcome_known) > 1e-9
  OR abs(participation_ratio - enrolled / participation_base / reference_share) > 1e-9
UNION ALL
SELECT unit_kind, unit_code, breakdown, category, quarter, 'suppressed', enrolled FROM uptake
WHERE suppressed <> (enrolled IS NULL OR outcome_known IS NULL OR completed IS NULL OR certified IS NULL) OR suppressed <> (rule IS NOT NULL)
  OR completion_rate IS NOT NULL AND (completed IS NULL OR outcome_known IS NULL)
UNION ALL
SELECT p.unit_kind, p.unit_code, p.breakdown, NULL, p.quarter, 'parts', p.enrolled FROM parts p
JOIN wholes w ON w.unit_kind = p.unit_kind AND w.unit_code = p.unit_code AND w.quarter IS NOT DISTINCT FROM p.quarter
WHERE p.enrolled > w.enrolled -- rows that show nothing are left out
ORDER BY ALL
