-- title: Title
-- question: Question?
-- grain: a row
-- columns:
--   one | One | text | | A name
-- chart: bars label=one
-- method: Counts.
SELECT 1 AS one
