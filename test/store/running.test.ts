import { createHash, randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { openBundles } from '../../src/store/bundles.ts'
import { enterInstance } from '../../src/store/instance.ts'
import { openOrderLeaves } from '../../src/store/orders.ts'
import { openRecall } from '../../src/store/recall.ts'
import { closeDead, deleteExpired } from '../../src/store/sweep.ts'
import { openTransfers } from '../../src/store/transfers.ts'
import { openTreeStore } from '../../src/store/tree.ts'
import { watch } from '../../src/store/watch.ts'
import { freshDatabase } from './database.ts'
import { detailOf, hex, ledgerOn, outcomeOf, pseudonymOf, seal, subjectOf, workOf } from './records.ts'

const database = await freshDatabase()
const pool = database.pool('douane_gateway', { max: 20 })
const { ledger, boot, inst } = await ledgerOn(pool)
afterAll(() => ledger.stop())
const store = openTreeStore(pool)
const transfers = openTransfers(pool, seal)

const endOf = async (tid: string): Promise<string | undefined> => {
  const outcome = (await store.find(tid)).find(({ kind }) => kind === 'outcome')
  return outcome && (JSON.parse(outcome.body.toString()).end as string)
}

describe('a gateway that died', () => {
  test('leaves open intents: another closes them as unknown, once, and no others', async () => {
    const dead = await ledgerOn(database.pool('douane_gateway'))
    const life = await enterInstance({
      pool,
      boot: dead.boot,
      inst,
      openFrom: dead.ledger.openFrom,
      everyMs: 20,
    })
    const works = Array.from({ length: 30 }, () => workOf())
    const committed = await Promise.all(works.map((work) => dead.ledger.commit(work)))
    await Promise.all(
      works.slice(0, 10).map(({ intent }, i) => dead.ledger.close(outcomeOf(intent, committed[i]!.index))),
    )
    const mine = workOf()
    await ledger.commit(mine)
    const sweep = { pool, ledger, boot, leaseMs: 600_000 }
    // alive: nothing is touched
    expect(await closeDead(sweep)).toBe(0)
    await dead.ledger.stop()
    await life.stop(false)
    const [one, two] = await Promise.all([closeDead(sweep), closeDead(sweep)])
    expect(one + two).toBeGreaterThanOrEqual(20)
    expect(await closeDead(sweep)).toBe(0)
    for (const [i, { intent }] of works.entries()) {
      expect(await endOf(intent.tid)).toBe(i < 10 ? 'delivered' : 'unknown')
      expect(await store.find(intent.tid)).toHaveLength(2)
    }
    expect(await endOf(mine.intent.tid)).toBeUndefined()
  })

  test('was only slow: what it opens after others took it for dead is closed when it really dies', async () => {
    const slow = await ledgerOn(database.pool('douane_gateway'))
    const sweep = { pool, ledger, boot, leaseMs: 600_000 }
    await pool.query(
      `INSERT INTO douane.instance (boot, inst, seen_at) VALUES ($1, $2, now() - interval '1 hour')`,
      [slow.boot, inst],
    )
    await closeDead(sweep)
    expect(
      (await pool.query('SELECT FROM douane.instance WHERE closed_at IS NOT NULL AND boot = $1', [slow.boot]))
        .rowCount,
    ).toBe(1)
    const life = await enterInstance({
      pool,
      boot: slow.boot,
      inst,
      openFrom: slow.ledger.openFrom,
      everyMs: 20,
    })
    const work = workOf()
    await slow.ledger.commit(work)
    const closedAt = async (): Promise<unknown[]> =>
      (await pool.query('SELECT closed_at FROM douane.instance WHERE boot = $1', [slow.boot])).rows
    await expect.poll(closedAt).toEqual([{ closed_at: null }])
    await slow.ledger.stop()
    await life.stop(false)
    expect(await closeDead(sweep)).toBe(1)
    expect(await endOf(work.intent.tid)).toBe('unknown')
  })

  test('is known to be dead when its lease is over, or at once by the next boot of its home', async () => {
    const died = async (home?: string) => {
      const dead = await ledgerOn(database.pool('douane_gateway'))
      const work = workOf()
      await dead.ledger.commit(work)
      await pool.query('INSERT INTO douane.instance (boot, inst, home) VALUES ($1, $2, $3)', [
        dead.boot,
        inst,
        home,
      ])
      await dead.ledger.stop()
      return { tid: work.intent.tid, boot: dead.boot }
    }
    const here = await died('/srv/a')
    const there = await died('/srv/b')
    expect(await closeDead({ pool, ledger, boot, home: '/srv/a', leaseMs: 60_000 })).toBe(1)
    expect(await endOf(here.tid)).toBe('unknown')
    expect(await endOf(there.tid)).toBeUndefined()
    await database.superuser.query(
      `UPDATE douane.instance SET seen_at = now() - interval '2 minutes' WHERE boot = $1`,
      [there.boot],
    )
    expect(await closeDead({ pool, ledger, boot, home: '/srv/a', leaseMs: 60_000 })).toBe(1)
    expect(await endOf(there.tid)).toBe('unknown')
  })
})

test('what has expired is deleted, what has not stays, and the log is whole', async () => {
  const [old, young] = [subjectOf({ expires: new Date(Date.now() + 150) }), subjectOf()]
  const [gone, kept] = [pseudonymOf(old, { expires: old.expires }), pseudonymOf(young)]
  const works = [
    {
      ...workOf({ subjects: [old], pseudonyms: [gone] }),
      detail: detailOf({ subjects: [old.ref], expires: old.expires }),
    },
    { ...workOf({ subjects: [young], pseudonyms: [kept] }), detail: detailOf({ subjects: [young.ref] }) },
  ]
  await Promise.all(works.map((work) => ledger.commit(work)))
  await new Promise((resolve) => setTimeout(resolve, 200))
  const deleted = await deleteExpired(database.pool('douane_eraser'))
  expect(deleted).toMatchObject({ pseudonyms: 1, subjects: 1, details: 1 })
  const found = await openRecall(pool).resolve('ada', 'tana', [gone.token, kept.token])
  expect(found.map(({ token }) => token)).toEqual([kept.token])
  const { rows } = await database.superuser.query(
    'SELECT ref FROM douane.audit_detail_subject WHERE ref = ANY ($1::bytea[])',
    [[old.ref, young.ref]],
  )
  expect(rows.map((row) => row.ref)).toEqual([young.ref])
  expect((await transfers.show(works[0]!.intent.tid))!.attempts[0]).not.toHaveProperty('detail')
  expect((await transfers.show(works[1]!.intent.tid))!.attempts[0]!.detail).toEqual(works[1]!.detail.bytes)
  expect(await store.find(works[0]!.intent.tid)).toHaveLength(1)
})

describe('what the control plane reads', () => {
  test('transfers, newest first, page by page, each once, with outcomes; refusals among them', async () => {
    const client = `list-${hex(4)}`
    const tids: string[] = []
    for (let i = 0; i < 25; i++) {
      const work = workOf({}, { client, provider: i % 2 === 0 ? 'tana' : 'rabat' })
      const { index } = await ledger.commit(work)
      if (i % 5 === 0) await ledger.close(outcomeOf(work.intent, index))
      tids.unshift(work.intent.tid)
    }
    const { intent } = workOf({}, { client })
    const { v, t, tid, provider, purpose, rules, cats, bundle, engine } = intent
    const refusal = { v, t, tid, client, provider, purpose, rules, cats, bundle, engine }
    await ledger.append({ ...refusal, k: 'refusal', code: 'TIA_EXPIRED' })
    const seen: string[] = []
    let before: number | undefined
    do {
      const page = await transfers.list({
        clients: [client],
        limit: 10,
        ...(before === undefined ? {} : { before }),
      })
      seen.push(...page.items.map(({ record }) => record.tid))
      before = page.next
    } while (before !== undefined)
    expect(seen).toEqual([tid, ...tids])
    const refused = await transfers.list({ clients: [client], verdict: 'refuse' })
    expect(refused.items.map(({ record }) => record)).toMatchObject([{ k: 'refusal', code: 'TIA_EXPIRED' }])
    const tana = await transfers.list({ clients: [client], provider: 'tana', verdict: 'treat', limit: 200 })
    expect(tana.items).toHaveLength(13)
    expect(tana.items.filter(({ outcome }) => outcome?.end === 'delivered')).toHaveLength(3)
    expect((await transfers.list({ clients: [] })).items).toEqual([])
    expect(await transfers.show(tid)).toMatchObject({ attempts: [{ record: { k: 'refusal' } }] })
  })

  test.each(['', hex(16), `' OR true --`, 'A'.repeat(32)])('nothing is shown for %j', async (tid) => {
    expect(await transfers.show(tid)).toBeNull()
  })

  test('who read what', async () => {
    for (const count of [1, 2, 3]) {
      await ledger.append({
        v: 1,
        k: 'access',
        t: new Date().toISOString(),
        who: 'paul',
        roles: ['auditor'],
        act: 'transfers.list',
        count,
      })
    }
    const first = await transfers.accesses({ limit: 2 })
    expect(first.items.map(({ record }) => record.count)).toEqual([3, 2])
    const rest = await transfers.accesses({ before: first.next!, limit: 2 })
    expect(rest.items[0]!.record).toMatchObject({ who: 'paul', count: 1 })
  })
})

describe('policy bundles', () => {
  const bundles = openBundles(pool)
  const bundleOf = (text: string) => ({
    digest: createHash('sha256').update(text).digest('hex'),
    files: [
      { path: 'rules/a.yaml', text: `# ${text}\n` },
      { path: 'rules/same.yaml', text: 'shared: é\n' },
    ],
  })

  test('are kept for ever by digest, twice without harm', async () => {
    const [one, two] = [bundleOf(hex(4)), bundleOf(hex(4))]
    await Promise.all([bundles.put(one), bundles.put(two), bundles.put(one)])
    expect(await bundles.get(one.digest)).toEqual(one)
    expect(await bundles.get('0'.repeat(64))).toBeNull()
  })

  test('those that the log speaks of are named, oldest first, each once', async () => {
    const [one, two, silent] = [bundleOf(hex(4)), bundleOf(hex(4)), bundleOf(hex(4))]
    for (const each of [one, two, silent]) await bundles.put(each)
    for (const bundle of [one.digest, two.digest, one.digest, '1'.repeat(64)])
      await ledger.append({ v: 1, k: 'policy', t: new Date().toISOString(), bundle, by: 'marie' })
    expect(await bundles.digests()).toEqual([one.digest, two.digest])
  })
})

describe('orders', () => {
  const leaves = openOrderLeaves(pool, database.pool('douane_gateway', { max: 2 }))

  test('are read in the order of the log from any place on, and nothing else is', async () => {
    const before = (await leaves.since(0)).leaves
    const from = (before.at(-1)?.index ?? -1) + 1
    await ledger.append({ v: 1, k: 'policy', t: new Date().toISOString(), bundle: '2'.repeat(64), by: 'a' })
    await ledger.commit(workOf())
    await ledger.append({
      ...{ v: 1, k: 'override', t: new Date().toISOString(), act: 'suspended', provider: 'tana' },
      ...{ by: 'marie', roles: ['dpo'], why: 'a breach' },
    } as const)
    const { leaves: found, now } = await leaves.since(from)
    expect(found.map(({ kind }) => kind)).toEqual(['policy', 'override'])
    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000)
    expect((await leaves.since(found.at(-1)!.index + 1)).leaves).toEqual([])
  })

  test('are written one at a time', async () => {
    let inside = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 6 }, () =>
        leaves.inTurn(async () => {
          most = Math.max(most, ++inside)
          await new Promise((done) => setTimeout(done, 10))
          inside -= 1
        }),
      ),
    )
    expect(most).toBe(1)
    await expect(leaves.inTurn(() => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError)
    expect(await leaves.inTurn(async () => 'again')).toBe('again')
  })

  test('by one instance reach another at once, and a lost database shows as age', async () => {
    let looks = 0
    const own = database.pool('douane_gateway')
    const watching = await watch({ pool: own, look: async () => void (looks += 1), everyMs: 60_000 })
    const before = looks
    await leaves.announce()
    await expect.poll(() => looks).toBeGreaterThan(before)
    expect(watching.age()).toBeLessThan(Number.POSITIVE_INFINITY)
    await watching.stop()
  })

  test('without NOTIFY the second finds them; what fails confirms nothing and is tried again', async () => {
    const faults: unknown[] = []
    let broken = true
    let looks = 0
    const watching = await watch({
      pool: { connect: () => Promise.reject(new Error('no listener')) } as never,
      look: async () => {
        if (broken) throw new TypeError('cannot load')
        looks += 1
      },
      everyMs: 20,
      onFault: (error) => faults.push(error),
    })
    await expect.poll(() => faults.length).toBeGreaterThan(1)
    expect(faults[0]).toBeInstanceOf(TypeError)
    expect(watching.age()).toBe(Number.POSITIVE_INFINITY)
    broken = false
    await expect.poll(() => looks).toBeGreaterThan(0)
    await watching.stop()
  })
})

test('random bytes as an id, a filter or a digest never break a reader', async () => {
  for (let i = 0; i < 50; i++) {
    const noise = randomBytes(16).toString('latin1').replaceAll('\0', '')
    expect(await transfers.show(noise)).toBeNull()
    expect((await transfers.list({ clients: [noise], provider: noise })).items).toEqual([])
    expect(await openBundles(pool).get(noise)).toBeNull()
  }
})
