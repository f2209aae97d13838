-- title: Why a gap moved
-- question: Which gaps are others than in the night before, and why?
-- summary: For each skill whose gap has moved since the snapshot of an earlier day, by how much, and how much of that is
--   due to vacancies that came, to vacancies that count no more, to the catalogues, and to the same records being linked
--   or weighted otherwise.
-- order: 12
-- parameters:
--   region | text | | Code of a region (NUTS) or country, in any case; empty for all.
--   occupation | text | | ISCO-08 digits, the URI of an ESCO occupation, or TOTAL; empty for all.
--   region_level | every, country, nuts1, nuts2 | every | Level of regions.
--   occupation_level | every, all, isco1, isco2, isco4, occupation | every | Level of occupations.
--   rows | integer | 40 | Rows of each table.
--   language | text | en | Language of the names, as BCP 47; English where a name is not in it.
-- method: Two snapshots are compared: this one, and of those kept the newest of an earlier as-of date. Each gap is the one
--   of twelve months that end with the newest month. What has moved it is divided into four parts, which add up to the
--   change.
--
--   First the vacancies and credentials that both snapshots hold are set side by side: where they are read, linked or
--   aligned otherwise, by another program, taxonomy or model, or count for more or fewer posts, since official totals or
--   the number of vacancies that stand for them are others, that is the part “linked or weighted otherwise”. Then vacancies
--   leave, since the twelve months have passed them, a newer version has followed, they repeat another or their feed has
--   gone; and others come.
--   Of the two orders in which that can be computed the mean counts (Das Gupta 1993; the same as the Shapley value). The
--   part of the catalogues is that of the supply, which is subtracted.
--
--   A gap has moved where it is another by a tenth of a percentage point or more. Gaps that are published, or were, in
--   one of the two snapshots alone are not divided: most often a cell or a skill has passed the least number of vacancies.
-- caveats:
--   A change between two nights is seldom larger than the gap's own interval: the parts say what moved the figure, not
--     whether the labour market has changed.
--   Withdrawn vacancies stay in the twelve months in which they were posted, and move no gap.

-- shared:
WITH
skill_names AS (
  SELECT skill_uri, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS skill
  FROM skill_labels WHERE kind = 'preferred' GROUP BY skill_uri
),
occupation_names AS (
  SELECT occupation_code, arg_min(label, CASE language WHEN $language THEN '0' WHEN 'en' THEN '1' ELSE '2' || language END) AS occupation
  FROM occupations GROUP BY occupation_code
),
chosen AS (
  SELECT c.*, coalesce(r.label, c.region_code) AS region, coalesce(o.occupation, c.occupation_code) AS occupation, coalesce(n.skill, c.skill_uri) AS skill,
    c.after - c.before AS moved, g.gap_low, g.gap_high,
    'skillsgap explain skill_gaps.share_gap region=' || c.region_code
      || CASE WHEN c.occupation_code <> 'TOTAL' THEN ' occupation=' || c.occupation_code ELSE '' END || ' skill=' || c.skill_uri AS command
  FROM gap_changes c
  LEFT JOIN (FROM skill_gaps WHERE period = '12m' AND month = (SELECT max(month) FROM gap_changes)) g USING (month, region_code, occupation_code, skill_uri)
  LEFT JOIN regions r USING (region_code)
  LEFT JOIN occupation_names o USING (occupation_code)
  LEFT JOIN skill_names n USING (skill_uri)
  WHERE upper($region) IN ('', c.region_code) AND upper($occupation) IN ('', upper(c.occupation_code))
    AND $region_level IN ('every', CASE c.region_level WHEN 0 THEN 'country' WHEN 1 THEN 'nuts1' WHEN 2 THEN 'nuts2' END)
    AND $occupation_level IN ('every', c.occupation_level)
)

-- section: figures
-- title: Key figures
-- grain: the whole snapshot
-- empty: No gap is another than in the snapshot before, or there is none of an earlier day yet.
-- columns:
--   months | Months | text group | | The twelve months of the gaps
--   compared | Compared with | text group | | As-of date of the snapshot before
--   moved | Gaps that moved | integer | gaps | By a tenth of a percentage point or more
--   wider | Of these, wider | integer | gaps | The gap is larger than before
--   appeared | Gaps that appeared | integer | gaps | Published now, not before
--   disappeared | Gaps that disappeared | integer | gaps | Published before, not now
SELECT strftime(month, 'twelve months to %B %Y') AS months, strftime(compared_with, 'compared with %-d %B %Y') AS compared,
  count(*) FILTER (change = 'moved') AS moved, count(*) FILTER (moved > 0) AS wider,
  count(*) FILTER (change = 'appeared') AS appeared, count(*) FILTER (change = 'disappeared') AS disappeared
FROM chosen GROUP BY ALL

-- section: moved
-- title: What moved the gaps
-- text: Those that moved the most, first. The four parts add up to the change.
-- grain: a skill in a cell
-- reading: In {region}, the gap in “{skill}” of {occupation} was {before} and is {after}. Vacancies that came moved it by
--   {new_vacancies} percentage points, those that count no more by {left_vacancies}, the catalogues by {catalogue}, and
--   the same records being linked or weighted otherwise by {model}.
-- empty: No gap has moved, or there is no snapshot of an earlier day yet.
-- columns:
--   region | Region | text | | Name of the region
--   occupation | Occupations | text | | Name of the occupations
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   before | Gap before | points hidden | -1..1 | Demand share less supply share in the snapshot before
--   after | Gap now | points interval=gap_low,gap_high | -1..1 | The same in this snapshot
--   moved | Change | points | -2..2 | Gap now less gap before
--   new_vacancies | Vacancies that came | points note=new | -2..2 | Part of vacancies that did not count before
--   left_vacancies | Vacancies that left | points note=left | -2..2 | Part of vacancies that count no more
--   catalogue | Catalogues | points | -2..2 | Part of the supply of training
--   model | Linked or weighted otherwise | points | -2..2 | Part of the same records, read, linked or aligned otherwise, or weighted otherwise to official totals
--   demand_before | Demand before | share hidden | 0..1 | Demand share in the snapshot before
--   demand_after | Demand now | share hidden | 0..1 | Demand share in this snapshot
--   supply_before | Supply before | share hidden | 0..1 | Supply share in the snapshot before
--   supply_after | Supply now | share hidden | 0..1 | Supply share in this snapshot
--   gap_low | Gap, low | points hidden | -1..1 | Lower end of its 95 % interval
--   gap_high | Gap, high | points hidden | -1..1 | Upper end of its 95 % interval
--   new | Vacancies that came | integer hidden | vacancies | Vacancies of the cell that did not count before
--   left | Vacancies that left | integer hidden | vacancies | Vacancies of the cell that count no more
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   occupation_code | Occupation code | text hidden | | TOTAL, ISCO-08 digits or ESCO URI
--   skill_uri | Skill URI | text hidden | | ESCO skill
--   command | Records behind it | text hidden example | | Shows what the gap of the first row rests on now: the formula with its figures, and the vacancies and credentials behind it. For another row, put the codes of its cell and the URI of its skill (in the CSV file) in the place of these.
SELECT region, occupation, skill, before, after, moved, new_vacancies, left_vacancies, catalogue, model,
  demand_before, demand_after, supply_before, supply_after, gap_low, gap_high, "new", "left", region_code, occupation_code, skill_uri, command
FROM chosen WHERE change = 'moved' ORDER BY abs(moved) DESC, region_level, region_code, occupation_level, occupation_code, skill_uri LIMIT $rows

-- section: appeared
-- title: Gaps that appeared or disappeared
-- text: The widest first.
-- grain: a skill in a cell
-- empty: None, or there is no snapshot of an earlier day yet.
-- columns:
--   change | Change | text | | appeared: published now, not before; disappeared: the reverse
--   region | Region | text | | Name of the region
--   occupation | Occupations | text | | Name of the occupations
--   skill | Skill | text link=skill_uri | | Preferred ESCO name
--   gap | Gap | points | -1..1 | The gap in the snapshot that has it
--   new | Vacancies that came | integer | vacancies | Vacancies of the cell that did not count before
--   left | Vacancies that left | integer | vacancies | Vacancies of the cell that count no more
--   region_code | Region code | text hidden | | NUTS code, or ISO code of a country
--   occupation_code | Occupation code | text hidden | | TOTAL, ISCO-08 digits or ESCO URI
--   skill_uri | Skill URI | text hidden | | ESCO skill
SELECT change, region, occupation, skill, coalesce(after, before) AS gap, "new", "left", region_code, occupation_code, skill_uri
FROM chosen WHERE change <> 'moved' ORDER BY abs(gap) DESC, region_level, region_code, occupation_level, occupation_code, skill_uri LIMIT $rows
