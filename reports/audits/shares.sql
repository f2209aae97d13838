-- title: Shares lie between 0 and 1, within their intervals
-- row: a share that does not
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT 'skill_demand' AS dataset, month, period, region_code, occupation_code, nace_section, skill_uri, share, share_low AS low, share_high AS high
FROM skill_demand WHERE NOT (0 <= share_low AND share_low <= share + 1e-9 AND share <= share_high + 1e-9 AND share_high <= 1)
UNION ALL
SELECT 'skill_supply', month, period, region_code, occupation_code, nace_section, skill_uri, share, share_low, share_high
FROM skill_supply WHERE NOT (0 <= share_low AND share_low <= share + 1e-9 AND share <= share_high + 1e-9 AND share_high <= 1)
UNION ALL
SELECT 'skill_gaps', month, period, region_code, occupation_code, nace_section, skill_uri, share_gap, gap_low, gap_high
FROM skill_gaps WHERE NOT (-1 <= gap_low AND gap_low <= share_gap + 1e-9 AND share_gap <= gap_high + 1e-9 AND gap_high <= 1)
UNION ALL
SELECT 'cells', month, period, region_code, occupation_code, nace_section, '', coverage, any_digital, any_green
FROM cells WHERE NOT (any_digital BETWEEN 0 AND 1 AND any_green BETWEEN 0 AND 1 AND coalesce(coverage, 0) BETWEEN 0 AND 1 + 1e-9)
ORDER BY ALL
