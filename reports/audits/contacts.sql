-- title: No text holds an e-mail address
-- row: a text that holds one
-- action: Do not pass the dataset on. Report the wording around the address, without it, as a mistake of skillsgap;
--   then remove the record from its feed and run `skillsgap run`.

SELECT dataset, id, field
FROM (
  SELECT 'vacancy_texts' AS dataset, id, field, text FROM vacancy_texts
  UNION ALL SELECT 'credential_texts', id, field, text FROM credential_texts
  UNION ALL SELECT 'vacancies', vacancy_id, 'title', title FROM vacancies
  UNION ALL SELECT 'vacancies', vacancy_id, 'employer', employer FROM vacancies
  UNION ALL SELECT 'credentials', credential_id, 'title', title FROM credentials
  UNION ALL SELECT 'credentials', credential_id, 'provider', provider FROM credentials
  UNION ALL SELECT 'credentials', credential_id, 'learning_outcomes', array_to_string(learning_outcomes, chr(10)) FROM credentials
  UNION ALL SELECT 'credentials', credential_id, 'prerequisites', array_to_string(prerequisites, chr(10)) FROM credentials
  UNION ALL SELECT 'credentials', credential_id, 'recognition', recognition FROM credentials
  UNION ALL SELECT 'vacancy_skills', vacancy_id, 'evidence_text', evidence_text FROM vacancy_skills
  UNION ALL SELECT 'credential_skills', credential_id, 'evidence_text', evidence_text FROM credential_skills
  UNION ALL SELECT 'rejects', source || ' ' || record, 'raw', raw FROM rejects
)
WHERE contains(text, '@') AND regexp_matches(text, '[\pL\pN._%+-]@[\pL\pN-]+(\.[\pL\pN-]+)*\.\pL{2,}')
ORDER BY dataset, id, field
