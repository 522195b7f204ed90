/**
 * What an auditor takes home: the log as a static tlog-tiles tree, its signed head in the forms that openssl
 * reads, the seals, a readable view and the policies, in a folder that `verify.ts` and public tools check.
 *
 *     MANIFEST.json  SHA256SUMS  VERIFY.md
 *     log/checkpoint  log/tile/0/…  log/tile/entries/…      batches.jsonl  entries.jsonl
 *     access/…  (when asked: the same of the access log)
 *     checkpoint.txt  checkpoint.note.sig  keys/ (and the announcements of new ones: keys/*.rotations.jsonl)  policies/<digest>/  views/ (in plain words)
 *     checkpoint.jws  checkpoint.p7s  keys/chain.pem  keys/root.pem  (with a certified key)
 *     policy-parts/<digest>/ instead of policies/ (for a reader who is limited to clients)
 *     checkpoint.tsq  checkpoint.tsr  keys/tsa-root.pem  (with a time-stamping authority)
 */
import type { Stream } from '../model/record.ts'
import { beginAnew } from './bundle-folder.ts'
import type { BundleFolder } from './bundle-folder.ts'
import { headsNow, openHead } from './bundle-head.ts'
import type { PinnedHead } from './bundle-progress.ts'
import { writeTree } from './bundle-tree.ts'
import { canonical } from './canonical.ts'
import type { Canonical } from './canonical.ts'
import { pemOf } from './certificate.ts'
import type { CertifiedSigner } from './certificate.ts'
import { signCms, signJws } from './certified.ts'
import { keyNamed, readSignature, vkeyOf } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { announcedEnrolment, sealKeys } from './enrolment.ts'
import { ofAnotherLog, openHalf } from './half-bundle.ts'
import type { HalfBundle } from './half-bundle.ts'
import type { StoredLeaf, TreeStore } from './log.ts'
import type { Stamp } from './timestamp.ts'
import { isoTime } from './record.ts'
import { shardView } from './shard-view.ts'
import { verifyGuide } from './verify-guide.ts'
import type { ViewsFolder } from './views-progress.ts'

export interface BundleAsk {
  /** The folder to make; it must not exist. While it is made, and if that was broken off, `OUT.part` is beside it. */
  readonly out: string
  readonly made: Date
  /** Public key of the evidence log, `NAME/transfers`; the key that followed it, if the log has announced one, signs. */
  readonly log: Verifier
  /** Public key of the access log, `NAME/access`, if it is to be exported too. */
  readonly access?: Verifier
  /** Public key of the enrolment key, `NAME/enrol`, of a log that has announced none. */
  readonly enrol: Verifier
  /** Signs the text of the evidence checkpoint as JWS and CMS too. */
  readonly certified?: CertifiedSigner
  /** Has the text, and the CMS, stamped by an outside authority. */
  readonly timestamp?: Stamp
  /** What reads more easily than a tree, from the same leaves. */
  readonly views?: ViewsAsk
  /** What is asked besides, for example of the views: a half export goes on only for the same. */
  readonly question?: Canonical
  /** Leaves between two marks from which a broken-off export goes on. */
  readonly markEvery?: number
  /** Whose reader may see only some clients: which, and what was left out for it. The tree is whole all the same. */
  readonly limited?: { readonly clients: readonly string[]; readonly leftOut: readonly string[] }
  /** Told after each bundle of 256 leaves of the evidence log. */
  readonly progress?: (leaves: number, of: number) => void
  /** Policies in force at some time of the log: exactly the files that their digest is made of. */
  readonly policies?: Iterable<PolicyFiles> | AsyncIterable<PolicyFiles>
}

export interface ViewsAsk {
  /** In which words: half views that were told otherwise are told anew. */
  readonly of: string
  /** @param leaves from a place to another, or to the end of the export; places that were lost are passed over */
  write(folder: ViewsFolder, leaves: (from: number, to?: number) => AsyncIterable<StoredLeaf>): Promise<void>
}

export interface PolicyFiles {
  readonly digest: string
  /** Not all files of it: they go to `policy-parts/`, for their digest cannot be checked. */
  readonly part?: true
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[]
}

export interface WrittenBundle {
  readonly out: string
  readonly files: number
  readonly logs: readonly { readonly origin: string; readonly size: number; readonly root: string }[]
}

/** The records that lead from a key that an auditor may have pinned to the one that signs. */
const writeAnnouncements = async (folder: BundleFolder, path: string, leaves: readonly StoredLeaf[]) => {
  if (leaves.length > 0)
    await folder.write(path, Buffer.concat(leaves.flatMap(({ body }) => [body, Buffer.from('\n')])))
}

/** What a half export must have been asked to be gone on with. */
const questionOf = (ask: BundleAsk): string =>
  canonical({
    log: vkeyOf(ask.log),
    access: ask.access === undefined ? '' : vkeyOf(ask.access),
    question: ask.question ?? {},
  }).toString('utf8')

/**
 * Writes the log up to its newest checkpoint. Nothing is at `out` until all is there; what was broken off goes on when it
 * is asked again, and stays of the head that it began with. What the database holds is exported as it is, right or wrong:
 * to judge it is the verifier's part.
 * @throws Misconfigured; NoteRefused if the newest checkpoint is not of the given key
 */
export const writeBundle = async (store: TreeStore, ask: BundleAsk): Promise<WrittenBundle> => {
  const half = await openHalf(ask.out, questionOf(ask), async () => ({
    made: isoTime(ask.made),
    heads: [
      ...(await headsNow(store, 'evidence')),
      ...(ask.access === undefined ? [] : await headsNow(store, 'access')),
    ],
  }))
  try {
    if (half.resumed) await checkUnpruned(store, half.begun.heads)
    const heads = await writeAll(store, { ...ask, made: new Date(half.begun.made) }, half)
    await half.folder.sums()
    await half.finish()
    const logs = heads.map(({ origin, size, root }) => ({ origin, size, root: root.toString('hex') }))
    return { out: ask.out, files: half.folder.count, logs }
  } catch (error) {
    await half.leave()
    throw error
  }
}

/** A record that was pruned after the head cannot be exported under it: nothing there says that it may be missing. */
const checkUnpruned = async (store: TreeStore, heads: readonly PinnedHead[]): Promise<void> => {
  for (const stream of new Set(heads.map((head) => head.stream))) {
    const last = heads.findLast((head) => head.stream === stream)!
    const shard = (await store.shards(stream)).find(({ name }) => name === last.shard)
    for await (const leaf of store.keeping(stream))
      if (leaf.kind === 'prune' && leaf.index >= (shard?.base ?? 0) + last.size)
        throw beginAnew(
          'Records were pruned since this export was begun',
          'Des enregistrements ont été purgés depuis le début de cet export',
        )
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
  await folder.write('checkpoint.p7s', await signCms(text, signer, ask.made, ask.timestamp))
  await folder.write('keys/chain.pem', Buffer.from(signer.chain.map(pemOf).join('')))
  await folder.write('keys/root.pem', Buffer.from(pemOf(signer.root)))
}

/** The same text, stamped by an outside authority. */
const writeTimestamp = async (folder: BundleFolder, text: string, stamp: Stamp) => {
  const { request, response, root } = await stamp(Buffer.from(text))
  await folder.write('checkpoint.tsq', request)
  await folder.write('checkpoint.tsr', response)
  await folder.write('keys/tsa-root.pem', Buffer.from(pemOf(root)))
}

/** Each tree of a log in a folder of its own: `log`, `log-2027h1` … */
const writeTrees = async (
  store: TreeStore,
  stream: Stream,
  key: Verifier,
  half: HalfBundle,
  { progress, markEvery }: Pick<BundleAsk, 'progress' | 'markEvery'>,
) => {
  const { folder, begun } = half
  const top = stream === 'evidence' ? 'log' : 'access'
  const written = []
  const shards = await store.shards(stream)
  for (const pinned of begun.heads.filter((one) => one.stream === stream)) {
    const shard = shards.find(({ name }) => name === pinned.shard)
    const view = shard === undefined ? undefined : shardView(store, stream, shard)
    if (shard === undefined || view === undefined || (await view.head(stream)).size < pinned.size)
      throw ofAnotherLog()
    const head = await openHead(view, pinned, key, shard)
    const at = shard.n === 0 ? top : `${top}-${shard.name}`
    const beside = at === 'log' ? '' : `${at}/`
    if (!half.whole(at)) await folder.write(`${at}/checkpoint`, Buffer.from(head.note))
    const { size } = head
    await writeTree(view, half, { stream, at, beside, size, base: shard.base, progress, markEvery })
    written.push({ ...head, shard, at })
  }
  return written
}

/** Records of a log, over its trees; places that were lost are passed over. */
async function* leavesOver(
  store: TreeStore,
  stream: Stream,
  from: number,
  to: number,
): AsyncGenerator<StoredLeaf> {
  for (const { base, end = to } of await store.shards(stream)) {
    const [first, last] = [Math.max(base, from), Math.min(end, to)]
    if (first < last) yield* store.leaves(stream, first, last)
  }
}

const writeAll = async (
  store: TreeStore,
  ask: BundleAsk,
  half: HalfBundle,
): Promise<readonly Checkpoint[]> => {
  const { folder } = half
  const logs: { folder: string; origin: string; size: number; root: string }[] = []
  const heads: Checkpoint[] = []
  const write = async (stream: Stream, key: Verifier, how: Pick<BundleAsk, 'progress' | 'markEvery'>) => {
    const trees = await writeTrees(store, stream, key, half, how)
    heads.push(...trees)
    for (const { at, origin, size, root } of trees)
      logs.push({ folder: at, origin, size, root: root.toString('hex') })
    return trees.at(-1)!
  }
  const head = await write('evidence', ask.log, ask)
  await folder.write('checkpoint.txt', Buffer.from(head.text))
  await folder.write('checkpoint.note.sig', readSignature(head.note, head.key))
  if (ask.views !== undefined && !half.whole('views')) {
    const whole = head.shard.base + head.size
    await ask.views.write(await half.views(ask.views.of, ask.markEvery), (from, to = whole) =>
      leavesOver(store, 'evidence', from, Math.min(to, whole)),
    )
    await half.mark({ stage: 'views' })
  }
  if (ask.access !== undefined) {
    const second = await write('access', ask.access, { markEvery: ask.markEvery })
    await writeAnnouncements(folder, 'keys/access.rotations.jsonl', second.announcements)
  }
  await writeAnnouncements(folder, 'keys/log.rotations.jsonl', head.announcements)
  await folder.write('keys/log.vkey', Buffer.from(`${vkeyOf(keyNamed(head.key, ask.log.name))}\n`))
  const said = await sealKeys(store, 'evidence')
  const under = said.filter(({ index }) => index < head.shard.base + head.size)
  const enrol = announcedEnrolment(under).at(-1) ?? announcedEnrolment(said)[0] ?? ask.enrol
  await folder.write('keys/enrol.vkey', Buffer.from(`${vkeyOf(enrol)}\n`))
  await folder.write('keys/log.pub.pem', Buffer.from(head.key.key.export({ type: 'spki', format: 'pem' })))
  if (ask.certified !== undefined) await writeCertified(folder, head.text, ask.certified, ask)
  if (ask.timestamp !== undefined) await writeTimestamp(folder, head.text, ask.timestamp)
  const policies: string[] = []
  for await (const { digest, files, part } of ask.policies ?? []) {
    if (part !== true) policies.push(digest)
    const under = part === true ? 'policy-parts' : 'policies'
    for (const { path, bytes } of files) await folder.write(`${under}/${digest}/${path}`, bytes)
  }
  const manifest = {
    format: 'douane-audit-bundle-v1',
    made: isoTime(ask.made),
    logs,
    policies: policies.toSorted(),
    ...(ask.limited === undefined
      ? {}
      : { limited: { clients: [...ask.limited.clients].toSorted(), left_out: ask.limited.leftOut } }),
  }
  await folder.write('MANIFEST.json', Buffer.concat([canonical(manifest), Buffer.from('\n')]))
  await folder.write(
    'VERIFY.md',
    Buffer.from(
      verifyGuide(head.origin, head.at, {
        certified: ask.certified !== undefined,
        timestamp: ask.timestamp !== undefined,
        limited: ask.limited,
      }),
    ),
  )
  return heads
}
