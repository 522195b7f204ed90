-- Heads that a quorum of witnesses has cosigned: the note with their lines (c2sp.org/tlog-cosignature). The log's
-- own checkpoint stays in audit_checkpoint, unchanged.
CREATE TABLE douane.audit_witnessed (
  log integer NOT NULL,
  size bigint NOT NULL,
  note text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (log, size, at)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON douane.audit_witnessed
  FOR EACH STATEMENT EXECUTE FUNCTION douane.append_only();
GRANT SELECT ON douane.audit_witnessed TO douane_gateway;
GRANT SELECT, INSERT ON douane.audit_witnessed TO douane_integrator;
