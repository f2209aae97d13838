-- title: Uptake
-- question: Who takes credentials, and who completes them?
-- summary: From what is on offer to what is certified: for all learners or those of a credential, provider, region, field, skill
--   or funding; by group, by quarter, and what a completion costs.
-- order: 50
-- parameters:
--   unit_kind | all, credential, provider, region, field, skill, funding | all | Whose learners: all, or those of one credential, provider, region of residence, field, skill taught or funding.
--   unit | text | | Code of the unit, or words of its name, in any case; of several, the one with most participations. Empty for the largest of the kind.
--   pair | text | age_band x gender | Two groups to cross, as in age_band x gender; for all learners.
--   rows | integer | 15 | Units of each kind.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: Counted are participations: one person in one credential, once for each start. Persons count once. Only quarters that
--   were closed on the day of the release count. Both rates are over the participations of which it is known whether they were
--   completed: who is still learning is in none. Someone certified has completed. Intervals are those of Wilson, 95 %
--   (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
--
--   What a completion costs is the sum of all prices paid, of those who did not complete too, over the completions. It is a
--   ratio of sums over everybody, not a sample, and has no interval; its base says how many state a price.
--
--   Withheld: a figure is withheld where it, or another one that could be computed from it, would speak of a few persons
--   (fewer than 10 unless configured otherwise) or where one person makes up most of a sum. The page does not say which of these:
--   that would give the small figure away. The rules and the choice of further cells follow L. Willenborg and T. de Waal, Elements of
--   Statistical Disclosure Control (2001), A. Hundepool and others, Statistical Disclosure Control (2012), and M. Fischetti
--   and J. J. Salazar, Management Science 47 (2001). A change of a few persons between two releases is withheld too.
--
--   Groups are those of the European Social Fund Plus: Regulation (EU) 2021/1057, Annex I.
-- caveats:
--   A low completion rate of a group says that fewer of it complete. It does not say why.
--   Offers and recommendations count credentials, what follows counts participations: one is no share of the other.
--   Skills are not additive: a credential that teaches two is in both.
--   Learner figures change on release dates alone, with the first day of a quarter.

-- shared:
WITH
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
),
region_names AS (SELECT region_code, any_value(label) AS region FROM regions GROUP BY region_code),
titles AS (SELECT credential_id, arg_max(title, version) AS title FROM credentials GROUP BY credential_id),
named AS (
  SELECT u.*, CASE unit_kind WHEN 'all' THEN 'All learners' ELSE coalesce(t.title, n.skill, r.region, CASE unit_code WHEN 'not_known' THEN 'not known' ELSE unit_code END) END AS unit
  FROM uptake u LEFT JOIN titles t ON unit_kind = 'credential' AND credential_id = unit_code
  LEFT JOIN skill_names n ON unit_kind = 'skill' AND skill_uri = unit_code LEFT JOIN region_names r ON unit_kind = 'region' AND r.region_code = unit_code
),
/* The unit that the page is about. */
one AS (
  SELECT unit_kind, unit_code FROM named
  WHERE breakdown = 'TOTAL' AND quarter IS NULL AND unit_kind = $unit_kind AND ($unit = '' OR lower(unit_code) = lower($unit) OR contains(lower(unit), lower($unit)))
  ORDER BY lower(unit_code) = lower($unit) DESC, unit_code = 'not_known', enrolled DESC NULLS LAST, unit_code LIMIT 1
),
chosen AS (SELECT named.* FROM named JOIN one USING (unit_kind, unit_code)),
group_names(breakdown, about) AS (
  VALUES ('age_band', 'Age'), ('gender', 'Gender'), ('education', 'Education (ISCED)'), ('employment', 'Employment on entry'), ('disability', 'Disability'),
    ('third_country', 'National of a third country'), ('foreign_background', 'Foreign background'), ('minority', 'Minority'), ('homeless', 'Homeless or excluded from housing'),
    ('rural', 'Rural area'), ('minimum_income', 'Minimum income'), ('income_band', 'Income'), ('region', 'Region of residence')
)

-- section: figures
-- title: Key figures
-- grain: the unit chosen
-- columns:
--   unit | Unit | text group | | Whose learners
--   release | Release | text group | | Day of the release
--   enrolled | Participations | integer instead=withheld note=persons | participations | That began in quarters closed by the release
--   completion_rate | Completed | share interval=completion_low,completion_high instead=no_rate note=outcome_known | 0..1 | Of those whose result is known
--   certification_rate | Certified | share interval=certification_low,certification_high instead=no_rate note=outcome_known | 0..1 | Of those whose result is known
--   offered | On offer | integer | credentials | Credentials of the unit on offer in these quarters
--   cost_per_completion | Cost per completion | number digits=0 note=currency instead=no_cost | currency | What was paid for all, over the completions
--   persons | Persons | integer hidden | persons | Each once
--   outcome_known | Result known | integer hidden | results known | Participations known to be completed or not
--   completion_low | Completed, lower end | share hidden | 0..1 | Of the 95 % interval
--   completion_high | Completed, upper end | share hidden | 0..1 | Of the 95 % interval
--   certification_low | Certified, lower end | share hidden | 0..1 | Of the 95 % interval
--   certification_high | Certified, upper end | share hidden | 0..1 | Of the 95 % interval
--   currency | Currency | text hidden | | Of prices
--   withheld | Why no number | text hidden | | What stands in the place of a number
--   no_rate | Why no rate | text hidden | | What stands in the place of a rate
--   no_cost | Why no cost | text hidden | | What stands in the place of a cost
SELECT unit, 'released ' || strftime(released_on, '%-d %B %Y') AS release, enrolled, completion_rate, certification_rate, offered, cost_per_completion, persons, outcome_known,
  completion_rate_low AS completion_low, completion_rate_high AS completion_high, certification_rate_low AS certification_low, certification_rate_high AS certification_high,
  CASE WHEN cost_per_completion IS NOT NULL THEN currency END AS currency, CASE WHEN enrolled IS NULL THEN 'withheld' END AS withheld,
  CASE WHEN outcome_known IS NULL OR completed IS NULL THEN 'withheld' END AS no_rate, CASE WHEN suppressed OR cost_base IS NULL OR cost_completed IS NULL THEN 'withheld' END AS no_cost
FROM chosen WHERE breakdown = 'TOTAL' AND quarter IS NULL

-- section: funnel
-- title: From offer to certificate
-- text: “Withheld” stands for every figure that disclosure control keeps back, here and below; the end of the page says why it does.
-- grain: a step
-- empty: There are no learners.
-- chart: funnel label=step value=figure unit=counted rows=6 | From offer to certificate; the share is of the step that it is part of
-- columns:
--   step | Step | text | | From what is on offer to what is certified
--   figure | Number | integer of=whole instead=withheld | see the next column | How many; the share is of the step that it is part of
--   counted | Counted | text | | What the number counts
--   meaning | Meaning | text | | How the step is told
--   whole | Whole | integer hidden | participations | What the share is of
--   withheld | Why no number | text hidden | | What stands in the place of a number
SELECT step, figure, counted, meaning, whole, CASE WHEN figure IS NULL THEN 'withheld' END AS withheld
FROM (SELECT * FROM chosen WHERE breakdown = 'TOTAL' AND quarter IS NULL), LATERAL (VALUES
  (1, 'Offered', offered, 'credentials', 'Credentials on offer in the quarters counted', NULL),
  (2, 'Recommended', recommended, 'recommendations', 'Recommendations of such credentials, each to a region and an occupation', NULL),
  (3, 'Enrolled', enrolled, 'participations', 'Participations that began', NULL),
  (4, 'Result known', outcome_known, 'participations', 'Known to be completed or not: the others still learn, or nobody has told', enrolled),
  (5, 'Completed', completed, 'participations', 'Completed, certified ones included', outcome_known),
  (6, 'Certified', certified, 'participations', 'Certified; the share is of the results known', outcome_known)) steps(place, step, figure, counted, meaning, whole)
WHERE place > 2 OR figure IS NOT NULL
ORDER BY place

-- section: groups
-- title: By group
-- text: Each group of learners with its two rates. Two groups differ beyond chance where their intervals lie apart.
-- grain: a group of learners
-- empty: Nothing is known of the learners but that they took part.
-- chart: intervals label=label value=completion_rate rows=45 | Completed, of those whose result is known
-- columns:
--   about | Group | text group | | What tells the groups apart
--   category | Category | text | | Which of them
--   enrolled | Participations | integer of=all_enrolled instead=withheld | participations | That began, of all
--   outcome_known | Result known | integer instead=no_base | participations | Known to be completed or not: the base of both rates
--   completion_rate | Completed | share interval=completion_low,completion_high instead=no_rate | 0..1 | Of those whose result is known
--   certification_rate | Certified | share interval=certification_low,certification_high instead=no_certified | 0..1 | Of those whose result is known
--   all_enrolled | All | integer hidden | participations | Of the unit
--   label | Label | text hidden | | Group and category
--   completed | Completed, number | integer hidden | participations | Completed
--   certified | Certified, number | integer hidden | participations | Certified
--   completion_low | Completed, lower end | share hidden | 0..1 | Of the 95 % interval
--   completion_high | Completed, upper end | share hidden | 0..1 | Of the 95 % interval
--   certification_low | Certified, lower end | share hidden | 0..1 | Of the 95 % interval
--   certification_high | Certified, upper end | share hidden | 0..1 | Of the 95 % interval
--   withheld | Why no number | text hidden | | What stands in the place of a number
--   no_base | Why no base | text hidden | | What stands in the place of the results known
--   no_rate | Why no rate | text hidden | | What stands in the place of the completion rate
--   no_certified | Why no certification rate | text hidden | | What stands in the place of it
SELECT about, coalesce(r.region, replace(category, '_', ' ')) AS category, enrolled, outcome_known, completion_rate, certification_rate,
  (SELECT enrolled FROM chosen WHERE breakdown = 'TOTAL' AND quarter IS NULL) AS all_enrolled, about || ': ' || coalesce(r.region, replace(category, '_', ' ')) AS label, completed, certified,
  completion_rate_low AS completion_low, completion_rate_high AS completion_high, certification_rate_low AS certification_low, certification_rate_high AS certification_high,
  CASE WHEN enrolled IS NULL THEN 'withheld' END AS withheld, CASE WHEN outcome_known IS NULL THEN 'withheld' END AS no_base,
  CASE WHEN outcome_known IS NULL OR completed IS NULL THEN 'withheld' END AS no_rate, CASE WHEN outcome_known IS NULL OR certified IS NULL THEN 'withheld' END AS no_certified
FROM chosen JOIN group_names USING (breakdown) LEFT JOIN region_names r ON breakdown = 'region' AND r.region_code = category
WHERE quarter IS NULL
ORDER BY about, category = 'not_known', chosen.category

-- section: quarters
-- title: By quarter of start
-- text: In the latest quarters many still learn, so that those whose result is known are the fast ones.
-- grain: a quarter
-- empty: No quarter is closed yet.
-- chart: bars label=quarter value=enrolled rows=24 | Participations that began
-- columns:
--   quarter | Quarter | text | | In which they began
--   enrolled | Participations | integer instead=withheld | participations | That began
--   outcome_known | Result known | integer of=enrolled instead=no_base | participations | Known to be completed or not: the base of both rates
--   completion_rate | Completed | share interval=completion_low,completion_high instead=no_rate | 0..1 | Of those whose result is known
--   certification_rate | Certified | share interval=certification_low,certification_high instead=no_certified | 0..1 | Of those whose result is known
--   offered | On offer | integer | credentials | Credentials of the unit on offer in the quarter
--   completed | Completed, number | integer hidden | participations | Completed
--   certified | Certified, number | integer hidden | participations | Certified
--   completion_low | Completed, lower end | share hidden | 0..1 | Of the 95 % interval
--   completion_high | Completed, upper end | share hidden | 0..1 | Of the 95 % interval
--   certification_low | Certified, lower end | share hidden | 0..1 | Of the 95 % interval
--   certification_high | Certified, upper end | share hidden | 0..1 | Of the 95 % interval
--   withheld | Why no number | text hidden | | What stands in the place of a number
--   no_base | Why no base | text hidden | | What stands in the place of the results known
--   no_rate | Why no rate | text hidden | | What stands in the place of the completion rate
--   no_certified | Why no certification rate | text hidden | | What stands in the place of it
SELECT year(quarter) || ', quarter ' || quarter(quarter) AS quarter, enrolled, outcome_known, completion_rate, certification_rate, offered, completed, certified,
  completion_rate_low AS completion_low, completion_rate_high AS completion_high, certification_rate_low AS certification_low, certification_rate_high AS certification_high,
  CASE WHEN enrolled IS NULL THEN 'withheld' END AS withheld, CASE WHEN outcome_known IS NULL THEN 'withheld' END AS no_base,
  CASE WHEN outcome_known IS NULL OR completed IS NULL THEN 'withheld' END AS no_rate, CASE WHEN outcome_known IS NULL OR certified IS NULL THEN 'withheld' END AS no_certified
FROM chosen WHERE breakdown = 'TOTAL' AND chosen.quarter IS NOT NULL
ORDER BY chosen.quarter

-- section: costs
-- title: What a completion costs, by funding
-- text: All learners. The price of those who did not complete is in the cost of those who did.
-- grain: a kind of funding
-- empty: No price is stated.
-- columns:
--   unit | Funding | text | | Who pays
--   cost_per_completion | Cost per completion | number digits=0 note=currency instead=no_cost | currency | What was paid for all of the base, over the completions
--   cost_base | Price stated | integer of=outcome_known instead=no_base | participations | The base: price stated in the currency, and known to be completed or not
--   cost_completed | Completed | integer of=cost_base instead=no_completed | participations | Of these
--   currency | Currency | text hidden | | Of most prices
--   outcome_known | Result known | integer hidden | participations | Known to be completed or not
--   no_cost | Why no cost | text hidden | | What stands in the place of a cost
--   no_base | Why no base | text hidden | | What stands in the place of the base
--   no_completed | Why no completions | text hidden | | What stands in the place of them
SELECT CASE unit_kind WHEN 'all' THEN 'All' ELSE replace(unit, '_', ' ') END AS unit, cost_per_completion, cost_base, cost_completed, currency, outcome_known,
  CASE WHEN cost_base IS NULL OR cost_completed > 0 OR cost_completed IS NULL THEN 'withheld' END AS no_cost, CASE WHEN cost_base IS NULL THEN 'withheld' END AS no_base, CASE WHEN cost_completed IS NULL THEN 'withheld' END AS no_completed
FROM named WHERE unit_kind IN ('all', 'funding') AND breakdown = 'TOTAL' AND quarter IS NULL AND currency IS NOT NULL
ORDER BY unit_kind, cost_per_completion NULLS LAST, unit_code

-- section: units
-- title: Units beside one another
-- text: The units of the kind chosen or, for all learners, of every kind; those with most participations first.
-- grain: a unit
-- empty: There are no learners.
-- columns:
--   kind | Kind | text group | | What the units are
--   unit | Unit | text | | Its name
--   enrolled | Participations | integer note=persons instead=withheld | participations | That began in quarters closed by the release
--   outcome_known | Result known | integer instead=no_base | participations | The base of both rates
--   completion_rate | Completed | share interval=completion_low,completion_high instead=no_rate | 0..1 | Of those whose result is known
--   certification_rate | Certified | share interval=certification_low,certification_high instead=no_certified | 0..1 | Of those whose result is known
--   cost_per_completion | Cost per completion | number digits=0 note=currency | currency | What was paid for all, over the completions
--   persons | Persons | integer hidden | persons | Each once
--   unit_code | Code | text hidden | | Of the unit
--   currency | Currency | text hidden | | Of prices
--   completion_low | Completed, lower end | share hidden | 0..1 | Of the 95 % interval
--   completion_high | Completed, upper end | share hidden | 0..1 | Of the 95 % interval
--   certification_low | Certified, lower end | share hidden | 0..1 | Of the 95 % interval
--   certification_high | Certified, upper end | share hidden | 0..1 | Of the 95 % interval
--   withheld | Why no number | text hidden | | What stands in the place of a number
--   no_base | Why no base | text hidden | | What stands in the place of the results known
--   no_rate | Why no rate | text hidden | | What stands in the place of the completion rate
--   no_certified | Why no certification rate | text hidden | | What stands in the place of it
SELECT kind, unit, enrolled, outcome_known, completion_rate, certification_rate, cost_per_completion, persons, unit_code,
  CASE WHEN cost_per_completion IS NOT NULL THEN currency END AS currency,
  completion_rate_low AS completion_low, completion_rate_high AS completion_high, certification_rate_low AS certification_low, certification_rate_high AS certification_high,
  CASE WHEN enrolled IS NULL THEN 'withheld' END AS withheld, CASE WHEN outcome_known IS NULL THEN 'withheld' END AS no_base,
  CASE WHEN outcome_known IS NULL OR completed IS NULL THEN 'withheld' END AS no_rate, CASE WHEN outcome_known IS NULL OR certified IS NULL THEN 'withheld' END AS no_certified
FROM named JOIN (VALUES (0, 'all', 'All'), (1, 'provider', 'Providers'), (2, 'credential', 'Credentials'), (3, 'funding', 'Funding'), (4, 'field', 'Fields (ISCED-F 2013)'),
  (5, 'region', 'Regions of residence'), (6, 'skill', 'Skills taught')) kinds(place, unit_kind, kind) USING (unit_kind)
WHERE breakdown = 'TOTAL' AND quarter IS NULL AND $unit_kind IN ('all', unit_kind)
QUALIFY row_number() OVER (PARTITION BY unit_kind ORDER BY unit_code = 'not_known', enrolled DESC NULLS LAST, unit_code) <= $rows
ORDER BY place, unit_code = 'not_known', enrolled DESC NULLS LAST, unit_code

-- section: pairs
-- title: Two groups at once
-- text: All learners. Groups may differ within a group: young women and young men, say.
-- grain: a pair of categories
-- empty: There is no such pair of groups.
-- columns:
--   pair | Groups | text group | | The two groups
--   category | Categories | text | | Which of both
--   enrolled | Participations | integer instead=withheld | participations | That began
--   outcome_known | Result known | integer instead=no_base | participations | The base of both rates
--   completion_rate | Completed | share interval=completion_low,completion_high instead=no_rate | 0..1 | Of those whose result is known
--   certification_rate | Certified | share interval=certification_low,certification_high instead=no_certified | 0..1 | Of those whose result is known
--   completion_low | Completed, lower end | share hidden | 0..1 | Of the 95 % interval
--   completion_high | Completed, upper end | share hidden | 0..1 | Of the 95 % interval
--   certification_low | Certified, lower end | share hidden | 0..1 | Of the 95 % interval
--   certification_high | Certified, upper end | share hidden | 0..1 | Of the 95 % interval
--   withheld | Why no number | text hidden | | What stands in the place of a number
--   no_base | Why no base | text hidden | | What stands in the place of the results known
--   no_rate | Why no rate | text hidden | | What stands in the place of the completion rate
--   no_certified | Why no certification rate | text hidden | | What stands in the place of it
SELECT replace(breakdown, '_', ' ') AS pair, replace(category, '_', ' ') AS category, enrolled, outcome_known, completion_rate, certification_rate,
  completion_rate_low AS completion_low, completion_rate_high AS completion_high, certification_rate_low AS certification_low, certification_rate_high AS certification_high,
  CASE WHEN enrolled IS NULL THEN 'withheld' END AS withheld, CASE WHEN outcome_known IS NULL THEN 'withheld' END AS no_base,
  CASE WHEN outcome_known IS NULL OR completed IS NULL THEN 'withheld' END AS no_rate, CASE WHEN outcome_known IS NULL OR certified IS NULL THEN 'withheld' END AS no_certified
FROM uptake
WHERE unit_kind = 'all' AND quarter IS NULL AND breakdown IN ($pair, split_part($pair, ' x ', 2) || ' x ' || split_part($pair, ' x ', 1)) AND contains(breakdown, ' x ')
ORDER BY breakdown, category

-- section: nothing
-- title: Are there learners to tell of?
-- grain: a reason why there are none
-- columns:
--   message | Message | text | | What is missing
SELECT CASE WHEN (SELECT count(*) FROM uptake) = 0 THEN
    'There are no learner figures. Name a feed of kind enrolments in skillsgap.yaml; figures are published once a quarter is closed.'
  ELSE 'No ' || $unit_kind || ' with learners has the code or name ' || $unit || '.' END AS message
WHERE (SELECT count(*) FROM one) = 0
