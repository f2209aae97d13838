-- title: Skills gaps
-- question: Which skills do employers ask for that training does not teach?
-- summary: For each skill, two shares are set side by side. The demand share says how many of the posts on offer ask
--   for it; the supply share says how much of the training aligned with the same occupations teaches it. The gap is
--   the first less the second, in percentage points.
-- order: 10
-- parameters:
--   period | 12m, 1m | 12m | Twelve months ending with the month, or that month alone.
--   month | date | | Any day of the month that ends the period, as YYYY-MM-DD; empty for the latest.
--   region | text | | Code of a region (NUTS) or country, in any case; empty for all.
--   occupation | text | | ISCO-08 digits, the URI of an ESCO occupation, or TOTAL; empty for all.
--   sector | text | | Letter of a NACE section, or TOTAL; empty for all.
--   region_level | every, country, nuts1, nuts2 | every | Level of regions.
--   occupation_level | every, all, isco1, isco2, isco4, occupation, sector | every | Level of occupations, or sectors of
--     the economy in their stead.
--   skills | specific, transversal, all | specific | Which skills are ranked: specific to a field of work, transversal
--     and language skills, or all together.
--   top | integer | 20 | Skills of the headline cell.
--   rows | integer | 5 | Skills of each other cell.
--   cells | integer | 40 | Cells of each level, those with the most vacancies.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: A cell is a region with all its occupations, a group of occupations, or a sector, over the period. Its
--   demand share of a skill is the share of posts whose vacancy asks for the skill. Its supply share is the share of
--   training places (of credentials, where a catalogue does not state places) that teach the skill, counted over the
--   credentials aligned with the cell's occupations: a skill found in a text counts with the probability that the text
--   does ask for it, or teach it. Aligned are those that name such an occupation, or teach enough of its skills.
--   Online credentials count in every region.
--
--   Intervals hold the true figure with 95 % confidence, given how many vacancies or credentials a share rests on
--   (Wilson for shares, Newcombe for gaps). Skills are in the order of the lower end of the gap's interval, so that a
--   wide gap in a few vacancies does not come before a somewhat narrower one in thousands. Skills with a gap of zero or
--   less are not listed.
--
--   The headline cell is the largest: the country with the most vacancies, all occupations together, among those
--   where training is aligned. Transversal skills (such as working in teams) and languages are asked everywhere and
--   would crowd out what is specific to a field of work, so they have their own table. So have skills in cells where no
--   credential is aligned at all: nothing can be subtracted there, and they are never ranked by gap.
--
--   A tier holds skills whose order the data cannot tell: the first those whose gap may be the widest of the cell. Tiers
--   are over skills of every kind in the cell, transversal ones and languages too, so the first skill listed may be of
--   tier 2. A skill is emerging, or declining, where its demand share differs from that of the twelve months before by more than
--   chance would explain, employers rather than vacancies counted as independent, and at most one in twenty skills
--   so marked expected to be wrong.
--
--   Cells with fewer effective vacancies than the publication threshold are not published, at any level. Shown figures
--   are rounded one by one, so a shown gap may differ by one from the difference of the shown shares.
-- caveats:
--   This is a gap in the provision of training. Skills that workers already hold are not observed: a wide gap does not
--     mean that nobody can do the work.
--   Vacancies tell what employers write down. What they take for granted, and posts filled without an advertisement,
--     are missing.
--   Skills are found in texts by software; the report "Data quality" says how many were stated and how many found.
--   Numbers of vacancies and posts are those up to the day of the run: a month that is not over has fewer. Shares and
--     gaps are not affected.
--   Places per opening appear only where every credential that teaches the skill states its places.
--   Labels: "not taught" = no aligned credential teaches it; "uncertain" = the gap's interval reaches zero; "one
--     employer" = more than half of the demand is one employer's; "emerging", "declining" = see above.

-- shared:
WITH
latest AS (
  SELECT coalesce(date_trunc('month', nullif($month, '')::DATE)::DATE, max(month)) AS month FROM cells WHERE period = $period
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
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
),
occupation_names AS (
  SELECT occupation_code, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS occupation
  FROM occupations GROUP BY occupation_code
),
-- The cells that the parameters choose, with their names and their place in the order of levels.
chosen AS MATERIALIZED (
  SELECT c.month, c.period, c.region_code, c.region_level, c.occupation_code, c.occupation_level, c.nace_section,
    c.vacancies, c.openings, c.coverage, c.supply_unit, c.supply_credentials,
    coalesce(r.label, c.region_code) AS region,
    CASE WHEN c.nace_section = 'TOTAL' THEN coalesce(o.occupation, c.occupation_code) END AS occupation,
    CASE WHEN c.nace_section <> 'TOTAL' THEN 'Sector ' || c.nace_section || coalesce(': ' || s.sector, '') END AS sector,
    CASE WHEN c.nace_section <> 'TOTAL' THEN 5
      ELSE CASE c.occupation_level WHEN 'all' THEN 0 WHEN 'isco1' THEN 1 WHEN 'isco2' THEN 2 WHEN 'isco4' THEN 3 ELSE 4 END
    END AS depth
  FROM cells c
  JOIN latest USING (month)
  LEFT JOIN regions r USING (region_code)
  LEFT JOIN occupation_names o USING (occupation_code)
  LEFT JOIN sectors s USING (nace_section)
  WHERE c.period = $period
    AND upper($region) IN ('', c.region_code)
    AND upper($occupation) IN ('', upper(c.occupation_code))
    AND upper($sector) IN ('', c.nace_section)
    AND $region_level IN ('every', CASE c.region_level WHEN 0 THEN 'country' WHEN 1 THEN 'nuts1' WHEN 2 THEN 'nuts2' END)
    AND $occupation_level IN ('every', CASE WHEN c.nace_section <> 'TOTAL' THEN 'sector' ELSE c.occupation_level END)
),
headline AS MATERIALIZED (
  SELECT * FROM chosen
  ORDER BY supply_unit IS NULL, region_level, depth, vacancies DESC, region_code, occupation_code, nace_section LIMIT 1
),
-- The other cells: the name of their level, and their place in it by size.
placed AS (
  SELECT region_code, region_level, occupation_code, occupation_level, nace_section,
    CASE region_level WHEN 0 THEN 'Countries' WHEN 1 THEN 'NUTS 1 regions' WHEN 2 THEN 'NUTS 2 regions' ELSE 'Regions' END
      || CASE depth WHEN 0 THEN ', all occupations' WHEN 1 THEN ', by major group of occupations (ISCO-08, 1 digit)'
        WHEN 2 THEN ', by sub-major group of occupations (ISCO-08, 2 digits)' WHEN 3 THEN ', by unit group of occupations (ISCO-08, 4 digits)'
        WHEN 4 THEN ', by ESCO occupation' ELSE ', by sector of the economy (NACE)' END AS level,
    row_number() OVER (PARTITION BY region_level, depth, supply_unit IS NULL ORDER BY vacancies DESC, region_code, occupation_code, nace_section) AS cell_place,
    count(*) OVER (PARTITION BY region_level, depth, supply_unit IS NULL) AS level_cells
  FROM chosen ANTI JOIN headline USING (region_code, region_level, occupation_code, occupation_level, nace_section)
),
-- The cells of which a section shows skills: of the many others nothing is read.
listed AS MATERIALIZED (
  SELECT region_code, occupation_code, nace_section FROM headline
  UNION ALL SELECT region_code, occupation_code, nace_section FROM placed WHERE cell_place <= $cells
  UNION ALL SELECT c.region_code, c.occupation_code, c.nace_section FROM chosen c JOIN headline h USING (region_code) WHERE c.occupation_level = 'isco4'
),
-- Of the largest datasets only what the period and these cells hold is read. Within it these codes name a cell: each has one level.
demand AS (SELECT * FROM skill_demand JOIN latest USING (month) SEMI JOIN listed USING (region_code, occupation_code, nace_section) WHERE period = $period),
gaps AS (SELECT * EXCLUDE (demand_share, log_ratio, location_quotient, specificity) FROM skill_gaps JOIN latest USING (month) SEMI JOIN listed USING (region_code, occupation_code, nace_section) WHERE period = $period),
supply AS (SELECT * EXCLUDE (supply_unit, places_local, places_online, completions, share) FROM skill_supply JOIN latest USING (month) SEMI JOIN listed USING (region_code, occupation_code, nace_section) WHERE period = $period),
-- Every skill of the listed cells: demand, supply and gap in one row. Sectors have demand alone.
measured AS (
  SELECT c.*,
    h.region_code IS NOT NULL AS headline,
    coalesce(n.skill, d.skill_uri) AS skill, d.skill_uri,
    d.share AS demand_share, d.share_low AS demand_low, d.share_high AS demand_high,
    d.vacancies AS asking, d.employers,
    g.supply_share, s.share_low AS supply_low, s.share_high AS supply_high,
    CASE WHEN g.supply_share IS NOT NULL THEN coalesce(s.credentials_local + s.credentials_online, 0) END AS teaching,
    g.share_gap, g.gap_low, g.gap_high, g.places_per_opening, g.yearly_places, g.yearly_openings,
    g.uncovered, g.gap_low <= 0 AS uncertain, d.one_employer_dominant, g.emerging, g.declining,
    g.tier, g.rank_low, g.rank_high, d.growth_12m, d.growth_low, d.growth_high,
    coalesce(k.green, false) AS green, coalesce(k.digital, false) AS digital,
    coalesce(k.transversal, false) AS transversal, coalesce(k.language_skill, false) AS language_skill,
    coalesce(k.transversal OR k.language_skill, false) AS general,
    'skillsgap explain ' || CASE WHEN c.supply_unit IS NULL THEN 'skill_demand.share' ELSE 'skill_gaps.share_gap' END || ' region=' || c.region_code
      || CASE WHEN c.occupation_code <> 'TOTAL' THEN ' occupation=' || c.occupation_code ELSE '' END
      || CASE WHEN c.nace_section <> 'TOTAL' THEN ' sector=' || c.nace_section ELSE '' END
      || CASE WHEN $month <> '' THEN strftime(c.month, ' month=%Y-%m') ELSE '' END
      || CASE WHEN c.period <> '12m' THEN ' period=' || c.period ELSE '' END || ' skill=' || d.skill_uri AS command
  FROM demand d
  JOIN chosen c USING (region_code, occupation_code, nace_section)
  LEFT JOIN gaps g USING (region_code, occupation_code, nace_section, skill_uri)
  LEFT JOIN supply s USING (region_code, occupation_code, nace_section, skill_uri)
  LEFT JOIN headline h USING (region_code, occupation_code, nace_section)
  LEFT JOIN skills k USING (skill_uri)
  LEFT JOIN skill_names n USING (skill_uri)
)

-- section: figures
-- title: Key figures
-- grain: the headline cell
-- columns:
--   region | Region | text group | | Region of the headline cell
--   occupation | Occupations | text group | | Its occupations
--   sector | Sector | text group | | Its sector
--   months | Months | text group | | Its period
--   skills_short | Skills asked more than taught | integer of=compared note=kind_of_skills,no_gaps | skills | The gap's interval lies above zero; of the skills set against training
--   skills_uncovered | Skills not taught at all | integer of=compared note=kind_of_skills,no_gaps | skills | No aligned credential teaches them; of the skills set against training
--   coverage | Demand met by training | share | 0..1 | 100 %: every skill taught as often as it is asked; over skills of every kind, also those too rare to be listed
--   vacancies | Vacancies | integer note=openings | vacancies | The base of demand shares; repeats are left out
--   supply_credentials | Aligned credentials | integer | credentials | The base of supply shares; online ones included
--   cells | Cells published | integer note=cells_without | cells | Regions with their occupations, at all levels
--   skills | Skills measured | integer hidden | skills | Skills of the headline cell above the publication threshold, of the kind ranked
--   compared | Skills with a gap | integer hidden | skills | Those of them that are set against training
--   no_gaps | Why no gaps | text hidden | | Why no skill is set against training
--   kind_of_skills | Kind of skills | text hidden | | The kind that is ranked
--   openings | Posts | integer hidden | posts | Posts on offer in these vacancies
--   cells_without | Cells without training | integer hidden | without training | Cells where no credential is aligned
SELECT h.region, h.occupation, h.sector,
  CASE h.period WHEN '12m' THEN 'twelve months to ' ELSE '' END || strftime(h.month, '%B %Y') AS months,
  CASE WHEN count(m.share_gap) > 0 THEN count(*) FILTER (m.gap_low > 0) END AS skills_short,
  CASE WHEN count(m.share_gap) > 0 THEN count(*) FILTER (m.uncovered) END AS skills_uncovered,
  h.coverage, h.vacancies, h.supply_credentials,
  (SELECT count(*) FROM chosen WHERE nace_section = 'TOTAL') AS cells,
  count(m.skill_uri) AS skills, count(m.share_gap) AS compared,
  CASE WHEN h.nace_section <> 'TOTAL' THEN 'not known: sectors have demand alone' WHEN h.supply_unit IS NULL THEN 'not known: no training is aligned' END AS no_gaps,
  CASE $skills WHEN 'specific' THEN 'skills specific to a field of work' WHEN 'transversal' THEN 'transversal and language skills' ELSE 'skills of every kind' END AS kind_of_skills,
  h.openings,
  (SELECT count(*) FROM chosen WHERE nace_section = 'TOTAL' AND supply_unit IS NULL) AS cells_without
FROM headline h LEFT JOIN measured m ON m.headline AND ($skills = 'all' OR m.general = ($skills = 'transversal'))
GROUP BY ALL

-- section: gaps
-- title: The widest gaps
-- grain: a skill in a cell
-- folds-after: occupations
-- reading: In {region}, {demand_share} of the posts on offer ask for the skill “{skill}”; given how many vacancies that
--   rests on, the true share lies between {demand_low} and {demand_high}. Of the training aligned with the same
--   occupations, {supply_share} teaches it. That leaves a gap of {share_gap} percentage points, at the least {gap_low}.
--   Small print in the tables is this interval, and the number of vacancies or credentials behind a figure.
-- empty: No skill is asked more often than it is taught in the cells chosen, or no credential is aligned with them.
--   Sectors have demand alone.
-- chart: dumbbell label=skill from=supply_share to=demand_share gap=share_gap rows=20 | Asked and taught: the widest gaps
-- columns:
--   level | Level | text fold | | Level of region and occupation; empty for the headline cell
--   level_cells | Cells | integer fold | cells | Cells with training at this level
--   region | Region | text group | | Name of the region
--   occupation | Occupations | text group | | Name of the occupations
--   cell_vacancies | Vacancies | integer group | vacancies | Vacancies of the cell, the base of demand shares
--   cell_credentials | Aligned credentials | integer group | credentials | Credentials aligned with the cell, the base of supply shares
--   coverage | Demand met by training | share group | 0..1 | Sum of the lesser of demand and supply over the sum of demand, over skills of all kinds, also those too rare to be listed
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   demand_share | Employers ask | share interval=demand_low,demand_high note=asking | 0..1 | Demand share: posts whose vacancy asks for the skill, of all posts
--   supply_share | Training teaches | share interval=supply_low,supply_high note=teaching | 0..1 | Supply share: places (else credentials) that teach the skill, of all aligned
--   share_gap | Gap | points interval=gap_low,gap_high | -1..1 | Demand share less supply share
--   tier | Tier | integer | tier | 1: skills whose gap may be the widest of the cell, given how little or how much it rests on; 2: the widest of the others; and so on; over skills of every kind, transversal ones too
--   growth_12m | Against the year before | number digits=2 interval=growth_low,growth_high | ratio | Demand share over that of the twelve months before
--   places_per_opening | Places per opening | number digits=2 note=yearly_places,yearly_openings | places per opening | Yearly places teaching the skill over yearly posts asking for it
--   digital | digital | flag | | In ESCO's digital collection
--   green | green | flag | | In ESCO's green collection
--   transversal | transversal | flag | | In ESCO's transversal collection
--   language_skill | language | flag | | In ESCO's language collection
--   uncovered | not taught | flag | | No aligned credential teaches the skill
--   uncertain | uncertain | flag | | The gap's interval reaches zero
--   one_employer_dominant | one employer | flag | | One employer holds more than half of the demand
--   emerging | emerging | flag | | Asked more often than in the twelve months before, beyond chance
--   declining | declining | flag | | Asked less often than in the twelve months before, beyond chance
--   demand_low | Demand share, low | share hidden | 0..1 | Lower end of its 95 % interval
--   demand_high | Demand share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   asking | Vacancies asking | integer hidden | vacancies | Vacancies asking for the skill
--   employers | Employers asking | integer hidden | employers | Employers named in these vacancies
--   supply_low | Supply share, low | share hidden | 0..1 | Lower end of its 95 % interval
--   supply_high | Supply share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   teaching | Credentials teaching | integer hidden | credentials | Credentials that teach the skill, local and online
--   gap_low | Gap, low | points hidden | -1..1 | Lower end of its 95 % interval; the order of the rows
--   gap_high | Gap, high | points hidden | -1..1 | Upper end of its 95 % interval
--   rank_low | Rank, best | integer hidden | rank | Best rank of the gap in its cell, within the 95 % confidence set of all ranks together
--   rank_high | Rank, worst | integer hidden | rank | Worst rank in that set
--   growth_low | Growth, low | number digits=2 hidden | ratio | Lower end of its 95 % interval, clustered by employer
--   growth_high | Growth, high | number digits=2 hidden | ratio | Upper end of that interval
--   yearly_places | Yearly places | number digits=0 hidden | places | Places teaching the skill in twelve months, each x probability
--   yearly_openings | Yearly posts | number digits=0 hidden | posts | Posts asking for the skill in twelve months, each x probability
--   month | Month | month hidden | | First day of the month that ends the period
--   period | Period | text hidden | | 12m or 1m
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   region_level | Region level | integer hidden | level | 0 country, 1 and 2 NUTS level
--   occupation_code | Occupation code | text hidden | | TOTAL, ISCO-08 digits or ESCO URI
--   occupation_level | Occupation level | text hidden | | all, isco1, isco2, isco4 or occupation
--   skill_uri | Skill URI | text hidden | | ESCO skill
--   command | Records behind it | text hidden example | | Shows what the first row rests on: the formula with its figures, and the vacancies and credentials behind it, each with the words that count. For another row, put the URI of its skill (where its name links to) and the codes of its cell (in the CSV file) in the place of these.
SELECT level, level_cells, region, occupation, vacancies AS cell_vacancies, supply_credentials AS cell_credentials, coverage,
  skill, demand_share, supply_share, share_gap, tier, growth_12m, places_per_opening,
  digital, green, transversal, language_skill, uncovered, uncertain, one_employer_dominant, emerging, declining,
  demand_low, demand_high, asking, employers, supply_low, supply_high, teaching, gap_low, gap_high,
  rank_low, rank_high, growth_low, growth_high, yearly_places, yearly_openings, month, period, region_code, region_level,
  occupation_code, occupation_level, skill_uri,
  CASE WHEN headline THEN command END AS command
FROM measured LEFT JOIN placed USING (region_code, region_level, occupation_code, occupation_level, nace_section)
WHERE share_gap > 0 AND ($skills = 'all' OR general = ($skills = 'transversal')) AND (headline OR cell_place <= $cells)
QUALIFY row_number() OVER (
  PARTITION BY region_code, region_level, occupation_code, occupation_level, nace_section ORDER BY gap_low DESC, share_gap DESC, skill_uri
) <= CASE WHEN headline THEN $top ELSE $rows END
ORDER BY headline DESC, region_level, depth, cell_place, gap_low DESC, share_gap DESC, skill_uri

-- section: occupations
-- title: The widest gap of each occupation
-- text: All occupations together hide what is particular to each. Here every group of occupations of the same region,
--   at four digits of ISCO-08, shows its widest gap, where that gap is clear of zero.
-- grain: a group of occupations in the region of the headline cell
-- empty: No group of occupations of this region has a clear gap, or the choices leave none.
-- columns:
--   occupation | Occupations | text | | Name of the group of occupations (ISCO-08, 4 digits)
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   demand_share | Employers ask | share interval=demand_low,demand_high note=asking | 0..1 | Demand share
--   supply_share | Training teaches | share interval=supply_low,supply_high note=teaching | 0..1 | Supply share
--   share_gap | Gap | points interval=gap_low,gap_high | -1..1 | Demand share less supply share
--   cell_vacancies | Vacancies | integer note=cell_credentials | vacancies | Vacancies of the occupations, the base of demand shares
--   uncovered | not taught | flag | | No aligned credential teaches the skill
--   cell_credentials | Aligned credentials | integer hidden | credentials | Credentials aligned with the occupations, the base of supply shares
--   demand_low | Demand share, low | share hidden | 0..1 | Lower end of its 95 % interval
--   demand_high | Demand share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   asking | Vacancies asking | integer hidden | vacancies | Vacancies asking for the skill
--   supply_low | Supply share, low | share hidden | 0..1 | Lower end of its 95 % interval
--   supply_high | Supply share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   teaching | Credentials teaching | integer hidden | credentials | Credentials that teach the skill, local and online
--   gap_low | Gap, low | points hidden | -1..1 | Lower end of its 95 % interval; the order of the rows
--   gap_high | Gap, high | points hidden | -1..1 | Upper end of its 95 % interval
--   occupation_code | Occupation code | text hidden | | ISCO-08 digits
--   skill_uri | Skill URI | text hidden | | ESCO skill
--   command | Records behind it | text hidden example | | Shows what the first row rests on: the formula with its figures, and the vacancies and credentials behind it, each with the words that count. For another row, put the URI of its skill (where its name links to) and the codes of its cell (in the CSV file) in the place of these.
SELECT m.occupation, skill, demand_share, supply_share, share_gap, m.vacancies AS cell_vacancies, uncovered,
  m.supply_credentials AS cell_credentials, demand_low, demand_high, asking, supply_low, supply_high, teaching,
  gap_low, gap_high, m.occupation_code, skill_uri, command
FROM measured m
WHERE m.region_code = (SELECT region_code FROM headline WHERE occupation_level = 'all' AND nace_section = 'TOTAL') AND m.occupation_level = 'isco4'
  AND gap_low > 0 AND ($skills = 'all' OR general = ($skills = 'transversal'))
QUALIFY row_number() OVER (PARTITION BY m.occupation_code ORDER BY gap_low DESC, share_gap DESC, skill_uri) = 1
ORDER BY gap_low DESC, share_gap DESC, m.occupation_code LIMIT $top

-- section: general
-- title: Transversal and language skills in the headline cell
-- text: Skills that most fields of work ask for, in the same cell and the same order.
-- grain: a skill in the headline cell
-- empty: None here, or the parameter "skills" has put them in the table above.
-- columns:
--   region | Region | text group | | Name of the region
--   occupation | Occupations | text group | | Name of the occupations
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   demand_share | Employers ask | share interval=demand_low,demand_high note=asking | 0..1 | Demand share
--   supply_share | Training teaches | share interval=supply_low,supply_high note=teaching | 0..1 | Supply share
--   share_gap | Gap | points interval=gap_low,gap_high | -1..1 | Demand share less supply share
--   places_per_opening | Places per opening | number digits=2 note=yearly_places,yearly_openings | places per opening | Yearly places teaching the skill over yearly posts asking for it
--   digital | digital | flag | | In ESCO's digital collection
--   green | green | flag | | In ESCO's green collection
--   language_skill | language | flag | | In ESCO's language collection
--   uncovered | not taught | flag | | No aligned credential teaches the skill
--   uncertain | uncertain | flag | | The gap's interval reaches zero
--   demand_low | Demand share, low | share hidden | 0..1 | Lower end of its 95 % interval
--   demand_high | Demand share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   asking | Vacancies asking | integer hidden | vacancies | Vacancies asking for the skill
--   supply_low | Supply share, low | share hidden | 0..1 | Lower end of its 95 % interval
--   supply_high | Supply share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   teaching | Credentials teaching | integer hidden | credentials | Credentials that teach the skill, local and online
--   gap_low | Gap, low | points hidden | -1..1 | Lower end of its 95 % interval; the order of the rows
--   gap_high | Gap, high | points hidden | -1..1 | Upper end of its 95 % interval
--   yearly_places | Yearly places | number digits=0 hidden | places | Places teaching the skill in twelve months, each x probability
--   yearly_openings | Yearly posts | number digits=0 hidden | posts | Posts asking for the skill in twelve months, each x probability
--   skill_uri | Skill URI | text hidden | | ESCO skill
--   command | Records behind it | text hidden example | | Shows what the first row rests on: the formula with its figures, and the vacancies and credentials behind it, each with the words that count. For another row, put the URI of its skill (where its name links to) and the codes of its cell (in the CSV file) in the place of these.
SELECT region, occupation, skill, demand_share, supply_share, share_gap, places_per_opening,
  digital, green, language_skill, uncovered, uncertain,
  demand_low, demand_high, asking, supply_low, supply_high, teaching, gap_low, gap_high,
  yearly_places, yearly_openings, skill_uri, command
FROM measured
WHERE headline AND general AND share_gap > 0 AND $skills = 'specific'
ORDER BY gap_low DESC, share_gap DESC, skill_uri LIMIT 10

-- section: sectors
-- title: What each sector of the economy asks for
-- text: Catalogues do not say which sector a credential is for, so sectors have demand alone, and no gap. The skills are
--   in the order of the lower end of the demand share's interval.
-- grain: a skill in a sector of a region
-- empty: No sector has enough vacancies here, or the choices leave none.
-- columns:
--   level | Level | text fold | | Level of region; empty for the headline cell
--   level_cells | Cells | integer fold | cells | Sectors of regions at this level
--   region | Region | text group | | Name of the region
--   sector | Sector | text group | | Name of the sector
--   cell_vacancies | Vacancies | integer group | vacancies | Vacancies of the sector, the base of demand shares
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   demand_share | Employers ask | share interval=demand_low,demand_high | 0..1 | Demand share: posts whose vacancy asks for the skill, of all posts
--   asking | Vacancies asking | integer | vacancies | Vacancies asking for the skill
--   employers | Employers asking | integer | employers | Employers named in these vacancies
--   digital | digital | flag | | In ESCO's digital collection
--   green | green | flag | | In ESCO's green collection
--   transversal | transversal | flag | | In ESCO's transversal collection
--   language_skill | language | flag | | In ESCO's language collection
--   one_employer_dominant | one employer | flag | | One employer holds more than half of the demand
--   demand_low | Demand share, low | share hidden | 0..1 | Lower end of its 95 % interval; the order of the rows
--   demand_high | Demand share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   region_level | Region level | integer hidden | level | 0 country, 1 and 2 NUTS level
--   nace_section | NACE section | text hidden | | Letter
--   skill_uri | Skill URI | text hidden | | ESCO skill
SELECT level, level_cells, region, sector, vacancies AS cell_vacancies,
  skill, demand_share, asking, employers, digital, green, transversal, language_skill, one_employer_dominant,
  demand_low, demand_high, region_code, region_level, nace_section, skill_uri
FROM measured LEFT JOIN placed USING (region_code, region_level, occupation_code, occupation_level, nace_section)
WHERE nace_section <> 'TOTAL' AND demand_share > 0 AND ($skills = 'all' OR general = ($skills = 'transversal'))
  AND (headline OR cell_place <= $cells)
QUALIFY row_number() OVER (PARTITION BY region_code, region_level, nace_section ORDER BY demand_low DESC, demand_share DESC, skill_uri)
  <= CASE WHEN headline THEN $top ELSE $rows END
ORDER BY headline DESC, region_level, cell_place, demand_low DESC, demand_share DESC, skill_uri

-- section: untrained
-- title: Asked for where no training is aligned
-- text: In these cells no credential on offer is aligned with the occupations, so there is no supply share and no gap to
--   rank by. The skills asked most often are listed by the lower end of the demand share's interval.
-- grain: a skill in a cell without aligned training
-- empty: Training is aligned with every cell chosen.
-- columns:
--   level | Level | text fold | | Level of region and occupation; empty for the headline cell
--   level_cells | Cells | integer fold | cells | Cells without training at this level
--   region | Region | text group | | Name of the region
--   occupation | Occupations | text group | | Name of the occupations
--   cell_vacancies | Vacancies | integer group | vacancies | Vacancies of the cell, the base of demand shares
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   demand_share | Employers ask | share interval=demand_low,demand_high | 0..1 | Demand share: posts whose vacancy asks for the skill, of all posts
--   asking | Vacancies asking | integer | vacancies | Vacancies asking for the skill
--   employers | Employers asking | integer | employers | Employers named in these vacancies
--   digital | digital | flag | | In ESCO's digital collection
--   green | green | flag | | In ESCO's green collection
--   transversal | transversal | flag | | In ESCO's transversal collection
--   language_skill | language | flag | | In ESCO's language collection
--   one_employer_dominant | one employer | flag | | One employer holds more than half of the demand
--   demand_low | Demand share, low | share hidden | 0..1 | Lower end of its 95 % interval; the order of the rows
--   demand_high | Demand share, high | share hidden | 0..1 | Upper end of its 95 % interval
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   region_level | Region level | integer hidden | level | 0 country, 1 and 2 NUTS level
--   occupation_code | Occupation code | text hidden | | TOTAL, ISCO-08 digits or ESCO URI
--   occupation_level | Occupation level | text hidden | | all, isco1, isco2, isco4 or occupation
--   skill_uri | Skill URI | text hidden | | ESCO skill
--   command | Records behind it | text hidden example | | Shows what the first row rests on: the formula with its figures, and the vacancies and credentials behind it, each with the words that count. For another row, put the URI of its skill (where its name links to) and the codes of its cell (in the CSV file) in the place of these.
SELECT level, level_cells, region, occupation, vacancies AS cell_vacancies,
  skill, demand_share, asking, employers, digital, green, transversal, language_skill, one_employer_dominant,
  demand_low, demand_high, region_code, region_level, occupation_code, occupation_level, skill_uri,
  CASE WHEN headline OR cell_place = 1 THEN command END AS command
FROM measured LEFT JOIN placed USING (region_code, region_level, occupation_code, occupation_level, nace_section)
WHERE nace_section = 'TOTAL' AND supply_share IS NULL AND demand_share > 0 AND ($skills = 'all' OR general = ($skills = 'transversal'))
  AND (headline OR cell_place <= $cells)
QUALIFY row_number() OVER (
  PARTITION BY region_code, region_level, occupation_code, occupation_level, nace_section ORDER BY demand_low DESC, demand_share DESC, skill_uri
) <= CASE WHEN headline THEN $top ELSE $rows END
ORDER BY headline DESC, region_level, depth, cell_place, demand_low DESC, demand_share DESC, skill_uri

-- section: nothing
-- title: Do the choices leave a cell?
-- grain: a reason why they do not
-- columns:
--   message | Message | text | | What no published cell has
SELECT CASE WHEN count(*) = 0 THEN 'No cell is published: there are no vacancies, or too few anywhere.'
  ELSE 'No published cell has ' || concat_ws(' and ', 'period ' || $period,
    CASE WHEN $month <> '' THEN 'month ' || $month END,
    CASE WHEN $region <> '' THEN 'region ' || $region END,
    CASE WHEN $occupation <> '' THEN 'occupation ' || $occupation END,
    CASE WHEN $sector <> '' THEN 'sector ' || $sector END,
    CASE WHEN $region_level <> 'every' THEN 'region level ' || $region_level END,
    CASE WHEN $occupation_level <> 'every' THEN 'occupation level ' || $occupation_level END)
    || ': check the code, or the cell is below the publication threshold.'
  END AS message
FROM cells
HAVING (SELECT count(*) FROM chosen) = 0
