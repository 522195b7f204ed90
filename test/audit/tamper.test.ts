import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BootChain, bootBody, newBoot } from '../../src/audit/chain.ts'
import { openNote, vkeyOf } from '../../src/audit/checkpoint.ts'
import { appendLeaf, leafHash, nodeHash, rootOf, tilePath } from '../../src/audit/merkle.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { accessKey, exported, keys, uncheckedLog } from './forge.ts'
import type { Exported } from './forge.ts'
import { changes, smallLog } from './changes.ts'
import { bootRecord, enrol } from './records.ts'
import { boot, stranger, unsound, unsoundLog } from './unsound.ts'
import { aLog, at, instance, logOf, name, pinText, signerOf, tidOf } from './world.ts'
import { integrator } from '../../src/audit/integrate.ts'

const verdictOf = async (bundle: Exported, pin: string = pinText) => verifyBundle(bundle.dir, pin)
const exitOf = async (bundle: Exported) => (await verdictOf(bundle)).exit

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
      {
        ...{ level: 'note', where: 'transfers 6', code: 'open' },
        what: 'has no end in the log: it may have been sent',
      },
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
  type Log = ReturnType<typeof uncheckedLog>
  const judge = async (fill: (log: Log) => void, pin = pinText) => {
    const bundle = await exported(unsoundLog(fill))
    const verdict = await verdictOf(bundle, pin)
    bundle.done()
    return verdict
  }

  test.each(unsound)('%s', async (_, exit, what, fill) => {
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
