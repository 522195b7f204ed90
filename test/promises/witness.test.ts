/** A DPO's witness on another machine: a process of its own, over HTTP, with its memory on its own disk. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { originOf, vkeyOf } from '../../src/audit/checkpoint.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { exportTo } from '../../src/wire/export.ts'
import { makeSecrets, openSecrets } from '../../src/config/secrets.ts'
import { project } from '../../src/wire/project.ts'
import { freePort } from '../free-port.ts'
import { freshDatabase } from '../store/database.ts'
import { makeHome, openWhole } from './gateway.ts'
import { openProvider } from './provider.ts'

const folder = mkdtempSync(join(tmpdir(), 'douane-witness-'))
chmodSync(folder, 0o700)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const running = new Set<ChildProcess>()
afterAll(() => running.forEach((child) => child.kill('SIGKILL')))
const startWitness = (port: number): Promise<{ child: ChildProcess; vkey: string; port: number }> =>
  new Promise((resolve, reject) => {
    const args = [
      '--name',
      'dpo.example/witness',
      '--folder',
      join(folder, 'memory'),
      '--logs',
      join(folder, 'logs'),
    ]
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(project, 'src/main.ts'),
        'witness',
        ...args,
        '--port',
        String(port),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    running.add(child)
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const [, vkey, at] = /witness (\S+)\n.*:(\d+)\/add-checkpoint/.exec(out) ?? []
      if (vkey !== undefined) resolve({ child, vkey, port: Number(at) })
    })
    child.once('exit', (code) => reject(new Error(`the witness ended: ${code}`)))
  })
const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> => {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  return ended
}

const provider = await openProvider()
const database = await freshDatabase()
afterAll(() => provider.close())
const home = makeHome(provider.port)
afterAll(() => rmSync(home, { recursive: true, force: true }))
makeSecrets(home)
const origin = originOf('promise.example/log', 'evidence')
writeFileSync(join(folder, 'logs'), `${vkeyOf({ name: origin, key: openSecrets(home).logKey })}\n`)
// started again and again on the same port: one that no other test can be given meanwhile
let witness = await startWitness(await freePort())
const policy = `witness dpo ${witness.vkey} http://127.0.0.1:${witness.port}\nquorum dpo\n`
writeFileSync(join(home, 'witnesses'), policy)
const yaml = join(home, 'douane.yaml')
const text = readFileSync(yaml, 'utf8')
const excepted = text.replace("dial_exceptions: ['", `dial_exceptions: ['127.0.0.1:${witness.port}', '`)
writeFileSync(yaml, `${excepted}witness: {policy: witnesses}\n`)
const whole = await openWhole({ provider, home, database })

const send = (wait?: string) =>
  whole.send('/tana/x', {
    body: '{"nom": "Rakoto"}',
    ...(wait === undefined ? {} : { headers: { 'douane-wait': wait } }),
  })
const witnessedSize = async (): Promise<number> =>
  (await whole.installation.trees.witnessed('evidence'))?.size ?? 0
const headSize = async (): Promise<number> => (await whole.installation.trees.head('evidence')).size

describe('a witness', () => {
  test('who waits for it is answered once it has cosigned; the receipt carries its line', async () => {
    const { status, tid } = await send('witnessed')
    expect(status).toBe(200)
    const receipt = await whole.look<{ index: number; proof: string }>(`/v1/transfers/${tid}/receipt`)
    expect(await witnessedSize()).toBeGreaterThan(receipt.index)
    expect(receipt.proof).toContain('— dpo.example/witness ')
  })

  test('an export carries its cosignature, and an auditor can ask for it', async () => {
    await expect.poll(async () => (await witnessedSize()) === (await headSize())).toBe(true)
    const out = join(folder, 'export')
    await exportTo(whole.installation, { out, withAccess: false })
    const { evidence, enrol } = whole.installation.vkeys
    const pin = `${evidence}\n${enrol}\n`
    expect((await verifyBundle(out, pin, { witnesses: policy })).exit).toBe(0)
    expect((await verifyBundle(out, pin)).exit).toBe(0)
  })

  test('it is shot, and comes back: transfers go on meanwhile, and it remembers', async () => {
    await end(witness.child, 'SIGKILL')
    expect((await send()).status).toBe(200)
    const size = await headSize()
    expect(await witnessedSize()).toBeLessThan(size)
    witness = await startWitness(witness.port)
    await expect.poll(witnessedSize).toBeGreaterThanOrEqual(size)
    expect((await send()).status).toBe(200)
  })

  test('a clone of the database that goes another way is refused by it, and that gateway closes its gate', async () => {
    await end(witness.child, 'SIGTERM')
    const clone = await freshDatabase()
    const other = await openWhole({ provider, home: cloneHome(), database: clone })
    // Its own history under the same name and key, before the witness is there again.
    expect((await other.send('/tana/x', { body: '{"nom": "Rakoto"}' })).status).toBe(200)
    witness = await startWitness(witness.port)
    await expect
      .poll(async () => (await other.send('/tana/x', { body: '{"nom": "Rakoto"}' })).code, {
        timeout: 40_000,
      })
      .toBe('LOG_UNAVAILABLE')
    expect(other.lines.join('\n')).toContain('log.integration_failed')
    expect((await send()).status).toBe(200)
  })
})

/** The same secrets and settings, without the anchor: as somebody who restores elsewhere would have it. */
function cloneHome(): string {
  const to = makeHome(provider.port)
  for (const name of ['douane.yaml', 'witnesses'])
    writeFileSync(join(to, name), readFileSync(join(home, name)), { mode: 0o600 })
  makeSecrets(to)
  for (const name of ['log.key', 'enrolment.key', 'master.key'])
    writeFileSync(join(to, 'secrets', name), readFileSync(join(home, 'secrets', name)), { mode: 0o600 })
  rmSync(join(to, 'secrets/shred'), { recursive: true, force: true })
  return to
}
