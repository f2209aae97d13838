-- title: Reach of groups
-- question: Whom do credentials reach, and whom not?
-- summary: The share of each group among learners, over its share in the population of the region. Below 1, a group is reached
--   less than its numbers would have it. Beside it, how far training reaches people outside the provider's own sector.
-- order: 52
-- parameters:
--   unit_kind | all, credential, provider, region, field, funding | all | Whose learners: all, or those of one credential, provider, region of residence, field or funding.
--   unit | text | | Code of the unit, or words of its name, in any case; of several, the one with most participations. Empty for the largest of the kind.
--   rows | integer | 25 | Units in each table.
-- method: The ratio is the share of a group among the participations whose category is known, over the share of the group in
--   the reference population that the workspace was given, among the categories that this gives. Its interval is that of Wilson, 95 %
--   (E. B. Wilson, Journal of the American Statistical Association 22, 1927), of the share among learners; the reference
--   population is taken as known. A group is called reached less, or more, where the whole interval lies below, or above, 1.
--
--   The reference population is that of the unit's own region, else of the country where all learners live in one.
--
--   Outside the own sector are participations of people whose NACE section on entry is not that of the provider, of those for
--   whom both are known, with Wilson's interval.
--
--   Withheld: figures that would speak of a few persons, or from which such a one could be computed. The page does not
--   say which; the rules are those of the page on uptake.
-- caveats:
--   The reference population is whoever the table counts. Where it holds people whom training is not for, children say, a
--     ratio tells of the table as much as of the training.
--   A group that nobody states is not reached less: it is not known. Look at the base.
--   A ratio near 1 for each group alone says nothing of groups within groups.

-- shared:
WITH
region_names AS (SELECT region_code, any_value(label) AS region FROM regions GROUP BY region_code),
titles AS (SELECT credential_id, arg_max(title, version) AS title FROM credentials GROUP BY credential_id),
group_names(breakdown, about) AS (
  VALUES ('age_band', 'Age'), ('gender', 'Gender'), ('education', 'Education (ISCED)'), ('employment', 'Employment on entry'), ('disability', 'Disability'),
    ('third_country', 'National of a third country'), ('foreign_background', 'Foreign background'), ('minority', 'Minority'), ('homeless', 'Homeless or excluded from housing'),
    ('rural', 'Rural area'), ('minimum_income', 'Minimum income'), ('income_band', 'Income'), ('region', 'Region of residence')
),
named AS (
  SELECT u.*, CASE unit_kind WHEN 'all' THEN 'All learners' ELSE coalesce(t.title, r.region, replace(unit_code, 'not_known', 'not known')) END AS unit,
    about, about || ': ' || coalesce(c.region, replace(category, '_', ' ')) AS label
  FROM uptake u LEFT JOIN titles t ON unit_kind = 'credential' AND credential_id = unit_code
  LEFT JOIN region_names r ON unit_kind = 'region' AND r.region_code = unit_code
  LEFT JOIN region_names c ON breakdown = 'region' AND c.region_code = category LEFT JOIN group_names USING (breakdown)
  WHERE quarter IS NULL AND unit_kind <> 'skill' AND NOT contains(breakdown, ' x ')
),
one AS (
  SELECT unit_kind, unit_code FROM named
  WHERE breakdown = 'TOTAL' AND unit_kind = $unit_kind AND ($unit = '' OR lower(unit_code) = lower($unit) OR contains(lower(unit), lower($unit)))
  ORDER BY lower(unit_code) = lower($unit) DESC, unit_code = 'not_known', enrolled DESC NULLS LAST, unit_code LIMIT 1
),
chosen AS (SELECT named.* FROM named JOIN one USING (unit_kind, unit_code)),
/* Of a group told by yes or no, only who has it. */
compared AS (
  SELECT *, CASE WHEN participation_ratio_high < 1 THEN 'reached less' WHEN participation_ratio_low > 1 THEN 'reached more' WHEN participation_ratio IS NOT NULL THEN 'no difference found' END AS verdict
  FROM named WHERE reference_share IS NOT NULL AND category NOT IN ('no', 'not_known')
)

-- section: figures
-- title: Key figures
-- grain: the unit chosen
-- columns:
--   unit | Unit | text group | | Whose learners
--   less | Groups reached less | integer of=judged | groups | The whole interval of the ratio lies below 1
--   least | Reached least | text note=least_ratio | | The group with the lowest ratio of those reached less
--   more | Groups reached more | integer of=judged | groups | The whole interval lies above 1
--   outside | Outside the own sector | share interval=outside_low,outside_high note=sector_known instead=no_outside | 0..1 | Learners whose sector on entry is not the provider's
--   judged | Groups with a ratio | integer hidden | groups | With a reference population, and not withheld
--   least_ratio | Its ratio | number hidden | times its share in the population | Share among learners over share in the population
--   outside_low | Outside, lower end | share hidden | 0..1 | Of the 95 % interval
--   outside_high | Outside, upper end | share hidden | 0..1 | Of the 95 % interval
--   sector_known | Sectors known | integer hidden | participations | Both sectors are known: the base
--   no_outside | Why no share | text hidden | | What stands in the place of it
SELECT unit, g.less, g.least, g.more, outside_sector AS outside, g.judged, g.least_ratio, outside_sector_low AS outside_low, outside_sector_high AS outside_high, sector_known,
  CASE WHEN outside_sector IS NULL THEN CASE WHEN sector_known = 0 THEN 'sectors not known' ELSE 'withheld' END END AS no_outside
FROM chosen,
  (SELECT count(*) FILTER (verdict = 'reached less') AS less, count(*) FILTER (verdict = 'reached more') AS more, count(participation_ratio) AS judged,
    arg_min(label, participation_ratio) FILTER (verdict = 'reached less') AS least, min(participation_ratio) FILTER (verdict = 'reached less') AS least_ratio
    FROM compared JOIN one USING (unit_kind, unit_code)) g
WHERE breakdown = 'TOTAL'

-- section: groups
-- title: Groups, those reached least first
-- text: 1 is a share among learners as in the population; 0.5 is half of that.
-- grain: a group of learners
-- reading: {label}: {share} of the learners whose category is known, and {reference_share} of the population. The ratio is {ratio}: {verdict}.
-- empty: There is no reference population for these learners. Name a feed of kind reference_population in skillsgap.yaml, with the persons of each group in the region.
-- chart: intervals label=label value=ratio at=1 rows=45 | Share among learners over share in the population
-- columns:
--   label | Group | text | | The group
--   verdict | Reached | text instead=withheld | | Less or more where the whole interval lies on one side of 1
--   ratio | Ratio | number interval=ratio_low,ratio_high instead=withheld | times its share in the population | Share among learners over share in the population
--   enrolled | Among learners | integer of=base instead=withheld | participations | Of the group, and its share of those whose category is known
--   reference_share | In the population | share note=region | 0..1 | Share in the reference population
--   base | Category known | integer instead=withheld | participations | Base of the share among learners
--   share | Share among learners | share hidden | 0..1 | The ratio times the share in the population
--   ratio_low | Ratio, lower end | number hidden | times its share in the population | Of the 95 % interval
--   ratio_high | Ratio, upper end | number hidden | times its share in the population | Of the 95 % interval
--   region | Reference region | text hidden | | Of the reference population
--   breakdown | Breakdown | text hidden | | Of the dataset uptake
--   category | Category | text hidden | | Of the dataset uptake
--   withheld | Why no figure | text hidden | | What stands in the place of a figure
SELECT label, verdict, participation_ratio AS ratio, enrolled, reference_share, participation_base AS base, participation_ratio * reference_share AS share,
  participation_ratio_low AS ratio_low, participation_ratio_high AS ratio_high, coalesce(r.region, reference_region) AS region, breakdown, category,
  CASE WHEN participation_ratio IS NULL THEN 'withheld' END AS withheld
FROM compared JOIN one USING (unit_kind, unit_code) LEFT JOIN region_names r ON r.region_code = reference_region
ORDER BY CASE verdict WHEN 'reached less' THEN 0 WHEN 'reached more' THEN 2 ELSE 1 END, ratio NULLS LAST, breakdown, category

-- section: where
-- title: Where a group is reached less
-- text: Providers, fields, regions of residence and funding whose learners hold less of a group than the population does; the lowest ratios first.
-- grain: a group of a unit's learners
-- empty: No group is reached less in any of them, or none has a reference population.
-- columns:
--   kind | Kind | text group | | What the units are
--   unit | Unit | text | | Its name
--   label | Group | text | | The group
--   ratio | Ratio | number interval=ratio_low,ratio_high | times its share in the population | Share among learners over share in the population
--   enrolled | Among learners | integer of=base | participations | Of the group, and its share of those whose category is known
--   reference_share | In the population | share note=region | 0..1 | Share in the reference population
--   base | Category known | integer | participations | Base of the share among learners
--   ratio_low | Ratio, lower end | number hidden | times its share in the population | Of the 95 % interval
--   ratio_high | Ratio, upper end | number hidden | times its share in the population | Of the 95 % interval
--   region | Reference region | text hidden | | Of the reference population
--   unit_code | Code | text hidden | | Of the unit
SELECT kind, unit, label, participation_ratio AS ratio, enrolled, reference_share, participation_base AS base, participation_ratio_low AS ratio_low, participation_ratio_high AS ratio_high,
  coalesce(r.region, reference_region) AS region, unit_code
FROM compared JOIN (VALUES (1, 'provider', 'Providers'), (2, 'field', 'Fields (ISCED-F 2013)'), (3, 'region', 'Regions of residence'), (4, 'funding', 'Funding')) kinds(place, unit_kind, kind) USING (unit_kind)
LEFT JOIN region_names r ON r.region_code = reference_region
WHERE verdict = 'reached less' AND unit_code <> 'not_known'
QUALIFY row_number() OVER (PARTITION BY unit_kind ORDER BY participation_ratio, unit_code, breakdown, category) <= $rows
ORDER BY place, ratio, unit_code, breakdown, category

-- section: sectors
-- title: Reach outside the provider's own sector
-- text: A provider that trains its own trade alone has a low share; one that reaches others has a high one.
-- grain: a unit
-- empty: The sectors of learners on entry and of providers are not known.
-- chart: intervals label=unit value=outside rows=25 | Learners whose sector on entry is not the provider's
-- columns:
--   unit | Unit | text note=kind | | Its name
--   outside | Outside the own sector | share interval=outside_low,outside_high instead=no_outside | 0..1 | Learners whose sector on entry is not the provider's
--   sector_known | Sectors known | integer of=enrolled instead=no_base | participations | Both sectors are known: the base
--   kind | Kind | text hidden | | What the unit is
--   enrolled | Participations | integer hidden | participations | That began
--   outside_low | Outside, lower end | share hidden | 0..1 | Of the 95 % interval
--   outside_high | Outside, upper end | share hidden | 0..1 | Of the 95 % interval
--   no_outside | Why no share | text hidden | | What stands in the place of it
--   no_base | Why no base | text hidden | | What stands in the place of it
SELECT unit, outside_sector AS outside, sector_known, CASE unit_kind WHEN 'provider' THEN 'provider' ELSE '' END AS kind, enrolled, outside_sector_low AS outside_low, outside_sector_high AS outside_high,
  CASE WHEN sector_known IS NULL OR sector_known > 0 THEN 'withheld' END AS no_outside, CASE WHEN sector_known IS NULL THEN 'withheld' END AS no_base
FROM named
WHERE breakdown = 'TOTAL' AND unit_kind IN ('all', 'provider') AND coalesce(sector_known, 1) > 0
QUALIFY row_number() OVER (PARTITION BY unit_kind ORDER BY enrolled DESC NULLS LAST, unit_code) <= $rows
ORDER BY unit_kind, outside NULLS LAST, unit_code

-- section: nothing
-- title: Are there learners to tell of?
-- grain: a reason why there are none
-- columns:
--   message | Message | text | | What is missing
SELECT CASE WHEN (SELECT count(*) FROM uptake) = 0 THEN
    'There are no learner figures. Name feeds of kinds enrolments and reference_population in skillsgap.yaml; figures are published once a quarter is closed.'
  ELSE 'No ' || $unit_kind || ' with learners has the code or name ' || $unit || '.' END AS message
WHERE (SELECT count(*) FROM one) = 0
