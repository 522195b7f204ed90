import { PolicyInvalid, type PolicyFault } from '../errors.ts'
import type { LawData } from '../law/data.ts'
import type { Client, Provider } from '../model/register.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import { checkClient, checkNeeds, checkTokenHolders } from './client-file.ts'
import { bundleDigest } from './digest.ts'
import { taken } from './fault-words.ts'
import { fileFault, inOrder, placeIn } from './faults.ts'
import { mostFiles, readFolder } from './folder.ts'
import { readDerogations } from './derogation-file.ts'
import {
  noLocalisation,
  noMechanisms,
  readAdequacy,
  readLocalisation,
  readMechanisms,
  readTerritories,
} from './law-file.ts'
import { checkPacks, type Findings } from './names.ts'
import { decides, packOf, placeOf, type Kind } from './places.ts'
import { checkProvider } from './provider-file.ts'
import { readRecognisers } from './recogniser-file.ts'
import { toClient, toProvider } from './register.ts'
import { readCategories } from './category-file.ts'
import { readRules } from './rule-file.ts'
import { schemaFaults, type SchemaName } from './schema.ts'
import { besides } from './besides.ts'
import { parseYaml, type ParsedFile } from './yaml.ts'

/**
 * A policies folder, checked whole: a bundle comes out, or every fault at once. Nothing of a bad folder is
 * kept, so that a bad edit never replaces a good policy.
 * @throws PolicyInvalid
 */
export const loadFolder = async (folder: string): Promise<Bundle> => loadFiles(await readFolder(folder))

/** The same for files that are already text: a draft, a stored bundle. @throws PolicyInvalid */
export const loadFiles = (files: readonly BundleFile[]): Bundle => {
  const out: Findings = { faults: [], warnings: [] }
  const { kept, docs, unread } = parse(files, out.faults)
  const law = readLaw(docs, out.faults)
  const clients = readClients(docs, unread.client, law, out)
  const providers = readProviders(docs, unread.provider, law, clients, out)
  checkSwitches(docs, clients.read, providers.read, out)
  const derogations = readDerogations(docs.derogation, clients.read, providers.read, out.faults, out.warnings)
  const { categories, rules } = readJudgement(docs, law, clients, providers, out)
  const { recognisers, faults } = readRecognisers(docs.recogniser)
  out.faults.push(...faults)
  for (const doc of docs.client) {
    const client = clients.read.get(String((doc.value as { id?: unknown } | null)?.id))
    if (client !== undefined) checkNeeds(doc, client, categories, out)
  }
  const told = new Set(out.faults.map(placeIn))
  out.faults.push(
    ...Object.values(docs).flatMap((of) =>
      of.flatMap(({ odd }) => odd.filter((one) => !told.has(placeIn(one)))),
    ),
  )
  if (out.faults.length > 0) throw new PolicyInvalid(inOrder(out.faults))
  const all = kept.map(({ path, text }) => ({ path, text }))
  // The same objects, so that what crosses from a thread crosses once.
  const deciding = all.filter((_, i) => decides(kept[i]!.kind))
  return {
    digest: bundleDigest(deciding),
    deciding,
    files: all,
    clients: clients.read,
    providers: providers.read,
    law,
    derogations,
    categories,
    rules,
    recognisers,
    warnings: out.warnings,
  }
}

type Docs = Readonly<Record<Kind, readonly ParsedFile[]>>

interface Read<T> {
  readonly read: ReadonlyMap<string, T>
  /** Ids of all files with what they hold, those with faults too: a broken file is not an unknown name. */
  readonly named: ReadonlyMap<string, unknown>
}

const emptyLists = <T>(): Record<Kind, T[]> => ({
  client: [],
  provider: [],
  rules: [],
  territories: [],
  adequacy: [],
  mechanisms: [],
  localisation: [],
  derogation: [],
  categories: [],
  recogniser: [],
  case: [],
  schema: [],
})

const needed = [
  'categories.yaml',
  'law/territories.yaml',
  'law/adequacy.yaml',
  'law/mechanisms.yaml',
  'law/localisation.yaml',
]

/** Characters of all files together. */
const largestFolder = 16 * 1024 * 1024

/** Every file to its place; cases are read when they are run, schemas are those of the program. */
const parse = (files: readonly BundleFile[], faults: PolicyFault[]) => {
  const kept: (BundleFile & { readonly kind: Kind })[] = []
  const docs: Record<Kind, ParsedFile[]> = emptyLists()
  // Ids of files that do not even parse, as far as one can see them.
  const unread: Record<Kind, string[]> = emptyLists()
  if (files.length > mostFiles) {
    throw new PolicyInvalid([
      fileFault('.', {
        en: `there are more than ${mostFiles} files`,
        fr: `il y a plus de ${mostFiles} fichiers`,
      }),
    ])
  }
  const paths = new Set<string>()
  let size = 0
  for (const { path, text } of files) {
    const place = placeOf(path)
    if ('ignored' in place) continue
    size += text.length
    if (size > largestFolder)
      throw new PolicyInvalid([
        fileFault(
          path,
          {
            en: `with this file the folder holds more than ${largestFolder / 1024 / 1024} MiB`,
            fr: `avec ce fichier, le dossier dépasse ${largestFolder / 1024 / 1024} Mio`,
          },
          {
            en: 'a gateway reads all of it at each edit: take out what decides nothing',
            fr: 'une passerelle le relit tout entier à chaque modification : retirez ce qui ne décide rien',
          },
        ),
      ])
    if (!('kind' in place)) faults.push(fileFault(path, place.message, place.hint))
    else if (paths.has(path))
      faults.push(fileFault(path, { en: 'this path is given twice', fr: 'ce chemin est donné deux fois' }))
    else {
      kept.push({ path, text, kind: place.kind })
      if (place.kind === 'case' || place.kind === 'schema') continue
      try {
        docs[place.kind].push(parseYaml({ path, text }))
      } catch (error) {
        if (!(error instanceof PolicyInvalid)) throw error
        faults.push(...error.faults)
        const [, id] = /^id:[ \t]*["']?([a-z0-9-]{2,40})\b/m.exec(text) ?? []
        if (id !== undefined) unread[place.kind].push(id)
      }
    }
    paths.add(path)
  }
  for (const path of needed) {
    if (!paths.has(path))
      faults.push(
        fileFault(
          path,
          { en: 'this file is missing', fr: 'ce fichier manque' },
          { en: 'douane init brings one', fr: 'douane init en apporte un' },
        ),
      )
  }
  return { kept, docs: docs as Docs, unread }
}

/** True if the file fits; its differences are faults. */
const fits = (doc: ParsedFile, schema: SchemaName, faults: PolicyFault[]): boolean => {
  const found = schemaFaults(doc, schema)
  faults.push(...found)
  return found.length === 0
}

const readLaw = (docs: Docs, faults: PolicyFault[]): LawData => {
  const [places] = docs.territories.filter((doc) => fits(doc, 'territories', faults))
  const territories = places === undefined ? new Map() : readTerritories(places, faults)
  const [decisions] = docs.adequacy.filter((doc) => fits(doc, 'adequacy', faults))
  const [tools] = docs.mechanisms.filter((doc) => fits(doc, 'mechanisms', faults))
  const [sectors] = docs.localisation.filter((doc) => fits(doc, 'localisation', faults))
  return {
    territories,
    adequacy:
      decisions === undefined || places === undefined
        ? new Map()
        : readAdequacy(decisions, territories, faults),
    ...(tools === undefined ? noMechanisms : readMechanisms(tools, faults)),
    ...(sectors === undefined ? noLocalisation : readLocalisation(sectors, territories, faults)),
  }
}

/** Entries by id; ids are unique over all files of the kind. */
const entries = <T extends { readonly id: string }>(
  docs: readonly ParsedFile[],
  unread: readonly string[],
  schema: SchemaName,
  make: (value: unknown) => T,
  faults: PolicyFault[],
): { good: [ParsedFile, T][]; named: Map<string, unknown> } => {
  const good: [ParsedFile, T][] = []
  const named = new Map<string, unknown>(unread.map((id) => [id, undefined]))
  const holders = new Map<string, ParsedFile>()
  for (const doc of docs) {
    const fit = fits(doc, schema, faults)
    const id = (doc.value as { id?: unknown } | null)?.id
    if (typeof id !== 'string') continue
    const first = holders.get(id)
    if (first !== undefined) {
      faults.push(
        doc.fault(['id'], taken(id), {
          en: `${first.path} has it; an id is never used twice`,
          fr: `${first.path} le porte ; un identifiant ne sert jamais deux fois`,
        }),
      )
      continue
    }
    holders.set(id, doc)
    named.set(id, doc.value)
    if (fit) good.push([doc, make(doc.value)])
  }
  return { good, named }
}

const readClients = (docs: Docs, unread: readonly string[], law: LawData, out: Findings): Read<Client> => {
  const { good, named } = entries(docs.client, unread, 'client', toClient, out.faults)
  // Without territories every code would look unknown: that file's own fault is enough.
  if (law.territories.size > 0 && law.nir.length > 0)
    for (const [doc, client] of good) checkClient(doc, client, law, out)
  if (law.territories.size > 0 && law.nir.length > 0)
    for (const doc of docs.client)
      if (!good.some(([one]) => one === doc))
        besides(doc, out, (its, found) => checkClient(its, toClient(its.value), law, found))
  checkTokenHolders(good, out.faults)
  return { read: new Map(good.map(([, client]) => [client.id, client])), named }
}

const readProviders = (
  docs: Docs,
  unread: readonly string[],
  law: LawData,
  clients: Read<Client>,
  out: Findings,
): Read<Provider> => {
  const { good, named } = entries(docs.provider, unread, 'provider', toProvider, out.faults)
  if (law.territories.size > 0 && law.adequacy.size > 0) {
    const known = { law, clients: clients.read, clientIds: new Set(clients.named.keys()) }
    for (const [doc, provider] of good) checkProvider(doc, provider, known, out)
    for (const doc of docs.provider)
      if (!good.some(([one]) => one === doc))
        besides(doc, out, (its, found) => checkProvider(its, toProvider(its.value), known, found))
  }
  return { read: new Map(good.map(([, provider]) => [provider.id, provider])), named }
}

/** Categories and rules; a rule may name what a broken register file holds. */
const readJudgement = (
  docs: Docs,
  law: LawData,
  clients: Read<Client>,
  providers: Read<Provider>,
  out: Findings,
): Pick<Bundle, 'categories' | 'rules'> => {
  const [doc] = docs.categories
  if (doc === undefined) return { categories: new Map(), rules: [] }
  const { categories, faults } = readCategories(doc)
  out.faults.push(...faults)
  const known = new Map(
    [...clients.named].map(([id, value]) => [id, { purposes: purposesOf(clients.read.get(id) ?? value) }]),
  )
  const names = { clients: known, providers: providers.named, law, packs: packsOf(docs.rules) }
  const judged = readRules(docs.rules, names, categories)
  out.faults.push(...judged.faults)
  out.warnings.push(...judged.warnings)
  return { categories, rules: judged.rules }
}

/** Packs named by clients, purposes, providers and contracts. */
const checkSwitches = (
  docs: Docs,
  clients: ReadonlyMap<string, Client>,
  providers: ReadonlyMap<string, Provider>,
  { faults }: Findings,
): void => {
  const known = new Set(packsOf(docs.rules))
  const idOf = (doc: ParsedFile) => String((doc.value as { id?: unknown } | null)?.id)
  for (const doc of docs.client) {
    const client = clients.get(idOf(doc))
    checkPacks(doc, [], client?.packs, known, faults)
    for (const [id, purpose] of Object.entries(client?.purposes ?? {}))
      checkPacks(doc, ['purposes', id], purpose.packs, known, faults)
  }
  for (const doc of docs.provider) {
    const provider = providers.get(idOf(doc))
    checkPacks(doc, [], provider?.packs, known, faults)
    for (const [i, contract] of (provider?.contracts ?? []).entries())
      checkPacks(doc, ['contracts', i], contract.packs, known, faults)
  }
}

const packsOf = (rules: readonly ParsedFile[]): readonly string[] =>
  rules.flatMap(({ path }) => packOf(path) ?? [])

const purposesOf = (client: unknown): Readonly<Record<string, unknown>> => {
  const purposes = (client as { purposes?: unknown } | null | undefined)?.purposes
  return typeof purposes === 'object' && purposes !== null ? (purposes as Record<string, unknown>) : {}
}
