/**
 * The last signed size and root of each stream, in a file outside the database: a database that was restored,
 * truncated or exchanged is shorter than this, and the integrator then signs nothing. Moves forward only.
 */
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Anchor } from '../audit/log.ts'
import { Misconfigured } from '../errors.ts'
import type { Stream } from '../model/record.ts'
import { seize } from './mutex.ts'

type Point = { readonly size: number; readonly root: string }
type Points = { readonly [stream in Stream]?: Point }

const isPoint = (value: unknown): value is Point => {
  const { size, root } = (value ?? {}) as Partial<Point>
  return (
    Number.isSafeInteger(size) &&
    (size as number) >= 0 &&
    typeof root === 'string' &&
    /^[0-9a-f]{64}$/.test(root)
  )
}

const readPoints = async (path: string): Promise<Points> => {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new Misconfigured(`The anchor ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  try {
    const points = JSON.parse(text) as Points
    if (Object.values(points).every(isPoint)) return points
  } catch {
    // said below
  }
  throw new Misconfigured(
    `The anchor ${path} is damaged: restore it from a backup, it is what shows a rolled-back database.`,
  )
}

/** New file, fsync, rename, fsync of the folder: after a power cut there is the old point or the new one. */
const writePoints = async (path: string, points: Points): Promise<void> => {
  const half = `${path}.new`
  const file = await open(half, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(points)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(half, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const same = (a: Point | null | undefined, b: Point | null): boolean =>
  a?.size === b?.size && a?.root === b?.root

/** @param path `DOUANE_HOME/anchor` */
export const openAnchor = (path: string): Anchor => {
  let turn: Promise<unknown> = Promise.resolve()

  /** One writer at a time, in this process and among all that use this home. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(async () => {
      for (let tries = 0; tries < 500; tries++) {
        const mutex = await seize(`anchor ${path}`)
        if (mutex !== null) return work().finally(() => mutex.release())
        await sleep(10)
      }
      throw new Misconfigured(`The anchor ${path} stays locked by another process.`)
    })
    turn = mine.catch(() => {})
    return mine
  }

  return {
    read: async (stream) => (await readPoints(path))[stream] ?? null,
    advance: (stream, from, to) =>
      alone(async () => {
        const points = await readPoints(path)
        if (!same(points[stream], from) || to.size < (from?.size ?? 0)) return false
        await writePoints(path, { ...points, [stream]: to })
        return true
      }),
  }
}
