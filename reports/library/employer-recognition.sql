-- title: Employer recognition
-- question: Do employers ask for this credential?
-- summary: Every licence, registration, certificate and qualification that vacancies ask for by name, and the titles of
--   the catalogues among them: how many vacancies require it, how many prefer it, where and in which occupations.
-- order: 30
-- parameters:
--   months | integer | 12 | Months of posting that are counted, the last with the newest figures.
--   month | date | | Any day of the last month, as YYYY-MM-DD; empty for the latest.
--   region | text | | Code of a region (NUTS) or country, in any case; empty for all.
--   occupation | text | | ISCO-08 digits or the URI of an ESCO occupation; empty for all.
--   credential | text | | Words of the name of a credential, in any case; empty for all.
--   kind | every, licence, registration, certificate, qualification, micro_credential | every | Kind of credential.
--   region_level | country, nuts1, nuts2 | country | Level of regions.
--   occupation_level | isco1, isco2, isco4 | isco1 | Level of groups of occupations.
--   rows | integer | 40 | Credentials in the first table, and in that of the offers.
--   top | integer | 5 | Credentials of each region and group of occupations.
--   language | text | en | Language of the names of occupations, as BCP 47; English where a name is not in it.
-- method: Counts the newest version of every vacancy that repeats no other, posted in the months chosen; an undated one
--   counts in the month first seen. A vacancy counts once for each credential that its description, requirements or list
--   of skills names, whatever the wording or language: "NMC PIN" and "registered with the Nursing and Midwifery Council"
--   are one credential. Where a vacancy names it twice, required goes before preferred. A share is of all vacancies that
--   the parameters choose.
--
--   What the employer has, offers or pays, and what the text says is not needed, is left out. So are degrees, and checks
--   of who the worker is, such as a criminal record. "ITIL" alone is taken for a method; "ITIL certificate" counts.
-- caveats:
--   A credential that no vacancy names may still help its holder: employers write down what they cannot do without.
--   Names are found in texts by software, from a reviewed list, some general forms and the titles of the catalogues. A
--     credential that is in none of them is not found.
--   Shares have no interval here; of few vacancies they tell little.

-- shared:
WITH
period AS (
  SELECT last - to_months($months - 1) AS first, last FROM (
    SELECT coalesce(date_trunc('month', nullif($month, '')::DATE), (SELECT max(month) FROM cells), (SELECT max(posted_month) FROM vacancies))::DATE AS last
  )
),
/* Regions and occupations at the levels chosen; null where a vacancy has none so fine. */
asking AS (
  SELECT v.vacancy_id, v.employer,
    CASE $region_level WHEN 'country' THEN v.country WHEN 'nuts1' THEN CASE WHEN v.region_level >= 1 THEN left(v.region_code, 3) END
      ELSE CASE WHEN v.region_level >= 2 THEN left(v.region_code, 4) END END AS region_code,
    CASE WHEN length(v.isco08) >= n THEN left(v.isco08, n) END AS occupation_code
  FROM (FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)) v, period,
    (SELECT CASE $occupation_level WHEN 'isco1' THEN 1 WHEN 'isco2' THEN 2 ELSE 4 END AS n)
  WHERE v.duplicate_of IS NULL AND v.posted_month BETWEEN period.first AND period.last
    AND (upper($region) IN ('', v.country) OR starts_with(v.region_code, upper($region)))
    AND ($occupation IN ('', v.occupation_uri) OR starts_with(v.isco08, $occupation))
),
named AS (
  SELECT n.*, a.employer, a.region_code, a.occupation_code FROM vacancy_credentials n JOIN asking a USING (vacancy_id)
  WHERE $kind IN ('every', n.kind) AND contains(lower(n.name), lower($credential))
),
catalogue AS (
  SELECT * FROM credentials WHERE duplicate_of IS NULL QUALIFY version = max(version) OVER (PARTITION BY credential_id)
),
occupation_names AS (
  SELECT occupation_code, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS occupation
  FROM occupations GROUP BY occupation_code
)

-- section: figures
-- title: Key figures
-- grain: all vacancies chosen
-- columns:
--   vacancies | Vacancies | integer note=employers | vacancies | The base of all shares; repeats are left out
--   naming | Ask for a credential | integer of=vacancies | vacancies | Name at least one credential of the kind chosen
--   requiring | Require one | integer of=vacancies | vacancies | Require at least one of those they name
--   credentials | Credentials named | integer note=micro_credentials | credentials | Different credentials that at least one vacancy names
--   in_catalogue | In a catalogue | integer of=credentials | credentials | Of these, those that a catalogue offers under a title that reads alike
--   employers | Employers | integer hidden | employers | Different employers of these vacancies
--   micro_credentials | Catalogue titles | integer hidden | titles of catalogues | Of the credentials named, those known by a title of a catalogue alone
SELECT (SELECT count(*) FROM asking) AS vacancies,
  count(DISTINCT vacancy_id) AS naming,
  count(DISTINCT vacancy_id) FILTER (requirement = 'required') AS requiring,
  count(DISTINCT name) AS credentials,
  count(DISTINCT name) FILTER (credential_id IS NOT NULL) AS in_catalogue,
  (SELECT count(DISTINCT employer) FROM asking) AS employers,
  count(DISTINCT name) FILTER (kind = 'micro_credential') AS micro_credentials
FROM named

-- section: credentials
-- title: The credentials that employers ask for
-- grain: a credential
-- empty: No vacancy chosen asks for a credential.
-- chart: bars label=name value=vacancies rows=15 | Vacancies that ask for the credential
-- columns:
--   name | Credential | text link=url | | One name for all the ways to write it
--   kind | Kind | text | | Licence, registration, certificate, qualification, or title of a catalogue
--   vacancies | Vacancies | integer of=all_vacancies | vacancies | Vacancies that ask for it; share of all chosen
--   required | Require it | integer of=vacancies | vacancies | Of these, those that require it
--   preferred | Prefer it | integer of=vacancies | vacancies | Of these, those that would rather have it
--   employers | Employers | integer | employers | Employers that ask for it
--   offer | In a catalogue | text note=provider | | Title of a credential on offer that has this name
--   provider | Provider | text hidden | | Who offers it
--   url | Page | text hidden | | Page of the offer
--   credential_id | Credential id | text hidden | | The credential on offer
--   all_vacancies | All vacancies | integer hidden | vacancies | All vacancies chosen
--   command | Evidence | text hidden example | | Lists the vacancies that ask for it, with the words by which they do
SELECT name, replace(any_value(n.kind), '_', '-') AS kind, count(*) AS vacancies,
  count(*) FILTER (requirement = 'required') AS required,
  count(*) FILTER (requirement = 'preferred') AS preferred,
  count(DISTINCT n.employer) AS employers,
  any_value(c.title) AS offer, any_value(c.provider) AS provider, any_value(c.url) AS url, min(n.credential_id) AS credential_id,
  (SELECT count(*) FROM asking) AS all_vacancies,
  /* A name that a shell would not take as it is has no command. */
  CASE WHEN NOT regexp_matches(name, '["$`\\!]') THEN
    'skillsgap query "SELECT v.title, v.employer, v.url, n.requirement, n.evidence_text FROM (FROM vacancies QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)) v JOIN vacancy_credentials n USING (vacancy_id) WHERE n.name = '''
      || replace(name, '''', '''''') || ''' AND v.posted_month BETWEEN ''' || any_value(period.first)::DATE || ''' AND ''' || any_value(period.last) || '''"'
  END AS command
FROM named n LEFT JOIN catalogue c ON c.credential_id = n.credential_id, period
GROUP BY name ORDER BY vacancies DESC, name LIMIT $rows

-- section: occupations
-- title: By group of occupations
-- grain: a credential in a group of occupations
-- empty: No vacancy chosen asks for a credential and has an occupation.
-- columns:
--   occupation | Occupations | text group | | Group of occupations (ISCO-08)
--   group_vacancies | Vacancies | integer group | vacancies | Vacancies of the group
--   name | Credential | text | | One name for all the ways to write it
--   vacancies | Vacancies | integer of=group_vacancies bar | vacancies | Vacancies that ask for it; share of the group's
--   required | Require it | integer of=vacancies | vacancies | Of these, those that require it
--   preferred | Prefer it | integer of=vacancies | vacancies | Of these, those that would rather have it
--   occupation_code | ISCO-08 | text hidden | | Code of the group
SELECT coalesce(any_value(o.occupation), occupation_code) AS occupation,
  any_value(g.vacancies) AS group_vacancies, name, count(*) AS vacancies,
  count(*) FILTER (requirement = 'required') AS required,
  count(*) FILTER (requirement = 'preferred') AS preferred,
  occupation_code
FROM named JOIN (SELECT occupation_code, count(*) AS vacancies FROM asking GROUP BY occupation_code) g USING (occupation_code)
LEFT JOIN occupation_names o USING (occupation_code)
GROUP BY occupation_code, name
QUALIFY row_number() OVER (PARTITION BY occupation_code ORDER BY count(*) DESC, name) <= $top
ORDER BY group_vacancies DESC, occupation_code, vacancies DESC, name

-- section: regions
-- title: By region
-- grain: a credential in a region
-- empty: No vacancy chosen asks for a credential and has a region of this level.
-- columns:
--   region | Region | text group | | Region of the level chosen
--   region_vacancies | Vacancies | integer group | vacancies | Vacancies of the region
--   name | Credential | text | | One name for all the ways to write it
--   vacancies | Vacancies | integer of=region_vacancies bar | vacancies | Vacancies that ask for it; share of the region's
--   required | Require it | integer of=vacancies | vacancies | Of these, those that require it
--   preferred | Prefer it | integer of=vacancies | vacancies | Of these, those that would rather have it
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
SELECT coalesce(any_value(r.label), region_code) AS region,
  any_value(g.vacancies) AS region_vacancies, name, count(*) AS vacancies,
  count(*) FILTER (requirement = 'required') AS required,
  count(*) FILTER (requirement = 'preferred') AS preferred,
  region_code
FROM named JOIN (SELECT region_code, count(*) AS vacancies FROM asking GROUP BY region_code) g USING (region_code)
LEFT JOIN regions r USING (region_code)
GROUP BY region_code, name
QUALIFY row_number() OVER (PARTITION BY region_code ORDER BY count(*) DESC, name) <= $top
ORDER BY region_vacancies DESC, region_code, vacancies DESC, name

-- section: catalogue
-- title: The catalogues, asked for by name or not
-- grain: a kind of credential on offer
-- empty: There are no credentials.
-- columns:
--   conformity | Kind | text | | Kind of credential by the four tests of a micro-credential
--   offered | On offer | integer | credentials | Credentials on offer, without repeats
--   asked | Asked for by name | integer of=offered bar | credentials | Of these, those that a vacancy chosen names; of several that read alike, one
SELECT replace(coalesce(conformity, 'unknown'), '_', '-') AS conformity, count(*) AS offered,
  count(*) FILTER (credential_id IN (SELECT credential_id FROM named WHERE credential_id IS NOT NULL)) AS asked
FROM catalogue WHERE withdrawn_on IS NULL GROUP BY ALL ORDER BY offered DESC, conformity

-- section: offers
-- title: Each credential on offer: is it asked for?
-- text: Those that vacancies name come first; a title that no vacancy names has 0. The parameter credential looks for one.
-- grain: a credential on offer
-- empty: No credential on offer has such a title.
-- columns:
--   title | Credential | text link=url note=provider | | Its title in the catalogue
--   vacancies | Vacancies | integer of=all_vacancies | vacancies | Vacancies chosen that name it, or another credential whose title reads alike
--   required | Require it | integer of=vacancies | vacancies | Of these, those that require it
--   preferred | Prefer it | integer of=vacancies | vacancies | Of these, those that would rather have it
--   employers | Employers | integer | employers | Employers that ask for it
--   evidence | As they write it | text | | The words of one of these vacancies
--   conformity | Kind | text | | Kind of credential by the four tests of a micro-credential
--   provider | Provider | text hidden | | Who offers it
--   url | Page | text hidden | | Page of the offer
--   credential_id | Credential id | text hidden | | The credential
--   all_vacancies | All vacancies | integer hidden | vacancies | All vacancies chosen
SELECT c.title, coalesce(n.vacancies, 0) AS vacancies, coalesce(n.required, 0) AS required, coalesce(n.preferred, 0) AS preferred,
  coalesce(n.employers, 0) AS employers, n.evidence, replace(coalesce(c.conformity, 'unknown'), '_', '-') AS conformity,
  c.provider, c.url, c.credential_id, (SELECT count(*) FROM asking) AS all_vacancies
FROM catalogue c LEFT JOIN (
  SELECT lower(o.title) AS title, count(*) AS vacancies, count(*) FILTER (requirement = 'required') AS required,
    count(*) FILTER (requirement = 'preferred') AS preferred, count(DISTINCT employer) AS employers, min(evidence_text) AS evidence
  FROM named JOIN catalogue o USING (credential_id) GROUP BY lower(o.title)
) n ON n.title = lower(c.title)
WHERE c.withdrawn_on IS NULL AND contains(lower(c.title), lower($credential))
ORDER BY vacancies DESC, c.title, c.credential_id LIMIT $rows

-- section: nothing
-- title: Do the choices leave a vacancy?
-- grain: a reason why they do not
-- columns:
--   message | Message | text | | What no vacancy has
SELECT CASE WHEN (SELECT count(*) FROM vacancies) = 0 THEN 'There are no vacancies.'
  ELSE 'No vacancy was posted in these months that has ' || concat_ws(' and ',
    CASE WHEN $region <> '' THEN 'region ' || $region END,
    CASE WHEN $occupation <> '' THEN 'occupation ' || $occupation END,
    CASE WHEN $region = '' AND $occupation = '' THEN 'any region' END) || '.'
  END AS message
WHERE (SELECT count(*) FROM asking) = 0
