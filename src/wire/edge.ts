/**
 * A new tree each half-year, and one after a restore. Three steps, each of which a second instance, or the same one after
 * a kill, finds done and goes on from: the head is closed, so that nobody appends; the tree is signed to its very end;
 * the next one opens with a link to that end, in one statement.
 */
import { createPublicKey } from 'node:crypto'
import type { Pool } from 'pg'
import { NotCanonical, readCanonical } from '../audit/canonical.ts'
import type { Signer } from '../audit/checkpoint.ts'
import { integrator } from '../audit/integrate.ts'
import type { Anchor, TreeStore } from '../audit/log.ts'
import { isoTime, checkRecord, RecordInvalid } from '../audit/record.ts'
import { anchorKey, firstShard, freeName, halfYearOf, originIn } from '../audit/shard.ts'
import type { Shard } from '../audit/shard.ts'
import { Misconfigured } from '../errors.ts'
import type { RecordBody, RecoverBody, ShardLinkBody, Stream } from '../model/record.ts'
import type { FileAnchor } from '../store/anchor.ts'
import { type Edge, closeShard, databaseTime } from '../store/edge.ts'
import type { OpenLedger } from '../store/ledger.ts'

export interface EdgeParts {
  readonly trees: TreeStore
  readonly anchor: FileAnchor
  /** Public half of the enrolment key. */
  readonly enrol: ReturnType<typeof createPublicKey>
  readonly signers: (stream: Stream) => readonly Signer[]
}

/** Records that the database has lost: they were signed, and it does not have them. */
export interface Lost {
  readonly stream: Stream
  readonly from: number
  readonly to: number
  readonly root: string
}

/** What the anchor knows and the database does not. @throws Misconfigured, DatabaseFault */
export const lostRecords = async ({ trees, anchor }: EdgeParts, stream: Stream): Promise<Lost | null> => {
  const { place, root } = await anchor.furthest(stream)
  const { size } = await trees.head(stream)
  return place > size ? { stream, from: size, to: place, root } : null
}

export const lastShard = async (trees: TreeStore, stream: Stream): Promise<Shard> =>
  (await trees.shards(stream)).at(-1) ?? firstShard

/** Of a tree that lost its end the anchor says nothing that could still come true. */
const noAnchor: Anchor = { read: async () => null, advance: async () => true }

const signToTheEnd = async (
  parts: EdgeParts,
  stream: Stream,
  shard: Shard,
  lost: Lost | null,
): Promise<void> => {
  const { trees, anchor, enrol, signers } = parts
  const [signer] = signers(stream)
  if (signer === undefined)
    throw new Misconfigured('No key of the log is in secrets/.', "Aucune clé du journal n'est dans secrets/.")
  const one = integrator({
    ...{ store: trees, anchor: lost === null ? anchor : noAnchor, stream, shard, enrol },
    ...{ signer, signers: () => signers(stream) },
  })
  for (;;) {
    const { did, more } = await one.step(new Date())
    if (did !== 'lost' && !more) return
  }
}

/**
 * What the next tree begins with; null if the head is not closed (any more).
 * @param recovery who gives up what was lost, and why
 * @throws Misconfigured, IntegrityBroken, DatabaseFault
 */
export const nextEdge = async (
  parts: EdgeParts,
  stream: Stream,
  now: Date,
  recovery?: Pick<RecoverBody, 'by' | 'why'>,
): Promise<Edge | null> => {
  const { trees, anchor, signers } = parts
  const { size: end, epoch } = await trees.head(stream)
  if (epoch >= 0) return null
  const lost = await lostRecords(parts, stream)
  if (lost !== null && recovery === undefined) throw olderThanAnchor()
  const shards = await trees.shards(stream)
  const last = shards.at(-1) ?? firstShard
  await signToTheEnd(parts, stream, last, lost)
  const tree = await trees.treesOf(last.n).tree(stream)
  const taken = new Set(shards.map(({ name }) => name))
  for (const name of halfNames(now)) if (await anchor.taken(anchorKey(stream, name))) taken.add(name)
  const name = freeName(halfYearOf(now), (one) => taken.has(one))
  if (name === undefined)
    throw new Misconfigured(
      'This half-year has had nine trees of the log: look why.',
      'Ce semestre compte déjà neuf arbres du journal : cherchez pourquoi.',
    )
  const base = lost?.to ?? end
  const link: ShardLinkBody = {
    ...{ v: 1, k: 'shard_link', t: isoTime(now), prev: originIn(signers(stream)[0]?.name ?? '', last.name) },
    ...{ size: tree.size, root: tree.root.toString('hex'), base },
  }
  const records: RecordBody[] = [link]
  if (lost !== null && recovery !== undefined)
    records.push({
      ...{ v: 1, k: 'recover', t: isoTime(now), ...recovery },
      from: end,
      to: base,
      root: lost.root,
    })
  return { epoch, n: last.n + 1, name, end, base, records }
}

const halfNames = (now: Date): string[] => {
  const half = halfYearOf(now)
  return [half, ...Array.from({ length: 8 }, (_, i) => `${half}-${i + 2}`)]
}

export const olderThanAnchor = (): Misconfigured =>
  new Misconfigured(
    'The database is older than what was signed: it was restored, and records are lost. Nothing goes on before somebody says so: douane audit recover --reason …',
    "La base est plus ancienne que ce qui a été signé : elle a été restaurée, et des enregistrements sont perdus. Rien ne reprend tant que personne ne l'a déclaré : douane audit recover --reason …",
  )

/** The half-year of the newest tree; of the first it is that of the first record. */
const halfOf = async (trees: TreeStore, stream: Stream, shard: Shard): Promise<string | undefined> => {
  if (shard.n > 0) return shard.name.slice(0, 6)
  for await (const { body } of trees.leaves(stream, 0, 1))
    try {
      return halfYearOf(new Date(checkRecord(readCanonical(body)).t))
    } catch (error) {
      if (!(error instanceof NotCanonical || error instanceof RecordInvalid)) throw error
    }
  return undefined
}

/**
 * Crosses the edge if a half-year is over, or an instance has begun to and died. A clock alone opens nothing: this
 * machine's and the database's must name the same half-year, and a later one than the newest tree's.
 * @returns true if a tree was opened here
 */
export const crossEdge = async (
  parts: EdgeParts & { readonly pool: Pool; readonly ledger: Pick<OpenLedger, 'openShard'> },
  stream: Stream,
  now: () => Date = () => new Date(),
): Promise<boolean> => {
  const { trees, pool, ledger } = parts
  const { epoch, size } = await trees.head(stream)
  if (epoch >= 0) {
    const half = size === 0 ? undefined : await halfOf(trees, stream, await lastShard(trees, stream))
    if (half === undefined || halfYearOf(now()) <= half) return false
    if (halfYearOf(await databaseTime(pool)) !== halfYearOf(now())) return false
    await closeShard(pool, stream, epoch)
  }
  const edge = await nextEdge(parts, stream, now())
  return edge !== null && ledger.openShard(stream, edge)
}
