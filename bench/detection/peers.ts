import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { Labelled } from '../eval/corpora.ts'
import type { Found } from '../eval/score.ts'
import { categoryOf } from './kinds.ts'

/** What a tool found in each text, and how many seconds of processor time its ordinary call took for all of them. */
export interface Findings {
  readonly found: readonly (readonly Found[])[]
  readonly seconds: number
}

export interface Tool {
  readonly name: string
  run(docs: readonly Labelled[]): Promise<Findings>
}

/** Seconds of this process, all its threads. */
const timed = async (work: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

export const inProcess = (name: string, find: (text: string) => Found[] | Promise<Found[]>): Tool => ({
  name,
  async run(docs) {
    const found: Found[][] = []
    for (const { text } of docs.slice(0, 20)) await find(text)
    const seconds = await timed(async () => {
      for (const { text } of docs) found.push(await find(text))
    })
    return { found, seconds }
  },
})

/**
 * A library that only redacts: each of its rules is run by itself with a sign of ours as replacement, which tells
 * where it matched; of rules that overlap, the one it runs first keeps the place. Timed is its ordinary call.
 */
const redactor = (
  name: string,
  rules: readonly { kind: string; redact: (text: string) => string }[],
  ordinary: (text: string) => string,
): Tool => ({
  name,
  async run(docs) {
    const found = docs.map(({ text }) => {
      const taken = new Uint8Array(text.length)
      return rules.flatMap(({ kind, redact }) =>
        replaced(text, redact(text)).flatMap(({ start, end }) => {
          if (taken.subarray(start, end).includes(1)) return []
          taken.fill(1, start, end)
          return [{ start, end, category: categoryOf(kind) }]
        }),
      )
    })
    const seconds = await timed(async () => {
      for (const { text } of docs) ordinary(text)
    })
    return { found, seconds }
  },
})

const sign = '\u{e000}'

/** What of `text` the signs in `redacted` stand for; the pieces between them are the text's own, in order. */
const replaced = (text: string, redacted: string): { start: number; end: number }[] => {
  const pieces = redacted.split(sign)
  const spans: { start: number; end: number }[] = []
  let at = pieces[0]!.length
  pieces.slice(1).forEach((piece, index) => {
    const last = index === pieces.length - 2
    const next = last ? text.length - piece.length : piece === '' ? at + 1 : text.indexOf(piece, at + 1)
    const end = next < at ? at : next
    if (end > at) spans.push({ start: at, end })
    at = end + piece.length
  })
  return spans
}

type Load = (name: string) => never

const openredaction = (load: Load): Tool => {
  const { OpenRedaction } = load('openredaction') as {
    OpenRedaction: new () => {
      detect(text: string): Promise<{ detections: { type: string; position: [number, number] }[] }>
    }
  }
  const one = new OpenRedaction()
  return inProcess('openredaction', async (text) =>
    (await one.detect(text)).detections.map(({ type, position: [start, end] }) => ({
      start,
      end,
      category: categoryOf(type),
    })),
  )
}

const redactPii = (load: Load): Tool => {
  const { SyncRedactor } = load('redact-pii') as {
    SyncRedactor: new (options?: unknown) => { redact(text: string): string }
  }
  const kinds =
    'creditCardNumber streetAddress zipcode phoneNumber ipAddress usSocialSecurityNumber emailAddress username password credentials digits url names'.split(
      ' ',
    )
  const rules = kinds.map((kind) => {
    const others = kinds.filter((other) => other !== kind).map((other) => [other, { enabled: false }])
    const one = new SyncRedactor({ globalReplaceWith: sign, builtInRedactors: Object.fromEntries(others) })
    return { kind, redact: (text: string) => one.redact(text) }
  })
  const whole = new SyncRedactor()
  return redactor('redact-pii', rules, (text) => whole.redact(text))
}

const redactpii = (load: Load): Tool => {
  const { Redactor } = load('@redactpii/node') as {
    Redactor: new (options?: unknown) => { redact(text: string): string }
  }
  const rules = ['CREDIT_CARD', 'EMAIL', 'NAME', 'PHONE', 'SSN'].map((kind) => {
    const one = new Redactor({ rules: { [kind]: true }, globalReplaceWith: sign })
    return { kind, redact: (text: string) => one.redact(text) }
  })
  const whole = new Redactor()
  return redactor('@redactpii/node', rules, (text) => whole.redact(text))
}

interface View {
  json(options: unknown): { offset: { start: number; length: number } }[]
}

const compromise = (load: Load): Tool => {
  const nlp = load('compromise') as (text: string) => Record<string, () => View>
  const kinds = ['people', 'places', 'organizations', 'emails', 'phoneNumbers', 'urls'] as const
  const names: Readonly<Record<string, string>> = { people: 'PERSON', urls: 'URL' }
  return inProcess('compromise', (text) => {
    const view = nlp(text)
    return kinds.flatMap((kind) =>
      view[kind]!()
        .json({ offset: true, terms: false })
        .map(({ offset: { start, length } }) => ({
          start,
          end: Math.min(text.length, start + length),
          category: categoryOf(names[kind] ?? kind),
        })),
    )
  })
}

const makers: Readonly<Record<string, (load: Load) => Tool>> = {
  openredaction,
  'redact-pii': redactPii,
  '@redactpii/node': redactpii,
  compromise,
}

/** The npm peers that are installed in this folder, and the names of those that are not. */
export const npmPeers = (folder: string | undefined): { tools: Tool[]; missing: string[] } => {
  const tools: Tool[] = []
  const missing: string[] = []
  for (const [name, make] of Object.entries(makers)) {
    if (folder === undefined) {
      missing.push(name)
      continue
    }
    const require = createRequire(join(resolve(folder), 'package.json'))
    try {
      require.resolve(name)
    } catch {
      missing.push(name)
      continue
    }
    tools.push(make(require as unknown as Load))
  }
  return { tools, missing }
}
