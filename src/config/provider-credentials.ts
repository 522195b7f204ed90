/**
 * What we say to a provider to be let in, in secrets/providers.json; bound to the origin of its `base_url`,
 * so that an edited register cannot send it elsewhere.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Misconfigured } from '../errors.ts'
import { makeFolder, readPrivate, restoreIt, writePrivate } from './private-file.ts'

/** The header that carries it. */
export interface ProviderCredential {
  /** Lower case. */
  readonly header: string
  readonly value: string
}

export type NewCredential =
  | { readonly kind: 'header'; readonly header: string; readonly value: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }

interface Addressed {
  readonly id: string
  readonly base_url: string
}

export interface ProviderCredentials {
  /** Undefined if there is none, or if the provider's origin is no longer the one it was bound to. */
  of(provider: Addressed): ProviderCredential | undefined
  /** Binds a credential to the origin of `base_url`, in place of an earlier one. */
  bind(provider: Addressed, credential: NewCredential): void
  /** False if there was none. */
  remove(provider: string): boolean
  /** Providers and origins; never a value. */
  list(): readonly { readonly provider: string; readonly origin: string; readonly header: string }[]
}

interface Stored extends ProviderCredential {
  readonly provider: string
  readonly origin: string
}

/** Headers that we set ourselves or that frame the message. */
const ours =
  /^(host|content-length|transfer-encoding|connection|expect|te|trailer|upgrade|keep-alive|content-type|accept-encoding|douane-.*)$/
const headerName = /^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/
const visible = /^[\x21-\x7e](?:[\x20-\x7e]{0,8190}[\x21-\x7e])?$/

const asHeader = (credential: NewCredential): ProviderCredential => {
  switch (credential.kind) {
    case 'bearer':
      return { header: 'authorization', value: `Bearer ${credential.token}` }
    case 'basic':
      return {
        header: 'authorization',
        value: `Basic ${Buffer.from(`${credential.user}:${credential.password}`).toString('base64')}`,
      }
    case 'header':
      return { header: credential.header.toLowerCase(), value: credential.value }
  }
}

const parse = (bytes: Buffer, path: string): Stored[] => {
  let found: unknown
  try {
    found = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw restoreIt(path, 'must be JSON', 'doit être du JSON')
  }
  const list = (found as { credentials?: unknown } | null)?.credentials
  const right = (entry: Partial<Stored>): boolean =>
    [entry.provider, entry.origin, entry.header, entry.value].every((part) => typeof part === 'string')
  if (!Array.isArray(list) || !list.every(right)) {
    throw restoreIt(
      path,
      'holds an entry that is no credential',
      "contient une entrée qui n'est pas un secret de prestataire",
    )
  }
  return list as Stored[]
}

/** @throws Misconfigured if the file is broken or open to others */
export const openProviderCredentials = (home: string, now: () => number = Date.now): ProviderCredentials => {
  const path = join(home, 'secrets', 'providers.json')
  let stored = new Map<string, Stored>()
  let seen = ''
  let looked = -Infinity

  const refresh = (force: boolean): void => {
    if (!force && now() - looked < 1000) return
    // set at the end: a file that cannot be read is asked for again, and meanwhile lets nobody in
    const stat = statSync(path, { throwIfNoEntry: false })
    const stamp = stat === undefined ? 'none' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`
    if (stamp === seen) {
      looked = now()
      return
    }
    const bytes = readPrivate(path)
    stored = new Map((bytes === undefined ? [] : parse(bytes, path)).map((entry) => [entry.provider, entry]))
    seen = stamp
    looked = now()
  }
  const save = (): void => {
    makeFolder(join(home, 'secrets'))
    writePrivate(path, Buffer.from(`${JSON.stringify({ credentials: [...stored.values()] }, null, 1)}\n`))
  }

  refresh(true)
  return {
    of(provider) {
      refresh(false)
      const entry = stored.get(provider.id)
      if (entry === undefined || entry.origin !== new URL(provider.base_url).origin) return undefined
      return { header: entry.header, value: entry.value }
    },
    bind(provider, credential) {
      const { header, value } = asHeader(credential)
      if (!headerName.test(header) || ours.test(header)) {
        throw new Misconfigured(
          'this header cannot carry a credential',
          'cet en-tête ne peut pas porter de secret',
        )
      }
      if (!visible.test(value))
        throw new Misconfigured(
          'the credential must be visible ASCII',
          'le secret doit être en ASCII visible',
        )
      refresh(true)
      const origin = new URL(provider.base_url).origin
      stored.set(provider.id, { provider: provider.id, origin, header, value })
      save()
    },
    remove(provider) {
      refresh(true)
      if (!stored.delete(provider)) return false
      save()
      return true
    },
    list() {
      refresh(true)
      return [...stored.values()].map(({ provider, origin, header }) => ({ provider, origin, header }))
    },
  }
}
