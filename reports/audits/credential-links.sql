-- title: A link is declared by a credential of the snapshot and leads to another
-- row: a link without a credential at either end, or to itself
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT l.from_id, l.to_id, l.kind
FROM credential_links l
WHERE l.from_id = l.to_id
  OR l.from_id NOT IN (SELECT credential_id FROM credentials) AND l.to_id NOT IN (SELECT credential_id FROM credentials)
ORDER BY l.from_id, l.to_id, l.kind
