/** The way home: read the answer, restore what is ours in it, count what a clerk typed in clear. */
import type { Budget } from '../detect/budget.ts'
import { spend } from '../detect/budget.ts'
import type { Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import type { Judged } from '../judge/judge.ts'
import type { Document } from '../model/document.ts'
import { readAnswer } from '../payload/read.ts'
import type { Keys } from '../pseudonym/keys.ts'
import type { Recall } from '../pseudonym/recall.ts'
import { restore } from '../pseudonym/restore.ts'
import type { Answered } from './forward.ts'

export interface Home {
  readonly body: Buffer
  /** Whether the body differs from what the provider sent. */
  readonly changed: boolean
  readonly restored: number | 'unread'
  readonly corrected: number
  readonly unresolved: number
  /** Identifiers of checksum or fixed form in the answer that this transfer never sent. */
  readonly clear: number
}

export interface HomeParts {
  readonly detector: Detector
  readonly pseudonymKeys: Keys
  readonly recall: Recall
  /** Origins under which clients reach this gateway. */
  readonly origins: readonly string[]
}

const headerOf = (raw: readonly string[], name: string): string | undefined => {
  for (let i = 0; i < raw.length; i += 2) if ((raw[i] as string).toLowerCase() === name) return raw[i + 1]
  return undefined
}

/** A type we do not read, a coding we did not ask for, or a body that is not what it says. */
const readable = (answered: Answered): Document | undefined => {
  const coding = headerOf(answered.rawHeaders, 'content-encoding')
  if (coding !== undefined && coding.trim().toLowerCase() !== 'identity') return undefined
  return readAnswer(headerOf(answered.rawHeaders, 'content-type'), answered.body)
}

/**
 * @throws Refused ANSWER_UNREADABLE (the register says strict), RESTORE_UNAVAILABLE
 */
export async function comeHome(answered: Answered, judged: Judged, parts: HomeParts): Promise<Home> {
  const { body } = answered
  const untouched = { body, changed: false, corrected: 0, unresolved: 0, clear: 0 }
  if (body.length === 0) return { ...untouched, restored: 0 }
  const { client, provider } = judged.passage
  const told = { forwarded: 'yes', providerStatus: answered.status } as const
  const document = readable(answered)
  if (document === undefined) {
    if (provider.answers === 'strict') throw new Refused('ANSWER_UNREADABLE', told)
    return { ...untouched, restored: 'unread' }
  }
  const clear = clearIdentifiers(document, judged, parts.detector)
  const { edits, restored, corrected, unresolved } = await restore({
    document,
    client: client.id,
    provider: provider.id,
    sent: judged.sent,
    recall: parts.recall,
    keys: parts.pseudonymKeys,
    origins: [...parts.origins, new URL(provider.base_url).origin, ...provider.hosts],
  }).catch((thrown: unknown) => {
    throw thrown instanceof Refused ? new Refused(thrown.code, { ...thrown.detail, ...told }) : thrown
  })
  if (edits.length === 0) return { ...untouched, restored, corrected, unresolved, clear }
  try {
    return { body: document.write(edits).body, changed: true, restored, corrected, unresolved, clear }
  } catch (thrown) {
    // Two names that would become one, a place where the value cannot stand: left as they came, and said.
    if (!(thrown instanceof Refused)) throw thrown
    return { ...untouched, restored: 0, unresolved: unresolved + restored, clear }
  }
}

const bare = (text: string): string => text.replaceAll(/[^\p{L}\p{N}@]/gu, '').toLowerCase()

/** Texts of the request that left as they came: what is in them was sent. */
const sentAsTheyCame = ({ document, classification, decision }: Judged): ReadonlySet<string> => {
  const changed = new Set<number | undefined>()
  for (const { finding, treatment } of decision.treatments)
    if (treatment.name !== 'allow') changed.add(classification.findings[finding]?.field)
  const texts = new Set<string>()
  for (const { index, text } of document.fields) if (!changed.has(index)) texts.add(text)
  return texts
}

/** Work that one answer may cost here, in units of detect/budget.ts: about a second. */
const mostWork = 30_000_000
/** Characters of the request that are searched for one unit. */
const searchedPerUnit = 256

/**
 * An answer too odd or too long to search through is restored all the same: the count is a hint, not a gate.
 * Each identifier is looked for once, and all of them together may cost so much: the provider wrote them.
 */
function clearIdentifiers(answer: Document, judged: Judged, detector: Detector): number {
  const known = sentAsTheyCame(judged)
  const budget: Budget = { allowed: mostWork, spent: 0 }
  const isNew = new Map<string, boolean>()
  let sent: string | undefined
  let count = 0
  const neverSent = (written: string): boolean => {
    const found = isNew.get(written)
    if (found !== undefined) return found
    sent ??= bare(judged.outgoing?.body.toString('utf8') ?? '')
    spend(budget, 1 + sent.length / searchedPerUnit)
    const none = !sent.includes(written)
    isNew.set(written, none)
    return none
  }
  try {
    for (const { kind, text } of answer.fields) {
      if (kind === 'boolean' || known.has(text)) continue
      for (const { start, end } of detector.identifiers(text, budget))
        if (neverSent(bare(text.slice(start, end)))) count += 1
    }
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
  }
  return count
}
