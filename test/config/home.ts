import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterwards } from '../afterwards.ts'

/** A home of its own for the length of a test, or of its file. */
export const newHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'douane-config-'))
  afterwards(() => rmSync(home, { recursive: true, force: true }))
  return home
}
