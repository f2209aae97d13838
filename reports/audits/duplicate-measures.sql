-- title: Each cell, and each skill of a cell, has one row
-- row: a key that two rows of a measure have
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT 'cells' AS dataset, month, period, region_code, occupation_code, nace_section, '' AS skill_uri
FROM cells GROUP BY month, period, region_code, occupation_code, nace_section HAVING count(*) > 1
UNION ALL
SELECT 'skill_demand', month, period, region_code, occupation_code, nace_section, skill_uri
FROM skill_demand GROUP BY month, period, region_code, occupation_code, nace_section, skill_uri HAVING count(*) > 1
UNION ALL
SELECT 'skill_supply', month, period, region_code, occupation_code, nace_section, skill_uri
FROM skill_supply GROUP BY month, period, region_code, occupation_code, nace_section, skill_uri HAVING count(*) > 1
UNION ALL
SELECT 'skill_gaps', month, period, region_code, occupation_code, nace_section, skill_uri
FROM skill_gaps GROUP BY month, period, region_code, occupation_code, nace_section, skill_uri HAVING count(*) > 1
ORDER BY ALL
