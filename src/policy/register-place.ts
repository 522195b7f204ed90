/** Where the register says something, for sentences: the file of an entry and the line of a key in it. */
import type { Bundle } from './bundle.ts'

export interface Place {
  readonly file: string
  readonly line: number
}

const keyOf = (line: string): string => /^\s*([A-Za-z_]{1,40}):/.exec(line)?.[1] ?? ''

/** The first line of the entry's file that begins with the key, or holds it, else its first line; the folder if there is none. */
export const registerPlace = (
  bundle: Bundle,
  folder: 'clients' | 'providers',
  id: string,
  key: string,
): Place => {
  for (const { path, text } of bundle.files) {
    if (!path.startsWith(`register/${folder}/`)) continue
    const lines = text.split('\n')
    const isHere = lines.some((line) => {
      const [, written = ''] = /^id:\s*["']?([a-z0-9-]{1,64})["']?\s*(?:#.*)?$/.exec(line.trimEnd()) ?? []
      return written === id
    })
    if (!isHere) continue
    const own = lines.findIndex((line) => keyOf(line) === key)
    const at = own >= 0 ? own : lines.findIndex((line) => line.includes(`${key}:`))
    return { file: path, line: at < 0 ? 1 : at + 1 }
  }
  return { file: `register/${folder}`, line: 1 }
}
