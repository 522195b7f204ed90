/** What changed between two bundles and shows in no decision: a reader of `policy diff` must know that it is not in it. */
import type { Client, Provider, Purpose } from '../../model/register.ts'
import type { Bundle } from '../bundle.ts'

/** They say who comes in a client's name, where and how it goes, and for how long it can be turned back; not whether. */
const ofProvider = [
  'base_url',
  'language',
  'answers',
  'credentials',
  'headers',
  'hosts',
] as const satisfies readonly (keyof Provider)[]
const ofClient = ['zone', 'default_purpose', 'jwt'] as const satisfies readonly (keyof Client)[]
const ofPurpose = ['scope', 'retention_days', 'places'] as const satisfies readonly (keyof Purpose)[]

const changed = <Entry extends object>(
  before: Entry | undefined,
  after: Entry | undefined,
  keys: readonly (keyof Entry & string)[],
  at: string,
): string[] =>
  before === undefined || after === undefined
    ? []
    : keys
        .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
        .map((key) => `${at}: ${key}`)

/** `providers/tana-paie: base_url`, `recognisers/own.yaml`; sorted. */
export const unseen = (before: Bundle, after: Bundle): readonly string[] => {
  const out: string[] = []
  for (const [id, was] of before.providers)
    out.push(...changed(was, after.providers.get(id), ofProvider, `providers/${id}`))
  for (const [id, was] of before.clients) {
    const is = after.clients.get(id)
    out.push(...changed(was, is, ofClient, `clients/${id}`))
    for (const [name, purpose] of Object.entries(was.purposes)) {
      const its = is !== undefined && Object.hasOwn(is.purposes, name) ? is.purposes[name] : undefined
      out.push(...changed(purpose, its, ofPurpose, `clients/${id} ${name}`))
    }
  }
  // What is found comes before what is decided of it.
  const texts = (bundle: Bundle) =>
    new Map(
      bundle.files
        .filter(({ path }) => path.startsWith('recognisers/'))
        .map(({ path, text }) => [path, text]),
    )
  const [old, fresh] = [texts(before), texts(after)]
  for (const path of new Set([...old.keys(), ...fresh.keys()]))
    if (old.get(path) !== fresh.get(path)) out.push(path)
  return out.toSorted()
}
