-- title: Title
-- question: Question?
SELECT 1 AS one
