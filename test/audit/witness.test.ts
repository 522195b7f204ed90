/** Witnesses: the formats, the one that signs, the one that asks, and what two histories lead to. */
import { generateKeyPairSync } from 'node:crypto'
import { assert, property, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddCheckpoint, writeAddCheckpoint } from '../../src/audit/add-checkpoint.ts'
import { NoteRefused, openCheckpoint, readVkey, signCheckpoint, vkeyOf } from '../../src/audit/checkpoint.ts'
import { cosign, cosignaturesOf, readWitnessVkey, witnessVkeyOf } from '../../src/audit/cosignature.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { memoryAnchor } from '../../src/audit/memory.ts'
import { appendLeaf, leafHash, rootOf } from '../../src/audit/merkle.ts'
import { PolicyTextInvalid, readQuorum } from '../../src/audit/quorum.ts'
import { receipt, verifyReceipt } from '../../src/audit/receipt.ts'
import { witnessOver } from '../../src/audit/witness.ts'
import type { Seen, WitnessMemory } from '../../src/audit/witness.ts'
import { witnesser } from '../../src/audit/witnessing.ts'
import type { AskWitness } from '../../src/audit/witnessing.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { smallLog } from './changes.ts'
import { exported, keys } from './forge.ts'
import { aLog, at, instance, logOf, pinText, signerOf, someTransfers, tidOf } from './world.ts'

const memory = (): WitnessMemory & { readonly seen: Map<string, Seen> } => {
  const seen = new Map<string, Seen>()
  return {
    seen,
    read: async (origin) => seen.get(origin) ?? null,
    advance: async (origin, from, to) => {
      const now = seen.get(origin)
      if (now?.size !== from?.size || now?.root !== from?.root) return false
      seen.set(origin, to)
      return true
    },
  }
}
const signer = (name: string) => ({ name, key: generateKeyPairSync('ed25519').privateKey })
const dpo = signer('dpo.example/witness')
const other = signer('other.example')
const third = signer('third.example')
const policy = (quorum: string, ...more: string[]): string =>
  [
    `witness dpo ${witnessVkeyOf(dpo)} https://dpo.example/w`,
    `witness other ${witnessVkeyOf(other)} https://other.example/`,
    `witness third ${witnessVkeyOf(third)} https://third.example/`,
    ...more,
    `quorum ${quorum}`,
  ].join('\n')

/** Asks witnesses in this process, as the outbound adapter does over HTTP. */
const asking = (witnesses: Readonly<Record<string, ReturnType<typeof witnessOver>>>): AskWitness => {
  return async ({ name }, body) => {
    const witness = witnesses[name]
    if (witness === undefined) return { said: 'none' }
    const answer = await witness.add(body, at(90_000))
    if (answer.status === 200) return { said: 'cosigned', lines: answer.body }
    if (answer.status === 422) return { said: 'inconsistent' }
    return answer.status === 409 ? { said: 'size', size: Number(answer.body) } : { said: 'none' }
  }
}
const watching = (by = dpo, kept = memory()) => witnessOver([keys.log], kept, by)

describe('cosignatures', () => {
  test('a witness key is told from a log key, and both are read back', () => {
    const vkey = witnessVkeyOf(dpo)
    expect(readWitnessVkey(vkey).name).toBe(dpo.name)
    expect(() => readVkey(vkey)).toThrow('malformed')
    expect(() => readWitnessVkey(vkeyOf(dpo))).toThrow('malformed')
    // The same key under the two types has two ids (C2SP signed-note).
    expect(vkey.split('+')[1]).not.toBe(vkeyOf(dpo).split('+')[1])
  })

  test('a cosignature holds over this text alone', () => {
    const text = `x/transfers\n1\n${Buffer.alloc(32).toString('base64')}\n`
    const line = cosign(text, dpo, at(0))
    const known = [readWitnessVkey(witnessVkeyOf(dpo))]
    const [found] = cosignaturesOf(line, text, known)
    expect(found?.at).toEqual(new Date(Math.floor(at(0).getTime() / 1000) * 1000))
    expect(cosignaturesOf(line, text, [])).toEqual([])
    expect(() => cosignaturesOf(line, text.replace('\n1\n', '\n2\n'), known)).toThrow('signature')
    const bent = Buffer.from(line.split(' ')[2]!, 'base64')
    for (let byte = 4; byte < bent.length; byte += 1) {
      const copy = Buffer.from(bent)
      copy[byte]! ^= 1
      const changed = `— ${dpo.name} ${copy.toString('base64')}\n`
      expect(() => cosignaturesOf(changed, text, known), String(byte)).toThrow('signature')
    }
  })

  test('noise is no cosignature, no request and no policy, and throws nothing else', () => {
    const known = [readWitnessVkey(witnessVkeyOf(dpo))]
    assert(
      property(string(), uint8Array({ maxLength: 200 }), (text, bytes) => {
        const noise = Buffer.from(bytes).toString('base64')
        expect(cosignaturesOf(`${text}\n— x ${noise}\n`, text, known)).toEqual([])
        const reading = [
          () => readAddCheckpoint(`old 1\n${noise}${text}\n\n${text}`),
          ...[text, `witness a ${text}`, `group a 1 ${text}`].map((line) => () => readQuorum(line)),
        ]
        const thrown = reading.map((read) => {
          try {
            return read() && undefined
          } catch (error) {
            return error
          }
        })
        const typed = (error: unknown): boolean =>
          error === undefined || error instanceof NoteRefused || error instanceof PolicyTextInvalid
        expect(thrown.filter((error) => !typed(error))).toEqual([])
      }),
    )
  })
})

describe('a policy of witnesses', () => {
  const by = (text: string, ...names: (typeof dpo)[]): boolean => {
    const quorum = readQuorum(text)
    const known = quorum.witnesses.map(({ key }) => key)
    return quorum.met(known.filter((key) => names.some((one) => one.name === key.name)))
  }
  test.each<[string, string, (typeof dpo)[], boolean]>([
    ['none', policy('none'), [], true],
    ['one, there', policy('dpo'), [dpo], true],
    ['one, another there', policy('dpo'), [other, third], false],
    ['any', policy('g', 'group g any dpo other'), [other], true],
    ['all', policy('g', 'group g all dpo other'), [other], false],
    ['two of three', policy('g', 'group g 2 dpo other third'), [dpo, third], true],
    ['two of three, one there', policy('g', 'group g 2 dpo other third'), [dpo], false],
    ['groups of groups', policy('h', 'group g any other third', 'group h all g dpo'), [dpo, third], true],
    ['comments and tabs', `# hello\n${policy('dpo').replaceAll(' ', '\t')} # end`, [dpo], true],
  ])('%s', (_, text, names, met) => expect(by(text, ...names)).toBe(met))

  test.each([
    ['no quorum', policy('dpo').split('\n').slice(0, -1).join('\n')],
    ['a quorum of somebody unknown', policy('nobody')],
    ['two quorums', `${policy('dpo')}\nquorum dpo`],
    ['a group of itself', policy('g', 'group g any g')],
    ['a group of more than there are', policy('g', 'group g 3 dpo other')],
    ['a member twice', policy('g', 'group g 2 dpo dpo')],
    ['a name twice', policy('dpo', `witness dpo ${witnessVkeyOf(signer('x'))}`)],
    ['a key twice', policy('dpo', `witness again ${witnessVkeyOf(dpo)}`)],
    ['a log key for a witness', policy('dpo', `witness again ${vkeyOf(dpo)}`)],
    ['an address that is none', policy('dpo', `witness again ${witnessVkeyOf(signer('x'))} ftp://x`)],
    ['a word that nobody knows', `${policy('dpo')}\nhello`],
  ])('%s cannot be used', (_, text) => expect(() => readQuorum(text)).toThrow(PolicyTextInvalid))
})

describe('a witness', () => {
  /** A chain of heads of one log, and a forged one. */
  const heads = async () => {
    const { store, steps, one } = await aLog(10)
    const first = (await store.checkpoint('evidence'))!
    someTransfers(one, 100, 110)
    while ((await steps.step(at(70_000))).more);
    const second = (await store.checkpoint('evidence'))!
    const frontier: Buffer[] = []
    for (let n = 0; n < second.size; n += 1) appendLeaf(frontier, n, leafHash(Buffer.from(`forged ${n}`)))
    const forged = signCheckpoint(signerOf('evidence'), second.size, rootOf(frontier))
    const { consistencyProof, nodesOf } = await import('../../src/audit/proof.ts')
    const proof = await consistencyProof(first.size, second.size, nodesOf(store, 'evidence'))
    return { first, second, forged, proof }
  }
  const ask = (old: number, note: string, proof: readonly Buffer[] = []): string =>
    writeAddCheckpoint({ old, proof, note })

  test('signs a head, then what extends it, and remembers before it answers', async () => {
    const { first, second, proof } = await heads()
    const kept = memory()
    const witness = watching(dpo, kept)
    const answer = await witness.add(ask(0, first.note), at(0))
    expect(answer.status).toBe(200)
    const text = openCheckpoint(first.note, [keys.log], keys.log.name).text
    expect(cosignaturesOf(answer.body, text, [readWitnessVkey(witnessVkeyOf(dpo))])).toHaveLength(1)
    expect(kept.seen.get(keys.log.name)?.size).toBe(first.size)
    expect((await witness.add(ask(first.size, second.note, proof), at(1))).status).toBe(200)
    expect((await witness.add(ask(second.size, second.note), at(2))).status).toBe(200)
  })

  test('a memory that cannot be written gives no signature', async () => {
    const { first } = await heads()
    const broken = { ...memory(), advance: () => Promise.reject(new Error('no disk')) }
    await expect(watching(dpo, broken).add(ask(0, first.note), at(0))).rejects.toThrow('no disk')
    const raced = { ...memory(), advance: async () => false }
    expect((await watching(dpo, raced).add(ask(0, first.note), at(0))).status).toBe(409)
  })

  test('refuses what does not fit, each in its way, and forgets nothing by it', async () => {
    const { first, second, forged, proof } = await heads()
    const kept = memory()
    const witness = watching(dpo, kept)
    await witness.add(ask(0, first.note), at(0))
    const stranger = { ...signerOf('evidence'), key: generateKeyPairSync('ed25519').privateKey }
    const rows: [string, number, string][] = [
      ['the wrong old size', 409, ask(1, second.note, proof)],
      ['a forgotten old size', 409, ask(0, second.note)],
      ['a proof of nothing', 422, ask(first.size, second.note)],
      [
        'a proof bent',
        422,
        ask(
          first.size,
          second.note,
          proof.map((hash, i) => (i === 0 ? Buffer.alloc(32) : hash)),
        ),
      ],
      ['another history', 422, ask(first.size, forged, proof)],
      ['an old size above the head', 400, ask(first.size + 1, first.note)],
      ['a log that it does not know', 404, ask(0, first.note.replaceAll('/transfers', '/others'))],
      [
        'a stranger’s signature',
        403,
        ask(first.size, signCheckpoint(stranger, second.size, Buffer.alloc(32))),
      ],
      ['no request', 400, 'hello'],
      ['a number too large', 400, ask(0, first.note).replace('old 0', 'old 99999999999999999')],
      ['endless', 400, `${ask(0, first.note)}${'x'.repeat(80_000)}`],
    ]
    for (const [name, status, body] of rows)
      expect((await witness.add(body, at(5))).status, name).toBe(status)
    expect(kept.seen.get(keys.log.name)?.size).toBe(first.size)
    await witness.add(ask(first.size, second.note, proof), at(6))
    // the same size with another root: the conflict that tells of two histories
    expect(await witness.add(ask(second.size, forged), at(7))).toMatchObject({
      status: 409,
      body: `${second.size}\n`,
      type: 'text/x.tlog.size',
    })
  })
})

describe('a witnessed log', () => {
  const world = async (quorumText: string, witnesses: Parameters<typeof asking>[0]) => {
    const made = await aLog(10)
    const asked = { count: 0 }
    const reach = asking(witnesses)
    const one = witnesser({
      store: made.store,
      stream: 'evidence',
      log: keys.log,
      quorum: readQuorum(quorumText),
      ask: (witness, body) => {
        asked.count += 1
        return reach(witness, body)
      },
    })
    return { ...made, witnessing: one, asked }
  }

  test('keeps the quorum’s cosignatures; export and receipt carry them; nothing new asks nobody', async () => {
    const w = await world(policy('g', 'group g 2 dpo other third'), {
      dpo: watching(),
      other: watching(other),
    })
    expect(await w.witnessing.step(at(61_000))).toMatchObject({ did: 'witnessed' })
    const kept = (await w.store.witnessed('evidence'))!
    expect(kept.note.split('\n— ')).toHaveLength(4)
    const before = w.asked.count
    expect((await w.witnessing.step(at(62_000))).did).toBe('nothing')
    expect(w.asked.count).toBe(before)
    expect((await w.witnessing.step(at(61_000 + 600_000))).did).toBe('witnessed')

    someTransfers(w.one, 200, 210)
    while ((await w.steps.step(at(70_000))).more);
    expect((await w.witnessing.step(at(71_000))).size).toBeGreaterThan(kept.size)
    const proof = (await receipt(w.store, keys.log, tidOf(1)))!
    expect(verifyReceipt(proof, [keys.log]).size).toBe((await w.store.witnessed('evidence'))!.size)
    expect(proof.proof).toContain(dpo.name)

    const bundle = await exported(w.store)
    const exit = async (text: string) => (await verifyBundle(bundle.dir, pinText, { witnesses: text })).exit
    expect(await exit(policy('g', 'group g all dpo other'))).toBe(0)
    expect(await exit(policy('none'))).toBe(0)
    expect(await exit(policy('third'))).toBe(2)
    expect(await exit('quorum nobody')).toBe(3)
    bundle.write(
      'log/checkpoint',
      bundle
        .read('log/checkpoint')
        .toString()
        .replace(/(dpo.example\S* ....)./, '$1A'),
    )
    bundle.sums()
    expect(await exit(policy('dpo'))).not.toBe(0)
    bundle.done()
  })

  test('fewer than the quorum are not enough, and the log goes on', async () => {
    const w = await world(policy('g', 'group g all dpo other'), { dpo: watching() })
    expect((await w.witnessing.step(at(0))).did).toBe('short')
    expect(await w.store.witnessed('evidence')).toBeNull()
    const bundle = await exported(w.store)
    expect((await verifyBundle(bundle.dir, pinText, { witnesses: policy('dpo') })).exit).toBe(2)
    bundle.done()
  })

  test('a witness that is ahead by another instance’s doing is caught up with', async () => {
    const kept = memory()
    const w = await world(policy('dpo'), { dpo: watching(dpo, kept) })
    const second = witnesser({
      store: w.store,
      stream: 'evidence',
      log: keys.log,
      quorum: readQuorum(policy('dpo')),
      ask: asking({ dpo: watching(dpo, kept) }),
    })
    await w.witnessing.step(at(0))
    someTransfers(w.one, 200, 210)
    while ((await w.steps.step(at(70_000))).more);
    expect((await second.step(at(1))).did).toBe('witnessed')
    expect((await w.witnessing.step(at(700_000))).did).toBe('witnessed')
  })

  test('two histories under one key: the witness takes one, the other breaks the log that shows it', async () => {
    const kept = memory()
    const w = await world(policy('dpo'), { dpo: watching(dpo, kept) })
    await w.witnessing.step(at(0))
    // A clone of the database goes another way and grows longer; the same size; and shorter (a backup restored).
    for (const [transfers, what] of [
      [30, 'fork'],
      [10, 'fork'],
      [2, 'shrunk'],
    ] as const) {
      const clone = await aLog(transfers)
      const other = witnesser({
        store: clone.store,
        stream: 'evidence',
        log: keys.log,
        quorum: readQuorum(policy('dpo')),
        ask: asking({ dpo: watching(dpo, kept) }),
      })
      await expect(other.step(at(1)), what).rejects.toMatchObject({ name: 'IntegrityBroken', what })
    }
  })

  test('a witness that signs wrongly, or nothing, is not counted', async () => {
    const w = await aLog(3)
    const step = (lines: string) =>
      witnesser({
        store: w.store,
        stream: 'evidence',
        log: keys.log,
        quorum: readQuorum(`witness dpo ${witnessVkeyOf(dpo)} https://dpo.example\nquorum dpo`),
        ask: async () => ({ said: 'cosigned', lines }),
      }).step(at(0))
    expect((await step('')).did).toBe('short')
    expect((await step(cosign('x', other, at(0)))).did).toBe('short')
    await expect(step(cosign('x', dpo, at(0)))).rejects.toThrow('signature')
    const endless = witnesser({
      store: w.store,
      stream: 'evidence',
      log: keys.log,
      quorum: readQuorum(`witness dpo ${witnessVkeyOf(dpo)} https://dpo.example\nquorum dpo`),
      ask: async (_, body) => ({ said: 'size', size: body.startsWith('old 0') ? 1 : 0 }),
    })
    expect((await endless.step(at(0))).did).toBe('short')
  })
})

test('an integrator that signs again is witnessed again (nothing of it depends on witnesses)', async () => {
  const store = await smallLog()
  expect((await integrator(logOf(store, memoryAnchor())).step(at(80_000))).did).toBe('nothing')
  expect(instance(store).boot.inst).toBe('gateway-1')
})
