/** Inside a circle (client × provider × purpose × scope) a value has one pseudonym. Design §8, Sameness. */
import { Refused } from '../errors.ts'
import type { Category } from '../model/category.ts'
import type { Purpose, Scope } from '../model/register.ts'
import type { Keys } from './keys.ts'
import { keyed } from './keys.ts'
import type { MacKey } from './mac.ts'
import type { Original } from './seal.ts'

export interface CircleAsk {
  readonly client: string
  readonly provider: string
  /** Name of the purpose. */
  readonly purpose: string
  /** The purpose's register entry. */
  readonly rules: Pick<Purpose, 'scope'>
  readonly tid: string
  readonly case?: string | undefined
  readonly idempotencyKey?: string | undefined
}

/** So that `POST /tickets` and then `GET /tickets/T-881` meet. */
const followed: readonly Category[] = ['id.customer', 'id.employee', 'id.case']

/** @throws Refused CASE_MISSING if the purpose keeps pseudonyms per case and there is none */
const scopeOf = (category: Category, ask: CircleAsk): Scope => {
  const scope = ask.rules.scope ?? (followed.includes(category) ? 'provider' : ask.case ? 'case' : 'transfer')
  if (scope === 'case' && !ask.case) throw new Refused('CASE_MISSING')
  return scope
}

const circleKey = (keys: Keys, scope: Scope, ask: CircleAsk): MacKey => {
  const { client, provider, purpose } = ask
  switch (scope) {
    case 'provider':
      return keys.index(client, provider, purpose, scope, '')
    case 'case':
      return keys.index(client, provider, purpose, scope, ask.case!)
    case 'transfer':
      // A client's retry sends the same bytes if it says so.
      return ask.idempotencyKey
        ? keys.index(client, provider, purpose, 'idempotency-key', ask.idempotencyKey)
        : keys.index(client, provider, purpose, scope, ask.tid)
  }
}

export interface Index {
  /** 32 bytes. */
  readonly index: Buffer
  /** False where nothing can be known yet: the circle is this transfer alone. */
  readonly mayBeKnown: boolean
}

/**
 * Same category and same text in NFC → same index; a number by its spelling, and never the same as a text,
 * so that what comes home is what was sent.
 */
export const indexer = (keys: Keys, ask: CircleAsk): ((category: Category, value: Original) => Index) => {
  const held = new Map<Scope, MacKey>()
  return (category, { kind, text }) => {
    const scope = scopeOf(category, ask)
    let key = held.get(scope)
    if (key === undefined) held.set(scope, (key = circleKey(keys, scope, ask)))
    const bytes = text.isWellFormed() ? Buffer.from(text.normalize('NFC')) : Buffer.from(text, 'utf16le')
    const spelling = text.isWellFormed() ? kind : `${kind} utf-16`
    return {
      index: keyed(key, category, spelling, bytes),
      mayBeKnown: scope !== 'transfer' || Boolean(ask.idempotencyKey),
    }
  }
}
