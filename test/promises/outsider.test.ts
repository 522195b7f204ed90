/** Promise 9: an outsider checks the log with openssl and our verifier, and a change of one byte is found. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { exportTo } from '../../src/wire/export.ts'
import { openWhole } from './gateway.ts'

const whole = await openWhole()
const folder = mkdtempSync(join(tmpdir(), 'douane-outsider-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const out = join(folder, 'export')
const pin = join(folder, 'pinned.vkey')

beforeAll(async () => {
  for (const target of ['/tana/x', '/lyon/x', '/stale/x', '/rabat/x'])
    await whole.send(target, { body: '{"nom": "Rakoto", "email": "jean@exemple.fr"}' })
  await whole.look('/v1/transfers')
  const { trees, vkeys } = whole.installation
  for (const stream of ['evidence', 'access'] as const) {
    const signed = async (): Promise<void> => {
      if ((await trees.tree(stream)).size !== (await trees.head(stream)).size) throw new Error('not yet')
    }
    await vi.waitFor(signed, { timeout: 60_000 })
  }
  await exportTo(whole.installation, { out, withAccess: true })
  writeFileSync(pin, `${Object.values(vkeys).join('\n')}\n`)
})

const verify = (dir: string, ...more: string[]): Promise<number> =>
  run(['--json', 'audit', 'verify', dir, ...more], {})

const openssl = spawnSync('openssl', ['version']).status === 0

describe('an auditor at home', () => {
  test('the export verifies against the pinned keys, and nothing less than the pin decides', async () => {
    expect(await verify(out, '--pin', pin)).toBe(0)
    expect(await verify(out)).toBe(3)
    const stranger = join(folder, 'stranger.vkey')
    // The key of another log: one symbol of the pin changed would not even parse, so a real one is taken.
    writeFileSync(
      stranger,
      `${whole.installation.vkeys.access.replace(/^[^+]+/, 'other.example/transfers')}\n`,
    )
    expect(await verify(out, '--pin', stranger)).not.toBe(0)
  })

  test('one changed byte in any file of the log is tampering', async () => {
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
      .filter((path) => /^(log|access|checkpoint|keys|entries|batches)/.test(path))
    expect(files.length).toBeGreaterThan(8)
    const copy = join(folder, 'copy')
    cpSync(out, copy, { recursive: true })
    for (const path of files) {
      const before = readFileSync(join(copy, path))
      const after = Buffer.from(before)
      const at = after.length >> 1
      after[at] = (after[at] as number) ^ 1
      writeFileSync(join(copy, path), after)
      expect(await verify(copy, '--pin', pin), path).toBe(1)
      writeFileSync(join(copy, path), before)
    }
    expect(await verify(copy, '--pin', pin)).toBe(0)
  })

  test.skipIf(!openssl)('openssl and coreutils alone check the signed head (skipped without openssl)', () => {
    const guide = readFileSync(join(out, 'VERIFY.md'), 'utf8')
    const script = /```sh\n([\s\S]*?)```/.exec(guide)?.[1] ?? 'exit 9'
    const lines = script.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines.length).toBeGreaterThanOrEqual(5)
    for (const line of lines)
      expect(spawnSync('sh', ['-c', line], { cwd: out, encoding: 'utf8' }), line).toMatchObject({ status: 0 })
    // And they fail where something is wrong.
    const copy = join(folder, 'forged')
    cpSync(out, copy, { recursive: true })
    const text = readFileSync(join(copy, 'checkpoint.txt'), 'utf8')
    writeFileSync(join(copy, 'checkpoint.txt'), text.replace(/\n\d+\n/, '\n1\n'))
    const signed = lines.find((line) => line.startsWith('openssl pkeyutl')) ?? 'exit 0'
    expect(spawnSync('sh', ['-c', signed], { cwd: copy }).status).not.toBe(0)
  })

  test('the receipt of a transfer is a public proof: its leaf is under the signed head', async () => {
    const { tid } = await whole.send('/tana/x', {
      body: '{"nom": "Rakoto"}',
      headers: { 'douane-wait': 'integrated' },
    })
    const receipt = await whole.look<{ proof: string; leaf: string }>(`/v1/transfers/${tid}/receipt`)
    expect(receipt.proof).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
    expect(Buffer.from(receipt.leaf, 'base64').toString('utf8')).toContain(tid)
  })

  test('details of two transfers, exchanged: neither opens for the other', async () => {
    const { database, installation } = whole
    const tids: string[] = []
    for (const nom of ['Rakoto', 'Rasoa'])
      tids.push((await whole.send('/tana/x', { body: JSON.stringify({ nom }) })).tid)
    const opened = async (): Promise<(string | undefined)[]> => {
      const shown = await Promise.all(tids.map((tid) => installation.transfers.show(tid)))
      return shown.map((one) => one?.attempts[0]?.detail?.toString())
    }
    const before = await opened()
    expect(before.every((detail) => detail !== undefined)).toBe(true)
    expect(before[0]).not.toBe(before[1])
    await database.superuser.query(
      `UPDATE douane.audit_detail d SET sealed = o.sealed FROM douane.audit_leaf l, douane.audit_leaf m, douane.audit_detail o
        WHERE d.log = 0 AND o.log = 0 AND l.log = 0 AND m.log = 0 AND l.kind = 1 AND m.kind = 1 AND d.idx = l.idx AND o.idx = m.idx
          AND l.tid <> m.tid AND l.tid = ANY ($1::uuid[]) AND m.tid = ANY ($1::uuid[])`,
      [tids],
    )
    expect(await opened()).toEqual([undefined, undefined])
  })

  test('the verifier needs neither database nor gateway: it runs alone on the folder', () => {
    const script = `
      import { verifyBundle } from './src/audit/verify.ts'
      const { readFileSync } = await import('node:fs')
      const verdict = await verifyBundle(process.argv[1], readFileSync(process.argv[2], 'utf8'))
      process.exit(verdict.exit)`
    const { PATH = '' } = process.env
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script, out, pin], {
        cwd: join(import.meta.dirname, '../..'),
        env: { PATH },
        stdio: 'ignore',
      }),
    ).not.toThrow()
  })
})
