-- title: Shortage
-- question: Which occupations are short of people, and which skills with them?
-- summary: Official figures of employment, unemployment, vacancies, pay, hours and qualifications, each set against the
--   economy of the same region and period, and averaged into one index for each group of occupations. The shortage of
--   occupations is then carried to the skills that their vacancies ask for.
-- order: 40
-- parameters:
--   region | text | | Code of a region (NUTS) or country, in any case; empty for all.
--   occupation | text | | ISCO-08 digits; empty for all.
--   period | date | | Any day of the period; empty for the latest.
--   occupation_level | every, isco1, isco2, isco3, isco4 | every | Level of groups of occupations.
--   regions | integer | 8 | Regions, the widest first.
--   rows | integer | 15 | Occupations and skills of each region.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: Six signals are taken from the workforce table, each of which rises when people are hard to find: the vacancy
--   rate (vacancies over vacancies and employed), tightness (vacancies over vacancies and unemployed), pay, growth of
--   pay, growth of usual hours, and the share of the employed whose qualification is below what their work asks. A
--   signal's score says how far the occupation lies above the economy, in standard deviations among the occupations of
--   the same level, region and period. The index is the mean of the scores that the table allows; how many there are
--   stands beside it. A signal that the table does not state counts in nothing.
--
--   An occupation is in shortage with at least three scores, an index of 0.5 or more, and an index that stays above 0
--   whichever one score is left out: the range in small print. A skill's index is the mean over the occupations that ask
--   for it, each weighted with the share of its posts that does, in the twelve months to the month named.
--
--   The signals and their average follow the OECD's Skills for Jobs indicators (Getting Skills Right, 2017); vacancy
--   rate and tightness follow Cedefop's work on shortage occupations (2016).
-- caveats:
--   Shortage has many causes: low pay and hard conditions empty an occupation as a lack of trained people does.
--   The figures are those of the workforce table, with the uncertainty of its surveys, which is not known here.
--   Indices compare occupations of one region and period. They say nothing of whether the region as a whole is short.

-- shared:
WITH
/* The period asked for: the latest of each region, or that which holds the day. */
chosen AS (
  SELECT s.*, coalesce(r.label, s.region_code) AS region,
    CASE WHEN period_from IS NULL AND period_to IS NULL THEN 'all months'
      WHEN period_to IS NULL THEN 'from ' || strftime(period_from, '%B %Y')
      WHEN period_from IS NULL THEN 'to ' || strftime(period_to, '%B %Y')
      WHEN period_from = period_to THEN strftime(period_to, '%B %Y')
      ELSE strftime(period_from, '%B %Y') || ' to ' || strftime(period_to, '%B %Y') END AS months
  FROM shortage s LEFT JOIN regions r USING (region_code)
  WHERE upper($region) IN ('', s.region_code) AND $occupation IN ('', s.occupation_code) AND $occupation_level IN ('every', s.occupation_level)
    AND (nullif($period, '') IS NULL OR date_trunc('month', nullif($period, '')::DATE) BETWEEN coalesce(period_from, DATE '0001-01-01') AND coalesce(period_to, DATE '9999-12-01'))
  QUALIFY dense_rank() OVER (PARTITION BY s.region_code ORDER BY coalesce(period_to, DATE '9999-12-01') DESC, coalesce(period_from, DATE '0001-01-01') DESC) = 1
),
shown AS (
  SELECT region_code FROM chosen GROUP BY region_code, region_level ORDER BY region_level, region_code LIMIT $regions
),
occupation_names AS (
  SELECT occupation_code, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS occupation
  FROM occupations GROUP BY occupation_code
),
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
),
levels(occupation_level, level) AS (
  VALUES ('isco1', 'Major groups (1 digit)'), ('isco2', 'Sub-major groups (2 digits)'), ('isco3', 'Minor groups (3 digits)'), ('isco4', 'Unit groups (4 digits)')
)

-- section: figures
-- title: Key figures
-- grain: all occupations chosen
-- columns:
--   in_shortage | Occupations in shortage | integer of=judged | occupations | In all regions chosen, a group counted in each
--   judged | With a verdict | integer of=occupations | occupations | At least three signals are stated
--   occupations | Occupations in the table | integer note=regions | occupations | Groups of occupations at the levels chosen, a group counted in each region
--   skills | Skills measured | integer | skills | Skills that occupations with an index ask for
--   regions | Regions | integer hidden | regions | Regions of the table
SELECT count(*) FILTER (in_shortage) AS in_shortage, count(in_shortage) AS judged, count(*) AS occupations,
  (SELECT count(DISTINCT skill_uri) FROM skill_shortage JOIN (SELECT DISTINCT region_code, period_from, period_to FROM chosen) c
    ON c.region_code = skill_shortage.region_code AND c.period_from IS NOT DISTINCT FROM skill_shortage.period_from AND c.period_to IS NOT DISTINCT FROM skill_shortage.period_to) AS skills,
  count(DISTINCT region_code) AS regions
FROM chosen

-- section: occupations
-- title: Occupations, the shortest first
-- grain: a group of occupations in a region
-- empty: No index can be computed: the workforce table has no two occupations of one level, region and period that state the same signal.
-- reading: In {region}, the group “{occupation}” has an index of {index}: over the {components_present} signals stated, it
--   lies on average so many standard deviations above the economy (below it, where the index is negative). Whichever one
--   signal is left out, the index stays between {index_low} and {index_high}. {compared_occupations} groups are compared.
-- chart: bars label=occupation value=index rows=10 | Shortage index of occupations
-- columns:
--   region | Region | text group | | Name of the region
--   months | Period | text group | | Period of the figures
--   level | Level | text group | | Level of the groups compared
--   compared_occupations | Compared | integer group | occupations | Groups of the level that the table has
--   occupation | Occupations | text | | Name of the group
--   index | Index | number interval=index_low,index_high digits=2 | standard deviations | Mean of the scores; above 0 shorter than the economy
--   components_present | Signals | integer | of 6 | Scores behind the index
--   in_shortage | in shortage | flag | | Three scores or more, index at least 0.5, above 0 whichever score is left out
--   vacancy_rate | Vacancy rate | share note=vacancies | 0..1 | Vacancies over vacancies and employed
--   tightness | Tightness | share note=unemployed | 0..1 | Vacancies over vacancies and unemployed
--   wage_growth | Growth of pay | share | ratio | Median pay over that of the earlier period, less 1
--   hours_growth | Growth of hours | share | ratio | Usual weekly hours over those of the earlier period, less 1
--   under_qualified | Under-qualified | share | 0..1 | Employed whose qualification is below what their work asks
--   index_low | Index, low | number hidden | standard deviations | Lowest index when one score is left out
--   index_high | Index, high | number hidden | standard deviations | Highest index when one score is left out
--   vacancies | Posts vacant | integer hidden | vacant | By the table
--   employed | Employed | integer hidden | employed | By the table
--   unemployed | Unemployed | integer hidden | unemployed | By the table
--   wage | Pay | number hidden digits=2 | per pay period | Median pay, by the table
--   currency | Currency | text hidden | | Of the pay
--   wage_period | Pay period | text hidden | | Of the pay
--   hours | Hours | number hidden digits=1 | hours a week | Usual hours, by the table
--   vacancy_rate_economy | Vacancy rate of the economy | share hidden | 0..1 | What the vacancy rate is set against
--   vacancy_rate_score | Vacancy rate, score | number hidden | standard deviations | Distance from the economy
--   tightness_economy | Tightness of the economy | share hidden | 0..1 | What tightness is set against
--   tightness_score | Tightness, score | number hidden | standard deviations | Distance from the economy
--   wage_economy | Pay of the economy | number hidden | per pay period | What pay is set against
--   wage_score | Pay, score | number hidden | standard deviations | Distance from the economy
--   wage_growth_economy | Growth of pay of the economy | share hidden | ratio | What growth of pay is set against
--   wage_growth_score | Growth of pay, score | number hidden | standard deviations | Distance from the economy
--   hours_growth_economy | Growth of hours of the economy | share hidden | ratio | What growth of hours is set against
--   hours_growth_score | Growth of hours, score | number hidden | standard deviations | Distance from the economy
--   under_qualified_economy | Under-qualified of the economy | share hidden | 0..1 | What the share is set against
--   under_qualified_score | Under-qualified, score | number hidden | standard deviations | Distance from the economy
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   occupation_code | ISCO-08 | text hidden | | Code of the group
--   period_from | From | month hidden | | First month of the period
--   period_to | To | month hidden | | Last month of the period
SELECT region, months, level, compared_occupations, coalesce(o.occupation, c.occupation_code) AS occupation,
  index, components_present, in_shortage, vacancy_rate, tightness, wage_growth, hours_growth, c.under_qualified,
  index_low, index_high, w.vacancies, w.employed, w.unemployed, coalesce(c.wage, w.wage::DOUBLE) AS wage, w.currency, w.wage_period, w.hours,
  vacancy_rate_economy, vacancy_rate_score, tightness_economy, tightness_score, wage_economy, wage_score,
  wage_growth_economy, wage_growth_score, hours_growth_economy, hours_growth_score, under_qualified_economy, under_qualified_score,
  c.region_code, c.occupation_code, c.period_from, c.period_to
FROM chosen c JOIN shown USING (region_code) JOIN levels USING (occupation_level)
LEFT JOIN occupation_names o ON o.occupation_code = c.occupation_code
/* What the feeds state; of several, the largest, only to show a base. */
LEFT JOIN (
  SELECT region_code, occupation_code, period_from, period_to, max(vacancies) AS vacancies, max(employed) AS employed, max(unemployed) AS unemployed,
    max(wage) AS wage, any_value(currency) AS currency, any_value(wage_period) AS wage_period, max(hours) AS hours
  FROM workforce GROUP BY ALL
) w ON w.region_code = c.region_code AND w.occupation_code = c.occupation_code
  AND w.period_from IS NOT DISTINCT FROM c.period_from AND w.period_to IS NOT DISTINCT FROM c.period_to
WHERE index IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY c.region_code, c.occupation_level ORDER BY index DESC, c.occupation_code) <= $rows
ORDER BY c.region_level, c.region_code, c.occupation_level DESC, index DESC, c.occupation_code

-- section: skills
-- title: Skills, the shortest first
-- text: A skill is as short as the occupations whose vacancies ask for it.
-- grain: a skill in a region
-- empty: No skill can be measured: no occupation with an index has enough vacancies in the feeds.
-- chart: bars label=skill value=index rows=10 | Shortage index of skills
-- columns:
--   region | Region | text group | | Name of the region
--   demand_month | Demand of the twelve months to | month group | | Month that ends the period of the vacancies
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   index | Index | number digits=2 | standard deviations | Mean of the occupations' indices, weighted with the share of their posts that asks
--   occupations | Occupations behind it | integer | occupations | With an index, and vacancies that ask for the skill
--   occupations_in_shortage | In shortage | integer of=occupations_judged note=no_verdict | occupations | Of the occupations behind it that have a verdict (three signals or more), those in shortage
--   behind | Above all | text | | The occupations that add most to it
--   green | green | flag | | In ESCO's green collection
--   digital | digital | flag | | In ESCO's digital collection
--   transversal | transversal | flag | | In ESCO's transversal collection
--   occupations_judged | With a verdict | integer hidden | occupations | Of the occupations behind it, those with three signals or more
--   no_verdict | Why no verdict | text hidden | | Why it is not known which are in shortage
--   importance | Weight | number hidden | shares | Sum of the shares of posts that ask
--   skill_uri | Skill URI | text hidden | | ESCO skill
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   occupation_level | Level | text hidden | | Level of the occupations
SELECT c.region, k.month AS demand_month, coalesce(n.skill, k.skill_uri) AS skill, k.index, k.occupations, k.occupations_in_shortage,
  array_to_string(list_transform(k.behind[:3], code -> coalesce(map_extract(names, code)[1], code)), '; ') AS behind,
  coalesce(s.green, false) AS green, coalesce(s.digital, false) AS digital, coalesce(s.transversal, false) AS transversal,
  k.occupations_judged, CASE WHEN k.occupations_judged = 0 THEN 'not known: fewer than three signals' END AS no_verdict, k.importance, k.skill_uri, k.region_code, k.occupation_level
FROM skill_shortage k
JOIN (SELECT DISTINCT region_code, region_level, region, period_from, period_to FROM chosen JOIN shown USING (region_code)) c
  ON c.region_code = k.region_code AND c.period_from IS NOT DISTINCT FROM k.period_from AND c.period_to IS NOT DISTINCT FROM k.period_to
LEFT JOIN skills s USING (skill_uri)
LEFT JOIN skill_names n USING (skill_uri),
(SELECT map_from_entries(list((occupation_code, occupation))) AS names FROM occupation_names WHERE occupation IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY k.region_code ORDER BY k.index DESC, k.importance DESC, k.skill_uri) <= $rows
ORDER BY c.region_level, k.region_code, k.index DESC, k.importance DESC, k.skill_uri

-- section: nothing
-- title: Is there a table to tell from?
-- grain: a reason why there is none
-- columns:
--   message | Message | text | | What is missing
SELECT CASE WHEN (SELECT count(*) FROM workforce) = 0 THEN
    'There is no workforce table. Name a feed of kind workforce in skillsgap.yaml: a table with one row for each region, group of occupations (ISCO-08) and period, and at least one of employed, unemployed, vacancies, median pay, usual hours and under-qualified share; national labour force surveys and vacancy surveys have them.'
  ELSE 'The workforce table has no row that these choices leave.' END AS message
WHERE (SELECT count(*) FROM chosen) = 0
