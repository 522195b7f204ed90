/**
 * A tool that is not ours, and knows only c2sp.org/tlog-tiles, reads an exported tree: fsck of transparency-dev/tessera.
 * `go install github.com/transparency-dev/tessera/cmd/fsck@v1.0.2`, then TESSERA_FSCK=…/fsck (or it is found in Go's bin).
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exported } from './forge.ts'
import type { Exported } from './forge.ts'
import { aLog, pinText } from './world.ts'

const candidates = [
  process.env['TESSERA_FSCK'],
  join(process.env['GOBIN'] ?? '/nonexistent', 'fsck'),
  join(process.env['GOPATH'] ?? join(homedir(), 'go'), 'bin/fsck'),
]
/** Not the fsck of file systems. */
const isIt = (path: string): boolean =>
  existsSync(path) && spawnSync(path, ['--help'], { encoding: 'utf8' }).stderr.includes('storage_url')
const tool = candidates.find((path): path is string => path !== undefined && isIt(path))

describe.skipIf(tool === undefined)('the fsck of Tessera (skipped where it is not installed)', () => {
  let bundle: Exported
  beforeAll(async () => {
    bundle = await exported((await aLog(600)).store)
    bundle.write('../pin', pinText.split('\n').find((line) => line.includes('/transfers+')) ?? '')
  })
  afterAll(() => bundle.done())
  beforeEach(() => bundle.restore())
  /** The size that it took; undefined: it did not. It ends with 0 whatever it finds, or tries for ever: its words count. */
  const fsck = () => {
    const { stderr } = spawnSync(
      tool!,
      [`--storage_url=file://${bundle.dir}/log/`, `--public_key=${join(bundle.dir, '../pin')}`, '--ui=false'],
      { encoding: 'utf8', timeout: 8_000 },
    )
    return /Successfully fsck'd log with size (\d+)/.exec(stderr)?.[1]
  }

  test('takes the tree of an export, partial tiles and upper levels too', () => {
    expect(bundle.files().some((path) => path.startsWith('log/tile/1/'))).toBe(true)
    expect(fsck()).toBe('1118')
  })

  test.each(['log/tile/0/000', 'log/tile/1/000.p/4', 'log/tile/entries/001', 'log/checkpoint'])(
    'and not with a byte of %s changed',
    (path) => {
      const bytes = bundle.read(path)
      const bent = Buffer.from(bytes)
      bent[bent.length - 40]! ^= 1
      bundle.write(path, bent)
      expect(fsck()).toBeUndefined()
      bundle.write(path, bytes)
      expect(fsck()).toBe('1118')
    },
  )
})
