-- Pruning: a leaf whose retention is over loses its bytes and keeps its place and its hash, so that roots, checkpoints,
-- proofs and seals hold as before. Only through the function, and only what a record in the signed part of that very
-- log names; records about the log itself, about keys and about people's orders are never pruned.

CREATE INDEX audit_leaf_upkeep ON douane.audit_leaf (log, idx) WHERE kind IN (6, 10, 11);

CREATE OR REPLACE FUNCTION douane.append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_leaf' AND current_setting('douane.pruning', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION douane.only_bytes_go() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.body = '' AND OLD.kind IN (1, 2, 3, 8)
    AND (NEW.log, NEW.idx, NEW.kind, NEW.hash, NEW.batch) = (OLD.log, OLD.idx, OLD.kind, OLD.hash, OLD.batch) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_leaf is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_bytes_go BEFORE UPDATE ON douane.audit_leaf
  FOR EACH ROW EXECUTE FUNCTION douane.only_bytes_go();

-- Takes the bytes and the erasable details of [p_from, p_to), which the prune record at p_record covers. Doing it twice
-- is no error. Returns how many records lost their bytes.
CREATE FUNCTION douane.prune(p_log integer, p_record bigint, p_from bigint, p_to bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  said jsonb;
  gone bigint;
BEGIN
  SELECT convert_from(l.body, 'UTF8')::jsonb INTO said
    FROM douane.audit_leaf l JOIN douane.audit_tree t ON t.log = l.log AND t.size > l.idx
    WHERE l.log = p_log AND l.idx = p_record AND l.kind = 11;
  IF said IS NULL OR p_from < (said->>'from')::bigint OR p_to > (said->>'to')::bigint OR p_to > p_record THEN
    RAISE EXCEPTION 'no signed record names this stretch' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('douane.pruning', 'on', true);
  UPDATE douane.audit_leaf SET body = '', tid = NULL, attempt = 0
    WHERE log = p_log AND idx >= p_from AND idx < p_to AND kind IN (1, 2, 3, 8) AND body <> '';
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('douane.pruning', 'off', true);
  DELETE FROM douane.audit_detail_subject WHERE log = p_log AND idx >= p_from AND idx < p_to;
  DELETE FROM douane.audit_detail WHERE log = p_log AND idx >= p_from AND idx < p_to;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION douane.prune, douane.only_bytes_go FROM PUBLIC;
GRANT EXECUTE ON FUNCTION douane.prune TO douane_eraser;
GRANT SELECT ON douane.audit_checkpoint, douane.audit_tree TO douane_eraser;

-- What was pruned is no transfer any more.
CREATE OR REPLACE VIEW douane.transfer AS
  SELECT i.log, i.idx, i.tid, i.attempt, i.kind,
    CASE WHEN i.body <> '' THEN convert_from(i.body, 'UTF8')::jsonb END AS record,
    o.idx AS outcome_idx,
    CASE WHEN o.body <> '' THEN convert_from(o.body, 'UTF8')::jsonb END AS outcome
  FROM douane.audit_leaf i
  LEFT JOIN douane.audit_leaf o ON o.log = i.log AND o.tid = i.tid AND o.attempt = i.attempt AND o.kind = 2 AND i.kind = 1
  WHERE i.kind IN (1, 3) AND i.tid IS NOT NULL;
