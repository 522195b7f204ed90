/**
 * An answer's pseudonyms → what they stand for. Inverse of treat.ts; design §2.7 and §8, Restoring. Wider than
 * sameness: a token resolves whatever its purpose, case or age, however it was retyped; and never guessed.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { Refused } from '../errors.ts'
import type { Document, Edit, Field } from '../model/document.ts'
import { inPieces } from '../model/pieces.ts'
import { findingTokens } from './find.ts'
import type { Candidate } from './find.ts'
import type { Keys } from './keys.ts'
import { kindOf } from './kind.ts'
import { matchOf } from './outgoing-tokens.ts'
import type { Recall, StoredPseudonym } from './recall.ts'
import { openOriginal, openSubjectKey } from './seal.ts'
import type { Original } from './seal.ts'
import type { Sent } from './sent.ts'
import { findingForeignUrls } from './url.ts'
import { type Wholes, wholes } from './whole.ts'

export interface RestoreAsk {
  /** The answer. */
  readonly document: Document
  readonly client: string
  /** Who answers: a pseudonym resolves only in what came from the provider that it was made for. */
  readonly provider: string
  readonly sent: Sent
  readonly recall: Recall
  readonly keys: Keys
  /** Origins in whose URLs pseudonyms may be restored: the gateway's and the register's. */
  readonly origins: readonly string[]
}

export interface Restored {
  readonly edits: readonly Edit[]
  /** Pseudonyms put back, each place counted. */
  readonly restored: number
  /** Of these, how many had a wrong symbol. */
  readonly corrected: number
  /** Left as they are: nobody's, spoilt, ambiguous, or in a foreign URL. */
  readonly unresolved: number
}

interface Place {
  readonly field: Field
  readonly candidate: Candidate
}

/**
 * @throws Refused RESTORE_UNAVAILABLE if the answer holds a pseudonym that this transfer did not send and the
 *   vault cannot be asked
 */
export const restore = async (ask: RestoreAsk): Promise<Restored> => {
  const { document, client, provider, sent, keys } = ask
  const found = await inPieces(placesIn(document, new Set(ask.origins)))
  const { places } = found
  let { unresolved } = found

  const byToken = await lookUp(ask, places)
  const opened = new Map<string, Original | undefined>()
  const open = (row: StoredPseudonym): Original | undefined => {
    if (!opened.has(row.token)) {
      const key = openSubjectKey(keys, client, { ...row, ref: row.subject })
      const { token, category, sealed } = row
      const at = { client, provider, token, category }
      opened.set(row.token, key && unavailable(() => openOriginal(key, at, sealed)))
    }
    return opened.get(row.token)
  }

  const edits: Edit[] = []
  let corrected = 0
  const wholeOf = wholes()
  for (const [at, { field, candidate }] of places.entries()) {
    if (at % piece === piece - 1) await turn()
    const rows = matchOf(candidate, byToken)
    const original = fromMemory(candidate, sent) ?? (rows.length === 1 ? open(rows[0]!) : undefined)
    if (original === undefined) {
      if (candidate.certain || rows.length > 0) unresolved++
      continue
    }
    edits.push(editFor(field, candidate, original, wholeOf))
    if (candidate.readings.every((reading) => reading.corrected)) corrected++
  }
  return { edits, restored: edits.length, corrected, unresolved }
}

/** Where a pseudonym may be put back, and how many that are certain stand where none may. */
function* placesIn(
  document: Document,
  origins: ReadonlySet<string>,
): Generator<void, { readonly places: readonly Place[]; readonly unresolved: number }> {
  const places: Place[] = []
  let unresolved = 0
  let characters = 0
  for (const field of document.fields) {
    if (field.kind !== 'text') continue
    if ((characters += field.text.length + 16) > pieceCharacters) {
      yield
      characters = 0
    }
    const found = yield* findingTokens(field.text)
    const foreign = found.length === 0 ? [] : yield* findingForeignUrls(field.text, origins)
    let next = 0
    for (const candidate of found) {
      // Both are in order.
      while (next < foreign.length && foreign[next]!.end <= candidate.start) next++
      if (next === foreign.length || candidate.end <= foreign[next]!.start) places.push({ field, candidate })
      else if (candidate.certain) unresolved++
    }
  }
  return { places, unresolved }
}

/** Characters read, and places put back, between two turns of the event loop. */
const pieceCharacters = 262_144
const piece = 1_024

/** What this transfer sent, where the reading leaves no doubt. */
const fromMemory = ({ readings }: Candidate, sent: Sent): Original | undefined => {
  const [reading, ...others] = readings
  const value = reading && others.length === 0 ? sent.get(reading.token) : undefined
  return value !== undefined && kindOf(value.category).code === reading!.kind ? value : undefined
}

/** One question for all that memory does not answer. */
const lookUp = async (
  { client, provider, sent, recall }: RestoreAsk,
  places: readonly Place[],
): Promise<ReadonlyMap<string, readonly StoredPseudonym[]>> => {
  const tokens = new Set<string>()
  for (const { candidate } of places)
    if (fromMemory(candidate, sent) === undefined)
      for (const { token } of candidate.readings) tokens.add(token)
  if (tokens.size === 0) return new Map()
  const all = [...tokens]
  const rows: StoredPseudonym[] = []
  for (let at = 0; at < all.length; at += atOnce)
    rows.push(...(await recall.resolve(client, provider, all.slice(at, at + atOnce)).catch(rethrow)))
  return Map.groupBy(rows, ({ token }) => token)
}

/** Tokens that one question asks for: an answer full of them becomes several questions, not one huge one. */
const atOnce = 5_000

/** Whatever the vault says, the request has left: it is the answer that cannot be restored. */
const rethrow = (fault: unknown): never => {
  throw fault instanceof Refused ? new Refused('RESTORE_UNAVAILABLE') : fault
}
const unavailable = <Value>(act: () => Value): Value => {
  try {
    return act()
  } catch (fault) {
    return rethrow(fault)
  }
}

/** A string that is nothing but the pseudonym of a number becomes that number, in its spelling. */
const editFor = (field: Field, { start, end }: Candidate, { kind, text }: Original, whole: Wholes): Edit => {
  return whole(field, start, end) && kind === 'number' && field.place === 'leaf'
    ? { field: field.index, start: 0, end: field.text.length, text, as: 'number' }
    : { field: field.index, start, end, text, as: 'text' }
}
