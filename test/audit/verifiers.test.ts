/** Three verifiers, written apart from each other, must give the same answer about the same export. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vkeyOf } from '../../src/audit/checkpoint.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { changes, smallLog } from './changes.ts'
import { accessKey, exported } from './forge.ts'
import type { Exported } from './forge.ts'
import { unsound, unsoundLog } from './unsound.ts'
import { aLog, at, instance, logOf, pinText, signerOf } from './world.ts'

const here = (path: string): string => resolve(import.meta.dirname, '../../verifiers', path)
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'douane-verifiers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Sample {
  readonly name: string
  readonly dir: string
  readonly pin: string
}
const samples: Sample[] = []
const write = (path: string, text: string): string => {
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}
const pin = write('pin', pinText)
const pins = {
  none: write('none', ''),
  nonsense: write('nonsense', 'hello\n'),
  two: write('two', `${pinText}${pinText}`),
  log: write('log', `${vkeyOf(signerOf('evidence'))}\n`),
}
/** Keeps a copy of the bundle as it is now. */
const keep = (bundle: Exported, name: string, by = pin): void => {
  const dir = join(folder, String(samples.length))
  cpSync(bundle.dir, dir, { recursive: true, verbatimSymlinks: true })
  samples.push({ name, dir, pin: by })
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const small = await exported(await smallLog())
  for (const [name, by] of [['as it was', pin], ...Object.entries(pins)] as const)
    keep(small, `whole, pin: ${name}`, by)
  for (const path of small.files()) {
    const bytes = small.read(path)
    const bent = Buffer.from(bytes)
    bent[Math.floor(bytes.length / 2)]! ^= 0x04
    small.write(path, bent)
    keep(small, `a bit of ${path}`)
    small.sums()
    if (path !== 'VERIFY.md' && path !== 'SHA256SUMS') keep(small, `a bit of ${path}, sums corrected`)
    small.restore()
    small.remove(path)
    keep(small, `without ${path}`)
    small.restore()
  }
  for (const [name, , change] of changes) {
    change(small)
    small.sums()
    keep(small, name)
    small.restore()
  }
  small.done()
  for (const [name, , , fill] of unsound) {
    const bundle = await exported(unsoundLog(fill))
    keep(bundle, name)
    bundle.done()
  }
  const { store } = await aLog(600)
  const gateway = instance(store, 'access')
  const access = { v: 1, k: 'access', t: at(1).toISOString(), roles: ['auditor'], count: 9 } as const
  gateway.append({ ...access, who: 'Ana \u202e\u{1f600} "x"\u0007', act: 'audit.export' })
  await integrator(logOf(store, undefined, 'access')).step(at(2))
  const large = await exported(store, { access: accessKey })
  keep(large, 'a larger log with its access log')
  keep(large, 'with its access log, not pinned', pins.log)
  large.write('log/tile/1/000.p/4', large.read('log/tile/1/000.p/4').fill(7, 0, 4))
  large.sums()
  keep(large, 'a larger log with an upper tile bent')
  large.done()
}, 120_000)

const byUs = async (): Promise<readonly number[]> => {
  const out: number[] = []
  for (const { dir, pin: by } of samples) out.push((await verifyBundle(dir, textOf(by))).exit)
  return out
}
const textOf = (by: string): string => readFileSync(by, 'utf8')
const told = (exits: readonly (number | null)[]): string[] =>
  samples.map(({ name }, i) => `${String(exits[i])} ${name}`)

describe('the same answer from', () => {
  let ours: string[]
  beforeAll(async () => {
    ours = told(await byUs())
  }, 120_000)

  test('our own: every change is noticed, and each exit code is among them', () => {
    expect(ours.filter((one) => one.startsWith('0')).length).toBeLessThan(8)
    expect(new Set(ours.map((one) => one[0]))).toEqual(new Set(['0', '1', '2', '3']))
  })

  test('the one in Go, with x/mod’s note and tlog', (context) => {
    if (spawnSync('go', ['version']).status !== 0) context.skip('go is not installed here')
    const program = join(folder, 'verify')
    const built = spawnSync('go', ['build', '-mod=vendor', '-o', program, '.'], {
      cwd: here('go'),
      encoding: 'utf8',
      env: { ...process.env, GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local', GOPROXY: 'off' },
    })
    expect(built.stderr).toBe('')
    const exits = samples.map(({ dir, pin: by }) => spawnSync(program, ['--pin', by, dir]).status)
    expect(told(exits)).toEqual(ours)
  }, 180_000)

  test('the one in Python, with cryptography', (context) => {
    if (spawnSync('python3', ['-c', 'import cryptography']).status !== 0)
      context.skip('python3 with cryptography is not installed here')
    const script = [
      'import json, sys',
      'from douane_verify import verify',
      'for dir, pin in json.load(sys.stdin): print(verify(dir, open(pin, "rb").read()).exit)',
    ].join('\n')
    const printed = execFileSync('python3', ['-B', '-c', script], {
      cwd: here('python'),
      input: JSON.stringify(samples.map(({ dir, pin: by }) => [dir, by])),
      encoding: 'utf8',
    })
    expect(told(printed.trim().split('\n').map(Number))).toEqual(ours)
  }, 180_000)
})
