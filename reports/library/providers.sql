-- title: Providers and catalogues
-- question: How good are the providers' offers?
-- summary: Each provider and each catalogue: what its credentials are, how complete their descriptions, whether their quality
--   is assured today, what they take and cost, and how much of what they teach is asked for.
-- order: 27
-- parameters:
--   country | text | | Country of delivery or, online, of the provider, ISO 3166-1 code; empty for all.
--   provider | text | | Words of the name of a provider, in any case; empty for all.
--   catalogue | text | | Name of a catalogue (feed); empty for all.
--   rows | integer | 60 | Providers in the table.
-- method: Counts credentials on offer: the newest version of each, unless the catalogue has withdrawn it, it ended before the
--   month of the newest figures, or it repeats another one exactly. A provider is known by its id or, without one, by its
--   name; the same provider under two names is two.
--
--   Quality assurance is as of the day of the run: a label that ran out the day before is not valid. Hours and prices are
--   medians of those stated, the lower one of two in the middle; prices in the currency that the provider states most
--   often. Asked are the skills that vacancies of the occupations that a credential is for ask for, of an online
--   credential in the country with the most vacancies of the occupation; see the page on alignment.
-- caveats:
--   What is not stated is left out of the description, not absent from the course. No price stated is not free.
--   Of a provider with few credentials, figures tell little.

-- shared:
WITH
on_offer AS (
  SELECT *, coalesce(provider_id, provider, '') AS provider_key
  FROM (FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id))
  WHERE withdrawn_on IS NULL AND duplicate_of IS NULL AND coalesce(ends_on >= (SELECT max(month) FROM cells), true)
    AND upper($country) IN ('', country) AND $catalogue IN ('', source)
    AND contains(lower(coalesce(provider, '')), lower($provider))
),
/* One row for each credential and occupation that it is for: of the countries of an online one that with the most vacancies. */
pairs AS (
  SELECT credential_id, arg_min(skills_asked, (-n_effective, region_code)) AS skills_asked, max(skills_taught) AS skills_taught,
    bool_or(ageing) AS ageing
  FROM alignment WHERE main GROUP BY credential_id, occupation_code
),
/* One row for each credential: its sums over the occupations that it is for. */
judged AS (
  SELECT credential_id, sum(skills_asked)::BIGINT AS asked, sum(skills_taught)::BIGINT AS taught, bool_or(ageing) AS ageing
  FROM pairs GROUP BY credential_id
),
/* Each credential counts for its provider and for its catalogue. */
counted AS (
  SELECT 'provider' AS level, provider_key AS code, o.*, j.* EXCLUDE (credential_id) FROM on_offer o LEFT JOIN judged j USING (credential_id)
  UNION ALL
  SELECT 'catalogue', source, o.*, j.* EXCLUDE (credential_id) FROM on_offer o LEFT JOIN judged j USING (credential_id)
),
priced AS (
  SELECT level, code, currency, count(*) AS prices, quantile_disc(price, 0.5) AS price
  FROM counted WHERE price IS NOT NULL AND currency IS NOT NULL GROUP BY level, code, currency
  QUALIFY row_number() OVER (PARTITION BY level, code ORDER BY count(*) DESC, currency) = 1
),
summary AS (
  SELECT level, code, coalesce(any_value(CASE WHEN level = 'provider' THEN provider ELSE source END), 'Provider not known') AS name,
    count(*) AS credentials,
    count(*) FILTER (conformity = 'micro_credential') AS micro_credentials,
    nullif(count(*) FILTER (coalesce(conformity, 'unknown') = 'unknown'), 0) AS unknown_kind,
    count(*) FILTER (qa_status = 'valid') AS qa_valid,
    nullif(count(*) FILTER (qa_status IN ('expired', 'suspended', 'withdrawn')), 0) AS qa_ended,
    sum(len(elements_present))::BIGINT AS elements,
    sum(len(elements_present) + len(elements_missing))::BIGINT AS all_elements,
    quantile_disc(hours, 0.5) AS hours, count(hours) AS hours_stated,
    sum(asked)::BIGINT AS asked, sum(taught)::BIGINT AS taught,
    count(*) FILTER (ageing) AS ageing, count(ageing) AS judged
  FROM counted GROUP BY level, code
)

-- section: figures
-- title: Key figures
-- grain: all credentials chosen
-- columns:
--   credentials | Credentials on offer | integer note=providers | credentials | From all catalogues, without repeats
--   micro_credentials | Micro-credentials | integer of=credentials | credentials | Pass all four tests of a micro-credential
--   qa_valid | Quality assured today | integer of=credentials note=qa_ended | credentials | With a label that is valid on the day of the run
--   elements | Elements stated | integer of=all_elements | elements | Of the nine that the EU Council Recommendation (2022) asks an offer to state
--   asked | Taught and asked | integer of=taught | skills | Skills that they teach and vacancies ask for, of all they teach
--   ageing | Ageing | integer of=judged | credentials | Half or more of what they teach is declining; of those with a trend
--   providers | Providers | integer hidden | providers | With at least one credential on offer
--   qa_ended | Ended | integer hidden | run out, suspended or withdrawn | Labels that are valid no more
--   all_elements | All elements | integer hidden | elements | Nine for each credential
--   taught | Taught | integer hidden | skills | Skills that they teach, once for each credential and occupation
--   judged | With a trend | integer hidden | credentials | Whose demand is known in both years
SELECT sum(credentials)::BIGINT AS credentials, sum(micro_credentials)::BIGINT AS micro_credentials,
  sum(qa_valid)::BIGINT AS qa_valid, sum(elements)::BIGINT AS elements, sum(asked)::BIGINT AS asked, sum(ageing)::BIGINT AS ageing,
  count(DISTINCT code) FILTER (code <> '') AS providers, sum(qa_ended)::BIGINT AS qa_ended, sum(all_elements)::BIGINT AS all_elements, sum(taught)::BIGINT AS taught, sum(judged)::BIGINT AS judged
FROM summary WHERE level = 'provider'

-- section: providers
-- title: Providers, the largest first
-- grain: a provider
-- empty: No provider chosen has a credential on offer.
-- columns:
--   name | Provider | text | | As the catalogue names it
--   credentials | Credentials | integer | credentials | On offer
--   micro_credentials | Micro-credentials | integer of=credentials note=unknown_kind | credentials | Pass all four tests
--   qa_valid | Quality assured | integer of=credentials note=qa_ended | credentials | With a label that is valid on the day of the run
--   elements | Elements stated | integer of=all_elements | elements | Of the nine that an offer should state
--   hours | Hours | number digits=0 note=hours_stated | hours | Median learner effort
--   price | Price | number digits=0 note=currency,prices | currency | Median full price to the learner
--   asked | Taught and asked | integer of=taught | skills | Skills that they teach and vacancies ask for, of all they teach
--   ageing | Ageing | integer of=judged | credentials | Half or more of what they teach is declining; of those with a trend
--   unknown_kind | Unknown kind | integer hidden | unknown | Fail no test, but one is not stated
--   qa_ended | Ended | integer hidden | ended | Labels run out, suspended or withdrawn
--   all_elements | All elements | integer hidden | elements | Nine for each credential
--   hours_stated | Hours stated | integer hidden | state them | Credentials that state their hours
--   prices | Prices stated | integer hidden | state it | Credentials with a price in that currency
--   currency | Currency | text hidden | | ISO 4217
--   taught | Taught | integer hidden | skills | Skills that they teach, once for each credential and occupation
--   judged | With a trend | integer hidden | credentials | Whose demand is known in both years
--   code | Provider id | text hidden | | Id, or name where there is no id
SELECT name, credentials, micro_credentials, qa_valid, elements, hours, price, asked, ageing,
  unknown_kind, qa_ended, all_elements, hours_stated, prices, currency, taught, judged, code
FROM summary LEFT JOIN priced USING (level, code)
WHERE level = 'provider' ORDER BY credentials DESC, code LIMIT $rows

-- section: catalogues
-- title: Catalogues
-- grain: a catalogue
-- empty: No catalogue has a credential on offer that was chosen.
-- columns:
--   name | Catalogue | text | | Name of the feed
--   credentials | Credentials | integer | credentials | On offer
--   micro_credentials | Micro-credentials | integer of=credentials note=unknown_kind | credentials | Pass all four tests
--   qa_valid | Quality assured | integer of=credentials note=qa_ended | credentials | With a label that is valid on the day of the run
--   elements | Elements stated | integer of=all_elements | elements | Of the nine that an offer should state
--   hours | Hours | number digits=0 note=hours_stated | hours | Median learner effort
--   price | Price | number digits=0 note=currency,prices | currency | Median full price to the learner
--   asked | Taught and asked | integer of=taught | skills | Skills that they teach and vacancies ask for, of all they teach
--   ageing | Ageing | integer of=judged | credentials | Half or more of what they teach is declining; of those with a trend
--   unknown_kind | Unknown kind | integer hidden | unknown | Fail no test, but one is not stated
--   qa_ended | Ended | integer hidden | ended | Labels run out, suspended or withdrawn
--   all_elements | All elements | integer hidden | elements | Nine for each credential
--   hours_stated | Hours stated | integer hidden | state them | Credentials that state their hours
--   prices | Prices stated | integer hidden | state it | Credentials with a price in that currency
--   currency | Currency | text hidden | | ISO 4217
--   taught | Taught | integer hidden | skills | Skills that they teach, once for each credential and occupation
--   judged | With a trend | integer hidden | credentials | Whose demand is known in both years
SELECT name, credentials, micro_credentials, qa_valid, elements, hours, price, asked, ageing,
  unknown_kind, qa_ended, all_elements, hours_stated, prices, currency, taught, judged
FROM summary LEFT JOIN priced USING (level, code)
WHERE level = 'catalogue' ORDER BY credentials DESC, code

-- section: nothing
-- title: Do the choices leave a credential?
-- grain: a reason why they do not
-- columns:
--   message | Message | text | | What no credential on offer has
SELECT CASE WHEN (SELECT count(*) FROM credentials) = 0 THEN 'There are no credentials.'
  ELSE 'No credential on offer has ' || concat_ws(' and ',
    CASE WHEN $country <> '' THEN 'country ' || $country END,
    CASE WHEN $catalogue <> '' THEN 'catalogue ' || $catalogue END,
    CASE WHEN $provider <> '' THEN 'provider ' || $provider END,
    CASE WHEN $country || $catalogue || $provider = '' THEN 'a last day still to come' END) || '.'
  END AS message
WHERE (SELECT count(*) FROM on_offer) = 0
