/** A past decision once more: from its record, its value-free shape, its bundle and the orders of then. */
import { PolicyInvalid, Refused } from '../errors.ts'
import { fromShape } from '../judge/from-shape.ts'
import type { Shape } from '../judge/shape.ts'
import { civilDate } from '../law/date.ts'
import type { Decision } from '../model/decision.ts'
import type { Counts } from '../model/record.ts'
import type { Lang } from '../lang.ts'
import type { When } from '../policy/bundle.ts'
import { evaluate, openRoute } from '../policy/evaluate.ts'
import type { ShownTransfer } from '../store/transfers.ts'
import type { components } from './openapi-types.ts'
import type { OrderBook } from './orders.ts'

type Replayed = components['schemas']['Replay']
type Outcome = Replayed['decided']

const words = {
  same: { en: 'The same decision.', fr: 'La même décision.' },
  different: { en: 'Another decision.', fr: 'Une autre décision.' },
  undecided: {
    en: 'Nothing was decided: it was refused before, or stopped after.',
    fr: "Rien n'a été décidé : le refus précède la décision, ou la suit.",
  },
  unknown: {
    en: 'It cannot be told: what it needs is not kept.',
    fr: 'Impossible à dire : ce qu’il faudrait pour en décider n’est plus conservé.',
  },
} as const

/** From the arrival, whose day decides, to the record, which says when it was written: body, judging and commit. */
const longestMs = 120_000

const groupKeys = ['k', 'k_left', 'k_coarsest']

/** Whether a rule asks so, in whatever branch. */
const asks = (when: When, of: (when: When) => boolean): boolean =>
  of(when) ||
  [...(when.any ?? []), ...(when.all ?? []), ...(when.not === undefined ? [] : [when.not])].some((one) =>
    asks(one, of),
  )

/** @throws Refused NOT_FOUND if the bundle that decided is not in this store, or is none for this version */
export async function replay(
  { record, detail }: ShownTransfer['attempts'][number],
  book: OrderBook,
  region: string | undefined,
  lang: Lang,
): Promise<Replayed> {
  const say = (
    result: keyof typeof words,
    missing: Replayed['missing'],
    more: Partial<Replayed> = {},
  ): Replayed => ({
    result,
    sentence: words[result][lang],
    bundle: record.bundle,
    decided: decidedBy(record),
    missing,
    differences: [],
    ...more,
  })
  // A code that no rule gave has no rules beside it.
  if (record.k === 'refusal' && record.rules.length === 0) return say('undecided', [])
  const bundle = await book.bundleOf(record.bundle).catch((error: unknown) => {
    if (error instanceof PolicyInvalid) return null
    throw error
  })
  if (bundle === null)
    throw new Refused('NOT_FOUND', {
      en: 'The bundle that decided is not in this store.',
      fr: "La politique qui a décidé n'est pas dans ce dépôt.",
    })
  if (detail === undefined) return say('unknown', ['detail'])
  const { shape } = JSON.parse(detail.toString('utf8')) as { shape: Shape }
  const { client, provider, purpose } = record
  const orders = record.orders === undefined ? undefined : await book.asOf(record.orders)
  const { document, found } = fromShape(shape)
  const decideAt = (at: Date): Outcome =>
    outcomeOf(
      evaluate(
        openRoute(
          { ...bundle, ...(orders === undefined ? {} : { orders }) },
          {
            ...{ client, provider, purpose, at, media: shape.media },
            method: record.k === 'intent' ? record.method : (shape.method ?? ''),
            on: civilDate(at, bundle.clients.get(client)?.zone ?? 'Europe/Brussels'),
            ...(region === undefined ? {} : { region }),
          },
        ),
        document,
        found,
      ),
    )
  const written = new Date(record.t)
  const then = decidedBy(record)
  const later = decideAt(written)
  const earlier = decideAt(new Date(written.getTime() - longestMs))
  const again = canonicalOf(earlier) === canonicalOf(then) ? earlier : later
  // How many records share their traits needs the values: it counts where such a rule spoke then or now, not both.
  const ofGroups = bundle.rules.filter(({ when }) => asks(when, (one) => groupKeys.some((key) => key in one)))
  const oneSided = ofGroups.some(({ id }) => then.rules.includes(id) !== again.rules.includes(id))
  const missing: Replayed['missing'] = [
    ...(shape.more > 0 ? (['findings'] as const) : []),
    ...(oneSided ? (['groups'] as const) : []),
    ...(record.k === 'intent' && record.ground.includes('derogation') ? (['case'] as const) : []),
  ]
  const differences = (['verdict', 'code', 'rules', 'cats'] as const).filter(
    (key) => canonicalOf(then[key]) !== canonicalOf(again[key]),
  )
  if (differences.length === 0) return say('same', missing, { again })
  return say(missing.length > 0 ? 'unknown' : 'different', missing, { again, differences })
}

const decidedBy = (record: ShownTransfer['attempts'][number]['record']): Outcome =>
  record.k === 'refusal'
    ? { verdict: 'refuse', code: record.code, rules: [...record.rules].toSorted(), cats: plain(record.cats) }
    : { verdict: record.verdict, rules: [...record.rules].toSorted(), cats: plain(record.cats) }

const outcomeOf = (decision: Decision): Outcome => ({
  verdict: decision.verdict,
  ...(decision.code === undefined ? {} : { code: decision.code }),
  rules: [...new Set(decision.spoken.map(({ rule }) => rule))].toSorted(),
  cats: plain(decision.counts as Counts),
})

const plain = (cats: Counts): Record<string, Record<string, number>> =>
  Object.fromEntries(Object.entries(cats).map(([category, counts]) => [category, { ...counts }]))

/** Keys in order, whatever order they were counted in. */
const canonicalOf = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? ''
