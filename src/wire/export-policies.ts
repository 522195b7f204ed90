/** Policies of an export: whole, or what somebody who is limited to clients may read of them. */
import { parse, stringify } from 'yaml'
import type { Bundle } from '../policy/bundle.ts'
import type { PolicyFiles } from '../audit/bundle.ts'
import type { Installation } from './installation.ts'

type ReadBundle = (digest: string) => Promise<Bundle | null>
interface Text {
  readonly path: string
  readonly text: string
}

/** True if one of them stands anywhere in the text: a file too many is left out rather than one too few. */
const namesOne = (text: string, names: readonly string[]): boolean => {
  const lower = text.toLowerCase()
  return names.some((name) => lower.includes(name.toLowerCase()))
}

/** An entry without the contracts of others, and without comments; undefined if nothing is left of it or it names one still. */
const withoutOthers = ({ path, text }: Text, others: readonly string[], clients: readonly string[]) => {
  const entry: unknown = parse(text)
  if (typeof entry !== 'object' || entry === null || !('contracts' in entry)) return undefined
  const { contracts } = entry
  const own = (Array.isArray(contracts) ? (contracts as unknown[]) : []).filter((one) =>
    clients.some((client) => (one as { client?: unknown } | null)?.client === client),
  )
  const left = `# Contracts of other clients were left out.\n${stringify({ ...entry, contracts: own })}`
  if (own.length === 0 || namesOne(`${path}\n${left}`, others)) return undefined
  return { path: path.replace(/\.ya?ml$/, '.part.yaml'), text: left }
}

/** Files that name no other client; of the register what names one of these, a shared provider with their contracts. */
const partOf = (
  files: readonly Text[],
  others: readonly string[],
  clients: readonly string[],
): readonly Text[] =>
  files.flatMap((file) => {
    const { path, text } = file
    const isRegister = path.startsWith('register/')
    if (!namesOne(`${path}\n${text}`, others)) return isRegister && !namesOne(text, clients) ? [] : [file]
    return (isRegister ? withoutOthers(file, others, clients) : undefined) ?? []
  })

/** Ids and names of all other clients that one of these policies knows: one may be named where it is no client any more. */
const othersIn = async (digests: readonly string[], read: ReadBundle, clients: readonly string[]) => {
  const names = new Set<string>()
  for (const digest of digests)
    for (const { id, name } of (await read(digest))?.clients.values() ?? [])
      if (!clients.includes(id)) names.add(id).add(name)
  return [...names]
}

/** Bundles that decided something in this store. A bundle that this version cannot read is left out of a part. */
export async function* policiesIn(
  { bundles }: Installation,
  digests: readonly string[],
  read: ReadBundle,
  clients: readonly string[] | undefined,
): AsyncGenerator<PolicyFiles> {
  const others = clients === undefined ? [] : await othersIn(digests, read, clients)
  for (const digest of digests) {
    const stored = await bundles.get(digest)
    if (stored === null) continue
    const bytesOf = ({ path, text }: Text) => ({ path, bytes: Buffer.from(text) })
    if (clients === undefined) {
      yield { digest, files: stored.files.map(bytesOf) }
      continue
    }
    if ((await read(digest)) !== null)
      yield { digest, part: true, files: partOf(stored.files, others, clients).map(bytesOf) }
  }
}
