-- title: Outcomes
-- question: What became of those who took part?
-- summary: At leaving and six, twelve and twenty-four months after: in work, in related work, in further learning, with what income.
--   Everybody who left is in the base, not only those who completed, and how many answered stands beside every figure.
-- order: 54
-- parameters:
--   unit_kind | all, credential, provider, region, field, skill, funding | all | Whose leavers: all, or those of one credential, provider, region of residence, field, skill taught or funding.
--   unit | text | | Code of the unit, or words of its name, in any case; of several, the one with most leavers. Empty for the largest of the kind.
--   indicator | employed, EECR05, employed_related, employed_related_said, further_learning, credential_attained | employed | Share that is shown by group and quarter.
--   horizon | leaving, 6m, 12m, 24m, q2, q4 | 6m | When, for the share by group and quarter; credential_attained is at 12m.
--   rows | integer | 20 | Rows of costs and paths.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: A leaver is one person in one credential: first start, last exit; who comes back to it counts once, who takes two
--   counts in each. Leavers enter a base only once the horizon lies before the release for them: the others' time has not come.
--   Values are over those who answered. Response says how many did, of the base; where fewer than the least share that is trusted
--   answered (half, unless configured otherwise), the page says “too few reached” and gives no value.
--
--   The common indicators EECR01 to EECR06 are those of the European Social Fund Plus, with their bases: Regulation (EU) 2021/1057, Annex I.
--   “On leaving” is within four weeks. EECR04 and EECR05 are of those unemployed or inactive on entry, EECR01 of the inactive,
--   EECR06 of the employed, and a pay rise alone is no improvement. Employment in the second and fourth quarter after that
--   of leaving, median income in the second, and a credential within a year follow the quarterly practice of training programmes.
--   Six months, give or take one; twelve, two; twenty-four, three.
--
--   Intervals are 95 %: of shares Wilson's (E. B. Wilson, Journal of the American Statistical Association 22, 1927), of means
--   Student's; a median has none. Weighted, those who answered stand for the leavers like them on entry who were not reached
--   (H. L. Oh and F. J. Scheuren, in Incomplete Data in Sample Surveys, 1983), with Wilson's interval on the effective number of answers.
--
--   The cost of a participant in work is what was paid for all who answered and state a price, over those of them in work
--   at six months: a ratio of sums, without an interval.
--
--   “Withheld” stands for what disclosure control keeps back: figures that would speak of a few persons, or from which such a
--   one could be computed (L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control, 2001; A. Hundepool and others,
--   Statistical Disclosure Control, 2012). The page does not say which: that would give the small figure away.
-- caveats:
--   What became of people after training is not what training did: the page “Did it help?” sets them beside others.
--   Completers and others differ before training ends. Their difference is no effect of completing.
--   Who finds work may answer sooner, or later. Weights correct for what is known on entry, and for nothing else.
--   Incomes are in the currency that most are stated in; others count as not stated.

-- shared:
WITH
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
),
region_names AS (SELECT region_code, any_value(label) AS region FROM regions GROUP BY region_code),
titles AS (SELECT credential_id, arg_max(title, version) AS title FROM credentials GROUP BY credential_id),
units AS (
  SELECT unit_kind, unit_code, CASE unit_kind WHEN 'all' THEN 'All learners' ELSE coalesce(t.title, n.skill, r.region, CASE unit_code WHEN 'not_known' THEN 'not known' ELSE unit_code END) END AS unit_name,
    leavers
  FROM (SELECT unit_kind, unit_code, max(participants) AS leavers FROM outcomes WHERE breakdown = 'TOTAL' AND cohort IS NULL GROUP BY ALL)
  LEFT JOIN titles t ON unit_kind = 'credential' AND credential_id = unit_code
  LEFT JOIN skill_names n ON unit_kind = 'skill' AND skill_uri = unit_code LEFT JOIN region_names r ON unit_kind = 'region' AND r.region_code = unit_code
),
/* The unit that the page is about. */
one AS (
  SELECT * FROM units
  WHERE unit_kind = $unit_kind AND ($unit = '' OR lower(unit_code) = lower($unit) OR contains(lower(unit_name), lower($unit)))
  ORDER BY lower(unit_code) = lower($unit) DESC, unit_code = 'not_known', leavers DESC NULLS LAST, unit_code LIMIT 1
),
horizons(horizon, place, months_after) AS (
  VALUES ('leaving', 0, 'on leaving'), ('6m', 1, '6 months after leaving'), ('12m', 2, '12 months after leaving'), ('24m', 3, '24 months after leaving'),
    ('q2', 4, 'second quarter after leaving'), ('q4', 5, 'fourth quarter after leaving'), ('any', 6, 'at any time')
),
told AS (
  SELECT o.*, unit_name, place, months_after, regexp_replace(definition, '^[^:]*: ', '') AS what,
    CASE WHEN participants IS NULL THEN 'withheld' END AS no_base, CASE WHEN respondents IS NULL THEN 'withheld' END AS no_answers,
    CASE WHEN contains(rule, 'attrition') THEN 'too few reached' WHEN suppressed THEN 'withheld' WHEN respondents = 0 THEN 'nobody reached' END AS no_value,
    CASE WHEN unit_kind <> 'all' AND indicator IN ('EECR01', 'EECR04', 'EECR05', 'EECR06') THEN NULL
      WHEN contains(rule, 'attrition') THEN 'too few reached' WHEN suppressed OR completers_respondents IS NULL OR completers_respondents > 0 THEN 'withheld' END AS no_completers,
    CASE WHEN unit_kind <> 'all' AND indicator IN ('EECR01', 'EECR04', 'EECR05', 'EECR06') THEN NULL
      WHEN contains(rule, 'attrition') THEN 'too few reached' WHEN suppressed OR non_completers_respondents IS NULL OR non_completers_respondents > 0 THEN 'withheld' END AS no_others
  FROM outcomes o JOIN one USING (unit_kind, unit_code) JOIN horizons USING (horizon)
),
totals AS (SELECT * FROM told WHERE breakdown = 'TOTAL' AND cohort IS NULL),
group_names(breakdown, about) AS (
  VALUES ('age_band', 'Age'), ('gender', 'Gender'), ('education', 'Education (ISCED)'), ('employment', 'Employment on entry'), ('disability', 'Disability'),
    ('third_country', 'National of a third country'), ('foreign_background', 'Foreign background'), ('minority', 'Minority'), ('homeless', 'Homeless or excluded from housing'),
    ('rural', 'Rural area'), ('minimum_income', 'Minimum income'), ('income_band', 'Income'), ('region', 'Region of residence')
)

-- section: figures
-- title: Key figures
-- grain: the unit chosen
-- columns:
--   unit | Unit | text group | | Whose leavers
--   release | Release | text group | | Day of the release
--   employed | In work after 6 months | share interval=employed_low,employed_high instead=no_employed note=response | 0..1 | Of all leavers who answered
--   found | Found work | share interval=found_low,found_high instead=no_found note=found_response | 0..1 | EECR05: in work after six months, of those unemployed or inactive on entry
--   improved | Better placed | share interval=improved_low,improved_high instead=no_improved note=improved_response | 0..1 | EECR06: situation improved after six months, of those employed on entry
--   leavers | Leavers | integer instead=no_leavers | leavers | Who left six months or more before the release
--   cost | Cost per leaver in work | number digits=0 note=currency | currency | At six months: paid for all, over those in work
--   response | Answered | share hidden | 0..1 | Of the leavers
--   found_response | Answered | share hidden | 0..1 | Of those unemployed or inactive on entry
--   improved_response | Answered | share hidden | 0..1 | Of those employed on entry
--   currency | Currency | text hidden | | Of prices, where one is known
--   employed_low | In work, lower end | share hidden | 0..1 | Of the 95 % interval
--   employed_high | In work, upper end | share hidden | 0..1 | Of the 95 % interval
--   found_low | Found work, lower end | share hidden | 0..1 | Of the 95 % interval
--   found_high | Found work, upper end | share hidden | 0..1 | Of the 95 % interval
--   improved_low | Better placed, lower end | share hidden | 0..1 | Of the 95 % interval
--   improved_high | Better placed, upper end | share hidden | 0..1 | Of the 95 % interval
--   no_employed | Why no share in work | text hidden | | What stands in the place of it
--   no_found | Why no EECR05 | text hidden | | What stands in the place of it
--   no_improved | Why no EECR06 | text hidden | | What stands in the place of it
--   no_leavers | Why no leavers | text hidden | | What stands in the place of them
SELECT e.unit_name AS unit, 'released ' || strftime(e.released_on, '%-d %B %Y') AS release, e.value AS employed, f.value AS found, i.value AS improved, e.participants AS leavers,
  e.cost_per_employed AS cost, e.response_rate AS response, f.response_rate AS found_response, i.response_rate AS improved_response,
  CASE WHEN e.cost_per_employed IS NOT NULL THEN (SELECT max(currency) FROM uptake) END AS currency, e.value_low AS employed_low, e.value_high AS employed_high, f.value_low AS found_low, f.value_high AS found_high,
  i.value_low AS improved_low, i.value_high AS improved_high, e.no_value AS no_employed, f.no_value AS no_found, i.no_value AS no_improved, e.no_base AS no_leavers
FROM (SELECT * FROM totals WHERE indicator = 'employed' AND horizon = '6m') e
LEFT JOIN (SELECT * FROM totals WHERE indicator = 'EECR05') f ON true LEFT JOIN (SELECT * FROM totals WHERE indicator = 'EECR06') i ON true

-- section: esf
-- title: Common indicators of the European Social Fund Plus
-- text: By Regulation (EU) 2021/1057, Annex I. Each has a base of its own.
-- grain: an indicator at a time
-- empty: No leaver is mature yet, or nobody has been asked.
-- chart: intervals label=label value=value also=weighted rows=30 | Common indicators, plain and weighted
-- columns:
--   what | Indicator | text note=base,months_after | | Its definition; below, who is in the base, and when
--   participants | Base | integer instead=no_base | leavers | Mature leavers of whom the indicator is defined
--   respondents | Answered | integer of=participants instead=no_answers | leavers | Of the base, those of whom it is known: the response rate
--   value | Share | share interval=value_low,value_high instead=no_value | 0..1 | Of those who answered
--   weighted | Weighted | share interval=weighted_low,weighted_high | 0..1 | Those who answered stand for those like them on entry who were not reached
--   completers_value | Completers | share interval=completers_low,completers_high note=completers_respondents instead=no_completers | 0..1 | The same among those who completed; no effect of completing
--   others_value | Others | share interval=others_low,others_high note=others_respondents instead=no_others | 0..1 | The same among those known not to have completed
--   label | Label | text hidden | | Indicator and time
--   indicator | Code | text hidden | | Of the dataset outcomes
--   base | Base in words | text hidden | | Who is in the base
--   months_after | When | text hidden | | The horizon
--   response_rate | Response | share hidden | 0..1 | Of the base
--   value_low | Share, lower end | share hidden | 0..1 | Of the 95 % interval
--   value_high | Share, upper end | share hidden | 0..1 | Of the 95 % interval
--   weighted_low | Weighted, lower end | share hidden | 0..1 | Of the 95 % interval
--   weighted_high | Weighted, upper end | share hidden | 0..1 | Of the 95 % interval
--   completers | Completers, number | integer hidden | leavers | Of the base
--   completers_respondents | Completers, answers | integer hidden | answers | Of these
--   completers_low | Completers, lower end | share hidden | 0..1 | Of the 95 % interval
--   completers_high | Completers, upper end | share hidden | 0..1 | Of the 95 % interval
--   others | Others, number | integer hidden | leavers | Of the base
--   others_respondents | Others, answers | integer hidden | answers | Of these
--   others_low | Others, lower end | share hidden | 0..1 | Of the 95 % interval
--   others_high | Others, upper end | share hidden | 0..1 | Of the 95 % interval
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_answers | Why no answers | text hidden | | What stands in the place of them
--   no_value | Why no share | text hidden | | What stands in the place of it
--   no_completers | Why no completers | text hidden | | What stands in the place of their share
--   no_others | Why no others | text hidden | | What stands in the place of their share
SELECT upper(what[1]) || what[2:] AS what, participants, respondents, value, weighted, completers_value, non_completers_value AS others_value,
  what AS label, indicator, 'Base: ' || base AS base, months_after, response_rate, value_low, value_high, weighted_low, weighted_high,
  completers, completers_respondents, completers_low, completers_high, non_completers AS others, non_completers_respondents AS others_respondents, non_completers_low AS others_low, non_completers_high AS others_high,
  no_base, no_answers, no_value, no_completers, no_others
FROM totals WHERE starts_with(indicator, 'EECR')
ORDER BY indicator

-- section: later
-- title: In work and learning after leaving
-- text: All leavers are the base, completed or not.
-- grain: an indicator at a time
-- empty: No leaver is mature yet, or nobody has been asked.
-- chart: intervals label=label value=value also=weighted rows=30 | Shares of leavers, plain and weighted
-- columns:
--   what | Indicator | text note=base,months_after | | Its definition; below, who is in the base, and when
--   participants | Base | integer instead=no_base | leavers | Mature leavers of whom the indicator is defined
--   respondents | Answered | integer of=participants instead=no_answers | leavers | Of the base, those of whom it is known: the response rate
--   value | Share | share interval=value_low,value_high instead=no_value | 0..1 | Of those who answered
--   weighted | Weighted | share interval=weighted_low,weighted_high | 0..1 | Those who answered stand for those like them on entry who were not reached
--   completers_value | Completers | share interval=completers_low,completers_high note=completers_respondents instead=no_completers | 0..1 | The same among those who completed; no effect of completing
--   others_value | Others | share interval=others_low,others_high note=others_respondents instead=no_others | 0..1 | The same among those known not to have completed
--   label | Label | text hidden | | Indicator and time
--   indicator | Code | text hidden | | Of the dataset outcomes
--   base | Base in words | text hidden | | Who is in the base
--   months_after | When | text hidden | | The horizon
--   response_rate | Response | share hidden | 0..1 | Of the base
--   value_low | Share, lower end | share hidden | 0..1 | Of the 95 % interval
--   value_high | Share, upper end | share hidden | 0..1 | Of the 95 % interval
--   weighted_low | Weighted, lower end | share hidden | 0..1 | Of the 95 % interval
--   weighted_high | Weighted, upper end | share hidden | 0..1 | Of the 95 % interval
--   completers | Completers, number | integer hidden | leavers | Of the base
--   completers_respondents | Completers, answers | integer hidden | answers | Of these
--   completers_low | Completers, lower end | share hidden | 0..1 | Of the 95 % interval
--   completers_high | Completers, upper end | share hidden | 0..1 | Of the 95 % interval
--   others | Others, number | integer hidden | leavers | Of the base
--   others_respondents | Others, answers | integer hidden | answers | Of these
--   others_low | Others, lower end | share hidden | 0..1 | Of the 95 % interval
--   others_high | Others, upper end | share hidden | 0..1 | Of the 95 % interval
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_answers | Why no answers | text hidden | | What stands in the place of them
--   no_value | Why no share | text hidden | | What stands in the place of it
--   no_completers | Why no completers | text hidden | | What stands in the place of their share
--   no_others | Why no others | text hidden | | What stands in the place of their share
SELECT upper(what[1]) || what[2:] AS what, participants, respondents, value, weighted, completers_value, non_completers_value AS others_value,
  replace(indicator, '_', ' ') || ', ' || months_after AS label, indicator, 'Base: ' || base AS base, months_after, response_rate, value_low, value_high, weighted_low, weighted_high,
  completers, completers_respondents, completers_low, completers_high, non_completers AS others, non_completers_respondents AS others_respondents, non_completers_low AS others_low, non_completers_high AS others_high,
  no_base, no_answers, no_value, no_completers, no_others
FROM totals WHERE unit = 'share' AND NOT starts_with(indicator, 'EECR') AND horizon IN ('leaving', '6m', '12m', '24m') AND indicator <> 'credential_attained'
ORDER BY indicator <> 'employed', indicator, place

-- section: quarterly
-- title: Quarterly indicators
-- text: As training programmes report: employment by quarter after that of leaving, and credentials within a year. Median income stands with the incomes below.
-- grain: an indicator at a time
-- empty: No leaver is mature yet, or nobody has been asked.
-- chart: intervals label=label value=value also=weighted rows=30 | Quarterly indicators, plain and weighted
-- columns:
--   what | Indicator | text note=base,months_after | | Its definition; below, who is in the base, and when
--   participants | Base | integer instead=no_base | leavers | Mature leavers of whom the indicator is defined
--   respondents | Answered | integer of=participants instead=no_answers | leavers | Of the base, those of whom it is known: the response rate
--   value | Share | share interval=value_low,value_high instead=no_value | 0..1 | Of those who answered
--   weighted | Weighted | share interval=weighted_low,weighted_high | 0..1 | Those who answered stand for those like them on entry who were not reached
--   completers_value | Completers | share interval=completers_low,completers_high note=completers_respondents instead=no_completers | 0..1 | The same among those who completed; no effect of completing
--   others_value | Others | share interval=others_low,others_high note=others_respondents instead=no_others | 0..1 | The same among those known not to have completed
--   label | Label | text hidden | | Indicator and time
--   indicator | Code | text hidden | | Of the dataset outcomes
--   base | Base in words | text hidden | | Who is in the base
--   months_after | When | text hidden | | The horizon
--   response_rate | Response | share hidden | 0..1 | Of the base
--   value_low | Share, lower end | share hidden | 0..1 | Of the 95 % interval
--   value_high | Share, upper end | share hidden | 0..1 | Of the 95 % interval
--   weighted_low | Weighted, lower end | share hidden | 0..1 | Of the 95 % interval
--   weighted_high | Weighted, upper end | share hidden | 0..1 | Of the 95 % interval
--   completers | Completers, number | integer hidden | leavers | Of the base
--   completers_respondents | Completers, answers | integer hidden | answers | Of these
--   completers_low | Completers, lower end | share hidden | 0..1 | Of the 95 % interval
--   completers_high | Completers, upper end | share hidden | 0..1 | Of the 95 % interval
--   others | Others, number | integer hidden | leavers | Of the base
--   others_respondents | Others, answers | integer hidden | answers | Of these
--   others_low | Others, lower end | share hidden | 0..1 | Of the 95 % interval
--   others_high | Others, upper end | share hidden | 0..1 | Of the 95 % interval
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_answers | Why no answers | text hidden | | What stands in the place of them
--   no_value | Why no share | text hidden | | What stands in the place of it
--   no_completers | Why no completers | text hidden | | What stands in the place of their share
--   no_others | Why no others | text hidden | | What stands in the place of their share
SELECT upper(what[1]) || what[2:] AS what, participants, respondents, value, weighted, completers_value, non_completers_value AS others_value,
  replace(indicator, '_', ' ') || ', ' || CASE indicator WHEN 'credential_attained' THEN 'within a year after leaving' ELSE months_after END AS label, indicator, 'Base: ' || base AS base, months_after, response_rate, value_low, value_high, weighted_low, weighted_high,
  completers, completers_respondents, completers_low, completers_high, non_completers AS others, non_completers_respondents AS others_respondents, non_completers_low AS others_low, non_completers_high AS others_high,
  no_base, no_answers, no_value, no_completers, no_others
FROM totals WHERE horizon IN ('q2', 'q4') AND unit = 'share' OR indicator = 'credential_attained'
ORDER BY indicator DESC, place

-- section: incomes
-- title: Income
-- text: Per month. A median has no interval.
-- grain: an indicator at a time
-- empty: No income is stated.
-- columns:
--   what | Indicator | text note=base,months_after | | Its definition; below, who is in the base, and when
--   participants | Base | integer instead=no_base | leavers | Mature leavers
--   respondents | Answered | integer of=participants instead=no_answers | leavers | Of the base, those of whom it is known: the response rate
--   value | Income | number digits=0 interval=value_low,value_high instead=no_value note=currency | per month | Among those who answered
--   completers_value | Completers | number digits=0 interval=completers_low,completers_high note=completers_respondents instead=no_completers | per month | The same among those who completed; no effect of completing
--   others_value | Others | number digits=0 interval=others_low,others_high note=others_respondents instead=no_others | per month | The same among those known not to have completed
--   indicator | Code | text hidden | | Of the dataset outcomes
--   base | Base in words | text hidden | | Who is in the base
--   months_after | When | text hidden | | The horizon
--   currency | Currency | text hidden | | Of incomes
--   value_low | Lower end | number hidden | per month | Of the 95 % interval
--   value_high | Upper end | number hidden | per month | Of the 95 % interval
--   completers_respondents | Completers, answers | integer hidden | answers | Of completers
--   completers_low | Completers, lower end | number hidden | per month | Of the 95 % interval
--   completers_high | Completers, upper end | number hidden | per month | Of the 95 % interval
--   others_respondents | Others, answers | integer hidden | answers | Of the others
--   others_low | Others, lower end | number hidden | per month | Of the 95 % interval
--   others_high | Others, upper end | number hidden | per month | Of the 95 % interval
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_answers | Why no answers | text hidden | | What stands in the place of them
--   no_value | Why no value | text hidden | | What stands in the place of it
--   no_completers | Why no completers | text hidden | | What stands in the place of their value
--   no_others | Why no others | text hidden | | What stands in the place of their value
SELECT upper(what[1]) || what[2:] AS what, participants, respondents, value, completers_value, non_completers_value AS others_value,
  indicator, 'Base: ' || base AS base, months_after, currency, value_low, value_high, completers_respondents, completers_low, completers_high,
  non_completers_respondents AS others_respondents, non_completers_low AS others_low, non_completers_high AS others_high, no_base, no_answers, no_value, no_completers, no_others
FROM totals WHERE unit = 'currency per month'
ORDER BY indicator, place

-- section: feedback
-- title: What learners say
-- text: On a scale from 0, the worst, to 1, the best: the last opinion of each.
-- grain: an indicator at a time
-- empty: Nobody was asked for an opinion.
-- columns:
--   what | Indicator | text note=base,months_after | | Its definition; below, who is in the base, and when
--   participants | Base | integer instead=no_base | leavers | Mature leavers
--   respondents | Answered | integer of=participants instead=no_answers | leavers | Of the base, those of whom it is known: the response rate
--   value | Mean | number digits=2 interval=value_low,value_high instead=no_value | 0 to 1 | Among those who answered
--   completers_value | Completers | number digits=2 interval=completers_low,completers_high note=completers_respondents instead=no_completers | 0 to 1 | The same among those who completed; no effect of completing
--   others_value | Others | number digits=2 interval=others_low,others_high note=others_respondents instead=no_others | 0 to 1 | The same among those known not to have completed
--   indicator | Code | text hidden | | Of the dataset outcomes
--   base | Base in words | text hidden | | Who is in the base
--   months_after | When | text hidden | | The horizon
--   currency | Currency | text hidden | | Of incomes
--   value_low | Lower end | number hidden | 0 to 1 | Of the 95 % interval
--   value_high | Upper end | number hidden | 0 to 1 | Of the 95 % interval
--   completers_respondents | Completers, answers | integer hidden | answers | Of completers
--   completers_low | Completers, lower end | number hidden | 0 to 1 | Of the 95 % interval
--   completers_high | Completers, upper end | number hidden | 0 to 1 | Of the 95 % interval
--   others_respondents | Others, answers | integer hidden | answers | Of the others
--   others_low | Others, lower end | number hidden | 0 to 1 | Of the 95 % interval
--   others_high | Others, upper end | number hidden | 0 to 1 | Of the 95 % interval
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_answers | Why no answers | text hidden | | What stands in the place of them
--   no_value | Why no value | text hidden | | What stands in the place of it
--   no_completers | Why no completers | text hidden | | What stands in the place of their value
--   no_others | Why no others | text hidden | | What stands in the place of their value
SELECT upper(what[1]) || what[2:] AS what, participants, respondents, value, completers_value, non_completers_value AS others_value,
  indicator, 'Base: ' || base AS base, months_after, currency, value_low, value_high, completers_respondents, completers_low, completers_high,
  non_completers_respondents AS others_respondents, non_completers_low AS others_low, non_completers_high AS others_high, no_base, no_answers, no_value, no_completers, no_others
FROM totals WHERE unit = 'score'
ORDER BY indicator, place

-- section: groups
-- title: By group
-- text: The share chosen, at the horizon chosen: in work after six months unless you choose another.
-- grain: a group of leavers
-- empty: The share chosen is not counted by group for this unit.
-- chart: intervals label=label value=value also=weighted rows=45 | By group, plain and weighted
-- columns:
--   about | Group | text group | | What tells the groups apart
--   category | Category | text | | Whose leavers
--   what | Indicator | text group | | What is shown, and when
--   participants | Base | integer instead=no_base | leavers | Mature leavers of whom the indicator is defined
--   respondents | Answered | integer of=participants instead=no_answers | leavers | Of the base, those of whom it is known: the response rate
--   value | Share | share interval=value_low,value_high instead=no_value | 0..1 | Of those who answered
--   weighted | Weighted | share interval=weighted_low,weighted_high | 0..1 | Those who answered stand for those like them on entry who were not reached
--   label | Label | text hidden | | Name
--   value_low | Share, lower end | share hidden | 0..1 | Of the 95 % interval
--   value_high | Share, upper end | share hidden | 0..1 | Of the 95 % interval
--   weighted_low | Weighted, lower end | share hidden | 0..1 | Of the 95 % interval
--   weighted_high | Weighted, upper end | share hidden | 0..1 | Of the 95 % interval
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_answers | Why no answers | text hidden | | What stands in the place of them
--   no_value | Why no share | text hidden | | What stands in the place of it
SELECT about, coalesce(r.region, replace(category, '_', ' ')) AS category, indicator || ' (' || base || '), ' || months_after AS what, participants, respondents, value, weighted, about || ': ' || coalesce(r.region, replace(category, '_', ' ')) AS label,
  value_low, value_high, weighted_low, weighted_high, no_base, no_answers, no_value
FROM told JOIN group_names USING (breakdown) LEFT JOIN region_names r ON breakdown = 'region' AND r.region_code = category
WHERE indicator = $indicator AND horizon = $horizon AND cohort IS NULL
ORDER BY about, category = 'not_known', told.category

-- section: cohorts
-- title: By quarter of leaving
-- text: The share chosen, for those who left in each quarter whose horizon has come.
-- grain: a quarter of leaving
-- empty: No quarter is mature.
-- chart: intervals label=label value=value also=weighted rows=45 | By quarter of leaving, plain and weighted
-- columns:
--   category | Left in | text | | Whose leavers
--   what | Indicator | text group | | What is shown, and when
--   participants | Base | integer instead=no_base | leavers | Mature leavers of whom the indicator is defined
--   respondents | Answered | integer of=participants instead=no_answers | leavers | Of the base, those of whom it is known: the response rate
--   value | Share | share interval=value_low,value_high instead=no_value | 0..1 | Of those who answered
--   weighted | Weighted | share interval=weighted_low,weighted_high | 0..1 | Those who answered stand for those like them on entry who were not reached
--   label | Label | text hidden | | Name
--   value_low | Share, lower end | share hidden | 0..1 | Of the 95 % interval
--   value_high | Share, upper end | share hidden | 0..1 | Of the 95 % interval
--   weighted_low | Weighted, lower end | share hidden | 0..1 | Of the 95 % interval
--   weighted_high | Weighted, upper end | share hidden | 0..1 | Of the 95 % interval
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_answers | Why no answers | text hidden | | What stands in the place of them
--   no_value | Why no share | text hidden | | What stands in the place of it
SELECT year(cohort) || ', quarter ' || quarter(cohort) AS category, indicator || ' (' || base || '), ' || months_after AS what, participants, respondents, value, weighted, year(cohort) || ', quarter ' || quarter(cohort) AS label,
  value_low, value_high, weighted_low, weighted_high, no_base, no_answers, no_value
FROM told
WHERE indicator = $indicator AND horizon = $horizon AND breakdown = 'TOTAL' AND cohort IS NOT NULL
ORDER BY cohort

-- section: costs
-- title: What a leaver in work costs
-- text: At six months. What was paid for those not in work is in it.
-- grain: a unit
-- empty: No cost is published.
-- columns:
--   kind | Kind | text group | | What the units are
--   unit | Unit | text | | Its name
--   cost | Cost per leaver in work | number digits=0 note=currency instead=no_cost | currency | What was paid for all of the base, over those in work
--   cost_base | Answered, price stated | integer of=participants instead=no_base | leavers | The base, of all mature leavers
--   cost_employed | In work | integer of=cost_base instead=no_employed | leavers | Of the base
--   participants | Leavers | integer hidden | leavers | Mature leavers
--   currency | Currency | text hidden | | Of prices
--   unit_code | Code | text hidden | | Of the unit
--   no_cost | Why no cost | text hidden | | What stands in the place of it
--   no_base | Why no base | text hidden | | What stands in the place of it
--   no_employed | Why none in work | text hidden | | What stands in the place of them
SELECT kind, replace(unit_name, '_', ' ') AS unit, cost_per_employed AS cost, cost_base, cost_employed, participants, (SELECT max(currency) FROM uptake) AS currency, unit_code,
  CASE WHEN cost_base IS NULL OR cost_employed IS NULL OR cost_employed > 0 THEN 'withheld' END AS no_cost, CASE WHEN cost_base IS NULL THEN 'withheld' END AS no_base, CASE WHEN cost_employed IS NULL THEN 'withheld' END AS no_employed
FROM outcomes JOIN units USING (unit_kind, unit_code) JOIN (VALUES (0, 'all', 'All'), (1, 'funding', 'By funding'), (2, 'provider', 'By provider'), (3, 'credential', 'By credential')) kinds(place, unit_kind, kind) USING (unit_kind)
WHERE indicator = 'employed' AND horizon = '6m' AND breakdown = 'TOTAL' AND cohort IS NULL AND cost_base IS NOT NULL AND cost_base > 0
QUALIFY row_number() OVER (PARTITION BY unit_kind ORDER BY participants DESC NULLS LAST, unit_code) <= $rows
ORDER BY place, cost NULLS LAST, unit_code

-- section: paths
-- title: Paths through the labour market
-- text: All leavers whose last step has come. The paths that most went come first; “not known” is who was not reached.
-- grain: a path
-- empty: No leaver is mature yet, or nobody has been asked.
-- columns:
--   sequence | Path of | text group | | Status in the labour market, or major group of occupations (ISCO-08)
--   path | Path | text | | On entry, and after leaving
--   participants | Leavers | integer of=whole bar instead=withheld | leavers | Who went this path, of all whose last step has come
--   whole | All | integer hidden | leavers | Whose last step has come
--   horizon | Last step | text hidden | | 6m, 12m or 24m
--   withheld | Why no number | text hidden | | What stands in the place of a number
SELECT CASE t.sequence WHEN 'employment' THEN 'Status' ELSE 'Occupation (first digit of ISCO-08)' END || ', to ' || replace(replace(t.horizon, 'm', ''), 'T', '') || ' months after' AS sequence,
  replace(concat_ws(' → ', on_entry || ' on entry', after_6m || ' after 6 months', after_12m || ' after 12', after_24m || ' after 24'), '_', ' ') AS path,
  participants, w.whole, t.horizon, CASE WHEN participants IS NULL THEN 'withheld' END AS withheld
FROM trajectories t JOIN (
  SELECT unit_kind, unit_code, sequence, horizon, participants AS whole FROM trajectories
  WHERE on_entry = 'TOTAL' AND coalesce(after_6m, 'TOTAL') = 'TOTAL' AND coalesce(after_12m, 'TOTAL') = 'TOTAL' AND coalesce(after_24m, 'TOTAL') = 'TOTAL'
) w USING (unit_kind, unit_code, sequence, horizon)
WHERE unit_kind = 'all' AND 'TOTAL' NOT IN (on_entry, coalesce(after_6m, ''), coalesce(after_12m, ''), coalesce(after_24m, '')) AND participants IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY t.sequence, t.horizon ORDER BY participants DESC NULLS LAST, path) <= $rows
ORDER BY t.sequence, length(t.horizon), t.horizon, participants DESC NULLS LAST, path

-- section: nothing
-- title: Are there leavers to tell of?
-- grain: a reason why there are none
-- columns:
--   message | Message | text | | What is missing
SELECT CASE WHEN (SELECT count(*) FROM outcomes) = 0 THEN
    'There are no outcomes. It takes feeds of kinds enrolments and follow_ups in skillsgap.yaml, and leavers whose horizon lies before the release.'
  ELSE 'No ' || $unit_kind || ' with leavers has the code or name ' || $unit || '.' END AS message
WHERE (SELECT count(*) FROM one) = 0
