/** cases/*.yaml: tests of the policy, checked like everything else a DPO writes. */
import type { Code, PolicyFault } from '../errors.ts'
import { codes } from '../errors.ts'
import { isCivilDate } from '../law/date.ts'
import type { Treatment } from '../model/decision.ts'
import type { CivilDate, Client, CountryCode, Derogation, Provider } from '../model/register.ts'
import type { Bundle, Source } from './bundle.ts'
import { checkClient } from './client-file.ts'
import { readDerogations } from './derogation-file.ts'
import { didYouMean, isNo, quoted } from './fault-words.ts'
import { checkProvider } from './provider-file.ts'
import { toClient, toProvider } from './register.ts'
import { readTreatment } from './treatment-file.ts'
import { schemaFaults } from './schema.ts'
import type { KeyPath, ParsedFile } from './yaml.ts'

/** Register entries that stand before those of the register. */
export interface Fragment {
  readonly clients: readonly Client[]
  readonly providers: readonly Provider[]
  readonly derogations: readonly Derogation[]
}

/** Ids as written, of faulty entries too: an entry with a fault is not an unknown name. */
interface Named extends Fragment {
  readonly ids: { readonly client: readonly string[]; readonly provider: readonly string[] }
}

const idsOf = (entries: readonly unknown[]): string[] =>
  entries.flatMap((entry) => {
    const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined
    return typeof id === 'string' ? [id] : []
  })

export interface Expected {
  readonly verdict: 'allow' | 'treat' | 'refuse'
  readonly code?: Code
  /** Rules that must have spoken; notes count. */
  readonly rules: readonly string[]
  /** Rules that must not have spoken. */
  readonly silent: readonly string[]
  /** Recognisers that must have found something. */
  readonly recognisers: readonly string[]
  /** Path (`a.*.b`) or category → what becomes of every finding there. */
  readonly treatments: readonly (readonly [where: string, treatment: Treatment])[]
}

export interface PolicyCase {
  readonly name: string
  /** An instant, or a day where the client is. */
  readonly now: Date | CivilDate
  readonly client: string
  readonly provider: string
  readonly purpose: string
  /** Douane-Case. */
  readonly case?: string
  readonly region?: CountryCode
  readonly method: string
  readonly target: string
  readonly media: string
  /** undefined: no body. */
  readonly payload: unknown
  readonly with: Fragment
  readonly expect: Expected
  readonly source: Source
}

type Known = Pick<Bundle, 'law' | 'clients' | 'providers' | 'rules' | 'recognisers'>
type Record_ = Readonly<Record<string, unknown>>

const part = (file: ParsedFile, at: KeyPath, value: unknown): ParsedFile => ({
  path: file.path,
  text: file.text,
  value,
  at: (keys, side) => file.at([...at, ...keys], side),
  fault: (keys, message, hint, side) => file.fault([...at, ...keys], message, hint, side),
  written: (keys) => file.written([...at, ...keys]),
  odd: [],
})

const fragment = (
  file: ParsedFile,
  at: KeyPath,
  value: unknown,
  known: Known,
  faults: PolicyFault[],
): Named => {
  const {
    clients = [],
    providers = [],
    derogations = [],
  } = (value ?? {}) as Readonly<Record<string, readonly unknown[]>>
  const out = { faults, warnings: [] }
  const readClients = clients.flatMap((entry, n) => {
    const doc = part(file, [...at, 'clients', n], entry)
    const wrong = schemaFaults(doc, 'client')
    faults.push(...wrong)
    if (wrong.length > 0) return []
    const client = toClient(entry)
    checkClient(doc, client, known.law, out)
    return [client]
  })
  const all = new Map([...known.clients, ...readClients.map((client) => [client.id, client] as const)])
  const clientIds = new Set([...all.keys(), ...idsOf(clients)])
  const readProviders = providers.flatMap((entry, n) => {
    const doc = part(file, [...at, 'providers', n], entry)
    const wrong = schemaFaults(doc, 'provider')
    faults.push(...wrong)
    if (wrong.length > 0) return []
    const provider = toProvider(entry)
    checkProvider(doc, provider, { law: known.law, clients: all, clientIds }, out)
    return [provider]
  })
  const allProviders = new Map([...known.providers, ...readProviders.map((each) => [each.id, each] as const)])
  const readAll = derogations.flatMap((entry, n) =>
    readDerogations([part(file, [...at, 'derogations', n], entry)], all, allProviders, faults),
  )
  return {
    clients: readClients,
    providers: readProviders,
    derogations: readAll,
    ids: { client: idsOf(clients), provider: idsOf(providers) },
  }
}

const joined = (a: Named, b: Named): Named => ({
  clients: [...a.clients, ...b.clients],
  providers: [...a.providers, ...b.providers],
  derogations: [...a.derogations, ...b.derogations],
  ids: {
    client: [...a.ids.client, ...b.ids.client],
    provider: [...a.ids.provider, ...b.ids.provider],
  },
})

const instant = (text: string): Date | CivilDate | undefined => {
  if (isCivilDate(text)) return text
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? new Date(text) : undefined
  return at !== undefined && Number.isFinite(at.getTime()) ? at : undefined
}

const readCase = (
  file: ParsedFile,
  at: KeyPath,
  value: Record_,
  shared: Named,
  known: Known,
  faults: PolicyFault[],
): PolicyCase | undefined => {
  const before = faults.length
  const its = joined(shared, fragment(file, [...at, 'with'], value['with'], known, faults))
  const text = (key: string): string => String(value[key])
  const now = instant(text('now'))
  if (now === undefined)
    faults.push(
      file.fault(
        [...at, 'now'],
        { en: 'this is not a moment', fr: "ceci n'est pas un moment" },
        {
          en: 'an instant, 2026-11-23T10:00:00Z, or a day, 2026-11-23',
          fr: 'un instant, 2026-11-23T10:00:00Z, ou un jour, 2026-11-23',
        },
      ),
    )
  const name = (key: 'client' | 'provider', ids: Iterable<string>) => {
    const list = [...ids]
    if (!list.includes(text(key)))
      faults.push(
        file.fault(
          [...at, key],
          {
            en: `no ${key} ${quoted(text(key)).en} here or in the register`,
            fr: `pas de ${key === 'client' ? 'client' : 'prestataire'} ${quoted(text(key)).fr} ici ni au registre`,
          },
          didYouMean(text(key), list),
        ),
      )
  }
  name('client', [...known.clients.keys(), ...its.ids.client])
  name('provider', [...known.providers.keys(), ...its.ids.provider])
  const expected = value['expect'] as Record_
  const { code } = expected
  if (code !== undefined && !(codes as readonly unknown[]).includes(code))
    faults.push(
      file.fault(
        [...at, 'expect', 'code'],
        isNo(String(code), { en: 'a code', fr: 'un code' }),
        didYouMean(String(code), codes),
      ),
    )
  const ids = (known.rules ?? []).map(({ id }) => id)
  for (const key of ['rules', 'silent'] as const)
    ((expected[key] ?? []) as readonly string[]).forEach((id, n) => {
      if (!/[:_]/.test(id) && !ids.includes(id))
        faults.push(
          file.fault(
            [...at, 'expect', key, n],
            {
              en: `there is no rule ${quoted(id).en}`,
              fr: `il n'y a pas de règle ${quoted(id).fr}`,
            },
            didYouMean(id, ids),
          ),
        )
    })
  const own = known.recognisers.map(({ id }) => `own:${id}`)
  ;((expected['recognisers'] ?? []) as readonly string[]).forEach((id, n) => {
    if (id.startsWith('own:') && !own.includes(id))
      faults.push(
        file.fault(
          [...at, 'expect', 'recognisers', n],
          {
            en: `there is no recogniser ${quoted(id).en}`,
            fr: `il n'y a pas de détecteur ${quoted(id).fr}`,
          },
          didYouMean(id, own),
        ),
      )
  })
  const treatments = Object.entries((expected['treatments'] ?? {}) as Record_).flatMap(([where, wanted]) => {
    const treatment = readTreatment(wanted, [...at, 'expect', 'treatments', where], { file, faults })
    return treatment === undefined ? [] : [[where, treatment] as const]
  })
  const media = value['media'] === undefined ? 'application/json' : text('media')
  if (!/json/.test(media) && value['payload'] !== undefined && typeof value['payload'] !== 'string')
    faults.push(
      file.fault(
        [...at, 'payload'],
        { en: 'a payload of this type is a text', fr: 'un contenu de ce type est un texte' },
        { en: 'write it in quotes', fr: 'écrivez-le entre guillemets' },
      ),
    )
  if (faults.length > before || now === undefined) return undefined
  return {
    name: text('name'),
    now,
    client: text('client'),
    provider: text('provider'),
    purpose: text('purpose'),
    ...(value['case'] === undefined ? {} : { case: text('case') }),
    ...(value['region'] === undefined ? {} : { region: text('region') }),
    method: value['method'] === undefined ? 'POST' : text('method'),
    target: value['target'] === undefined ? '/' : text('target'),
    media,
    payload: value['payload'],
    with: its,
    expect: {
      verdict: expected['verdict'] as Expected['verdict'],
      ...(code === undefined ? {} : { code: code as Code }),
      rules: (expected['rules'] ?? []) as readonly string[],
      silent: (expected['silent'] ?? []) as readonly string[],
      recognisers: (expected['recognisers'] ?? []) as readonly string[],
      treatments,
    },
    source: file.at(at),
  }
}

/** Never throws; a case with a fault is left out and the fault is in the answer. */
export const readCases = (
  file: ParsedFile,
  known: Known,
): { readonly cases: readonly PolicyCase[]; readonly faults: readonly PolicyFault[] } => {
  const faults: PolicyFault[] = [...schemaFaults(file, 'cases')]
  if (faults.length > 0) return { cases: [], faults }
  const root = file.value as Record_
  const shared = fragment(file, ['with'], root['with'], known, faults)
  const cases = (root['cases'] as readonly Record_[]).flatMap((value, n) => {
    const read = readCase(file, ['cases', n], value, shared, known, faults)
    return read === undefined ? [] : [read]
  })
  return { cases, faults }
}
