-- Trees of a log after its first: places go on, the tree begins anew (audit/shard.ts). The tables of trees know a shard n
-- of a log by the number log + 2 n. While an edge is crossed the epoch of the head is negative: nobody can append.
CREATE TABLE douane.audit_shard (
  log integer NOT NULL,
  n integer NOT NULL CHECK (n > 0),
  name text NOT NULL,
  -- place of its first record, and the place after the last one of the shard before
  base bigint NOT NULL,
  prev_end bigint NOT NULL CHECK (prev_end <= base),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log, n),
  UNIQUE (log, name),
  UNIQUE (log, base)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON douane.audit_shard
  FOR EACH STATEMENT EXECUTE FUNCTION douane.append_only();
GRANT SELECT ON douane.audit_shard TO douane_gateway, douane_integrator, douane_eraser;

CREATE INDEX audit_leaf_about ON douane.audit_leaf (log, idx) WHERE kind IN (6, 10, 11, 12, 13);
DROP INDEX douane.audit_leaf_upkeep;

-- First step over an edge: whoever appends is turned away. Doing it twice is no error.
CREATE FUNCTION douane.close_shard(p_log integer, p_epoch bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE douane.audit_head SET epoch = -(epoch + 1) WHERE log = p_log AND epoch = p_epoch AND p_epoch > 0;
$$;

-- Last step, in one statement with the append of the link: the tree before is signed to its very end, and this one
-- begins. No row if another instance was faster.
CREATE FUNCTION douane.open_shard(p_log integer, p_epoch bigint, p_n integer, p_name text, p_end bigint, p_base bigint)
RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before bigint := coalesce((SELECT base FROM douane.audit_shard WHERE log = p_log AND n = p_n - 1), 0);
BEGIN
  UPDATE douane.audit_head SET epoch = -epoch + CASE WHEN p_base > p_end THEN 1000 ELSE 0 END, size = p_base
    WHERE log = p_log AND epoch = p_epoch AND epoch < 0 AND size = p_end;
  IF NOT FOUND THEN RETURN; END IF;
  IF p_n <> 1 + (SELECT count(*) FROM douane.audit_shard WHERE log = p_log)
    OR NOT EXISTS (SELECT FROM douane.audit_tree t JOIN douane.audit_checkpoint c ON c.log = t.log AND c.size = t.size
      WHERE t.log = p_log + 2 * (p_n - 1) AND t.size = p_end - before AND t.size > 0) THEN
    RAISE EXCEPTION 'the tree before is not signed to its end';
  END IF;
  INSERT INTO douane.audit_shard (log, n, name, base, prev_end) VALUES (p_log, p_n, p_name, p_base, p_end);
  INSERT INTO douane.audit_tree VALUES (p_log + 2 * p_n, 0, sha256(''), '');
  RETURN NEXT p_base;
END $$;
REVOKE ALL ON FUNCTION douane.close_shard, douane.open_shard FROM PUBLIC;
GRANT EXECUTE ON FUNCTION douane.close_shard, douane.open_shard TO douane_gateway;

-- A prune record counts once it is under a signed head, of whatever tree.
CREATE OR REPLACE FUNCTION douane.prune(p_log integer, p_record bigint, p_from bigint, p_to bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  said jsonb;
  gone bigint;
  tree integer := (SELECT count(*) FROM douane.audit_shard WHERE log = p_log AND base <= p_record);
  begun bigint := coalesce((SELECT base FROM douane.audit_shard WHERE log = p_log AND n = tree), 0);
BEGIN
  SELECT convert_from(l.body, 'UTF8')::jsonb INTO said
    FROM douane.audit_leaf l JOIN douane.audit_tree t ON t.log = p_log + 2 * tree AND begun + t.size > l.idx
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
