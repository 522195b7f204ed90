/** The one port that joins log and vault: an intent and the vault rows it needs are durable together. */
import type { Category } from './category.ts'
import type {
  AccessBody,
  ErasureBody,
  IntentBody,
  KeyBody,
  OutcomeBody,
  OverrideBody,
  PolicyBody,
  RefusalBody,
  Stream,
} from './record.ts'

/** A subject's key as stored: wrapped by the month's shred key, that one by the master key. */
export interface SubjectRow {
  readonly client: string
  /** HMAC under the client's subject key. */
  readonly ref: Buffer
  /** `YYYY-MM` of the shred key that wraps it. */
  readonly month: string
  readonly wrapped: Buffer
  readonly expires: Date
  /** Already stored: only its expiry is raised; if it is gone or has another `wrapped` meanwhile → Clash. */
  readonly known?: boolean
}

export interface AliasRow {
  readonly client: string
  readonly alias: Buffer
  readonly ref: Buffer
  readonly expires: Date
}

export interface PseudonymRow {
  readonly client: string
  readonly provider: string
  readonly purpose: string
  /** HMAC of category and value in its circle: same value, same circle → same index. 32 bytes. */
  readonly index: Buffer
  /** 45 random bits, as the nine data symbols of the token in Crockford base 32. */
  readonly token: string
  readonly category: Category
  /** The subject whose key seals the original. */
  readonly subject: Buffer
  /** AES-256-GCM of {kind of leaf, original}: nonce ‖ ciphertext ‖ tag. */
  readonly sealed: Buffer
  readonly expires: Date
}

/** Rows that must be durable before the transfer leaves. */
export interface Keep {
  readonly subjects: readonly SubjectRow[]
  readonly aliases: readonly AliasRow[]
  readonly pseudonyms: readonly PseudonymRow[]
}

export const nothingToKeep: Keep = { subjects: [], aliases: [], pseudonyms: [] }

/** One use of a derogation (Art. 49 GDPR), counted with the intent. */
export interface Spend {
  /** Keyed digest of client, provider and case; 32 bytes. */
  readonly key: Buffer
  /** People of this transfer; at least one. */
  readonly subjects: number
  readonly transfersMax: number
  /** Over all its transfers; who is in two of them counts twice. */
  readonly subjectsMax: number
}

/** Erasable companion of a record: salts, value-free shape, subject index. Stored sealed. */
export interface Detail {
  /** Canonical JSON, without values: {salts, shape, spoken, notes}. */
  readonly bytes: Buffer
  /** Subjects of the transfer, for Art. 15 and 17. */
  readonly subjects: readonly Buffer[]
  /** Keyed digests of Douane-Case, for search. */
  readonly case?: Buffer
  readonly expires: Date
}

/**
 * Proof that the intent is durable. Only a Ledger makes one (a test guards who imports this class as a value)
 * and `forward` accepts nothing else, at compile time and at run time.
 */
export class CommittedIntent {
  readonly #index: number
  readonly tid: string
  readonly attempt: number

  constructor(index: number, tid: string, attempt: number) {
    this.#index = index
    this.tid = tid
    this.attempt = attempt
  }

  /** Its place in the log. The field behind it is the brand: nothing but this constructor gives it. */
  get index(): number {
    return this.#index
  }

  static is(thing: unknown): thing is CommittedIntent {
    return typeof thing === 'object' && thing !== null && #index in thing
  }
}

/** Another instance kept the same new value meanwhile. The intent is in the log; the caller closes it `not_sent`. */
export interface Clash {
  readonly clash: true
  readonly index: number
}

/** The derogation is used up. The intent is in the log; the caller closes it `not_sent` and refuses. */
export interface Spent {
  readonly spent: true
  readonly index: number
}

export interface Receipt {
  readonly origin: string
  readonly index: number
  /** Leaf bytes (canonical JSON). */
  readonly leaf: Buffer
  /** C2SP tlog-proof v1 text: proof and signed checkpoint. */
  readonly proof: string
}

export interface Ledger {
  /**
   * Durable when it resolves with a CommittedIntent: intent, detail and rows in one transaction.
   * @throws Refused LOG_UNAVAILABLE, VAULT_UNAVAILABLE, STORAGE_FULL, OVERLOADED; then nothing may be sent
   *   (an intent whose commit is in doubt is closed `not_sent` later by the sweeper).
   */
  commit(work: {
    readonly intent: IntentBody
    readonly detail: Detail
    readonly keep: Keep
    /** Counted in the same transaction; none left → Spent. */
    readonly spend?: Spend | undefined
  }): Promise<CommittedIntent | Clash | Spent>
  /** The final outcome of an attempt; a second one for the same attempt is ignored. */
  close(outcome: OutcomeBody): Promise<void>
  /** A record without rows. Resolves when durable. */
  append(
    record: RefusalBody | AccessBody | PolicyBody | OverrideBody | KeyBody | ErasureBody,
    detail?: Detail,
  ): Promise<{ readonly stream: Stream; readonly index: number }>
}
