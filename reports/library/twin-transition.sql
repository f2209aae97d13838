-- title: Green and digital skills
-- question: Which skills of the green and the digital transition are asked for, and which are short?
-- summary: How many vacancies ask for any digital or any green skill, by region, occupation and sector; which green and
--   digital skills employers ask for more than training teaches; and which of them are asked for more, or less, than a
--   year before.
-- order: 15
-- parameters:
--   period | 12m, 1m | 12m | Twelve months ending with the month, or that month alone.
--   month | date | | Any day of the month that ends the period, as YYYY-MM-DD; empty for the latest.
--   region | text | | Code of a region (NUTS) or country, in any case; empty for all.
--   skills | both, digital, green | both | Which skills are listed.
--   occupation_level | isco1, isco2, isco4 | isco1 | Level of groups of occupations.
--   regions | integer | 12 | Regions of each level, those with the most vacancies.
--   rows | integer | 15 | Rows of each table and region.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: A skill is digital or green where ESCO's collections of digital and of green skills hold it. A vacancy asks for
--   any of them with the probability that at least one of those found in it is really asked for, and the share is over
--   posts. Intervals hold the true share with 95 % confidence, given how many vacancies it rests on (Wilson).
--
--   A gap sets the share of posts that ask for a skill against the share of training, aligned with the same occupations,
--   that teaches it, as on the page of skills gaps. Skills are in the order of the lower end of the gap's interval.
--   Growth is the share of the twelve months over that of the twelve months before.
-- caveats:
--   ESCO's collections decide what is green or digital. Skills that serve the transition without being in them, such as
--     those of electricians, do not count.
--   A share of vacancies is not one of jobs: who hires rarely is seldom seen.

-- shared:
WITH
latest AS (
  SELECT coalesce(date_trunc('month', nullif($month, '')::DATE), (SELECT max(month) FROM cells))::DATE AS month
),
occupation_names AS (
  SELECT occupation_code, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS occupation
  FROM occupations GROUP BY occupation_code
),
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
),
sectors(nace_section, sector) AS (
  VALUES ('A', 'Agriculture, forestry and fishing'), ('B', 'Mining and quarrying'), ('C', 'Manufacturing'),
    ('D', 'Electricity and gas supply'), ('E', 'Water supply and waste'), ('F', 'Construction'),
    ('G', 'Wholesale and retail trade'), ('H', 'Transport and storage'), ('I', 'Accommodation and food'),
    ('J', 'Information and communication'), ('K', 'Finance and insurance'), ('L', 'Real estate'),
    ('M', 'Professional, scientific and technical'), ('N', 'Administrative and support services'),
    ('O', 'Public administration and defence'), ('P', 'Education'), ('Q', 'Health and social work'),
    ('R', 'Arts, entertainment and recreation'), ('S', 'Other services'), ('T', 'Households as employers'),
    ('U', 'Extraterritorial organisations')
),
chosen AS (
  SELECT c.*, coalesce(r.label, c.region_code) AS region,
    CASE c.region_level WHEN 0 THEN 'Countries' WHEN 1 THEN 'NUTS 1 regions' ELSE 'NUTS 2 regions' END AS level
  FROM cells c JOIN latest USING (month) LEFT JOIN regions r USING (region_code)
  WHERE c.period = $period AND upper($region) IN ('', c.region_code)
),
/* All occupations of each region; the largest of each level. */
whole AS (
  SELECT * FROM chosen WHERE occupation_level = 'all' AND nace_section = 'TOTAL'
  QUALIFY row_number() OVER (PARTITION BY region_level ORDER BY vacancies DESC, region_code) <= $regions
),
/* The country with the most vacancies, or the region chosen. */
headline AS (SELECT * FROM whole ORDER BY region_level, vacancies DESC, region_code LIMIT 1),
measured AS (
  SELECT w.region, w.region_level, w.vacancies AS cell_vacancies, d.skill_uri, coalesce(n.skill, d.skill_uri) AS skill, k.green, k.digital,
    d.region_code, d.vacancies AS asking, d.share AS demand_share, d.share_low AS demand_low, d.share_high AS demand_high,
    g.supply_share, g.share_gap, g.gap_low, g.gap_high, g.uncovered, d.growth_12m, d.growth_low, d.growth_high, g.emerging, g.declining
  FROM skill_demand d
  JOIN whole w USING (month, period, region_code, occupation_code, nace_section)
  JOIN skills k USING (skill_uri)
  LEFT JOIN skill_gaps g USING (month, period, region_code, occupation_code, nace_section, skill_uri)
  LEFT JOIN skill_names n USING (skill_uri)
  WHERE ($skills IN ('both', 'digital') AND k.digital) OR ($skills IN ('both', 'green') AND k.green)
)

-- section: figures
-- title: Key figures
-- grain: the largest region chosen
-- columns:
--   region | Region | text group | | The country with the most vacancies, or the region chosen
--   months | Months | text group | | Its period
--   any_digital | Posts that ask for a digital skill | share | 0..1 | At least one skill of ESCO's digital collection
--   any_green | Posts that ask for a green skill | share | 0..1 | At least one skill of ESCO's green collection
--   vacancies | Vacancies | integer note=openings | vacancies | The base of the shares; repeats are left out
--   short | Skills asked more than taught | integer of=compared note=no_gaps | skills | The gap's interval lies above zero; of the skills with a gap
--   emerging | Emerging skills | integer of=tested note=no_year_before | skills | Asked for more than a year before, beyond chance; of the skills that could be tested
--   skills | Skills | integer hidden | skills | Green and digital skills measured in the region, of those chosen
--   compared | Skills with a gap | integer hidden | skills | Those of them that could be set against training
--   tested | Skills tested | integer hidden | skills | Those of them that could be set against the year before
--   no_gaps | Why no gaps | text hidden | | Why no skill is set against training
--   no_year_before | Why not tested | text hidden | | Why no skill is set against the year before
--   openings | Posts | integer hidden | posts | Posts of these vacancies
SELECT h.region, CASE h.period WHEN '12m' THEN 'twelve months to ' ELSE '' END || strftime(h.month, '%B %Y') AS months,
  h.any_digital, h.any_green, h.vacancies,
  CASE WHEN count(m.share_gap) > 0 THEN count(*) FILTER (m.gap_low > 0) END AS short,
  CASE WHEN count(m.emerging) > 0 THEN count(*) FILTER (m.emerging) END AS emerging,
  count(m.skill_uri) AS skills, count(m.share_gap) AS compared, count(m.emerging) AS tested,
  CASE WHEN count(m.share_gap) = 0 THEN 'not known: no training is aligned' END AS no_gaps,
  CASE WHEN count(m.emerging) = 0 THEN 'not known: too few vacancies, or none, a year before' END AS no_year_before, h.openings
FROM headline h LEFT JOIN measured m USING (region_code)
GROUP BY ALL

-- section: regions
-- title: By region
-- grain: a region
-- reading: In {region}, {any_digital} of the posts ask for at least one digital skill; given how many vacancies that rests
--   on, the true share lies between {any_digital_low} and {any_digital_high}.
-- empty: No region has enough vacancies.
-- columns:
--   level | Level | text group | | Level of the regions
--   region | Region | text | | Name of the region
--   any_digital | Any digital skill | share bar interval=any_digital_low,any_digital_high | 0..1 | Share of posts that ask for at least one
--   any_green | Any green skill | share bar interval=any_green_low,any_green_high | 0..1 | Share of posts that ask for at least one
--   vacancies | Vacancies | integer | vacancies | The base of the shares
--   any_digital_low | Digital, low | share hidden | 0..1 | Lower end of its 95 % interval
--   any_digital_high | Digital, high | share hidden | 0..1 | Upper end of its 95 % interval
--   any_green_low | Green, low | share hidden | 0..1 | Lower end of its 95 % interval
--   any_green_high | Green, high | share hidden | 0..1 | Upper end of its 95 % interval
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
SELECT level, region, any_digital, any_green, vacancies, any_digital_low, any_digital_high, any_green_low, any_green_high, region_code
FROM whole ORDER BY region_level, any_digital DESC, region_code

-- section: occupations
-- title: By group of occupations
-- text: In the region of the key figures.
-- grain: a group of occupations
-- empty: No group of occupations has enough vacancies here.
-- columns:
--   region | Region | text group | | Name of the region
--   occupation | Occupations | text | | Name of the group
--   any_digital | Any digital skill | share bar interval=any_digital_low,any_digital_high | 0..1 | Share of posts that ask for at least one
--   any_green | Any green skill | share bar interval=any_green_low,any_green_high | 0..1 | Share of posts that ask for at least one
--   vacancies | Vacancies | integer | vacancies | The base of the shares
--   any_digital_low | Digital, low | share hidden | 0..1 | Lower end of its 95 % interval
--   any_digital_high | Digital, high | share hidden | 0..1 | Upper end of its 95 % interval
--   any_green_low | Green, low | share hidden | 0..1 | Lower end of its 95 % interval
--   any_green_high | Green, high | share hidden | 0..1 | Upper end of its 95 % interval
--   occupation_code | ISCO-08 | text hidden | | Code of the group
SELECT c.region, coalesce(o.occupation, c.occupation_code) AS occupation, c.any_digital, c.any_green, c.vacancies,
  c.any_digital_low, c.any_digital_high, c.any_green_low, c.any_green_high, c.occupation_code
FROM chosen c JOIN (SELECT region_code FROM headline) USING (region_code) LEFT JOIN occupation_names o USING (occupation_code)
WHERE c.nace_section = 'TOTAL' AND c.occupation_level = $occupation_level
QUALIFY row_number() OVER (ORDER BY c.vacancies DESC, c.occupation_code) <= 4 * $rows
ORDER BY c.any_digital DESC, c.occupation_code

-- section: sectors
-- title: By sector of the economy
-- text: In the region of the key figures.
-- grain: a NACE section
-- empty: No sector has enough vacancies here.
-- columns:
--   region | Region | text group | | Name of the region
--   sector | Sector | text | | NACE section of the employer
--   any_digital | Any digital skill | share bar interval=any_digital_low,any_digital_high | 0..1 | Share of posts that ask for at least one
--   any_green | Any green skill | share bar interval=any_green_low,any_green_high | 0..1 | Share of posts that ask for at least one
--   vacancies | Vacancies | integer | vacancies | The base of the shares
--   any_digital_low | Digital, low | share hidden | 0..1 | Lower end of its 95 % interval
--   any_digital_high | Digital, high | share hidden | 0..1 | Upper end of its 95 % interval
--   any_green_low | Green, low | share hidden | 0..1 | Lower end of its 95 % interval
--   any_green_high | Green, high | share hidden | 0..1 | Upper end of its 95 % interval
--   nace_section | Section | text hidden | | Letter of the section
SELECT c.region, c.nace_section || coalesce(': ' || s.sector, '') AS sector, c.any_digital, c.any_green, c.vacancies,
  c.any_digital_low, c.any_digital_high, c.any_green_low, c.any_green_high, c.nace_section
FROM chosen c JOIN (SELECT region_code FROM headline) USING (region_code) LEFT JOIN sectors s USING (nace_section)
WHERE c.nace_section <> 'TOTAL'
ORDER BY c.any_digital DESC, c.nace_section

-- section: gaps
-- title: The widest gaps among green and digital skills
-- grain: a skill in a region
-- empty: None of these skills is asked for more often than it is taught, or no credential is aligned.
-- chart: dumbbell label=skill from=supply_share to=demand_share gap=share_gap rows=15 | Asked and taught
-- columns:
--   region | Region | text group | | Name of the region
--   cell_vacancies | Vacancies | integer group | vacancies | The base of demand shares
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   demand_share | Employers ask | share interval=demand_low,demand_high note=asking | 0..1 | Share of posts whose vacancy asks for the skill
--   supply_share | Training teaches | share | 0..1 | Share of aligned training that teaches it
--   share_gap | Gap | points interval=gap_low,gap_high | -1..1 | The first less the second
--   growth_12m | Growth | number interval=growth_low,growth_high digits=2 | ratio | Share of the twelve months over that of the twelve before
--   digital | digital | flag | | In ESCO's digital collection
--   green | green | flag | | In ESCO's green collection
--   uncovered | not taught | flag | | No aligned credential teaches the skill
--   emerging | emerging | flag | | Asked for more than a year before, beyond chance
--   declining | declining | flag | | Asked for less than a year before, beyond chance
--   demand_low | Demand share, low | share hidden | 0..1 | Lower end of its 95 % interval
--   demand_high | Demand share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   asking | Vacancies asking | integer hidden | vacancies | Vacancies asking for the skill
--   gap_low | Gap, low | points hidden | -1..1 | Lower end of its 95 % interval; the order of the rows
--   gap_high | Gap, high | points hidden | -1..1 | Upper end of its 95 % interval
--   growth_low | Growth, low | number hidden | ratio | Lower end of its 95 % interval
--   growth_high | Growth, high | number hidden | ratio | Upper end of its 95 % interval
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   skill_uri | Skill URI | text hidden | | ESCO skill
SELECT region, cell_vacancies, skill, demand_share, supply_share, share_gap, growth_12m, digital, green, uncovered, emerging, declining,
  demand_low, demand_high, asking, gap_low, gap_high, growth_low, growth_high, region_code, skill_uri
FROM measured WHERE share_gap > 0
QUALIFY row_number() OVER (PARTITION BY region_code ORDER BY gap_low DESC, share_gap DESC, skill_uri) <= $rows
ORDER BY region_level, cell_vacancies DESC, region_code, gap_low DESC, share_gap DESC, skill_uri

-- section: growth
-- title: Asked for more, and less, than a year before
-- text: Green and digital skills whose growth is beyond chance, in the region of the key figures.
-- grain: a skill
-- empty: Of no green or digital skill can it be said that demand has changed: the vacancies reach back less than two years, or are too few.
-- columns:
--   region | Region | text group | | Name of the region
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   growth_12m | Growth | number interval=growth_low,growth_high digits=2 | ratio | Share of the twelve months over that of the twelve before
--   demand_share | Employers ask | share note=asking | 0..1 | Share of posts whose vacancy asks for the skill
--   digital | digital | flag | | In ESCO's digital collection
--   green | green | flag | | In ESCO's green collection
--   emerging | emerging | flag | | Asked for more than a year before, beyond chance
--   declining | declining | flag | | Asked for less than a year before, beyond chance
--   asking | Vacancies asking | integer hidden | vacancies | Vacancies asking for the skill
--   growth_low | Growth, low | number hidden | ratio | Lower end of its 95 % interval
--   growth_high | Growth, high | number hidden | ratio | Upper end of its 95 % interval
--   skill_uri | Skill URI | text hidden | | ESCO skill
SELECT m.region, skill, growth_12m, demand_share, digital, green, emerging, declining, asking, growth_low, growth_high, skill_uri
FROM measured m JOIN (SELECT region_code FROM headline) USING (region_code)
WHERE emerging OR declining
ORDER BY growth_12m DESC, skill_uri LIMIT 2 * $rows

-- section: nothing
-- title: Do the choices leave a region?
-- grain: a reason why they do not
-- columns:
--   message | Message | text | | What no cell has
SELECT CASE WHEN (SELECT count(*) FROM cells) = 0 THEN 'There are no figures: no region has enough vacancies.'
  ELSE 'No published region is ' || coalesce(nullif($region, ''), 'there') || ' in that month.' END AS message
WHERE (SELECT count(*) FROM whole) = 0
