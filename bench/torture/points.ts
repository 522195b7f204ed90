/**
 * Where a gateway, or a command, can be hit on purpose: every statement that it sends, what it awaits beside the
 * database, and the provider's socket.
 */

/** A statement by its text; with `after`, only once that other one was sent. */
export type Form = RegExp | { readonly after: RegExp; readonly form: RegExp }

/** Statements of append, gate, integrator and what runs beside them, which any load brings about. */
export const points = {
  'append: the batch': /FROM douane\.append\(/,
  'gate: settings of the session': /current_setting\('fsync'\)/,
  'recall: what the vault knows': /^(?!WITH gone)[^]*vault_(subject|alias|pseudonym)\b/,
  'integrate: the head': /SELECT size, epoch FROM douane\.audit_head/,
  'integrate: the tree': /SELECT size, root, frontier FROM douane\.audit_tree/,
  'integrate: batches': /FROM douane\.audit_batch\s+WHERE log = \$1 AND first >=/,
  'integrate: leaves': /FROM douane\.audit_leaf WHERE log = \$1 AND idx >= \$2/,
  'integrate: tiles of the edge': /FROM douane\.audit_tile/,
  'integrate: the checkpoint before': /FROM douane\.audit_checkpoint WHERE log = \$1 ORDER BY size DESC/,
  'integrate: tree, tiles and checkpoint in one': /UPDATE douane\.audit_tree/,
  'beside: the heartbeat of the instance': /UPDATE douane\.instance SET seen_at/,
  'beside: what people ordered': /FROM douane\.order_leaf/,
} as const

const closing = /douane\.close_shard\(/

/** A half-year is over: the tree is closed, signed to its end, and the next one opens with a link to it. */
export const edgePoints = {
  'edge: the trees so far': /FROM douane\.audit_shard WHERE log = \$1 ORDER BY n/,
  "edge: the database's time": /SELECT clock_timestamp\(\) AS now$/,
  'edge: the head before it is closed': /FROM douane\.audit_shard s WHERE s\.log = h\.log/,
  'edge: the tree is closed': closing,
  'edge: what is left to sign': {
    after: closing,
    form: /FROM douane\.audit_leaf WHERE log = \$1 AND idx >= \$2/,
  },
  'edge: the old tree is signed to its end': { after: closing, form: /UPDATE douane\.audit_tree/ },
  'edge: the next tree opens with its link': /douane\.open_shard\(/,
  'edge: the first head of the new tree': {
    after: /douane\.open_shard\(/,
    form: /UPDATE douane\.audit_tree/,
  },
} as const

/** What dead boots left, and what has expired; each start begins with it. */
export const sweepPoints = {
  'sweep: the instance is entered': /INSERT INTO douane\.instance/,
  'sweep: boots that are dead': /FROM douane\.instance\s+WHERE closed_at IS NULL/,
  'sweep: what they left open': /FROM douane\.audit_batch b\s+CROSS JOIN LATERAL/,
  'sweep: an outcome for it': {
    after: /FROM douane\.audit_batch b\s+CROSS JOIN LATERAL/,
    form: /douane\.append\(/,
  },
  'sweep: a boot is done with': /UPDATE douane\.instance SET closed_at/,
  'sweep: what has expired': /DELETE FROM douane\.\w+ WHERE expires_at/,
} as const

const turn = /pg_advisory_xact_lock/

/** The retention of records is over; each start begins with it. */
export const prunePoints = {
  'prune: its turn': turn,
  'prune: what the log says of its upkeep':
    /FROM douane\.audit_leaf WHERE log = \$1 AND idx > \$2 AND kind IN/,
  'prune: the bytes go': /douane\.prune\(/,
  'prune: which tree is that old': /FROM \(\s*SELECT 0 AS n, 0::bigint AS base/,
  'prune: which head is that old': /FROM douane\.audit_checkpoint WHERE log = \$1 AND size <= \$2/,
  'prune: which intents are open': /WITH open AS/,
  'prune: the record of it': { after: /WITH open AS/, form: /douane\.append\(/ },
} as const

export const statements: Readonly<Record<string, Form>> = {
  ...points,
  ...edgePoints,
  ...sweepPoints,
  ...prunePoints,
}

/** Beside the database: the anchor's file, and the socket to the provider. Here only death is played. */
export const elsewhere = [
  'anchor: before its new file is made',
  'anchor: before the new file takes its name',
  'anchor: when it has its name',
  'forward: before the first byte is written',
  'forward: when the first bytes are written',
] as const

/** `audit recover` walks over an edge: these, in the order in which it comes to them. */
export const recoverPoints: readonly string[] = [
  'edge: the trees so far',
  'edge: the head before it is closed',
  'edge: the tree is closed',
  'edge: what is left to sign',
  'edge: the old tree is signed to its end',
  'edge: the next tree opens with its link',
  'edge: the first head of the new tree',
  'anchor: before its new file is made',
  'anchor: before the new file takes its name',
  'anchor: when it has its name',
]

/** True for a statement of that form. It remembers what was sent before. */
export const openForm = (form: Form): ((text: string) => boolean) => {
  if (form instanceof RegExp) return (text) => form.test(text)
  let sent = false
  return (text) => {
    const is = sent && form.form.test(text)
    sent ||= form.after.test(text)
    return is
  }
}
