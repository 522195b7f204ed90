/** Nothing decides that no approver signed: with `require_approval`, and against people who would like it otherwise. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { activateDue } from '../../src/admin/approve.ts'
import { bundleDigest } from '../../src/policy/digest.ts'
import { readFolder } from '../../src/policy/folder.ts'
import { loadFiles } from '../../src/policy/load.ts'
import {
  type ApproverKey,
  approvalText,
  liftText,
  newApproverKey,
  newNonce,
  signMandate,
} from '../../src/policy/mandate.ts'
import type { OrderBody } from '../../src/policy/orders.ts'
import { usual } from '../../src/store/deadlines.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { openFolder } from '../../src/wire/policy.ts'
import { callerOf } from '../admin/api.ts'
import { openWhole, recordsOf } from './gateway.ts'

const whole = await openWhole({ settings: ['require_approval: true'] })
const { book, bundles, ledger, keyRing } = whole.installation
const marie = await newApproverKey('marie')
const paul = await newApproverKey('paul')
const stolen = await newApproverKey('marie')
const keyOf = (who: string, role: 'approver' | 'dpo' | 'operator' = 'approver'): string =>
  keyRing.makePersonKey({ who, roles: [role] })
const call = callerOf(whole.running.control.port, keyOf('marie'))

const shipped = await readFolder(join(whole.home, 'policies'))
/** The pack with a rule of its own: that nothing but this bundle refuses this reason. */
const draftOf = (n: number) => {
  const text = `rules:
  - id: own-${n}
    decide: block
    overridable: true
    when: {provider: lyon, category: [contact.phone]}
    because: {en: Draft ${n} says no., fr: Non., article: GDPR 5}
`
  const { digest, deciding } = loadFiles([...shipped, { path: 'rules/own.yaml', text }])
  return { digest, files: deciding }
}
const [A, B, C, D] = [1, 2, 3, 4].map(draftOf) as [Draft, Draft, Draft, Draft]
type Draft = ReturnType<typeof draftOf>

const register = (key: ApproverKey): OrderBody => ({
  ...({ v: 1, k: 'key', t: new Date().toISOString(), act: 'approver.added', by: 'test' } as const),
  ...{ subject: key.name, kid: key.kid, x: key.x },
})
const signed = async (draft: Draft, key = marie, { from = '', log = book.log } = {}) => {
  const nonce = newNonce()
  const text = approvalText({ log, bundle: draft.digest, files: draft.files, from, nonce })
  return {
    nonce,
    jws: await signMandate(text, key),
    reason: 'as discussed',
    ...(from === '' ? {} : { from }),
  }
}
const approve = (draft: Draft, body: object, as?: string) =>
  call(`/v1/policies/${draft.digest}/approvals`, { body, ...(as === undefined ? {} : { key: as }) })
const active = async (): Promise<string | undefined> => (await book.read()).orders.active?.bundle
/** What the running gateway decides by. */
const decidesBy = async (of = whole): Promise<string | undefined> => {
  const heard = await of.send('/lyon/x', { body: '{"phone":"+33612345678"}' })
  return /Draft (\d) says no/.exec(heard.text)?.[1] ?? heard.code
}

beforeAll(async () => {
  for (const draft of [A, B, C, D]) await bundles.put(draft)
  await book.write(async () => [register(marie), register(paul), register(stolen)])
})

describe('before anything is approved', () => {
  test('the folder is a draft and the gateway refuses everything, and says why', async () => {
    expect(await active()).toBeUndefined()
    const heard = await whole.send('/lyon/x', { body: '{}' })
    expect([heard.status, heard.code]).toEqual([503, 'POLICY_INVALID'])
    expect(heard.text).toContain('douane policy approve')
    expect((await call('/readyz')).value.state).toBe('refusing')
    expect(whole.provider.bytes()).toBe(0)
  })
})

describe('an approval', () => {
  test('puts its bundle in force, and both are records with who and why', async () => {
    const { status, value } = await approve(A, await signed(A))
    expect([status, value.active.bundle]).toEqual([200, A.digest])
    await expect.poll(() => decidesBy()).toBe('1')
    expect((await recordsOf(whole)).filter(({ k }) => k === 'policy')).toMatchObject([
      { act: 'approved', bundle: A.digest, by: 'marie', roles: ['approver'], why: 'as discussed' },
      { act: 'activated', bundle: A.digest, by: 'marie' },
    ])
  })

  test('of a manifest that the API gave is taken; the DPO’s opinion stands beside it', async () => {
    const dpo = keyOf('dora', 'dpo')
    const opinion = { opinion: 'unfavourable', reason: 'The assessment is old.' }
    await call(`/v1/policies/${B.digest}/opinions`, { key: dpo, body: opinion })
    const { value: manifest } = await call(`/v1/policies/${B.digest}/manifest`)
    expect(JSON.parse(manifest.text)).toMatchObject({
      ...{ bundle: B.digest, log: 'promise.example/log/transfers', from: '', what: 'douane-approval-v1' },
      files: expect.arrayContaining([['rules/own.yaml', expect.stringMatching(/^[0-9a-f]{64}$/)]]),
    })
    const jws = await signMandate(manifest.text, marie)
    const { value } = await approve(B, { nonce: manifest.nonce, jws, reason: 'nevertheless' })
    expect(value.active.bundle).toBe(B.digest)
    expect(value.opinions).toMatchObject([{ bundle: B.digest, by: 'dora', ...opinion }])
    await expect.poll(() => decidesBy()).toBe('2')
  })

  const attacks: [string, () => Promise<object>, Draft, string | undefined, string][] = [
    ['of another bundle', () => signed(A), C, undefined, 'not of this'],
    ['of another log', () => signed(C, marie, { log: 'other/log' }), C, undefined, 'not of this'],
    [
      'with another date than was signed',
      async () => ({ ...(await signed(C)), from: '2030-01-01T00:00:00.000Z' }),
      C,
      undefined,
      'not of this',
    ],
    [
      'with another nonce',
      async () => ({ ...(await signed(C)), nonce: newNonce() }),
      C,
      undefined,
      'not of this',
    ],
    ['by somebody else’s key', () => signed(C, paul), C, undefined, 'another name'],
    [
      'by a key that nobody registered',
      async () => signed(C, await newApproverKey('marie')),
      C,
      undefined,
      'not registered',
    ],
  ]
  test.each(attacks)('%s is not taken', async (_what, body, draft, as, said) => {
    const before = (await recordsOf(whole)).filter(({ k }) => k === 'policy').length
    const { status, value } = await approve(draft, await body(), as)
    expect([status, value.code]).toEqual([400, 'REQUEST_INVALID'])
    expect(value.detail).toContain(said)
    expect((await recordsOf(whole)).filter(({ k }) => k === 'policy')).toHaveLength(before)
    expect(await active()).toBe(B.digest)
  })

  test('that was used is not taken again, when its bundle is no longer in force', async () => {
    const used = (await recordsOf(whole)).find(({ act }) => act === 'approved') as Record<string, string>
    const { nonce, jws } = used
    const again = await approve(A, { nonce, jws, reason: 'again' })
    expect([again.status, again.value.detail]).toEqual([400, 'This signature was used before.'])
  })
})

describe('who can write to the log', () => {
  const policy = { v: 1, k: 'policy', by: 'marie' } as const
  const write = async (record: object): Promise<void> => {
    await ledger.append({ ...policy, t: new Date().toISOString(), ...record } as never)
  }
  test.each([
    ['an activation that nobody approved', async () => ({ bundle: C.digest })],
    [
      'one back to a bundle whose approval is used up',
      async () => ({ bundle: A.digest, act: 'rolled_back' }),
    ],
    [
      'an old approval under a new date',
      async () => {
        const { nonce, jws } = (await recordsOf(whole)).find(({ act }) => act === 'approved') as never
        return { act: 'approved', bundle: A.digest, from: '', nonce, jws, roles: [], why: 'x' }
      },
    ],
    [
      'an approval with a signature of something else',
      async () => {
        const { nonce, jws } = await signed(D)
        return { act: 'approved', bundle: C.digest, from: '', nonce, jws, roles: [], why: 'x' }
      },
    ],
  ])('but not sign cannot put a bundle in force: %s', async (_what, record) => {
    await write(await record())
    await write({ bundle: A.digest })
    await write({ bundle: C.digest })
    expect(await active()).toBe(B.digest)
    expect(await decidesBy()).toBe('2')
  })

  test('cannot swap an approver’s key: another point under its thumbprint counts for nothing', async () => {
    const mine = await newApproverKey('marie')
    await ledger.append({ ...register(mine), kid: marie.kid } as never)
    await ledger.append({ ...register(mine), kid: 'A'.repeat(43) } as never)
    expect((await book.read()).orders.approvers.get(marie.kid)?.x).toBe(marie.x)
    expect((await book.read()).orders.approvers.has('A'.repeat(43))).toBe(false)
  })

  test('cannot lift a rule, nor with a signature for another route', async () => {
    const nonce = newNonce()
    const until = new Date(Date.now() + 600_000).toISOString()
    const says = 'a'.repeat(64)
    const ask = {
      rule: 'own-2',
      says,
      client: 'globex',
      provider: 'lyon',
      purpose: '',
      until,
      why: 'x',
      nonce,
    }
    const jws = await signMandate(liftText({ log: book.log, ...ask }), marie)
    await ledger.append({
      ...({
        v: 1,
        k: 'override',
        act: 'lifted',
        t: new Date().toISOString(),
        by: 'marie',
        roles: [],
      } as const),
      ...{ rule: 'own-2', says, client: 'acme', provider: 'lyon', until, why: 'x', nonce, jws },
    })
    expect((await book.read()).orders.lifts.size).toBe(0)
  })
})

describe('a date', () => {
  test('is waited for, then kept, by itself', async () => {
    const from = new Date(Date.now() + 4_000).toISOString()
    const { value } = await approve(C, await signed(C, marie, { from }))
    expect(value.active.bundle).toBe(B.digest)
    expect(value.approvals).toEqual([{ bundle: C.digest, by: 'marie', from }])
    await expect.poll(() => decidesBy()).toBe('3')
    const decided = (await recordsOf(whole)).filter(
      (one) => one['k'] === 'refusal' && String(one['t']) < from,
    )
    expect(decided.filter((one) => one['bundle'] === C.digest)).toEqual([])
    const activated = (await recordsOf(whole)).filter(
      (one) => one['bundle'] === C.digest && one['act'] === 'activated',
    )
    expect(activated).toHaveLength(1)
    expect(String(activated[0]?.['t']) >= from).toBe(true)
  })

  test('does not come for what a key signed that was revoked meanwhile', async () => {
    const from = new Date(Date.now() + 4_000).toISOString()
    await approve(D, await signed(D, stolen, { from }))
    await book.write(async ({ now }) => [
      {
        ...({ v: 1, k: 'key', t: now.toISOString(), act: 'approver.revoked', by: 'test' } as const),
        ...{ subject: 'marie', kid: stolen.kid, why: 'stolen' },
      },
    ])
    await pause(Date.parse(from) - Date.now() + 100)
    // as every instance looks each second
    await activateDue(book, () => undefined)
    expect(await active()).toBe(C.digest)
    const late = await approve(D, await signed(D, stolen))
    expect(late.value.detail).toBe('This key is revoked.')
    // Nor is it made good by being registered once more.
    await ledger.append(register(stolen) as never)
    expect((await approve(D, await signed(D, stolen))).value.detail).toBe('This key is revoked.')
  })
})

/** As if an earlier version had found it good: a key that this one does not know. */
const unfit = (() => {
  const files = A.files.map((file) =>
    file.path === 'rules/own.yaml' ? { ...file, text: `${file.text}    of_old: true\n` } : file,
  )
  return { digest: bundleDigest(files), files }
})()

test('a bundle that was good when it was signed and is not for this version replaces nothing', async () => {
  await bundles.put(unfit)
  const { nonce, jws } = await signed(unfit)
  const before = await decidesBy()
  const by = { by: 'marie', roles: ['approver'], why: 'x' }
  await ledger.append({
    ...({ v: 1, k: 'policy', act: 'approved', t: new Date().toISOString(), from: '' } as const),
    ...{ bundle: unfit.digest, nonce, jws, ...by },
  })
  expect((await book.read()).orders.approvals.has(unfit.digest)).toBe(true)
  // An instance that could not go on confirming its policy would refuse after a while, and not come back.
  const hasty = await openWhole({
    ...{ home: whole.home, provider: whole.provider, database: whole.database },
    settings: ['require_approval: true'],
    deadlines: { confirm: 1_500 },
  })
  await pause(3_000)
  await expect.poll(() => decidesBy(hasty)).toBe(before)
  await hasty.stop()
  expect(await active()).toBe(C.digest)
  expect(await decidesBy()).toBe(before)
  const { status, value } = await approve(unfit, await signed(unfit))
  expect([status, value.code]).toEqual([503, 'POLICY_INVALID'])
  expect(value.detail).toMatch(/rules\/own\.yaml:7: .*of_old/)
})

test('what waits for its day is taken back by an approver’s signature over the text that the API gives', async () => {
  const from = new Date(Date.now() + 3_600_000).toISOString()
  const before = await active()
  await approve(D, await signed(D, marie, { from }))
  const withdraw = (body: object) => call(`/v1/policies/${D.digest}/withdrawals`, { body })
  const { value: manifest } = await call(`/v1/policies/${D.digest}/manifest?of=withdrawal`)
  const { nonce } = manifest
  const stolenText = await withdraw({ nonce, jws: await signMandate(manifest.text, paul), reason: 'not yet' })
  expect(stolenText.value.detail).toContain('another name')
  const other = await signMandate(manifest.text.replace(D.digest, C.digest), marie)
  expect((await withdraw({ nonce, jws: other, reason: 'not yet' })).value.detail).toContain('not of this')
  const done = await withdraw({ nonce, jws: await signMandate(manifest.text, marie), reason: 'not yet' })
  expect(done.status).toBe(200)
  expect(done.value.approvals).not.toContainEqual(expect.objectContaining({ bundle: D.digest }))
  expect(await active()).toBe(before)
  expect((await withdraw({ nonce, jws: other, reason: 'again' })).value.code).toBe('NOT_FOUND')
  const last = (await recordsOf(whole)).findLast(({ k }) => k === 'policy')
  expect(last).toMatchObject({ act: 'withdrawn', bundle: D.digest, by: 'marie', why: 'not yet' })
})

test('a record from the future stops the reading until its time has come, and decides nothing', async () => {
  const free = await openWhole({ deadlines: { confirm: usual.confirm } })
  const { book: there, ledger: log, bundles: store } = free.installation
  const { orders } = await there.read()
  await store.put(A)
  const at = (ms: number): string => new Date(Date.now() + ms).toISOString()
  await log.append({
    v: 1,
    k: 'policy',
    t: at(30_000),
    bundle: orders.active!.bundle,
    by: 'a clock that is ahead',
  })
  await there.read()
  await log.append({ v: 1, k: 'policy', t: at(600_000), bundle: A.digest, by: 'the future' })
  await expect(there.read()).rejects.toMatchObject({ name: 'IntegrityBroken', what: 'time' })
  await expect
    .poll(async () => (await free.send('/lyon/x', { body: '{}' })).code, { timeout: 18_000 })
    .toBe('POLICY_STALE')
  await free.stop()
})

describe('the way back', () => {
  test('does not lead to a bundle that this version cannot read', async () => {
    const free = await openWhole()
    const { book: there, bundles: store } = free.installation
    const good = (await there.read()).orders.active?.bundle ?? ''
    await store.put(unfit)
    const inForce = (bundle: string) =>
      there.write(async ({ now }) => [
        { v: 1, k: 'policy', t: now.toISOString(), bundle, by: 'an earlier version' },
      ])
    await inForce(unfit.digest)
    const heard = async (): Promise<string> => (await free.send('/lyon/x', { body: '{}' })).text
    await expect.poll(heard).toContain('cannot be read by this version of Douane (rules/own.yaml:7)')
    expect(await heard()).toContain('"code": "POLICY_INVALID"')
    await inForce(good)
    await expect.poll(heard).not.toContain('POLICY_INVALID')
    const back = await callerOf(
      free.running.control.port,
      free.installation.keyRing.makePersonKey({ who: 'marie', roles: ['approver'] }),
    )('/v1/policies/rollback', { body: { reason: 'it was better' } })
    expect([back.status, back.value.code]).toEqual([503, 'POLICY_INVALID'])
    expect((await there.read()).orders.active?.bundle).toBe(good)
    await free.stop()
  })

  test('is an approval like any other, and one of it is enough for one time', async () => {
    const bare = await call('/v1/policies/rollback', { body: { bundle: A.digest, reason: 'it was better' } })
    expect([bare.status, bare.value.detail]).toEqual([400, expect.stringContaining('needs an approval')])
    await approve(A, await signed(A))
    await expect.poll(() => decidesBy()).toBe('1')
    const unknown = await call('/v1/policies/rollback', { body: { bundle: D.digest, reason: 'never was' } })
    expect(unknown.status).toBe(404)
  })
})

test('two approvals at once: both are in the log, one bundle decides, and each took effect once', async () => {
  const before = (await recordsOf(whole)).filter(({ act }) => act === 'activated').length
  const bodies = [await signed(B), await signed(D)] as const
  const both = await Promise.all([approve(B, bodies[0]), approve(D, bodies[1])])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  const activated = (await recordsOf(whole)).filter(({ act }) => act === 'activated').slice(before)
  expect(activated.map((one) => one['bundle']).toSorted()).toEqual([B.digest, D.digest].toSorted())
  expect(await active()).toBe(activated.at(-1)?.['bundle'])
})

test('a folder that is edited stays a draft until somebody signs it', async () => {
  const before = await active()
  const lines: string[] = []
  const log = openLog('info', { write: (line) => void lines.push(line) })
  const folder = openFolder(whole.installation, join(whole.home, 'policies'), log)
  const following = folder.follow()
  afterAll(() => following.stop())
  writeFileSync(join(whole.home, 'policies', 'rules', 'own.yaml'), 'rules: []\n')
  await expect.poll(() => lines.some((line) => line.includes('policy.waits'))).toBe(true)
  expect(await active()).toBe(before)
})

test('files that were changed in the store do not decide: their digest is made anew', async () => {
  const { superuser } = whole.database
  const digest = await active()
  await superuser.query(`DELETE FROM douane.policy_file WHERE bundle = $1 AND path = 'rules/own.yaml'`, [
    digest,
  ])
  await expect(
    openWhole({ home: whole.home, provider: whole.provider, database: whole.database }),
  ).rejects.toThrow('not what its digest says')
})

describe('four eyes', () => {
  test('two people must sign, one of them twice is not enough', async () => {
    const two = await openWhole({ settings: ['require_approval: true', 'four_eyes: true'] })
    const { book: there, bundles: store, keyRing: ring } = two.installation
    const second = await newApproverKey('marie')
    await there.write(async () => [register(marie), register(second), register(paul)])
    await store.put(A)
    const port = two.running.control.port
    const say = (who: string, body: object) =>
      callerOf(port, ring.makePersonKey({ who, roles: ['approver'] }))(`/v1/policies/${A.digest}/approvals`, {
        body,
      })
    const log = there.log
    expect((await say('marie', await signed(A, marie, { log }))).value.active).toBeUndefined()
    expect((await say('marie', await signed(A, second, { log }))).value.active).toBeUndefined()
    const done = await say('paul', await signed(A, paul, { log }))
    expect(done.value.active).toMatchObject({ bundle: A.digest, by: 'marie+paul' })
    await two.stop()
  })
})
