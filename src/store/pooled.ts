/**
 * A pooler in transaction mode (PgBouncer, PgCat, Odyssey …): each transaction may meet another connection of the
 * server. So nothing is said at the start of a connection and nothing is kept in it: each role logs in by itself, what it
 * may take is set on the role, and statements have no names.
 */
import { Misconfigured } from '../errors.ts'
import type { Role } from './pool.ts'

/** `{role}` in the URL stands for the login. */
const place = /\{role\}|%7Brole%7D/gi

/** @throws Misconfigured */
export const poolerUrl = (url: string, role: Role): string => {
  if (url.match(place)?.length !== 1)
    throw new Misconfigured(
      'database_pooler wants {role} where the user stands: postgres://{role}:password@host:6432/database',
      "database_pooler demande {role} à la place de l'utilisateur : postgres://{role}:password@host:6432/database",
    )
  return url.replace(place, role)
}

/** The password that all roles log in with. @throws Misconfigured */
export const poolerPassword = (url: string): string => {
  const [, password] = /^postgres(?:ql)?:\/\/[^:/@?]+:([^@/?]+)@/i.exec(url) ?? []
  if (password === undefined)
    throw new Misconfigured(
      'database_pooler holds no password for the roles.',
      'database_pooler ne contient pas de mot de passe pour les rôles.',
    )
  try {
    return decodeURIComponent(password)
  } catch {
    throw new Misconfigured(
      'The password in database_pooler has a % that is not %25.',
      "Le mot de passe de database_pooler contient un % qui n'est pas écrit %25.",
    )
  }
}

/** What a session without a pooler says for itself (pool.ts), and what nobody may lower for all sessions at once. */
export const roleSettings = (role: Role): Readonly<Record<string, string>> => ({
  statement_timeout: role === 'douane_eraser' ? '60s' : '5s',
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '10s',
  synchronous_commit: 'on',
})
