/** Where the program lies, and which one it is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const project = join(import.meta.dirname, '../..')

export const version = (
  JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string }
).version
