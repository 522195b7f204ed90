/** The thread of hall.ts: it reads and classifies large payloads, one at a time, and keeps nothing of them. */
import { type ClassifyOptions, type Detector, makeDetector } from '../detect/classify.ts'
import type { OwnRecogniser } from '../detect/own/own.ts'
import type { Incoming } from '../model/document.ts'
import { read, readAnswer, type ReadLimits } from '../payload/read.ts'
import { identifiersIn } from './identifiers.ts'
import { buffersOf, pack } from './packed.ts'
import { serveJobs } from './thread-side.ts'
import { Over } from './thread-talk.ts'

let plain: Detector | undefined
let last: { readonly named: string; readonly detector: Detector } | undefined

/** Ours, or the one that this policy's own recognisers make; the last one is kept. */
const detectorOf = (own: readonly OwnRecogniser[]): Detector => {
  if (own.length === 0) return (plain ??= makeDetector())
  const named = JSON.stringify(own)
  if (last?.named !== named) last = { named, detector: makeDetector(own) }
  return last.detector
}

/** A body that crossed as bytes. */
const bodyOf = ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

const jobs = {
  inspect: async ({
    incoming,
    options,
    limits,
    own,
  }: {
    incoming: Omit<Incoming, 'body'> & { readonly body: Uint8Array<ArrayBuffer> }
    options: ClassifyOptions
    limits: ReadLimits
    own: readonly OwnRecogniser[]
  }) => {
    const document = read({ ...incoming, body: bodyOf(incoming.body) }, limits)
    const packed = pack(document, await detectorOf(own).classify(document, options))
    return new Over(packed, buffersOf(packed))
  },
  identifiers: ({
    type,
    body,
    limits,
    work,
  }: {
    type: string | undefined
    body: Uint8Array<ArrayBuffer>
    limits: ReadLimits
    work: number
  }) => {
    const document = readAnswer(type, bodyOf(body), limits)
    const spans = document === undefined ? new Int32Array() : identifiersIn(document, detectorOf([]), work)
    return new Over(spans, [spans.buffer])
  },
}

export type Jobs = typeof jobs

serveJobs(jobs)
