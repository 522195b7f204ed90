/** Where an installation lives (design §10, "Home"). */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Misconfigured } from '../errors.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `<name>-<hash8>`: the same project always has the same home, so no pointer file is needed. */
const tag = (project: string): string =>
  `${basename(project).replaceAll(/[^A-Za-z0-9._-]/g, '-') || 'douane'}-${createHash('sha256').update(project).digest('hex').slice(0, 8)}`

const writable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Can somebody who is not root stand in this folder? Tried by really going there, so that ACLs count too. */
export const reachable = (folder: string, uid: number, gid: number): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { cwd: '/', uid, gid, stdio: 'ignore' }).status ===
  0

const nobody = 65_534

/**
 * The home: `DOUANE_HOME`; else the project's `.douane` if it has a database, or if the user that PostgreSQL
 * will run as can reach it and we may write there; else a folder of the system or of the user.
 * @param project the folder of package.json
 * @throws Misconfigured when no place can be found
 */
export const chooseHome = (project: string, env: Env): string => {
  const given = env['DOUANE_HOME']
  if (given !== undefined && given !== '') return resolve(given)
  const inside = join(resolve(project), '.douane')
  if (existsSync(join(inside, 'pg'))) return inside
  const root = process.getuid?.() === 0
  const { uid: owner, gid } = statSync(project)
  const fits = root
    ? owner !== 0 || reachable(project, nobody, nobody)
    : writable(existsSync(inside) ? inside : project)
  if (fits && (!root || reachable(project, owner === 0 ? nobody : owner, owner === 0 ? nobody : gid)))
    return inside
  if (root) return join('/var/lib/douane', tag(resolve(project)))
  const data = env['XDG_DATA_HOME'] || (env['HOME'] ? join(env['HOME'], '.local/share') : '')
  if (data === '') {
    throw new Misconfigured(
      `No home: ${project} cannot be written and neither DOUANE_HOME nor HOME is set.`,
      `Pas de dossier d'installation : ${project} n'est pas accessible en écriture, et ni DOUANE_HOME ni HOME ne sont définis.`,
    )
  }
  return join(data, 'douane', tag(resolve(project)))
}
