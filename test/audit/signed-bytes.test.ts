/** Of what is signed beside the log no byte can be changed by somebody who corrects the sums. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkCertified } from '../../src/audit/verify-certified.ts'
import { Report } from '../../src/audit/verify-report.ts'
import { checkStamped } from '../../src/audit/verify-stamped.ts'

const home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'douane-signed-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
// RSA and an authority in between, as the other verifiers read it
const bundle = join(home, 'bundle')
cpSync(resolve(import.meta.dirname, '../../verifiers/testdata/bundle'), bundle, { recursive: true })
const text = readFileSync(join(bundle, 'checkpoint.txt'), 'utf8')
const exit = (): number => {
  const report = new Report()
  checkStamped(bundle, text, checkCertified(bundle, text, [], report), [], report)
  return report.verdict().exit
}

describe('a certified and stamped head', () => {
  test('holds as it was exported', () => expect(exit()).toBe(0))

  // each third byte; those between are done by the tests of the other verifiers
  test.each([
    ...['checkpoint.tsq', 'checkpoint.tsr', 'checkpoint.p7s', 'checkpoint.jws'],
    ...['keys/chain.pem', 'keys/root.pem', 'keys/tsa-root.pem'],
  ])('bytes of %s', (path) => {
    const file = join(bundle, path)
    const bytes = readFileSync(file)
    const missed: number[] = []
    for (let at = 0; at < bytes.length; at += 3) {
      const bent = Buffer.from(bytes)
      bent[at]! ^= 1 << (at % 8)
      writeFileSync(file, bent)
      if (exit() !== 1) missed.push(at)
    }
    for (const cut of [0, 1, bytes.length - 1]) {
      writeFileSync(file, bytes.subarray(0, cut))
      if (exit() !== 1) missed.push(-cut)
    }
    writeFileSync(file, Buffer.concat([bytes, Buffer.of(0)]))
    if (exit() !== 1) missed.push(bytes.length)
    writeFileSync(file, bytes)
    expect(missed).toEqual([])
  })
})
