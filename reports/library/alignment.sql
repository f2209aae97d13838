-- title: Alignment and shelf life
-- question: Is what it teaches what the job needs, and is it ageing?
-- summary: Each credential on offer beside the occupation that it is for: how much of what it teaches vacancies ask for, how
--   much of the job it covers, and whether demand for it falls.
-- order: 25
-- parameters:
--   region | text | | Code of a country or region (NUTS) whose vacancies are compared with; empty for all.
--   occupation | text | | ISCO-08 digits; empty for all.
--   provider | text | | Words of the name of a provider, in any case; empty for all.
--   credential | text | | Words of the title of a credential, in any case, or its id; empty for all.
--   rows | integer | 40 | Credentials in the table.
--   language | text | en | Language of the names of occupations, as BCP 47; English where a name is not in it.
-- method: A credential is set against the ISCO-08 unit groups that it states or, where it states none, that one with which
--   it is aligned and of whose demand it covers most, if these vacancies ask for anything it teaches. It is aligned where at
--   least two skills, and a fifth of all it teaches, are ESCO skills of the group; the two are neither transversal nor given
--   by ESCO to more than a tenth of all unit groups, as project management is. Compared are the vacancies of twelve months in the narrowest
--   region around its place that has published figures; for an online credential those of each country.
--
--   Asked are the skills that enough of these vacancies ask for to be published. The demand covered is the sum of the demand
--   shares of what it teaches over that of all published skills. Essential are the skills that ESCO calls so for at least half
--   of the occupations of the group.
--
--   The trend is the sum of the demand shares of what it teaches, in the country, over their sum in the twelve months before,
--   with a 95 % interval. A credential is called ageing where at least half of the skills that it teaches are declining, as
--   the page on skills gaps tells, and the trend of all that it teaches is below 1 beyond chance.
-- caveats:
--   Ageing is a reason to look at a course, not a verdict. The interval of the trend takes the skills of one course for
--     independent of one another.
--   A course may be right to teach what vacancies do not write down: employers write what they cannot do without.
--   Skills are found by software in short descriptions; a course teaches more than its description says.
--   A credential without a known skill, or for occupations with too few vacancies, is in no row.

-- shared:
WITH
on_offer AS (
  SELECT * FROM (FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id))
  WHERE withdrawn_on IS NULL AND duplicate_of IS NULL AND coalesce(ends_on >= (SELECT max(month) FROM cells), true)
    AND contains(lower(coalesce(provider, '')), lower($provider))
    AND (contains(lower(title), lower($credential)) OR credential_id = $credential OR source_id = $credential)
),
/* Of the countries that an online credential is compared with, sums take the one with the most vacancies. */
aligned AS (
  SELECT a.*, c.title, c.provider, c.url, c.updated_on, c.source_id,
    row_number() OVER (PARTITION BY credential_id, a.occupation_code ORDER BY a.n_effective DESC, a.region_code) = 1 AS largest
  FROM alignment a JOIN on_offer c USING (credential_id)
  WHERE a.main AND starts_with(a.occupation_code, $occupation) AND starts_with(a.region_code, upper($region))
),
occupation_names AS (
  SELECT occupation_code, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS occupation
  FROM occupations GROUP BY occupation_code
)

-- section: figures
-- title: Key figures
-- grain: all credentials chosen
-- columns:
--   credentials | Credentials on offer | integer | credentials | From all catalogues, without repeats
--   compared | Set against a job | integer of=credentials note=rows_compared | credentials | Those for an occupation with published figures
--   asked | Taught and asked | integer of=taught | skills | Skills that they teach and the vacancies ask for, of all they teach; a skill counts once for each credential and occupation, of an online one in the country with the most vacancies
--   judged | With a trend | integer of=compared | credentials | Of those compared, those whose demand is known in both years
--   ageing | Ageing | integer of=judged | credentials | Of those with a trend, those of which half or more is asked for less and less
--   taught | Taught | integer hidden | skills | Skills that they teach
--   rows_compared | Pairs | integer hidden | pairs with an occupation and region | Rows behind these figures
SELECT (SELECT count(*) FROM on_offer) AS credentials, count(DISTINCT credential_id) AS compared,
  sum(skills_asked) FILTER (largest)::BIGINT AS asked,
  count(DISTINCT credential_id) FILTER (ageing IS NOT NULL) AS judged,
  count(DISTINCT credential_id) FILTER (ageing) AS ageing,
  sum(skills_taught) FILTER (largest)::BIGINT AS taught, count(*) AS rows_compared
FROM aligned

-- section: ageing
-- title: Ageing: half or more of what they teach is asked for less and less
-- grain: a credential and an occupation that it is for
-- empty: No credential chosen is ageing.
-- chart: bars label=title value=trend rows=15 | Demand against the twelve months before; 1 is no change
-- columns:
--   title | Credential | text link=url note=provider | | Its title
--   occupation | Occupation | text note=trend_region | | Group of occupations (ISCO-08) that it is for
--   trend | Trend | number interval=trend_low,trend_high | ratio | Demand for what it teaches over that of the twelve months before; 1 is no change
--   skills_declining | Declining | integer of=skills_taught | skills | Skills that are declining, of all it teaches
--   skills_asked | Asked | integer of=skills_taught | skills | Skills that vacancies ask for, of all it teaches
--   updated_on | Last changed | date | | As the catalogue says
--   provider | Provider | text hidden | | Who offers it
--   url | Page | text hidden | | Page of the offer
--   trend_region | Country | text hidden | | Country whose vacancies the trend is of
--   trend_low | Lower end | number hidden | ratio | Of the 95 % interval of the trend
--   trend_high | Upper end | number hidden | ratio | Of the 95 % interval of the trend
--   skills_taught | Taught | integer hidden | skills | Skills that it teaches
--   occupation_code | ISCO-08 | text hidden | | Code of the group
--   credential_id | Credential id | text hidden | | The credential
SELECT title, coalesce(o.occupation, occupation_code) AS occupation, trend, skills_declining, skills_asked, updated_on,
  provider, url, trend_region, trend_low, trend_high, skills_taught, occupation_code, credential_id
FROM aligned LEFT JOIN occupation_names o USING (occupation_code)
WHERE ageing ORDER BY trend_high, credential_id, occupation_code, trend_region

-- section: credentials
-- title: What they teach and what the job needs
-- text: Those that cover most of the demand come first; those that claim more than fits into their hours come last.
-- grain: a credential, an occupation that it is for, and a region
-- empty: No credential chosen is for an occupation with published figures.
-- chart: bars label=title value=demand_covered rows=15 | Of what vacancies ask, the part that the credential teaches
-- columns:
--   title | Credential | text link=url note=provider | | Its title
--   occupation | Occupation | text note=region | | Group of occupations (ISCO-08) that it is for
--   demand_covered | Demand covered | share | 0..1 | Of what vacancies ask, weighted by how often, the part that it teaches
--   skills_asked | Asked | integer of=skills_taught | skills | Skills that vacancies ask for, of all it teaches
--   essential_covered | Essential taught | integer of=essential_skills | skills | Essential skills of the occupation that it teaches
--   essential_near | Essential near | integer | skills | Essential skills that it does not teach, while it teaches a close one
--   skills_per_hour | Skills per hour | number digits=2 | skills per hour | Skills that it claims to teach, by the hours it takes; many tell of a list of keywords
--   trend | Trend | number interval=trend_low,trend_high | ratio | Demand for what it teaches over that of the twelve months before; 1 is no change
--   crowded | more than fits | flag | | It claims more skills than its hours allow, at five hours a skill
--   ageing | ageing | flag | | Half or more of what it teaches is declining
--   stated | stated | flag | | The catalogue states the occupation
--   region | Region | text hidden | | Whose vacancies it is compared with
--   provider | Provider | text hidden | | Who offers it
--   url | Page | text hidden | | Page of the offer
--   n_effective | Vacancies | number hidden digits=0 | vacancies | Effective number of vacancies of the occupation in the region
--   essential_skills | Essential | integer hidden | skills | Essential skills of the occupation
--   skills_taught | Taught | integer hidden | skills | Skills that it teaches
--   trend_low | Lower end | number hidden | ratio | Of the 95 % interval of the trend
--   trend_high | Upper end | number hidden | ratio | Of the 95 % interval of the trend
--   occupation_code | ISCO-08 | text hidden | | Code of the group
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   credential_id | Credential id | text hidden | | The credential
--   command | Evidence | text hidden example | | Lists what the credential teaches, with the words that say so, and how often vacancies of the occupation ask for it
SELECT title, coalesce(o.occupation, occupation_code) AS occupation, demand_covered, skills_asked, essential_covered, essential_near,
  skills_per_hour, trend, coalesce(crowded, false) AS crowded, coalesce(ageing, false) AS ageing, stated, coalesce(r.label, region_code) AS region, provider, url, n_effective,
  essential_skills, skills_taught, trend_low, trend_high, occupation_code, region_code, credential_id,
  'skillsgap query "SELECT l.label, t.method, t.evidence_text, d.share, d.vacancies FROM credential_skills t JOIN skill_labels l ON l.skill_uri = t.skill_uri AND l.kind = ''preferred'' AND l.language = ''en'' LEFT JOIN skill_demand d ON d.skill_uri = t.skill_uri AND d.month = (SELECT max(month) FROM cells) AND d.period = ''12m'' AND d.occupation_code = '''
    || occupation_code || ''' AND d.region_code = ''' || region_code || ''' WHERE t.credential_id = ''' || credential_id || ''' ORDER BY d.share DESC"' AS command
FROM aligned LEFT JOIN occupation_names o USING (occupation_code) LEFT JOIN regions r USING (region_code)
ORDER BY coalesce(crowded, false), demand_covered DESC, credential_id, occupation_code, region_code LIMIT $rows

-- section: occupations
-- title: By occupation
-- text: A credential counts once: an online one in the country with the most vacancies of the occupation.
-- grain: a group of occupations
-- empty: No credential chosen is for an occupation with published figures.
-- columns:
--   occupation | Occupation | text | | Group of occupations (ISCO-08)
--   credentials | Credentials | integer | credentials | Credentials that are for it
--   skills_asked | Taught and asked | integer of=skills_taught bar | skills | Skills that they teach and vacancies ask for, of all they teach
--   essential_covered | Essential taught | integer of=essential_skills | skills | Essential skills that they teach, of those they could: each credential counts
--   ageing | Ageing | integer of=judged | credentials | Credentials for which demand falls, of those with a trend
--   skills_taught | Taught | integer hidden | skills | Skills that they teach
--   essential_skills | Essential | integer hidden | skills | Essential skills of the occupation, times the credentials
--   judged | With a trend | integer hidden | credentials | Credentials whose demand is known in both years
--   occupation_code | ISCO-08 | text hidden | | Code of the group
SELECT coalesce(any_value(o.occupation), occupation_code) AS occupation, count(DISTINCT credential_id) AS credentials,
  sum(skills_asked) FILTER (largest)::BIGINT AS skills_asked, sum(essential_covered) FILTER (largest)::BIGINT AS essential_covered,
  count(DISTINCT credential_id) FILTER (ageing) AS ageing, sum(skills_taught) FILTER (largest)::BIGINT AS skills_taught,
  sum(essential_skills) FILTER (largest)::BIGINT AS essential_skills, count(DISTINCT credential_id) FILTER (ageing IS NOT NULL) AS judged, occupation_code
FROM aligned LEFT JOIN occupation_names o USING (occupation_code)
GROUP BY occupation_code ORDER BY credentials DESC, occupation_code

-- section: nothing
-- title: Do the choices leave a credential?
-- grain: a reason why they do not
-- columns:
--   message | Message | text | | What no credential is
SELECT CASE WHEN (SELECT count(*) FROM credentials) = 0 THEN 'There are no credentials.'
  WHEN (SELECT count(*) FROM alignment) = 0 THEN 'No credential is for an occupation with published figures.'
  ELSE 'No credential on offer that is for an occupation with published figures has ' || concat_ws(' and ',
    CASE WHEN $provider <> '' THEN 'provider ' || $provider END,
    CASE WHEN $credential <> '' THEN 'title or id ' || $credential END,
    CASE WHEN $occupation <> '' THEN 'occupation ' || $occupation END,
    CASE WHEN $region <> '' THEN 'region ' || $region END,
    CASE WHEN $provider || $credential || $occupation || $region = '' THEN 'a last day still to come' END) || '.'
  END AS message
WHERE (SELECT count(*) FROM aligned) = 0
