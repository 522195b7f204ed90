import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
afterAll(() => {
  for (const home of made.splice(0)) rmSync(home, { recursive: true, force: true })
})

/** A home of its own for the length of a test file. */
export const newHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'douane-config-'))
  made.push(home)
  return home
}
