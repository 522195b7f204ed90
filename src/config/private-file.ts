/** Files that only we may read: 0600 in folders 0700, written whole or not at all, wider modes refused. */
import { closeSync, fsyncSync, linkSync, lstatSync, mkdirSync, openSync } from 'node:fs'
import { readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { Misconfigured } from '../errors.ts'

const code = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

/** @throws Misconfigured if it is not a folder of mode 0700 (or stricter) */
export const checkFolder = (path: string): void => {
  let stat
  try {
    stat = lstatSync(path)
  } catch (error) {
    throw new Misconfigured(`${path}: cannot be read (${code(error)}); douane init makes it`)
  }
  if (!stat.isDirectory()) throw new Misconfigured(`${path}: must be a folder`)
  if ((stat.mode & 0o077) !== 0) throw new Misconfigured(`${path}: others may enter it; chmod 700`)
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
    if (code(error) === 'ENOENT') return undefined
    throw new Misconfigured(`${path}: cannot be read (${code(error)})`)
  }
  if (!stat.isFile()) throw new Misconfigured(`${path}: must be an ordinary file`)
  if ((stat.mode & 0o077) !== 0) throw new Misconfigured(`${path}: others may read it; chmod 600`)
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Misconfigured(`${path}: cannot be read (${code(error)})`)
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
    if (code(error) === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(beside)
  }
}
