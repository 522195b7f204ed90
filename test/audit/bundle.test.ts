import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { writeBundle } from '../../src/audit/bundle.ts'
import { readVkey, vkeyOf } from '../../src/audit/checkpoint.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { memoryTreeStore } from '../../src/audit/memory.ts'
import { aLog, at, enrolVkey, pinText, signerOf } from './world.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-bundle-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const log = readVkey(vkeyOf(signerOf('evidence')))
const enrol = readVkey(enrolVkey)

describe('an export', () => {
  test('verifies with the pinned keys, and says what it read', async () => {
    const { store } = await aLog(300)
    const out = join(folder, 'whole')
    const written = await writeBundle(store, { out, made: at(0), log, enrol })
    const verdict = await verifyBundle(out, pinText)
    expect(verdict.findings).toEqual([])
    expect(verdict.exit).toBe(0)
    expect(verdict.logs).toEqual(written.logs)
    expect(verdict.logs[0]!.size).toBe(store.rows.evidence.leaves.length)
  })

  test('without a pin cannot be decided', async () => {
    expect((await verifyBundle(join(folder, 'whole'), undefined)).exit).toBe(3)
    expect((await verifyBundle(join(folder, 'whole'), '')).exit).toBe(3)
    expect((await verifyBundle(join(folder, 'whole'), 'not a key')).exit).toBe(3)
  })

  test('is for its owner only, and leaves nothing half made', async () => {
    const out = join(folder, 'whole')
    const all = readdirSync(out, { recursive: true, encoding: 'utf8' }).map((path) =>
      statSync(join(out, path)),
    )
    expect(new Set(all.map((one) => (one.mode & 0o777).toString(8)))).toEqual(new Set(['600', '700']))
    const { store } = await aLog(1)
    await expect(writeBundle(store, { out, made: at(0), log, enrol })).rejects.toThrow('already there')
    await expect(
      writeBundle(memoryTreeStore(), { out: `${out}-2`, made: at(0), log, enrol }),
    ).rejects.toThrow('no signed')
    expect(readdirSync(folder)).toEqual(['whole'])
  })

  test('every command of its VERIFY.md runs and succeeds', (context) => {
    if (spawnSync('openssl', ['version']).status !== 0) context.skip('openssl is not installed here')
    const out = join(folder, 'whole')
    const [, script] = /```sh\n([^]*?)```/.exec(readFileSync(join(out, 'VERIFY.md'), 'utf8'))!
    const printed = execFileSync('sh', ['-e', '-c', script!], { cwd: out, encoding: 'utf8' })
    expect(printed).toContain('Signature Verified Successfully')
  })
})
