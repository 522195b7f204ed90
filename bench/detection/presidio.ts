import { spawn } from 'node:child_process'
import { text as read } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Labelled } from '../eval/corpora.ts'
import { categoryOf } from './kinds.ts'
import type { Findings, Tool } from './peers.ts'

interface Scored {
  readonly found: readonly (readonly [start: number, end: number, kind: string, score: number])[]
}

const ask = async (python: string, docs: readonly Labelled[]): Promise<readonly string[]> => {
  const script = fileURLToPath(new URL('presidio.py', import.meta.url))
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
  child.stdin.end(docs.map(({ lang, text }) => JSON.stringify({ lang, text })).join('\n'))
  const [out, code] = await Promise.all([read(child.stdout), ended])
  if (code !== 0) throw new Error(`presidio.py ended with ${code}`)
  return out.split('\n').filter((line) => line !== '')
}

/** Presidio twice: all that it finds, and what it finds from score 0.5, as we count ours. One process answers both. */
export const presidio = (python: string): readonly Tool[] => {
  const answers = new Map<readonly Labelled[], Promise<readonly string[]>>()
  const tool = (name: string, least: number): Tool => ({
    name,
    async run(docs): Promise<Findings> {
      if (!answers.has(docs)) answers.set(docs, ask(python, docs))
      const [head, ...lines] = await answers.get(docs)!
      return {
        seconds: (JSON.parse(head!) as { cpu: number }).cpu,
        found: lines.map((line, at) => {
          const units = unitsOf(docs[at]!.text)
          return (JSON.parse(line) as Scored).found
            .filter(([, , , score]) => score >= least)
            .map(([start, end, kind]) => ({
              start: units(start),
              end: units(end),
              category: categoryOf(kind),
            }))
        }),
      }
    },
  })
  return [tool('presidio, all', 0), tool('presidio, from 0.5', 0.5)]
}

/** Code points to UTF-16 code units. */
const unitsOf = (text: string): ((point: number) => number) => {
  const points = [...text]
  if (points.length === text.length) return (point) => point
  const offsets = [0]
  for (const point of points) offsets.push(offsets.at(-1)! + point.length)
  return (point) => offsets[point]!
}
