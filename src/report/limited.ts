/**
 * What of the records that are no transfers is told to somebody who is limited to clients. What names a client is told
 * to its own; of what concerns the log as a whole, the reasons that a person wrote are left out, for they may name others.
 */
import type { LogRecord } from '../model/record.ts'

/** Kinds that speak of the log, its programs and its policies, and of no client. */
const ofTheLog: ReadonlySet<string> = new Set([
  ...['genesis', 'boot', 'policy', 'config', 'prune', 'anchor', 'recover', 'shard_link'],
])

/** @returns undefined for what is left out */
export const toldTo = (record: LogRecord, clients: readonly string[] | undefined): LogRecord | undefined => {
  if (clients === undefined) return record
  const { client } = record as { readonly client?: unknown }
  if (client !== undefined) return clients.some((one) => one === client) ? record : undefined
  if (!ofTheLog.has(record.k)) return undefined
  const { why: _why, ...rest } = record as LogRecord & { readonly why?: string }
  return rest as LogRecord
}

/** What an export that is limited to clients leaves out, for its MANIFEST.json and VERIFY.md. */
export const leftOut: readonly string[] = [
  'views/: transfers, refusals, open intents, register and statistics of other clients',
  'views/events.csv: overrides of other clients or of no one client, erasures, reveals, keys, and reasons that persons wrote',
  'policies/: entries of the register of other clients, their contracts with shared providers (what is left of these: .part.yaml), every other file that names one; what is left is under policy-parts/',
  'access/: the log of who looked',
]
