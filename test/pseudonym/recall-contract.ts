/** What every vault must do, whatever it is built on: run by memory here and by PostgreSQL in test/store. */
import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { nothingToKeep } from '../../src/model/ledger.ts'
import type { AliasRow, Keep, PseudonymRow, SubjectRow } from '../../src/model/ledger.ts'
import type { Recall } from '../../src/pseudonym/recall.ts'

export interface VaultUnderTest {
  readonly recall: Recall
  /** Commits the rows as Ledger.commit does; false is a Clash. */
  readonly keep: (rows: Keep) => Promise<boolean>
}

const soon = (): Date => new Date(Date.now() + 86_400_000)
const past = (): Date => new Date(Date.now() - 1_000)
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const anyToken = (): string => [...randomBytes(9)].map((byte) => symbols[byte & 31]).join('')
const none = { indexes: [], subjects: [], tokens: [] }

/** `open` gives a vault whose clients `ada` and `bob` hold nothing; ids are the clients' own. */
export const recallContract = (
  title: string,
  open: () => Promise<VaultUnderTest> | VaultUnderTest,
  clients: () => { readonly ada: string; readonly bob: string } = () => ({ ada: 'ada', bob: 'bob' }),
): void => {
  describe(`vault contract: ${title}`, () => {
    let vault: VaultUnderTest
    let ada: string
    let bob: string
    beforeEach(async () => {
      ;({ ada, bob } = clients())
      vault = await open()
    })

    const subjectOf = (over: Partial<SubjectRow> = {}): SubjectRow => ({
      client: ada,
      ref: randomBytes(32),
      month: '2026-11',
      wrapped: randomBytes(60),
      expires: soon(),
      ...over,
    })
    const pseudonymOf = (subject: SubjectRow, over: Partial<PseudonymRow> = {}): PseudonymRow => ({
      client: subject.client,
      provider: 'tana',
      purpose: 'payroll',
      index: randomBytes(32),
      token: anyToken(),
      category: 'name',
      subject: subject.ref,
      sealed: randomBytes(48),
      expires: soon(),
      ...over,
    })
    const aliasOf = (subject: SubjectRow, over: Partial<AliasRow> = {}): AliasRow => ({
      client: subject.client,
      alias: randomBytes(32),
      ref: subject.ref,
      expires: soon(),
      ...over,
    })
    const keep = (rows: Partial<Keep>): Promise<boolean> => vault.keep({ ...nothingToKeep, ...rows })

    test('what was kept is known by index, by ref, by alias and by token', async () => {
      const subject = subjectOf()
      const alias = aliasOf(subject)
      const row = pseudonymOf(subject)
      expect(await keep({ subjects: [subject], aliases: [alias], pseudonyms: [row] })).toBe(true)
      const known = await vault.recall.known({
        client: ada,
        provider: 'tana',
        indexes: [row.index, randomBytes(32)],
        subjects: [subject.ref, alias.alias, randomBytes(32)],
        tokens: [row.token, anyToken()],
      })
      expect(known.pseudonyms).toMatchObject([
        { index: row.index, token: row.token, subject: subject.ref, expires: row.expires },
      ])
      expect(known.subjects).toHaveLength(2)
      const { ref, month, wrapped } = subject
      expect(known.subjects).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ asked: ref, ref, month, wrapped, expires: subject.expires }),
          expect.objectContaining({ asked: alias.alias, ref, month, wrapped }),
        ]),
      )
      const { provider, purpose, token, category, sealed } = row
      const stored = { provider, purpose, token, category, subject: ref, sealed, month, wrapped }
      expect(known.tokens).toMatchObject([stored])
      expect(await vault.recall.resolve(ada, 'tana', [token, anyToken()])).toMatchObject([stored])
    })

    test('an empty question has an empty answer', async () => {
      expect(await vault.recall.known({ client: ada, provider: 'tana', ...none })).toEqual({
        pseudonyms: [],
        subjects: [],
        tokens: [],
      })
      expect(await vault.recall.resolve(ada, 'tana', [])).toEqual([])
    })

    test('another client knows nothing of it, another provider resolves nothing of it', async () => {
      const subject = subjectOf()
      const alias = aliasOf(subject)
      const row = pseudonymOf(subject)
      await keep({ subjects: [subject], aliases: [alias], pseudonyms: [row] })
      const ask = { indexes: [row.index], subjects: [subject.ref, alias.alias], tokens: [row.token] }
      expect(await vault.recall.known({ client: bob, provider: 'tana', ...ask })).toEqual({
        pseudonyms: [],
        subjects: [],
        tokens: [],
      })
      expect(await vault.recall.resolve(bob, 'tana', [row.token])).toEqual([])
      expect(await vault.recall.resolve(ada, 'rabat', [row.token])).toEqual([])
      expect((await vault.recall.known({ client: ada, provider: 'rabat', ...ask })).pseudonyms).toEqual([])
    })

    test('a token in an outgoing payload is found at every provider of the client', async () => {
      const subject = subjectOf()
      const row = pseudonymOf(subject)
      await keep({ subjects: [subject], pseudonyms: [row] })
      const { tokens } = await vault.recall.known({
        client: ada,
        provider: 'rabat',
        ...none,
        tokens: [row.token],
      })
      expect(tokens).toMatchObject([{ provider: 'tana', token: row.token }])
    })

    test('two instances that keep the same new value: the second is told, and none of its rows stay', async () => {
      const first = subjectOf()
      const second = subjectOf()
      const kept = pseudonymOf(first)
      expect(await keep({ subjects: [first], pseudonyms: [kept] })).toBe(true)
      const late = pseudonymOf(second, { index: kept.index })
      expect(await keep({ subjects: [second], aliases: [aliasOf(second)], pseudonyms: [late] })).toBe(false)
      const ask = { ...none, indexes: [kept.index], subjects: [second.ref] }
      const known = await vault.recall.known({ client: ada, provider: 'tana', ...ask })
      expect(known.pseudonyms).toMatchObject([{ token: kept.token }])
      expect(known.subjects).toEqual([])
      expect(await vault.recall.resolve(ada, 'tana', [late.token])).toEqual([])
    })

    test('a token is unique for its client and provider, and free elsewhere', async () => {
      const subject = subjectOf()
      const other = subjectOf({ client: bob })
      const row = pseudonymOf(subject)
      await keep({ subjects: [subject, other], pseudonyms: [row] })
      const token = row.token
      expect(await keep({ pseudonyms: [pseudonymOf(subject, { token })] })).toBe(false)
      expect(await keep({ pseudonyms: [pseudonymOf(subject, { token, provider: 'rabat' })] })).toBe(true)
      expect(await keep({ pseudonyms: [pseudonymOf(other, { token })] })).toBe(true)
    })

    test('a subject that another instance made meanwhile, with another key, is a clash', async () => {
      const subject = subjectOf()
      await keep({ subjects: [subject] })
      const again = { ...subject, wrapped: randomBytes(60) }
      expect(await keep({ subjects: [again], pseudonyms: [pseudonymOf(again)] })).toBe(false)
    })

    test('a known subject lives as long as its youngest pseudonym, never shorter', async () => {
      const subject = subjectOf()
      const { ref } = subject
      await keep({ subjects: [subject] })
      const later = new Date(Date.now() + 400 * 86_400_000)
      expect(await keep({ subjects: [{ ...subject, known: true, expires: later }] })).toBe(true)
      expect(await keep({ subjects: [{ ...subject, known: true, expires: soon() }] })).toBe(true)
      const known = await vault.recall.known({ client: ada, provider: 'tana', ...none, subjects: [ref] })
      expect(known.subjects).toMatchObject([{ wrapped: subject.wrapped, expires: later }])
    })

    test('an erased subject is not brought back by an instance that still remembers its key', async () => {
      const stale = subjectOf({ known: true })
      expect(await keep({ subjects: [stale], pseudonyms: [pseudonymOf(stale)] })).toBe(false)
      const ask = { ...none, subjects: [stale.ref] }
      expect((await vault.recall.known({ client: ada, provider: 'tana', ...ask })).subjects).toEqual([])
      const held = subjectOf()
      await keep({ subjects: [held] })
      expect(await keep({ subjects: [{ ...held, known: true, wrapped: randomBytes(60) }] })).toBe(false)
    })

    test('what has expired is not known and stands in no one’s way', async () => {
      const gone = subjectOf({ expires: past() })
      const old = pseudonymOf(gone, { expires: past() })
      await keep({ subjects: [gone], pseudonyms: [old] })
      const ask = { indexes: [old.index], subjects: [gone.ref], tokens: [old.token] }
      expect(await vault.recall.known({ client: ada, provider: 'tana', ...ask })).toEqual({
        pseudonyms: [],
        subjects: [],
        tokens: [],
      })
      expect(await vault.recall.resolve(ada, 'tana', [old.token])).toEqual([])
      const again = subjectOf({ ref: gone.ref })
      const row = pseudonymOf(again, { index: old.index })
      expect(await keep({ subjects: [again], pseudonyms: [row] })).toBe(true)
      expect(await vault.recall.resolve(ada, 'tana', [row.token])).toMatchObject([{ wrapped: again.wrapped }])
    })

    test('an alias may point to several subjects, and keeping it twice is no error', async () => {
      const one = subjectOf()
      const two = subjectOf()
      const shared = aliasOf(one)
      const other = aliasOf(two, { alias: shared.alias })
      expect(await keep({ subjects: [one], aliases: [shared] })).toBe(true)
      expect(await keep({ subjects: [two], aliases: [other, shared] })).toBe(true)
      const ask = { ...none, subjects: [shared.alias] }
      const { subjects } = await vault.recall.known({ client: ada, provider: 'tana', ...ask })
      const hex = subjects.map((subject) => subject.ref.toString('hex')).sort()
      expect(hex).toEqual([one.ref.toString('hex'), two.ref.toString('hex')].sort())
    })

    test('a Keep of hundreds of rows is one commit', async () => {
      const subjects = Array.from({ length: 200 }, () => subjectOf())
      const pseudonyms = subjects.flatMap((subject) => [pseudonymOf(subject), pseudonymOf(subject)])
      expect(await keep({ subjects, pseudonyms })).toBe(true)
      const known = await vault.recall.known({
        client: ada,
        provider: 'tana',
        indexes: pseudonyms.map((row) => row.index),
        subjects: subjects.map((row) => row.ref),
        tokens: [],
      })
      expect(known.pseudonyms).toHaveLength(400)
      expect(known.subjects).toHaveLength(200)
    })
  })
}
