-- title: The parts of a change add up to it, and what a gap is now is what is published
-- row: a change whose parts do not add up, or that is not the published gap
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT c.month, c.region_code, c.occupation_code, c.skill_uri, c.change, c.before, c.after, g.share_gap,
  c.model + c.left_vacancies + c.new_vacancies + c.catalogue AS parts
FROM gap_changes c
LEFT JOIN (FROM skill_gaps WHERE period = '12m') g USING (month, region_code, occupation_code, skill_uri)
WHERE c.after IS DISTINCT FROM g.share_gap
  OR CASE c.change
    WHEN 'moved' THEN coalesce(abs(c.after - c.before - (c.model + c.left_vacancies + c.new_vacancies + c.catalogue)) > 1e-9, true)
    WHEN 'appeared' THEN c.before IS NOT NULL OR c.after IS NULL
    WHEN 'disappeared' THEN c.before IS NULL OR c.after IS NOT NULL
    ELSE true END
ORDER BY ALL
