-- title: Outcomes are over their base: nobody counts who was not reached, values lie in their intervals, none is told of one or two persons
-- row: a row that does not hold, with what is wrong
-- action: Do not pass the snapshot on; report it as a mistake of skillsgap with the rows of its unit.

SELECT 'outcomes' AS dataset, unit_kind, unit_code, breakdown || ' ' || category AS of, horizon, indicator, value AS figure FROM outcomes
WHERE participants IN (1, 2) OR respondents IN (1, 2) OR completers IN (1, 2) OR non_completers IN (1, 2)
  OR respondents > participants OR completers + non_completers > participants OR completers_respondents > completers OR non_completers_respondents > non_completers
  OR completers_respondents + non_completers_respondents > respondents
  OR abs(response_rate - respondents / participants) > 1e-9 OR response_rate NOT BETWEEN 0 AND 1
  OR unit <> 'currency per month' AND (value NOT BETWEEN 0 AND 1 OR completers_value NOT BETWEEN 0 AND 1 OR non_completers_value NOT BETWEEN 0 AND 1 OR weighted NOT BETWEEN 0 AND 1)
  OR value NOT BETWEEN value_low AND value_high OR completers_value NOT BETWEEN completers_low AND completers_high
  OR non_completers_value NOT BETWEEN non_completers_low AND non_completers_high OR weighted NOT BETWEEN weighted_low AND weighted_high
  OR value IS NOT NULL AND (respondents IS NULL OR respondents = 0 OR contains(coalesce(rule, ''), 'attrition'))
  OR weighted IS NOT NULL AND value IS NULL OR suppressed <> (rule IS NOT NULL)
  OR (unit = 'currency per month' OR cost_per_employed IS NOT NULL) AND currency IS NULL
  OR unit <> 'currency per month' AND cost_base IS NULL AND currency IS NOT NULL
UNION ALL
SELECT 'adjusted_comparisons', unit_kind, unit_code, comparison, horizon, indicator, difference_adjusted FROM adjusted_comparisons
WHERE treated IN (1, 2) OR untreated IN (1, 2) OR suppressed <> (rule IS NOT NULL) OR suppressed <> (treated IS NULL)
  OR suppressed AND (difference_raw IS NOT NULL OR difference_adjusted IS NOT NULL OR verdict IS NOT NULL)
  OR naming = 'estimated effect' AND (comparison <> 'participants_comparison' OR verdict_code NOT IN ('more', 'less', 'no-difference') OR balance_max_smd >= 0.1)
  OR difference_raw NOT BETWEEN difference_raw_low AND difference_raw_high OR overlap NOT BETWEEN 0 AND 1 OR e_value < 1
  OR unit = 'share' AND (difference_raw NOT BETWEEN -1 AND 1 OR difference_adjusted NOT BETWEEN -1.5 AND 1.5)
UNION ALL
SELECT 'trajectories', t.unit_kind, t.unit_code, t.sequence || ' ' || t.on_entry, t.horizon, NULL, t.participants FROM trajectories t
WHERE t.participants IN (1, 2) OR t.suppressed <> (t.participants IS NULL) OR t.suppressed <> (t.rule IS NOT NULL)
ORDER BY ALL
