-- title: Title
-- question: Question?
-- grain: a row
-- columns:
--   one | One | text | | A name
-- chart: pies label=one | Caption
-- method: Counts.
SELECT 1 AS one
