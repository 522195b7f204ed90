/**
 * An export that is being written: `OUT.part/` beside the folder to make, with the half bundle in `export/`, the note of
 * how far it has come in `progress` (of the views in `views`), and in `lock` the process that writes. Run again with the same question it goes on;
 * nothing is at OUT until all is there, and then nothing is left beside it.
 */
import { lstat, mkdir, open, readdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Misconfigured } from '../errors.ts'
import { BundleFolder } from './bundle-folder.ts'
import { beginLine, markLine, mostProgress, readProgress } from './bundle-progress.ts'
import type { Begun, Progress, TreeMark } from './bundle-progress.ts'
import { readViewsMark, ViewsFolder } from './views-progress.ts'
import type { ViewsMark } from './views-progress.ts'

export interface HalfBundle {
  readonly folder: BundleFolder
  readonly begun: Begun
  /** True if an earlier run began it. */
  readonly resumed: boolean
  /** Leaves of a tree that are written; undefined: none, or all. */
  tree(at: string): TreeMark | undefined
  /** Where the views are written, from where an earlier run has come to, if that told them in the same words. */
  views(of: string, markEvery?: number): Promise<ViewsFolder>
  /** True if that part is whole. */
  whole(stage: string): boolean
  /** Durable when it resolves: a run that begins now goes on from here. */
  mark(now: { readonly tree?: TreeMark; readonly stage?: string }): Promise<void>
  /** The folder is whole: gives it its name. */
  finish(): Promise<void>
  /** Lets another run go on, if there is something to go on from. */
  leave(): Promise<void>
}

const isThere = async (path: string): Promise<boolean> =>
  (await lstat(path).catch(() => undefined)) !== undefined

const append = async (path: string, line: Buffer): Promise<void> => {
  const file = await open(path, 'a', 0o600)
  try {
    await file.writeFile(line)
    await file.datasync()
  } finally {
    await file.close()
  }
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

export const ofAnotherLog = (): Misconfigured =>
  new Misconfigured(
    'The half export (….part) is of another log than this: name another folder, or remove it.',
    "L'export inachevé (….part) est celui d'un autre journal : indiquez un autre dossier, ou supprimez-le.",
  )

/** A killed process leaves its lock: one of a process that runs no more, or of this number, is taken over. */
const lock = async (path: string): Promise<void> => {
  const held = Number(await readFile(path, 'utf8').catch(() => ''))
  if (Number.isSafeInteger(held) && held > 0 && held !== process.pid && runs(held))
    throw new Misconfigured(
      `Another export (process ${held}) writes to this folder: wait for it, or name another folder.`,
      `Un autre export (processus ${held}) écrit dans ce dossier : attendez qu'il ait fini, ou indiquez un autre dossier.`,
    )
  await rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  await file.writeFile(String(process.pid))
  await file.close()
}

async function* filesUnder(at: string): AsyncGenerator<string> {
  for (const entry of await readdir(at, { withFileTypes: true })) {
    const path = join(at, entry.name)
    if (entry.isDirectory()) yield* filesUnder(path)
    else yield path
  }
}

/** What was written after the last mark is written again. */
const removeUnmarked = async (
  building: string,
  { files, trees }: Progress,
  views: ViewsMark | undefined,
): Promise<void> => {
  const growing = new Set([...trees.values(), ...(views?.files ?? [])].map(({ path }) => path))
  for await (const path of filesUnder(building)) {
    const name = relative(building, path)
    if (!files.has(name) && !growing.has(name)) await rm(path)
  }
}

const readNote = async (path: string): Promise<Progress | undefined> => {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  return size > mostProgress
    ? readProgress(Buffer.alloc(mostProgress + 1))
    : readProgress(await bytesOf(path))
}
const bytesOf = (path: string): Promise<Buffer> => readFile(path).catch(() => Buffer.alloc(0))

/**
 * @param begin what a new export is of; called only if none was begun
 * @throws Misconfigured if the folder is there, holds the half of another question, or is not as it was
 */
export const openHalf = async (
  out: string,
  question: string,
  begin: () => Promise<Omit<Begun, 'question'>>,
): Promise<HalfBundle> => {
  const around = `${out}.part`
  const building = join(around, 'export')
  const note = join(around, 'progress')
  const viewsNote = join(around, 'views')
  if (await isThere(out)) {
    // Killed between giving it its name and tidying: the export is whole.
    if ((await isThere(note)) && !(await isThere(building))) await rm(around, { recursive: true })
    throw new Misconfigured(
      'The folder to export to is already there: name a new one.',
      "Le dossier de destination de l'export existe déjà : indiquez-en un nouveau.",
    )
  }
  let found: Progress | undefined
  if (await isThere(around)) {
    const ours = ['export', 'lock', 'progress', 'views', 'views.new']
    if ((await readdir(around)).some((name) => !ours.includes(name)))
      throw new Misconfigured(
        'Beside the folder to export to there is a ….part that is no half export.',
        "À côté du dossier de destination se trouve un ….part qui n'est pas un export inachevé.",
      )
    await lock(join(around, 'lock'))
    found = await readNote(note)
  }
  if (found !== undefined && found.begun.question !== question) {
    await rm(join(around, 'lock'))
    throw new Misconfigured(
      'A half export of another question or another log is in this place (….part): ask the same as then to go on, name another folder, or remove it.',
      "Un export inachevé (….part) d'une autre demande ou d'un autre journal occupe cette place : refaites la même demande pour le poursuivre, indiquez un autre dossier, ou supprimez-le.",
    )
  }
  const begun = found?.begun ?? { ...(await begin()), question }
  const folder = new BundleFolder(building)
  let views: ViewsMark | undefined
  if (found === undefined) {
    if (!(await isThere(around))) await mkdir(around, { mode: 0o700 })
    await lock(join(around, 'lock'))
    await rm(building, { recursive: true, force: true })
    for (const path of [note, viewsNote]) await rm(path, { force: true })
    await folder.begin()
    await append(note, beginLine(begun))
  } else {
    try {
      await truncate(note, found.length)
      if (!found.stages.has('views')) views = await readViewsMark(viewsNote)
      await removeUnmarked(building, found, views)
      for (const file of found.files.values()) await folder.keep(file)
    } catch (error) {
      await rm(join(around, 'lock'), { force: true })
      throw error
    }
  }
  let marked = found !== undefined
  return {
    folder,
    begun,
    resumed: found !== undefined,
    tree: (at) => found?.trees.get(at),
    views: (of, markEvery) => ViewsFolder.open(folder, viewsNote, views, of, markEvery),
    whole: (stage) => found?.stages.has(stage) ?? false,
    mark: async (now) => {
      await append(note, markLine({ files: await folder.settled(), ...now }))
      marked = true
    },
    finish: async () => {
      await folder.settled()
      await rename(building, out)
      await syncFolder(dirname(out))
      await rm(around, { recursive: true, force: true })
    },
    leave: async () => {
      await folder.abandon()
      const left = marked ? join(around, 'lock') : around
      await rm(left, { recursive: true, force: true })
    },
  }
}

/** A name that was given lasts. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
