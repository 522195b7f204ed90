/** What nobody has signed nobody can check: who holds the signing up, or takes away what is not signed yet, is noticed. */
import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { following } from '../../src/wire/following.ts'
import { openUnsigned, unsignedMs } from '../../src/wire/unsigned.ts'
import { openWhole, recordsOf } from './gateway.ts'

const whole = await openWhole()

const until = async (said: () => Promise<boolean>): Promise<boolean> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) if (await said()) return true
  return false
}
const state = async (): Promise<string> => (await whole.look<{ state: string }>('/readyz')).state

test('an anchor that cannot be read closes the gate, says so, and opens it when it is back', async () => {
  const anchor = join(whole.home, 'anchor')
  expect(await until(async () => existsSync(anchor))).toBe(true)
  const before = readFileSync(anchor)
  // again and again, for a head that is being signed just now is moved to where it was torn
  const torn = await until(async () => {
    writeFileSync(anchor, 'torn')
    const arrived = whole.provider.got.length
    const { status, code } = await whole.send('/tana/x', { body: '{"note":"x"}' })
    expect([200, 503]).toContain(status)
    if (status === 200) return false
    expect([code, whole.provider.got.length]).toEqual(['LOG_UNAVAILABLE', arrived])
    return (await state()) === 'refusing'
  })
  expect(torn).toBe(true)
  writeFileSync(anchor, before)
  expect(await until(async () => (await state()) === 'ready')).toBe(true)
})

const { superuser } = whole.database
const signedSize = async (): Promise<number> =>
  (await whole.look<{ size: number }>('/v1/audit/checkpoint')).size

/** An administrator of the database lets no tree grow, and no statement fails by it. */
const holdBack = async (work: () => Promise<void>): Promise<void> => {
  await superuser.query(
    `CREATE FUNCTION public.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER a_held BEFORE UPDATE ON douane.audit_tree FOR EACH ROW EXECUTE FUNCTION public.nothing()`,
  )
  await work().finally(() =>
    superuser.query('DROP TRIGGER a_held ON douane.audit_tree; DROP FUNCTION public.nothing()'),
  )
}
const sent = async (): Promise<void> => {
  const { tid, status } = await whole.send('/tana/x', { body: '{"nom":"Ravelo"}' })
  expect(status).toBe(200)
  expect(await until(async () => (await recordsOf(whole, tid)).length === 2)).toBe(true)
}

test('a tree that is silently kept from growing is one that cannot be signed', async () => {
  await holdBack(async () => {
    await sent()
    const { trees, anchor, signer, secrets } = whole.installation
    const one = following({
      ...{ store: trees, anchor, stream: 'evidence', signer: signer.evidence },
      enrol: createPublicKey(secrets.enrolmentKey),
    })
    const clock = { now: 0 }
    const unsigned = openUnsigned(() => clock.now)
    for (const expected of [null, null, 'the evidence log cannot be signed']) {
      const step = await one.step(new Date())
      expect(step.did).toBe('lost')
      unsigned.stepped('evidence', step)
      expect(unsigned.because()).toBe(expected)
      clock.now += unsignedMs + 1
    }
    unsigned.stepped('evidence', { did: 'advanced', size: 99 })
    expect(unsigned.because()).toBe(null)
    // Another integrator is faster, time after time: the tree grows.
    for (let size = 100; size < 110; size += 1, clock.now += unsignedMs)
      unsigned.stepped('evidence', { did: 'lost', size })
    expect(unsigned.because()).toBe(null)
  })
})

test('records taken away before they were signed are missed, though nothing comes after them', async () => {
  const head = async (): Promise<number> => (await recordsOf(whole)).length
  expect(await until(async () => (await signedSize()) === (await head()))).toBe(true)
  const signed = await head()
  await holdBack(async () => {
    await sent()
    await superuser.query(
      `BEGIN; SET LOCAL session_replication_role = replica;
        DELETE FROM douane.audit_leaf WHERE log = 0 AND idx >= ${signed};
        DELETE FROM douane.audit_batch WHERE log = 0 AND first >= ${signed};
        UPDATE douane.audit_head SET size = ${signed} WHERE log = 0; COMMIT`,
    )
  })
  expect(await head()).toBe(signed)
  expect(await until(async () => (await state()) === 'refusing')).toBe(true)
  const arrived = whole.provider.got.length
  expect((await whole.send('/tana/x', { body: '{"note":"x"}' })).code).toBe('LOG_UNAVAILABLE')
  expect(whole.provider.got.length).toBe(arrived)
  expect(whole.lines.join('')).toContain('"error":"IntegrityBroken"')
})
