/** Who may write in the log changes under running instances: another enrolment key, and a boot whose key got out. */
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BootChain, bootBody, newBoot } from '../../src/audit/chain.ts'
import { announcedEnrolment, sealKeys } from '../../src/audit/enrolment.ts'
import { IntegrityBroken } from '../../src/audit/integrity.ts'
import { enrolmentRotated, rotationBody } from '../../src/audit/rotation.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readSettings } from '../../src/config/settings.ts'
import { Misconfigured, Refused } from '../../src/errors.ts'
import { openLedger } from '../../src/store/ledger.ts'
import { enterInstance } from '../../src/store/instance.ts'
import {
  announceEnrolment,
  bootsSeen,
  finishEnrolment,
  prepareEnrolment,
  revokeBoot,
} from '../../src/wire/enrolment.ts'
import { exportTo } from '../../src/wire/export.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { type Installation, openInstallation } from '../../src/wire/installation.ts'
import { signAll } from '../../src/wire/sign.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { outcomeOf, seal, workOf } from '../store/records.ts'
import { makeHome } from './gateway.ts'

const database = await freshDatabase()
const home = makeHome(9)
const elsewhere = `${home}-elsewhere`
const options = { allowUnsafe: true, deadlines: patient }
const settingsOf = (of: string) => readSettings({ DATABASE_URL: database.adminUrl }, of)
const by = 'cli:operator'
let running: Installation
let pins: string
afterAll(async () => {
  await running.stop()
  for (const one of [home, elsewhere]) rmSync(one, { recursive: true, force: true })
})
beforeAll(async () => {
  running = await openInstallation(settingsOf(home), options)
  pins = Object.values(running.vkeys).join('\n')
  cpSync(home, elsewhere, { recursive: true })
  for (const folder of ['secrets', 'secrets/shred']) chmodSync(join(elsewhere, folder), 0o700)
})

const transfer = async ({ ledger }: Installation): Promise<void> => {
  const work = workOf()
  const { index } = await ledger.commit(work)
  await ledger.close(outcomeOf(work.intent, index))
}
const whole = async (pinned: string): Promise<void> => {
  await signAll(running)
  const found = (await checkStore(running)).verdict.findings.filter(({ level }) => level !== 'note')
  expect(found).toEqual([])
  const out = join(home, 'bundle')
  rmSync(out, { recursive: true, force: true })
  await exportTo(running, { out, withAccess: true })
  const { exit, findings } = await verifyBundle(out, pinned)
  expect([findings.filter(({ level }) => level !== 'note'), exit]).toEqual([[], 0])
}

test('the enrolment key is replaced: who runs goes on, who starts needs the new one', async () => {
  await transfer(running)
  const coming = prepareEnrolment(running)
  expect(prepareEnrolment(running)).toBe(coming)
  await expect(finishEnrolment(running)).rejects.toThrow('not announced')
  // stopped between the two logs, and called again: announced once in each; a boot in between has a key for each
  const keep = running.ledger.keep.bind(running.ledger)
  const half = {
    ...running,
    ledger: {
      ...running.ledger,
      keep: (...args: Parameters<typeof keep>) =>
        args[0] === 'access' ? Promise.reject(new Error('killed')) : keep(...args),
    },
  }
  await expect(announceEnrolment(half, by, 'somebody left')).rejects.toThrow('killed')
  const between = await openInstallation(settingsOf(home), options)
  await transfer(between)
  await between.stop()
  expect(await announceEnrolment(running, by, 'somebody left')).toBe(coming)
  expect(await announceEnrolment(running, by, 'somebody left')).toBe(coming)
  for (const stream of ['evidence', 'access'] as const)
    expect(announcedEnrolment(await sealKeys(running.trees, stream))).toHaveLength(2)

  await expect(openInstallation(settingsOf(elsewhere), options)).rejects.toThrow(/enrolment\.next\.key/)
  await transfer(running)
  const next = await openInstallation(settingsOf(home), options)
  await transfer(next)
  await signAll(next)
  await next.stop()
  await whole(pins)

  expect(await finishEnrolment(running)).toBe(coming)
  expect(existsSync(join(home, 'secrets/enrolment.next.key'))).toBe(false)
  const after = await openInstallation(settingsOf(home), options)
  expect(after.vkeys.enrol).toBe(coming)
  await transfer(after)
  await signAll(after)
  await after.stop()
  await whole(pins)
  await whole([running.vkeys.evidence, running.vkeys.access, coming].join('\n'))
})

test('a boot that the old key certified, and that learnt nothing of the new one, never gets in', async () => {
  const before = (await running.trees.head('evidence')).size
  const old = newBoot('i-late', running.secrets.enrolmentKey, 'douane/late')
  await expect(
    openLedger({
      pool: database.pool('douane_gateway', { max: 4 }),
      chains: { evidence: new BootChain(old, 'evidence'), access: new BootChain(old, 'access') },
      opening: () => [bootBody(old, { enrolment: running.vkeys.enrol }, new Date())],
      sealDetail: seal,
      allowUnsafe: true,
    }),
  ).rejects.toThrow(Misconfigured)
  expect((await running.trees.head('evidence')).size).toBe(before)
})

test('a key is announced once, whoever says it again', async () => {
  const said = (await sealKeys(running.trees, 'evidence'))[0]!
  const { name } = announcedEnrolment([said])[0]!
  const [old, next] = [running.secrets.enrolmentKey, running.secrets.enrolmentKeys()[0]!]
  const again = rotationBody(
    { name, key: old },
    { name, key: next },
    { t: new Date().toISOString(), by, why: 'again' },
    enrolmentRotated,
  )
  const done = await Promise.allSettled([
    running.ledger.keep('evidence', again),
    transfer(running),
    transfer(running),
  ])
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  await whole(pins)
})

test('a boot whose key got out writes nothing more, and what it wrote before stays good', async () => {
  const other = await openInstallation(settingsOf(home), options)
  const pool = other.database.pool('douane_gateway', { max: 1 })
  const { boot } = other.boot
  const entered = await enterInstance({ pool, ...other.boot, openFrom: () => 0 })
  await transfer(other)
  await expect(revokeBoot(running, 'f'.repeat(32), by, 'a laptop was lost')).rejects.toThrow(Refused)
  await revokeBoot(running, boot, by, 'a laptop was lost')
  await revokeBoot(running, boot, by, 'a laptop was lost')
  expect((await bootsSeen(running)).find((one) => one.boot === boot)?.revoked).toBe(true)
  const { size } = await running.trees.head('evidence')
  await expect(transfer(other)).rejects.toThrow(Refused)
  expect((await running.trees.head('evidence')).size).toBe(size)
  await transfer(running)
  await whole(pins)

  // and whoever takes the guard away, as only a superuser can: nobody signs it
  await database.superuser.query('ALTER TABLE douane.audit_batch DISABLE TRIGGER boot_may_seal')
  const last = (await running.trees.head('evidence')).size
  await transfer(other)
  await database.superuser.query('ALTER TABLE douane.audit_batch ENABLE TRIGGER boot_may_seal')
  await expect(signAll(running)).rejects.toThrow(new IntegrityBroken('revoked', last))
  const found = (await checkStore(running)).verdict.findings.map(({ what }) => what)
  expect(found).toContain('is sealed by a boot whose key was revoked')
  await entered.stop(true)
  await other.stop()
})
