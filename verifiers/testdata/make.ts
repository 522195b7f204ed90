/** Makes the bundle that the tests of the verifiers read: `node verifiers/testdata/make.ts`. Keys are thrown away. */
import { X509Certificate } from 'node:crypto'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import { openAuthority } from '../../src/outbound/tsa.ts'
import { smallLog } from '../../test/audit/changes.ts'
import { exported } from '../../test/audit/forge.ts'
import { name, pinText } from '../../test/audit/world.ts'
import { openTestAuthority } from '../../test/outbound/authority.ts'

const to = (path: string): string => join(import.meta.dirname, path)
rmSync(to('bundle'), { recursive: true, force: true })
const certified = makeAuthority(name, new Date())
const tsa = await openTestAuthority({ intermediate: true, key: ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] })
const asked = openAuthority(tsa.url, [new X509Certificate(tsa.root)], { dial_exceptions: [tsa.pair] })
const bundle = await exported(await smallLog(), { certified, timestamp: asked.stamp, made: new Date() })
cpSync(bundle.dir, to('bundle'), { recursive: true })
writeFileSync(to('pin'), pinText)
writeFileSync(to('root.pem'), pemOf(certified.root))
writeFileSync(to('tsa-root.pem'), tsa.root)
bundle.done()
await asked.close()
await tsa.close()
