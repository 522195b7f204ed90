/** Small files that must survive a power cut and are written by one at a time, among all processes of a machine. */
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Misconfigured } from '../errors.ts'
import type { Both } from '../lang.ts'
import { seize } from './mutex.ts'

/** New file, fsync, rename, fsync of the folder: after a power cut there is the old text or the new one. */
export const writeDurable = async (path: string, text: string): Promise<void> => {
  const half = `${path}.new`
  const file = await open(half, 'w', 0o600)
  try {
    await file.writeFile(text)
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

/**
 * One writer at a time, in this process and among all that share this machine.
 * @param what the lock; @param named how a person is told of it; in French feminine
 * @throws Misconfigured if it stays locked for five seconds
 */
export const oneAtATime = (what: string, named: Both): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let turn: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = turn.then(async () => {
      for (let tries = 0; tries < 500; tries++) {
        const mutex = await seize(what)
        if (mutex !== null) return work().finally(() => mutex.release())
        await sleep(10)
      }
      throw new Misconfigured(
        `${named.en} stays locked by another process.`,
        `${named.fr} reste verrouillée par un autre processus.`,
      )
    })
    turn = mine.catch(() => {})
    return mine
  }
}
