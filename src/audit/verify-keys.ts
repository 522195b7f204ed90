/** From the key that was pinned to the one that signs now, over the announcements that an export holds. */
import { join } from 'node:path'
import { NotCanonical, readCanonical } from './canonical.ts'
import type { Verifier } from './checkpoint.ts'
import { checkRecord, RecordInvalid } from './record.ts'
import { isRotation, keysAfter, maxRotations, sameKey } from './rotation.ts'
import { isFile, Lines } from './verify-files.ts'
import type { Report } from './verify-report.ts'

export interface FollowedKeys {
  /** The key that must have signed the newest head. */
  readonly newest: Verifier
  /** All that may have signed the final heads of trees before it. */
  readonly keys: readonly Verifier[]
  /** The records that announced it, as they must stand in the log, in this order. */
  readonly announcements: readonly Buffer[]
}

const after = (keys: readonly Verifier[], line: Buffer): readonly Verifier[] | undefined => {
  try {
    const record = checkRecord(readCanonical(line))
    return isRotation(record) ? keysAfter(keys, record) : undefined
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof RecordInvalid) return undefined
    throw error
  }
}

/** A pin may be any key that the log has had: it is followed from there. */
export const followKeys = (dir: string, path: string, pin: Verifier, report: Report): FollowedKeys => {
  const announcements: Buffer[] = []
  if (!isFile(dir, path)) return { newest: pin, keys: [pin], announcements }
  let keys: readonly Verifier[] = []
  const lines = new Lines(join(dir, path), 65_535)
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const next = keys.length > maxRotations ? undefined : after(keys, line)
    if (next === undefined) {
      report.add('tampered', path, 'rotation-line', { line: announcements.length + 1 })
      lines.close()
      break
    }
    keys = next
    announcements.push(Buffer.from(line))
  }
  const pinned = keys.some((key) => sameKey(key, pin))
  if (keys.length > 0 && !pinned) report.add('tampered', path, 'rotation-not-from-pin')
  return { newest: pinned ? keys.at(-1)! : pin, keys: pinned ? keys : [pin], announcements }
}
