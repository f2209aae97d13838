-- title: The evidence of a credential that a vacancy names is the span of the text that it names
-- row: a credential whose evidence is not in the text
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH newest AS (
  SELECT * FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)
)
SELECT n.vacancy_id, n.name, n.evidence_field, n.evidence_start, n.evidence_end, n.evidence_text
FROM vacancy_credentials n
JOIN newest v ON v.vacancy_id = n.vacancy_id
LEFT JOIN vacancy_texts t ON t.id = n.vacancy_id AND t.field = n.evidence_field AND t.content_hash = v.content_hash
WHERE t.id IS NULL OR n.evidence_start < 0 OR n.evidence_start >= n.evidence_end OR n.evidence_end > strlen(t.text)
  OR array_slice(encode(t.text), n.evidence_start + 1, n.evidence_end) <> encode(n.evidence_text)
ORDER BY n.vacancy_id, n.name
