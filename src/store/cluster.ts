/** The data folder of the embedded server: made once, whole or not at all, and readable by its account only. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { Misconfigured, codeOf, unreadable } from '../errors.ts'
import { asAccount, give, isRoot } from './account.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'

export const superuser = 'douane'

const folder = (path: string, mode: number, account: Account): void => {
  mkdirSync(path, { recursive: true, mode })
  give(path, account)
  chmodSync(path, mode)
}

/** Makes `home`, `home/pg`. The home is the account's if it owns the project, else root's and only passable. */
export const makeFolders = (home: string, account: Account, owned: boolean): string => {
  const pg = join(home, 'pg')
  try {
    if (!existsSync(home)) {
      mkdirSync(home, { recursive: true, mode: 0o700 })
      if (owned) give(home, account)
    }
    if (isRoot() && !owned) {
      chmodSync(home, 0o711)
      for (let up = dirname(home); up === '/var/lib/douane'; up = dirname(up)) chmodSync(up, 0o711)
    }
    folder(pg, 0o700, account)
  } catch (error) {
    const code = codeOf(error)
    throw new Misconfigured(
      `The home ${home} cannot be used (${code}): give it to this user or set DOUANE_HOME.`,
      `Le dossier d'installation ${home} est inutilisable (${code}) : donnez-le à cet utilisateur ou définissez DOUANE_HOME.`,
    )
  }
  return pg
}

/** A secret of the server, made once, 0600. */
export const password = (pg: string, name: string, account: Account): string => {
  const path = join(pg, name)
  try {
    if (!existsSync(path)) {
      writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
    }
    give(path, account)
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw unreadable(path, error, {
      then: {
        en: ': run this as the user of the gateway.',
        fr: " : lancez cette commande sous l'utilisateur de la passerelle.",
      },
    })
  }
}

/** unix(7): a socket path has at most 107 bytes. */
const fitsSocket = (path: string): boolean => Buffer.byteLength(join(path, '.s.PGSQL.5432')) <= 107

/** `pg/run`, or a short folder elsewhere if that path is too long for a socket. */
export const socketFolder = (pg: string, account: Account, runtime: string | undefined): string => {
  const inside = join(pg, 'run')
  if (fitsSocket(inside)) {
    folder(inside, 0o700, account)
    return inside
  }
  const hash = createHash('sha256').update(realpathSync(pg)).digest('hex').slice(0, 12)
  const short = join(isRoot() ? '/run' : (runtime ?? '/tmp'), `douane-${account.uid}-${hash}`)
  folder(short, 0o700, account)
  const made = lstatSync(short)
  if (!made.isDirectory() || made.uid !== account.uid) {
    throw new Misconfigured(
      `${short} belongs to somebody else; set DOUANE_HOME to a shorter path.`,
      `${short} appartient à quelqu'un d'autre ; donnez à DOUANE_HOME un chemin plus court.`,
    )
  }
  return short
}

/**
 * Makes the data folder if there is none: initdb into `data.new.<pid>`, then one rename, so that a start that
 * was killed halfway leaves nothing that looks like a database.
 * @returns the data folder
 * @throws Misconfigured
 */
export const makeCluster = (pg: string, binaries: Binaries, account: Account, durable: boolean): string => {
  const data = join(pg, 'data')
  for (const name of readdirSync(pg)) {
    if (name.startsWith('data.new.')) rmSync(join(pg, name), { recursive: true, force: true })
  }
  if (existsSync(join(data, 'PG_VERSION'))) {
    const major = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
    if (major !== binaries.version.split('.')[0]) {
      throw new Misconfigured(
        `${data} was made by PostgreSQL ${major}, this is ${binaries.version}: restore a backup into a new home, or install the old version.`,
        `${data} a été créé par PostgreSQL ${major}, et celui-ci est en version ${binaries.version} : restaurez une sauvegarde dans un nouveau dossier d'installation, ou installez l'ancienne version.`,
      )
    }
    return data
  }
  if (existsSync(data))
    throw new Misconfigured(
      `${data} exists and is no database: move it away.`,
      `${data} existe et n'est pas une base de données : déplacez-le.`,
    )
  password(pg, 'password', account)
  const half = join(pg, `data.new.${process.pid}`)
  const { file, args, ...as } = asAccount(account, binaries.initdb, [
    '-D',
    half,
    ...['-U', superuser, '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
    ...['--auth=scram-sha-256', `--pwfile=${join(pg, 'password')}`, '--no-instructions'],
    ...(durable ? [] : ['--no-sync']),
  ])
  const env = { LANG: 'C', LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' }
  const run = spawnSync(file, args, { ...as, cwd: '/', env, encoding: 'utf8' })
  if (run.status !== 0) {
    rmSync(half, { recursive: true, force: true })
    const said = `${run.error?.message ?? ''}${run.stderr ?? ''}`
    if (said.includes('could not look up effective user ID')) {
      throw new Misconfigured(
        `User id ${account.uid} has no entry in /etc/passwd, which PostgreSQL needs: add one, or set DATABASE_URL.`,
        `L'utilisateur ${account.uid} n'a pas d'entrée dans /etc/passwd, dont PostgreSQL a besoin : ajoutez-en une, ou définissez DATABASE_URL.`,
      )
    }
    const last = said.trim().split('\n').at(-1) ?? ''
    throw new Misconfigured(`initdb failed: ${last}`, `initdb a échoué : ${last}`)
  }
  writeFileSync(join(half, 'pg_hba.conf'), 'local all all scram-sha-256\n')
  renameSync(half, data)
  return data
}
