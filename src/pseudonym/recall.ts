/**
 * The read side of the vault: the only question that judging asks of a store. The write side is
 * `Ledger.commit({keep})`, model/ledger.ts. Memory version: memory-vault.ts; cache: cached-recall.ts.
 *
 * What the write side owes (`test/pseudonym/recall-contract.ts` checks it):
 * - PseudonymRow: unique by (client, provider, index) and by (client, provider, token). A row that meets a
 *   live row of either kind → Clash; one that meets only expired rows replaces them.
 * - SubjectRow: unique by (client, ref). Without `known` it is new: a live row of that ref → Clash, an
 *   expired one is replaced. With `known` the row must exist with the same `wrapped` (else Clash: it was
 *   erased or replaced meanwhile) and its `expires` is raised to the later of the two.
 * - AliasRow: by (client, alias, ref), so that one alias may point to several subjects; an existing row only
 *   has its `expires` raised. Never a Clash.
 * - All rows of one Keep or none.
 */
import type { Category } from '../model/category.ts'

/** A subject's key as stored (still wrapped), under the ref or alias by which it was asked for. */
export interface KnownSubject {
  /** The ref or alias of the question. */
  readonly asked: Buffer
  readonly ref: Buffer
  /** `YYYY-MM` of the shred key that wraps it. */
  readonly month: string
  readonly wrapped: Buffer
  readonly expires: Date
}

/** A pseudonym that this circle already has for a value. */
export interface KnownPseudonym {
  readonly index: Buffer
  /** Nine data symbols. */
  readonly token: string
  readonly subject: Buffer
  readonly expires: Date
}

/** A stored pseudonym with what opens it: the row and its subject's wrapped key. */
export interface StoredPseudonym {
  readonly provider: string
  readonly purpose: string
  readonly token: string
  readonly category: Category
  readonly subject: Buffer
  readonly sealed: Buffer
  readonly month: string
  readonly wrapped: Buffer
}

export interface KnownAsk {
  readonly client: string
  readonly provider: string
  /** Indexes of this client and provider. */
  readonly indexes: readonly Buffer[]
  /** Refs and aliases of this client; each is looked up as both. */
  readonly subjects: readonly Buffer[]
  /** Tokens that the outgoing payload holds: looked up for the client at every provider. */
  readonly tokens: readonly string[]
}

export interface Known {
  readonly pseudonyms: readonly KnownPseudonym[]
  readonly subjects: readonly KnownSubject[]
  readonly tokens: readonly StoredPseudonym[]
}

export interface Recall {
  /**
   * One round trip. Expired rows are not known. Order is free; what is not known is left out.
   * @throws Refused VAULT_UNAVAILABLE
   */
  known(ask: KnownAsk): Promise<Known>
  /**
   * The pseudonyms of this client and provider among these tokens, whatever their purpose; one round trip.
   * @throws Refused VAULT_UNAVAILABLE
   */
  resolve(client: string, provider: string, tokens: readonly string[]): Promise<readonly StoredPseudonym[]>
}

export const nothingKnown: Known = { pseudonyms: [], subjects: [], tokens: [] }
