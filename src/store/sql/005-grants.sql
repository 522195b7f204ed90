-- Least privilege. The gateway can append through one function and write no table of the log or the vault;
-- the integrator can grow the tree; the eraser can delete what is erasable. Nobody can change a leaf.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA douane FROM PUBLIC;
GRANT USAGE ON SCHEMA douane TO douane_gateway, douane_integrator, douane_eraser;

GRANT EXECUTE ON FUNCTION douane.append TO douane_gateway;
GRANT SELECT ON ALL TABLES IN SCHEMA douane TO douane_gateway;
GRANT INSERT ON douane.policy_blob, douane.policy_bundle, douane.policy_file, douane.policy_activation TO douane_gateway;
GRANT INSERT ON douane.instance TO douane_gateway;
GRANT UPDATE (seen_at, open_from, stopped_at, closed_at) ON douane.instance TO douane_gateway;

GRANT SELECT ON douane.audit_head, douane.audit_leaf, douane.audit_batch, douane.audit_tree, douane.audit_tile,
  douane.audit_checkpoint, douane.audit_heartbeat TO douane_integrator;
GRANT UPDATE ON douane.audit_tree TO douane_integrator;
GRANT INSERT, UPDATE ON douane.audit_tile TO douane_integrator;
GRANT INSERT ON douane.audit_checkpoint, douane.audit_heartbeat TO douane_integrator;

GRANT SELECT, DELETE ON douane.audit_detail, douane.audit_detail_subject, douane.vault_subject, douane.vault_alias,
  douane.vault_pseudonym TO douane_eraser;
GRANT SELECT ON douane.audit_leaf TO douane_eraser;
