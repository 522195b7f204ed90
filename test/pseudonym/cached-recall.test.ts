import { describe, expect, test } from 'vitest'
import { cachedRecall } from '../../src/pseudonym/cached-recall.ts'
import type { CacheLimits } from '../../src/pseudonym/cached-recall.ts'
import type { Recall } from '../../src/pseudonym/recall.ts'
import { house, json } from './making.ts'
import type { House, Marks } from './making.ts'
import { recallContract } from './recall-contract.ts'
import { memoryVault } from '../../src/pseudonym/memory-vault.ts'

recallContract('memory behind a cache', () => {
  const vault = memoryVault()
  const recall = cachedRecall(vault)
  return {
    recall,
    keep: async (rows) => {
      const kept = vault.keep(rows)
      if (kept) recall.remember(rows)
      else recall.doubt(rows)
      return kept
    },
  }
})

const marks: Marks = {
  matricule: 'id.employee',
  nir: 'id.national',
  email: 'contact.email',
  tel: 'contact.phone',
  nom: 'name',
}
const body = { matricule: 'E1', nir: '285', email: 'a@b.example', tel: '06', nom: 'Rakoto' }

const counted = (limits?: Partial<CacheLimits>, now?: () => number) => {
  const home: House = house()
  const count = { known: 0 }
  const recall: Recall = {
    known: (ask) => (count.known++, home.vault.known(ask)),
    resolve: home.vault.resolve,
  }
  return { home, count, cache: cachedRecall(recall, limits, now) }
}

describe('a warm transfer does not ask the store', () => {
  test.each([['provider'], ['transfer']] as const)('scope %s', async (scope) => {
    const { home, count, cache } = counted()
    const over = { recall: cache, rules: { retention_days: 30, scope } }
    const first = await home.send(json(body), marks, over)
    cache.remember(first.keep)
    expect(count.known).toBe(1)
    const second = await home.send(json(body), marks, over)
    expect(count.known).toBe(1)
    expect(second.out === first.out).toBe(scope === 'provider')
    expect((await home.answer(second.out)).out).toBe(JSON.stringify(body))
  })

  test('nothing is remembered before its commit', async () => {
    const { home, count, cache } = counted()
    await home.send(json(body), marks, { recall: cache })
    await home.send(json(body), marks, { recall: cache })
    expect(count.known).toBe(2)
    await home.send(json(body), marks, { recall: cache })
    expect(count.known).toBe(2)
  })

  test('only what is missing is asked', async () => {
    const { home, cache } = counted()
    cache.remember((await home.send(json(body), marks, { recall: cache })).keep)
    const asks: number[] = []
    const spy = cachedRecall({
      known: (ask) => (asks.push(ask.indexes.length), home.vault.known(ask)),
      resolve: home.vault.resolve,
    })
    await home.send(json(body), marks, { recall: spy })
    await home.send(json({ ...body, nom: 'Rabe' }), marks, { recall: spy })
    expect(asks).toEqual([5, 1])
  })

  test('erased here: forgotten at once; erased elsewhere: the commit is a clash, and after doubt it goes', async () => {
    const { home, count, cache } = counted()
    const first = await home.send(json(body), marks, { recall: cache })
    cache.remember(first.keep)
    const ref = first.keep.subjects[0]!.ref
    home.vault.erase('moreau', ref)
    cache.forget('moreau', ref)
    const second = await home.send(json(body), marks, { recall: cache })
    expect(count.known).toBe(2)
    expect(second.out).not.toBe(first.out)
    cache.remember(second.keep)
    home.vault.erase('moreau', ref)
    const stale = { ...body, nom: 'Rabe' }
    await expect(home.send(json(stale), marks, { recall: cache })).rejects.toThrow('three clashes')
    cache.doubt(second.keep)
    await expect(home.send(json(stale), marks, { recall: cache })).resolves.toMatchObject({ unresolvable: 0 })
  })

  test('it holds no more than it may, and nothing for longer than it may', async () => {
    let at = 0
    const { home, count, cache } = counted({ entries: 2, maxAge: 1_000 }, () => Date.now() + at)
    const one = { nom: 'A' }
    const send = async (body: unknown): Promise<void> =>
      cache.remember((await home.send(json(body), { nom: 'name' }, { recall: cache })).keep)
    await send(one)
    await send(one)
    expect(count.known).toBe(1)
    at = 2_000
    await send(one)
    expect(count.known).toBe(2)
    await send({ nom: 'B' })
    await send({ nom: 'C' })
    await send(one)
    expect(count.known).toBe(5)
  })
})
