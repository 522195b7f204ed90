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

export interface Unseen {
  /** `providers/tana-paie: base_url`, `recognisers/own.yaml`; sorted. */
  readonly all: readonly string[]
  /** Of these, the ones by which more may leave, go elsewhere or be asked for by others. */
  readonly opens: readonly string[]
}

const more = (was: readonly string[] = [], is: readonly string[] = []): boolean =>
  is.some((each) => !was.includes(each))

/** Whether such a change may let more out; what is not here narrows, or moves nothing. */
const opening: Readonly<Record<string, (was: never, is: never) => boolean>> = {
  // Another company may answer there.
  base_url: (was: string, is: string) => new URL(was).origin !== new URL(is).origin,
  answers: (_was, is: Provider['answers']) => is === 'pass',
  credentials: (_was, is: Provider['credentials']) => is === 'client',
  headers: (was: Provider['headers'], is: Provider['headers']) => more(was.pass, is.pass),
  hosts: (was: readonly string[], is: readonly string[]) => more(was, is),
  jwt: (_was, is: Client['jwt']) => is !== undefined,
  // A segment that nobody names any more is looked at less closely.
  places: (was: Purpose['places'], is: Purpose['places']) => more(is, was),
}

const changed = <Entry extends object>(
  before: Entry | undefined,
  after: Entry | undefined,
  keys: readonly (keyof Entry & string)[],
  at: string,
): Said[] =>
  before === undefined || after === undefined
    ? []
    : keys
        .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
        .map((key) => [`${at}: ${key}`, opening[key]?.(before[key] as never, after[key] as never) ?? false])

type Said = readonly [what: string, opens: boolean]

export const unseen = (before: Bundle, after: Bundle): Unseen => {
  const out: Said[] = []
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
    // A recogniser adds findings; one that is new takes none away.
    if (old.get(path) !== fresh.get(path)) out.push([path, old.has(path)])
  return {
    all: out.map(([what]) => what).toSorted(),
    opens: out.flatMap(([what, opens]) => (opens ? [what] : [])).toSorted(),
  }
}
