/** What openssl says of stamps and signatures that are other than they should be, and what our verifier says of them. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { verifyBundle } from '../../src/audit/verify.ts'
import { noOpenssl } from '../outbound/authority.ts'
import type { Exported } from './forge.ts'
import { eachOdd } from './odd-stamps.ts'
import type { OddOne } from './odd-stamps.ts'
import { pinText } from './world.ts'

const opensslTakes = ({ dir }: Exported, { file, at }: OddOne): boolean => {
  const when = ['-attime', String(at.getTime() / 1000)]
  const stamp = ['ts', '-verify', '-data', 'checkpoint.txt', '-in', file, '-CAfile', 'keys/tsa-root.pem']
  const signature = [
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', file, '-content', 'checkpoint.txt'],
    ...['-CAfile', 'keys/root.pem', '-out', '/dev/null'],
  ]
  const asked = [...(file === 'checkpoint.tsr' ? stamp : signature), ...when]
  return spawnSync('openssl', asked, { cwd: dir }).status === 0
}

test('each has the exit code that it should, and openssl the answer that it gives', async () => {
  const [asked, said]: [OddOne[], OddOne[]] = [[], []]
  await eachOdd(async (one, bundle) => {
    asked.push(one)
    const { exit } = await verifyBundle(bundle.dir, pinText)
    // what it forgives, it need not forgive in its next version
    const judged = !noOpenssl && (one.exit === 0 || !one.openssl)
    said.push({ ...one, exit: exit as 0 | 1, openssl: judged ? opensslTakes(bundle, one) : one.openssl })
  })
  const words = ({ name, exit, openssl }: OddOne): string => `${exit} ${openssl} ${name}`
  expect(said.map(words)).toEqual(asked.map(words))
}, 60_000)
