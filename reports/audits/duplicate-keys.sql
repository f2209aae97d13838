-- title: No two rows of a dataset have the same primary key
-- row: a key that two rows have
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the rows of its id.

SELECT * FROM (
  SELECT 'vacancies' AS dataset, vacancy_id || ' ' || version AS key FROM vacancies
  UNION ALL SELECT 'credentials', credential_id || ' ' || version FROM credentials
  UNION ALL SELECT 'records', kind || ' ' || id || ' ' || version FROM records
  UNION ALL SELECT 'vacancy_texts', id || ' ' || content_hash || ' ' || field FROM vacancy_texts
  UNION ALL SELECT 'credential_texts', id || ' ' || content_hash || ' ' || field FROM credential_texts
  UNION ALL SELECT 'vacancy_skills', vacancy_id || ' ' || skill_uri FROM vacancy_skills
  UNION ALL SELECT 'vacancy_credentials', vacancy_id || ' ' || name FROM vacancy_credentials
  UNION ALL SELECT 'credential_skills', credential_id || ' ' || skill_uri || ' ' || relation FROM credential_skills
  UNION ALL SELECT 'credential_links', from_id || ' ' || to_id || ' ' || kind FROM credential_links
  UNION ALL SELECT 'provider_claims', claim_id FROM provider_claims
  UNION ALL SELECT 'skills', skill_uri FROM skills
  UNION ALL SELECT 'occupations', occupation_code || ' ' || language FROM occupations
  UNION ALL SELECT 'regions', region_code FROM regions
  UNION ALL SELECT 'reject_counts', source || ' ' || rule FROM reject_counts
  UNION ALL SELECT 'field_counts', source || ' ' || field FROM field_counts
  UNION ALL SELECT 'vacancy_totals', concat_ws(' ', region_code, occupation_code, coalesce(period_from::TEXT, '-'), coalesce(period_to::TEXT, '-'), source) FROM vacancy_totals
  UNION ALL SELECT 'workforce', concat_ws(' ', region_code, occupation_code, coalesce(period_from::TEXT, '-'), coalesce(period_to::TEXT, '-'), source) FROM workforce
  UNION ALL SELECT 'shortage', concat_ws(' ', region_code, occupation_code, coalesce(period_from::TEXT, '-'), coalesce(period_to::TEXT, '-')) FROM shortage
  UNION ALL SELECT 'skill_shortage', concat_ws(' ', region_code, skill_uri, coalesce(period_from::TEXT, '-'), coalesce(period_to::TEXT, '-')) FROM skill_shortage
)
GROUP BY dataset, key HAVING count(*) > 1
ORDER BY dataset, key
