/** PostgreSQL refuses to run as root: which user it runs as, and how a process becomes that user. */
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Misconfigured } from '../errors.ts'

export interface Account {
  readonly uid: number
  readonly gid: number
}

export const isRoot = (): boolean => process.getuid?.() === 0

const named = (name: string): Account | null => {
  const entry = spawnSync('getent', ['passwd', name], { encoding: 'utf8' }).stdout?.split(':')
  const [uid, gid] = [Number(entry?.[2]), Number(entry?.[3])]
  return entry !== undefined && entry.length > 3 && uid > 0 ? { uid, gid } : null
}

const create = (name: string): Account | null => {
  const shell = existsSync('/usr/sbin/nologin') ? '/usr/sbin/nologin' : '/bin/false'
  const system = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    shell,
    name,
  ]
  if (spawnSync('useradd', system, { stdio: 'ignore' }).status !== 0) {
    spawnSync('adduser', ['-S', '-D', '-H', '-s', shell, name], { stdio: 'ignore' })
  }
  return named(name)
}

const ownerOf = (path: string): Account | null => {
  if (!existsSync(path)) return null
  const { uid, gid } = statSync(path)
  return uid === 0 ? null : { uid, gid }
}

/**
 * Not root → ourselves. Root → the owner of the data, the owner of the project, the users douane or postgres,
 * else a system user douane is made.
 * @throws Misconfigured
 */
export const accountFor = (home: string, project: string): Account => {
  if (!isRoot()) return { uid: process.getuid!(), gid: process.getgid!() }
  const account =
    ownerOf(join(home, 'pg/data')) ??
    ownerOf(project) ??
    named('douane') ??
    named('postgres') ??
    create('douane')
  if (account === null) {
    throw new Misconfigured(
      'PostgreSQL does not run as root and no user could be made for it: run `useradd --system douane`, start Douane as an ordinary user, or set DATABASE_URL.',
      "PostgreSQL ne s'exécute pas en root et aucun utilisateur n'a pu être créé pour lui : lancez `useradd --system douane`, démarrez Douane sous un utilisateur ordinaire, ou définissez DATABASE_URL.",
    )
  }
  return account
}

/** Gives a file or folder to the account, when we are root. */
export const give = (path: string, account: Account): void => {
  if (isRoot()) chownSync(path, account.uid, account.gid)
}

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
let canTie: boolean | undefined

/** Can a child be tied to us, so that the kernel ends it when we die without a word? (util-linux ≥ 2.33) */
const ties = (): boolean =>
  (canTie ??=
    setpriv !== undefined &&
    spawnSync(setpriv, ['--pdeathsig', 'INT', '/bin/true'], { stdio: 'ignore' }).status === 0)

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

/**
 * The command that runs a program as that account. `tied`: PostgreSQL gets SIGINT (a fast, clean shutdown)
 * when our process dies. The signal follows the thread that spawned, so this is for the main thread.
 */
export const asAccount = (account: Account, file: string, args: readonly string[], tied = false): Command => {
  const other = isRoot()
  if (!tied || !ties()) return other ? { file, args, ...account } : { file, args }
  const become = other
    ? ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups']
    : []
  return { file: setpriv as string, args: [...become, '--pdeathsig', 'INT', file, ...args] }
}
