-- Erasures of the last while, so that every instance forgets what it remembers of the person. `ref` is the keyed
-- reference of the subject; the row goes when no cache can hold what it speaks of.
CREATE TABLE douane.erased (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client text NOT NULL,
  ref bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
GRANT SELECT ON douane.erased TO douane_gateway;
GRANT SELECT, INSERT, DELETE ON douane.erased TO douane_eraser;
