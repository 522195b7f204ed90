/**
 * The request by which a log asks a witness (c2sp.org/tlog-witness): the size that the witness saw last, the proof
 * from there, the signed checkpoint. Both sides of it, as text.
 *
 *     old 20852014
 *     base64 of each hash of the consistency proof, one a line
 *
 *     the signed checkpoint
 */
import { NoteRefused } from './checkpoint.ts'
import { hashSize } from './merkle.ts'

export interface AddCheckpoint {
  /** Size of the tree that the witness cosigned last; 0: none. */
  readonly old: number
  readonly proof: readonly Buffer[]
  readonly note: string
}

/** A proof and a note with all its signatures; nothing longer is read. */
export const maxAddCheckpoint = 73_728

export const writeAddCheckpoint = ({ old, proof, note }: AddCheckpoint): string =>
  [`old ${old}`, ...proof.map((hash) => hash.toString('base64')), '', note].join('\n')

/** @throws NoteRefused malformed */
export const readAddCheckpoint = (text: string): AddCheckpoint => {
  const end = text.indexOf('\n\n')
  const [first = '', ...lines] = text.slice(0, end).split('\n')
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1]
  const proof = lines.map((line) => Buffer.from(line, 'base64'))
  const spelled = proof.every((hash, i) => hash.length === hashSize && hash.toString('base64') === lines[i])
  const fits = end >= 0 && text.length <= maxAddCheckpoint && proof.length <= 63
  if (!fits || old === undefined || !spelled || !Number.isSafeInteger(Number(old)))
    throw new NoteRefused('malformed')
  return { old: Number(old), proof, note: text.slice(end + 2) }
}
