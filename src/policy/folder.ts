import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { PolicyInvalid, type PolicyFault } from '../errors.ts'
import type { Both } from '../lang.ts'
import type { BundleFile } from './bundle.ts'
import { fileFault, inOrder } from './faults.ts'
import { placeOf } from './places.ts'
import { largestFile, splitIt, tooLarge } from './yaml.ts'

export const mostFiles = 2_000
const deepestFolder = 8

/** Paths of plain files below the folder, `/` as separator; names that begin with a dot are not looked at. */
const walk = async (root: string, below: string, level: number, faults: PolicyFault[]): Promise<string[]> => {
  const found: string[] = []
  for (const entry of (await readdir(join(root, below), { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.name.startsWith('.')) continue
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (found.length > mostFiles) break
    if (entry.isDirectory()) {
      if (level >= deepestFolder)
        faults.push(
          fileFault(path, {
            en: 'folders nest too deeply',
            fr: 'les dossiers sont trop profondément imbriqués',
          }),
        )
      else found.push(...(await walk(root, path, level + 1, faults)))
    } else if (
      entry.isSymbolicLink() &&
      (await stat(join(root, path)).catch(() => undefined))?.isDirectory()
    ) {
      faults.push(
        fileFault(
          path,
          {
            en: 'links to folders are not followed',
            fr: 'les liens vers des dossiers ne sont pas suivis',
          },
          { en: 'put the folder itself here', fr: 'placez ici le dossier lui-même' },
        ),
      )
    } else found.push(path)
  }
  return found
}

/**
 * What lies in a policies folder, as text. A link may lead to a file inside the folder, not out of it.
 * @throws PolicyInvalid for a folder that cannot be read, links that leave it, files that are too many, too
 *   large or not UTF-8.
 */
export const readFolder = async (folder: string): Promise<readonly BundleFile[]> => {
  const faults: PolicyFault[] = []
  const files: BundleFile[] = []
  const root = await realpath(folder).catch(() => undefined)
  if (root === undefined || !(await stat(root)).isDirectory()) {
    throw new PolicyInvalid([
      fileFault(
        '.',
        { en: 'there is no policies folder here', fr: "il n'y a pas de dossier de politiques ici" },
        { en: 'douane init makes one', fr: 'douane init en crée un' },
      ),
    ])
  }
  const paths = (await walk(root, '', 1, faults)).filter((path) => !('ignored' in placeOf(path)))
  if (paths.length > mostFiles) {
    throw new PolicyInvalid([
      fileFault('.', {
        en: `there are more than ${mostFiles} files in the policies folder`,
        fr: `le dossier de politiques contient plus de ${mostFiles} fichiers`,
      }),
    ])
  }
  for (const path of paths) {
    const fault = (message: Both, hint?: Both): void => void faults.push(fileFault(path, message, hint))
    try {
      const real = await realpath(join(root, path))
      if (!real.startsWith(root + sep)) {
        fault(
          {
            en: 'this link leads out of the policies folder',
            fr: 'ce lien mène hors du dossier de politiques',
          },
          { en: 'put the file itself here', fr: 'placez ici le fichier lui-même' },
        )
        continue
      }
      const about = await stat(real)
      if (!about.isFile()) fault({ en: 'this is not a plain file', fr: "ceci n'est pas un simple fichier" })
      else if (about.size > largestFile) fault(tooLarge, splitIt)
      else files.push({ path, text: decode(await readFile(real)) })
    } catch (error) {
      fault(
        error instanceof TypeError
          ? { en: 'the file is not UTF-8', fr: "le fichier n'est pas en UTF-8" }
          : { en: 'the file cannot be read', fr: "le fichier n'est pas lisible" },
      )
    }
  }
  if (faults.length > 0) throw new PolicyInvalid(inOrder(faults))
  return files
}

/** The byte order mark stays, so that the digest is that of the file. */
const decode = (bytes: Buffer): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
