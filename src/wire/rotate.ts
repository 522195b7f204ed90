/**
 * A new key for both logs of an installation, in three steps that may each be stopped and called again: it is made and
 * can be carried to the other instances; it is announced in both logs and signs beside the old one from there on; the
 * old one goes.
 */
import type { KeyObject } from 'node:crypto'
import { type Signer, openNote, originOf, readVkey, vkeyOf } from '../audit/checkpoint.ts'
import { announcedKeys } from '../audit/log-keys.ts'
import { originIn } from '../audit/shard.ts'
import { lastShard } from './edge.ts'
import { isoTime } from '../audit/record.ts'
import { rotationBody } from '../audit/rotation.ts'
import { makeNextKey, takeNextKey } from '../config/secrets.ts'
import { Misconfigured } from '../errors.ts'
import { streams } from '../model/record.ts'
import type { Stream } from '../model/record.ts'
import type { Installation } from './installation.ts'

export interface NewKeys {
  readonly evidence: string
  readonly access: string
}

const both = Object.keys(streams) as Stream[]

const vkeysOf = (name: string, key: KeyObject): NewKeys => ({
  evidence: vkeyOf({ name: originOf(name, 'evidence'), key }),
  access: vkeyOf({ name: originOf(name, 'access'), key }),
})

/** @param file of secrets/ */
export const noKeyWaits = (file: string): Misconfigured =>
  new Misconfigured(
    `No key waits: secrets/${file} is not there.`,
    `Aucune clé n'est en attente : secrets/${file} n'existe pas.`,
  )

/** @param command that announces it */
export const notAnnounced = (command: string): Misconfigured =>
  new Misconfigured(
    `The new key is not announced in the log yet: ${command}.`,
    `La nouvelle clé n'est pas encore annoncée dans le journal : ${command}.`,
  )

/** Makes the key, or finds the one that waits. Nothing signs with it yet. @throws Misconfigured */
export const prepareKey = ({ settings }: Pick<Installation, 'settings'>): NewKeys =>
  vkeysOf(settings.name, makeNextKey(settings.home, 'log'))

/** Announces the key that waits; what is announced already is not announced twice. @throws Misconfigured; Refused */
export const announceKey = async (
  { settings, ledger, trees, signers }: Installation,
  by: string,
  why: string,
): Promise<NewKeys> => {
  const key = makeNextKey(settings.home, 'log')
  for (const stream of both) {
    const next: Signer = { name: originOf(settings.name, stream), key }
    const announced = await announcedKeys(trees, stream)
    const newest = announced.at(-1)
    if (newest !== undefined && vkeyOf(newest) === vkeyOf(next)) continue
    const now = newest === undefined ? signers(stream)[0] : signers(stream).find(isKey(vkeyOf(newest)))
    if (now === undefined)
      throw new Misconfigured(
        'The key that signs now is not in secrets/.',
        "La clé qui signe actuellement n'est pas dans secrets/.",
      )
    await ledger.keep(stream, rotationBody(now, next, { t: isoTime(new Date()), by, why }))
  }
  return vkeysOf(settings.name, key)
}

const isKey = (vkey: string) => (signer: Signer) => vkeyOf(signer) === vkey

/**
 * The old key goes, once both logs are signed by the new one.
 * @throws Misconfigured if it is not announced, or a head does not carry its signature yet
 */
export const finishKey = async ({ settings, trees, signers }: Installation): Promise<NewKeys> => {
  const [, coming] = signers('evidence')
  if (coming === undefined) throw noKeyWaits('log.next.key')
  for (const stream of both) {
    const vkey = vkeyOf({ name: originOf(settings.name, stream), key: coming.key })
    const newest = (await announcedKeys(trees, stream)).at(-1)
    if (newest === undefined || vkeyOf(newest) !== vkey) throw notAnnounced('douane keys rotate')
    const shard = await lastShard(trees, stream)
    const head = await trees.treesOf(shard.n).checkpoint(stream)
    const name = originIn(originOf(settings.name, stream), shard.name)
    if (head === null || !carries(head.note, vkeyOf({ name, key: coming.key })))
      throw new Misconfigured(
        'The new key has not signed yet: let Douane run for a second, and call again.',
        "La nouvelle clé n'a pas encore signé : laissez Douane tourner une seconde, et relancez la commande.",
      )
  }
  takeNextKey(settings.home, 'log')
  return vkeysOf(settings.name, coming.key)
}

const carries = (note: string, vkey: string): boolean => {
  try {
    return openNote(note, [readVkey(vkey)]).by.length > 0
  } catch {
    return false
  }
}
