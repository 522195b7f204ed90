import { randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { Refused } from '../../src/errors.ts'
import { CommittedIntent, nothingToKeep } from '../../src/model/ledger.ts'
import { BootChain, newBoot } from '../../src/audit/chain.ts'
import { append } from '../../src/store/append.ts'
import { openTreeStore } from '../../src/store/tree.ts'
import { freshDatabase } from './database.ts'
import {
  detailOf,
  hex,
  intentOf,
  ledgerOn,
  outcomeOf,
  pseudonymOf,
  seal,
  subjectOf,
  tokenOf,
  workOf,
  enrolment,
} from './records.ts'
import type { TestLedger } from './records.ts'

const database = await freshDatabase()
const pool = database.pool('douane_gateway', { max: 20 })
const store = openTreeStore(pool)
const opened: TestLedger[] = []
const open = async (over: Parameters<typeof ledgerOn>[1] = {}, from = pool): Promise<TestLedger> => {
  const one = await ledgerOn(from, over)
  opened.push(one)
  return one
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ ledger }) => ledger.stop()))
})

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof Refused ? error.code : `not a refusal: ${String(error)}`),
  )

/** All leaves; `leaves` itself throws at a gap. */
const everything = async () => {
  const { size } = await store.head('evidence')
  const found = []
  for await (const leaf of store.leaves('evidence', 0, size)) found.push(leaf)
  return found
}

describe('a commit', () => {
  test('gives a committed intent whose leaf, detail and rows are there', async () => {
    const { ledger } = await open()
    const subject = subjectOf()
    const row = pseudonymOf(subject)
    const work = {
      ...workOf({ subjects: [subject], pseudonyms: [row] }),
      detail: detailOf({ subjects: [subject.ref], case: randomBytes(32) }),
    }
    const committed = await ledger.commit(work)
    expect(CommittedIntent.is(committed)).toBe(true)
    const { tid } = work.intent
    expect(committed).toMatchObject({ tid, attempt: 1 })
    const [leaf] = await store.find(tid)
    expect(JSON.parse(leaf!.body.toString())).toMatchObject({ ...work.intent })
    expect(leaf!.index).toBe(committed.index)
    const { rows } = await database.superuser.query(
      `SELECT d.sealed, s.ref FROM douane.audit_detail d JOIN douane.audit_detail_subject s USING (log, idx) WHERE idx = $1`,
      [committed.index],
    )
    expect(rows).toEqual([{ sealed: seal(work.detail.bytes), ref: subject.ref }])
  })

  test('the log begins with boot and genesis; a later boot only adds its own record', async () => {
    await open()
    await open()
    const kinds = (await everything()).map((leaf) => leaf.kind)
    expect(kinds.slice(0, 2)).toEqual(['boot', 'genesis'])
    expect(kinds.filter((kind) => kind === 'genesis')).toHaveLength(1)
  })

  test('a thousand callers at once share a few batches, in order and without gaps', async () => {
    const { ledger, boot } = await open()
    const committed = await Promise.all(Array.from({ length: 1_000 }, () => ledger.commit(workOf())))
    expect(new Set(committed.map(({ index }) => index)).size).toBe(1_000)
    await everything()
    const { rows } = await pool.query(
      'SELECT count(*)::int AS n FROM douane.audit_batch WHERE log = 0 AND boot = $1',
      [boot],
    )
    expect(rows[0].n).toBeLessThan(10)
  })

  test('a second final outcome of an attempt is ignored, together with others or alone', async () => {
    const { ledger } = await open()
    const works = Array.from({ length: 20 }, () => workOf())
    const committed = await Promise.all(works.map((work) => ledger.commit(work)))
    const first = works.map(({ intent }, i) => outcomeOf(intent, committed[i]!.index))
    await ledger.close(first[3]!)
    await Promise.all(first.map((outcome) => ledger.close(outcome)))
    await ledger.close({ ...first[0]!, end: 'unknown' })
    for (const { intent } of works) {
      const found = await store.find(intent.tid)
      expect(found.map(({ kind }) => kind)).toEqual(['intent', 'outcome'])
      expect(JSON.parse(found[1]!.body.toString()).end).toBe('delivered')
    }
  })

  test('an intent that is in the log already is refused; its neighbours in the batch are not', async () => {
    const { ledger } = await open()
    const work = workOf()
    await ledger.commit(work)
    const all = await Promise.all([
      codeOf(ledger.commit(workOf())),
      codeOf(ledger.commit(work)),
      ...Array.from({ length: 30 }, () => codeOf(ledger.commit(workOf()))),
    ])
    expect(all[1]).toBe('LOG_UNAVAILABLE')
    expect(all.filter((code) => code === 'no refusal')).toHaveLength(31)
    await everything()
  })

  test('a record that no verifier would accept is refused alone', async () => {
    const { ledger } = await open()
    const bad = { ...intentOf(), tid: 'not hex' }
    const all = await Promise.all([
      codeOf(ledger.commit(workOf())),
      codeOf(ledger.commit({ ...workOf(), intent: bad })),
      codeOf(ledger.commit(workOf())),
    ])
    expect(all).toEqual(['no refusal', 'INTERNAL', 'no refusal'])
  })

  test('a clock that went back is said, as no fault of the record; it goes on once it has caught up', async () => {
    const { ledger } = await open()
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    const of = (ms: number) => ({ ...workOf(), intent: { ...intentOf(), t: at(ms) } })
    expect(await codeOf(ledger.commit(of(7_200_000)))).toBe('no refusal')
    expect(await codeOf(ledger.commit(of(0)))).toBe('LOG_UNAVAILABLE')
    expect(ledger.trouble()).toMatch(/clock/)
    expect(await codeOf(ledger.commit(of(7_200_001)))).toBe('no refusal')
    expect(ledger.trouble()).toBeNull()
  })

  test('records go to their streams', async () => {
    const { ledger } = await open()
    const at = new Date().toISOString()
    const access = {
      v: 1,
      k: 'access',
      t: at,
      who: 'marie',
      roles: ['dpo'],
      act: 'transfers.list',
      count: 3,
    } as const
    const { stream, index } = await ledger.append(access)
    expect(stream).toBe('access')
    const leaves = []
    for await (const leaf of store.leaves('access', index, index + 1)) leaves.push(leaf)
    expect(JSON.parse(leaves[0]!.body.toString())).toMatchObject(access)
  })
})

describe('two instances on one database', () => {
  test('their batches interleave: dense indices, each boot’s own chain unbroken', async () => {
    const [a, b] = [await open(), await open({}, database.pool('douane_gateway'))]
    const before = (await store.head('evidence')).size
    const rounds = Array.from({ length: 20 }, async () => {
      for (let i = 0; i < 10; i++) await Promise.all([a.ledger.commit(workOf()), b.ledger.commit(workOf())])
    })
    await Promise.all(rounds)
    const leaves = (await everything()).slice(before)
    expect(leaves).toHaveLength(400)
    for (const { boot } of [a, b]) {
      const own = leaves
        .map((leaf) => JSON.parse(leaf.body.toString()))
        .filter((record) => record.boot === boot)
      expect(own.map((record) => record.iseq)).toEqual(own.map((_, i) => own[0].iseq + i))
      const hashes = new Map(
        leaves.map((leaf) => [
          JSON.parse(leaf.body.toString()).iseq + JSON.parse(leaf.body.toString()).boot,
          leaf.hash,
        ]),
      )
      for (const record of own.slice(1))
        expect(record.iprev).toBe(hashes.get(`${record.iseq - 1}${boot}`)!.toString('hex'))
    }
  })

  test('meeting the same new value at once, exactly one keeps it; all intents are in the log', async () => {
    const ledgers = [await open(), await open({}, database.pool('douane_gateway'))]
    for (let round = 0; round < 20; round++) {
      const ref = randomBytes(32)
      const index = randomBytes(32)
      const works = ledgers.flatMap(() =>
        Array.from({ length: 4 }, () => {
          const subject = subjectOf({ ref })
          return workOf({ subjects: [subject], pseudonyms: [pseudonymOf(subject, { index })] })
        }),
      )
      const results = await Promise.all(works.map((work, i) => ledgers[i % 2]!.ledger.commit(work)))
      const winners = works.filter((_, i) => !('clash' in results[i]!))
      expect(winners).toHaveLength(1)
      const { rows } = await pool.query(
        `SELECT p.token, s.wrapped FROM douane.vault_pseudonym p
          JOIN douane.vault_subject s ON s.ref = p.subject WHERE p.idx = $1`,
        [index],
      )
      expect(rows).toEqual([
        { token: winners[0]!.keep.pseudonyms[0]!.token, wrapped: winners[0]!.keep.subjects[0]!.wrapped },
      ])
      for (const { intent } of works) expect(await store.find(intent.tid)).toHaveLength(1)
    }
  })

  test('one token drawn by both for different values goes to one of them', async () => {
    const ledgers = [await open(), await open({}, database.pool('douane_gateway'))]
    const token = tokenOf()
    const results = await Promise.all(
      ledgers.map(({ ledger }) => {
        const subject = subjectOf()
        return ledger.commit(workOf({ subjects: [subject], pseudonyms: [pseudonymOf(subject, { token })] }))
      }),
    )
    expect(results.filter((result) => 'clash' in result)).toHaveLength(1)
  })
})

describe('a derogation', () => {
  test('is counted once an intent, over two instances, and never beyond what is allowed', async () => {
    const ledgers = [await open(), await open({}, database.pool('douane_gateway'))]
    const spend = { key: randomBytes(32), subjects: 1, transfersMax: 7, subjectsMax: 100 }
    const works = Array.from({ length: 20 }, () => ({ ...workOf(), spend }))
    const results = await Promise.all(works.map((work, i) => ledgers[i % 2]!.ledger.commit(work)))
    expect(results.filter((result) => 'spent' in result)).toHaveLength(13)
    const { rows } = await pool.query(
      'SELECT transfers, subjects FROM douane.derogation_use WHERE key = $1',
      [spend.key],
    )
    expect(rows).toEqual([{ transfers: 7, subjects: 7 }])
    for (const { intent } of works) expect(await store.find(intent.tid)).toHaveLength(1)
  })

  test('is not counted where the intent clashes', async () => {
    const { ledger } = await open()
    const [ref, index] = [randomBytes(32), randomBytes(32)]
    const work = () => {
      const subject = subjectOf({ ref })
      return workOf({ subjects: [subject], pseudonyms: [pseudonymOf(subject, { index })] })
    }
    await ledger.commit(work())
    const spend = { key: randomBytes(32), subjects: 1, transfersMax: 7, subjectsMax: 100 }
    expect(await ledger.commit({ ...work(), spend })).toMatchObject({ clash: true })
    const { rows } = await pool.query('SELECT 1 FROM douane.derogation_use WHERE key = $1', [spend.key])
    expect(rows).toEqual([])
  })

  test.each([
    ['no transfer at all', { subjects: 1, transfersMax: 0, subjectsMax: 9 }],
    ['fewer people than this batch', { subjects: 10, transfersMax: 9, subjectsMax: 9 }],
  ])('that allows %s carries none', async (_why, limits) => {
    const { ledger } = await open()
    const spend = { key: randomBytes(32), ...limits }
    expect(await ledger.commit({ ...workOf(), spend })).toMatchObject({ spent: true })
  })
})

describe('the gate', () => {
  test('a server that may forget what it acknowledged opens no log', async () => {
    // the test server runs with fsync off
    await expect(ledgerOn(pool, { allowUnsafe: false })).rejects.toThrow('fsync = off')
  })

  test('an operator who switches durability off while it runs closes the gate within the check', async () => {
    const role = database.pool('douane_gateway', { max: 4 })
    // as if the test server were durable: only what this test switches off is looked at
    const settings: Record<string, string> = {}
    const connect = role.connect.bind(role)
    role.connect = (async () => {
      const client: ClientBase = await connect()
      const query = client.query.bind(client) as (
        ...all: unknown[]
      ) => Promise<{ rows: Record<string, unknown>[] }>
      client.query = (async (...all: unknown[]) => {
        const result = await query(...all)
        const row = result.rows?.[0]
        if (row && 'fsync' in row)
          Object.assign(row, { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', ...settings })
        return result
      }) as typeof client.query
      return client
    }) as typeof role.connect
    const { ledger } = await open({ allowUnsafe: false, safetyEveryMs: 20 }, role)
    expect(await codeOf(ledger.commit(workOf()))).toBe('no refusal')
    for (const [name, value] of [
      ['fsync', 'off'],
      ['full_page_writes', 'off'],
      ['synchronous_commit', 'local'],
    ] as const) {
      settings[name] = value
      await expect.poll(() => ledger.closedBecause()).toContain(`${name} = `)
      expect(await codeOf(ledger.commit(workOf()))).toBe('LOG_UNAVAILABLE')
      delete settings[name]
      await expect.poll(() => ledger.closedBecause()).toBe(null)
    }
    expect(await codeOf(ledger.commit(workOf()))).toBe('no refusal')
  })

  test('a disk at its watermark takes nothing in', async () => {
    const { ledger } = await open({ watermark: { folder: '/', free: Number.MAX_SAFE_INTEGER } })
    expect(ledger.closedBecause()).toBe('the disk is at its watermark')
    expect(await codeOf(ledger.commit(workOf()))).toBe('STORAGE_FULL')
  })

  test('another epoch fences this boot for good', async () => {
    const other = await freshDatabase()
    const { ledger } = await open({}, other.pool('douane_gateway'))
    await other.superuser.query('UPDATE douane.audit_head SET epoch = epoch + 1 WHERE log = 0')
    expect(await codeOf(ledger.commit(workOf()))).toBe('LOG_UNAVAILABLE')
    expect(ledger.closedBecause()).toContain('epoch')
    expect(await codeOf(ledger.commit(workOf()))).toBe('LOG_UNAVAILABLE')
  })
})

describe('a stolen key of an instance', () => {
  test('writes at most one batch in its place: then there are two who go on from there, and the gate closes', async () => {
    const other = await freshDatabase()
    const gateway = other.pool('douane_gateway')
    const boot = newBoot('test-instance', enrolment, '0.1.0')
    const chain = new BootChain(boot, 'evidence')
    const { ledger } = await open(
      { chains: { evidence: chain, access: new BootChain(boot, 'access') } },
      gateway,
    )
    expect(await codeOf(ledger.commit(workOf()))).toBe('no refusal')
    // the thief has the key, the chain as it stands, and a login of the gateway
    const forged = chain.seal([intentOf()])
    const thief = await gateway.connect()
    expect(await append(thief, 'evidence', 1, null, forged, [{ keep: nothingToKeep }])).not.toBeNull()
    // a second forgery on the same place, or one under another boot's name, is not taken or not signed
    await expect(
      append(thief, 'evidence', 1, null, chain.seal([intentOf()]), [{ keep: nothingToKeep }]),
    ).rejects.toMatchObject({ kind: 'duplicate' })
    thief.release()
    expect(await codeOf(ledger.commit(workOf()))).toBe('LOG_UNAVAILABLE')
    expect(ledger.closedBecause()).toContain('start again')
    expect(await codeOf(ledger.commit(workOf()))).toBe('LOG_UNAVAILABLE')
  })
})

describe('a database that does not answer', () => {
  test('a full queue refuses at once; a commit that takes too long is refused, found later and closed as not sent', async () => {
    const patientOne = database.pool('douane_gateway')
    // the lock is waited for as long as this test holds it
    patientOne.on('connect', (client) => void client.query('SET lock_timeout = 0; SET statement_timeout = 0'))
    const { ledger } = await open({ maxQueue: 50, commitTimeoutMs: 200 }, patientOne)
    const holder = await database.superuser.connect()
    await holder.query('BEGIN; SELECT FROM douane.audit_head WHERE log = 0 FOR UPDATE')
    const works = Array.from({ length: 60 }, () => workOf())
    const first = codeOf(ledger.commit(works[0]!))
    const waiting = async (): Promise<number | null> =>
      (
        await holder.query(
          "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        )
      ).rowCount
    await expect.poll(waiting).toBe(1)
    const codes = await Promise.all([first, ...works.slice(1).map((work) => codeOf(ledger.commit(work)))])
    expect(codes.filter((code) => code === 'OVERLOADED')).toHaveLength(10)
    expect(codes.filter((code) => code === 'LOG_UNAVAILABLE')).toHaveLength(50)
    await holder.query('COMMIT')
    holder.release()
    // the first was in flight: it is in the log after all, and nothing was sent
    await expect.poll(async () => (await store.find(works[0]!.intent.tid)).length).toBe(2)
    const [, outcome] = await store.find(works[0]!.intent.tid)
    expect(JSON.parse(outcome!.body.toString())).toMatchObject({ k: 'outcome', end: 'not_sent', sent: 0 })
    for (const { intent } of works.slice(1)) expect(await store.find(intent.tid)).toEqual([])
    await expect.poll(() => codeOf(ledger.commit(workOf()))).toBe('no refusal')
  })

  test('a clock that is set back an hour meanwhile keeps nobody waiting for an hour', async () => {
    const { ledger } = await open({ commitTimeoutMs: 200 })
    const holder = await database.superuser.connect()
    await holder.query('BEGIN; SELECT FROM douane.audit_head WHERE log = 0 FOR UPDATE')
    const refused = codeOf(ledger.commit(workOf()))
    const { now } = Date
    Date.now = () => now() - 3_600_000
    try {
      const later = codeOf(ledger.commit(workOf()))
      expect(await Promise.all([refused, later])).toEqual(['LOG_UNAVAILABLE', 'LOG_UNAVAILABLE'])
    } finally {
      Date.now = now
      await holder.query('COMMIT')
      holder.release()
    }
    await expect.poll(() => codeOf(ledger.commit(workOf()))).toBe('no refusal')
  })

  test('a broken connection refuses its callers; the next ones go through; the outcome is not lost', async () => {
    const { ledger } = await open()
    const reader = openTreeStore(database.superuser)
    const work = workOf()
    const { index } = await ledger.commit(work)
    const refused: string[] = []
    const acknowledged: string[] = []
    for (let round = 0; round < 10; round++) {
      const flight = Array.from({ length: 50 }, () => {
        const one = workOf()
        return { tid: one.intent.tid, code: codeOf(ledger.commit(one)) }
      })
      await new Promise((resolve) => setTimeout(resolve, round))
      await database.superuser.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'douane_gateway' AND datname = current_database()`,
      )
      for (const { tid, code } of flight) {
        const said = await code
        expect(['no refusal', 'LOG_UNAVAILABLE']).toContain(said)
        if (said === 'LOG_UNAVAILABLE') refused.push(tid)
        else acknowledged.push(tid)
      }
      await expect.poll(() => codeOf(ledger.commit(workOf()))).toBe('no refusal')
    }
    await ledger.close(outcomeOf(work.intent, index))
    expect(await reader.find(work.intent.tid)).toHaveLength(2)
    // what was refused and is in the log all the same is closed as not sent
    await expect.poll(() => ledger.queued()).toBe(0)
    for (const tid of refused) {
      const ends = (await reader.find(tid))
        .slice(1)
        .map(({ body }) => JSON.parse(body.toString()).end as string)
      expect([[], ['not_sent']]).toContainEqual(ends)
    }
    for (const tid of acknowledged) expect(await reader.find(tid)).toHaveLength(1)
    const { size } = await reader.head('evidence')
    for await (const leaf of reader.leaves('evidence', 0, size)) expect(leaf.hash).toHaveLength(32)
  })

  test('an answer that is lost after the commit: refused, then found and closed as not sent', async () => {
    const own = database.pool('douane_gateway', { max: 4 })
    let lose = false
    const connect = own.connect.bind(own)
    own.connect = (async () => {
      const client: ClientBase = await connect()
      const query = client.query.bind(client) as (...all: unknown[]) => Promise<unknown>
      client.query = (async (...all: unknown[]) => {
        const result = await query(...all)
        if (!lose || (all[0] as { name?: string }).name !== 'append') return result
        lose = false
        throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
      }) as typeof client.query
      return client
    }) as typeof own.connect
    const { ledger } = await open({}, own)
    const done = await ledger.commit(workOf())
    const closing = workOf()
    const { index } = await ledger.commit(closing)
    lose = true
    const work = workOf()
    // an outcome that was in the same batch is settled when the batch is found
    const [code] = await Promise.all([
      codeOf(ledger.commit(work)),
      ledger.close(outcomeOf(closing.intent, index)),
    ])
    expect(code).toBe('LOG_UNAVAILABLE')
    await expect
      .poll(async () => (await store.find(work.intent.tid)).map(({ kind }) => kind))
      .toEqual(['intent', 'outcome'])
    expect((await store.find(closing.intent.tid)).map(({ kind }) => kind)).toEqual(['intent', 'outcome'])
    const after = await ledger.commit(workOf())
    expect(after.index).toBeGreaterThan(done.index)
    await everything()
  })
})

test('what the ledger throws carries no value', async () => {
  const { ledger } = await open()
  const secret = `zz${hex(12)}`
  const work = workOf({ subjects: [subjectOf({ client: secret })] }, { client: 'ada' })
  await ledger.commit(work)
  const again = await ledger.commit(work).then(
    () => expect.fail('it was committed twice'),
    (error: Error) => error,
  )
  expect(`${again.stack} ${JSON.stringify(again)} ${String(again.cause)}`).not.toContain(secret)
})
