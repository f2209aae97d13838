-- title: An alignment stands on a published cell of its occupation and region, over twelve months
-- row: an alignment without such a cell
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT a.credential_id, a.occupation_code, a.region_code, a.n_effective, c.n_effective AS cell
FROM alignment a LEFT JOIN cells c ON c.month = (SELECT max(month) FROM cells) AND c.period = '12m' AND c.nace_section = 'TOTAL'
  AND c.occupation_code = a.occupation_code AND c.region_code = a.region_code
WHERE a.n_effective IS DISTINCT FROM c.n_effective
ORDER BY ALL
