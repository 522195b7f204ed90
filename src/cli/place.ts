/** Where a command works and who calls it. */
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { type Settings, readSettings } from '../config/settings.ts'
import { chooseHome } from '../store/home.ts'
import { accessBody } from '../wire/access.ts'
import { type Installation, openInstallation, project } from '../wire/installation.ts'

export interface Place {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
}

/** @param demo the demonstration's home, inside the other */
export const placeOf = (env: NodeJS.ProcessEnv, demo = false): Place => {
  const home = chooseHome(project, env)
  return { env, home: demo ? join(home, 'demo') : home }
}

export const settingsOf = ({ env, home }: Place): Settings => readSettings(env, home)

export const policiesOf = ({ home }: Place): string => join(home, 'policies')

/** The system's name of the caller, for access records; a uid without an entry is named by its number. */
export const caller = (): string => {
  try {
    return `cli:${userInfo().username}`.slice(0, 64)
  } catch {
    return `cli:uid-${process.getuid?.() ?? 'unknown'}`
  }
}

/**
 * Works on the installation (database found, attached or started for the length of the command) and records
 * that somebody did. An access that cannot be recorded is not given.
 */
export async function visit<T>(
  place: Place,
  act: string,
  work: (
    installation: Installation,
  ) => Promise<{ readonly result: T; readonly count: number; readonly filter?: string }>,
): Promise<T> {
  const installation = await openInstallation(settingsOf(place), { attach: true })
  try {
    const { result, count, filter } = await work(installation)
    await installation.ledger.append(accessBody(caller(), ['operator'], act, count, filter))
    return result
  } finally {
    await installation.stop()
  }
}
