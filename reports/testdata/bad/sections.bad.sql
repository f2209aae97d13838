-- title: Title
-- question: Question?
-- grain: a row
-- method: Counts.
SELECT 0 AS one
-- section: Figures
-- title: Figures
-- grain: all
-- columns:
--   one | One | text | | A name
SELECT 1 AS one
-- section: twice
-- question: Question?
-- grain: all
-- columns:
--   one | One | text | | A name
SELECT 1 AS one
-- section: twice
-- title: Twice
-- grain: all
-- folds-after: twise
-- columns:
--   one | One | text | | A name
SELECT 1 AS one
