-- title: A skill belongs to a credential that repeats none, and is one of the taxonomy
-- row: a skill of another credential or of no taxonomy
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id)
)
SELECT s.credential_id, s.skill_uri, c.credential_id IS NULL AS no_credential, c.duplicate_of, k.skill_uri IS NULL AS no_skill
FROM credential_skills s
LEFT JOIN newest c ON c.credential_id = s.credential_id
LEFT JOIN skills k ON k.skill_uri = s.skill_uri AND k.kind <> 'group'
WHERE c.credential_id IS NULL OR c.duplicate_of IS NOT NULL OR k.skill_uri IS NULL
ORDER BY s.credential_id, s.skill_uri
