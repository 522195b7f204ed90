/**
 * One boot's chain in one stream: records become leaves that point to each other, a batch of them one seal. The
 * key lives in memory and dies with the process; the installation's enrolment key certifies it in the boot
 * record, which is the first of the chain.
 */
import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { BootBody, Chained, GenesisBody, RecordBody, Stream } from '../model/record.ts'
import { orderedText } from './canonical.ts'
import type { Leaf, SealedBatch } from './log.ts'
import { leafHash } from './merkle.ts'
import { isoTime, maxLeaf, noPrevious, RecordInvalid, recordOf } from './record.ts'
import { certMessage, maxBatch, sealHolds, sealMessage } from './seal.ts'

/** What an instance is during one boot. Shared by its chains of both streams. */
export interface Boot {
  readonly inst: string
  /** 128 random bits, 32 hex digits. */
  readonly boot: string
  /** Ed25519 private key, made for this boot. */
  readonly key: KeyObject
  /** SPKI DER in base64. */
  readonly publicKey: string
  /** Ed25519 signature of the enrolment key over instance, boot and public key, base64. */
  readonly cert: string
  readonly engine: string
}

/** A new boot with a key of its own, certified by the enrolment key (Ed25519 private key). */
export const newBoot = (inst: string, enrol: KeyObject, engine: string): Boot => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const boot = randomBytes(16).toString('hex')
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  return certified({ inst, boot, key: privateKey, publicKey: spki, cert: '', engine }, enrol)
}

/** The same boot, certified by that enrolment key. */
export const certified = (boot: Boot, enrol: KeyObject): Boot => ({
  ...boot,
  cert: sign(null, certMessage(boot.inst, boot.boot, boot.publicKey), enrol).toString('base64'),
})

/** The first record of a boot, in each stream. */
export const bootBody = (boot: Boot, settings: Readonly<Record<string, string>>, at: Date): BootBody => ({
  v: 1,
  k: 'boot',
  t: isoTime(at),
  key: boot.publicKey,
  cert: boot.cert,
  engine: boot.engine,
  settings,
})

/** Once per stream, right after the very first boot record: its origin and the vkey of the enrolment key. */
export const genesisBody = (origin: string, enrolVkey: string, at: Date): GenesisBody => ({
  v: 1,
  k: 'genesis',
  t: isoTime(at),
  origin,
  enrol: enrolVkey,
})

/** Where a record is found: its transfer, else its boot, else (records that nobody looks up) its own hash. */
const tidOf = (body: RecordBody, boot: string, hash: Buffer): string => {
  if ('tid' in body) return body.tid
  if (body.k === 'boot') return boot
  return body.k === 'genesis' ? '0'.repeat(32) : hash.toString('hex', 0, 16)
}

/** A record that was checked and spelt, but for its place: `"iprev":…,"iseq":…` belongs between the two. */
export interface Prepared {
  readonly body: RecordBody
  readonly before: string
  readonly after: string
}

const unplaced = `"iprev":"${noPrevious}","iseq":0`

/** The clock stands more than 30 s before this boot's newest record: it has to catch up, or the boot to end. */
export class ClockWentBack extends RecordInvalid {
  constructor() {
    super('a clock that went back')
  }
}

/**
 * Two phases: `seal` builds a batch on the present end of the chain and changes nothing; `advance` moves the end
 * once that batch is durable. A batch that failed is dropped and its records are sealed again, so no position is
 * ever half kept. One batch at a time.
 */
export class BootChain {
  readonly boot: Boot
  readonly stream: Stream
  #next = 0
  #previous = noPrevious
  /** Time of the latest durable record, and of each batch that may become durable. */
  #latest = ''
  readonly #times = new WeakMap<SealedBatch, string>()

  constructor(boot: Boot, stream: Stream) {
    this.boot = boot
    this.stream = stream
  }

  /** Position of the next record. */
  get next(): number {
    return this.#next
  }

  /**
   * Checks a record and spells it, all but its place in the chain: what takes longest can be done while the batch before
   * is still with the database. An undefined key is left out.
   * @throws NotCanonical, RecordInvalid: a record that a verifier would not accept
   */
  prepare(body: RecordBody): Prepared {
    const { inst, boot } = this.boot
    const text = orderedText(recordOf(body, { inst, boot, iseq: 0, iprev: noPrevious }))
    // A quotation mark within a text is escaped: this stands once, and is the key.
    const at = text.indexOf(unplaced)
    return { body, before: text.slice(0, at), after: text.slice(at + unplaced.length) }
  }

  /** `prepare` and `place` in one. @throws NotCanonical, RecordInvalid */
  seal(bodies: readonly RecordBody[]): SealedBatch {
    return this.place(bodies.map((body) => this.prepare(body)))
  }

  /**
   * Gives each record its place at the end of the chain, in order, and seals the batch.
   * @throws RecordInvalid: `place` the others again. What can be placed alone can be placed together.
   */
  place(records: readonly Prepared[]): SealedBatch {
    const { inst, boot, key } = this.boot
    const bodies = records.map(({ body }) => body)
    if (bodies.length === 0 || bodies.length > maxBatch)
      throw new RecordInvalid('a batch of no or too many records')
    if (this.#next === 0 && bodies[0]!.k !== 'boot')
      throw new RecordInvalid('a chain begins with its boot record')
    if (bodies.some((body) => wentBack(body, this.#latest))) throw new ClockWentBack()
    const leaves: Leaf[] = []
    let iseq = this.#next
    let iprev = this.#previous
    for (const record of records) {
      if (record.body.k === 'boot' && iseq !== 0) throw new RecordInvalid('a second boot record')
      const leaf = leafOf(record, { boot, iseq, iprev })
      leaves.push(leaf)
      iseq += 1
      iprev = leaf.hash.toString('hex')
    }
    const seal = { batch: randomUUID(), inst, boot, firstIseq: this.#next }
    const message = sealMessage(
      this.stream,
      seal,
      leaves.map((leaf) => leaf.hash),
    )
    const batch = { ...seal, leaves, sig: sign(null, message, key) }
    this.#times.set(batch, latestOf(bodies, this.#latest))
    return batch
  }

  /** The batch is durable: the chain goes on after it. */
  advance(batch: SealedBatch): void {
    const last = batch.leaves.at(-1)
    if (batch.boot !== this.boot.boot || batch.firstIseq !== this.#next || last === undefined)
      throw new RecordInvalid('a batch that does not continue this chain')
    this.#next += batch.leaves.length
    this.#previous = last.hash.toString('hex')
    this.#latest = this.#times.get(batch) ?? this.#latest
  }
}

/**
 * Within one boot time goes on: a log whose clock went back would never verify again. So the chain refuses (and
 * the gate stays closed) until the clock has caught up or a new boot begins. The end of a transfer may be late.
 */
const chainSlack = 30_000
const wentBack = (body: RecordBody, latest: string): boolean =>
  body.k !== 'outcome' && body.t < latest && Date.parse(latest) - Date.parse(body.t) > chainSlack
const latestOf = (bodies: readonly RecordBody[], before: string): string =>
  bodies.reduce((latest, body) => (body.k !== 'outcome' && body.t > latest ? body.t : latest), before)

type Place = Pick<Chained, 'boot' | 'iseq' | 'iprev'>

const leafOf = ({ body, before, after }: Prepared, { boot, iseq, iprev }: Place): Leaf => {
  const bytes = Buffer.from(`${before}"iprev":"${iprev}","iseq":${iseq}${after}`, 'utf8')
  if (bytes.length > maxLeaf) throw new RecordInvalid('a record of more than 65,535 bytes')
  const hash = leafHash(bytes)
  return {
    tid: tidOf(body, boot, hash),
    attempt: 'attempt' in body ? body.attempt : 0,
    kind: body.k,
    hash,
    body: bytes,
  }
}

/** Whether a batch as built is whole: every hash is that of its body and the seal is the boot's. */
export const verifyBatch = (stream: Stream, batch: SealedBatch, publicKey: string): boolean =>
  batch.leaves.every((leaf) => leafHash(leaf.body).equals(leaf.hash)) &&
  sealHolds(
    stream,
    batch,
    batch.leaves.map((leaf) => leaf.hash),
    createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }),
  )
