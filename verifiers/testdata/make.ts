/** Makes the bundle that the tests of the verifiers read: `node verifiers/testdata/make.ts`. Keys are thrown away. */
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { smallLog } from '../../test/audit/changes.ts'
import { exported } from '../../test/audit/forge.ts'
import { pinText } from '../../test/audit/world.ts'

const to = (path: string): string => join(import.meta.dirname, path)
rmSync(to('bundle'), { recursive: true, force: true })
const bundle = await exported(await smallLog())
cpSync(bundle.dir, to('bundle'), { recursive: true })
writeFileSync(to('pin'), pinText)
bundle.done()
