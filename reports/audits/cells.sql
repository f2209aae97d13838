-- title: Each figure of a skill is within its cell
-- row: a skill of no cell, or with more vacancies, posts or employers than its cell has
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT 'skill_demand' AS dataset, d.month, d.period, d.region_code, d.occupation_code, d.nace_section, d.skill_uri
FROM skill_demand d LEFT JOIN cells c USING (month, period, region_code, occupation_code, nace_section)
WHERE c.month IS NULL OR d.vacancies > c.vacancies OR d.openings > c.openings OR d.employers > d.vacancies
  OR d.open_stock > d.openings OR d.weighted > CASE WHEN c.calibrated IS NULL THEN d.openings ELSE c.demand_base END + 1e-6 OR abs(d.n_effective - c.n_effective) > 1e-6
UNION ALL
SELECT 'skill_supply', s.month, s.period, s.region_code, s.occupation_code, s.nace_section, s.skill_uri
FROM skill_supply s LEFT JOIN cells c USING (month, period, region_code, occupation_code, nace_section)
WHERE c.month IS NULL OR s.credentials_local + s.credentials_online > c.supply_credentials OR s.supply_unit IS DISTINCT FROM c.supply_unit
UNION ALL
SELECT 'cells', month, period, region_code, occupation_code, nace_section, ''
FROM cells
WHERE n_effective <= 0 OR n_effective > vacancies + 1e-6 OR openings < vacancies
  OR nace_section <> 'TOTAL' AND occupation_code <> 'TOTAL'
ORDER BY ALL
