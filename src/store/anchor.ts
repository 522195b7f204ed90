/**
 * The last signed size and root of each stream, in a file outside the database: a database that was restored,
 * truncated or exchanged is shorter than this, and the integrator then signs nothing. Moves forward only.
 */
import { readFile } from 'node:fs/promises'
import type { Anchor } from '../audit/log.ts'
import { Misconfigured, codeOf, unreadable } from '../errors.ts'
import type { Stream } from '../model/record.ts'
import { oneAtATime, writeDurable } from './durable-file.ts'

/** `base`: place of the tree's first record, of a tree after the first. */
type Point = { readonly size: number; readonly root: string; readonly base?: number }
type Points = { readonly [log in string]?: Point }

export interface Furthest {
  /** Place after the last record that was ever signed. */
  readonly place: number
  readonly root: string
}

export interface FileAnchor extends Anchor {
  /** Over all trees of a stream. */
  furthest(stream: Stream): Promise<Furthest>
  /** Whether a tree of that name was ever signed. */
  taken(log: string): Promise<boolean>
}

const isPoint = (value: unknown): value is Point => {
  const { size, root, base = 0 } = (value ?? {}) as Partial<Point>
  return (
    Number.isSafeInteger(size) &&
    (size as number) >= 0 &&
    Number.isSafeInteger(base) &&
    typeof root === 'string' &&
    /^[0-9a-f]{64}$/.test(root)
  )
}

const readPoints = async (path: string): Promise<Points> => {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {}
    throw unreadable(path, error)
  }
  try {
    const points = JSON.parse(text) as Points
    if (Object.values(points).every(isPoint)) return points
  } catch {
    // said below
  }
  throw new Misconfigured(
    `The anchor ${path} is damaged: restore it from a backup, it is what shows a rolled-back database.`,
    `L'ancre ${path} est endommagée : restaurez-la depuis une sauvegarde, c'est elle qui révèle un retour en arrière de la base.`,
  )
}

const same = (a: Omit<Point, 'base'> | null | undefined, b: Omit<Point, 'base'> | null): boolean =>
  a?.size === b?.size && a?.root === b?.root

/** @param path `DOUANE_HOME/anchor` */
export const openAnchor = (path: string): FileAnchor => {
  const alone = oneAtATime(`anchor ${path}`, { en: `The anchor ${path}`, fr: `L'ancre ${path}` })
  return {
    furthest: async (stream) => {
      const of = Object.entries(await readPoints(path)).flatMap(([log, point]) =>
        point !== undefined && log.split('/')[0] === stream ? [point] : [],
      )
      return of.reduce<Furthest>(
        (far, { size, root, base = 0 }) => (base + size > far.place ? { place: base + size, root } : far),
        { place: 0, root: '' },
      )
    },
    taken: async (log) => (await readPoints(path))[log] !== undefined,
    read: async (stream) => (await readPoints(path))[stream] ?? null,
    advance: (stream, from, to) =>
      alone(async () => {
        const points = await readPoints(path)
        if (!same(points[stream], from) || to.size < (from?.size ?? 0)) return false
        await writeDurable(path, `${JSON.stringify({ ...points, [stream]: to })}\n`)
        return true
      }),
  }
}
