/** One log of an export: the key that was pinned and those that followed, its trees in order, and in them each record. */
import { readdirSync } from 'node:fs'
import { keyNamed } from './checkpoint.ts'
import type { Checkpoint, Verifier } from './checkpoint.ts'
import { originIn, shardName } from './shard.ts'
import type { Earlier } from './verify-earlier.ts'
import { followKeys } from './verify-keys.ts'
import type { Report } from './verify-report.ts'
import { checkTree } from './verify-tree.ts'
import type { Reading, TreeFolder } from './verify-tree.ts'

export interface LogFolder extends TreeFolder {
  /** Where its keys are announced. */
  readonly keys: string
}
export const evidence: LogFolder = {
  stream: 'evidence',
  folder: 'log',
  beside: '',
  keys: 'keys/log.rotations.jsonl',
}
export const access: LogFolder = {
  stream: 'access',
  folder: 'access',
  beside: 'access/',
  keys: 'keys/access.rotations.jsonl',
}

export interface LogPins {
  readonly log: Verifier
  readonly enrol: Verifier | undefined
}

/** Folders of a log's trees in order: `log`, and after it `log-2027h1` … */
const treesIn = (dir: string, of: LogFolder): readonly (TreeFolder & { name: string })[] => {
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(`${of.folder}-`))
    .map((entry) => entry.name.slice(of.folder.length + 1))
    .filter((name) => shardName.test(name))
    .toSorted()
  const later = names.map((name) => {
    const folder = `${of.folder}-${name}`
    return { stream: of.stream, name, folder, beside: `${folder}/` }
  })
  return [{ ...of, name: '' }, ...later]
}

/** Undefined if not even the heads of its trees can be read; what is wrong is in the report. */
export const checkLog = async (
  dir: string,
  of: LogFolder,
  pins: LogPins,
  report: Report,
  earlier?: Earlier,
) => {
  const { newest, keys, announcements } = followKeys(dir, of.keys, pins.log, report)
  const reading: Reading = {
    ...{ announcements, pinnedEnrol: pins.enrol, enrol: pins.enrol, earlier, keys },
    ...{ records: undefined, place: 0, before: undefined },
  }
  const trees = treesIn(dir, of)
  const heads: Checkpoint[] = []
  let last
  for (const [i, tree] of trees.entries()) {
    const origin = originIn(pins.log.name, tree.name)
    const known = i === trees.length - 1 ? [newest] : keys
    last = await checkTree(dir, tree, { origin, known }, reading, report)
    if (last === undefined) return undefined
    heads.push(last.head)
    if (!last.whole) break
    reading.before = last.head
  }
  if (last === undefined) return undefined
  if (last.whole) reading.records?.done()
  const { note, head, path } = last
  const log = keyNamed(newest, head.origin)
  const enrol = reading.enrol && { ...reading.enrol, key: reading.records?.enrolmentKey ?? reading.enrol.key }
  return { note, head, path, heads, enrol, log, vkey: newest }
}
