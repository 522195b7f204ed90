/**
 * Two versions of the detector, in turn in one process: how many times as fast the second is, by processor time, on tickets
 * and, with --data, on the dev texts below 2,000 characters (at most 60 of a corpus). Medians of rounds after a third to warm up.
 * Run: node bench/detection/versions.ts OLD NEW [--data FOLDER] [--rounds 15], each a folder with src/ and node_modules/
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Detector } from '../../src/detect/classify.ts'
import type { Document } from '../../src/model/document.ts'
import { readCorpora } from '../eval/corpora.ts'
import { ticket } from './tickets.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, rounds: { type: 'string', default: '15' } },
})
const [old, young] = positionals
if (old === undefined || young === undefined) throw new Error('node bench/detection/versions.ts OLD NEW')

const load = async (folder: string): Promise<Detector> => {
  const path = resolve(folder, 'src/detect/classify.ts')
  return ((await import(path)) as { makeDetector: () => Detector }).makeDetector()
}
const detectors = [await load(old), await load(young)] as const

const documentOf = (text: string): Document => ({
  media: 'text',
  fields: [{ index: 0, part: 'body', place: 'leaf', kind: 'text', path: null, key: '', text }],
  write: () => ({ body: Buffer.alloc(0), target: '/', headers: [] }),
})

const tickets = Array.from({ length: 2000 }, (_, n) => ticket(n))
const dev =
  values.data === undefined
    ? []
    : readCorpora(join(values.data, 'dev'), 'all').flatMap(({ docs }) =>
        docs
          .map(({ text }) => text)
          .filter((text) => text.length < 2000)
          .slice(0, 60),
      )

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!

/** Each round gives both versions the same texts in pieces, and another of them begins with each piece. */
const piece = 500

const compare = async (
  name: string,
  texts: readonly string[],
  work: (detector: Detector, text: string) => unknown,
): Promise<void> => {
  if (texts.length === 0) return
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const times: [number[], number[]] = [[], []]
  const rounds = Number(values.rounds)
  for (let round = 0; round < rounds; round++) {
    const sums: [number, number] = [0, 0]
    for (let from = 0; from < texts.length; from += piece) {
      for (const which of (round + from / piece) % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const before = process.threadCpuUsage()
        for (const text of texts.slice(from, from + piece)) await work(detectors[which], text)
        const { user, system } = process.threadCpuUsage(before)
        sums[which] += user + system
      }
    }
    if (round * 3 < rounds) continue
    times[0].push(sums[0])
    times[1].push(sums[1])
  }
  const ratio = median(times[0].map((time, round) => time / times[1][round]!))
  const speed = (list: readonly number[]): string =>
    `${(bytes / median(list)).toFixed(2)} (best ${(bytes / Math.min(...list)).toFixed(2)})`
  console.log(
    `${name.padEnd(26)} ${speed(times[0])} → ${speed(times[1])} MB/s, ${ratio.toFixed(2)} times as fast`,
  )
}

const options = { today: '2026-11-23', places: [] }
const whole = (detector: Detector, text: string) => detector.classify(documentOf(text), options)
const identifiers = (detector: Detector, text: string) => detector.identifiers(text)
await compare('tickets, identifiers alone', tickets, identifiers)
await compare('tickets', tickets, whole)
await compare('dev texts, identifiers', dev, identifiers)
await compare('dev texts', dev, whole)
