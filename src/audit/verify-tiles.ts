/** The tree of an export as C2SP tlog-tiles keeps it: bundles of records, and tiles of the hashes over them. */
import { hashesOf, readEntries, tilePath, tileWidth } from './merkle.ts'
import type { HashTile } from './merkle.ts'
import { readSmall } from './verify-files.ts'
import type { Report } from './verify-report.ts'

const maxEntries = tileWidth * (2 + 65_535)

/** A tile as it is in the export against the tile that the records make. */
export const checkTile = (dir: string, folder: string, tile: HashTile, report: Report): void => {
  const path = `${folder}/${tilePath(tile.level, tile.n, tile.width)}`
  const stored = readSmall(dir, path, report)
  if (stored !== undefined && !stored.equals(tile.data)) report.add('tampered', path, 'tile')
}

/** Bundles of records in order; stops at the first that is missing or not whole. */
export function* entryBundles(
  dir: string,
  folder: string,
  size: number,
  report: Report,
): Generator<readonly Buffer[]> {
  for (let n = 0; n * tileWidth < size; n += 1) {
    const width = Math.min(tileWidth, size - n * tileWidth)
    const path = `${folder}/${tilePath('entries', n, width)}`
    const data = readSmall(dir, path, report, maxEntries)
    if (data === undefined) return
    const entries = readEntries(data)
    if (entries?.length !== width) {
      const cut = entries !== undefined && entries.length < width && (n + 1) * tileWidth >= size
      report.add(cut ? 'incomplete' : 'tampered', path, cut ? 'records-too-few' : 'records-other')
      return
    }
    yield entries
  }
}

/** Hashes of the records of one bundle, for those that have lost their bytes; the root proves them. */
export const tileHashes = (
  dir: string,
  folder: string,
  first: number,
  width: number,
  report: Report,
): readonly Buffer[] => {
  const data = readSmall(dir, `${folder}/${tilePath(0, Math.floor(first / tileWidth), width)}`, report)
  return data === undefined ? [] : hashesOf(data)
}
