/** The schema: numbered files, each applied once and never changed, under a lock; and the roles. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { Misconfigured } from '../errors.ts'
import { faultOf } from './fault.ts'
import { configOf, roles } from './pool.ts'
import type { Role, Target } from './pool.ts'

interface Step {
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

const steps = (): Step[] => {
  const folder = join(import.meta.dirname, 'sql')
  return readdirSync(folder)
    .filter((name) => /^\d{3}-[a-z-]+\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Any number, the same everywhere: one migration at a time. */
const lock = 3_620_230

const makeRoles = async (client: Client): Promise<void> => {
  for (const role of ['douane_owner', ...roles]) {
    // another database of this server may be making it at the same moment
    await client.query(`DO $$ BEGIN CREATE ROLE ${role} NOLOGIN NOINHERIT;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`)
    const { rows } = await client.query<{ member: boolean }>(
      `SELECT pg_has_role(current_user, $1, 'MEMBER') AS member`,
      [role],
    )
    if (rows[0]?.member !== true) await client.query(`GRANT ${role} TO CURRENT_USER`)
  }
}

type Logins = Partial<Record<Role, string>>
type Kept = Partial<Record<Role, Readonly<Record<string, string>>>>

/** With settings to keep the roles are an operator's too: a login that is there already keeps its password. */
const makeLogins = async (client: Client, logins: Logins, kept: Kept | undefined): Promise<void> => {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolcanlogin')
  const there = new Set(rows.map(({ rolname }) => rolname))
  for (const [role, password] of Object.entries(logins))
    if (kept === undefined || !there.has(role))
      await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${escapeLiteral(password)}`)
  const database = escapeIdentifier(client.database ?? '')
  for (const [role, settings] of Object.entries(kept ?? {}))
    for (const [name, value] of Object.entries(settings))
      await client.query(`ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = ${escapeLiteral(value)}`)
}

const apply = async (client: Client): Promise<void> => {
  await client.query('CREATE SCHEMA IF NOT EXISTS douane AUTHORIZATION douane_owner')
  await client.query('SET LOCAL ROLE douane_owner')
  await client.query(`CREATE TABLE IF NOT EXISTS douane.migration
    (name text PRIMARY KEY, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())`)
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM douane.migration',
  )
  const done = new Map(rows.map((row) => [row.name, row.sha256]))
  const wanted = steps()
  const later = [...done.keys()].find((name) => !wanted.some((step) => step.name === name))
  if (later !== undefined) {
    throw new Misconfigured(
      `The database was made by a later Douane (${later}): upgrade this one.`,
      `La base a été créée par une version plus récente de Douane (${later}) : mettez celle-ci à niveau.`,
    )
  }
  for (const { name, sql, sha256 } of wanted) {
    const before = done.get(name)
    if (before !== undefined && before !== sha256) {
      throw new Misconfigured(
        `The schema file ${name} is not the one that this database was made with.`,
        `Le fichier de schéma ${name} n'est pas celui avec lequel cette base a été créée.`,
      )
    }
    if (before !== undefined) continue
    await client.query(sql)
    await client.query('INSERT INTO douane.migration (name, sha256) VALUES ($1, $2)', [name, sha256])
  }
}

const failure = (error: unknown): Misconfigured => {
  if (error instanceof Misconfigured) return error
  const { state } = faultOf(error)
  if (state === '42501') {
    return new Misconfigured(
      'The role of DATABASE_URL may not create roles or a schema: give it CREATEROLE and CREATE on the database for the first start.',
      'Le rôle de DATABASE_URL ne peut créer ni rôle ni schéma : donnez-lui CREATEROLE, et CREATE sur la base, pour le premier démarrage.',
    )
  }
  if (state === '28P01' || state === '28000')
    return new Misconfigured(
      'The database refused the password or role of DATABASE_URL.',
      'La base a refusé le mot de passe ou le rôle de DATABASE_URL.',
    )
  if (state === '3D000')
    return new Misconfigured(
      'The database that DATABASE_URL names does not exist.',
      "La base que nomme DATABASE_URL n'existe pas.",
    )
  return new Misconfigured(
    `The database cannot be prepared (${state}).`,
    `La base ne peut pas être préparée (${state}).`,
  )
}

/**
 * Brings the database to this version. Harmless when it is there already; several may run at once.
 * @param logins passwords of the roles that log in themselves (embedded server, pooler); with a URL they are taken on
 * @param kept settings of the roles in this database, for connections that cannot say them
 * @throws Misconfigured
 */
export const migrate = async (admin: Target, logins: Logins = {}, kept?: Kept): Promise<void> => {
  const client = new Client({
    ...configOf(admin),
    connectionTimeoutMillis: 10_000,
    statement_timeout: 300_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    )
    const version = rows[0]?.version ?? 0
    if (version < 150_000) {
      const major = Math.floor(version / 10_000)
      throw new Misconfigured(
        `PostgreSQL ${major} is too old: Douane needs 15 or later.`,
        `PostgreSQL ${major} est trop ancien : Douane demande la version 15 ou une version ultérieure.`,
      )
    }
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock])
    await makeRoles(client)
    await makeLogins(client, logins, kept)
    await apply(client)
    await client.query('COMMIT')
  } catch (error) {
    throw failure(error)
  } finally {
    await client.end().catch(() => {})
  }
}
