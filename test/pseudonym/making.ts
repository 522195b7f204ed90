/** Documents, findings and decisions by hand: what detect/ and policy/ would say, without them. */
import { randomBytes } from 'node:crypto'
import type { Category } from '../../src/model/category.ts'
import type { Decision, Treatment } from '../../src/model/decision.ts'
import type { Document, PathNode } from '../../src/model/document.ts'
import type { Classification, Finding, RecordPlace } from '../../src/model/finding.ts'
import { read } from '../../src/payload/read.ts'
import { Keys } from '../../src/pseudonym/keys.ts'
import type { ShredKeys } from '../../src/pseudonym/keys.ts'
import { memoryVault } from '../../src/pseudonym/memory-vault.ts'
import type { MemoryVault } from '../../src/pseudonym/memory-vault.ts'
import { restore } from '../../src/pseudonym/restore.ts'
import type { Restored, RestoreAsk } from '../../src/pseudonym/restore.ts'
import type { Sent } from '../../src/pseudonym/sent.ts'
import { nothingSent } from '../../src/pseudonym/sent.ts'
import { spell } from '../../src/pseudonym/token.ts'
import { treat } from '../../src/pseudonym/treat.ts'
import type { Treated, TreatAsk } from '../../src/pseudonym/treat.ts'

export const json = (body: unknown, target = '/x'): Document =>
  raw(typeof body === 'string' ? body : JSON.stringify(body), target)

export const raw = (body: string, target = '/x', type = 'application/json'): Document =>
  read({ method: 'POST', target, headers: [['content-type', type]], body: Buffer.from(body) })

export const shredKeys = (): ShredKeys & { months: Map<string, Buffer> } => {
  const months = new Map([['2026-11', randomBytes(32)]])
  return {
    months,
    current: () => ({ month: '2026-11', key: months.get('2026-11')! }),
    of: (month) => months.get(month),
  }
}

/** `{field key: category or [category, treatment]}`: every leaf under that key is a finding as a whole. */
export type Marks = Readonly<Record<string, Category | readonly [Category, Treatment | Treatment['name']]>>

/** A span of a free text. */
export interface Span {
  readonly key: string
  readonly text: string
  readonly category: Category
  readonly treatment?: Treatment
}

const pseudonymise: Treatment = { name: 'pseudonymise' }

/** Nearest enclosing array element, or an object that is named as a record of its own; else the document. */
const recordNode = (path: PathNode | null, own: readonly string[]): PathNode | null => {
  for (let node = path; node !== null; node = node.up)
    if (typeof node.step === 'number' || own.includes(node.step)) return node
  return null
}

export const judged = (
  document: Document,
  marks: Marks,
  {
    spans = [],
    own = [],
    destination = 'third',
  }: {
    readonly spans?: readonly Span[]
    readonly own?: readonly string[]
    readonly destination?: 'third' | 'adequate' | 'eea'
  } = {},
): { readonly classification: Classification; readonly decision: Decision } => {
  const findings: Finding[] = []
  const treatments: { finding: number; treatment: Treatment; rules: string[] }[] = []
  const records: RecordPlace[] = []
  const nodes: (PathNode | null)[] = []
  const recordOf = (path: PathNode | null): number => {
    const node = recordNode(path, own)
    if (!nodes.includes(node)) {
      nodes.push(node)
      records.push({ path: node, child: false })
    }
    return nodes.indexOf(node)
  }
  const add = (field: number, start: number, end: number, category: Category, treatment: Treatment): void => {
    const record = recordOf(document.fields[field]!.path)
    treatments.push({ finding: findings.length, treatment, rules: ['test'] })
    findings.push({
      field,
      start,
      end,
      category,
      confidence: 1,
      recogniser: 'test',
      evidence: 'marked',
      record,
    })
  }
  for (const field of document.fields) {
    const mark = Object.hasOwn(marks, field.key) ? marks[field.key] : undefined
    const held = spans.filter(({ key, text }) => key === field.key && field.text.includes(text))
    if (field.place !== 'key' && field.place !== 'parameter') {
      if (held.length > 0) add(field.index, 0, field.text.length, 'freetext', { name: 'allow' })
      for (const { text, category, treatment } of held) {
        const start = field.text.indexOf(text)
        add(field.index, start, start + text.length, category, treatment ?? pseudonymise)
      }
      if (mark !== undefined) {
        const [category, treatment] = typeof mark === 'string' ? [mark, pseudonymise] : mark
        add(
          field.index,
          0,
          field.text.length,
          category,
          typeof treatment === 'string' ? { name: treatment } : treatment,
        )
      }
    }
  }
  const route = {
    ...{ client: 'moreau', provider: 'tana', purpose: 'payroll', class: destination },
    ...{ countries: [], ground: [], ground_ref: [] },
  }
  return {
    classification: { findings, records },
    decision: {
      ...{ verdict: 'treat', route, treatments, spoken: [], notes: [], counts: {}, weak: 0, bundle: '' },
    },
  }
}

/** One client's house: keys, a vault, and transfers through it. */
export interface House {
  readonly keys: Keys
  readonly vault: MemoryVault
  readonly shred: ReturnType<typeof shredKeys>
  send(document: Document, marks: Marks, over?: Over): Promise<Sending>
  answer(body: unknown, over?: Partial<RestoreAsk> & { readonly sent?: Sent }): Promise<Answered>
}
export type Over = Partial<TreatAsk> & Parameters<typeof judged>[2]
export interface Sending extends Treated {
  readonly out: string
  readonly target: string
}
export interface Answered extends Restored {
  readonly out: string
}

export const house = (): House => {
  const shred = shredKeys()
  const keys = Keys.open({ master: randomBytes(32), shred })
  const vault = memoryVault()
  return {
    keys,
    vault,
    shred,
    send: async (document, marks, over = {}) => {
      const ask: TreatAsk = {
        ...{ document, ...judged(document, marks, over) },
        ...{ client: 'moreau', provider: 'tana', language: 'fr', purpose: 'payroll' },
        ...{ rules: { retention_days: 400, scope: 'provider' }, tid: randomBytes(16).toString('hex') },
        ...{ keys, recall: vault, now: new Date() },
        ...over,
      }
      // As the gateway does: a Clash means recall, treat and commit again.
      for (let attempt = 0; attempt < 3; attempt++) {
        const treated = await treat(ask)
        if (!vault.keep(treated.keep)) continue
        const { body, target } = document.write(treated.edits)
        return { ...treated, out: body.toString(), target }
      }
      throw new Error('three clashes')
    },
    answer: async (body, over = {}) => {
      const document = json(body)
      const ask = {
        document,
        client: 'moreau',
        provider: 'tana',
        sent: nothingSent,
        recall: vault,
        keys,
        origins: [],
      }
      const restored = await restore({ ...ask, ...over })
      return { ...restored, out: (over.document ?? document).write(restored.edits).body.toString() }
    },
  }
}

/** `NAME-7Q4K-DM2X-R???` with its true check symbols. */
export const tokenOf = (): string => spell('name', '7Q4KDM2XR', 'en')
