/** An export that is killed goes on when it is asked again, and is then what it would have been. */
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { serialize } from 'node:v8'
import { assert, json, nat, property, uint8Array } from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { writeBundle } from '../../src/audit/bundle.ts'
import { beginLine, markLine, readProgress } from '../../src/audit/bundle-progress.ts'
import { readVkey, vkeyOf } from '../../src/audit/checkpoint.ts'
import { verifyBundle } from '../../src/audit/verify.ts'
import { Misconfigured } from '../../src/errors.ts'
import { type LeavesFrom, type ViewFolder, writeViews } from '../../src/report/views.ts'
import { wordsOf } from '../../src/report/words.ts'
import { aLog, at, enrolVkey, logOf, pinText, signerOf, someTransfers } from './world.ts'
import { integrator } from '../../src/audit/integrate.ts'

const home = mkdtempSync(join(tmpdir(), 'douane-resumed-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const world = await aLog(700)
const { store } = world
const size = store.rows.evidence.leaves.length
const keep = (): void => {
  const { leaves, batches, checkpoint } = store.rows.evidence
  const keys = { log: vkeyOf(signerOf('evidence')), enrol: enrolVkey }
  writeFileSync(join(home, 'log'), serialize({ leaves, batches, checkpoint, ...keys }))
}
const child = resolve(import.meta.dirname, 'export-child.ts')
const run = (out: string, shotAt = 0) =>
  spawnSync(process.execPath, [child, home, out, String(shotAt)], { encoding: 'utf8' })
const place = (name: string): string => join(home, name)
const ask = { made: at(0), log: readVkey(vkeyOf(signerOf('evidence'))), enrol: readVkey(enrolVkey) }
/** As the child asks, without what it writes for reading. */
const same = { ...ask, question: { lang: 'en' }, markEvery: 256 }
/** The store, and from which record on its leaves were asked for. */
const watched = () => {
  const asked: number[] = []
  const leaves = (...which: Parameters<typeof store.leaves>) => {
    asked.push(which[1])
    return store.leaves(...which)
  }
  return { asked, store: { ...store, leaves } }
}
/** Broken off in this process after so many leaves. */
const broken = async (out: string, after: number, more: object = {}): Promise<void> => {
  const stopped = {
    ...store,
    leaves: async function* (...which: Parameters<typeof store.leaves>) {
      for await (const leaf of store.leaves(...which)) {
        if (leaf.index === after) throw new Error('no space left')
        yield leaf
      }
    },
  }
  await expect(writeBundle(stopped, { ...same, out, ...more })).rejects.toThrow('no space left')
}

describe('an export that is killed', () => {
  test('goes on: of the head that it began with, checked by the pin, nothing left beside it', async () => {
    keep()
    const out = place('killed')
    // in the first tile, after marks, in the views
    const marks: number[] = []
    for (const shot of [100, 600, 300, size, 300, 200]) {
      expect(run(out, shot).signal).toBe('SIGKILL')
      expect(existsSync(out)).toBe(false)
      marks.push(readFileSync(`${out}.part/progress`, 'utf8').split('\n').length)
      // What was begun is whole or is cut off: a torn line, half a tile.
      appendFileSync(`${out}.part/progress`, '{"files":[["log/ti')
      writeFileSync(`${out}.part/export/left-over`, 'half')
    }
    expect(marks).toEqual(marks.toSorted((a, b) => a - b))
    expect(marks.at(-1)).toBeGreaterThan(5)
    // Meanwhile the log has grown.
    someTransfers(world.one, 1_000, 1_100)
    while ((await integrator(logOf(store)).step(at(61_000))).more);
    keep()
    const last = run(out)
    expect([last.status, last.stderr]).toEqual([0, ''])
    const verdict = await verifyBundle(out, pinText)
    expect([verdict.exit, verdict.findings]).toEqual([0, []])
    expect(verdict.logs[0]!.size).toBe(size)
    const told = readFileSync(join(out, 'views/transfers.jsonl'), 'utf8').trimEnd().split('\n')
    expect(new Set(told.map((line) => JSON.parse(line).transfer)).size).toBe(told.length)
    expect(told.length).toBeGreaterThan(500)
    expect(readdirSync(home).toSorted()).toEqual(['killed', 'log'])
    const all = readdirSync(out, { recursive: true, encoding: 'utf8' }).map((path) =>
      (statSync(join(out, path)).mode & 0o777).toString(8),
    )
    expect(new Set(all)).toEqual(new Set(['600', '700']))
    expect(readdirSync(out)).not.toContain('left-over')
  })

  test('is byte for byte what one that was not killed is', async () => {
    await broken(place('twice'), 900)
    expect(readdirSync(place('twice.part')).toSorted()).toEqual(['export', 'progress'])
    await writeBundle(store, { ...same, out: place('twice') })
    await writeBundle(store, { ...same, out: place('once') })
    const sums = (name: string) => readFileSync(join(place(name), 'SHA256SUMS'), 'utf8')
    expect(sums('twice')).toBe(sums('once'))
  })

  test('reads no leaf again that it has written, but for the last', async () => {
    await broken(place('less'), 900)
    const { asked, store: seen } = watched()
    await writeBundle(seen, { ...same, out: place('less') })
    expect(asked).toEqual([767, 768])
  })
})

describe('the views of an export that is broken off', () => {
  const views = (of = 'plain') => ({
    of,
    write: (folder: ViewFolder, leaves: LeavesFrom) =>
      writeViews(folder, leaves, {}, wordsOf('en', undefined), async () => undefined),
  })
  const read = (name: string) => readFileSync(join(place(name), 'SHA256SUMS'), 'utf8')
  /** Breaks off in the views, after so many of their records. @param trees false: the tree is whole already */
  const cut = (after: number, trees = true) => {
    let left = after
    return {
      ...store,
      leaves: async function* (...which: Parameters<typeof store.leaves>) {
        for await (const leaf of store.leaves(...which)) {
          if (!trees && (left -= 1) < 0) throw new Error('no space left')
          yield leaf
        }
        // the tree is whole before the views are begun
        if (which[2] >= size) trees = false
      },
    }
  }
  const begun = async (name: string, after: number, trees = true): Promise<void> => {
    const ended = writeBundle(cut(after, trees), { ...same, out: place(name), views: views() })
    await expect(ended).rejects.toThrow('no space left')
  }

  test('go on at their last mark and are byte for byte what they would have been, wherever they broke off', async () => {
    await writeBundle(store, { ...same, out: place('unbroken'), views: views() })
    for (const after of [0, 1, 255, 256, 257, 700, size - 1]) {
      const name = `cut-${after}`
      await begun(name, after)
      const { asked, store: seen } = watched()
      await writeBundle(seen, { ...same, out: place(name), views: views() })
      expect(read(name), name).toBe(read('unbroken'))
      expect(Math.max(...asked)).toBe(after - (after % 256))
    }
    for (const [i, after] of [300, 300, 300, 300].entries()) await begun('again', after, i === 0)
    await writeBundle(store, { ...same, out: place('again'), views: views() })
    expect(read('again')).toBe(read('unbroken'))
  })

  test('are told anew if the words have changed', async () => {
    await begun('words', 700)
    await writeBundle(store, { ...same, out: place('words'), views: views('other') })
    expect(read('words')).toBe(read('unbroken'))
  })

  test('are refused if a file of them, or their note, is not as it was written', async () => {
    await begun('bent', 700)
    const again = () => writeBundle(store, { ...same, out: place('bent'), views: views() })
    const part = place('bent.part')
    for (const [path, words] of [
      ['export/views/transfers.csv', 'not as it was written'],
      ['views', 'cannot be read'],
    ] as const) {
      const bytes = readFileSync(join(part, path))
      writeFileSync(join(part, path), Buffer.concat([Buffer.from('x'), bytes.subarray(1)]))
      await expect(again()).rejects.toThrow(words)
      writeFileSync(join(part, path), bytes)
    }
    await again()
    expect(read('bent')).toBe(read('unbroken'))
  })
})

describe('a half export is not gone on with', () => {
  const out = place('half')
  const part = `${out}.part`
  const refused = (words: string, more: object = {}, of = store) =>
    expect(writeBundle(of, { ...same, out, ...more })).rejects.toThrow(words)

  test('for another question or another key', async () => {
    await broken(out, 900)
    const files = readdirSync(part, { recursive: true })
    await refused('another question', { question: { lang: 'fr' } })
    await refused('another question', { access: readVkey(vkeyOf(signerOf('access'))) })
    await expect(writeBundle(store, { ...same, out, question: {} })).rejects.toThrow(Misconfigured)
    expect(readdirSync(part, { recursive: true })).toEqual(files)
  })

  test('of another log under the same key', async () => {
    const other = (await aLog(700)).store
    await refused('of another log', {}, other)
    await refused('of another log', {}, (await aLog(20)).store)
  })

  test('while somebody else writes it', async () => {
    writeFileSync(join(part, 'lock'), String(process.ppid))
    await refused('Another export')
    rmSync(join(part, 'lock'))
  })

  test.each([
    ['a tile of it was changed', 'export/log/tile/0/001'],
    ['its readable lines were changed', 'export/entries.jsonl'],
  ])('if %s', async (_what, path) => {
    const bytes = readFileSync(join(part, path))
    const changed = Buffer.from(bytes)
    changed[17]! ^= 1
    writeFileSync(join(part, path), changed)
    await refused('not as it was written')
    truncateSync(join(part, path), 20)
    await refused('not as it was written')
    rmSync(join(part, path))
    await refused('not as it was written')
    writeFileSync(join(part, path), bytes)
  })

  test('if records were pruned meanwhile', async () => {
    const rows = store.rows.evidence
    const leaves = rows.leaves
    rows.leaves = [...leaves, { ...leaves.at(-1)!, kind: 'prune', index: leaves.length }]
    await refused('pruned since')
    rows.leaves = leaves
  })

  test('if its note cannot be read, or it is none', async () => {
    const note = readFileSync(join(part, 'progress'))
    writeFileSync(join(part, 'progress'), 'no note\n')
    await refused('cannot be read')
    writeFileSync(join(part, 'progress'), note)
    writeFileSync(join(part, 'mine'), '')
    await refused('is no half export')
    rmSync(join(part, 'mine'))
    await writeBundle(store, { ...same, out })
    expect((await verifyBundle(out, pinText)).exit).toBe(0)
  })

  test('if the whole one is there: killed before it could tidy', async () => {
    mkdirSync(part)
    writeFileSync(join(part, 'progress'), '')
    await refused('already there')
    expect(existsSync(part)).toBe(false)
  })
})

test('the note of an export: any bytes are read or refused in words', () => {
  const line = beginLine({ made: '2026-11-01T00:00:00.000Z', question: '{}', heads: [] })
  const sha256 = 'a'.repeat(64)
  const file = { path: 'log/tile/0/000', size: 8192, sha256 }
  const tree = { at: 'log', leaves: 256, path: 'entries.jsonl', size: 9, sha256 }
  const whole = Buffer.concat([
    line,
    markLine({ files: [file], tree }),
    markLine({ files: [], stage: 'views' }),
  ])
  expect(readProgress(whole)?.trees.get('log')).toEqual(tree)
  expect(readProgress(whole.subarray(0, whole.length - 1))?.stages.size).toBe(0)
  expect(readProgress(Buffer.alloc(0))).toBeUndefined()
  const outside = markLine({ files: [{ ...file, path: '../../etc' }] })
  expect(() => readProgress(Buffer.concat([line, outside]))).toThrow(Misconfigured)
  const tried = (bytes: Buffer): boolean => {
    try {
      readProgress(bytes)
      return true
    } catch (error) {
      return error instanceof Misconfigured
    }
  }
  assert(property(uint8Array({ maxLength: 200 }), (bytes) => tried(Buffer.from(bytes))))
  assert(property(json(), (text) => tried(Buffer.concat([line, Buffer.from(`${text}\n`)]))))
  assert(
    property(nat(whole.length - 1), nat(255), (i, byte) => {
      const bent = Buffer.from(whole)
      bent[i] = byte
      return tried(bent)
    }),
  )
})
