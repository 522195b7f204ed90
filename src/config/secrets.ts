/**
 * The keys of an installation, in DOUANE_HOME/secrets (0700, files 0600): `master.key` (32 bytes, base64url),
 * `log.key` and `enrolment.key` (Ed25519, PKCS #8 PEM), `log.next.key` or `enrolment.next.key` while one of them is being
 * replaced, `shred/` (a key a month).
 */
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { Misconfigured, wrongFile } from '../errors.ts'
import {
  checkFolder,
  createPrivate,
  makeFolder,
  readPrivate,
  replacePrivate,
  restoreIt,
} from './private-file.ts'
import { openShredFiles } from './shred-keys.ts'
import type { ShredFiles } from './shred-keys.ts'

export interface Secrets {
  /** 32 bytes. */
  readonly master: Buffer
  readonly shred: ShredFiles
  /** Signs checkpoints; its public half is the log's vkey. */
  readonly logKey: KeyObject
  /**
   * All that may sign checkpoints, as the files are now: `log.key`, and `log.next.key` while a new one comes in.
   * @throws Misconfigured
   */
  readonly logKeys: () => readonly KeyObject[]
  /** Signs the certificate of each boot's key. */
  readonly enrolmentKey: KeyObject
  /** All that may certify one, as the files are now: likewise. @throws Misconfigured */
  readonly enrolmentKeys: () => readonly KeyObject[]
}

const folderOf = (home: string): string => join(home, 'secrets')
const fileOf = (home: string, name: KeyFile): string => join(folderOf(home), name)

const newEd25519 = (): Buffer =>
  Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))

const keyFiles = {
  'master.key': () => Buffer.from(`${randomBytes(32).toString('base64url')}\n`),
  'log.key': newEd25519,
  'enrolment.key': newEd25519,
} as const
type KeyFile = keyof typeof keyFiles
const names = Object.keys(keyFiles) as KeyFile[]

/** Which key files are not there. @throws Misconfigured if secrets/ or a file is open to others */
export const missingKeys = (home: string): readonly string[] =>
  names.filter((name) => readPrivate(fileOf(home, name)) === undefined)

/** Makes what is not there; never replaces a key. `douane init` and a first start call it. */
export const makeSecrets = (home: string): void => {
  makeFolder(folderOf(home))
  for (const name of names) {
    if (readPrivate(fileOf(home, name)) === undefined) createPrivate(fileOf(home, name), keyFiles[name]())
  }
  openShredFiles(join(folderOf(home), 'shred'), openMaster(home)).current()
}

const need = (home: string, name: KeyFile): Buffer => {
  const bytes = readPrivate(fileOf(home, name))
  if (bytes === undefined) throw restoreIt(fileOf(home, name), 'is missing', 'manque')
  return bytes
}

const openMaster = (home: string): Buffer => {
  const text = need(home, 'master.key').toString('latin1').trim()
  const master = Buffer.from(text, 'base64url')
  if (!/^[A-Za-z0-9_-]{43}$/.test(text) || master.length !== 32) {
    throw wrongFile(
      fileOf(home, 'master.key'),
      'must hold 32 bytes in base64url',
      'doit contenir 32 octets en base64url',
    )
  }
  return master
}

/** @param path of the file, to name it; @throws Misconfigured */
export const ed25519In = (path: string, pem: Buffer): KeyObject => {
  let key: KeyObject | undefined
  try {
    key = createPrivateKey(pem)
  } catch {
    // said below
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw wrongFile(path, 'must hold an Ed25519 key in PEM', 'doit contenir une clé Ed25519 au format PEM')
  return key
}

const openEd25519 = (home: string, name: KeyFile): KeyObject =>
  ed25519In(fileOf(home, name), need(home, name))

/** Keys that can be replaced while Douane runs. */
export type Replaced = 'log' | 'enrolment'
const nextOf = (home: string, which: Replaced): string => join(folderOf(home), `${which}.next.key`)

/** Read anew each time, parsed when they changed: a running gateway follows `keys rotate`. */
const keysOf = (home: string, which: Replaced): (() => readonly KeyObject[]) => {
  let read: { readonly bytes: Buffer; readonly keys: readonly KeyObject[] } | undefined
  return () => {
    // next first: between two reads it may take the other's place, and must not be missed
    const next = readPrivate(nextOf(home, which))
    const pems = [need(home, `${which}.key`), ...(next === undefined ? [] : [next])]
    const bytes = Buffer.concat(pems)
    if (read?.bytes.equals(bytes) !== true) {
      const [now, coming] = pems
      const keys = [ed25519In(fileOf(home, `${which}.key`), now!)]
      if (coming !== undefined && !coming.equals(now!)) keys.push(ed25519In(nextOf(home, which), coming))
      read = { bytes, keys }
    }
    return read.keys
  }
}

/** The key that is to follow `log.key` or `enrolment.key`: the one that waits already, else a new one. @throws Misconfigured */
export const makeNextKey = (home: string, which: Replaced): KeyObject => {
  const path = nextOf(home, which)
  createPrivate(path, newEd25519())
  return ed25519In(path, readPrivate(path)!)
}

/** The new key takes the place of the old one, which is gone then. @returns false if none waits; @throws Misconfigured */
export const takeNextKey = (home: string, which: Replaced): boolean => {
  if (readPrivate(nextOf(home, which)) === undefined) return false
  replacePrivate(nextOf(home, which), fileOf(home, `${which}.key`))
  return true
}

/** @throws Misconfigured if a key is missing, broken or open to others */
export const openSecrets = (home: string, now?: () => Date): Secrets => {
  checkFolder(folderOf(home))
  const master = openMaster(home)
  return {
    master,
    shred: openShredFiles(join(folderOf(home), 'shred'), master, now),
    logKey: openEd25519(home, 'log.key'),
    logKeys: keysOf(home, 'log'),
    enrolmentKey: openEd25519(home, 'enrolment.key'),
    enrolmentKeys: keysOf(home, 'enrolment'),
  }
}

/** What the store says of the database at start-up. */
export interface DatabaseState {
  /** The log or the vault holds a row. */
  readonly hasData: boolean
  /** Months of the shred keys that wrap stored subject keys. */
  readonly months?: readonly string[]
}

/**
 * A database with data but a missing key refuses to start and never makes new keys (design §10): new ones
 * could not open what is stored, and would go on as if nothing had happened.
 * @throws Misconfigured naming every missing key
 */
export const checkKeysAgainstDatabase = (home: string, database: DatabaseState): void => {
  if (!database.hasData) return
  checkFolder(folderOf(home))
  const missing = [...missingKeys(home)].map((name) => `secrets/${name}`)
  if (missing.length === 0) {
    const { shred } = openSecrets(home)
    const wanted = new Set(database.months ?? [])
    if (wanted.size === 0 && shred.months().length === 0) missing.push('secrets/shred/*.key')
    for (const month of wanted) {
      if (!shred.isShredded(month) && shred.of(month) === undefined)
        missing.push(`secrets/shred/${month}.key`)
    }
  }
  if (missing.length > 0) {
    const all = missing.join(', ')
    throw new Misconfigured(
      `the database holds data, but ${all} is missing under ${home}; restore it, no new key is made (instances of one database share one secrets/ folder: in a copy the keys of later months are missing)`,
      `la base contient des données, mais ${all} manque sous ${home} ; restaurez-le, aucune clé n'est créée (les instances d'une même base partagent un seul dossier secrets/ : dans une copie, les clés des mois suivants manquent)`,
    )
  }
}

/**
 * The keys at start-up: opened; made only if the database is empty.
 * @throws Misconfigured as above
 */
export const secretsAtStart = (home: string, database: DatabaseState, now?: () => Date): Secrets => {
  if (database.hasData) checkKeysAgainstDatabase(home, database)
  else makeSecrets(home)
  return openSecrets(home, now)
}
