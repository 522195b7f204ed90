/** How a tree of the log begins: the first names the enrolment key, each later one the head of the tree before. */
import type { LogRecord } from '../model/record.ts'
import { NotCanonical, readCanonical } from './canonical.ts'
import { NoteRefused, readVkey } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { checkRecord, RecordInvalid } from './record.ts'
import { linkIn } from './shard.ts'
import type { Report } from './verify-report.ts'

const readSome = (body: Buffer): LogRecord | undefined => {
  try {
    return checkRecord(readCanonical(body))
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof RecordInvalid) return undefined
    throw error
  }
}

const keyIn = (vkey: string): Verifier | undefined => {
  try {
    return readVkey(vkey)
  } catch (error) {
    if (error instanceof NoteRefused) return undefined
    throw error
  }
}

/** The enrolment key that the signed log named at its beginning, else the pinned one. */
export const enrolmentIn = (
  entries: readonly Buffer[],
  pinned: Verifier | undefined,
): Verifier | undefined => {
  for (const body of entries) {
    if (!body.includes('"k":"genesis"')) continue
    const record = readSome(body)
    const named = record?.k === 'genesis' && record.enrol !== undefined ? keyIn(record.enrol) : undefined
    if (named !== undefined) return named
  }
  return pinned
}

/**
 * The place at which a later tree begins. Its link must name the final head of the tree before and go on where that ended;
 * a recovery after it says which places were lost between the two.
 */
export const placeOf = (
  entries: readonly Buffer[],
  folder: string,
  { before, place }: { readonly before: Checkpoint; readonly place: number },
  report: Report,
): number => {
  const records = entries.slice(0, 3).map(readSome)
  const link = linkIn(records)
  if (link === undefined) {
    report.add('tampered', folder, 'link-missing')
    return place
  }
  const same = link.prev === before.origin && link.size === before.size
  if (!same || link.root !== before.root.toString('hex')) report.add('tampered', folder, 'link-other')
  const recover = records[records.indexOf(link) + 1]
  if (recover?.k !== 'recover') {
    if (link.base !== place) report.add('tampered', folder, 'link-place')
  } else if (recover.from !== place || recover.to !== link.base || link.base < place)
    report.add('tampered', folder, 'recovery-place')
  else report.add('incomplete', folder, 'recovered', { from: place, to: link.base - 1 })
  return link.base
}
