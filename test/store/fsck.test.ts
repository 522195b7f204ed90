/** `audit fsck` on a live store: whole while it grows; each thing that an administrator can bend is named. */
import { createPublicKey } from 'node:crypto'
import type { Pool } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkStore } from '../../src/wire/fsck.ts'
import { openWhole } from '../promises/gateway.ts'
import { settled } from '../promises/settled.ts'

const whole = await openWhole()
const { superuser } = whole.database
const { installation } = whole

const send = (name: string) => whole.send('/tana/x', { body: JSON.stringify({ nom: name }) })

beforeAll(async () => {
  for (let n = 0; n < 60; n += 1) await send(`Rakoto${n}`)
  await whole.look('/v1/transfers')
  await settled(whole)
})

/** As a superuser who turned the triggers off, in one session; undone afterwards. */
const bending = async (pool: Pool, bend: string, undo: string, work: () => Promise<void>): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query("SET session_replication_role = 'replica'")
    await client.query(bend)
    await work().finally(() => client.query(undo))
  } finally {
    await client.query("SET session_replication_role = 'origin'")
    client.release()
  }
}

describe('fsck', () => {
  test('finds nothing in a whole store, also while it grows', async () => {
    expect(createPublicKey(installation.secrets.enrolmentKey).type).toBe('public')
    const sending = Promise.all(Array.from({ length: 20 }, (_, n) => send(`Ravelo${n}`)))
    for (let n = 0; n < 4; n += 1) {
      const { verdict, records } = await checkStore(installation)
      expect(verdict.findings.filter(({ level }) => level !== 'note')).toEqual([])
      expect(verdict.exit).toBe(0)
      expect(records).toBeGreaterThan(120)
    }
    await sending
    // what is bent and put back below is not written by anybody meanwhile
    await settled(whole)
  })

  const leaf = 'UPDATE douane.audit_leaf SET'
  const at = 'WHERE log = 0 AND idx = 40'
  const copy = (table: string, where: string): [string, string] => [
    `CREATE TABLE public.kept AS SELECT * FROM douane.${table} ${where}; DELETE FROM douane.${table} ${where}`,
    `INSERT INTO douane.${table} SELECT * FROM public.kept; DROP TABLE public.kept`,
  ]
  test.each<[string, string, string, RegExp]>([
    [
      'a body',
      `${leaf} body = set_byte(body, 40, get_byte(body, 40) # 1) ${at}`,
      '',
      /transfers 40: has another hash/,
    ],
    ['a stored hash', `${leaf} hash = sha256('x') ${at}`, '', /transfers 40: has another hash/],
    [
      'the transfer of a row',
      `${leaf} tid = gen_random_uuid() ${at}`,
      '',
      /transfers 40: has a row that says/,
    ],
    ['the kind of a row', `${leaf} kind = 3 ${at}`, '', /transfers 40: has a row that says/],
    ['a row deleted', ...copy('audit_leaf', at), /transfers 40: is missing/],
    [
      'a seal',
      "UPDATE douane.audit_batch SET sig = sha512('x') WHERE log = 0 AND first = 2",
      '',
      /the seal over/,
    ],
    [
      'a seal deleted',
      ...copy('audit_batch', 'WHERE log = 0 AND first = 2'),
      /transfers 2: is missing, or has no seal/,
    ],
    ['the last records cut off', ...copy('audit_leaf', 'WHERE log = 0 AND idx > 50'), /is missing/],
    [
      'a tile',
      'UPDATE douane.audit_tile SET data = set_byte(data, 9, get_byte(data, 9) # 1) WHERE log = 0 AND level = 0 AND n = 0',
      '',
      /tile 0\/0: is not/,
    ],
    ['a tile deleted', ...copy('audit_tile', 'WHERE log = 0 AND level = 0 AND n = 0'), /tile 0\/0: is not/],
    [
      'an old checkpoint',
      `UPDATE douane.audit_checkpoint SET root = sha256('x') WHERE log = 0 AND size = (SELECT min(size) FROM douane.audit_checkpoint WHERE log = 0)`,
      '',
      /checkpoint \d+: is of other records/,
    ],
    [
      'the note of an old checkpoint',
      `UPDATE douane.audit_checkpoint SET note = overlay(note placing CASE substr(note, length(note) - 10, 1) WHEN 'A' THEN 'B' ELSE 'A' END from length(note) - 10) WHERE log = 0 AND size = (SELECT min(size) FROM douane.audit_checkpoint WHERE log = 0)`,
      '',
      /checkpoint \d+: is not signed/,
    ],
  ])('names %s', async (_, bend, undo, found) => {
    const table = /douane\.(\w+)/.exec(bend)![1]!
    // An UPDATE is undone from a copy of the table as it was.
    const back =
      undo === ''
        ? `DELETE FROM douane.${table}; INSERT INTO douane.${table} SELECT * FROM public.before; DROP TABLE public.before`
        : undo
    const first = undo === '' ? `CREATE TABLE public.before AS SELECT * FROM douane.${table}; ` : ''
    await bending(superuser, first + bend, back, async () => {
      const { verdict } = await checkStore(installation)
      expect(verdict.exit).toBe(1)
      expect(verdict.findings.map(({ where, what }) => `${where}: ${what}`).join('\n')).toMatch(found)
    })
    expect((await checkStore(installation)).verdict.exit).toBe(0)
  })

  test('a log that was restored from a backup is shorter than its anchor', async () => {
    const anchor = { ...installation.anchor, read: async () => ({ size: 100_000, root: '0'.repeat(64) }) }
    const { verdict } = await checkStore({ ...installation, anchor })
    expect(verdict.findings.map(({ what }) => what).join()).toContain('the log was cut or restored')
    const other = { ...installation.anchor, read: async () => ({ size: 10, root: '0'.repeat(64) }) }
    expect((await checkStore({ ...installation, anchor: other })).verdict.exit).toBe(1)
  })
})
