-- title: Did it help?
-- question: Did training help those who took it?
-- summary: Participants beside comparison persons who are like them in what is known, and those who completed beside those who
--   did not. The line above each comparison says what may be said, and what may not.
-- order: 56
-- parameters:
--   credential | text | | Words of the title of a credential, in any case, or its id; empty for all learners together and the credentials compared.
--   horizon | every, 6m, 12m, 24m | every | Months after.
--   rows | integer | 40 | Comparisons in each table.
-- method: The raw difference is the plain one between the two sides: of shares with the interval of Newcombe (R. G. Newcombe,
--   Statistics in Medicine 17, 1998, 873-890), of means with that of Welch (B. L. Welch, Biometrika 34, 1947). It compares people who
--   differ in other things too.
--
--   The adjusted difference is for the treated: their mean, less what it would have been otherwise, estimated doubly
--   robustly: right if either the propensity or the outcome regression is (P. R. Rosenbaum and D. B. Rubin, Biometrika 70, 1983;
--   J. M. Robins, A. Rotnitzky and L. P. Zhao, Journal of the American Statistical Association 89, 1994; H. Bang and
--   J. M. Robins, Biometrics 61, 2005; K. Hirano, G. W. Imbens and G. Ridder, Econometrica 71, 2003). Weights are calibrated so that
--   both sides have like means (J.-C. Deville and C.-E. Särndal, Journal of the American Statistical Association 87, 1992;
--   J. Hainmueller, Political Analysis 20, 2012). Who has no like is left out (R. K. Crump and others, Biometrika 96, 2009). The
--   interval, 95 %, is of a stratified bootstrap up to 100 persons (B. Efron and R. J. Tibshirani, 1993), else of the influence function.
--
--   The change sets the difference against that of the period before (A. Abadie, Review of Economic Studies 72, 2005;
--   P. H. C. Sant'Anna and J. Zhao, Journal of Econometrics 219, 2020). Balance is the greatest standardised mean difference
--   of what is known of both sides, before and after weighting; below 0.1 they are alike (P. C. Austin, Statistics in Medicine 28,
--   2009). Overlap is the share of the treated who have a like. The effective number is what the weighted others are worth. The
--   E-value says how strong something unknown must be, as a risk ratio with both, to explain the adjusted difference away
--   (T. J. VanderWeele and P. Ding, Annals of Internal Medicine 167, 2017).
--
--   Only where overlap and balance hold may the adjusted difference between participants and comparison persons be called
--   as the line under its name says. Between completers and others it is never more than an adjusted difference.
-- caveats:
--   What moved people to take part and is not among what is known of them stays in every figure here.
--   The figures speak of the persons left after those without a like are dropped: see the overlap.
--   Comparisons are many. Of twenty without any true difference, one interval will miss zero by chance.
--   Comparisons of a few persons are withheld, or cannot be told, by the rules on the page on uptake.

-- shared:
WITH
titles AS (SELECT credential_id, arg_max(title, version) AS title FROM credentials GROUP BY credential_id),
chosen AS (
  SELECT a.*, CASE unit_kind WHEN 'all' THEN 'All learners' ELSE coalesce(title, unit_code) END AS about,
    CASE horizon WHEN '6m' THEN '6 months' WHEN '12m' THEN '12 months' ELSE '24 months' END AS after,
    CASE horizon WHEN '6m' THEN 6 WHEN '12m' THEN 12 ELSE 24 END AS months,
    coalesce(upper(verdict[1]) || verdict[2:], 'Withheld: disclosure control.') AS said, verdict_code IN ('more', 'less', 'no-difference') AS told,
    CASE WHEN suppressed THEN 'withheld' END AS withheld, CASE WHEN suppressed THEN 'withheld' WHEN difference_raw IS NULL THEN 'cannot be told' END AS no_raw, CASE WHEN suppressed THEN 'withheld' WHEN difference_adjusted IS NULL THEN 'cannot be told' END AS no_difference
  FROM adjusted_comparisons a LEFT JOIN titles ON credential_id = unit_code
  WHERE $horizon IN ('every', horizon) AND ($credential = '' OR unit_code = $credential OR contains(lower(coalesce(title, unit_code)), lower($credential)) AND unit_kind <> 'all')
),
shown AS (SELECT *, about || ', ' || after || CASE comparison WHEN 'participants_comparison' THEN ' after the start' ELSE ' after leaving' END AS label FROM chosen)

-- section: figures
-- title: Key figures
-- grain: all comparisons chosen
-- columns:
--   comparisons | Comparisons | integer | comparisons | Of participants with comparison persons, in employment or income, at a time
--   told | That can be told | integer of=comparisons | comparisons | Both sides are alike enough in what is known, and many enough
--   better | Participants do better | integer of=told | comparisons | The whole interval of the adjusted difference lies above 0
--   worse | Participants do worse | integer of=told | comparisons | The whole interval lies below 0
--   none | No difference found | integer of=told | comparisons | The interval holds 0
SELECT count(*) AS comparisons, count(*) FILTER (told) AS told, count(*) FILTER (verdict_code = 'more') AS better, count(*) FILTER (verdict_code = 'less') AS worse,
  count(*) FILTER (verdict_code = 'no-difference') AS none
FROM shown WHERE comparison = 'participants_comparison'

-- section: employment
-- title: Participants beside comparison persons: in employment
-- text: The adjusted difference is what to read. The raw one shows how much of what meets the eye comes from who takes part.
-- grain: a unit and a time
-- empty: No comparison can be told. Comparison persons come from a feed of kind comparison in skillsgap.yaml.
-- chart: intervals label=label value=adjusted also=raw at=0 rows=20 | Difference of the shares in employment, in percentage points
-- columns:
--   said | What may be said | text group | | The verdict
--   label | Of whom | text note=naming | | Unit and time; below, what the adjusted difference may be called
--   adjusted | Adjusted difference | points interval=adjusted_low,adjusted_high instead=no_difference | -1..1 | Doubly robust, of the participants who have a like
--   raw | Raw difference | points interval=raw_low,raw_high instead=no_raw | -1..1 | Share in employment of participants less that of comparison persons
--   change | Against the period before | points interval=change_low,change_high | -1..1 | Doubly robust difference of the changes since the period before
--   treated | Participants | integer note=overlap instead=withheld | participants | Whose outcome is known; below, how many of them have a like
--   untreated | Comparison persons | integer note=ess instead=withheld | persons | Whose outcome is known; below, what they are worth once weighted
--   smd | Balance | number note=smd_before instead=no_difference | standard deviations | Greatest difference between both sides in what is known of them, after weighting: alike below 0.1
--   overlap | Overlap | share hidden | 0..1 | Participants who have a like
--   e_value | E-value | number note=e_limit | risk ratio | How strong something unknown must be to explain the adjusted difference away
--   naming | May be called | text hidden | | What the adjusted difference may be called
--   ess | Effective number | number hidden digits=0 | once weighted | What the others are worth
--   smd_before | Balance before | number hidden | before | The same before weighting
--   e_limit | E-value, limit | number hidden | at the limit | The same for the end of the interval nearer to 0
--   adjusted_low | Adjusted, lower end | points hidden | -1..1 | Of the 95 % interval
--   adjusted_high | Adjusted, upper end | points hidden | -1..1 | Of the 95 % interval
--   raw_low | Raw, lower end | points hidden | -1..1 | Of the 95 % interval
--   raw_high | Raw, upper end | points hidden | -1..1 | Of the 95 % interval
--   change_low | Change, lower end | points hidden | -1..1 | Of the 95 % interval
--   change_high | Change, upper end | points hidden | -1..1 | Of the 95 % interval
--   verdict_code | Verdict | text hidden | | Code of the verdict
--   method | Method | text hidden | | How it is computed
--   no_difference | Why no adjusted difference | text hidden | | What stands in the place of it
--   no_raw | Why no raw difference | text hidden | | What stands in the place of it
--   withheld | Why no number | text hidden | | What stands in the place of a number
SELECT said, label, difference_adjusted AS adjusted, difference_raw AS raw, change, treated, untreated, balance_max_smd AS smd, overlap, e_value, naming, ess,
  balance_max_smd_before AS smd_before, e_value_limit AS e_limit, difference_adjusted_low AS adjusted_low, difference_adjusted_high AS adjusted_high,
  difference_raw_low AS raw_low, difference_raw_high AS raw_high, change_low, change_high, verdict_code, method, no_difference, no_raw, withheld
FROM shown WHERE comparison = 'participants_comparison' AND indicator = 'employed' AND (told OR unit_kind = 'all')
ORDER BY unit_kind, treated DESC NULLS LAST, unit_code, months LIMIT $rows

-- section: income
-- title: Participants beside comparison persons: income
-- text: Per month, in the currency beside the figure.
-- grain: a unit and a time
-- empty: No comparison can be told. Comparison persons come from a feed of kind comparison in skillsgap.yaml.
-- chart: intervals label=label value=adjusted also=raw at=0 rows=20 | Difference of incomes per month
-- columns:
--   said | What may be said | text group | | The verdict
--   label | Of whom | text note=naming | | Unit and time; below, what the adjusted difference may be called
--   adjusted | Adjusted difference | number interval=adjusted_low,adjusted_high note=currency instead=no_difference digits=0 | currency per month | Doubly robust, of the participants who have a like
--   raw | Raw difference | number interval=raw_low,raw_high instead=no_raw digits=0 | currency per month | Mean income of participants less that of comparison persons
--   change | Against the period before | number interval=change_low,change_high digits=0 | currency per month | Doubly robust difference of the changes since the period before
--   treated | Participants | integer note=overlap instead=withheld | participants | Whose outcome is known; below, how many of them have a like
--   untreated | Comparison persons | integer note=ess instead=withheld | persons | Whose outcome is known; below, what they are worth once weighted
--   smd | Balance | number note=smd_before instead=no_difference | standard deviations | Greatest difference between both sides in what is known of them, after weighting: alike below 0.1
--   overlap | Overlap | share hidden | 0..1 | Participants who have a like
--   e_value | E-value | number note=e_limit | risk ratio | How strong something unknown must be to explain the adjusted difference away
--   currency | Currency | text hidden | | Of incomes, per month
--   naming | May be called | text hidden | | What the adjusted difference may be called
--   ess | Effective number | number hidden digits=0 | once weighted | What the others are worth
--   smd_before | Balance before | number hidden | before | The same before weighting
--   e_limit | E-value, limit | number hidden | at the limit | The same for the end of the interval nearer to 0
--   adjusted_low | Adjusted, lower end | number hidden digits=0 | currency per month | Of the 95 % interval
--   adjusted_high | Adjusted, upper end | number hidden digits=0 | currency per month | Of the 95 % interval
--   raw_low | Raw, lower end | number hidden digits=0 | currency per month | Of the 95 % interval
--   raw_high | Raw, upper end | number hidden digits=0 | currency per month | Of the 95 % interval
--   change_low | Change, lower end | number hidden digits=0 | currency per month | Of the 95 % interval
--   change_high | Change, upper end | number hidden digits=0 | currency per month | Of the 95 % interval
--   verdict_code | Verdict | text hidden | | Code of the verdict
--   method | Method | text hidden | | How it is computed
--   no_difference | Why no adjusted difference | text hidden | | What stands in the place of it
--   no_raw | Why no raw difference | text hidden | | What stands in the place of it
--   withheld | Why no number | text hidden | | What stands in the place of a number
SELECT said, label, difference_adjusted AS adjusted, difference_raw AS raw, change, treated, untreated, balance_max_smd AS smd, overlap, e_value, currency, naming, ess,
  balance_max_smd_before AS smd_before, e_value_limit AS e_limit, difference_adjusted_low AS adjusted_low, difference_adjusted_high AS adjusted_high,
  difference_raw_low AS raw_low, difference_raw_high AS raw_high, change_low, change_high, verdict_code, method, no_difference, no_raw, withheld
FROM shown WHERE comparison = 'participants_comparison' AND indicator = 'income' AND (told OR unit_kind = 'all')
ORDER BY unit_kind, treated DESC NULLS LAST, unit_code, months LIMIT $rows

-- section: completers
-- title: Completers beside those who did not complete: adjusted difference in employment
-- text: Whether someone completes is decided after enrolment, by much that is not known here. These differences say nothing of cause.
-- grain: a unit and a time
-- empty: No comparison of completers with others can be told.
-- chart: intervals label=label value=adjusted also=raw at=0 rows=20 | Adjusted and raw difference of the shares in employment, completers less others, in percentage points
-- columns:
--   said | What may be said | text group | | The verdict
--   label | Of whom | text note=naming | | Unit and time; below, what the adjusted difference may be called
--   adjusted | Adjusted difference | points interval=adjusted_low,adjusted_high instead=no_difference | -1..1 | Doubly robust, of the completers who have a like
--   raw | Raw difference | points interval=raw_low,raw_high instead=no_raw | -1..1 | Share in employment of completers less that of persons who did not complete
--   change | Against the period before | points interval=change_low,change_high | -1..1 | Doubly robust difference of the changes since the period before
--   treated | Completers | integer note=overlap instead=withheld | completers | Whose outcome is known; below, how many of them have a like
--   untreated | Persons who did not complete | integer note=ess instead=withheld | persons | Whose outcome is known; below, what they are worth once weighted
--   smd | Balance | number note=smd_before instead=no_difference | standard deviations | Greatest difference between both sides in what is known of them, after weighting: alike below 0.1
--   overlap | Overlap | share hidden | 0..1 | Completers who have a like
--   e_value | E-value | number note=e_limit | risk ratio | How strong something unknown must be to explain the adjusted difference away
--   naming | May be called | text hidden | | What the adjusted difference may be called
--   ess | Effective number | number hidden digits=0 | once weighted | What the others are worth
--   smd_before | Balance before | number hidden | before | The same before weighting
--   e_limit | E-value, limit | number hidden | at the limit | The same for the end of the interval nearer to 0
--   adjusted_low | Adjusted, lower end | points hidden | -1..1 | Of the 95 % interval
--   adjusted_high | Adjusted, upper end | points hidden | -1..1 | Of the 95 % interval
--   raw_low | Raw, lower end | points hidden | -1..1 | Of the 95 % interval
--   raw_high | Raw, upper end | points hidden | -1..1 | Of the 95 % interval
--   change_low | Change, lower end | points hidden | -1..1 | Of the 95 % interval
--   change_high | Change, upper end | points hidden | -1..1 | Of the 95 % interval
--   verdict_code | Verdict | text hidden | | Code of the verdict
--   method | Method | text hidden | | How it is computed
--   no_difference | Why no adjusted difference | text hidden | | What stands in the place of it
--   no_raw | Why no raw difference | text hidden | | What stands in the place of it
--   withheld | Why no number | text hidden | | What stands in the place of a number
SELECT said, label, difference_adjusted AS adjusted, difference_raw AS raw, change, treated, untreated, balance_max_smd AS smd, overlap, e_value, naming, ess,
  balance_max_smd_before AS smd_before, e_value_limit AS e_limit, difference_adjusted_low AS adjusted_low, difference_adjusted_high AS adjusted_high,
  difference_raw_low AS raw_low, difference_raw_high AS raw_high, change_low, change_high, verdict_code, method, no_difference, no_raw, withheld
FROM shown WHERE comparison = 'completers_non_completers' AND indicator = 'employed' AND (told OR unit_kind = 'all')
ORDER BY unit_kind, treated DESC NULLS LAST, unit_code, months LIMIT $rows

-- section: completers-income
-- title: Completers beside those who did not complete: adjusted difference in income
-- text: Per month. These differences say nothing of cause.
-- grain: a unit and a time
-- empty: No comparison of completers with others can be told.
-- chart: intervals label=label value=adjusted also=raw at=0 rows=20 | Adjusted and raw difference of incomes per month, completers less others
-- columns:
--   said | What may be said | text group | | The verdict
--   label | Of whom | text note=naming | | Unit and time; below, what the adjusted difference may be called
--   adjusted | Adjusted difference | number interval=adjusted_low,adjusted_high note=currency instead=no_difference digits=0 | currency per month | Doubly robust, of the completers who have a like
--   raw | Raw difference | number interval=raw_low,raw_high instead=no_raw digits=0 | currency per month | Mean income of completers less that of persons who did not complete
--   change | Against the period before | number interval=change_low,change_high digits=0 | currency per month | Doubly robust difference of the changes since the period before
--   treated | Completers | integer note=overlap instead=withheld | completers | Whose outcome is known; below, how many of them have a like
--   untreated | Persons who did not complete | integer note=ess instead=withheld | persons | Whose outcome is known; below, what they are worth once weighted
--   smd | Balance | number note=smd_before instead=no_difference | standard deviations | Greatest difference between both sides in what is known of them, after weighting: alike below 0.1
--   overlap | Overlap | share hidden | 0..1 | Completers who have a like
--   e_value | E-value | number note=e_limit | risk ratio | How strong something unknown must be to explain the adjusted difference away
--   currency | Currency | text hidden | | Of incomes, per month
--   naming | May be called | text hidden | | What the adjusted difference may be called
--   ess | Effective number | number hidden digits=0 | once weighted | What the others are worth
--   smd_before | Balance before | number hidden | before | The same before weighting
--   e_limit | E-value, limit | number hidden | at the limit | The same for the end of the interval nearer to 0
--   adjusted_low | Adjusted, lower end | number hidden digits=0 | currency per month | Of the 95 % interval
--   adjusted_high | Adjusted, upper end | number hidden digits=0 | currency per month | Of the 95 % interval
--   raw_low | Raw, lower end | number hidden digits=0 | currency per month | Of the 95 % interval
--   raw_high | Raw, upper end | number hidden digits=0 | currency per month | Of the 95 % interval
--   change_low | Change, lower end | number hidden digits=0 | currency per month | Of the 95 % interval
--   change_high | Change, upper end | number hidden digits=0 | currency per month | Of the 95 % interval
--   verdict_code | Verdict | text hidden | | Code of the verdict
--   method | Method | text hidden | | How it is computed
--   no_difference | Why no adjusted difference | text hidden | | What stands in the place of it
--   no_raw | Why no raw difference | text hidden | | What stands in the place of it
--   withheld | Why no number | text hidden | | What stands in the place of a number
SELECT said, label, difference_adjusted AS adjusted, difference_raw AS raw, change, treated, untreated, balance_max_smd AS smd, overlap, e_value, currency, naming, ess,
  balance_max_smd_before AS smd_before, e_value_limit AS e_limit, difference_adjusted_low AS adjusted_low, difference_adjusted_high AS adjusted_high,
  difference_raw_low AS raw_low, difference_raw_high AS raw_high, change_low, change_high, verdict_code, method, no_difference, no_raw, withheld
FROM shown WHERE comparison = 'completers_non_completers' AND indicator = 'income' AND (told OR unit_kind = 'all')
ORDER BY unit_kind, treated DESC NULLS LAST, unit_code, months LIMIT $rows

-- section: untold
-- title: What cannot be told
-- text: Comparisons of single credentials without an answer, and why. None of them says that training did not help.
-- grain: a comparison
-- empty: Every comparison chosen has an answer.
-- columns:
--   kind | Comparison | text group | | Which two sides, and in what
--   label | Of whom | text | | Unit and time
--   said | Why not | text | | The verdict
--   treated | Participants or completers | integer | persons | Whose outcome is known
--   untreated | The others | integer | persons | Whose outcome is known
--   verdict_code | Verdict | text hidden | | Code of the verdict
SELECT CASE comparison WHEN 'participants_comparison' THEN 'Participants beside comparison persons' ELSE 'Completers beside others' END || ': ' || CASE indicator WHEN 'employed' THEN 'in employment' ELSE 'income' END AS kind,
  label, said, treated, untreated, verdict_code
FROM shown WHERE NOT coalesce(told, false) AND unit_kind <> 'all'
QUALIFY row_number() OVER (PARTITION BY comparison, indicator ORDER BY treated DESC NULLS LAST, unit_code, months) <= $rows
ORDER BY comparison DESC, indicator, treated DESC NULLS LAST, unit_code, months

-- section: nothing
-- title: Is there anything to compare?
-- grain: a reason why there is not
-- columns:
--   message | Message | text | | What is missing
SELECT CASE WHEN (SELECT count(*) FROM adjusted_comparisons) = 0 THEN
    'There is nothing to compare. It takes feeds of kinds enrolments and follow_ups and, for participants, comparison in skillsgap.yaml, and learners who began long enough ago.'
  ELSE 'No comparison is of a credential called ' || $credential || ' and at the horizon ' || $horizon || '.' END AS message
WHERE (SELECT count(*) FROM chosen) = 0
