-- title: In every run, what was read of a feed is accepted, a duplicate or rejected
-- row: a feed of a run whose counts do not add up
-- action: The ledger of that run is damaged: restore its file in warehouse/runs from a copy, or remove it if the run
--   is of no interest.

SELECT run_id, feed, rows_in, accepted, duplicates, rejected, unchanged
FROM runs
WHERE feed IS NOT NULL AND (
  rows_in <> accepted + duplicates + rejected OR least(rows_in, accepted, duplicates, rejected, unchanged, coalesce(withdrawn, 0)) < 0
  OR unchanged > accepted OR rejected <> coalesce(list_sum([r.records FOR r IN rejected_by_rule]), 0)
  OR len([r FOR r IN rejected_by_rule IF r.source <> feed]) > 0
)
ORDER BY run_id, feed
