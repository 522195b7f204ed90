/**
 * After a restore of the database to an older state: what is lost is given up by a person, for a reason, in a record that
 * a new tree begins with. Nothing of the old tree goes on, and no place that was lost is used again.
 */
import type { Settings } from '../config/settings.ts'
import { type Installation, type OpenOptions, openInstallation } from './installation.ts'
import type { Lost } from './edge.ts'
import { signAll } from './sign.ts'

export interface Recovered {
  readonly lost: readonly Omit<Lost, 'root'>[]
}

/**
 * @param use what is done with the installation before it is closed again: the access record
 * @throws Misconfigured, Refused, IntegrityBroken
 */
export async function recoverLog(
  settings: Settings,
  by: { readonly by: string; readonly why: string },
  options: OpenOptions = {},
  use: (installation: Installation, lost: number) => Promise<void> = async () => undefined,
): Promise<Recovered> {
  const installation = await openInstallation(settings, { ...options, recovery: by })
  try {
    const lost = installation.lost.map(({ stream, from, to }) => ({ stream, from, to }))
    await use(installation, lost.length)
    await signAll(installation)
    return { lost }
  } finally {
    await installation.stop()
  }
}
