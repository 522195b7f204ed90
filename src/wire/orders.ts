/** The book of orders over the log of this installation. */
import { readCanonical } from '../audit/canonical.ts'
import { IntegrityBroken } from '../audit/integrity.ts'
import { leafHash } from '../audit/merkle.ts'
import { receiptOf } from '../audit/receipt.ts'
import { readVkey } from '../audit/checkpoint.ts'
import { checkRecord } from '../audit/record.ts'
import type { Loader } from '../admin/loader.ts'
import type { OrderBook, Told } from '../admin/orders.ts'
import { keptBundles, notItsDigest, storedBundle } from '../admin/stored-bundle.ts'
import type { StoredLeaf, TreeStore } from '../audit/log.ts'
import type { Settings } from '../config/settings.ts'
import type { OverrideBody, PolicyBody } from '../model/record.ts'
import type { Bundle } from '../policy/bundle.ts'
import { bundleDigest } from '../policy/digest.ts'
import { approvalText, liftText, mandateHolds, withdrawalText } from '../policy/mandate.ts'
import { type OrderBody, type OrderRules, type Orders, afterRecord, noOrders } from '../policy/orders.ts'
import type { Bundles } from '../store/bundles.ts'
import type { OpenLedger } from '../store/ledger.ts'
import type { OrderLeaves } from '../store/orders.ts'

/** What clocks of one installation may differ by, in milliseconds: a database that moved to another server. */
const skewMs = 60_000

/** How many approvals a bundle needs here. */
export const approvalsNeeded = ({
  require_approval: required,
  four_eyes: four,
}: Pick<Settings, 'require_approval' | 'four_eyes'>): 0 | 1 | 2 => (required ? (four ? 2 : 1) : 0)

interface BookParts {
  readonly leaves: OrderLeaves
  readonly bundles: Bundles
  readonly loader: Pick<Loader, 'files'>
  readonly ledger: Pick<OpenLedger, 'append'>
  readonly trees: TreeStore
  /** vkey of the evidence log. */
  readonly vkey: string
  readonly settings: Pick<Settings, 'require_approval' | 'four_eyes'>
}

export interface Book extends OrderBook {
  /** `bundleOf` gives this one from now on: it was loaded just now. */
  keep(bundle: Bundle): void
  /**
   * Checks that what was read stands under the signed head of the log, as far as it is signed: a record that was
   * changed after it was signed is found here, before it orders anything.
   * @throws IntegrityBroken
   */
  prove(): Promise<void>
}

export function openBook({ leaves, bundles, loader, ledger, trees, vkey, settings }: BookParts): Book {
  const log = readVkey(vkey)
  const { bundleOf, keep } = keptBundles(storedBundle(bundles, loader))
  const history: { readonly leaf: StoredLeaf; readonly record: OrderBody }[] = []
  const needed = approvalsNeeded(settings)
  let orders = noOrders
  let reading: Promise<Told | void> = Promise.resolve()
  /** Signatures that were checked, by the whole record and the key: the fold comes by more than once. */
  const checked = new Map<string, boolean>()

  const holds = async (record: PolicyBody | OverrideBody, x: string): Promise<boolean> => {
    const key = JSON.stringify([record, x])
    const before = checked.get(key)
    if (before !== undefined) return before
    const text = await textOf(record)
    if (text === undefined) return false
    const held = await mandateHolds(record.jws ?? '', text, x)
    checked.set(key, held)
    return held
  }
  /** What must have been signed; undefined: the bundle is not here. @throws Misconfigured */
  const textOf = async (record: PolicyBody | OverrideBody): Promise<string | undefined> => {
    const nonce = record.nonce ?? ''
    if (record.k === 'override') {
      const { rule = '', says = '', client = '', provider = '', purpose = '', until = '', why } = record
      return liftText({ log: log.name, rule, says, client, provider, purpose, until, why, nonce })
    }
    const { bundle, from = '' } = record
    if (record.act === 'withdrawn') return withdrawalText({ log: log.name, bundle, nonce })
    const stored = await bundles.get(bundle)
    if (stored === null || bundleDigest(stored.files) !== bundle) {
      // To fall back to the bundle before would be a rollback that nobody signed.
      if (needed > 0) throw notItsDigest(bundle)
      return undefined
    }
    return approvalText({ log: log.name, bundle, files: stored.files, from, nonce })
  }
  const rules: OrderRules = { approvals: needed, holds }

  const readOn = async (): Promise<Told> => {
    for (;;) {
      const { leaves: found, now } = await leaves.since(orders.next)
      for (const leaf of found) {
        if (!leafHash(leaf.body).equals(leaf.hash)) throw new IntegrityBroken('record', leaf.index)
        const record = checkRecord(readCanonical(leaf.body)) as unknown as OrderBody
        // It would put a bundle in force before its day. Who reads waits until the time has come, and decides nothing.
        if (Date.parse(record.t) > now.getTime() + skewMs) throw new IntegrityBroken('time', leaf.index)
        orders = await afterRecord(orders, leaf.index, record, rules)
        history.push({ leaf, record })
      }
      if (found.length === 0) return { orders, now }
    }
  }
  // One after the other: whoever asks wants what is there now, not what another asked for before.
  const read = (): Promise<Told> => {
    const told = reading.then(readOn, readOn)
    reading = told
    return told
  }

  return {
    log: log.name,
    needed,
    read,
    bundleOf,
    keep,
    async asOf(next) {
      let then: Orders = noOrders
      for (const { leaf, record } of history)
        if (leaf.index < next) then = await afterRecord(then, leaf.index, record, rules)
      return { ...then, next }
    },
    write: (make) =>
      leaves.inTurn(async () => {
        for (const record of await make(await read())) await ledger.append(record)
        await leaves.announce()
        return read()
      }),
    async prove() {
      await read()
      for (const { leaf } of history) await receiptOf(trees, log, 'evidence', leaf)
    },
  }
}
