/**
 * The key that certifies instances, and the keys of instances. A new enrolment key comes in three steps, as that of the
 * log does (rotate.ts): made and carried to the other instances, announced in both logs, and in the place of the old one.
 * A boot whose key got out is named in both logs: from there on nothing that it seals is taken in.
 */
import type { KeyObject } from 'node:crypto'
import { announcedEnrolment, certifierOf, revoked, sealKeys } from '../audit/enrolment.ts'
import type { SealKey } from '../audit/enrolment.ts'
import { originOf, vkeyOf } from '../audit/checkpoint.ts'
import { isoTime } from '../audit/record.ts'
import { enrolmentRotated, rotationBody } from '../audit/rotation.ts'
import { makeNextKey, takeNextKey } from '../config/secrets.ts'
import { Refused } from '../errors.ts'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import { instancesSeen } from '../store/instance.ts'
import type { InstanceSeen } from '../store/instance.ts'
import type { Installation } from './installation.ts'
import { noKeyWaits, notAnnounced } from './rotate.ts'

const both = Object.keys(streams) as Stream[]

const enrolmentVkey = (name: string, key: KeyObject): string => vkeyOf({ name: originOf(name, 'enrol'), key })

/** Makes the key, or finds the one that waits. Nothing is certified with it yet. @throws Misconfigured */
export const prepareEnrolment = ({ settings }: Pick<Installation, 'settings'>): string =>
  enrolmentVkey(settings.name, makeNextKey(settings.home, 'enrolment'))

/** Announces the key that waits; what is announced already is not announced twice. @throws Misconfigured; Refused */
export const announceEnrolment = (
  { settings, secrets, ledger, trees, leaves }: Installation,
  by: string,
  why: string,
): Promise<string> => {
  const key = makeNextKey(settings.home, 'enrolment')
  const name = originOf(settings.name, 'enrol')
  const vkey = vkeyOf({ name, key })
  return leaves.inTurn(async () => {
    for (const stream of both) {
      const said = await sealKeys(trees, stream)
      const newest = announcedEnrolment(said).at(-1)
      if (newest !== undefined && vkeyOf(newest) === vkey) continue
      const old = certifierOf(said, name, secrets.enrolmentKeys())
      const body = rotationBody(old, { name, key }, { t: isoTime(new Date()), by, why }, enrolmentRotated)
      await ledger.keep(stream, body)
    }
    return vkey
  })
}

/** The old key goes. @throws Misconfigured if the new one is not announced in both logs */
export const finishEnrolment = async ({ settings, secrets, trees }: Installation): Promise<string> => {
  const [, coming] = secrets.enrolmentKeys()
  if (coming === undefined) throw noKeyWaits('enrolment.next.key')
  const vkey = enrolmentVkey(settings.name, coming)
  for (const stream of both) {
    const newest = announcedEnrolment(await sealKeys(trees, stream)).at(-1)
    if (newest === undefined || vkeyOf(newest) !== vkey) throw notAnnounced('douane keys rotate --enrolment')
  }
  takeNextKey(settings.home, 'enrolment')
  return vkey
}

export interface BootSeen extends InstanceSeen {
  readonly revoked: boolean
}

const isRevoked = (said: readonly SealKey[], boot: string): boolean =>
  said.some(({ record }) => record.k === 'key' && record.act === revoked && record.subject === boot)

/** The boots of this log, the newest first. @throws DatabaseFault */
export const bootsSeen = async ({ database, trees }: Installation): Promise<readonly BootSeen[]> => {
  const said = await sealKeys(trees, 'evidence')
  const seen = await instancesSeen(database.pool('douane_gateway', { max: 1 }))
  return seen.map((one) => ({ ...one, revoked: isRevoked(said, one.boot) }))
}

/**
 * Nothing that this boot seals from here on is taken in, nor would it verify.
 * @throws Refused NOT_FOUND; Refused if it cannot be written: call it again
 */
export const revokeBoot = async (
  installation: Installation,
  boot: string,
  by: string,
  why: string,
): Promise<void> => {
  const { trees, ledger, leaves } = installation
  const known = (await bootsSeen(installation)).some((one) => one.boot === boot)
  if (!known)
    throw new Refused('NOT_FOUND', {
      en: 'No boot of that id has written in this log.',
      fr: "Aucun démarrage de cet identifiant n'a écrit dans ce journal.",
    })
  await leaves.inTurn(async () => {
    for (const stream of both)
      if (!isRevoked(await sealKeys(trees, stream), boot))
        await ledger.keep(stream, {
          ...{ v: 1, k: 'key', t: isoTime(new Date()), act: revoked, subject: boot, by, why },
        })
  })
}
