/** What a witness remembers: the last head of each log, a file each, durable before anybody is told. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Seen, WitnessMemory } from '../audit/witness.ts'
import { Misconfigured, codeOf, unreadable } from '../errors.ts'
import { oneAtATime, writeDurable } from './durable-file.ts'

const readSeen = async (path: string, origin: string): Promise<Seen | null> => {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw unreadable(path, error)
  }
  const [line, size = '', root = '', ...rest] = text.split('\n')
  const right = line === origin && /^(0|[1-9]\d{0,15})$/.test(size) && /^[0-9a-f]{64}$/.test(root)
  if (!right || rest.join() !== '')
    throw new Misconfigured(
      `${path} is damaged: restore it, or this witness would sign a second history.`,
      `${path} est endommagé : restaurez-le, sinon ce témoin signerait un second historique.`,
    )
  return { size: Number(size), root }
}

/** @param folder made if it is not there, 0700 */
export const openWitnessMemory = (folder: string): WitnessMemory => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const fileOf = (origin: string): string =>
    join(folder, createHash('sha256').update(origin).digest('hex').slice(0, 32))
  const alone = oneAtATime(`witness ${folder}`, {
    en: `The memory of the witness in ${folder}`,
    fr: `La mémoire du témoin dans ${folder}`,
  })
  return {
    read: (origin) => readSeen(fileOf(origin), origin),
    advance: (origin, from, to) =>
      alone(async () => {
        const path = fileOf(origin)
        const now = await readSeen(path, origin)
        if (now?.size !== from?.size || now?.root !== from?.root || to.size < (now?.size ?? 0)) return false
        await writeDurable(path, `${origin}\n${to.size}\n${to.root}\n`)
        return true
      }),
  }
}
