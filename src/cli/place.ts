/** Where a command works and who calls it. */
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { KeyRing } from '../config/credentials.ts'
import { type Settings, readSettings } from '../config/settings.ts'
import { Refused } from '../errors.ts'
import { chooseHome } from '../store/home.ts'
import { unhurried } from '../store/deadlines.ts'
import { accessBody } from '../wire/access.ts'
import type { Installation } from '../wire/installation.ts'
import { project } from '../wire/project.ts'

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

/** Who acts: the holder of the key in DOUANE_KEY, else the system's user, who is an operator. */
export interface Actor {
  readonly who: string
  readonly roles: readonly string[]
  readonly clients?: readonly string[]
}

/** @throws Refused CREDENTIAL_INVALID */
export const actorOf = ({ DOUANE_KEY: key }: NodeJS.ProcessEnv, ring: KeyRing): Actor => {
  if (key === undefined || key === '') return { who: caller(), roles: ['operator'] }
  const holder = ring.holder(key)
  if (holder?.kind !== 'person') throw new Refused('CREDENTIAL_INVALID')
  const { who, roles, clients } = holder
  return { who, roles, ...(clients === undefined ? {} : { clients }) }
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
    actor: Actor,
  ) => Promise<{ readonly result: T; readonly count: number; readonly filter?: string }>,
): Promise<T> {
  // Many commands look at files alone, and start in half the time without a database's parts.
  const { openInstallation } = await import('../wire/installation.ts')
  const installation = await openInstallation(settingsOf(place), { attach: true, deadlines: unhurried })
  try {
    const actor = actorOf(place.env, installation.keyRing)
    const { result, count, filter } = await work(installation, actor)
    await installation.ledger.append(accessBody(actor.who, actor.roles, act, count, filter))
    return result
  } finally {
    await installation.stop()
  }
}
