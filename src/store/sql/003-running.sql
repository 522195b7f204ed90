-- What instances share: policy bundles by digest, the active one, and who is alive.

CREATE TABLE douane.policy_blob (
  sha256 bytea PRIMARY KEY CHECK (sha256 = sha256(convert_to(content, 'UTF8'))),
  content text NOT NULL
);
CREATE TABLE douane.policy_bundle (
  digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
  stored_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE douane.policy_file (
  bundle text NOT NULL REFERENCES douane.policy_bundle,
  path text NOT NULL,
  sha256 bytea NOT NULL REFERENCES douane.policy_blob,
  PRIMARY KEY (bundle, path)
);
CREATE TABLE douane.policy_activation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bundle text NOT NULL REFERENCES douane.policy_bundle,
  by text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE douane.instance (
  boot text PRIMARY KEY,
  inst text NOT NULL,
  -- the home it runs from, if it holds that home's lock: a later boot of the same home knows it is dead
  home text,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- no intent of this boot below this index is open
  open_from bigint NOT NULL DEFAULT 0,
  stopped_at timestamptz,
  -- all its intents have an outcome
  closed_at timestamptz
) WITH (fillfactor = 50);
CREATE INDEX instance_open ON douane.instance (seen_at) WHERE closed_at IS NULL;

-- A transfer attempt as the control plane lists it: the intent or refusal and its outcome, decoded from the stored bytes.
CREATE VIEW douane.transfer AS
  SELECT i.log, i.idx, i.tid, i.attempt, i.kind,
    convert_from(i.body, 'UTF8')::jsonb AS record,
    o.idx AS outcome_idx,
    convert_from(o.body, 'UTF8')::jsonb AS outcome
  FROM douane.audit_leaf i
  LEFT JOIN douane.audit_leaf o ON o.log = i.log AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2 AND i.kind = 1
  WHERE i.kind IN (1, 3);
