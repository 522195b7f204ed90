-- Which keys may seal is said by records of the log; these tables are made from them as they come in, so that a boot
-- whose key was revoked, or that another enrolment key certified than the newest, is turned away at its very statement,
-- however its process came to send it. Whoever goes round this is found by every verifier.
CREATE TABLE douane.audit_key (
  log integer NOT NULL,
  act text NOT NULL,
  -- the new key, or the boot whose key was revoked: announced once
  said text NOT NULL,
  idx bigint NOT NULL,
  PRIMARY KEY (log, act, said)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON douane.audit_key
  FOR EACH STATEMENT EXECUTE FUNCTION douane.append_only();

INSERT INTO douane.audit_key (log, act, said, idx)
  SELECT l.log, k.said->>'act', k.said->>'new', min(l.idx)
    FROM douane.audit_leaf l, LATERAL (SELECT convert_from(l.body, 'UTF8')::jsonb AS said) k
    WHERE l.kind = 6 AND k.said->>'act' = 'log.rotated' AND k.said->>'new' IS NOT NULL
    GROUP BY 1, 2, 3;

CREATE FUNCTION douane.seal_key_said() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  record jsonb := convert_from(NEW.body, 'UTF8')::jsonb;
BEGIN
  IF record->>'act' IN ('log.rotated', 'enrol.rotated', 'instance.revoked') THEN
    INSERT INTO douane.audit_key (log, act, said, idx)
      VALUES (NEW.log, record->>'act', coalesce(record->>'new', record->>'subject'), NEW.idx);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER seal_key_said AFTER INSERT ON douane.audit_leaf
  FOR EACH ROW WHEN (NEW.kind = 6) EXECUTE FUNCTION douane.seal_key_said();

-- The append holds the lock of the head by now, and each statement of this function sees all that was committed before.
CREATE FUNCTION douane.boot_may_begin() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  newest text;
BEGIN
  SELECT k.said INTO newest FROM douane.audit_key k
    WHERE k.log = NEW.log AND k.act = 'enrol.rotated' ORDER BY k.idx DESC LIMIT 1;
  IF newest IS NOT NULL
    AND newest IS DISTINCT FROM convert_from(NEW.body, 'UTF8')::jsonb->'settings'->>'enrolment' THEN
    RAISE EXCEPTION 'another enrolment key counts now' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER boot_may_begin BEFORE INSERT ON douane.audit_leaf
  FOR EACH ROW WHEN (NEW.kind = 4) EXECUTE FUNCTION douane.boot_may_begin();

CREATE FUNCTION douane.boot_may_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM douane.audit_key k
    WHERE k.log = NEW.log AND k.act = 'instance.revoked' AND k.said = NEW.boot) THEN
    RAISE EXCEPTION 'the key of this boot was revoked' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER boot_may_seal BEFORE INSERT ON douane.audit_batch
  FOR EACH ROW EXECUTE FUNCTION douane.boot_may_seal();
REVOKE ALL ON FUNCTION douane.seal_key_said, douane.boot_may_begin, douane.boot_may_seal FROM PUBLIC;
