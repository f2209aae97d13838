-- title: The evidence of a credential's skill is the span of the text that it names
-- row: a skill whose evidence is not in the text
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id)
)
SELECT s.credential_id, s.skill_uri, s.evidence_field, s.evidence_start, s.evidence_end, s.evidence_text
FROM credential_skills s
JOIN newest c ON c.credential_id = s.credential_id
LEFT JOIN credential_texts t ON t.id = s.credential_id AND t.field = s.evidence_field AND t.content_hash = c.content_hash
WHERE t.id IS NULL OR s.evidence_start < 0 OR s.evidence_start >= s.evidence_end OR s.evidence_end > strlen(t.text)
  OR array_slice(encode(t.text), s.evidence_start + 1, s.evidence_end) <> encode(s.evidence_text)
ORDER BY s.credential_id, s.skill_uri
