/** Keys of the log and of enrolment are replaced before the edge of a half-year, while it is crossed, and after it. */
import { createPublicKey } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { readVkey } from '../../src/audit/checkpoint.ts'
import { receipt, verifyReceipt } from '../../src/audit/receipt.ts'
import { halfYearOf } from '../../src/audit/shard.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { readSettings } from '../../src/config/settings.ts'
import type { Stream } from '../../src/model/record.ts'
import { closeShard } from '../../src/store/edge.ts'
import { crossEdge } from '../../src/wire/edge.ts'
import { announceEnrolment, finishEnrolment, prepareEnrolment } from '../../src/wire/enrolment.ts'
import { exportTo } from '../../src/wire/export.ts'
import { checkStore } from '../../src/wire/fsck.ts'
import { type Installation, openInstallation } from '../../src/wire/installation.ts'
import { announceKey, finishKey, prepareKey } from '../../src/wire/rotate.ts'
import { signAll } from '../../src/wire/sign.ts'
import { askGo, askPython, noGo, noPython } from '../audit/other-verifiers.ts'
import { patient } from '../patient.ts'
import { freshDatabase } from '../store/database.ts'
import { outcomeOf, workOf } from '../store/records.ts'
import { makeHome } from './gateway.ts'

const homes: string[] = []
afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true, force: true })))
const both: readonly Stream[] = ['access', 'evidence']
const said = ['cli:operator', 'every two years'] as const

const transfer = async ({ ledger }: Installation): Promise<string> => {
  const work = workOf()
  const { index } = await ledger.commit(work)
  await ledger.close(outcomeOf(work.intent, index))
  return work.intent.tid
}

/** What opens the tree whose predecessor is closed. */
const openers: Readonly<
  Record<string, (one: Installation, boot: () => Promise<Installation>) => Promise<Installation>>
> = {
  'an instance that runs': async (one, boot) => {
    const { trees, anchor, signers, secrets, database, ledger } = one
    const pool = database.pool('douane_gateway')
    const parts = { trees, anchor, signers, enrol: createPublicKey(secrets.enrolmentKey), pool, ledger }
    for (const stream of both) expect(await crossEdge(parts, stream)).toBe(true)
    return boot()
  },
  'one that starts': (_, boot) => boot(),
}

test.each(Object.entries(openers))(
  'crossed by %s: pins of each time verify, in all three verifiers',
  async (_, open) => {
    const database = await freshDatabase()
    const home = makeHome(9)
    homes.push(home)
    const settings = readSettings({ DATABASE_URL: database.adminUrl }, home)
    const boot = (): Promise<Installation> =>
      openInstallation(settings, { allowUnsafe: true, deadlines: patient })
    const pins: Readonly<Record<Stream | 'enrol', string>>[] = []
    const exported = async (from: Installation, to: string): Promise<string> => {
      await signAll(from)
      await exportTo(from, { out: join(home, to), withAccess: true })
      return join(home, to)
    }

    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-02T08:00:00.000Z') })
    const spring = await boot()
    pins.push(spring.vkeys)
    const first = await transfer(spring)
    const before = await exported(spring, 'before')
    const early = await receipt(spring.trees, readVkey(spring.vkeys.evidence), first)
    await spring.stop()
    vi.useRealTimers()

    // before: the log has a second key, and its old one is gone; a second enrolment key is announced
    const [one, two] = [await boot(), await boot()]
    prepareKey(one)
    await announceKey(one, ...said)
    await transfer(two)
    await signAll(two)
    await finishKey(two)
    prepareEnrolment(one)
    await announceEnrolment(one, ...said)

    // while it is closed: the old enrolment key goes, a third key of the log is announced, a transfer waits
    for (const stream of both)
      await closeShard(one.database.pool('douane_gateway'), stream, (await one.trees.head(stream)).epoch)
    await finishEnrolment(two)
    prepareKey(one)
    const waiting = Promise.all([announceKey(one, ...said), transfer(two), transfer(one)])
    const three = await open(two, boot)
    pins.push(three.vkeys)
    await waiting
    const name = halfYearOf(new Date())
    for (const stream of both)
      expect((await one.trees.shards(stream)).map((tree) => tree.name)).toEqual(['', name])

    // after: that key is the only one, another enrolment key certifies, a fourth of the log signs beside the third
    await transfer(three)
    await signAll(three)
    await finishKey(three)
    prepareEnrolment(two)
    await announceEnrolment(two, ...said)
    await finishEnrolment(one)
    prepareKey(two)
    await announceKey(three, ...said)
    const four = await boot()
    pins.push(four.vkeys)
    const last = await transfer(four)
    const out = await exported(four, 'after')

    expect(new Set(pins.flatMap((of) => Object.values(of))).size).toBe(9)
    expect((await checkStore(four)).verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
    const late = await receipt(four.trees, readVkey(four.vkeys.evidence), last)
    expect(late?.origin).toBe(`${readVkey(four.vkeys.evidence).name}/${name}`)
    expect(verifyReceipt(early!, [readVkey(pins[0]!.evidence)]).size).toBeGreaterThan(0)
    // of a key that never was in this log
    pins.push({ ...pins[0]!, enrol: pins[0]!.enrol.replace(/\+.*/, pins[1]!.access.replace(/^[^+]*/, '')) })

    const held = join(before, 'log/checkpoint')
    const files = pins.map((of, i) => {
      const file = join(home, `pins-${i}`)
      writeFileSync(file, Object.values(of).join('\n'))
      return file
    })
    const asked = files.map((pin) => ({ dir: out, pin, ask: { earlier: held } }))
    const exits = [0, 0, 0, 3]
    const ours: number[] = []
    for (const pin of files) {
      const earlier = readFileSync(held, 'utf8')
      ours.push((await verifyBundle(out, readFileSync(pin, 'utf8'), { earlier })).exit)
    }
    expect(ours).toEqual(exits)
    expect(noGo ? exits : askGo(home, asked)).toEqual(exits)
    expect(noPython ? exits : askPython(asked)).toEqual(exits)
    for (const each of [one, two, three, four]) await each.stop()
  },
  60_000,
)
