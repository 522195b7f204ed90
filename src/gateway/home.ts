/** The way home: read the answer, restore what is ours in it, count what a clerk typed in clear. */
import type { Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import { type Hall, fieldBytes, large } from '../judge/hall.ts'
import type { Judged } from '../judge/judge.ts'
import type { Keys } from '../pseudonym/keys.ts'
import type { Recall } from '../pseudonym/recall.ts'
import { restore } from '../pseudonym/restore.ts'
import { type ReadAnswer, clearIdentifiers } from './clear.ts'
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
  readonly hall: Hall
  readonly pseudonymKeys: Keys
  readonly recall: Recall
  /** Origins under which clients reach this gateway. */
  readonly origins: readonly string[]
}

type Hold = (bytes: number) => void

const headerOf = (raw: readonly string[], name: string): string | undefined => {
  for (let i = 0; i < raw.length; i += 2) if ((raw[i] as string).toLowerCase() === name) return raw[i + 1]
  return undefined
}

/** A type we do not read, a coding we did not ask for, or a body that is not what it says. */
const readable = async (
  answered: Answered,
  { hall }: HomeParts,
  hold: Hold,
): Promise<ReadAnswer | undefined> => {
  const coding = headerOf(answered.rawHeaders, 'content-encoding')
  if (coding !== undefined && coding.trim().toLowerCase() !== 'identity') return undefined
  const type = headerOf(answered.rawHeaders, 'content-type')
  const { body } = answered
  const document = await hall.readAnswer(type, body)
  if (document === undefined) return undefined
  // Of a small one the bytes that are held already say enough.
  if (body.length > large) hold(document.fields.length * fieldBytes)
  return { document, type, body }
}

/**
 * @param hold told of the memory that reading a large answer takes, in bytes; may throw
 * @throws Refused ANSWER_UNREADABLE (the register says strict), RESTORE_UNAVAILABLE, OVERLOADED
 */
export async function comeHome(
  answered: Answered,
  judged: Judged,
  parts: HomeParts,
  hold: Hold = () => undefined,
): Promise<Home> {
  const { body } = answered
  const untouched = { body, changed: false, corrected: 0, unresolved: 0, clear: 0 }
  if (body.length === 0) return { ...untouched, restored: 0 }
  const { client, provider } = judged.passage
  const told = { forwarded: 'yes', providerStatus: answered.status } as const
  const answer = await readable(answered, parts, hold)
  if (answer === undefined) {
    if (provider.answers === 'strict') throw new Refused('ANSWER_UNREADABLE', told)
    return { ...untouched, restored: 'unread' }
  }
  const { document } = answer
  const clear = await clearIdentifiers(answer, judged, parts)
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
