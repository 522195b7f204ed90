/** Files that only we may read: 0600 in folders 0700, written whole or not at all, wider modes refused. */
import { closeSync, fsyncSync, linkSync, lstatSync, mkdirSync, openSync } from 'node:fs'
import { readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { type Misconfigured, codeOf, unreadable, wrongFile } from '../errors.ts'

/** A file of ours that is gone or was damaged. @param en what is wrong, as it follows the path */
export const restoreIt = (path: string, en: string, fr: string): Misconfigured =>
  wrongFile(path, `${en}; restore it from its backup`, `${fr} ; restaurez-le depuis sa sauvegarde`)

/** @throws Misconfigured if it is not a folder of mode 0700 (or stricter) */
export const checkFolder = (path: string): void => {
  let stat
  try {
    stat = lstatSync(path)
  } catch (error) {
    throw unreadable(path, error, {
      then: { en: '; douane init makes it', fr: ' ; douane init le crée' },
    })
  }
  if (!stat.isDirectory()) throw wrongFile(path, 'must be a folder', 'doit être un dossier')
  if ((stat.mode & 0o077) !== 0)
    throw wrongFile(path, 'others may enter it; chmod 700', "d'autres peuvent y entrer ; chmod 700")
}

export const makeFolder = (path: string): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  checkFolder(path)
}

/** @returns the bytes, or undefined if there is no such file; @throws Misconfigured if others may read it */
export const readPrivate = (path: string): Buffer | undefined => {
  let stat
  try {
    stat = lstatSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unreadable(path, error)
  }
  if (!stat.isFile()) throw wrongFile(path, 'must be an ordinary file', 'doit être un fichier ordinaire')
  if ((stat.mode & 0o077) !== 0)
    throw wrongFile(path, 'others may read it; chmod 600', "d'autres peuvent le lire ; chmod 600")
  try {
    return readFileSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

const syncFolder = (path: string): void => {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const writeBeside = (path: string, bytes: Uint8Array): string => {
  const beside = `${path}.${randomUUID()}.tmp`
  const file = openSync(beside, 'wx', 0o600)
  try {
    let written = 0
    while (written < bytes.length) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return beside
}

/** Replaces the file; durable when it returns. */
export const writePrivate = (path: string, bytes: Uint8Array): void => {
  renameSync(writeBeside(path, bytes), path)
  syncFolder(dirname(path))
}

/** `from` takes the place of `to`; durable when it returns. */
export const replacePrivate = (from: string, to: string): void => {
  renameSync(from, to)
  syncFolder(dirname(to))
}

/** Makes the file; false if another made it first (link(2) is atomic, also between processes). */
export const createPrivate = (path: string, bytes: Uint8Array): boolean => {
  const beside = writeBeside(path, bytes)
  try {
    linkSync(beside, path)
    syncFolder(dirname(path))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(beside)
  }
}
