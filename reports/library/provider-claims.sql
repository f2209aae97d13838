-- title: Provider claims
-- question: Do learners fare as providers claim?
-- summary: What providers say of what becomes of their learners, in their words, beside what follow-ups measured. A claim is set
--   against a measurement only where both count the same thing, of the same people, at the same time.
-- order: 58
-- parameters:
--   provider | text | | Words of the name of a provider or of a title, in any case; empty for all.
--   rows | integer | 60 | Claims in each table.
-- method: Claims are read from catalogues as they stand. A claim is compared where it states a figure of a known definition, of whom
--   it is (all who left, or completers), how long after leaving, and of which period, all of which the dataset outcomes
--   defines likewise, and where people who left in that period were followed up. Everything else is “not comparable”, with the
--   first reason found.
--
--   Beside it stands what was measured of the same credential, population and horizon, of all mature cohorts together, with
--   its 95 % interval (of shares E. B. Wilson's, Journal of the American Statistical Association 22, 1927), the number who answered and
--   the response rate. A claim above the upper end of the interval claims more than was measured.
--
--   Indicators of employment are those of the European Social Fund Plus (Regulation (EU) 2021/1057, Annex I) and of quarterly practice,
--   each over all who left, not only completers; see the page on outcomes.
-- caveats:
--   A claim that differs from a measurement is not therefore untrue: the years, and who answers, may differ.
--   A claim inside the interval is not therefore proved: few answers make wide intervals.
--   “Not measured” says nothing of a claim.
--   Withheld measurements follow the rules on the page on uptake.

-- shared:
WITH
titles AS (SELECT credential_id, arg_max(title, version) AS title, arg_max(url, version) AS url FROM credentials GROUP BY credential_id),
/* The quarters of leaving of which outcomes are measured. */
followed AS (
  SELECT unit_code, horizon, indicator, min(cohort) AS first, max(cohort) AS last
  FROM outcomes WHERE unit_kind = 'credential' AND breakdown = 'TOTAL' AND cohort IS NOT NULL AND respondents > 0 GROUP BY ALL
),
beside AS (
  SELECT c.*, coalesce(t.title, c.credential_id) AS title, t.url, o.suppressed, o.rule, o.response_rate, f.first, f.last, o.unit_code IS NOT NULL AS measured,
    CASE population WHEN 'completers' THEN o.completers_value ELSE o.value END AS outcome,
    CASE population WHEN 'completers' THEN o.completers_low ELSE o.value_low END AS outcome_low,
    CASE population WHEN 'completers' THEN o.completers_high ELSE o.value_high END AS outcome_high,
    CASE population WHEN 'completers' THEN o.completers_respondents ELSE o.respondents END AS respondents,
    CASE c.unit WHEN 'percent' THEN c.value / 100 ELSE c.value END::DOUBLE AS claimed,
    c.unit <> 'percent' AND NOT starts_with(c.unit, o.currency) AS other_currency
  FROM provider_claims c LEFT JOIN titles t USING (credential_id)
  LEFT JOIN outcomes o ON c.comparable AND o.unit_kind = 'credential' AND o.unit_code = c.credential_id AND o.breakdown = 'TOTAL' AND o.cohort IS NULL
    AND o.indicator = c.indicator AND o.horizon = c.horizon
  LEFT JOIN followed f ON f.unit_code = o.unit_code AND f.horizon = o.horizon AND f.indicator = o.indicator
  WHERE contains(lower(coalesce(c.provider, '') || ' ' || coalesce(t.title, '')), lower($provider))
),
judged AS (
  SELECT *, CASE
      WHEN NOT comparable THEN 'not comparable'
      WHEN NOT measured THEN 'not measured'
      WHEN other_currency OR coalesce(period_to < first, false) OR coalesce(period_from > last + INTERVAL 3 MONTH, false) THEN 'not comparable'
      WHEN outcome IS NULL THEN 'not told'
      WHEN outcome_low IS NULL THEN 'beside a figure without interval'
      WHEN claimed > outcome_high THEN 'claims more than was measured'
      WHEN claimed < outcome_low THEN 'claims less than was measured'
      ELSE 'within the interval measured' END AS verdict,
    CASE WHEN NOT comparable THEN reason
      WHEN NOT measured THEN 'no outcome of this kind, so long after leaving, is known of this credential'
      WHEN other_currency THEN 'incomes are measured in another currency'
      WHEN period_to < first OR period_from > last + INTERVAL 3 MONTH THEN 'those followed up left in another period'
      WHEN outcome IS NULL AND contains(rule, 'attrition') THEN 'too few were reached'
      WHEN outcome IS NULL THEN 'withheld' END AS why
  FROM beside
),
worded AS (
  SELECT *, coalesce(wording, measure, 'no words') AS words,
    CASE WHEN value IS NULL THEN NULL WHEN unit = 'percent' THEN rtrim(rtrim(value::VARCHAR, '0'), '.') || ' %' ELSE rtrim(rtrim(value::VARCHAR, '0'), '.') || coalesce(' ' || unit, '') END AS stated,
    concat_ws(' · ', CASE population WHEN 'participants' THEN 'all who left' WHEN 'completers' THEN 'completers' ELSE coalesce(population_stated, 'of whom: not stated') END,
      CASE WHEN months_after IS NULL THEN 'how long after: not stated' WHEN months_after = 0 THEN 'on leaving' ELSE months_after || ' months after leaving' END,
      CASE WHEN period_from IS NULL AND period_to IS NULL THEN 'period: not stated' ELSE concat_ws(' to ', period_from::VARCHAR, period_to::VARCHAR) END) AS of_whom,
    'How: ' || coalesce(method, 'not stated') AS how
  FROM judged
)

-- section: figures
-- title: Key figures
-- grain: all claims chosen
-- columns:
--   more | Claim more than was measured | integer of=compared | claims | The claim lies above the interval measured
--   compared | Set against a measurement | integer of=claims | claims | Definitions match, and an outcome was measured
--   within | Within the interval | integer of=compared | claims | The claim lies in the interval measured
--   incomparable | Not comparable | integer of=claims | claims | They do not state what it takes, or another thing
--   claims | Claims | integer note=providers | claims | From all catalogues
--   providers | Providers | integer hidden | providers | That claim
SELECT count(*) FILTER (verdict = 'claims more than was measured') AS more, count(*) FILTER (outcome IS NOT NULL AND why IS NULL) AS compared,
  count(*) FILTER (verdict = 'within the interval measured') AS within, count(*) FILTER (verdict = 'not comparable') AS incomparable, count(*) AS claims,
  count(DISTINCT coalesce(provider, source)) AS providers
FROM judged

-- section: claims
-- title: Claims that can be compared
-- text: Those that claim more than was measured come first.
-- grain: a claim
-- empty: No claim can be compared: the tables below say why.
-- chart: dumbbell label=label from=claimed to=outcome rows=20 | Shares: claimed, and measured
-- columns:
--   words | Claim | text note=offer,of_whom,how | | In the provider's words; below, of what, of whom, when and how it was found
--   stated | Claimed | text | | The figure claimed
--   outcome | Measured | share interval=outcome_low,outcome_high instead=why | 0..1 | The same among learners of this credential, by follow-up
--   amount | Measured, income | number interval=amount_low,amount_high digits=0 note=currency | currency per month | The same, of an income
--   verdict | Beside one another | text note=why | | Whether the claim lies in the interval measured
--   respondents | Answers | integer note=left instead=no_base | answers | Learners behind the measurement: its base; below, the quarters in which they left
--   response_rate | Response | share | 0..1 | Who answered, of all who left; completers and others together
--   indicator | Indicator | text hidden | | Of the dataset outcomes
--   horizon | Horizon | text hidden | | Of the dataset outcomes
--   offer | Credential | text hidden | | Credential and provider
--   of_whom | Of whom and when | text hidden | | As the claim says
--   how | How found | text hidden | | As the claim says
--   label | Label | text hidden | | Credential and indicator
--   claimed | Claimed | share hidden | 0..1 | The figure claimed, of a share
--   outcome_low | Measured, lower end | share hidden | 0..1 | Of the 95 % interval
--   outcome_high | Measured, upper end | share hidden | 0..1 | Of the 95 % interval
--   amount_low | Income, lower end | number hidden | currency per month | Of the 95 % interval
--   amount_high | Income, upper end | number hidden | currency per month | Of the 95 % interval
--   currency | Currency | text hidden | | Of the income
--   left | Left in | text hidden | | First day of the first and last quarter
--   why | Why not | text hidden | | Why nothing is set beside the claim
--   no_base | Why no base | text hidden | | What stands in the place of the answers
--   source_url | Source | text hidden | | Page that the claim names
--   url | Page | text hidden | | Page of the offer
--   claim_id | Claim id | text hidden | | The claim
--   credential_id | Credential id | text hidden | | The credential
SELECT words, stated, CASE WHEN unit = 'percent' THEN outcome END AS outcome, CASE WHEN unit <> 'percent' THEN outcome END AS amount, verdict, respondents, response_rate, indicator, horizon,
  concat_ws(' · ', title, provider) AS offer, of_whom, how, title || ': ' || replace(indicator, '_', ' ') AS label, CASE WHEN unit = 'percent' THEN claimed END AS claimed,
  CASE WHEN unit = 'percent' THEN outcome_low END AS outcome_low, CASE WHEN unit = 'percent' THEN outcome_high END AS outcome_high,
  CASE WHEN unit <> 'percent' THEN outcome_low END AS amount_low, CASE WHEN unit <> 'percent' THEN outcome_high END AS amount_high, CASE WHEN unit <> 'percent' AND outcome IS NOT NULL THEN unit END AS currency,
  'left ' || year(first) || ' Q' || quarter(first) || ' to ' || year(last) || ' Q' || quarter(last) AS left, why, CASE WHEN respondents IS NULL THEN 'withheld' END AS no_base, source_url, url, claim_id, credential_id
FROM worded WHERE verdict NOT IN ('not comparable', 'not measured')
ORDER BY CASE verdict WHEN 'claims more than was measured' THEN 0 WHEN 'claims less than was measured' THEN 1 WHEN 'within the interval measured' THEN 2 ELSE 3 END,
  unit = 'percent' DESC, claimed - outcome DESC NULLS LAST, credential_id, claim_id LIMIT $rows

-- section: others
-- title: Claims that are not comparable, or not measured
-- text: What a claim would have to say to be set against a measurement.
-- grain: a claim
-- empty: Every claim chosen can be compared.
-- columns:
--   why | Why not | text group | | The first reason found
--   words | Claim | text note=offer | | In the provider's words
--   stated | Claimed | text | | The figure claimed
--   of_whom | Of whom and when | text note=how | | As the claim says
--   verdict | Verdict | text | | Not comparable, or not measured
--   offer | Credential | text hidden | | Credential and provider
--   how | How found | text hidden | | As the claim says
--   measure | Measure | text hidden | | What the source calls the figure
--   value | Value | number hidden | see the next column | The figure claimed
--   unit | Unit | text hidden | | Of the value
--   source_url | Source | text hidden | | Page that the claim names
--   claim_id | Claim id | text hidden | | The claim
--   credential_id | Credential id | text hidden | | The credential
SELECT upper(why[1]) || why[2:] AS why, words, stated, of_whom, verdict, concat_ws(' · ', title, provider) AS offer, how, measure, value, unit, source_url, claim_id, credential_id
FROM worded WHERE verdict IN ('not comparable', 'not measured')
QUALIFY row_number() OVER (PARTITION BY why ORDER BY credential_id, claim_id) <= $rows
ORDER BY verdict, count(*) OVER (PARTITION BY why) DESC, why, credential_id, claim_id

-- section: reasons
-- title: What keeps claims from being compared
-- grain: a reason
-- empty: Every claim chosen can be compared.
-- chart: bars label=why value=claims rows=12 | Claims by the first reason that keeps them from being compared
-- columns:
--   why | Reason | text | | The first reason found
--   claims | Claims | integer of=all_claims note=providers | claims | Claims, of all chosen
--   providers | Providers | integer hidden | providers | That claim
--   all_claims | All | integer hidden | claims | All claims chosen
SELECT upper(why[1]) || why[2:] AS why, count(*) AS claims, count(DISTINCT coalesce(provider, source)) AS providers, (SELECT count(*) FROM judged) AS all_claims
FROM judged WHERE why IS NOT NULL GROUP BY ALL ORDER BY claims DESC, why

-- section: nothing
-- title: Is there a claim?
-- grain: a reason why there is none
-- columns:
--   message | Message | text | | What is missing
SELECT CASE WHEN (SELECT count(*) FROM provider_claims) = 0 THEN
    'No catalogue states a claim that is read. Feeds of the format ctdl carry them, as outcomes of aggregate data profiles.'
  ELSE 'No claim is of a provider or credential called ' || $provider || '.' END AS message
WHERE (SELECT count(*) FROM judged) = 0
