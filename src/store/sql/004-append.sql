-- The sequencer. One call is one statement and one transaction: it takes the row lock of the log's head
-- first, so that indices are dense and batches of all instances come one after the other. What follows in
-- the function sees, statement by statement, all that was committed before the lock was granted, so that
-- a value that another instance kept meanwhile is seen, and its transfer is reported as a clash: its intent
-- stands, none of its vault rows do. `…_ord` is the position (from 1) of the leaf that a row belongs to.
-- No row comes back if the epoch moved, or the log is not as long as `exact`.
CREATE FUNCTION douane.append(
  p_log integer, p_epoch bigint, p_exact bigint,
  p_batch uuid, p_inst text, p_boot text, p_first_iseq bigint, p_sig bytea,
  l_tid uuid[], l_attempt integer[], l_kind integer[], l_hash bytea[], l_body bytea[],
  d_ord integer[], d_sealed bytea[], d_case bytea[], d_expires timestamptz[],
  r_ord integer[], r_ref bytea[],
  s_ord integer[], s_client text[], s_ref bytea[], s_month text[], s_wrapped bytea[], s_expires timestamptz[], s_known boolean[],
  a_ord integer[], a_client text[], a_alias bytea[], a_ref bytea[], a_expires timestamptz[],
  p_ord integer[], p_client text[], p_provider text[], p_purpose text[], p_idx bytea[], p_token text[],
  p_category text[], p_subject bytea[], p_sealed bytea[], p_expires timestamptz[],
  OUT base bigint, OUT clashes integer[]
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- the arrays are short and the tables long: always by index, planned once
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  size_of_batch CONSTANT integer := cardinality(l_kind);
  at_lock timestamptz;
  looked boolean := false;
BEGIN
  UPDATE douane.audit_head h SET size = h.size + size_of_batch
    WHERE h.log = p_log AND h.epoch = p_epoch AND (p_exact IS NULL OR h.size = p_exact)
    RETURNING h.size - size_of_batch INTO base;
  IF NOT FOUND THEN RETURN; END IF;
  clashes := '{}';

  INSERT INTO douane.audit_batch (log, first, n, batch, inst, boot, first_iseq, sig)
    VALUES (p_log, base, size_of_batch, p_batch, p_inst, p_boot, p_first_iseq, p_sig);
  INSERT INTO douane.audit_leaf (log, idx, tid, attempt, kind, hash, body, batch)
    SELECT p_log, base + u.o - 1, u.tid, u.attempt, u.kind, u.hash, u.body, p_batch
    FROM unnest(l_tid, l_attempt, l_kind, l_hash, l_body) WITH ORDINALITY AS u(tid, attempt, kind, hash, body, o);
  IF cardinality(d_ord) > 0 THEN
    INSERT INTO douane.audit_detail (log, idx, sealed, case_digest, expires_at)
      SELECT p_log, base + u.ord - 1, u.sealed, u.case_digest, u.expires
      FROM unnest(d_ord, d_sealed, d_case, d_expires) AS u(ord, sealed, case_digest, expires);
  END IF;
  IF cardinality(r_ord) > 0 THEN
    INSERT INTO douane.audit_detail_subject (ref, log, idx)
      SELECT u.ref, p_log, base + u.ord - 1 FROM unnest(r_ord, r_ref) AS u(ord, ref) ON CONFLICT DO NOTHING;
  END IF;

  IF cardinality(s_ord) + cardinality(a_ord) + cardinality(p_ord) = 0 THEN
    RETURN NEXT;
    RETURN;
  END IF;
  at_lock := clock_timestamp();
  IF true = ANY (s_known) THEN
    SELECT coalesce(array_agg(DISTINCT u.ord), '{}') INTO clashes
      FROM unnest(s_ord, s_client, s_ref, s_wrapped, s_known) AS u(ord, client, ref, wrapped, known)
      LEFT JOIN douane.vault_subject s ON s.client = u.client AND s.ref = u.ref AND s.expires_at > at_lock
      WHERE u.known AND s.wrapped IS DISTINCT FROM u.wrapped;
  END IF;

  -- at most twice: nearly always the rows are new and the unique indexes say nothing
  LOOP
    BEGIN
      IF true = ANY (s_known) THEN
        UPDATE douane.vault_subject s SET expires_at = u.expires
          FROM (SELECT k.client, k.ref, max(k.expires) AS expires
            FROM unnest(s_ord, s_client, s_ref, s_expires, s_known) AS k(ord, client, ref, expires, known)
            WHERE k.known AND k.ord <> ALL (clashes) GROUP BY k.client, k.ref) u
          WHERE s.client = u.client AND s.ref = u.ref AND s.expires_at < u.expires;
      END IF;
      INSERT INTO douane.vault_subject (client, ref, month, wrapped, expires_at)
        SELECT u.client, u.ref, u.month, u.wrapped, u.expires
        FROM unnest(s_ord, s_client, s_ref, s_month, s_wrapped, s_expires, s_known)
          AS u(ord, client, ref, month, wrapped, expires, known)
        WHERE NOT u.known AND u.ord <> ALL (clashes);
      INSERT INTO douane.vault_pseudonym (client, provider, idx, token, purpose, category, subject, sealed, expires_at)
        SELECT u.client, u.provider, u.idx, u.token, u.purpose, u.category, u.subject, u.sealed, u.expires
        FROM unnest(p_ord, p_client, p_provider, p_purpose, p_idx, p_token, p_category, p_subject, p_sealed, p_expires)
          AS u(ord, client, provider, purpose, idx, token, category, subject, sealed, expires)
        WHERE u.ord <> ALL (clashes);
      INSERT INTO douane.vault_alias AS v (client, alias, ref, expires_at)
        SELECT u.client, u.alias, u.ref, max(u.expires)
        FROM unnest(a_ord, a_client, a_alias, a_ref, a_expires) AS u(ord, client, alias, ref, expires)
        WHERE u.ord <> ALL (clashes) GROUP BY u.client, u.alias, u.ref
        ON CONFLICT (alias, client, ref) DO UPDATE SET expires_at = excluded.expires_at
          WHERE v.expires_at < excluded.expires_at;
      EXIT;
    EXCEPTION WHEN unique_violation THEN
      -- looked already: two rows of this very batch meet
      IF looked THEN RAISE; END IF;
    END;
    looked := true;
    SELECT clashes || coalesce(array_agg(DISTINCT c.ord) FILTER (WHERE c.live), '{}') INTO clashes
      FROM (
        SELECT u.ord, s.expires_at > at_lock AS live
          FROM unnest(s_ord, s_client, s_ref, s_known) AS u(ord, client, ref, known)
          JOIN douane.vault_subject s ON s.client = u.client AND s.ref = u.ref WHERE NOT u.known
        UNION ALL
        SELECT u.ord, p.expires_at > at_lock
          FROM unnest(p_ord, p_client, p_provider, p_idx) AS u(ord, client, provider, idx)
          JOIN douane.vault_pseudonym p ON p.client = u.client AND p.provider = u.provider AND p.idx = u.idx
        UNION ALL
        SELECT u.ord, p.expires_at > at_lock
          FROM unnest(p_ord, p_client, p_provider, p_token) AS u(ord, client, provider, token)
          JOIN douane.vault_pseudonym p ON p.client = u.client AND p.token = u.token AND p.provider = u.provider
      ) c;
    DELETE FROM douane.vault_pseudonym p
      USING unnest(p_ord, p_client, p_provider, p_idx) AS u(ord, client, provider, idx)
      WHERE p.client = u.client AND p.provider = u.provider AND p.idx = u.idx
        AND p.expires_at <= at_lock AND u.ord <> ALL (clashes);
    DELETE FROM douane.vault_pseudonym p
      USING unnest(p_ord, p_client, p_provider, p_token) AS u(ord, client, provider, token)
      WHERE p.client = u.client AND p.token = u.token AND p.provider = u.provider
        AND p.expires_at <= at_lock AND u.ord <> ALL (clashes);
    DELETE FROM douane.vault_subject s
      USING unnest(s_ord, s_client, s_ref, s_known) AS u(ord, client, ref, known)
      WHERE s.client = u.client AND s.ref = u.ref AND NOT u.known
        AND s.expires_at <= at_lock AND u.ord <> ALL (clashes);
  END LOOP;
  RETURN NEXT;
END $$;
