-- title: Title
-- question: Question?
-- method: Counts.
-- shared:
SELECT 1
-- shared: some text
-- title: Title
WITH a AS (SELECT 1)
-- section: one
-- title: One
-- grain: all
-- columns:
--   one | One | text | | A name
DELETE FROM vacancies
-- section: two
-- title: Two
-- grain: all
-- columns:
--   one | One | text | | A name
SELECT ';' AS one; -- a second statement may not follow
