import { generateKeyPairSync } from 'node:crypto'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BootChain, bootBody, genesisBody, newBoot } from '../../src/audit/chain.ts'
import { openNote, readCheckpoint, signCheckpoint, signNote, vkeyOf } from '../../src/audit/checkpoint.ts'
import { appendLeaf, leafHash, nodeHash, rootOf, tilePath } from '../../src/audit/merkle.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { accessKey, exported, keys, uncheckedLog } from './forge.ts'
import type { Exported } from './forge.ts'
import { bootRecord, enrol, refusalBody, someBoot } from './records.ts'
import {
  aLog,
  at,
  enrolVkey,
  instance,
  intentBody,
  logOf,
  name,
  outcomeBody,
  pinText,
  signerOf,
  tidOf,
} from './world.ts'
import { integrator } from '../../src/audit/integrate.ts'

const verdictOf = async (bundle: Exported, pin: string = pinText) => verifyBundle(bundle.dir, pin)
const exitOf = async (bundle: Exported) => (await verdictOf(bundle)).exit

/** A small log: boot, genesis, a refusal, an intent and its end, an open intent. */
const smallLog = async () => {
  const { store, steps, one } = await aLog(0)
  one.append(refusalBody(7))
  const [index] = one.append(intentBody(1))
  one.append(outcomeBody(1, index!), intentBody(2))
  await steps.step(at(70_000))
  return store
}

describe('an export that someone changed', () => {
  let small: Exported
  let large: Exported
  let smallStore: Awaited<ReturnType<typeof smallLog>>
  beforeAll(async () => {
    smallStore = await smallLog()
    small = await exported(smallStore)
    large = await exported((await aLog(400)).store)
  })
  afterAll(() => {
    small.done()
    large.done()
  })
  beforeEach(() => small.restore())

  test('is accepted as it was exported, with the open transfer named', async () => {
    expect(await verdictOf(small)).toMatchObject({ exit: 0, open: 1 })
    expect((await verdictOf(small)).findings).toEqual([
      { level: 'note', where: 'transfers 6', what: 'has no end in the log: it may have been sent' },
    ])
    expect((await verdictOf(large)).exit).toBe(0)
  })

  test('every bit of a record breaks its place in the tree', () => {
    const leaves = smallStore.rows.evidence.leaves
    const body = Buffer.from(leaves[3]!.body)
    for (let bit = 0; bit < body.length * 8; bit += 1) {
      body[bit >> 3]! ^= 1 << (bit & 7)
      const frontier: Buffer[] = []
      for (const [i, leaf] of leaves.entries()) appendLeaf(frontier, i, leafHash(i === 3 ? body : leaf.body))
      expect(rootOf(frontier).equals(smallStore.rows.evidence.tree.root)).toBe(false)
      body[bit >> 3]! ^= 1 << (bit & 7)
    }
    expect(body).toEqual(leaves[3]!.body)
  })

  test('bits of a record, flipped by a forger who corrects all that needs no key', async () => {
    let length = 0
    small.entries((entries) => {
      length = entries[3]!.length
      return entries
    })
    expect(await exitOf(small)).toBe(0)
    for (let place = 0; place < length; place += 9) {
      const flip = (entries: Buffer[]): Buffer[] => {
        entries[3]![place]! ^= 1 << (place % 8)
        return entries
      }
      small.entries(flip)
      expect(await exitOf(small), `byte ${place}`).toBe(1)
      small.entries(flip)
    }
  }, 120_000)

  test('a byte of every file, at its ends and at places in between', async () => {
    for (const path of small.files()) {
      const bytes = small.read(path)
      const places = new Set([0, 1, bytes.length - 1, bytes.length - 2])
      for (let i = 1; i < 5; i += 1) places.add(Math.floor((bytes.length * i) / 5))
      for (const place of [...places].filter((one) => one >= 0 && one < bytes.length)) {
        const bent = Buffer.from(bytes)
        bent[place]! ^= [0x01, 0x20, 0x80][place % 3]!
        small.write(path, bent)
        expect(await exitOf(small), `${path} at ${place}`).not.toBe(0)
      }
      small.write(path, bytes)
    }
    expect(await exitOf(small)).toBe(0)
  }, 120_000)

  test('bytes all along SHA256SUMS and the checkpoint', async () => {
    for (const path of ['SHA256SUMS', 'log/checkpoint']) {
      const bytes = small.read(path)
      for (let place = 0; place < bytes.length; place += 11) {
        const bent = Buffer.from(bytes)
        bent[place]! ^= 1 << (place % 8)
        small.write(path, bent)
        expect(await exitOf(small), `${path} at ${place}`).not.toBe(0)
      }
      small.write(path, bytes)
    }
  }, 120_000)

  test('every file, taken away', async () => {
    for (const path of small.files()) {
      const bytes = small.read(path)
      small.remove(path)
      expect([path, await exitOf(small)]).toEqual([path, 2])
      small.write(path, bytes)
    }
  })

  test('every file that can be verified, taken away and the sums corrected', async () => {
    const free = ['VERIFY.md', 'SHA256SUMS']
    for (const path of small.files().filter((one) => !free.includes(one))) {
      const bytes = small.read(path)
      small.remove(path)
      small.sums()
      expect([path, await exitOf(small)]).toEqual([path, 2])
      small.write(path, bytes)
    }
  })

  const another = { ...signerOf('evidence'), key: generateKeyPairSync('ed25519').privateKey }
  const elsewhere = { ...another, name: 'elsewhere.example/transfers' }
  const head = (bundle: Exported) => readCheckpoint(bundle.read('checkpoint.txt').toString())
  const lines = (bundle: Exported, path: string) => bundle.read(path).toString().split('\n').slice(0, -1)
  const setLines = (bundle: Exported, path: string, all: readonly string[]) =>
    bundle.write(path, all.map((line) => `${line}\n`).join(''))

  const changes: readonly (readonly [string, 1 | 2 | 3, (bundle: Exported) => void])[] = [
    ['the last record cut off', 2, (b) => b.entries((all) => all.slice(0, -1))],
    [
      'the last record cut through',
      1,
      (b) => {
        const path = b.files().find((one) => one.startsWith('log/tile/entries/'))!
        b.write(path, b.read(path).subarray(0, -5))
      },
    ],
    ['a record in the middle deleted', 2, (b) => b.entries((all) => all.toSpliced(3, 1))],
    [
      'a record in the middle deleted and another put at the end',
      1,
      (b) => b.entries((all) => [...all.toSpliced(3, 1), all[3]!]),
    ],
    [
      'two records in exchanged places',
      1,
      (b) => b.entries((all) => [...all.slice(0, 3), all[4]!, all[3]!, ...all.slice(5)]),
    ],
    ['a record added at the end', 1, (b) => b.entries((all) => [...all, all[3]!])],
    [
      'a number changed in a record',
      1,
      (b) =>
        b.entries((all) =>
          all.map((one) => Buffer.from(one.toString().replace('"bytes":812', '"bytes":912'))),
        ),
    ],
    [
      'a head signed by another key under the same name',
      1,
      (b) => {
        b.write('log/checkpoint', signCheckpoint(another, head(b).size, head(b).root))
      },
    ],
    [
      'a head of another installation',
      3,
      (b) => {
        b.write('log/checkpoint', signCheckpoint(elsewhere, head(b).size, head(b).root))
      },
    ],
    [
      'a head that promises more records',
      1,
      (b) => {
        b.write('log/checkpoint', b.read('log/checkpoint').toString().replace(/\n7\n/, '\n8\n'))
      },
    ],
    [
      'a text signed by the key that is no checkpoint',
      1,
      (b) => b.write('log/checkpoint', signNote('hello\n', signerOf('evidence'))),
    ],
    ['an empty checkpoint', 1, (b) => b.write('log/checkpoint', '')],
    [
      'a tile bent',
      1,
      (b) => {
        const path = `log/${tilePath(0, 0, 7)}`
        b.write(path, b.read(path).fill(9, 40, 41))
      },
    ],
    [
      'the readable view telling another story',
      1,
      (b) =>
        b.write('entries.jsonl', b.read('entries.jsonl').toString().replace('TIA_EXPIRED', 'RATE_LIMITED')),
    ],
    [
      'a line of the readable view gone',
      1,
      (b) => setLines(b, 'entries.jsonl', lines(b, 'entries.jsonl').toSpliced(2, 1)),
    ],
    [
      'a line more in the readable view',
      1,
      (b) => setLines(b, 'entries.jsonl', [...lines(b, 'entries.jsonl'), '{}']),
    ],
    ['the last seal gone', 2, (b) => setLines(b, 'batches.jsonl', lines(b, 'batches.jsonl').slice(0, -1))],
    [
      'a seal in the middle gone',
      1,
      (b) => setLines(b, 'batches.jsonl', lines(b, 'batches.jsonl').toSpliced(1, 1)),
    ],
    [
      'a seal twice',
      1,
      (b) => setLines(b, 'batches.jsonl', [...lines(b, 'batches.jsonl'), lines(b, 'batches.jsonl').at(-1)!]),
    ],
    [
      'two seals made one',
      1,
      (b) =>
        setLines(
          b,
          'batches.jsonl',
          lines(b, 'batches.jsonl').map((one) => one.replace('"n":1,', '"n":2,')),
        ),
    ],
    [
      'a seal that is not JSON',
      1,
      (b) => setLines(b, 'batches.jsonl', ['[', ...lines(b, 'batches.jsonl').slice(1)]),
    ],
    [
      'a seal of endless length',
      1,
      (b) =>
        setLines(
          b,
          'batches.jsonl',
          lines(b, 'batches.jsonl').map((one) => one.replace(/"n":\d+/, '"n":9007199254740991')),
        ),
    ],
    ['a line without end among the seals', 2, (b) => b.write('batches.jsonl', 'x'.repeat(500_000))],
    [
      'the manifest telling another size',
      1,
      (b) => b.write('MANIFEST.json', b.read('MANIFEST.json').toString().replace('"size":7', '"size":6')),
    ],
    [
      'a manifest of a later form',
      3,
      (b) => b.write('MANIFEST.json', b.read('MANIFEST.json').toString().replace('bundle-v1', 'bundle-v2')),
    ],
    ['a manifest that is not JSON', 1, (b) => b.write('MANIFEST.json', '{"format":')],
    ['a manifest that is a list', 3, (b) => b.write('MANIFEST.json', '[]')],
    ['another key among the convenience copies', 1, (b) => b.write('keys/log.vkey', `${vkeyOf(another)}\n`)],
    [
      'another enrolment key among them',
      1,
      (b) => b.write('keys/enrol.vkey', `${vkeyOf({ ...another, name: `${name}/enrol` })}\n`),
    ],
    [
      'another PEM among them',
      1,
      (b) =>
        b.write(
          'keys/log.pub.pem',
          generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }),
        ),
    ],
    ['no PEM at all', 1, (b) => b.write('keys/log.pub.pem', 'hello')],
    [
      'another text beside the signature',
      1,
      (b) => b.write('checkpoint.txt', b.read('checkpoint.txt').toString().replace('\n7\n', '\n8\n')),
    ],
    ['another signature beside the text', 1, (b) => b.write('checkpoint.note.sig', Buffer.alloc(64, 1))],
    ['an access log that the manifest does not pin', 2, (b) => b.write('access/entries.jsonl', '')],
    [
      'a policy under another digest',
      1,
      (b) => b.write(`policies/${'0'.repeat(64)}/rules/a.yaml`, 'id: a\n'),
    ],
    [
      'a link in place of a file',
      1,
      (b) => {
        b.remove('entries.jsonl')
        symlinkSync('/etc/hostname', join(b.dir, 'entries.jsonl'))
      },
    ],
  ]
  test.each(changes)('%s, with the sums corrected: exit %i', async (_, exit, change) => {
    change(small)
    small.sums()
    expect(await verdictOf(small)).toMatchObject({ exit })
  })

  test.each([['../../etc/passwd'], ['/etc/passwd'], ['log//checkpoint'], ['log/./checkpoint'], ['a\u0007b']])(
    'a list of sums that leads elsewhere: %j',
    async (path) => {
      small.write('SHA256SUMS', `${small.read('SHA256SUMS').toString()}${'0'.repeat(64)}  ${path}\n`)
      expect(await exitOf(small)).toBe(1)
    },
  )

  test('a file that nobody listed is named, and judges nothing', async () => {
    small.write('.DS_Store', 'x')
    const { exit, findings } = await verdictOf(small)
    expect(exit).toBe(0)
    expect(findings.map((one) => one.where)).toContain('.DS_Store')
  })

  test('a whole entry bundle of a larger log: taken, cut, exchanged', async () => {
    const [first, second] = [tilePath('entries', 0, 256), tilePath('entries', 1, 256)].map(
      (path) => `log/${path}`,
    )
    const [a, b] = [large.read(first!), large.read(second!)]
    large.remove(second!)
    large.sums()
    expect(await exitOf(large)).toBe(2)
    large.write(first!, b)
    large.write(second!, a)
    large.sums()
    expect(await exitOf(large)).toBe(1)
    large.write(second!, b)
    large.write(first!, a.subarray(0, a.length - 2 - a.readUInt16BE(0)))
    large.sums()
    expect(await exitOf(large)).toBe(1)
  })

  test('an upper tile of a larger log that fits its own lower tile and no record', async () => {
    large.restore()
    const path = `log/${large
      .files()
      .find((file) => file.startsWith('log/tile/1/'))!
      .slice(4)}`
    large.write(
      path,
      large.read(path).fill(nodeHash(leafHash(Buffer.alloc(1)), leafHash(Buffer.alloc(2))), 0, 32),
    )
    large.sums()
    expect(await exitOf(large)).toBe(1)
  })
})

describe('a log that was signed although its records do not hold together', () => {
  const boot = someBoot()
  const genesis = genesisBody(`${name}/transfers`, enrolVkey, at(0))
  const stranger = newBoot('gateway-9', generateKeyPairSync('ed25519').privateKey, 'douane 0.1.0')
  const other = someBoot('gateway-2')

  type Log = ReturnType<typeof uncheckedLog>
  const judge = async (fill: (log: Log) => void, pin = pinText) => {
    const log = uncheckedLog()
    log.append(boot, bootRecord(boot), genesis)
    fill(log)
    const bundle = await exported(log.signIt())
    const verdict = await verdictOf(bundle, pin)
    bundle.done()
    return verdict
  }

  const cases: readonly (readonly [string, 0 | 1 | 3, string, (log: Log) => void])[] = [
    ['nothing amiss', 0, '', (log) => log.append(boot, intentBody(1), outcomeBody(1, 2))],
    [
      'records made side by side, a moment out of order',
      0,
      '',
      (log) => log.append(boot, refusalBody(30_000), refusalBody(1)),
    ],
    [
      'a version that nobody knows',
      1,
      'no record that this version knows',
      (log) => log.append(boot, { ...refusalBody(1), v: 2 }),
    ],
    [
      'a kind that nobody knows',
      1,
      'no record that this version knows',
      (log) => log.append(boot, { ...refusalBody(1), k: 'derogation' }),
    ],
    [
      'a key that nobody knows',
      1,
      'no record that this version knows',
      (log) => log.append(boot, { ...refusalBody(1), note: 'x' }),
    ],
    [
      'a fact in another form',
      1,
      'no record that this version knows',
      (log) => log.append(boot, { ...intentBody(1), ground: 'scc_ec' }),
    ],
    [
      'an access record among the transfers',
      1,
      'does not belong in this log',
      (log) =>
        log.append(boot, {
          v: 1,
          k: 'access',
          t: at(1).toISOString(),
          who: 'a',
          roles: [],
          act: 'read',
          count: 1,
        }),
    ],
    ['an end without a beginning', 1, 'no earlier intent', (log) => log.append(boot, outcomeBody(1, 2))],
    [
      'an end before its beginning',
      1,
      'no earlier intent',
      (log) => log.append(boot, outcomeBody(1, 3), intentBody(1)),
    ],
    [
      'an end that points to another intent',
      1,
      'points to another',
      (log) => log.append(boot, intentBody(1), intentBody(2), outcomeBody(1, 3)),
    ],
    [
      'an end of another attempt',
      1,
      'no earlier intent',
      (log) => log.append(boot, intentBody(1), outcomeBody(1, 2, { attempt: 2 })),
    ],
    [
      'two ends',
      1,
      'second end',
      (log) => log.append(boot, intentBody(1), outcomeBody(1, 2), outcomeBody(1, 2, { end: 'unknown' })),
    ],
    [
      'two intents of one attempt',
      1,
      'second intent',
      (log) => log.append(boot, intentBody(1), intentBody(1)),
    ],
    [
      'two refusals of one transfer',
      1,
      'second refusal',
      (log) => log.append(boot, refusalBody(1), refusalBody(1)),
    ],
    ['two beginnings', 1, 'second beginning', (log) => log.append(boot, genesis)],
    [
      'a hole in the chain',
      1,
      'does not continue',
      (log) => log.append(boot, { ...refusalBody(1), iseq: 3 }),
    ],
    [
      'a chain that points elsewhere',
      1,
      'does not continue',
      (log) => log.append(boot, { ...refusalBody(1), iprev: 'f'.repeat(64) }),
    ],
    [
      'a record in the name of another boot',
      1,
      'names another',
      (log) => log.append(boot, { ...refusalBody(1), boot: other.boot }),
    ],
    [
      'a boot without a certificate of ours',
      1,
      'did not certify',
      (log) => log.append(stranger, bootRecord(stranger)),
    ],
    [
      'records of a boot that never began',
      1,
      'boot record is not in the log',
      (log) => log.append(other, refusalBody(1)),
    ],
    [
      'a boot record in the middle',
      1,
      'wrong place',
      (log) => log.append(boot, refusalBody(1), bootRecord(boot)),
    ],
    [
      'a boot that begins again',
      1,
      'seal',
      (log) => {
        log.rows.leaves.push({ ...log.rows.leaves[0]!, index: 2 })
        log.rows.batches.push({ ...log.rows.batches[0]!, first: 2, n: 1 })
      },
    ],
    [
      'a clock that went back an hour',
      1,
      'is older',
      (log) => [log.append(boot, refusalBody(3_600_000)), log.append(boot, refusalBody(1))],
    ],
    [
      'a row without a seal of its boot',
      1,
      'the seal',
      (log) => {
        log.append(boot, refusalBody(1))
        log.rows.batches.push({ ...log.rows.batches.pop()!, sig: Buffer.alloc(64) })
      },
    ],
    [
      'a spelling that is not canonical',
      1,
      'no record that this version knows',
      (log) => {
        log.append(boot, refusalBody(1))
        const leaf = log.rows.leaves.pop()!
        const body = Buffer.from(leaf.body.toString().replace('{', '{ '))
        log.rows.leaves.push({ ...leaf, body, hash: leafHash(body) })
      },
    ],
  ]
  test.each(cases)('%s', async (_, exit, what, fill) => {
    const verdict = await judge(fill)
    expect(verdict.exit).toBe(exit)
    expect(verdict.findings.filter((one) => one.what.includes(what)).length > 0 || what === '').toBe(true)
  })

  const logPin = `${vkeyOf(signerOf('evidence'))}\n`
  test('with the log’s key alone the enrolment key is the one the signed log began with', async () => {
    expect((await judge(() => undefined, logPin)).exit).toBe(0)
    expect((await judge((log) => log.append(stranger, bootRecord(stranger)), logPin)).exit).toBe(1)
  })

  test('an enrolment key that is neither pinned nor named leaves the seals undecided', async () => {
    const log = uncheckedLog()
    log.append(boot, bootRecord(boot))
    const bundle = await exported(log.signIt())
    expect((await verdictOf(bundle, logPin)).exit).toBe(3)
    expect((await verdictOf(bundle)).exit).toBe(0)
    bundle.done()
  })

  test('a pinned enrolment key that is not the one of the log', async () => {
    const wrong = vkeyOf({ name: `${name}/enrol`, key: generateKeyPairSync('ed25519').privateKey })
    expect((await judge(() => undefined, `${logPin}${wrong}\n`)).exit).toBe(1)
  })
})

describe('the access log in the same export', () => {
  test('is verified with its own pin, and undecided without', async () => {
    const { store } = await aLog(5)
    const gateway = instance(store, 'access')
    gateway.append({
      v: 1,
      k: 'access',
      t: at(1).toISOString(),
      who: 'auditor',
      roles: ['auditor'],
      act: 'audit.export',
      count: 9,
    })
    await integrator(logOf(store, undefined, 'access')).step(at(2))
    const bundle = await exported(store, { access: accessKey })
    const verdict = await verdictOf(bundle)
    expect(verdict).toMatchObject({ exit: 0 })
    expect(verdict.logs.map((log) => log.origin)).toEqual([`${name}/transfers`, `${name}/access`])
    expect((await verdictOf(bundle, `${vkeyOf(signerOf('evidence'))}\n`)).exit).toBe(3)
    const path = bundle.files().find((file) => file.startsWith('access/tile/entries/'))!
    bundle.write(
      path,
      Buffer.from(bundle.read(path).toString('latin1').replace('"count":9', '"count":1'), 'latin1'),
    )
    bundle.sums()
    expect(await exitOf(bundle)).toBe(1)
    bundle.done()
  })

  test('a boot may speak in both logs: its key is certified once', () => {
    const boot = newBoot('gateway-1', enrol.privateKey, 'douane 0.1.0')
    const [a, b] = (['evidence', 'access'] as const).map((stream) =>
      new BootChain(boot, stream).seal([bootBody(boot, {}, at(0))]),
    )
    expect(a!.leaves[0]!.hash).toEqual(b!.leaves[0]!.hash)
    expect(a!.sig.equals(b!.sig)).toBe(false)
    expect(() => openNote('', [keys.log])).toThrow('malformed')
    expect(tidOf(1)).toHaveLength(32)
  })
})
