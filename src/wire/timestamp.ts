import type { Stamp } from '../audit/timestamp.ts'
import { readDialCa } from '../config/dial-ca.ts'
import type { Settings } from '../config/settings.ts'
import { readTimestampRoots } from '../config/timestamp-root.ts'
import { openAuthority } from '../outbound/tsa.ts'

/**
 * Works with the time-stamping authority of the settings, or without one if there is none.
 * @throws Misconfigured; TimestampRefused and Unanswered come out of what stamps
 */
export async function withTimestamps<T>(
  settings: Settings,
  work: (stamp: Stamp | undefined) => Promise<T>,
): Promise<T> {
  if (settings.timestamp === undefined) return work(undefined)
  const { url, root } = settings.timestamp
  const roots = readTimestampRoots(settings.home, root)
  const authority = openAuthority(url, roots, settings, { ca: readDialCa(settings) })
  try {
    return await work(authority.stamp)
  } finally {
    await authority.close()
  }
}
