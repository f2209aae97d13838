-- title: Title
-- question: Question?
-- grain: a row
-- columns:
--   one | One | text | | A name
--   two | Two | integer instead=on | rows | A number
-- chart: intervals label=one value=two at=half | Caption
-- method: Counts.
SELECT 1 AS one
