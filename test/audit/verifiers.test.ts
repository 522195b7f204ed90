/** Three verifiers, written apart from each other, must give the same answer about the same export. */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAuthority, pemOf } from '../../src/audit/certificate.ts'
import { signCms, signJws } from '../../src/audit/certified.ts'
import { vkeyOf } from '../../src/audit/checkpoint.ts'
import { cosign, witnessVkeyOf } from '../../src/audit/cosignature.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { noOpenssl } from '../outbound/authority.ts'
import { changes, smallLog } from './changes.ts'
import { accessKey, exported } from './forge.ts'
import type { Exported } from './forge.ts'
import * as enrolled from './enrolled.ts'
import { heads } from './heads.ts'
import { headers, jwsWith, odd, oddAuthority, weak } from './odd-certificates.ts'
import { first, rotatedLog, rotationForgeries, second, stranger, third, unsoundRotations } from './rotated.ts'
import { askGo, askPython, noGo, noPython } from './other-verifiers.ts'
import { pruneForgeries, prunedBundle, soundPrunings, unsoundPrunings } from './pruned.ts'
import { shardForgeries, shardedBundle, unsoundShards } from './sharded.ts'
import { eachOdd } from './odd-stamps.ts'
import { keepStamped } from './stamped.ts'
import type { Asked } from './stamped.ts'
import { unsound, unsoundLog } from './unsound.ts'
import { aLog, at, instance, someTransfers, logOf, name as logName, pinText, signerOf } from './world.ts'

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'douane-verifiers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Sample {
  readonly name: string
  readonly dir: string
  readonly pin: string
  readonly ask: Asked
}
const samples: Sample[] = []
/** Of heads with other signatures, what must be said. */
const wanted: string[] = []
/** What is odd and holds all the same. */
const sound: string[] = []
const write = (path: string, text: string): string => {
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}
const pin = write('pin', pinText)
const none = write('none', '')
const pins = {
  none,
  nonsense: write('nonsense', 'hello\n'),
  two: write('two', `${pinText}${pinText}`),
  log: write('log', `${vkeyOf(signerOf('evidence'))}\n`),
}
/** Keeps a copy of the bundle as it is now. */
const keep = (bundle: Exported, name: string, by = pin, ask: Asked = {}): void => {
  const dir = join(folder, String(samples.length))
  cpSync(bundle.dir, dir, { recursive: true, verbatimSymlinks: true })
  samples.push({ name, dir, pin: by, ask })
}

/** A head with two cosignatures, under policies that are met and policies that are not. */
const keepWitnessed = async (): Promise<void> => {
  const witnesses = ['dpo.example/w', 'other.example', 'third.example'].map((name) => ({
    name,
    key: generateKeyPairSync('ed25519').privateKey,
  }))
  const bundle = await exported(await smallLog())
  const [note, text] = ['log/checkpoint', 'checkpoint.txt'].map((path) => bundle.read(path).toString())
  const lines = witnesses.slice(0, 2).map((one) => cosign(text!, one, at(0)))
  const said = witnesses
    .map((one, i) => `witness w${i} ${witnessVkeyOf(one)} https://w${i}.example/`)
    .join('\n')
  const policies = {
    none: 'quorum none\n',
    one: `${said}\nquorum w0\n`,
    all: `${said}\ngroup g all w0 w1\nquorum g # both\n`,
    two: `# three\n${said}\r\ngroup g 2 w0\tw1 w2\nquorum g\n`,
    nested: `${said}\ngroup g any w1 w2\ngroup h 2 g w0\nquorum h\n`,
    missing: `${said}\nquorum w2\n`,
    more: `${said}\ngroup g 3 w0 w1 w2\nquorum g\n`,
    unknown: `${said}\nquorum nobody\n`,
    none2: said,
    twice: `${said}\nquorum w0\nquorum w0\n`,
    self: `${said}\ngroup g any g\nquorum g\n`,
    vkey: `witness w ${vkeyOf(witnesses[0]!)}\nquorum w\n`,
    key: `${said}\nwitness w ${witnessVkeyOf(witnesses[0]!)}\nquorum w0\n`,
    url: `witness w ${witnessVkeyOf(witnesses[0]!)} ftp://x\nquorum w\n`,
    word: `hello\n${said}\nquorum w0\n`,
  }
  const files = Object.entries(policies).map(
    ([name, value]) => [name, write(`policy-${name}`, value)] as const,
  )
  const kept = (head: string, what: string, only?: string): void => {
    bundle.write('log/checkpoint', head)
    bundle.sums()
    for (const [name, file] of files)
      if (only === undefined || only === name)
        keep(bundle, `${what}, policy: ${name}`, pin, { witnesses: file })
  }
  kept(note! + lines.join(''), 'two cosignatures')
  kept(note!, 'no cosignature', 'one')
  const blob = Buffer.from(lines[0]!.split(' ')[2]!, 'base64')
  for (const byte of [5, 11, 12, 40, 75]) {
    const bent = Buffer.from(blob)
    bent[byte]! ^= 1
    kept(`${note}— dpo.example/w ${bent.toString('base64')}\n`, `byte ${byte} of a cosignature`, 'one')
  }
  kept(`${note}— dpo.example/w ${blob.subarray(0, -1).toString('base64')}\n`, 'a short cosignature', 'one')
  kept(`${note}${lines[0]}${lines[0]}`, 'a cosignature twice', 'more')
  bundle.done()
}

/** An export against a checkpoint that its reader holds: of the export before, of a client's receipt, of another history. */
const keepEarlier = async (): Promise<void> => {
  const headOf = (bundle: Exported): string => bundle.read('log/checkpoint').toString()
  const { store, steps, one } = await aLog(20)
  const first = await exported(store)
  someTransfers(one, 100, 400)
  while ((await steps.step(at(90_000))).more);
  const second = await exported(store)
  const [old, now] = [write('old', headOf(first)), write('now', headOf(second))]
  // the same key, another history of the same length
  const other = await exported((await aLog(20)).store)
  const stranger = headOf(first).replace(/\/transfers/g, '/elsewhere')
  const held = {
    'the one before': old,
    'its own': now,
    'of another history': write('other', headOf(other)),
    'of no log of it': write('elsewhere', stranger),
    'signed by nobody': write(
      'unsigned',
      headOf(first).replace(/— .*/, (line) => `${line.slice(0, -9)}AAAAAAA=`),
    ),
    nonsense: write('held-nonsense', 'hello'),
  }
  for (const [name, file] of Object.entries(held))
    keep(second, `grown from a head that is held: ${name}`, pin, { earlier: file })
  keep(first, 'the export of last month handed in again', pin, { earlier: now })
  for (const bundle of [first, second, other]) bundle.done()
}

/** All files that an export can have, with a stamp of a real authority where openssl can play one: a bit of each. */
const keepCertified = async (): Promise<void> => {
  const [authority, stranger] = [0, 1].map(() => makeAuthority(logName, new Date()))
  const bundle = await exported(await smallLog(), { certified: authority })
  const root = write('root', pemOf(authority!.root))
  const roots = {
    'its root': root,
    'no root': none,
    'another root': write('stranger', pemOf(stranger!.root)),
    'the leaf': write('leaf', pemOf(authority!.chain[0]!)),
    nonsense: pins.nonsense,
    'two roots': write('roots', pemOf(stranger!.root) + pemOf(authority!.root)),
  }
  for (const [name, file] of Object.entries(roots))
    keep(bundle, `certified, pinned: ${name}`, pin, { 'pin-root': file })
  const text = bundle.read('checkpoint.txt').toString()
  const jws = JSON.parse(bundle.read('checkpoint.jws').toString()) as Record<string, string>
  const header = JSON.parse(Buffer.from(jws['protected']!, 'base64url').toString()) as object
  const b64 = (value: string): string => Buffer.from(value).toString('base64url')
  const forged: Record<string, object> = {
    'no signature': { ...jws, signature: '' },
    'a bent signature': {
      ...jws,
      signature: jws['signature']!.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    },
    'another text': { ...jws, payload: b64(text.replace('\n7\n', '\n8\n')) },
    'a key more': { ...jws, header: {} },
    'no algorithm': { ...jws, protected: b64(JSON.stringify({ ...header, alg: 'none' })) },
    'a header of a later form': { ...jws, protected: b64(JSON.stringify({ ...header, crit: ['x'] })) },
    'no certificates': { ...jws, protected: b64(JSON.stringify({ ...header, x5c: [] })) },
    'a number for a certificate': { ...jws, protected: b64(JSON.stringify({ ...header, x5c: [1] })) },
    'a list': [jws],
    numbers: { payload: 1, protected: 2, signature: 3 },
  }
  const all = Object.entries(forged).map(
    ([name, value]) => [name, Buffer.from(`${JSON.stringify(value)}\n`)] as const,
  )
  for (const [name, bytes] of [
    ...all,
    ['nothing', Buffer.alloc(0)] as const,
    ['a stranger’s signature', await signJws(text, stranger!)] as const,
  ]) {
    bundle.write('checkpoint.jws', bytes)
    bundle.sums()
    keep(bundle, `a JWS with ${name}`, pin, { 'pin-root': root })
    keep(bundle, `a JWS with ${name}, no root pinned`)
  }
  const spelt = Buffer.from(jws['protected']!, 'base64url').toString()
  for (const [name, spell] of Object.entries(headers)) {
    bundle.write('checkpoint.jws', jwsWith(spell(spelt), text, authority!.key))
    bundle.sums()
    keep(bundle, `a JWS whose header has ${name}`, pin, { 'pin-root': root })
  }
  bundle.remove('checkpoint.jws')
  bundle.sums()
  keep(bundle, 'no JWS, and a root pinned', pin, { 'pin-root': root })
  const issued = noOpenssl ? [] : Object.entries({ ...weak, ...odd })
  for (const [i, [name, how]] of issued.entries()) {
    const by = oddAuthority(how)
    bundle.write('checkpoint.p7s', await signCms(text, by, new Date()))
    bundle.write('checkpoint.jws', await signJws(text, by))
    bundle.write('keys/chain.pem', pemOf(by.chain[0]!))
    bundle.write('keys/root.pem', pemOf(by.root))
    bundle.sums()
    keep(bundle, `issued with ${name}`, pin, { 'pin-root': write(`odd-${i}`, pemOf(by.root)) })
    keep(bundle, `issued with ${name}, no root pinned`)
  }
  bundle.done()
}

const keepEnrolled = async (): Promise<void> => {
  const { store } = await enrolled.enrolledLog()
  const bundle = await exported(store)
  const keys = {
    first: enrolled.first,
    second: enrolled.second,
    third: enrolled.third,
    unrelated: enrolled.unrelated,
  }
  for (const [which, by] of Object.entries(keys))
    keep(bundle, `enrolled, pinned: ${which}`, write(`enrol-${which}`, enrolled.pinned(by)))
  keep(bundle, 'enrolled, no enrolment key pinned', pins.log)
  bundle.write('keys/enrol.vkey', `${vkeyOf(enrolled.second)}\n`)
  bundle.sums()
  keep(bundle, 'enrolled, another enrol.vkey')
  bundle.done()
  for (const [name, , make] of enrolled.unsoundEnrolments) {
    const unsoundOne = await exported(make())
    keep(unsoundOne, `enrolled: ${name}`)
    unsoundOne.done()
  }
}

const keepPruned = async (): Promise<void> => {
  for (const [name, store] of await soundPrunings()) {
    const bundle = await exported(store)
    keep(bundle, `pruned ${name}`)
    bundle.done()
  }
  for (const [name, , make] of unsoundPrunings) {
    const bundle = await exported(await make())
    keep(bundle, `pruned ${name}`)
    bundle.done()
  }
  const bundle = await prunedBundle()
  for (const [name, , forge] of pruneForgeries) {
    forge(bundle)
    bundle.sums()
    keep(bundle, name)
    bundle.restore()
  }
  bundle.remove(bundle.files().find((one) => one.startsWith('log/tile/0/'))!)
  bundle.sums()
  keep(bundle, 'a pruned log without the tile of its hashes')
  bundle.done()
}

const keepSharded = async (): Promise<void> => {
  const bundle = await shardedBundle()
  keep(bundle, 'three trees, a new key, pruned records')
  keep(bundle, 'three trees, pinned: the newest key', write('pin-newest', `${vkeyOf(second)}\n`))
  const another = await shardedBundle()
  for (const [name, exit, forge] of shardForgeries) {
    if (exit === 0) sound.push(name)
    forge(bundle, another)
    bundle.sums()
    keep(bundle, name)
    bundle.restore()
  }
  for (const one of [bundle, another]) one.done()
  for (const [name, , , make] of unsoundShards) {
    const one = await exported(await make())
    keep(one, name)
    one.done()
  }
}

/** What is in the folder and not in its list; and names that one program reads and another does not. */
const keepStrays = async (): Promise<void> => {
  const bundle = await exported(await smallLog())
  const stray = (name: string, path: string): void => {
    bundle.write(path, 'hello\n')
    keep(bundle, name)
    bundle.restore()
  }
  stray('a file beside that is not listed', 'README.txt')
  stray('what a desktop leaves in a folder', 'log/.DS_Store')
  stray('a file in a later tree that is not listed', 'log-2027h1/tile/0/000')
  stray('a file of a later access log that is not listed', 'access-2027h1/checkpoint')
  stray('a part of a policy that is not listed', `policy-parts/${'a'.repeat(64)}/rules.yaml`)
  stray('a name with a separator of lines, not listed', 'log/a\u2028b')
  stray('very deep folders', `${'a/'.repeat(1200)}a`)
  const sums = bundle.read('SHA256SUMS')
  const other = (name: string, path: Buffer): void => {
    const line = Buffer.concat([Buffer.from(`${createHash('sha256').update('').digest('hex')}  `), path])
    bundle.write('SHA256SUMS', Buffer.concat([sums, line, Buffer.from('\n')]))
    keep(bundle, name)
    bundle.restore()
  }
  other('a listed name that is not UTF-8', Buffer.from([0x61, 0xff]))
  other('a listed name of a character that is not assigned', Buffer.from('\u{38f}\u{378}'))
  bundle.write('b\u2028c', '')
  other('a listed name with a separator of lines', Buffer.from('b\u2028c'))
  bundle.done()
}

const keepRotated = async (): Promise<void> => {
  const bundle = await exported((await rotatedLog()).store)
  for (const [which, signer] of Object.entries({ first, second, third, stranger }))
    keep(
      bundle,
      `a log whose key was replaced twice, pinned: ${which}`,
      write(`pin-${which}`, `${vkeyOf(signer)}\n`),
    )
  for (const [name, forge] of rotationForgeries) {
    forge(bundle)
    bundle.sums()
    keep(bundle, name)
    bundle.restore()
  }
  bundle.done()
  for (const [name, unsoundOne] of await unsoundRotations()) {
    keep(unsoundOne, name)
    unsoundOne.done()
  }
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const small = await exported(await smallLog())
  for (const [name, by] of [['as it was', pin], ...Object.entries(pins)] as const)
    keep(small, `whole, pin: ${name}`, by)
  for (const path of small.files()) {
    const bytes = small.read(path)
    const bent = Buffer.from(bytes)
    bent[Math.floor(bytes.length / 2)]! ^= 0x04
    small.write(path, bent)
    keep(small, `a bit of ${path}`)
    small.sums()
    if (path !== 'VERIFY.md' && path !== 'SHA256SUMS') keep(small, `a bit of ${path}, sums corrected`)
    small.restore()
    small.remove(path)
    keep(small, `without ${path}`)
    small.restore()
  }
  for (const [name, , change] of changes) {
    change(small)
    small.sums()
    keep(small, name)
    small.restore()
  }
  for (const [name, exit, change] of heads) {
    change(small)
    small.sums()
    wanted.push(`${exit} a head with ${name}`)
    keep(small, `a head with ${name}`)
    small.restore()
  }
  small.done()
  const limited = await exported(await smallLog(), {
    limited: { clients: ['acme'], leftOut: ['views/: other clients'] },
    policies: [
      { digest: 'a'.repeat(64), part: true, files: [{ path: 'categories.yaml', bytes: Buffer.from('{}') }] },
    ],
  })
  keep(limited, 'made for somebody who is limited to clients')
  limited.done()
  for (const [name, , , fill] of unsound) {
    const bundle = await exported(unsoundLog(fill))
    keep(bundle, name)
    bundle.done()
  }
  await keepStrays()
  await keepRotated()
  await keepEnrolled()
  await keepPruned()
  await keepEarlier()
  await keepStamped((bundle, name, ask) => keep(bundle, name, pin, ask), write)
  await eachOdd(({ name, exit }, bundle) => {
    if (exit === 0) sound.push(name)
    keep(bundle, name)
  })
  await keepSharded()
  await keepCertified()
  await keepWitnessed()
  const { store } = await aLog(600)
  const gateway = instance(store, 'access')
  const access = { v: 1, k: 'access', t: at(1).toISOString(), roles: ['auditor'], count: 9 } as const
  gateway.append({ ...access, who: 'Ana \u202e\u{1f600} "x"\u0007', act: 'audit.export' })
  await integrator(logOf(store, undefined, 'access')).step(at(2))
  const large = await exported(store, { access: accessKey })
  keep(large, 'a larger log with its access log')
  keep(large, 'with its access log, not pinned', pins.log)
  large.write('log/tile/1/000.p/4', large.read('log/tile/1/000.p/4').fill(7, 0, 4))
  large.sums()
  keep(large, 'a larger log with an upper tile bent')
  large.done()
}, 120_000)

const byUs = async (): Promise<readonly number[]> => {
  const out: number[] = []
  const read = (path: string | undefined) => (path === undefined ? undefined : textOf(path))
  for (const { dir, pin: by, ask } of samples) {
    const { witnesses, earlier } = ask
    const given = { witnesses: read(witnesses), earlier: read(earlier) }
    const roots = { root: read(ask['pin-root']), stampRoot: read(ask['pin-tsa']) }
    out.push((await verifyBundle(dir, textOf(by), { ...given, ...roots })).exit)
  }
  return out
}
const textOf = (by: string): string => readFileSync(by, 'utf8')
const told = (exits: readonly (number | null)[]): string[] =>
  samples.map(({ name }, i) => `${String(exits[i])} ${name}`)

describe('the same answer from', () => {
  let ours: string[]
  beforeAll(async () => {
    ours = told(await byUs())
  }, 120_000)

  test('our own: every change is noticed, and each exit code is among them', () => {
    expect(ours.filter((one) => one.startsWith('0'))).toEqual([
      '0 whole, pin: as it was',
      '0 whole, pin: log',
      ...wanted.filter((one) => one.startsWith('0')),
      '0 made for somebody who is limited to clients',
      '0 nothing amiss',
      '0 records made side by side, a moment out of order',
      '0 orders of people, each key of each kind',
      '0 a file beside that is not listed',
      '0 what a desktop leaves in a folder',
      '0 very deep folders',
      '0 a listed name with a separator of lines',
      ...['first', 'second', 'third'].map(
        (which) => `0 a log whose key was replaced twice, pinned: ${which}`,
      ),
      ...['first', 'second', 'third'].map((which) => `0 enrolled, pinned: ${which}`),
      '0 enrolled, no enrolment key pinned',
      '0 pruned and said again by another instance',
      ...['twice, over tiles', 'after a hold was lifted', 'and stopped half-way'].map(
        (how) => `0 pruned ${how}`,
      ),
      ...['the one before', 'its own'].map((held) => `0 grown from a head that is held: ${held}`),
      '0 certified and stamped',
      '0 certified anew by its own key',
      // nothing of it is pinned, and the findings say so
      '0 all certified by a stranger, no root pinned',
      ...(noOpenssl
        ? []
        : [
            '0 stamped, pinned: its authority',
            '0 stamped anew',
            '0 all stamped by another authority, none pinned',
            '0 no stamp',
          ]),
      ...sound.filter((name) => name.startsWith('a stamp')).map((name) => `0 ${name}`),
      '0 three trees, a new key, pruned records',
      '0 three trees, pinned: the newest key',
      ...sound.filter((name) => !name.startsWith('a stamp')).map((name) => `0 ${name}`),
      '0 certified, pinned: its root',
      '0 certified, pinned: no root',
      '0 certified, pinned: two roots',
      ...(noOpenssl ? [] : Object.keys(odd)).flatMap((name) => [
        `0 issued with ${name}`,
        `0 issued with ${name}, no root pinned`,
      ]),
      ...['none', 'one', 'all', 'two', 'nested'].map((name) => `0 two cosignatures, policy: ${name}`),
      '0 a larger log with its access log',
    ])
    // As it was exported but for one bit, wherever it is: that is tampering, never less.
    const bent = ours.filter((one) => one.includes(' a bit of ') && !one.includes('sums corrected'))
    expect(bent.length).toBeGreaterThan(30)
    expect(bent.filter((one) => !one.startsWith('1'))).toEqual([])
    const signed = ours.filter((one) => /byte \d+ of .*, with the sums$/.test(one))
    expect(signed.length).toBeGreaterThan(20)
    expect(signed.filter((one) => !one.startsWith('1'))).toEqual([])
    expect(ours.filter((one) => one.includes(' a head with '))).toEqual(wanted)
    expect(ours).toContain('1 grown from a head that is held: of another history')
    expect(ours).toContain('2 the export of last month handed in again')
    expect(new Set(ours.map((one) => one[0]))).toEqual(new Set(['0', '1', '2', '3']))
  })

  test('the one in Go, with x/mod’s note and tlog', (context) => {
    if (noGo) context.skip('go is not installed here')
    expect(told(askGo(folder, samples))).toEqual(ours)
  }, 180_000)

  test('the one in Python, with cryptography', (context) => {
    if (noPython) context.skip('python3 with cryptography 40 or later is not installed here')
    expect(told(askPython(samples))).toEqual(ours)
  }, 180_000)
})
