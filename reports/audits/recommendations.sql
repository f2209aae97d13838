-- title: A recommendation is of a credential on offer, of a skill that is asked, and its gains add up within the bound
-- row: a recommendation that is not
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id)
), added AS (
  SELECT *, sum(marginal_gain) OVER bundle AS sum_of_gains, row_number() OVER bundle AS place,
    count(DISTINCT bundle_id) OVER (PARTITION BY region_code, occupation_code) AS bundles
  FROM recommendations WINDOW bundle AS (PARTITION BY region_code, occupation_code ORDER BY rank)
), gaps AS (
  SELECT region_code, occupation_code, skill_uri, coalesce(share_gap, demand_share) AS gap FROM skill_gaps
  WHERE month = (SELECT max(month) FROM recommendations) AND period = '12m' AND nace_section = 'TOTAL'
), wanted AS (
  SELECT region_code, occupation_code, sum(gap) FILTER (gap > 0) AS wanted, list(skill_uri) FILTER (gap > 0) AS skills FROM gaps GROUP BY ALL
)
SELECT a.region_code, a.occupation_code, a.rank, a.credential_id, c.credential_id IS NULL AS no_credential, a.marginal_gain, a.cumulative_gain, a.upper_bound, a.wanted
FROM added a LEFT JOIN newest c USING (credential_id) LEFT JOIN wanted w ON w.region_code = a.region_code AND w.occupation_code = a.occupation_code
WHERE c.credential_id IS NULL OR c.duplicate_of IS NOT NULL OR c.withdrawn_on IS NOT NULL OR c.conformity IN ('full_qualification', 'attendance_only')
  OR a.place <> a.rank OR a.bundles <> 1 OR a.marginal_gain < 0
  OR abs(a.sum_of_gains - a.cumulative_gain) > 1e-9 OR a.cumulative_gain > a.upper_bound + 1e-9 OR a.upper_bound > a.wanted + 1e-9
  OR abs(coalesce(w.wanted, 0) - a.wanted) > 1e-6
  OR len(list_intersect(a.skills_closed, a.not_closed)) > 0 OR len(list_intersect(a.skills_closed, w.skills)) <> len(a.skills_closed)
  OR a.runner_up_id = a.credential_id OR a.runner_up_id IS NOT NULL AND a.runner_up_id NOT IN (SELECT credential_id FROM newest)
  OR a.price IS DISTINCT FROM c.price OR a.credited NOT BETWEEN 0 AND 1
ORDER BY ALL
