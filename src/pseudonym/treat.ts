/** Decision → edits, rows to keep and what this transfer sent. The inverse is restore.ts. Design §8. */
import { setImmediate as turn } from 'node:timers/promises'
import { Refused } from '../errors.ts'
import type { Category } from '../model/category.ts'
import type { Decision, Treatment } from '../model/decision.ts'
import type { Document, Edit } from '../model/document.ts'
import type { Classification } from '../model/finding.ts'
import type { Keep } from '../model/ledger.ts'
import { inPieces } from '../model/pieces.ts'
import type { Purpose } from '../model/register.ts'
import { bookOf } from './book.ts'
import { indexer } from './circle.ts'
import type { Keys } from './keys.ts'
import { editFor, isWhole } from './methods.ts'
import { tokensIn } from './outgoing-tokens.ts'
import type { Afresh } from './outgoing-tokens.ts'
import { random } from './random.ts'
import { nothingKnown } from './recall.ts'
import type { Known, Recall } from './recall.ts'
import type { Original } from './seal.ts'
import type { Sent, SentValue } from './sent.ts'
import { subjectsOf } from './subject.ts'
import { type Span, spansBy } from './spans.ts'
import type { Subject } from './subject.ts'
import { spell } from './token.ts'
import type { Random } from './token.ts'

export interface TreatAsk {
  readonly document: Document
  readonly classification: Classification
  /** Its verdict is not `refuse`. */
  readonly decision: Decision
  readonly client: string
  readonly provider: string
  /** The provider's: of the words in its tokens. */
  readonly language: string
  /** Name of the purpose. */
  readonly purpose: string
  /** The purpose's register entry. */
  readonly rules: Pick<Purpose, 'scope' | 'retention_days'>
  readonly case?: string | undefined
  readonly subject?: string | undefined
  readonly idempotencyKey?: string | undefined
  readonly tid: string
  readonly keys: Keys
  readonly recall: Recall
  readonly now: Date
  /** Cryptographic; for tests. */
  readonly random?: Random
  /**
   * What a value of this category would become on this route, for tokens that were made for another provider;
   * silent: pseudonymised.
   */
  readonly treatmentOf?: (category: Category) => Treatment
}

export interface Treated {
  readonly edits: readonly Edit[]
  readonly keep: Keep
  readonly sent: Sent
  /** References of the persons spoken of, pseudonymised or not; for the erasable detail. */
  readonly subjects: readonly Buffer[]
  /** How many people are spoken of, pseudonymised or not; for what may speak of so many only. */
  people(): number
  /** Tokens in the payload that are nobody's. */
  readonly unresolvable: number
}

type IndexOf = ReturnType<typeof indexer>

/** Values between two turns of the event loop: each costs digests and a seal. */
const piece = 512

/** One value that is to be pseudonymised, wherever it stands. */
interface Wanted extends Span {
  readonly category: Category
  readonly value: Original
  readonly index: Buffer
  readonly subject: Subject
}

/** Methods that this version has; the others are refused when the policy is checked. */
const opaque: readonly (string | undefined)[] = [undefined, 'token', 'opaque']

/**
 * @throws Refused CASE_MISSING, CANNOT_TREAT (an unknown method), VAULT_UNAVAILABLE
 */
export const treat = async (ask: TreatAsk): Promise<Treated> => {
  const { document, classification, decision, client, provider, keys, now } = ask
  if (decision.verdict === 'refuse') throw new Refused(decision.code ?? 'POLICY_BLOCK')
  const { findings } = classification
  const acting = new Set(decision.treatments.map(({ finding }) => finding))
  const persons = await inPieces(
    subjectsOf({ document, classification, acting, client, subject: ask.subject, keys, now }),
  )
  const tokens = await inPieces(tokensIn(document))
  const indexOf = indexer(keys, ask)
  const todo = outermost(ask)
  const named = new Map<number, ReturnType<typeof indexed>>()
  let done = 0
  for (const one of todo) {
    if (!isPseudonymised(one, ask)) continue
    if (++done % piece === 0) await turn()
    named.set(one.finding, indexed(one.finding, ask, indexOf))
  }
  const asked = {
    indexes: [...named.values()].flatMap(({ index, mayBeKnown }) => (mayBeKnown ? [index] : [])),
    subjects: await inPieces(persons.asks(named.keys())),
    tokens: tokens.readings(),
  }
  const known = await recallOf(ask, asked)
  const settled = tokens.settle(known.tokens, ask)
  const subjects = await inPieces(persons.settle(known.subjects))

  const edits: Edit[] = []
  const wanted: Wanted[] = []
  for (const { finding, treatment } of todo) {
    if (++done % piece === 0) await turn()
    const { field: index, start, end, category, country } = findings[finding]!
    if (settled.covers(index, start, end)) continue
    const field = document.fields[index]!
    const value = named.get(finding)
    if (value !== undefined)
      wanted.push({ ...value, field: index, start, end, category, subject: subjects.of(finding) })
    else edits.push(editFor(treatment, { field, start, end, category, country }, now))
  }
  // None of them overlap: they are the outermost ones.
  const touched = spansBy<Span>([...edits, ...wanted])
  const untouched = (span: Span): boolean => {
    const next = touched.first(span.field, span.start)
    return next === undefined || !overlap(next, span)
  }
  const removed: Edit[] =
    decision.route.class === 'third'
      ? settled.unresolvable.filter(untouched).map((span) => ({ ...span, text: '', as: 'remove' }))
      : []
  const again = settled.afresh.filter(untouched).map((one) => afresh(one, ask, indexOf))
  for (const one of removed) edits.push(one)
  for (const { edit, wanted: more } of again) {
    if (edit !== undefined) edits.push(edit)
    if (more !== undefined) wanted.push(more)
  }
  const more = await recallOf(ask, {
    indexes: again.flatMap((one) => (one.wanted ? [one.wanted.index] : [])),
    subjects: [],
    tokens: [],
  })

  const book = bookOf({
    ...{ client, provider, purpose: ask.purpose, keys, random: ask.random ?? random },
    expires: new Date(now.getTime() + ask.rules.retention_days * 86_400_000),
    known: [...known.pseudonyms, ...more.pseudonyms],
  })
  const sent = new Map<string, SentValue>(settled.own)
  for (const { field, start, end, category, value, index, subject } of wanted) {
    if (++done % piece === 0) await turn()
    const token = book.tokenFor(category, value, index, subject)
    if (!sent.has(token)) sent.set(token, { ...value, category })
    edits.push({ field, start, end, text: spell(category, token, ask.language), as: 'text' })
  }
  const refs = [...subjects.refs(), ...wanted.map(({ subject }) => subject.ref), ...settled.subjects]
  return {
    edits,
    keep: book.keep(),
    sent,
    subjects: [...new Map(refs.map((ref) => [ref.toString('hex'), ref])).values()],
    // Who is only there as a pseudonym is there.
    people: () => subjects.people() + new Set(settled.subjects.map((ref) => ref.toString('hex'))).size,
    unresolvable: settled.unresolvable.length,
  }
}

const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

/** @throws Refused CANNOT_TREAT */
const isPseudonymised = (
  { finding, treatment }: Decision['treatments'][number],
  { document, classification }: TreatAsk,
): boolean => {
  if (treatment.name !== 'pseudonymise') return false
  const { field, category } = classification.findings[finding]!
  if (!opaque.includes(treatment.parameter)) throw new Refused('CANNOT_TREAT', { categories: [category] })
  return document.fields[field]!.kind !== 'boolean'
}

/** A token made for another provider: what it stands for, treated as if it stood here in clear. */
const afresh = (
  { field, start, end, category, value, subject }: Afresh,
  { document, treatmentOf, now }: TreatAsk,
  indexOf: IndexOf,
): { readonly edit?: Edit; readonly wanted?: Wanted } => {
  const treatment = treatmentOf?.(category) ?? { name: 'pseudonymise' }
  if (treatment.name === 'allow') return { edit: { field, start, end, text: value.text, as: 'text' } }
  if (treatment.name === 'pseudonymise') {
    const { index } = indexOf(category, value)
    return { wanted: { field, start, end, category, value, index, subject } }
  }
  const stand = { ...document.fields[field]!, text: value.text }
  const made = editFor(treatment, { field: stand, start: 0, end: value.text.length, category }, now)
  return { edit: { ...made, start, end } }
}

const indexed = (finding: number, { document, classification }: TreatAsk, indexOf: IndexOf) => {
  const found = classification.findings[finding]!
  const value = originalOf(document, found)
  return { value, ...indexOf(found.category, value) }
}

/** Nothing to ask, no question. */
const recallOf = async (
  { recall, client, provider }: TreatAsk,
  ask: {
    readonly indexes: readonly Buffer[]
    readonly subjects: readonly Buffer[]
    readonly tokens: readonly string[]
  },
): Promise<Known> =>
  ask.indexes.length + ask.subjects.length + ask.tokens.length === 0
    ? nothingKnown
    : recall.known({ client, provider, ...ask })

const originalOf = (
  document: Document,
  { field, start, end }: { readonly field: number; readonly start: number; readonly end: number },
): Original => {
  const at = document.fields[field]!
  const kind = at.kind === 'number' && isWhole(at, start, end) ? 'number' : 'text'
  return { kind, text: at.text.slice(start, end) }
}

/** Treatments that change something, without those that lie in a larger one (a free text replaced whole). */
const outermost = ({ classification, decision }: TreatAsk): Decision['treatments'] => {
  const { findings } = classification
  const active = decision.treatments
    .filter(({ treatment }) => treatment.name !== 'allow')
    .toSorted((a, b) => {
      const [x, y] = [findings[a.finding]!, findings[b.finding]!]
      return x.field - y.field || x.start - y.start || y.end - x.end
    })
  let field = -1
  let end = 0
  return active.filter(({ finding }) => {
    const at = findings[finding]!
    if (at.field === field && at.start < end) {
      // Never two edits on one character; what sticks out would leave in clear.
      if (at.end > end) throw new Refused('CANNOT_TREAT', { categories: [at.category] })
      return false
    }
    field = at.field
    end = at.end
    return true
  })
}
