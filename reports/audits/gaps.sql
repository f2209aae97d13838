-- title: A gap is its demand share less its supply share, and both are those of their datasets
-- row: a gap that is not
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT g.month, g.period, g.region_code, g.occupation_code, g.skill_uri, g.share_gap, d.share AS demand_share, s.share AS supply_share
FROM skill_gaps g
LEFT JOIN skill_demand d USING (month, period, region_code, occupation_code, nace_section, skill_uri)
LEFT JOIN skill_supply s USING (month, period, region_code, occupation_code, nace_section, skill_uri)
WHERE coalesce(d.share, 0) IS DISTINCT FROM g.demand_share OR s.share IS DISTINCT FROM g.supply_share
  OR (g.share_gap IS NULL) <> (g.supply_share IS NULL) OR abs(g.share_gap - (g.demand_share - g.supply_share)) > 1e-9
ORDER BY ALL
