/** All routes that two bundles know, and what their rules tell apart in a request besides. */
import type { Client } from '../../model/register.ts'
import type { Bundle, When } from '../bundle.ts'
import { mediaFacts } from '../compile.ts'
import { keysIn } from '../when-keys.ts'

export interface RouteId {
  readonly client: string
  readonly provider: string
  readonly purpose: string
}

const union = (one: Iterable<string>, two: Iterable<string>): readonly string[] =>
  [...new Set([...one, ...two])].toSorted()

const purposesOf = (client: Client | undefined): readonly string[] => Object.keys(client?.purposes ?? {})

/** Clients × providers × their purposes of either bundle, sorted. */
export function* routesOf(before: Bundle, after: Bundle): Generator<RouteId> {
  const providers = union(before.providers.keys(), after.providers.keys())
  for (const client of union(before.clients.keys(), after.clients.keys()))
    for (const provider of providers)
      for (const purpose of union(
        purposesOf(before.clients.get(client)),
        purposesOf(after.clients.get(client)),
      ))
        yield { client, provider, purpose }
}

const wordsOf = (bundles: readonly Bundle[], key: keyof When): ReadonlySet<string> =>
  new Set(
    bundles
      .flatMap(({ rules }) => rules.flatMap(({ when }) => keysIn(when)))
      .filter(([name]) => name === key)
      .flatMap(([, value]) => value as readonly string[]),
  )

/** A method or media type that stands for all that rules tell not apart from it. */
export interface Request {
  readonly method: string
  readonly media: string
}

export interface Requests {
  readonly methods: readonly string[]
  readonly media: readonly string[]
}

/** Stands for every method that no rule names. */
export const anotherMethod = 'ANY-OTHER'
/** A transfer without a case that a file of derogations/ names. */
export const noCase = '…'
/** One type of each family, and one of none, whose own names no rule uses. */
const anyOf: readonly string[] = [
  '',
  'application/json',
  'application/x-any-other+json',
  'application/x-www-form-urlencoded',
  'text/x-any-other',
  'application/x-any-other',
]

/** Every request that rules of either bundle tell apart, once. */
export const requestsOf = (before: Bundle, after: Bundle): Requests => {
  const bundles = [before, after]
  const named = wordsOf(bundles, 'media')
  const met = (type: string): string =>
    mediaFacts(type)
      .filter((word) => named.has(word))
      .join()
  // `json` and its like name families, not types.
  const types = [...anyOf, ...[...named].filter((word) => word.includes('/'))]
  return {
    methods: [...wordsOf(bundles, 'method'), anotherMethod],
    media: [...new Map(types.toReversed().map((type) => [met(type), type] as const)).values()],
  }
}

/** How a media class is written: the words of rules that it meets, `…` if none. */
export const printMedia = (before: Bundle, after: Bundle, type: string): string => {
  const named = wordsOf([before, after], 'media')
  return (
    mediaFacts(type)
      .filter((word) => named.has(word))
      .join(' & ') || '…'
  )
}
