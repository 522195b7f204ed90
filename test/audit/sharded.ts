/** Logs of more than one tree: opened at a half-year, after a restore, and as forgers would have them. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { signCheckpoint } from '../../src/audit/checkpoint.ts'
import { integrator } from '../../src/audit/integrate.ts'
import { memoryAnchor, memoryTreeStore } from '../../src/audit/memory.ts'
import { readEntries, writeEntries } from '../../src/audit/merkle.ts'
import { isoTime } from '../../src/audit/record.ts'
import { rotationBody } from '../../src/audit/rotation.ts'
import { firstShard } from '../../src/audit/shard.ts'
import type { Shard } from '../../src/audit/shard.ts'
import type { RecoverBody, ShardLinkBody } from '../../src/model/record.ts'
import { exported } from './forge.ts'
import type { Exported } from './forge.ts'
import { empty, later, prune, retention } from './pruned.ts'
import { first, second, stranger, why } from './rotated.ts'
import { at, instance, intentBody, logOf, outcomeBody, refusalBody, someTransfers } from './world.ts'

export const half = '2027h1'
const second27 = '2027h2'

/** A log that opens trees when it is told to. */
export const treesOf = () => {
  const store = memoryTreeStore()
  const anchor = memoryAnchor()
  let signers = [first]
  let shard: Shard = firstShard
  const one = instance(store)
  const log = () => ({ ...logOf(store, anchor), shard, signers: () => signers })
  let steps = integrator(log())
  const sign = async (now = at(60_000)): Promise<void> => {
    while ((await steps.step(now)).more);
  }
  /** What a new tree links to: the final head. */
  const final = async (more: Partial<ShardLinkBody> = {}): Promise<ShardLinkBody> => {
    await sign()
    const tree = await store.treesOf(shard.n).tree('evidence')
    return {
      ...{ v: 1, k: 'shard_link', t: isoTime(at(9000)) },
      prev: shard.n === 0 ? first.name : `${first.name}/${shard.name}`,
      ...{ size: tree.size, root: tree.root.toString('hex'), base: shard.base + tree.size, ...more },
    }
  }
  const open = async (name: string, records: readonly (ShardLinkBody | RecoverBody)[], base?: number) => {
    store.openShard('evidence', name, base)
    one.append(...records)
    shard = (await store.shards('evidence')).at(-1)!
    steps = integrator(log())
  }
  return { store, anchor, one, sign, final, open, log, rotate: () => (signers = [first, second]) }
}

/** Two half-years over, a transfer open over the edge, a key replaced, the oldest pruned. */
export const shardedLog = async () => {
  const { store, anchor, one, sign, final, open, log, rotate } = treesOf()
  one.append(retention)
  someTransfers(one, 1, 40)
  const [intent] = one.append(intentBody(9000))
  await open(half, [await final()])
  one.append(outcomeBody(9000, intent!), refusalBody(9007))
  rotate()
  one.append(rotationBody(first, second, why))
  const [next] = one.append(intentBody(9014))
  await open(second27, [await final()])
  one.append(outcomeBody(9014, next!))
  const count =
    store.rows.evidence.leaves.filter(({ index, kind }) => index < 30 && kind !== 'boot').length - 2
  one.append(prune(0, 30, count))
  await sign(later())
  empty(store, 0, 30)
  return { store, anchor, one, sign, log }
}

/** The database was restored: places 44 to 49 are lost. */
export const recoveredLog = async (more: Partial<RecoverBody> = {}, base = 50) => {
  const { store, one, sign, final, open } = treesOf()
  someTransfers(one, 1, 22)
  const link = await final({ base })
  const recover: RecoverBody = {
    ...{ v: 1, k: 'recover', t: isoTime(at(9000)), by: 'cli:operator', why: 'a disk was lost' },
    ...{ from: link.size, to: base, root: 'ab'.repeat(32), ...more },
  }
  await open(half, [link, recover], base)
  one.append(refusalBody(9007))
  await sign(later())
  return store
}

const linked = async (more: Partial<ShardLinkBody>) => {
  const { store, one, sign, final, open } = treesOf()
  someTransfers(one, 1, 10)
  await open(half, [await final(more)])
  one.append(refusalBody(9007))
  await sign()
  return store
}

const unlinked = async () => {
  const { store, one, sign, final } = treesOf()
  someTransfers(one, 1, 10)
  await final()
  store.openShard('evidence', half)
  one.append(refusalBody(9007))
  const shard = (await store.shards('evidence')).at(-1)!
  await integrator({ ...logOf(store), shard }).step(at(90_000))
  await sign()
  return store
}

const linkedTwice = async () => {
  const { store, one, sign, final, open } = treesOf()
  someTransfers(one, 1, 10)
  const link = await final()
  await open(half, [link])
  one.append(refusalBody(9007), link)
  await sign()
  return store
}

/** Logs signed with the true key whose trees do not follow each other: name, exit, a word of the finding, the log. */
export const unsoundShards = [
  ['a link to another root', 1, 'another head', () => linked({ root: 'cd'.repeat(32) })],
  ['a link to another size', 1, 'another head', () => linked({ size: 7 })],
  ['a link to another log', 1, 'another head', () => linked({ prev: 'other.example/transfers' })],
  ['a link to another place', 1, 'another place', () => linked({ base: 99 })],
  ['no link', 1, 'does not begin with a link', unlinked],
  ['a second link', 1, 'does not belong in this place', linkedTwice],
  ['a recovery', 2, 'may be missing', () => recoveredLog()],
  ['a recovery from elsewhere', 1, 'another place', () => recoveredLog({ from: 3 })],
  ['a recovery to elsewhere', 1, 'another place', () => recoveredLog({ to: 60 })],
  ['a recovery backwards', 1, 'another place', () => recoveredLog({ to: 20 }, 50)],
] as const

const newest = `log-${second27}`
/** What a forger makes of an export of the sharded log, sums corrected; he has another one of the same name and keys. */
export const shardForgeries: readonly (readonly [
  string,
  0 | 1 | 2 | 3,
  (b: Exported, another: Exported) => void,
])[] = [
  ['the tree in the middle left out', 1, (b) => removed(b, `log-${half}/`)],
  ['the first tree left out', 2, (b) => removed(b, 'log/')],
  ['the newest tree left out', 1, (b) => removed(b, `${newest}/`)],
  [
    'the head of a closed tree of other records',
    1,
    (b) => b.write('log/checkpoint', signCheckpoint(first, 5, Buffer.alloc(32, 7))),
  ],
  [
    'the newest head by the key that was replaced',
    1,
    (b) => {
      const [, size, root] = b.read(`${newest}/checkpoint`).toString().split('\n')
      const signer = { name: `${first.name}/${second27}`, key: first.key }
      b.write(`${newest}/checkpoint`, signCheckpoint(signer, Number(size), Buffer.from(root!, 'base64')))
    },
  ],
  [
    'heads of two trees exchanged',
    3,
    (b) => b.write(`${newest}/checkpoint`, b.read(`log-${half}/checkpoint`)),
  ],
  [
    'the seals of two trees exchanged',
    1,
    (b) => {
      const [one, two] = [`log-${half}/batches.jsonl`, `${newest}/batches.jsonl`].map((path) => b.read(path))
      b.write(`log-${half}/batches.jsonl`, two!)
      b.write(`${newest}/batches.jsonl`, one!)
    },
  ],
  [
    'two trees exchanged, each under the other’s signed head',
    1,
    (b) => {
      for (const path of b
        .files()
        .filter((one) => one.startsWith(`log-${half}/`) && !one.endsWith('/checkpoint'))) {
        const other = path.replace(`log-${half}/`, `${newest}/`)
        if (!b.files().includes(other)) continue
        const [one, two] = [b.read(path), b.read(other)]
        b.write(path, two)
        b.write(other, one)
      }
    },
  ],
  [
    'a tree of the same name and keys, with other records',
    1,
    (b, another) => {
      removed(b, `log-${half}/`)
      for (const path of another.files().filter((one) => one.startsWith(`log-${half}/`)))
        b.write(path, another.read(path))
    },
  ],
  [
    'a closed head that a stranger signed too, under its own name',
    0,
    (b) => {
      const head = b.read(`log-${half}/checkpoint`).toString()
      const by = signCheckpoint(stranger, 1, Buffer.alloc(32)).split('\n').at(-2)!
      b.write(`log-${half}/checkpoint`, `${head}${by}\n`)
    },
  ],
  [
    'a closed head with a signature of its key that is of another tree',
    1,
    (b) => {
      const [head, other] = [half, second27].map((name) => b.read(`log-${name}/checkpoint`).toString())
      const origin = head!.split('\n')[0]!
      // the id of the key under the name of this tree, over the text of the other
      const [, , right] = head!.split('\n').at(-2)!.split(' ')
      const [, , of] = other!.split('\n').at(-2)!.split(' ')
      const mixed = Buffer.concat([
        Buffer.from(right!, 'base64').subarray(0, 4),
        Buffer.from(of!, 'base64').subarray(4),
      ])
      b.write(`log-${half}/checkpoint`, `${head}— ${origin} ${mixed.toString('base64')}\n`)
    },
  ],
  [
    'a record of a closed tree changed',
    1,
    (b) => {
      const path = b.files().find((one) => one.startsWith(`log-${half}/tile/entries/`))!
      const all = readEntries(b.read(path))!
      b.write(
        path,
        writeEntries(all.with(1, Buffer.from(all[1]!.toString().replace('delivered', 'aborted')))),
      )
    },
  ],
]
const removed = (b: Exported, folder: string): void => rmSync(join(b.dir, folder), { recursive: true })
export const shardedBundle = async (): Promise<Exported> => exported((await shardedLog()).store)
