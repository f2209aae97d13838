-- title: Title
-- question: Question?
-- grain: a row
-- columns:
--   one | One | text | | A name
--   two | Two | integer | rows | A number
-- chart: bars label=on value=one rows=1000 width=3 | Caption
-- method: Counts.
SELECT 1 AS one
