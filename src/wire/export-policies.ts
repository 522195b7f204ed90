/** Policies of an export: whole, or what somebody who is limited to clients may read of them. */
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

/** Files that name no client but these; of the register only what names one of these. */
const partOf = (
  files: readonly Text[],
  { clients: all }: Bundle,
  clients: readonly string[],
): readonly Text[] => {
  const others = [...all.values()].filter(({ id }) => !clients.includes(id))
  const names = others.flatMap(({ id, name }) => [id, name])
  return files.filter(
    ({ path, text }) =>
      !namesOne(`${path}\n${text}`, names) && (!path.startsWith('register/') || namesOne(text, clients)),
  )
}

/** Bundles that decided something in this store. A bundle that this version cannot read is left out of a part. */
export async function* policiesIn(
  { bundles }: Installation,
  digests: readonly string[],
  read: ReadBundle,
  clients: readonly string[] | undefined,
): AsyncGenerator<PolicyFiles> {
  for (const digest of digests) {
    const stored = await bundles.get(digest)
    if (stored === null) continue
    const bytesOf = ({ path, text }: Text) => ({ path, bytes: Buffer.from(text) })
    if (clients === undefined) {
      yield { digest, files: stored.files.map(bytesOf) }
      continue
    }
    const bundle = await read(digest)
    if (bundle !== null)
      yield { digest, part: true, files: partOf(stored.files, bundle, clients).map(bytesOf) }
  }
}
