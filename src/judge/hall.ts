/**
 * Where the gateway looks into payloads. Small ones are read and classified where they stand; those above 256 KiB
 * in a thread that can be ended, while other transfers go on (docs/decisions/0005-large-payloads.md).
 */
import { type Analyser, analyse } from '../detect/analyser.ts'
import type { ClassifyOptions, Detector } from '../detect/classify.ts'
import { Refused } from '../errors.ts'
import type { Document, Incoming } from '../model/document.ts'
import { inPieces } from '../model/pieces.ts'
import { read, readAnswerInPieces, readInPieces } from '../payload/read.ts'
import type { ReadLimits } from '../payload/read.ts'
import type { Jobs } from './hall-thread.ts'
import { identifiersIn } from './identifiers.ts'
import { type Inspected, inspectHere } from './inspect.ts'
import { unpack } from './packed.ts'
import { type Lost, openThreads } from './threads.ts'

/** Bytes of a body from which it is looked into elsewhere (design §4). */
export const large = 262_144

/** What one field and one finding weigh in memory until the transfer has ended, in bytes; measured, rounded up. */
export const fieldBytes = 250
const findingBytes = 1_000

/** Work that identifiers of one answer may cost where others wait for it, in units of detect/budget.ts. */
const answerWork = 30_000_000

export interface InspectAsk extends ClassifyOptions {
  /** Aborted when nobody waits for the answer any more; asked for if the payload is large, or an analyser is asked. */
  readonly gone?: () => AbortSignal
  /** Told what the payload will weigh before it is read here; may throw to refuse it. */
  readonly hold?: (bytes: number) => void
}

export interface Hall {
  /**
   * @throws Refused with a code of the phase `reading`, or `before` (media); OVERLOADED, SHUTTING_DOWN; the
   *   signal's reason
   */
  inspect(incoming: Incoming, detector: Detector, ask: InspectAsk): Promise<Inspected>
  /** An answer as a document; undefined if its type is not read, or it is not what its type says. */
  readAnswer(type: string | undefined, body: Buffer): Promise<Document | undefined>
  /**
   * identifiers.ts of an answer that `readAnswer` has read from these bytes.
   * @throws Refused CLASSIFY_BUDGET, CLASSIFY_FAILED, OVERLOADED, SHUTTING_DOWN
   */
  identifiers(
    answer: { readonly document: Document; readonly type: string | undefined; readonly body: Buffer },
    detector: Detector,
  ): Promise<Int32Array>
  /** What it is doing is refused. */
  stop(): Promise<void>
}

export interface HallOptions {
  /** Threads for large payloads; started when they are needed. */
  readonly threads: number
  /** Milliseconds of last resort for one of them, for counted work ends it long before; and for all that an analyser is asked of one payload. */
  readonly ms: number
  readonly memoryMb: number
  /** Large payloads that may wait for a thread. */
  readonly queue: number
  readonly limits: ReadLimits
  /** An analyser that the operator runs beside us; its failure refuses. */
  readonly analyser?: Analyser | undefined
  /** Told of an error that is no refusal, for the process log. */
  readonly onFault?: (error: unknown) => void
}

/** A payload that needs more time or memory than it may have is one of too much work; anything else is our fault. */
const codes: Readonly<Record<Lost, 'CLASSIFY_BUDGET' | 'CLASSIFY_FAILED'>> = {
  time: 'CLASSIFY_BUDGET',
  memory: 'CLASSIFY_BUDGET',
  death: 'CLASSIFY_FAILED',
}

/** An analyser that is given so many milliseconds for all texts of one payload, however diligently it answers each. */
const inAll = ({ analyse: ask }: Analyser, ms: number): Analyser => ({
  async analyse(texts, signal) {
    const time = new AbortController()
    const timer = setTimeout(() => time.abort(new Refused('CLASSIFY_FAILED')), ms)
    try {
      return await ask(texts, signal === undefined ? time.signal : AbortSignal.any([signal, time.signal]))
    } finally {
      clearTimeout(timer)
    }
  },
})

export const openHall = ({ limits, analyser: given, onFault, ...rest }: HallOptions): Hall => {
  const analyser = given && inAll(given, rest.ms)
  const threads = openThreads<Jobs>({
    script: new URL('./hall-thread.ts', import.meta.url),
    lost: (_name, why) => codes[why],
    ...rest,
  })

  const failed = (error: unknown): never => {
    if (error instanceof Refused) throw error
    onFault?.(error)
    throw new Refused('CLASSIFY_FAILED')
  }
  const elsewhere = async (
    incoming: Incoming,
    detector: Detector,
    { signal, hold, today, places }: Omit<InspectAsk, 'gone'> & { readonly signal: AbortSignal | undefined },
  ): Promise<Inspected> => {
    // An analyser is asked from here, so the document is wanted before the thread has seen it.
    const early = analyser && (await readInPieces(incoming, limits))
    if (early !== undefined) hold?.(early.fields.length * fieldBytes)
    const more = early && analyser && { analysed: await analyse(early, analyser, signal) }
    const body = Uint8Array.from(incoming.body)
    const packed = await threads.ask(
      'inspect',
      { incoming: { ...incoming, body }, options: { today, places, ...more }, limits, own: detector.own },
      { signal, transfer: [body.buffer] },
    )
    hold?.((early === undefined ? packed.fields * fieldBytes : 0) + packed.confidence.length * findingBytes)
    const document = early ?? (await readInPieces(incoming, limits))
    return { document, classification: await inPieces(unpack(document, packed)) }
  }

  return {
    async inspect(incoming, detector, ask) {
      const signal = incoming.body.length > large || analyser !== undefined ? ask.gone?.() : undefined
      try {
        if (incoming.body.length > large) return await elsewhere(incoming, detector, { ...ask, signal })
        if (analyser === undefined) return await inspectHere(incoming, detector, ask, limits)
        const document = read(incoming, limits)
        const analysed = await analyse(document, analyser, signal)
        return { document, classification: await detector.classify(document, { ...ask, analysed }) }
      } catch (error) {
        if (signal?.aborted === true) throw error
        return failed(error)
      }
    },
    readAnswer: (type, body) => readAnswerInPieces(type, body, limits),
    async identifiers({ document, type, body }, detector) {
      if (body.length <= large) return identifiersIn(document, detector, answerWork)
      const copy = Uint8Array.from(body)
      const given = { type, body: copy, limits, work: answerWork * 4 }
      return threads.ask('identifiers', given, { transfer: [copy.buffer] }).catch(failed)
    },
    stop: () => threads.stop(),
  }
}
