/**
 * Scores the detector on labelled payloads. Run: node bench/eval-payloads.ts DIR [--all]
 * DIR holds the files and labels.json: {"files":[{"file","encoding"?,"labels":[{"path","value","status","n"?}]}]}.
 * A personal leaf counts as found if findings that act cover half of its letters and digits; a leaf that is not
 * personal is a false alarm if any acts on it. Context types (date, org) and free text are no findings of a person.
 * Misses are printed by path, never by value.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeDetector } from '../src/detect/classify.ts'
import type { Finding } from '../src/model/finding.ts'
import type { Leaf } from './payloads/leaf.ts'
import { documentOf, readLeaves } from './payloads/read.ts'

interface Label {
  readonly path: string
  readonly value: unknown
  readonly status: 'personal' | 'organisation' | 'not_personal' | 'ambiguous'
  readonly type?: string
  /** Of a column: how many rows it stands for. */
  readonly n?: number
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false } },
})
const named = positionals[0] ?? '../shared/data/payloads'
const folder = [named, join(named, 'payloads')].find((one) => existsSync(join(one, 'labels.json')))
if (folder === undefined) {
  console.error(`There is no labels.json in ${named}: give a folder with labelled payloads.`)
  process.exit(2)
}
const { files } = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as {
  files: { file: string; encoding?: string; labels: Label[] }[]
}

const detector = makeDetector()
const counted = (one: Finding): boolean =>
  one.confidence >= 0.5 && !['freetext', 'date', 'org'].includes(one.category)
const isLetter = /[\p{L}\p{N}]/u

/** The part of a leaf that a label speaks of: all of it, or its value where the leaf holds more. */
const partOf = (leaf: Leaf, label: Label): readonly [number, number] => {
  const value = typeof label.value === 'string' ? label.value : ''
  const at = value === '' ? -1 : leaf.text.indexOf(value)
  return at < 0 ? [0, leaf.text.length] : [at, at + value.length]
}

/** Share of letters and digits of the part that findings cover. */
const covered = (
  text: string,
  [from, to]: readonly [number, number],
  found: readonly Finding[],
): [number, number] => {
  let all = 0
  let hit = 0
  for (let at = from; at < to; at++) {
    if (!isLetter.test(text.charAt(at))) continue
    all++
    if (found.some((one) => one.start <= at && at < one.end)) hit++
  }
  return [hit, all]
}

const sums = { personal: [0, 0], organisation: [0, 0], not_personal: [0, 0], unread: 0 }
const lines: string[] = []

for (const { file, encoding, labels } of files) {
  const bytes = readFileSync(join(folder, file))
  const text = new TextDecoder((encoding ?? 'utf-8').replace('latin-', 'latin'))
    .decode(bytes)
    .replace(/^\uFEFF/, '')
  const leaves = readLeaves(file, text)
  const { findings } = await detector.classify(documentOf(leaves), { today: '2026-11-27', places: [] })
  const own: Finding[][] = leaves.map(() => [])
  for (const one of findings) if (counted(one)) own[one.field]!.push(one)
  const byLabel = new Map<string, number[]>()
  leaves.forEach((leaf, index) => byLabel.set(leaf.label, [...(byLabel.get(leaf.label) ?? []), index]))

  const tally = { personal: [0, 0], organisation: [0, 0], not_personal: [0, 0] }
  for (const label of labels) {
    if (label.status === 'ambiguous') continue
    const at =
      byLabel.get(label.path) ??
      leaves.flatMap((leaf, index) => (leaf.text === String(label.value) ? [index] : []))
    const row = tally[label.status]
    row[1]!++
    const name = `${label.status.padEnd(12)} ${label.path} (${label.type ?? ''})`
    if (at.length === 0) {
      sums.unread++
      lines.push(`  unread  ${file} ${name}`)
      continue
    }
    const said = [...new Set(at.flatMap((one) => own[one]!.map(({ category }) => category)))].join(' ')
    if (label.status === 'personal') {
      const parts = at.map((one) => covered(leaves[one]!.text, partOf(leaves[one]!, label), own[one]!))
      const hit = parts.reduce((sum, [one]) => sum + one, 0)
      const all = parts.reduce((sum, [, one]) => sum + one, 0)
      // A column is found only if its rows are.
      if (hit >= all * (label.n === undefined ? 0.5 : 0.98)) row[0]!++
      else lines.push(`  missed  ${file} ${name} ${said}`)
    } else if (said !== '') {
      row[0]!++
      if (label.status === 'not_personal' || values.all) lines.push(`  alarm   ${file} ${name} ${said}`)
    }
  }
  console.log(
    `${file.padEnd(38)} personal ${tally.personal.join('/').padStart(8)}   not personal, alarms ${tally.not_personal.join('/').padStart(6)}   organisation, found ${tally.organisation.join('/')}`,
  )
  for (const status of ['personal', 'organisation', 'not_personal'] as const) {
    sums[status][0]! += tally[status][0]!
    sums[status][1]! += tally[status][1]!
  }
}

const share = ([part = 0, all = 0]: number[]) => (all === 0 ? '–' : (part / all).toFixed(4))
console.log(
  `\nrecall on personal leaves ${share(sums.personal)} (${sums.personal.join(' of ')})\nfalse alarms on not personal ${share(sums.not_personal)} (${sums.not_personal.join(' of ')})\nleaves of organisations found ${share(sums.organisation)}, not scored; labels without a leaf ${sums.unread}`,
)
for (const line of lines) console.log(line)
