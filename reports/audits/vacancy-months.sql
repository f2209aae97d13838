-- title: A vacancy lies in the month of its posting, or of the day first seen
-- row: a vacancy in another month
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT vacancy_id, version, posted_month, posted_on, first_seen_on
FROM vacancies
WHERE posted_month <> date_trunc('month', coalesce(posted_on, first_seen_on))
ORDER BY vacancy_id, version
