/** The thread of hall.ts: it reads and classifies large payloads, one at a time, and keeps nothing of them. */
import { type ClassifyOptions, makeDetector } from '../detect/classify.ts'
import type { Incoming } from '../model/document.ts'
import { read, readAnswer, type ReadLimits } from '../payload/read.ts'
import { identifiersIn } from './identifiers.ts'
import { buffersOf, pack } from './packed.ts'
import { Over, serveJobs } from './thread-side.ts'

const detector = makeDetector()

/** A body that crossed as bytes. */
const bodyOf = ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

const jobs = {
  inspect: async ({
    incoming,
    options,
    limits,
  }: {
    incoming: Omit<Incoming, 'body'> & { readonly body: Uint8Array<ArrayBuffer> }
    options: ClassifyOptions
    limits: ReadLimits
  }) => {
    const document = read({ ...incoming, body: bodyOf(incoming.body) }, limits)
    const packed = pack(document, await detector.classify(document, options))
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
    const spans = document === undefined ? new Int32Array() : identifiersIn(document, detector, work)
    return new Over(spans, [spans.buffer])
  },
}

export type Jobs = typeof jobs

serveJobs(jobs)
