/** What a forger can do: write records as he likes, and make an export look whole. */
import { createHash, randomUUID, sign } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Stream } from '../../src/model/record.ts'
import { writeBundle } from '../../src/audit/bundle.ts'
import { canonical } from '../../src/audit/canonical.ts'
import type { Boot } from '../../src/audit/chain.ts'
import { readVkey, signCheckpoint, vkeyOf } from '../../src/audit/checkpoint.ts'
import { memoryTreeStore } from '../../src/audit/memory.ts'
import type { MemoryTreeStore } from '../../src/audit/memory.ts'
import {
  appendLeaf,
  leafHash,
  readEntries,
  rootOf,
  TileEdge,
  tilePath,
  writeEntries,
} from '../../src/audit/merkle.ts'
import { noPrevious } from '../../src/audit/record.ts'
import { readableLine, sealMessage } from '../../src/audit/seal.ts'
import { at, enrolVkey, signerOf } from './world.ts'

export const keys = { log: readVkey(vkeyOf(signerOf('evidence'))), enrol: readVkey(enrolVkey) }
export const accessKey = readVkey(vkeyOf(signerOf('access')))

/** A log whose records nobody checked, signed with the true key all the same: what only the verifier can find. */
export const uncheckedLog = (stream: Stream = 'evidence') => {
  const store = memoryTreeStore()
  const rows = store.rows[stream]
  const ends = new Map<string, { next: number; previous: string }>()
  const append = (boot: Boot, ...records: readonly object[]): number[] => {
    const end = ends.get(boot.boot) ?? { next: 0, previous: noPrevious }
    const firstIseq = end.next
    const first = rows.leaves.length
    const batch = randomUUID()
    for (const record of records) {
      const chained = { inst: boot.inst, boot: boot.boot, iseq: end.next, iprev: end.previous }
      const body = canonical({ ...chained, ...record })
      const hash = leafHash(body)
      const kind = String((record as { k?: unknown }).k)
      rows.leaves.push({ tid: '', attempt: 0, kind, hash, body, index: rows.leaves.length, batch })
      end.next += 1
      end.previous = hash.toString('hex')
    }
    const hashes = rows.leaves.slice(first).map((leaf) => leaf.hash)
    const seal = { batch, inst: boot.inst, boot: boot.boot, firstIseq }
    const sig = sign(null, sealMessage(stream, seal, hashes), boot.key)
    rows.batches.push({ ...seal, first, n: records.length, sig })
    ends.set(boot.boot, end)
    return records.map((_, i) => first + i)
  }
  const signIt = (): MemoryTreeStore => {
    const frontier: Buffer[] = []
    for (const [i, leaf] of rows.leaves.entries()) appendLeaf(frontier, i, leaf.hash)
    const note = signCheckpoint(signerOf(stream), rows.leaves.length, rootOf(frontier))
    rows.checkpoint = { size: rows.leaves.length, note, at: at(0) }
    return store
  }
  return { append, signIt, rows }
}

export interface Exported {
  readonly dir: string
  read(path: string): Buffer
  write(path: string, bytes: Buffer | string): void
  remove(path: string): void
  files(): readonly string[]
  /** As it was. */
  restore(): void
  /** SHA256SUMS made to fit. */
  sums(): void
  /** Entries of the one and only bundle replaced, and everything that can be made to fit without a key. */
  entries(change: (entries: Buffer[]) => Buffer[]): void
  done(): void
}

export const exported = async (store: MemoryTreeStore, more: object = {}): Promise<Exported> => {
  // In memory if there is any: hundreds of small folders are made and read.
  const home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'douane-forge-'))
  const [dir, spare] = [join(home, 'bundle'), join(home, 'spare')]
  await writeBundle(store, { out: dir, made: at(0), ...keys, ...more })
  cpSync(dir, spare, { recursive: true })
  const files = (): string[] =>
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(dir, path)).isFile())
      .toSorted()
  const read = (path: string): Buffer => readFileSync(join(dir, path))
  const write = (path: string, bytes: Buffer | string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), bytes)
  }
  const remove = (path: string): void => rmSync(join(dir, path))
  const sums = (): void => {
    const lines = files()
      .filter((path) => path !== 'SHA256SUMS')
      .map((path) => `${createHash('sha256').update(read(path)).digest('hex')}  ${path}\n`)
    write('SHA256SUMS', lines.join(''))
  }
  return {
    dir,
    read,
    write,
    remove,
    files,
    sums,
    restore: () => {
      rmSync(dir, { recursive: true })
      cpSync(spare, dir, { recursive: true })
    },
    entries: (change) => {
      const path = files().find((one) => one.startsWith('log/tile/entries/'))!
      const bodies = change(readEntries(read(path))!)
      write(path, writeEntries(bodies))
      const edge = new TileEdge()
      for (const body of bodies) edge.push(leafHash(body), () => undefined)
      const old = files().filter((one) => one.startsWith('log/tile/0/'))
      for (const tile of edge.partial())
        if (old.includes(`log/${tilePath(tile.level, tile.n, tile.width)}`))
          write(`log/${tilePath(tile.level, tile.n, tile.width)}`, tile.data)
      write('entries.jsonl', bodies.map((body, i) => `${readableLine(i, leafHash(body), body)}\n`).join(''))
      sums()
    },
    done: () => rmSync(home, { recursive: true, force: true }),
  }
}
