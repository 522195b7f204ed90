/**
 * What an auditor takes home: the log as a static tlog-tiles tree, its signed head in the forms that openssl
 * reads, the seals, a readable view and the policies, in a folder that `verify.ts` and public tools check.
 *
 *     MANIFEST.json  SHA256SUMS  VERIFY.md
 *     log/checkpoint  log/tile/0/…  log/tile/entries/…      batches.jsonl  entries.jsonl
 *     access/…  (when asked: the same of the access log)
 *     checkpoint.txt  checkpoint.note.sig  keys/ (and the announcements of new ones: keys/*.rotations.jsonl)  policies/<digest>/  views/ (in plain words)
 *     checkpoint.jws  checkpoint.p7s  keys/chain.pem  keys/root.pem  (with a certified key)
 *     checkpoint.tsq  checkpoint.tsr  keys/tsa-root.pem  (with a time-stamping authority)
 */
import { randomBytes } from 'node:crypto'
import { lstat, rename, rm } from 'node:fs/promises'
import { Misconfigured } from '../errors.ts'
import type { KeyBody, Stream } from '../model/record.ts'
import { canonical, NotCanonical, readCanonical } from './canonical.ts'
import { pemOf } from './certificate.ts'
import type { CertifiedSigner } from './certificate.ts'
import { signCms, signJws } from './certified.ts'
import { keyNamed, openCheckpoint, openNote, readSignature, vkeyOf } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { BundleFolder } from './bundle-folder.ts'
import type { StoredLeaf, TreeStore } from './log.ts'
import type { Stamp } from './timestamp.ts'
import { hashOf, TileEdge, tilePath, tileWidth, writeEntries } from './merkle.ts'
import type { HashTile } from './merkle.ts'
import { checkRecord, isoTime, readableLine, RecordInvalid, sealLine } from './record.ts'
import { isRotation, keysAfter, sameKey } from './rotation.ts'
import { shardView } from './shard-view.ts'
import { originIn } from './shard.ts'
import type { Shard } from './shard.ts'
import { verifyGuide } from './verify-guide.ts'

export interface BundleAsk {
  /** The folder to make; it must not exist. */
  readonly out: string
  readonly made: Date
  /** Public key of the evidence log, `NAME/transfers`; the key that followed it, if the log has announced one, signs. */
  readonly log: Verifier
  /** Public key of the access log, `NAME/access`, if it is to be exported too. */
  readonly access?: Verifier
  /** Public key of the enrolment key, `NAME/enrol`. */
  readonly enrol: Verifier
  /** Signs the text of the evidence checkpoint as JWS and CMS too. */
  readonly certified?: CertifiedSigner
  /** Has the text, and the CMS, stamped by an outside authority. */
  readonly timestamp?: TimestampAuthority
  /** Writes what reads more easily than a tree, from the same leaves. */
  readonly views?: (folder: BundleFolder, leaves: AsyncIterable<StoredLeaf>) => Promise<void>
  /** Told after each bundle of 256 leaves of the evidence log. */
  readonly progress?: (leaves: number, of: number) => void
  /** Policies in force at some time of the log: exactly the files that their digest is made of. */
  readonly policies?: Iterable<PolicyFiles> | AsyncIterable<PolicyFiles>
}

export interface TimestampAuthority {
  readonly stamp: Stamp
  /** PEM of its root: what an auditor pins. */
  readonly root: string
}

export interface PolicyFiles {
  readonly digest: string
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[]
}

export interface WrittenBundle {
  readonly out: string
  readonly files: number
  readonly logs: readonly { readonly origin: string; readonly size: number; readonly root: string }[]
}

/** What cannot be read announces nothing. */
const announcement = (leaf: StoredLeaf): KeyBody | undefined => {
  if (leaf.kind !== 'key') return undefined
  try {
    const record = checkRecord(readCanonical(leaf.body))
    return isRotation(record) ? record : undefined
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof RecordInvalid) return undefined
    throw error
  }
}

/** A witnessed head is taken if the newest of all is not older by more than this. */
const witnessedWithinMs = 60_000

/**
 * The signed head of a stream, with its cosignatures if it has them, the key that must have signed it, and the records
 * that led to that key.
 * @param first the key of a log that has announced none
 * @throws Misconfigured if nothing is signed yet; NoteRefused
 */
const headOf = async (store: TreeStore, stream: Stream, base: Verifier, shard: Shard) => {
  const first = keyNamed(base, originIn(base.name, shard.name))
  const last = await store.checkpoint(stream)
  const witnessed = await store.witnessed(stream)
  const current =
    last !== null && witnessed !== null && last.at.getTime() - witnessed.at.getTime() < witnessedWithinMs
  const newest = current ? witnessed : last
  if (newest === null)
    throw new Misconfigured('The log has no signed checkpoint yet: let Douane run for a second.')
  const announcements: StoredLeaf[] = []
  let keys: readonly Verifier[] = []
  for await (const leaf of store.keeping(stream)) {
    const record = leaf.index < newest.size ? announcement(leaf) : undefined
    if (record === undefined) continue
    announcements.push(leaf)
    keys = keysAfter(keys, record) ?? keys
  }
  const named = keys.map((key) => keyNamed(key, first.name))
  const known = named.some((one) => sameKey(one, first)) ? named : [first, ...named]
  const { by } = openNote(newest.note, known)
  const key = known.findLast((one) => by.includes(one)) ?? first
  return { ...openCheckpoint(newest.note, [key], key.name), note: newest.note, key, announcements }
}

/** The records that lead from a key that an auditor may have pinned to the one that signs. */
const writeAnnouncements = async (folder: BundleFolder, path: string, leaves: readonly StoredLeaf[]) => {
  if (leaves.length > 0)
    await folder.write(path, Buffer.concat(leaves.flatMap(({ body }) => [body, Buffer.from('\n')])))
}

/** Leaves, tiles, entry bundles and readable lines, one bundle of 256 leaves in memory at a time. */
const writeTree = async (
  store: TreeStore,
  stream: Stream,
  folder: BundleFolder,
  at: string,
  beside: string,
  size: number,
  base: number,
  progress: BundleAsk['progress'] = () => undefined,
) => {
  const edge = new TileEdge()
  const readable = await folder.open(`${beside}entries.jsonl`)
  let waiting: StoredLeaf[] = []
  const flush = async (): Promise<void> => {
    const tiles: HashTile[] = []
    const first = waiting[0]!.index
    const path = tilePath('entries', Math.floor(first / tileWidth), waiting.length)
    for (const leaf of waiting) {
      const hash = hashOf(leaf)
      edge.push(hash, (tile) => tiles.push(tile))
      await readable.write(Buffer.from(`${readableLine(base + leaf.index, hash, leaf.body)}\n`))
    }
    await folder.write(`${at}/${path}`, writeEntries(waiting.map((leaf) => leaf.body)))
    for (const tile of tiles)
      await folder.write(`${at}/${tilePath(tile.level, tile.n, tile.width)}`, tile.data)
    progress(first + waiting.length, size)
    waiting = []
  }
  for await (const leaf of store.leaves(stream, 0, size)) if (waiting.push(leaf) === tileWidth) await flush()
  if (waiting.length > 0) await flush()
  for (const tile of edge.partial())
    await folder.write(`${at}/${tilePath(tile.level, tile.n, tile.width)}`, tile.data)
  await readable.close()
  const seals = await folder.open(`${beside}batches.jsonl`)
  for await (const batch of store.batches(stream, 0, size))
    await seals.write(Buffer.concat([sealLine({ ...batch, first: base + batch.first }), Buffer.from('\n')]))
  await seals.close()
}

/**
 * Writes the log up to its newest checkpoint. Nothing is at `out` until all is there. What the database holds is
 * exported as it is, right or wrong: to judge it is the verifier's part.
 * @throws Misconfigured; NoteRefused if the newest checkpoint is not of the given key
 */
export const writeBundle = async (store: TreeStore, ask: BundleAsk): Promise<WrittenBundle> => {
  if ((await lstat(ask.out).catch(() => undefined)) !== undefined)
    throw new Misconfigured('The folder to export to is already there: name a new one.')
  const building = `${ask.out}.part-${randomBytes(6).toString('hex')}`
  try {
    const folder = new BundleFolder(building)
    await folder.begin()
    const heads = await writeAll(store, ask, folder)
    await folder.sums()
    await rename(building, ask.out)
    const logs = heads.map(({ origin, size, root }) => ({ origin, size, root: root.toString('hex') }))
    return { out: ask.out, files: folder.count, logs }
  } catch (error) {
    await rm(building, { recursive: true, force: true })
    throw error
  }
}

/** The same text, signed for readers of JWS and of CMS. */
const writeCertified = async (
  folder: BundleFolder,
  text: string,
  signer: CertifiedSigner,
  ask: BundleAsk,
) => {
  await folder.write('checkpoint.jws', await signJws(text, signer))
  await folder.write('checkpoint.p7s', await signCms(text, signer, ask.made, ask.timestamp?.stamp))
  await folder.write('keys/chain.pem', Buffer.from(signer.chain.map(pemOf).join('')))
  await folder.write('keys/root.pem', Buffer.from(pemOf(signer.root)))
}

/** The same text, stamped by an outside authority. */
const writeTimestamp = async (folder: BundleFolder, text: string, { stamp, root }: TimestampAuthority) => {
  const { request, response } = await stamp(Buffer.from(text))
  await folder.write('checkpoint.tsq', request)
  await folder.write('checkpoint.tsr', response)
  await folder.write('keys/tsa-root.pem', Buffer.from(root))
}

/** Each tree of a log in a folder of its own: `log`, `log-2027h1` …; one that is not signed yet is left for the next export. */
const writeTrees = async (
  store: TreeStore,
  stream: Stream,
  key: Verifier,
  folder: BundleFolder,
  progress: BundleAsk['progress'],
) => {
  const top = stream === 'evidence' ? 'log' : 'access'
  const written = []
  for (const shard of await store.shards(stream)) {
    const view = shardView(store, stream, shard)
    if (shard.n > 0 && (await view.checkpoint(stream)) === null) break
    const head = await headOf(view, stream, key, shard)
    const at = shard.n === 0 ? top : `${top}-${shard.name}`
    const beside = at === 'log' ? '' : `${at}/`
    await folder.write(`${at}/checkpoint`, Buffer.from(head.note))
    await writeTree(view, stream, folder, at, beside, head.size, shard.base, progress)
    written.push({ ...head, shard, at })
  }
  return written
}

/** All records of a log, over its trees; places that were lost are passed over. */
async function* allLeaves(store: TreeStore, stream: Stream, to: number): AsyncGenerator<StoredLeaf> {
  for (const { base, end = to } of await store.shards(stream))
    if (base < to) yield* store.leaves(stream, base, Math.min(end, to))
}

const writeAll = async (
  store: TreeStore,
  ask: BundleAsk,
  folder: BundleFolder,
): Promise<readonly Checkpoint[]> => {
  const logs: { folder: string; origin: string; size: number; root: string }[] = []
  const heads: Checkpoint[] = []
  const write = async (stream: Stream, key: Verifier, progress: BundleAsk['progress'] = undefined) => {
    const trees = await writeTrees(store, stream, key, folder, progress)
    heads.push(...trees)
    for (const { at, origin, size, root } of trees)
      logs.push({ folder: at, origin, size, root: root.toString('hex') })
    return trees.at(-1)!
  }
  const head = await write('evidence', ask.log, ask.progress)
  await folder.write('checkpoint.txt', Buffer.from(head.text))
  await folder.write('checkpoint.note.sig', readSignature(head.note, head.key))
  await ask.views?.(folder, allLeaves(store, 'evidence', head.shard.base + head.size))
  if (ask.access !== undefined) {
    const second = await write('access', ask.access)
    await writeAnnouncements(folder, 'keys/access.rotations.jsonl', second.announcements)
  }
  await writeAnnouncements(folder, 'keys/log.rotations.jsonl', head.announcements)
  await folder.write('keys/log.vkey', Buffer.from(`${vkeyOf(keyNamed(head.key, ask.log.name))}\n`))
  await folder.write('keys/enrol.vkey', Buffer.from(`${vkeyOf(ask.enrol)}\n`))
  await folder.write('keys/log.pub.pem', Buffer.from(head.key.key.export({ type: 'spki', format: 'pem' })))
  if (ask.certified !== undefined) await writeCertified(folder, head.text, ask.certified, ask)
  if (ask.timestamp !== undefined) await writeTimestamp(folder, head.text, ask.timestamp)
  const policies: string[] = []
  for await (const { digest, files } of ask.policies ?? []) {
    policies.push(digest)
    for (const { path, bytes } of files) await folder.write(`policies/${digest}/${path}`, bytes)
  }
  const manifest = {
    format: 'douane-audit-bundle-v1',
    made: isoTime(ask.made),
    logs,
    policies: policies.toSorted(),
  }
  await folder.write('MANIFEST.json', Buffer.concat([canonical(manifest), Buffer.from('\n')]))
  await folder.write(
    'VERIFY.md',
    Buffer.from(
      verifyGuide(head.origin, head.at, {
        certified: ask.certified !== undefined,
        timestamp: ask.timestamp !== undefined,
      }),
    ),
  )
  return heads
}
