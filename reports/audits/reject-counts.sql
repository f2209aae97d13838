-- title: The rejected records are as many as their counts say
-- row: a rule of a feed that was broken by another number of records
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT source, rule, c.records, r.records AS rejects
FROM reject_counts c
FULL JOIN (SELECT source, rule, count(*) AS records FROM rejects GROUP BY source, rule) r USING (source, rule)
WHERE c.records IS DISTINCT FROM r.records
ORDER BY source, rule
