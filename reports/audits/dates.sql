-- title: The dates of a record follow each other
-- row: a record withdrawn before it was seen, or that ends before it starts
-- action: Run `skillsgap run`; where the row comes back, look at the record in its feed, then report it.

SELECT 'vacancies' AS dataset, v.vacancy_id AS id, v.version, v.first_seen_on, v.withdrawn_on, v.posted_on AS starts_on, v.expires_on AS ends_on
FROM vacancies v LEFT JOIN records r ON r.kind = 'vacancies' AND r.id = v.vacancy_id AND r.version = v.version
WHERE v.withdrawn_on < v.first_seen_on AND v.withdrawn_on IS DISTINCT FROM r.ceased_on OR v.expires_on < v.posted_on
UNION ALL
SELECT 'credentials', c.credential_id, c.version, c.first_seen_on, c.withdrawn_on, c.starts_on, c.ends_on
FROM credentials c LEFT JOIN records r ON r.kind = 'credentials' AND r.id = c.credential_id AND r.version = c.version
WHERE c.withdrawn_on < c.first_seen_on AND c.withdrawn_on IS DISTINCT FROM r.ceased_on OR c.ends_on < c.starts_on
ORDER BY dataset, id, version
