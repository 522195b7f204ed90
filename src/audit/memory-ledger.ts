/**
 * A Ledger in memory: for the tests of the doors. It seals and stores real records on a real chain, so that what
 * a test wrote can be integrated, exported and verified like any other log.
 */
import { CommittedIntent, nothingToKeep } from '../model/ledger.ts'
import type { Detail, Keep, Ledger, Spend } from '../model/ledger.ts'
import type { RecordBody, Stream } from '../model/record.ts'
import { bootBody, BootChain, genesisBody } from './chain.ts'
import type { Boot } from './chain.ts'
import { DuplicateRecord, memoryTreeStore } from './memory.ts'
import type { MemoryTreeStore } from './memory.ts'

export interface MemoryLedger extends Ledger {
  readonly tree: MemoryTreeStore
  /** What was kept beside the records, by stream and index. */
  readonly details: ReadonlyMap<string, Detail>
}

export interface MemoryLedgerParts {
  readonly boot: Boot
  /** With the name of the installation and the enrolment vkey the log begins with a genesis record. */
  readonly genesis?: { readonly origin: (stream: Stream) => string; readonly enrolVkey: string }
  readonly tree?: MemoryTreeStore
  /** Keeps all rows or none; false is a clash. Default: a map of its own. */
  readonly keep?: (rows: Keep) => boolean
  readonly now?: () => Date
}

/** The least that a vault must do: a live pseudonym or a new subject that is already there is a clash. */
const plainVault = (now: () => Date): ((rows: Keep) => boolean) => {
  const held = new Map<string, { readonly expires: Date; readonly wrapped?: Buffer }>()
  const at = (...parts: readonly (string | Buffer)[]): string => parts.map(String).join('\0')
  const live = (key: string) => {
    const row = held.get(key)
    return row !== undefined && row.expires > now() ? row : undefined
  }
  return (rows) => {
    const pseudonyms = rows.pseudonyms.flatMap((row) => [
      { key: at('index', row.client, row.provider, row.index.toString('hex')), row },
      { key: at('token', row.client, row.provider, row.token), row },
    ])
    const subjects = rows.subjects.map((row) => ({
      key: at('subject', row.client, row.ref.toString('hex')),
      row,
    }))
    const clash =
      pseudonyms.some(({ key }) => live(key) !== undefined) ||
      subjects.some(({ key, row }) => {
        const there = live(key)
        return row.known === true ? there?.wrapped?.equals(row.wrapped) !== true : there !== undefined
      })
    if (clash) return false
    for (const { key, row } of [...pseudonyms, ...subjects]) held.set(key, row)
    return true
  }
}

/** Counts a use, if it is left. */
const counter = (): ((use: Spend) => boolean) => {
  const used = new Map<string, { transfers: number; subjects: number }>()
  return ({ key, subjects, transfersMax, subjectsMax }) => {
    const so = used.get(key.toString('hex')) ?? { transfers: 0, subjects: 0 }
    if (so.transfers >= transfersMax || so.subjects + subjects > subjectsMax) return false
    used.set(key.toString('hex'), { transfers: so.transfers + 1, subjects: so.subjects + subjects })
    return true
  }
}

export const memoryLedger = (parts: MemoryLedgerParts): MemoryLedger => {
  const { boot, genesis } = parts
  const now = parts.now ?? (() => new Date())
  const tree = parts.tree ?? memoryTreeStore()
  const keep = parts.keep ?? plainVault(now)
  const details = new Map<string, Detail>()
  const count = counter()
  const chains = new Map<Stream, BootChain>()

  const put = (stream: Stream, body: RecordBody, detail?: Detail): number => {
    const chain = chains.get(stream)!
    const batch = chain.seal([body])
    const [index] = tree.append(stream, batch)
    chain.advance(batch)
    if (detail !== undefined) details.set(`${stream}/${index!}`, detail)
    return index!
  }

  for (const stream of ['evidence', 'access'] as const) {
    chains.set(stream, new BootChain(boot, stream))
    const first = put(stream, bootBody(boot, {}, now()))
    if (first === 0 && genesis !== undefined)
      put(stream, genesisBody(genesis.origin(stream), genesis.enrolVkey, now()))
  }

  return {
    tree,
    details,
    commit: async ({ intent, detail, keep: rows, spend }) => {
      const index = put('evidence', intent, detail)
      if (!keep({ ...nothingToKeep, ...rows })) return { clash: true, index }
      if (spend !== undefined && !count(spend)) return { spent: true, index }
      return new CommittedIntent(index, intent.tid, intent.attempt)
    },
    close: async (outcome) => {
      try {
        put('evidence', outcome)
      } catch (error) {
        if (!(error instanceof DuplicateRecord)) throw error
      }
    },
    append: async (record, detail) => {
      const stream = record.k === 'access' ? 'access' : 'evidence'
      return { stream, index: put(stream, record, detail) }
    },
  }
}
