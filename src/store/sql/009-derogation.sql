-- Derogations of Art. 49 GDPR are counted, transfers and people, by a keyed digest of client, provider and case. The
-- count is part of the statement that appends the intent: what is not counted is not sent.
CREATE TABLE douane.derogation_use (
  key bytea PRIMARY KEY,
  transfers integer NOT NULL,
  subjects integer NOT NULL
);

-- `x_ord` is the position (from 1) of the intent in its batch. Comes back: positions for which none was left. An intent
-- that clashes is not counted: nothing of it leaves.
CREATE FUNCTION douane.spend(
  p_clashes integer[], x_ord integer[], x_key bytea[], x_subjects integer[], x_transfers_max integer[], x_subjects_max integer[]
) RETURNS integer[] LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it record;
  refused integer[] := '{}';
BEGIN
  FOR it IN
    SELECT u.ord, u.key, u.subjects, u.transfers_max, u.subjects_max
      FROM unnest(x_ord, x_key, x_subjects, x_transfers_max, x_subjects_max) AS u(ord, key, subjects, transfers_max, subjects_max)
      WHERE u.ord <> ALL (p_clashes) ORDER BY u.ord
  LOOP
    IF it.transfers_max < 1 OR it.subjects > it.subjects_max THEN
      refused := refused || it.ord;
      CONTINUE;
    END IF;
    INSERT INTO douane.derogation_use AS d (key, transfers, subjects) VALUES (it.key, 1, it.subjects)
      ON CONFLICT (key) DO UPDATE SET transfers = d.transfers + 1, subjects = d.subjects + it.subjects
        WHERE d.transfers < it.transfers_max AND d.subjects + it.subjects <= it.subjects_max;
    IF NOT FOUND THEN refused := refused || it.ord; END IF;
  END LOOP;
  RETURN refused;
END $$;

REVOKE ALL ON FUNCTION douane.spend FROM PUBLIC;
GRANT EXECUTE ON FUNCTION douane.spend TO douane_gateway;
GRANT SELECT ON douane.derogation_use TO douane_gateway;
