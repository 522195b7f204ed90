/**
 * Milliseconds of this thread's processor per megabyte of the rows of bench/detection/hostile.ts at 1.25, 2.5, 5 and 10 MB: a step that is linear
 * keeps its figure. Counted work per character stands beside; a payload above what is allowed (detect/budget.ts) would be
 * refused with CLASSIFY_BUDGET and is marked. The last column is the growth of the time for the last doubling.
 * Run: node --expose-gc bench/linear.ts [--most MB, default 10] [--only WORD OF A ROW]
 */
import { parseArgs } from 'node:util'
import { unitsPerCharacter } from '../src/detect/budget.ts'
import { hostileRows, prepare } from './detection/hostile.ts'

const { values } = parseArgs({
  options: { most: { type: 'string', default: '10' }, only: { type: 'string' } },
})
const most = Number(values.most)
const sizes = [most / 8, most / 4, most / 2, most]
const allowed = unitsPerCharacter
const rows = hostileRows.filter(
  ({ step, title }) => values.only === undefined || `${step}: ${title}`.includes(values.only),
)

const line = (cells: readonly string[]): void =>
  console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(58) : cell.padStart(9))).join(' '))

line(['ms per MB', ...sizes.map((size) => `${size} MB`), 'units', 'growth'])
for (const row of rows) {
  await prepare(row, 100_000).run()
  const times: number[] = []
  let units = 0
  for (const size of sizes) {
    const payload = prepare(row, size * 1e6)
    globalThis.gc?.()
    const start = process.threadCpuUsage()
    const { spent } = await payload.run()
    const { user, system } = process.threadCpuUsage(start)
    times.push((user + system) / 1e3 / (payload.bytes / 1e6))
    units = spent / payload.bytes
  }
  line([
    `${row.step}: ${row.title}`,
    ...times.map((time) => time.toFixed(0)),
    `${units.toFixed(0)}${units > allowed ? ' !' : ''}`,
    ((2 * times.at(-1)!) / times.at(-2)!).toFixed(2),
  ])
}
