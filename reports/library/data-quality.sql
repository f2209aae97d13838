-- title: Data quality
-- question: What was read, what was left out, and how complete is the rest?
-- summary: Every figure of the other reports rests on these records. Read = accepted + duplicates + rejected, for each
--   feed; what is accepted is then described by how much of it has an occupation, a region, dates and skills.
-- order: 90
-- parameters:
--   source | text | | Name of a feed; empty for all.
--   runs | integer | 5 | Latest runs to list.
-- method: What was read is what the run that published the snapshot noted for each feed; a feed that failed has its
--   reason. A duplicate repeats another record exactly; it stays in the data, marked, and no measure counts it.
--
--   Completeness is of the snapshot: the newest version of every vacancy and credential that repeats no other, those
--   of earlier runs included, withdrawn or kept of a feed that lists only what is new: more than a run accepts.
--
--   A skill is "stated" where the feed gives its URI, "stated-name" where a skills field gives its name, and "linked"
--   where software found it in the text.
-- caveats:
--   The list of runs holds what the ledger knew when this page was made: of the run that made it, the stages before.
--   A vacancy without a date counts in the month first seen.

-- shared:
WITH
vacancy AS (
  SELECT * FROM vacancies WHERE $source IN ('', source)
  QUALIFY version = max(version) OVER (PARTITION BY vacancy_id)
),
credential AS (
  SELECT * FROM credentials WHERE $source IN ('', source)
  QUALIFY version = max(version) OVER (PARTITION BY credential_id)
),
rejected AS (
  SELECT source, rule, records FROM reject_counts WHERE $source IN ('', source)
),
/* The run that published this snapshot; before the first one has, the latest run. */
published AS (
  SELECT coalesce(arg_max(run_id, started_at) FILTER (stage = 'publish' AND status = 'ok'), arg_max(run_id, started_at)) AS run_id
  FROM runs
),
kinds AS (
  SELECT source, string_agg(kind, ', ' ORDER BY kind DESC) AS kind
  FROM (SELECT DISTINCT source, 'vacancies' AS kind FROM vacancy UNION ALL SELECT DISTINCT source, 'credentials' FROM credential)
  GROUP BY source
),
feeds AS (
  SELECT feed AS source, kind, rows_in AS records, accepted, unchanged, withdrawn, duplicates, rejected, status, message
  FROM runs JOIN published USING (run_id) LEFT JOIN kinds ON source = feed
  WHERE stage = 'read' AND feed IS NOT NULL AND $source IN ('', feed)
),
with_skill AS (SELECT DISTINCT vacancy_id FROM vacancy_skills),
teaching AS (SELECT DISTINCT credential_id FROM credential_skills)

-- section: figures
-- title: Key figures
-- grain: all feeds
-- columns:
--   records | Records read | integer note=feeds,failed | records | From all feeds
--   accepted | Accepted | integer of=records | records | Of what the run read; what the datasets hold is below
--   duplicates | Duplicates | integer of=records | records | Exact repeats, marked and not counted
--   rejected | Rejected | integer of=records | records | Broke a rule; listed by rule below
--   without_skill | Vacancies without a skill | integer of=vacancies | vacancies | No skill stated, none found
--   months | Months covered | integer note=span | months | Months with a vacancy posted or first seen
--   feeds | Feeds | integer hidden | feeds | Feeds of the run
--   failed | Failed | integer hidden | failed | Feeds that could not be read
--   vacancies | Vacancies | integer hidden | vacancies | Vacancies accepted
--   span | Span | text hidden | | First and last of these months
SELECT coalesce(sum(f.records), 0)::BIGINT AS records, coalesce(sum(f.accepted), 0)::BIGINT AS accepted,
  coalesce(sum(f.duplicates), 0)::BIGINT AS duplicates, coalesce(sum(f.rejected), 0)::BIGINT AS rejected,
  (SELECT count(*) FROM vacancy WHERE duplicate_of IS NULL AND vacancy_id NOT IN (SELECT vacancy_id FROM with_skill)) AS without_skill,
  (SELECT count(DISTINCT posted_month) FROM vacancy) AS months,
  count(*) AS feeds, nullif(count(*) FILTER (f.status <> 'ok'), 0) AS failed,
  (SELECT count(*) FROM vacancy WHERE duplicate_of IS NULL) AS vacancies,
  (SELECT strftime(min(posted_month), '%b %Y') || ' to ' || strftime(max(posted_month), '%b %Y') FROM vacancy) AS span
FROM feeds f

-- section: feeds
-- title: Feeds
-- grain: a feed
-- empty: No feed has been read, or there is none of this name.
-- columns:
--   source | Feed | text | | Name of the feed in skillsgap.yaml
--   kind | Holds | text | | Vacancies or credentials
--   records | Read | integer | records | Accepted, duplicates and rejected together
--   accepted | Accepted | integer of=records bar | records | Neither repeats nor rejected
--   duplicates | Duplicates | integer of=records | records | Exact repeats
--   rejected | Rejected | integer of=records | records | Broke a rule
--   unchanged | Unchanged | integer of=accepted | records | Accepted as the run before has them
--   withdrawn | Withdrawn | integer | records | Records of earlier runs that the feed no longer lists
--   status | Status | text | | ok, or failed: then nothing of it was taken, and what was known of it stays
--   message | Why it failed | text | | What went wrong and what to do
SELECT source, kind, records, accepted, duplicates, rejected, unchanged, withdrawn, status, message FROM feeds ORDER BY kind DESC, source

-- section: rules
-- title: Rejected records, by rule
-- grain: a rule that records of a feed broke
-- empty: No record was rejected.
-- columns:
--   rule | Rule | text | | Stable id of the rule; the documentation explains it
--   source | Feed | text | | Name of the feed
--   rejected | Records | integer of=records | records | Records that broke it; share of all records of the feed
--   records | Records of the feed | integer hidden | records | Records read
SELECT r.rule, source, sum(r.records)::BIGINT AS rejected, any_value(f.records) AS records
FROM rejected r LEFT JOIN feeds f USING (source)
GROUP BY r.rule, source ORDER BY rejected DESC, r.rule, source

-- section: fields
-- title: Values that could not be read, by field
-- text: The feed gives a value, but in a way that is not understood: the field is empty in these records.
-- grain: a field of a feed
-- empty: Every value of a field with a code, a date or a number was read.
-- columns:
--   source | Feed | text group | | Name of the feed
--   field | Field | text | | Name of the field, as in columns of skillsgap.yaml
--   not_read | Records | integer of=records bar | records | Records listed whose value was not read; share of all records of the feed
--   records | Records of the feed | integer hidden | records | Records read
SELECT source, field, c.records AS not_read, f.records
FROM field_counts c JOIN feeds f USING (source) ORDER BY source, not_read DESC, field

-- section: vacancies
-- title: How complete vacancies are
-- grain: a fact that vacancies of a feed can have
-- empty: There are no vacancies.
-- columns:
--   source | Feed | text group | | Name of the feed
--   vacancies | Vacancies | integer group | vacancies | Vacancies accepted
--   fact | Fact | text | | What can be known of a vacancy
--   known | Known of | integer of=vacancies bar | vacancies | Vacancies with it; share of all
SELECT source, vacancies, fact, known
FROM (
  SELECT source, count(*) AS vacancies, unnest([
    {n: 1, fact: 'at least one skill', known: count(*) FILTER (vacancy_id IN (SELECT vacancy_id FROM with_skill))},
    {n: 2, fact: 'occupation', known: count(coalesce(occupation_uri, isco08))},
    {n: 3, fact: 'region or country', known: count(*) FILTER (region_level >= 0)},
    {n: 4, fact: 'region at NUTS 2 or finer', known: count(*) FILTER (region_level >= 2)},
    {n: 5, fact: 'day of posting', known: count(posted_on)},
    {n: 6, fact: 'last day for applications', known: count(expires_on)},
    {n: 7, fact: 'employer', known: count(employer)},
    {n: 8, fact: 'sector (NACE)', known: count(nace)},
    {n: 9, fact: 'pay', known: count(coalesce(salary_min, salary_max))},
    {n: 10, fact: 'language', known: count(language)}
  ], recursive := true)
  FROM vacancy WHERE duplicate_of IS NULL GROUP BY source
)
ORDER BY source, n

-- section: credentials
-- title: How complete credentials are
-- grain: a fact that credentials of a feed can have
-- empty: There are no credentials.
-- columns:
--   source | Feed | text group | | Name of the feed
--   credentials | Credentials | integer group | credentials | Credentials accepted
--   fact | Fact | text | | What can be known of a credential
--   known | Known of | integer of=credentials bar | credentials | Credentials with it; share of all
SELECT source, credentials, fact, known
FROM (
  SELECT source, count(*) AS credentials, unnest([
    {n: 1, fact: 'at least one skill', known: count(*) FILTER (credential_id IN (SELECT credential_id FROM teaching))},
    {n: 2, fact: 'occupation stated', known: count(*) FILTER (len(occupation_uris) > 0 OR len(isco08s) > 0)},
    {n: 3, fact: 'region or country', known: count(*) FILTER (region_level >= 0)},
    {n: 4, fact: 'delivery mode', known: count(delivery_mode)},
    {n: 5, fact: 'learner effort in hours', known: count(hours)},
    {n: 6, fact: 'level', known: count(coalesce(eqf_level::VARCHAR, level))},
    {n: 7, fact: 'price', known: count(price)},
    {n: 8, fact: 'places', known: count(places)},
    {n: 9, fact: 'first day', known: count(starts_on)},
    {n: 10, fact: 'assessment', known: count(assessment_type)}
  ], recursive := true)
  FROM credential WHERE duplicate_of IS NULL GROUP BY source
)
ORDER BY source, n

-- section: months
-- title: Vacancies by month
-- grain: a month
-- empty: There are no vacancies.
-- chart: bars label=month value=vacancies rows=36 | Vacancies by month of posting, newest first
-- columns:
--   month | Month | month | | Month of posting, or first seen where the feed gives no date
--   vacancies | Vacancies | integer | vacancies | Vacancies accepted
--   without_skill | Without a skill | integer of=vacancies | vacancies | No skill stated, none found
--   without_occupation | Without an occupation | integer of=vacancies | vacancies | No occupation stated, none linked
--   without_region | Without a region | integer of=vacancies | vacancies | Not even the country is known
SELECT posted_month AS month, count(*) AS vacancies,
  count(*) FILTER (vacancy_id NOT IN (SELECT vacancy_id FROM with_skill)) AS without_skill,
  count(*) FILTER (occupation_uri IS NULL AND isco08 IS NULL) AS without_occupation,
  count(*) FILTER (region_level < 0) AS without_region
FROM vacancy WHERE duplicate_of IS NULL GROUP BY posted_month ORDER BY month DESC

-- section: methods
-- title: How skills came to be known
-- grain: a way in which skills came to be known, in vacancies or credentials
-- empty: No skill is known.
-- columns:
--   records | In | text group | | Vacancies or credentials
--   method | Way | text | | stated (URI given), stated-name (name in a skills field) or linked (found in text)
--   links | Skills | integer of=all_links bar | skills | Skills of records known so; share of all
--   all_links | All | integer hidden | skills | Skills of records, however known
SELECT records, method, count(*) AS links, sum(count(*)) OVER (PARTITION BY records)::BIGINT AS all_links
FROM (
  SELECT 'Vacancies' AS records, method FROM vacancy_skills WHERE $source = '' OR vacancy_id IN (SELECT vacancy_id FROM vacancy)
  UNION ALL
  SELECT 'Credentials', method FROM credential_skills WHERE $source = '' OR credential_id IN (SELECT credential_id FROM credential)
)
GROUP BY records, method ORDER BY records DESC, links DESC, method

-- section: calibration
-- title: Official totals
-- grain: an official total, or what no total covers
-- empty: No official totals of vacancies are read: every vacancy counts for its own openings.
-- columns:
--   region | Region | text group | | Name of the region
--   period_from | From | month group | | First month of the period; empty from the beginning
--   period_to | To | month group | | Last month of the period; empty to the end
--   occupation | Occupations | text | | Name of the group
--   official | Official | integer | posts | Posts vacant, by official statistics
--   openings | In the feeds | integer | posts | Posts of the group's vacancies in the feeds
--   weight | Weight | number digits=2 | posts per opening | What an opening of the group counts for
--   use | Use | text | | What becomes of the total: used, bounded (the weight stops at 1,000), not represented (no vacancy in the feeds), contradicted (none by statistics, some in the feeds), margin or overlapping (finer groups count), uncovered (in no group that counts)
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   occupation_code | ISCO-08 | text hidden | | Code of the group
SELECT coalesce(r.label, CASE c.region_code WHEN 'TOTAL' THEN 'All regions' END, c.region_code) AS region, period_from, period_to,
  coalesce(o.occupation, CASE c.occupation_code WHEN 'TOTAL' THEN 'All occupations' END, c.occupation_code) AS occupation,
  official, openings, weight, replace(use, '_', ' ') AS use, c.region_code, c.occupation_code
FROM calibration c LEFT JOIN regions r USING (region_code)
LEFT JOIN (SELECT occupation_code, arg_min(label, CASE language WHEN 'en' THEN '0' ELSE '1' || language END) AS occupation FROM occupations GROUP BY occupation_code) o
  ON o.occupation_code = c.occupation_code
ORDER BY c.region_level, c.region_code, period_from NULLS FIRST, period_to, c.occupation_level, c.occupation_code

-- section: runs
-- title: Latest runs
-- grain: a stage, or a feed, of a run
-- empty: No run has ended before this page was made.
-- columns:
--   run_id | Run | text group | | Id of the run
--   job | Job | text group | | Name of the job
--   as_of | As of | date group | | As-of date of the run
--   stage | Stage | text | | Name of the stage
--   feed | Feed | text | | Name of the feed, for the stage that reads it
--   status | Status | text | | ok or failed
--   seconds | Took | integer | seconds | From start to end
--   rows_in | Read | integer | records | Records read
--   accepted | Accepted | integer | records | Records accepted
--   duplicates | Duplicates | integer | records | Records that repeat another
--   rejected | Rejected | integer | records | Records not accepted
--   rows_out | Written | integer | rows | Rows written
--   started_at | Started | time hidden | | Start, UTC
--   message | Message | text | | Why it failed
--   versions | Versions | text hidden | | Schema, taxonomy and model versions
SELECT run_id, job, as_of, stage, feed, status, date_diff('second', started_at, finished_at) AS seconds,
  rows_in, accepted, duplicates, rejected, rows_out, started_at, message, versions
FROM (SELECT *, min(started_at) OVER (PARTITION BY run_id) AS run_started_at FROM runs)
QUALIFY dense_rank() OVER (ORDER BY run_started_at DESC, run_id DESC) <= $runs
ORDER BY run_started_at DESC, run_id DESC, started_at, stage, feed
