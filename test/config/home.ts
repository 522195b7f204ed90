import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

const made: string[] = []
afterEach(() => {
  for (const home of made.splice(0)) rmSync(home, { recursive: true, force: true })
})

/** A home of its own for one test. */
export const newHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'douane-config-'))
  made.push(home)
  return home
}
