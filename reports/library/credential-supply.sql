-- title: Credential supply
-- question: What training is on offer, and what does it teach?
-- summary: Every credential, course and badge in the catalogues, as of the last run: where and how it is taught, how
--   long it takes, what it costs, what its description leaves out, and the skills it teaches most.
-- order: 20
-- parameters:
--   country | text | | Country of delivery or, online, of the provider, ISO 3166-1 code; empty for all.
--   conformity | every, micro_credential, short_course, attendance_only, full_qualification, unknown | every | Kind of
--     credential by the four tests of a micro-credential.
--   delivery_mode | every, online, in_person, blended | every | How it is taught.
--   rows | integer | 25 | Skills in the table of skills taught.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: Counts credentials on offer: the newest version of each, unless the catalogue has withdrawn it, it ended before
--   the month of the newest figures, or it repeats another one exactly. A share is of all credentials that the
--   parameters choose.
--
--   What kind a credential is follows from four tests, after the criteria by which UNESCO and the European Training
--   Foundation define micro-credentials: is something assessed, is its volume smaller than a full qualification's, does
--   it have a value of its own, is its quality assured. All passed: micro-credential. None failed, but some not stated:
--   unknown. The elements that a description should have are those of the EU Council Recommendation (2022).
--
--   A credential teaches a skill where its catalogue says so, by URI or by name, or where the skill was found in its
--   title, outcomes or description.
-- caveats:
--   "Not stated" is what the catalogue leaves out, not what the credential lacks. No price stated is not free, and a
--     credential of unknown kind may be a micro-credential.
--   An online credential is held nowhere: it has its provider's country at most, and is in no region here. In the skills
--     gaps it counts in every region.
--   Places are those of one start where the catalogue gives no other number.

-- shared:
WITH
newest AS (
  SELECT * FROM credentials QUALIFY version = max(version) OVER (PARTITION BY credential_id)
),
/* What ended before the month of the newest figures is over; without figures, nothing is. */
on_offer AS (
  SELECT * FROM newest
  WHERE withdrawn_on IS NULL AND duplicate_of IS NULL AND coalesce(ends_on >= (SELECT max(month) FROM cells), true)
    AND upper($country) IN ('', country)
    AND $conformity IN ('every', conformity)
    AND $delivery_mode IN ('every', delivery_mode)
),
taught AS (
  SELECT DISTINCT credential_id, skill_uri FROM credential_skills
  WHERE relation IN ('teaches', 'assesses') AND credential_id IN (SELECT credential_id FROM on_offer)
),
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
)

-- section: figures
-- title: Key figures
-- grain: all credentials chosen
-- columns:
--   credentials | Credentials on offer | integer | credentials | From all catalogues, without repeats
--   micro_credentials | Micro-credentials | integer of=credentials note=unknown_kind | credentials | Pass all four tests of a micro-credential
--   online | Online | integer of=credentials | credentials | Taught online only
--   places_stated | Places stated | integer of=credentials | credentials | The catalogue says how many can take part
--   price_stated | Price stated | integer of=credentials note=free | credentials | The catalogue says what it costs
--   skills | Skills taught | integer note=without_skills | skills | ESCO skills that at least one of them teaches
--   unknown_kind | Unknown kind | integer hidden | of unknown kind | Fail no test, but their description leaves one open
--   free | Free of charge | integer hidden | free of charge | Price stated as zero
--   without_skills | Without skills | integer hidden | teach none that was found | Credentials without any skill
SELECT count(*) AS credentials,
  count(*) FILTER (conformity = 'micro_credential') AS micro_credentials,
  count(*) FILTER (delivery_mode = 'online') AS online,
  count(places) AS places_stated,
  count(price) AS price_stated,
  (SELECT count(DISTINCT skill_uri) FROM taught) AS skills,
  count(*) FILTER (conformity = 'unknown') AS unknown_kind,
  count(*) FILTER (price = 0) AS free,
  count(*) FILTER (credential_id NOT IN (SELECT credential_id FROM taught)) AS without_skills
FROM on_offer

-- section: skills
-- title: The skills taught most
-- grain: a skill
-- empty: No skill was found in the credentials chosen.
-- chart: bars label=skill value=credentials rows=15 | Credentials that teach a skill
-- columns:
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   credentials | Credentials | integer of=all_credentials | credentials | Credentials that teach or assess the skill; share of all chosen
--   online | Online | integer of=credentials | credentials | Of these, taught online only
--   micro_credentials | Micro-credentials | integer of=credentials note=unknown_kind | credentials | Of these, those that pass all four tests
--   providers | Providers | integer | providers | Providers that offer them
--   digital | digital | flag | | In ESCO's digital collection
--   green | green | flag | | In ESCO's green collection
--   transversal | transversal | flag | | In ESCO's transversal collection
--   language_skill | language | flag | | In ESCO's language collection
--   unknown_kind | Unknown kind | integer hidden | unknown | Of these, those whose description leaves a test open
--   all_credentials | All credentials | integer hidden | credentials | All credentials chosen
--   skill_uri | Skill URI | text hidden | | ESCO skill
SELECT coalesce(any_value(n.skill), skill_uri) AS skill, count(*) AS credentials,
  count(*) FILTER (c.delivery_mode = 'online') AS online,
  count(*) FILTER (c.conformity = 'micro_credential') AS micro_credentials,
  count(DISTINCT coalesce(c.provider_id, c.provider)) AS providers,
  any_value(s.digital) AS digital, any_value(s.green) AS green,
  any_value(s.transversal) AS transversal, any_value(s.language_skill) AS language_skill,
  nullif(count(*) FILTER (c.conformity = 'unknown'), 0) AS unknown_kind,
  (SELECT count(*) FROM on_offer) AS all_credentials, skill_uri
FROM taught JOIN on_offer c USING (credential_id) LEFT JOIN skills s USING (skill_uri) LEFT JOIN skill_names n USING (skill_uri)
GROUP BY skill_uri ORDER BY credentials DESC, skill_uri LIMIT $rows

-- section: features
-- title: How it is taught, how long it takes, what it costs
-- text: "Not stated" is what the catalogue leaves out.
-- grain: a value of a feature
-- columns:
--   feature | Feature | text group | | What is described
--   item | Value | text | | Its value, or a band of values
--   credentials | Credentials | integer of=all_credentials bar | credentials | Credentials with it; share of all chosen
--   all_credentials | All credentials | integer hidden | credentials | All credentials chosen
SELECT feature, item, count(*) AS credentials, (SELECT count(*) FROM on_offer) AS all_credentials
FROM (
  SELECT unnest([
    {n: 1, feature: 'Kind', place: 0, item: replace(coalesce(conformity, 'unknown'), '_', '-')},
    {n: 2, feature: 'Delivery', place: 0, item: coalesce(replace(delivery_mode, '_', ' '), 'not stated')},
    {n: 3, feature: 'Schedule', place: 0, item: coalesce(replace(schedule, '_', ' '), 'not stated')},
    {n: 4, feature: 'Learner effort', place: CASE WHEN hours IS NULL THEN 9 WHEN hours <= 8 THEN 1 WHEN hours <= 40 THEN 2 WHEN hours <= 160 THEN 3 WHEN hours <= 600 THEN 4 ELSE 5 END,
      item: CASE WHEN hours IS NULL THEN 'not stated' WHEN hours <= 8 THEN 'up to 8 hours' WHEN hours <= 40 THEN 'over 8, up to 40 hours'
        WHEN hours <= 160 THEN 'over 40, up to 160 hours' WHEN hours <= 600 THEN 'over 160, up to 600 hours' ELSE 'over 600 hours' END},
    {n: 5, feature: 'Level (European Qualifications Framework)', place: coalesce(eqf_level, 9), item: coalesce('EQF ' || eqf_level, 'not stated')},
    {n: 6, feature: 'Price', place: CASE WHEN price IS NULL THEN 9 WHEN price = 0 THEN 1 WHEN price <= 100 THEN 2 WHEN price <= 500 THEN 3 WHEN price <= 2000 THEN 4 ELSE 5 END,
      item: CASE WHEN price IS NULL THEN 'not stated' WHEN price = 0 THEN 'free of charge'
        ELSE CASE WHEN price <= 100 THEN 'up to 100 ' WHEN price <= 500 THEN 'over 100, up to 500 ' WHEN price <= 2000 THEN 'over 500, up to 2,000 ' ELSE 'over 2,000 ' END || coalesce(currency, '(currency not stated)') END},
    {n: 7, feature: 'Places', place: 0, item: CASE WHEN places IS NULL THEN 'not stated' ELSE 'stated' END},
    {n: 8, feature: 'Quality assurance', place: 0, item: coalesce(qa_status, CASE WHEN qa_scheme IS NULL THEN 'not stated' ELSE 'scheme named, status not known' END)}
  ], recursive := true) FROM on_offer
)
GROUP BY n, feature, place, item
ORDER BY n, place, item = 'not stated', credentials DESC, item

-- section: elements
-- title: What the descriptions state and leave out
-- text: The elements of the EU Council Recommendation on micro-credentials (2022) that an offer can have.
-- grain: an element
-- columns:
--   element | Element | text | | Element of the Recommendation
--   stated | Stated | integer of=all_credentials bar | credentials | Credentials whose description has it; share of all chosen
--   missing | Missing | integer of=all_credentials | credentials | Credentials whose description lacks it
--   all_credentials | All credentials | integer hidden | credentials | All credentials chosen
SELECT replace(element, '_', ' ') AS element, count(*) FILTER (stated) AS stated, count(*) FILTER (NOT stated) AS missing,
  (SELECT count(*) FROM on_offer) AS all_credentials
FROM (
  SELECT unnest(elements_present) AS element, true AS stated FROM on_offer
  UNION ALL
  SELECT unnest(elements_missing), false FROM on_offer
)
GROUP BY element ORDER BY stated, element

-- section: tests
-- title: The four tests of a micro-credential
-- text: After UNESCO and the European Training Foundation. What is not stated neither passes nor fails.
-- grain: a test
-- columns:
--   test | Test | text | | Test of the definition
--   passed | Passed | integer of=all_credentials bar | credentials | Credentials that pass it
--   failed | Failed | integer of=all_credentials | credentials | Credentials that fail it
--   not_stated | Not stated | integer of=all_credentials | credentials | Credentials whose description does not tell
--   all_credentials | All credentials | integer hidden | credentials | All credentials chosen
SELECT replace(split_part(outcome, '=', 1), '_', ' ') AS test,
  count(*) FILTER (split_part(outcome, '=', 2) = 'pass') AS passed,
  count(*) FILTER (split_part(outcome, '=', 2) = 'fail') AS failed,
  count(*) FILTER (split_part(outcome, '=', 2) = 'not_stated') AS not_stated,
  (SELECT count(*) FROM on_offer) AS all_credentials
FROM (SELECT unnest(conformity_tests) AS outcome FROM on_offer)
GROUP BY test ORDER BY passed, test

-- section: regions
-- title: Where it is taught
-- grain: a region, down to NUTS 2
-- columns:
--   country | Country | text group | | Country of delivery
--   region | Region | text | | NUTS 2 region, or the finest known above it
--   credentials | Credentials | integer | credentials | Credentials on offer
--   in_person | In person | integer | credentials | Of these, in person
--   blended | Blended | integer | credentials | Of these, partly online
--   online | Online | integer | credentials | Of these, online only
--   places_stated | Places stated | integer of=credentials | credentials | Of these, with a number of places
--   places | Places | integer | places | Sum of the places stated
--   micro_credentials | Micro-credentials | integer of=credentials note=unknown_kind | credentials | Of these, those that pass all four tests
--   unknown_kind | Unknown kind | integer hidden | unknown | Of these, those whose description leaves a test open
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
SELECT coalesce(any_value(k.label), c.country, 'Country not known') AS country,
  CASE WHEN region_code IS NULL THEN 'Region not known' ELSE coalesce(any_value(p.label), region_code) END AS region,
  count(*) AS credentials,
  count(*) FILTER (delivery_mode = 'in_person') AS in_person,
  count(*) FILTER (delivery_mode = 'blended') AS blended,
  count(*) FILTER (delivery_mode = 'online') AS online,
  count(places) AS places_stated, sum(places)::BIGINT AS places,
  count(*) FILTER (conformity = 'micro_credential') AS micro_credentials,
  nullif(count(*) FILTER (conformity = 'unknown'), 0) AS unknown_kind,
  region_code
FROM (
  SELECT o.* EXCLUDE (region_code), CASE WHEN o.region_level = 3 THEN r.parent_code ELSE o.region_code END AS region_code
  FROM on_offer o LEFT JOIN regions r USING (region_code)
) c
LEFT JOIN regions p USING (region_code) LEFT JOIN regions k ON k.region_code = c.country
GROUP BY c.country, region_code
ORDER BY c.country IS NULL, country, region_code IS NULL, credentials DESC, region_code

-- section: nothing
-- title: Do the choices leave a credential?
-- grain: a reason why they do not
-- columns:
--   message | Message | text | | What no credential on offer has
SELECT CASE WHEN (SELECT count(*) FROM credentials) = 0 THEN 'There are no credentials.'
  ELSE 'No credential on offer has ' || concat_ws(' and ',
    CASE WHEN $country <> '' THEN 'country ' || $country END,
    CASE WHEN $conformity <> 'every' THEN 'conformity ' || $conformity END,
    CASE WHEN $delivery_mode <> 'every' THEN 'delivery mode ' || $delivery_mode END,
    CASE WHEN $country = '' AND $conformity = 'every' AND $delivery_mode = 'every' THEN 'a last day still to come' END) || '.'
  END AS message
WHERE (SELECT count(*) FROM on_offer) = 0
