/** Promise 10: erasure works with the log. The person's values are gone for good, every proof still verifies. */
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isoTime } from '../../src/audit/record.ts'
import { verifyReceipt } from '../../src/audit/receipt.ts'
import { readVkey } from '../../src/audit/checkpoint.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { exportTo } from '../../src/wire/export.ts'
import { referenceOf } from '../../src/pseudonym/identifier.ts'
import { openWhole, recordsOf } from './gateway.ts'
import { settled } from './settled.ts'

const here = await openWhole()
const other = await openWhole({ database: here.database, provider: here.provider, home: here.home })
const { installation, provider, database } = here
const folders: string[] = []
const exported = async (): Promise<string> => {
  const out = join(tmpdir(), `douane-erasure-${process.pid}-${folders.length}`)
  folders.push(out)
  await exportTo(installation, { out, withAccess: true })
  return out
}
afterAll(() => folders.forEach((out) => rmSync(out, { recursive: true, force: true })))
const { evidence, access, enrol } = installation.vkeys
const verdict = async (out: string) => (await verifyBundle(out, `${evidence}\n${access}\n${enrol}\n`)).exit

const person = (n: number) => ({ matricule: `E-00${n}`, nom: `Personne${n}`, email: `p${n}@example.com` })
const send = (whole: typeof here, ...people: object[]) =>
  whole.send('/tana/lots', { body: JSON.stringify({ salaries: people }) })
const arrived = (): Record<string, string>[] =>
  (JSON.parse(provider.got.at(-1)!.body.toString('utf8')) as { salaries: Record<string, string>[] }).salaries
const quoting = (token: string, by = here) => {
  provider.answers(() => ({ body: JSON.stringify({ note: token }) }))
  return by.send('/tana/status', { method: 'GET' })
}
const reference = referenceOf(installation.keys, 'acme', 'id.employee', 'E-001')

let first: Record<string, string>
let second: Record<string, string>
let tid: string
let before: string

beforeAll(async () => {
  provider.answers(() => ({ body: '{}' }))
  const sent = await send(here, person(1), person(2))
  tid = sent.tid
  ;[first, second] = arrived() as [Record<string, string>, Record<string, string>]
  // The other instance knows the pair of them, too.
  await send(other, person(1), person(2))
  await settled(here)
  before = await exported()
})

describe('a person asks', () => {
  test('who received what: providers, countries, grounds, categories', async () => {
    const held = await installation.subjects.find('acme', reference)
    expect(held).toMatchObject({ refs: [expect.any(Buffer)], details: 2 })
    expect(held.pseudonyms).toBeGreaterThan(2)
    expect(held.recipients).toEqual([
      expect.objectContaining({ provider: 'tana', countries: ['MG'], grounds: ['scc_ec'], transfers: 2 }),
    ])
    expect(held.recipients[0]?.categories).toContain('contact.email')
  })

  test('a subject belongs to one client', async () => {
    const elsewhere = await installation.subjects.find('globex', reference)
    expect([elsewhere.refs, elsewhere.recipients]).toEqual([[], []])
  })
})

describe('a person is erased', () => {
  beforeAll(async () => {
    const { details } = await installation.subjects.find('acme', reference)
    const t = isoTime(new Date())
    await installation.ledger.append({
      v: 1,
      k: 'erasure',
      t,
      ground: 'Art. 17(1)(b)',
      by: 'cli:test',
      count: details,
    })
    await installation.subjects.erase('acme', reference)
    const forgotten = async (): Promise<void> => {
      const both = [await quoting(first['nom']!), await quoting(first['nom']!, other)]
      if (both.some(({ text }) => text.includes('Personne1'))) throw new Error('it is remembered')
    }
    await vi.waitFor(forgotten, { timeout: 60_000 })
  })

  test('no row of the vault and no detail speaks of the person; of others all is there', async () => {
    expect(await installation.subjects.find('acme', reference)).toMatchObject({
      ...{ refs: [], pseudonyms: 0, details: 0, recipients: [] },
    })
    const otherOne = await installation.subjects.find(
      'acme',
      referenceOf(installation.keys, 'acme', 'id.employee', 'E-002'),
    )
    expect(otherOne.pseudonyms).toBeGreaterThan(2)
    expect(otherOne.recipients[0]).toMatchObject({ provider: 'tana', transfers: 2 })
    const { rows } = await database.superuser.query('SELECT 1 FROM douane.vault_pseudonym WHERE token = $1', [
      first['nom'],
    ])
    expect(rows).toEqual([])
  })

  test('the pseudonym that the office still has leads nowhere; another person’s does', async () => {
    const gone = await quoting(first['nom']!)
    expect(gone.text).toBe(JSON.stringify({ note: first['nom'] }))
    expect(gone.headers['douane-unresolved']).toBe('1')
    expect((await quoting(second['nom']!)).text).toBe('{"note":"Personne2"}')
  })

  test.each(['here', 'other'] as const)(
    'sent again by the instance %s the person is somebody new',
    async (which) => {
      provider.answers(() => ({ body: '{}' }))
      const sentAgain = async (): Promise<string> => {
        await send({ here, other }[which], person(1))
        return arrived()[0]!['nom']!
      }
      // what it remembered of the person it forgets a moment after the erasure
      await expect.poll(sentAgain).not.toBe(first['nom'])
      const again = await sentAgain()
      expect((await quoting(again)).text).toBe('{"note":"Personne1"}')
    },
  )

  test('the records stand, and one says that somebody was erased, not who', async () => {
    const records = await recordsOf(here)
    const erasures = records.filter(({ k }) => k === 'erasure')
    expect(erasures).toHaveLength(1)
    expect(Object.keys(erasures[0]!).toSorted()).toEqual([
      'boot',
      'by',
      'count',
      'ground',
      'inst',
      'iprev',
      'iseq',
      'k',
      't',
      'v',
    ])
    expect(JSON.stringify(erasures)).not.toMatch(/personne|E-001/i)
    expect(await recordsOf(here, tid)).toHaveLength(2)
  })

  test('a receipt, the export made before and one made after verify', async () => {
    const receipt = await here.look<{ origin: string; index: number; leaf: string; proof: string }>(
      `/v1/transfers/${tid}/receipt`,
    )
    const given = { ...receipt, leaf: Buffer.from(receipt.leaf, 'base64') }
    expect(verifyReceipt(given, [readVkey(evidence)]).size).toBeGreaterThan(receipt.index)
    await settled(here)
    expect([await verdict(before), await verdict(await exported())]).toEqual([0, 0])
  })

  test('erased again: nothing to do, nothing wrong', async () => {
    await installation.subjects.erase('globex', reference)
    expect(await installation.subjects.erase('acme', Buffer.alloc(32, 7))).toEqual({
      pseudonyms: 0,
      details: 0,
    })
  })
})
