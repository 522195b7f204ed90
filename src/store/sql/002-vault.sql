-- The vault (design §8): originals sealed under a key per subject, that key wrapped outside this database.

CREATE TABLE douane.vault_subject (
  client text NOT NULL,
  ref bytea NOT NULL,
  month text NOT NULL,
  wrapped bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (ref, client)
);
CREATE INDEX vault_subject_expiry ON douane.vault_subject USING brin (expires_at);

-- one alias may point to several subjects
CREATE TABLE douane.vault_alias (
  client text NOT NULL,
  alias bytea NOT NULL,
  ref bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (alias, client, ref)
);
CREATE INDEX vault_alias_expiry ON douane.vault_alias USING brin (expires_at);

CREATE TABLE douane.vault_pseudonym (
  client text NOT NULL,
  provider text NOT NULL,
  idx bytea NOT NULL,
  token text NOT NULL,
  purpose text NOT NULL,
  category text NOT NULL,
  subject bytea NOT NULL,
  sealed bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (idx, client, provider)
);
CREATE UNIQUE INDEX vault_pseudonym_token ON douane.vault_pseudonym (token, client, provider);
CREATE INDEX vault_pseudonym_subject ON douane.vault_pseudonym (subject, client);
CREATE INDEX vault_pseudonym_expiry ON douane.vault_pseudonym USING brin (expires_at);
