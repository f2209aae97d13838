-- title: No more records have a field that could not be read than say so
-- row: a field of a feed that was not read in more records
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

WITH unread AS (
  SELECT source, unnest(not_read) AS field FROM (
    SELECT * FROM records QUALIFY version = max(version) OVER (PARTITION BY id)
  )
)
SELECT c.source, c.field, c.records, count(u.field) AS unread
FROM field_counts c LEFT JOIN unread u USING (source, field)
-- Rows about persons do not keep which of their fields could not be read.
WHERE c.source NOT IN (
  SELECT source FROM enrolments UNION ALL SELECT source FROM follow_ups UNION ALL SELECT source FROM comparison
  UNION ALL SELECT source FROM feedback UNION ALL SELECT source FROM reference_population
)
GROUP BY c.source, c.field, c.records HAVING c.records > count(u.field)
ORDER BY c.source, c.field
