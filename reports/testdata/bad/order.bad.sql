-- title: Title
-- question: Question?
-- order: first
-- grain: a row
-- columns:
--   one | One | integer | rows | The number one
-- method: Counts.
SELECT 1 AS one
