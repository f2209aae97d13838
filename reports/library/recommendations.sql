-- title: Recommendations
-- question: Which credentials close the gaps of a region and an occupation?
-- summary: For each region and occupation, the few credentials on offer that together teach most of what vacancies ask for
--   and training there does not teach: in which order, what each adds, what it costs, and what stays open.
-- order: 15
-- parameters:
--   region | text | | Code of a country or NUTS 2 region, in any case; empty for all.
--   occupation | text | | ISCO-08 digits; empty for all.
--   region_level | country, nuts2 | nuts2 | Level of regions.
--   max_price | integer | -1 | Credentials that cost at most so much, in their currency, and say so; -1 for any.
--   max_hours | integer | -1 | Credentials that take at most so many hours, stated or reckoned from ECTS; -1 for any.
--   level | text | | Level of the European Qualifications Framework, 1 to 8; empty for any.
--   delivery_mode | every, online, in_person, blended | every | How it is taught.
--   schedule | every, full_time, part_time, evening, weekend, self_paced | every | At what times.
--   teaching_language | text | | Language of teaching, as BCP 47; empty for any.
--   provider | text | | Words of the name of a provider or of a title, in any case; empty for all.
--   accredited | every, yes | every | Only with valid quality assurance.
--   rows | integer | 60 | Credentials in the table.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: Credentials are chosen for the unit group (ISCO-08) and region as a whole, up to five, without a limit of money or
--   time. Each skill that is asked for more than it is taught counts with its training-provision gap; where no training is
--   aligned with the occupation, with its demand share. A choice gains, for each skill, that weight times the probability
--   that at least one of its credentials teaches it. Chosen is what gains most; the page says what no choice could exceed.
--
--   A credential is credited with no more skills than its hours allow for, at 5 hours or more a skill; without stated hours
--   with two; one that names more than ten times what its hours allow for with none. Credentials that share content by declaration, or are the same course of one provider, do not add up. Teaching a
--   narrower, broader or sibling skill counts in part. General skills recommend no course: teamwork, languages,
--   what ESCO gives to more than a tenth of all unit groups, and what at least half of ten or more occupations ask for. They
--   count where something else speaks for a course: it states the occupation, or teaches a specific skill that is wanted,
--   and either enough of the occupation's ESCO skills or at least two wanted skills, half of what it teaches.
--
--   Left out are credentials that are withdrawn or over, whose applications are closed, full qualifications, mere
--   attendance, and those in a language in which less than a tenth of the region's vacancies are written. A stack is a bundle
--   whose credentials are joined by declared links, with one credit scheme and levels at most a step apart.
-- caveats:
--   It is a proposal for a typical worker of the occupation, of whom nothing is known. `skillsgap recommend` asks what a
--     person can do, has, and may spend.
--   The filters choose among these proposals; they do not choose anew within your limits. `skillsgap recommend` does.
--   A skill counts as closed where the credentials more likely teach it than not, as their descriptions say. Nobody has
--     tested what is learnt, and no outcome of learners enters here.
--   A gap of few vacancies is uncertain, and so is what is built on it: see the page on skills gaps.

-- shared:
WITH
newest AS (
  SELECT * FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id)
),
region_names AS (SELECT region_code, any_value(label) AS region FROM regions GROUP BY region_code),
occupation_names AS (
  SELECT occupation_code, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS occupation
  FROM occupations GROUP BY occupation_code
),
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
),
bundles AS (
  SELECT r.*, c.title, c.provider, c.url, c.delivery_mode, c.schedule, c.language, c.eqf_level, c.qa_status, c.qa_valid_to, c.application_deadline,
    c.starts_on, c.ends_on, c.places, c.source_id,
    max(r.rank) OVER bundle AS credentials, max(r.cumulative_gain) OVER bundle AS gain
  FROM recommendations r JOIN newest c USING (credential_id)
  WHERE starts_with(r.occupation_code, $occupation) AND (upper($region) = '' AND r.region_level = CASE $region_level WHEN 'country' THEN 0 ELSE 2 END OR upper($region) = r.region_code)
  WINDOW bundle AS (PARTITION BY r.region_code, r.occupation_code)
),
chosen AS (
  SELECT * FROM bundles
  WHERE ($max_price < 0 OR price <= $max_price) AND ($max_hours < 0 OR hours <= $max_hours)
    AND ($level = '' OR eqf_level::VARCHAR = $level) AND $delivery_mode IN ('every', delivery_mode) AND $schedule IN ('every', schedule)
    AND ($teaching_language = '' OR list_contains(language, $teaching_language))
    AND contains(lower(coalesce(provider, '') || ' ' || title), lower($provider))
    AND ($accredited = 'every' OR qa_status = 'valid')
)

-- section: figures
-- title: Key figures
-- grain: all bundles chosen
-- columns:
--   bundles | Bundles | integer note=stacks | bundles | One for each region and occupation with gaps and credentials that close some
--   credentials | Credentials | integer note=providers | credentials | Different credentials in them
--   share | Of what is wanted | share | 0..1 | What the bundles gain of the gaps they are for
--   price_stated | Price stated | integer of=credentials | credentials | The catalogue says what it costs
--   hours_stated | Hours stated | integer of=credentials note=hours_reckoned | credentials | The catalogue says how many hours it takes
--   accredited | Quality assured | integer of=credentials | credentials | Quality assurance is valid on the as-of date
--   stacks | Stacks | integer hidden | declared stacks | Bundles of credentials that add up in one credit scheme
--   providers | Providers | integer hidden | providers | Providers that offer them
--   hours_reckoned | Hours reckoned | integer hidden | reckoned from ECTS | It states ECTS alone: 25 hours each
SELECT count(DISTINCT bundle_id) AS bundles, count(DISTINCT credential_id) AS credentials,
  (SELECT sum(gain) / sum(wanted) FROM (SELECT DISTINCT bundle_id, gain, wanted FROM chosen)) AS share,
  count(DISTINCT credential_id) FILTER (price IS NOT NULL) AS price_stated,
  count(DISTINCT credential_id) FILTER (hours IS NOT NULL AND NOT hours_reckoned) AS hours_stated,
  count(DISTINCT credential_id) FILTER (qa_status = 'valid') AS accredited,
  count(DISTINCT bundle_id) FILTER (kind = 'stack') AS stacks,
  count(DISTINCT coalesce(provider, source_id)) AS providers,
  count(DISTINCT credential_id) FILTER (hours_reckoned) AS hours_reckoned
FROM chosen

-- section: bundles
-- title: What to take, for which region and occupation
-- text: The occupations with the widest gaps come first. A bundle is taken in the order of its rows.
-- grain: a credential of a bundle
-- empty: No recommendation is left by the choices.
-- columns:
--   bundle | For | text group | | Region and occupation
--   title | Credential | text link=url note=about | | Its title
--   adds | Adds | share | 0..1 | What it adds to those before it, of all that is wanted for the region and occupation
--   closes | Closes | text note=runner_up | | Skills more likely taught than not once it is taken; below, the next best in its place
--   price | Price | number digits=0 note=currency | currency | To the learner; empty where not stated
--   hours | Hours | number digits=0 note=credited_part | hours | Learner effort; where only ECTS are stated, 25 hours each; empty where neither
--   named_by | Named | integer | vacancies | Vacancies of the occupation and region that name it
--   stack | stack | flag | | The bundle is a declared stack
--   assured | quality assured | flag | | Quality assurance is valid
--   why | Why | text hidden | | Why it is in the bundle, and how sure that is
--   open_after | Stays open | text hidden | | Skills that stay open after it and those before it
--   about | About | text hidden | | Who offers it; how, when, at what level and in what language it is taught; last day for applications, days of the offer
--   runner_up | Next best | text hidden | | The best other credential in its place
--   currency | Currency | text hidden | | Of the price
--   credited_part | About the hours | text hidden | | Whether they are reckoned from ECTS, and what is credited where they allow for less than it names
--   url | Page | text hidden | | Page of the offer
--   rank | Place | integer hidden | place | In the order in which to take them
--   cumulative | So far | share hidden | 0..1 | What it and those before it gain, of all that is wanted
--   bound | At most | share hidden | 0..1 | No choice of five credentials gains more
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   occupation_code | ISCO-08 | text hidden | | Code of the group
--   credential_id | Credential id | text hidden | | The credential
--   command | Ask for a person | text hidden example | | Chooses anew for one person, within money, hours and time, and prints the plan
SELECT
  coalesce(rn.region, b.region_code) || ' · ' || coalesce(o.occupation, b.occupation_code) || ' (' || b.occupation_code || '): '
    || round(100 * b.gain / b.wanted)::INTEGER || ' % of the gaps; at most ' || round(100 * b.upper_bound / b.wanted)::INTEGER || ' % is possible. Stays open: '
    || coalesce((SELECT string_agg(n.skill, ', ' ORDER BY i) FROM (SELECT unnest(last.not_closed[1:3]) AS skill_uri, generate_subscripts(last.not_closed[1:3], 1) AS i) u LEFT JOIN skill_names n USING (skill_uri)), 'nothing')
    || CASE WHEN len(last.not_closed) > 3 THEN ' and ' || (len(last.not_closed) - 3) || ' more' ELSE '' END AS bundle,
  b.title,
  b.marginal_gain / b.wanted AS adds,
  coalesce((SELECT string_agg(n.skill, ', ' ORDER BY i) FROM (SELECT unnest(b.skills_closed) AS skill_uri, generate_subscripts(b.skills_closed, 1) AS i) u LEFT JOIN skill_names n USING (skill_uri)), 'none wholly') AS closes,
  b.price::DOUBLE AS price, b.hours, b.named_by,
  b.kind = 'stack' AS stack, b.qa_status = 'valid' AS assured,
  array_to_string(b.reasons, ' ') AS why,
  (SELECT string_agg(n.skill, ', ' ORDER BY i) FROM (SELECT unnest(b.not_closed) AS skill_uri, generate_subscripts(b.not_closed, 1) AS i) u LEFT JOIN skill_names n USING (skill_uri)) AS open_after,
  concat_ws(' · ', b.provider,
    nullif(replace(concat_ws(', ', b.delivery_mode, b.schedule, 'EQF ' || b.eqf_level, nullif(array_to_string(b.language, ', '), '')), '_', ' '), ''),
    nullif(concat_ws(', ', 'apply by ' || b.application_deadline, 'from ' || b.starts_on, 'until ' || b.ends_on), '')) AS about,
  'next best: ' || up.title || CASE WHEN b.runner_up_loss > 0 THEN ', ' || ceil(100 * b.runner_up_loss / b.wanted)::INTEGER || ' % less' ELSE ', as good' END AS runner_up,
  CASE WHEN b.price > 0 THEN b.currency END AS currency,
  nullif(concat_ws(', ', CASE WHEN b.hours_reckoned THEN 'reckoned from ECTS' END,
    CASE WHEN b.credited < 1 THEN 'credited at ' || round(100 * b.credited)::INTEGER || ' %' END), '') AS credited_part,
  b.url, b.rank, b.cumulative_gain / b.wanted AS cumulative, b.upper_bound / b.wanted AS bound,
  b.region_code, b.occupation_code, b.credential_id,
  'skillsgap recommend --occupation ' || b.occupation_code || ' --region ' || b.region_code || ' --hours 120' AS command
FROM chosen b
LEFT JOIN bundles last ON last.region_code = b.region_code AND last.occupation_code = b.occupation_code AND last.rank = last.credentials
LEFT JOIN newest up ON up.credential_id = b.runner_up_id
LEFT JOIN region_names rn ON rn.region_code = b.region_code LEFT JOIN occupation_names o ON o.occupation_code = b.occupation_code
ORDER BY b.wanted DESC, b.region_code, b.occupation_code, b.rank LIMIT $rows

-- section: credentials
-- title: The credentials recommended most
-- grain: a credential
-- empty: No recommendation is left by the choices.
-- columns:
--   title | Credential | text link=url note=provider | | Its title
--   bundles | Bundles | integer of=all_bundles bar | bundles | Bundles that it is in
--   adds | Adds | share | 0..1 | What it adds in them, of all that is wanted there
--   occupations | Occupations | integer | occupations | Groups of occupations that it is recommended for
--   regions | Regions | integer | regions | Regions that it is recommended in
--   provider | Provider | text hidden | | Who offers it
--   url | Page | text hidden | | Page of the offer
--   all_bundles | All bundles | integer hidden | bundles | All bundles chosen
--   credential_id | Credential id | text hidden | | The credential
SELECT any_value(title) AS title, count(*) AS bundles, sum(marginal_gain) / sum(wanted) AS adds,
  count(DISTINCT occupation_code) AS occupations, count(DISTINCT region_code) AS regions, any_value(provider) AS provider, any_value(url) AS url,
  (SELECT count(DISTINCT bundle_id) FROM chosen) AS all_bundles, credential_id
FROM chosen GROUP BY credential_id ORDER BY bundles DESC, credential_id LIMIT 25
