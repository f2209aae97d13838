-- title: Every skill has a preferred label, and labels and parents are of skills
-- row: a skill without a label, or a label or parent of no skill
-- action: Import the taxonomy again with `skillsgap taxonomy import`, then run `skillsgap run`.

SELECT skill_uri, 'no preferred label' AS problem FROM skills
WHERE skill_uri NOT IN (SELECT skill_uri FROM skill_labels WHERE kind = 'preferred')
UNION ALL
SELECT DISTINCT skill_uri, 'label of no skill' FROM skill_labels
WHERE skill_uri NOT IN (SELECT skill_uri FROM skills)
UNION ALL
SELECT parent, 'parent of a skill, but no skill' FROM (SELECT DISTINCT unnest(parents) AS parent FROM skills)
WHERE parent NOT IN (SELECT skill_uri FROM skills)
ORDER BY skill_uri, problem
