import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A home of its own for the length of a test file. */
export const newHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'douane-config-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  return home
}
