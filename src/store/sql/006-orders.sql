-- What people order (approvals, activations, suspensions, overrides, keys of approvers) is read from the log
-- itself: there is no second table that somebody could edit. The view is what an instance follows each second.
CREATE INDEX audit_leaf_order ON douane.audit_leaf (idx, log) WHERE kind IN (5, 6, 9);
CREATE VIEW douane.order_leaf AS
  SELECT idx, tid, attempt, kind, hash, body, batch FROM douane.audit_leaf WHERE log = 0 AND kind IN (5, 6, 9);
DROP TABLE douane.policy_activation;
GRANT SELECT ON douane.order_leaf TO douane_gateway;
