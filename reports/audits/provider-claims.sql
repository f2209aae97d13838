-- title: A claim is about a credential, and comparable only where all that makes it so is known
-- row: a claim without a credential, a comparable one that lacks what it is compared by, or one that is not and does not say why
-- action: Run `skillsgap run`; where the row comes back, report it as a mistake of skillsgap with the row of its credential.

SELECT claim_id, credential_id, comparable, reason
FROM provider_claims
WHERE credential_id NOT IN (SELECT credential_id FROM credentials)
  OR comparable AND (value IS NULL OR unit IS NULL OR indicator IS NULL OR horizon IS NULL OR population IS NULL OR period_from IS NULL AND period_to IS NULL)
  OR comparable <> (reason IS NULL)
ORDER BY claim_id
