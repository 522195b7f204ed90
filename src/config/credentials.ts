/**
 * Keys that callers hold: `dk_<id>_<256 random bits in base64url>`. Stored is only their SHA-256, with the id
 * to find it, in secrets/keys.json; whoever reads that file cannot call.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Misconfigured } from '../errors.ts'
import { makeFolder, readPrivate, restoreIt, writePrivate } from './private-file.ts'

/** Control plane roles, design §5. */
export const roles = ['author', 'approver', 'dpo', 'auditor', 'operator'] as const
export type Role = (typeof roles)[number]

interface StoredKey {
  readonly id: string
  /** Lower-case hex. */
  readonly sha256: string
  readonly made: string
  /** A client's key: data plane. */
  readonly client?: string
  /** A person's key: control plane. */
  readonly who?: string
  readonly roles?: readonly Role[]
  /** Clients that the person may see; silent = all. */
  readonly clients?: readonly string[]
}

/** Who a key is. */
export type Holder =
  | { readonly kind: 'client'; readonly key: string; readonly client: string }
  | {
      readonly kind: 'person'
      readonly key: string
      readonly who: string
      readonly roles: readonly Role[]
      readonly clients?: readonly string[]
    }

export interface KeyRing {
  /** Who holds this credential, in time that does not depend on how much of it is right; or undefined. */
  holder(credential: string): Holder | undefined
  /** Makes a key and returns it: the only time that it can be read. */
  makeClientKey(client: string): string
  makePersonKey(person: {
    readonly who: string
    readonly roles: readonly Role[]
    readonly clients?: readonly string[]
  }): string
  /** False if there is no such key. */
  revoke(id: string): boolean
  list(): readonly (Omit<StoredKey, 'sha256'> & { readonly sha256?: undefined })[]
}

const form = /^dk_([a-z0-9]{8})_([A-Za-z0-9_-]{43})$/
const idForm = /^[a-z0-9-]{2,40}$/
const whoForm = /^[A-Za-z0-9._@-]{1,64}$/

/** A person, as access records name them. @throws Misconfigured */
export const checkName = (who: string): void => {
  if (!whoForm.test(who))
    throw new Misconfigured('a name is [A-Za-z0-9._@-]{1,64}', "un nom s'écrit [A-Za-z0-9._@-]{1,64}")
}

/** True for anything that looks like a Douane key, also a wrong one: such a value never goes to a provider. */
export const looksLikeKey = (text: string): boolean => text.startsWith('dk_')

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')
const nobody = digest(randomBytes(32).toString('hex'))

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const newId = (): string => Array.from(randomBytes(8), (byte) => alphabet[byte & 31]).join('')

const parse = (bytes: Buffer, path: string): StoredKey[] => {
  let stored: unknown
  try {
    stored = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw restoreIt(path, 'must be JSON', 'doit être du JSON')
  }
  const list = (stored as { keys?: unknown } | null)?.keys
  const right = (key: Partial<StoredKey>): boolean =>
    /^[a-z0-9]{8}$/.test(key.id ?? '') &&
    /^[0-9a-f]{64}$/.test(key.sha256 ?? '') &&
    (typeof key.client === 'string') !== (typeof key.who === 'string' && Array.isArray(key.roles))
  if (!Array.isArray(list) || !list.every(right)) {
    throw restoreIt(path, 'holds an entry that is no key', "contient une entrée qui n'est pas une clé")
  }
  return list as StoredKey[]
}

/**
 * @param home its secrets/keys.json; another process may change it (`douane keys`), seen within a second
 * @throws Misconfigured if the file is broken or open to others
 */
export const openKeyRing = (home: string, now: () => number = Date.now): KeyRing => {
  const path = join(home, 'secrets', 'keys.json')
  let stored = new Map<string, { readonly key: StoredKey; readonly hash: Buffer }>()
  let seen = ''
  let looked = -Infinity

  const stamp = (): string => {
    try {
      const { mtimeMs, size, ino } = statSync(path)
      return `${mtimeMs} ${size} ${ino}`
    } catch {
      return 'none'
    }
  }
  const refresh = (force: boolean): void => {
    if (!force && now() - looked < 1000) return
    // set at the end: a file that cannot be read is asked for again, and meanwhile lets nobody in
    const before = stamp()
    if (before === seen) {
      looked = now()
      return
    }
    const bytes = readPrivate(path)
    const keys = bytes === undefined ? [] : parse(bytes, path)
    stored = new Map(keys.map((key) => [key.id, { key, hash: Buffer.from(key.sha256, 'hex') }]))
    seen = before
    looked = now()
  }
  const save = (change: (keys: StoredKey[]) => StoredKey[]): void => {
    refresh(true)
    const keys = change([...stored.values()].map(({ key }) => key))
    makeFolder(join(home, 'secrets'))
    writePrivate(path, Buffer.from(`${JSON.stringify({ keys }, null, 1)}\n`))
    refresh(true)
  }
  const make = (of: Omit<StoredKey, 'id' | 'sha256' | 'made'>): string => {
    const id = newId()
    const credential = `dk_${id}_${randomBytes(32).toString('base64url')}`
    const key = {
      id,
      sha256: digest(credential).toString('hex'),
      made: new Date(now()).toISOString(),
      ...of,
    }
    save((keys) => [...keys, key])
    return credential
  }

  refresh(true)
  return {
    holder(credential) {
      refresh(false)
      const id = form.exec(credential)?.[1]
      const found = id === undefined ? undefined : stored.get(id)
      const same = timingSafeEqual(digest(credential), found?.hash ?? nobody)
      if (!same || found === undefined) return undefined
      const { key } = found
      if (key.client !== undefined) return { kind: 'client', key: key.id, client: key.client }
      return {
        kind: 'person',
        key: key.id,
        who: key.who ?? '',
        roles: key.roles ?? [],
        ...(key.clients === undefined ? {} : { clients: key.clients }),
      }
    },
    makeClientKey(client) {
      if (!idForm.test(client))
        throw new Misconfigured(
          'a client id is [a-z0-9-]{2,40}',
          "un identifiant de client s'écrit [a-z0-9-]{2,40}",
        )
      return make({ client })
    },
    makePersonKey({ who, roles: held, clients }) {
      checkName(who)
      if (held.length === 0 || !held.every((role) => roles.includes(role))) {
        throw new Misconfigured(`a role is one of ${roles.join(', ')}`, `les rôles sont ${roles.join(', ')}`)
      }
      return make({ who, roles: [...held], ...(clients === undefined ? {} : { clients: [...clients] }) })
    },
    revoke(id) {
      refresh(true)
      if (!stored.has(id)) return false
      save((keys) => keys.filter((key) => key.id !== id))
      return true
    },
    list() {
      refresh(true)
      return [...stored.values()].map(({ key }) => ({ ...key, sha256: undefined }))
    },
  }
}
