-- title: What an alignment counts fits: no more asked or essential than taught or needed, shares and trend as their parts say
-- row: an alignment that does not
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id)
), taught AS (
  SELECT credential_id, count(DISTINCT skill_uri) AS skills FROM credential_skills WHERE relation <> 'requires' GROUP BY credential_id
)
SELECT a.credential_id, a.occupation_code, a.region_code, c.credential_id IS NULL AS no_credential, c.duplicate_of, a.skills_taught, t.skills
FROM alignment a LEFT JOIN newest c USING (credential_id) LEFT JOIN taught t USING (credential_id)
WHERE c.credential_id IS NULL OR c.duplicate_of IS NOT NULL OR t.skills IS DISTINCT FROM a.skills_taught
  OR a.skills_asked > a.skills_taught OR abs(a.asked_share * a.skills_taught - a.skills_asked) > 1e-6
  OR a.demand_covered NOT BETWEEN 0 AND 1
  OR a.essential_covered + a.essential_near > a.essential_skills OR (a.essential_share IS NULL) <> (a.essential_skills = 0)
  OR abs(a.essential_share * a.essential_skills - a.essential_covered) > 1e-6
  OR a.trend NOT BETWEEN a.trend_low AND a.trend_high OR (a.trend IS NULL) <> (a.trend_low IS NULL)
  OR a.stated AND NOT a.aligned OR a.main AND NOT a.aligned
  OR a.skills_declining > a.skills_taught OR a.ageing AND (a.trend_high >= 1 OR 2 * a.skills_declining < a.skills_taught) OR a.ageing IS NOT NULL AND (a.trend IS NULL OR NOT a.main)
ORDER BY ALL
