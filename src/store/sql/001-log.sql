-- The audit log (design §9, RFC 9162). `log` is 0 for evidence, 1 for access.

CREATE TABLE douane.audit_head (
  log integer PRIMARY KEY,
  size bigint NOT NULL CHECK (size >= 0),
  -- raised by restore and rotation: an appender with an older epoch is fenced
  epoch bigint NOT NULL
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

CREATE TABLE douane.audit_batch (
  log integer NOT NULL,
  first bigint NOT NULL,
  n integer NOT NULL CHECK (n > 0),
  batch uuid NOT NULL,
  inst text NOT NULL,
  boot text NOT NULL,
  first_iseq bigint NOT NULL,
  sig bytea NOT NULL,
  PRIMARY KEY (log, first),
  UNIQUE (batch),
  -- a boot's chain has one continuation: a batch whose commit was in doubt cannot come in twice
  UNIQUE (log, boot, first_iseq)
);

-- kinds: src/store/kinds.ts
CREATE TABLE douane.audit_leaf (
  log integer NOT NULL,
  idx bigint NOT NULL,
  tid uuid,
  attempt integer NOT NULL,
  kind smallint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  body bytea NOT NULL CHECK (length(body) < 65536),
  batch uuid NOT NULL,
  PRIMARY KEY (log, idx)
) PARTITION BY LIST (log);
ALTER TABLE douane.audit_leaf ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE TABLE douane.audit_leaf_evidence PARTITION OF douane.audit_leaf FOR VALUES IN (0);
CREATE TABLE douane.audit_leaf_access PARTITION OF douane.audit_leaf FOR VALUES IN (1);
-- One intent and one final outcome per attempt, for ever. In all indexes the column that tells rows apart
-- comes first, so that a plan made while the tables were empty is still the right one when they are not.
CREATE UNIQUE INDEX audit_leaf_once ON douane.audit_leaf (tid, attempt, kind, log) WHERE kind IN (1, 2);
CREATE INDEX audit_leaf_refusal ON douane.audit_leaf (tid) WHERE kind = 3;

CREATE TABLE douane.audit_tree (
  log integer PRIMARY KEY,
  size bigint NOT NULL,
  root bytea NOT NULL CHECK (length(root) = 32),
  frontier bytea NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE douane.audit_tile (
  log integer NOT NULL,
  level integer NOT NULL,
  n bigint NOT NULL,
  width integer NOT NULL CHECK (width BETWEEN 1 AND 256),
  data bytea NOT NULL CHECK (length(data) = width * 32),
  PRIMARY KEY (log, level, n)
);

-- one root per size, for ever
CREATE TABLE douane.audit_checkpoint (
  log integer NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL,
  note text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (log, size)
);

-- the newest size signed again while nothing happens
CREATE TABLE douane.audit_heartbeat (
  log integer NOT NULL,
  size bigint NOT NULL,
  note text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (log, size, at)
);

-- erasable companion of a leaf: sealed salts and shape
CREATE TABLE douane.audit_detail (
  log integer NOT NULL,
  idx bigint NOT NULL,
  sealed bytea NOT NULL,
  case_digest bytea,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (log, idx)
);
CREATE INDEX audit_detail_case ON douane.audit_detail (case_digest) WHERE case_digest IS NOT NULL;
CREATE INDEX audit_detail_expiry ON douane.audit_detail USING brin (expires_at);

CREATE TABLE douane.audit_detail_subject (
  ref bytea NOT NULL,
  log integer NOT NULL,
  idx bigint NOT NULL,
  PRIMARY KEY (ref, log, idx)
);
CREATE INDEX audit_detail_subject_leaf ON douane.audit_detail_subject (log, idx);

INSERT INTO douane.audit_head VALUES (0, 0, 1), (1, 0, 1);
-- the root of the empty tree is SHA-256 of nothing (RFC 9162 §2.1.1)
INSERT INTO douane.audit_tree SELECT log, 0, sha256(''), '' FROM douane.audit_head;

-- Stops accidents and bugs, not a superuser: that one is found by the signatures.
CREATE FUNCTION douane.append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_leaf', 'audit_leaf_evidence', 'audit_leaf_access', 'audit_batch', 'audit_checkpoint', 'audit_heartbeat'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON douane.%I
      FOR EACH STATEMENT EXECUTE FUNCTION douane.append_only()', t);
  END LOOP;
END $$;
