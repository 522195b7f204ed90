/**
 * Whose a value is: design §8, Subject. A record's person is referenced by its strongest identifier, the
 * others being aliases. Two records are one person only on an equal id; an e-mail speaks for a record that
 * has no id, and only if one person has it (a shared mailbox is nobody); a name or a phone alone joins nothing.
 */
import type { Document } from '../model/document.ts'
import type { Classification, Finding } from '../model/finding.ts'
import { declaredReference, foldName, identifying, nameAndBirth, referenceOf } from './identifier.ts'
import type { Keys } from './keys.ts'
import type { KnownSubject } from './recall.ts'
import { wholes } from './whole.ts'

export interface Subject {
  readonly ref: Buffer
  /** Its stored key, if the vault has one. */
  readonly known: KnownSubject | undefined
  /** Aliases that the vault does not have yet. */
  readonly aliases: readonly Buffer[]
}

type Strength = 'id' | 'email' | 'weak'

interface Identifier {
  readonly hash: Buffer
  readonly strength: Strength
}

export interface SubjectAsk {
  readonly document: Document
  readonly classification: Classification
  /** Positions of the findings that act. */
  readonly acting: ReadonlySet<number>
  readonly client: string
  /** Douane-Subject. */
  readonly subject?: string | undefined
  readonly keys: Keys
  readonly now: Date
}

export interface Subjects {
  /** Refs and aliases to ask the vault for, if the record of this finding or its value is to be sealed. */
  asks(findings: Iterable<number>): Generator<void, Buffer[]>
  /** After recall: the subject of each finding, and by what all persons of the payload can be found again. */
  settle(known: readonly KnownSubject[]): Generator<
    void,
    {
      of(finding: number): Subject
      refs(): Buffer[]
      /**
       * How many people the payload speaks of: who has an identifier counts once, whatever else is said of them;
       * in a record without one each name counts, or the record where there is none, for nobody knows better.
       */
      people(): number
    }
  >
}

/** Findings looked at between two turns of the event loop: each costs a digest. */
const piece = 1_024

const hex = (bytes: Buffer): string => bytes.toString('hex')
const contextOnly = new Set(['date', 'org', 'freetext', 'child'])

/** In pieces: one payload may speak of a hundred thousand persons. */
export function* subjectsOf({
  document,
  classification,
  acting,
  client,
  subject,
  keys,
  now,
}: SubjectAsk): Generator<void, Subjects> {
  const { findings } = classification
  const text = (finding: Finding): string =>
    document.fields[finding.field]!.text.slice(finding.start, finding.end)
  const freeText = new Set(
    findings.filter(({ category }) => category === 'freetext').map(({ field }) => field),
  )
  const whole = wholes()
  const structured = ({ field, start, end }: Finding): boolean =>
    !freeText.has(field) && whole(document.fields[field]!, start, end)

  const personal = [...acting].filter((at) => !contextOnly.has(findings[at]!.category))
  const records = Map.groupBy(personal, (at) => findings[at]!.record)
  /** Words of the record's own names. */
  const names = new Map<number, ReadonlySet<string>>()
  let done = 0
  for (const [record, own] of records) {
    if (++done % piece === 0) yield
    const ofNames = own.filter((at) => findings[at]!.category === 'name' && structured(findings[at]!))
    names.set(record, new Set(ofNames.flatMap((at) => foldName(text(findings[at]!)).split(' '))))
  }

  function* identifiersOf(own: readonly number[]): Generator<void, Identifier[]> {
    const out: Identifier[] = []
    if (subject !== undefined && records.size === 1)
      out.push({ hash: declaredReference(keys, client, subject), strength: 'id' })
    const plain = own.map((at) => findings[at]!).filter(structured)
    for (const category of identifying)
      for (const finding of plain)
        if (finding.category === category) {
          if (++done % piece === 0) yield
          out.push({
            hash: referenceOf(keys, client, category, text(finding)),
            strength: category === 'contact.email' ? 'email' : category === 'contact.phone' ? 'weak' : 'id',
          })
        }
    const birth = plain.find(({ category }) => category === 'birth.date')
    const named = plain.filter(({ category }) => category === 'name').map(text)
    const hash = birth && nameAndBirth(keys, client, named, text(birth), now)
    if (hash !== undefined) out.push({ hash, strength: 'weak' })
    return out
  }
  const identifiers = new Map<number, readonly Identifier[]>()
  for (const [record, own] of records) {
    if (++done % piece === 0) yield
    identifiers.set(record, yield* identifiersOf(own))
  }

  /** Word of a name → the records in which it stands: a batch of thousands is not searched once per sentence. */
  const recordsOf = new Map<string, number[]>()
  for (const record of records.keys())
    for (const word of names.get(record) ?? []) {
      const known = recordsOf.get(word)
      if (known === undefined) recordsOf.set(word, [record])
      else known.push(record)
    }
  /** Records that hold all these words; of more than two only two, for then nobody is meant. */
  const named = (words: readonly string[]): number[] => {
    const lists = words.map((word) => recordsOf.get(word) ?? [])
    const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a))
    const found: number[] = []
    for (const record of shortest) {
      if (words.every((word) => names.get(record)?.has(word) === true)) found.push(record)
      if (found.length === 2) break
    }
    return found
  }

  /** The record whose person a finding speaks of; undefined: the value stands for itself. */
  const recordOf = (finding: Finding): number | undefined => {
    const own = finding.record
    if (finding.category === 'name' && !structured(finding)) {
      const words = foldName(text(finding)).split(' ')
      if (!words.every((word) => names.get(own)?.has(word) === true)) {
        const others = named(words)
        return others.length === 1 && hasIdentity(others[0]!) ? others[0] : undefined
      }
    }
    return hasIdentity(own) ? own : undefined
  }
  const hasIdentity = (record: number): boolean => (identifiers.get(record)?.length ?? 0) > 0
  const valueRef = (finding: Finding): Buffer => referenceOf(keys, client, finding.category, text(finding))

  function* asks(wanted: Iterable<number>): Generator<void, Buffer[]> {
    const out = new Map<string, Buffer>()
    const put = (hash: Buffer): unknown => out.set(hex(hash), hash)
    const asked = new Set<number>()
    for (const at of wanted) {
      if (++done % piece === 0) yield
      const record = recordOf(findings[at]!)
      if (record === undefined) put(valueRef(findings[at]!))
      else if (!asked.has(record)) {
        asked.add(record)
        for (const { hash } of identifiers.get(record)!) put(hash)
      }
    }
    return [...out.values()]
  }

  const settle: Subjects['settle'] = function* (known) {
    const byAsked = Map.groupBy(known, ({ asked }) => hex(asked))
    const persons = yield* persist(identifiers, byAsked)
    return {
      of: (at) => {
        const finding = findings[at]!
        const record = recordOf(finding)
        if (record !== undefined) return persons.get(record)!
        const ref = valueRef(finding)
        return { ref, known: byAsked.get(hex(ref))?.find((row) => row.ref.equals(ref)), aliases: [] }
      },
      // Who is not in the vault has no aliases there: its identifiers are told all.
      refs: () =>
        [...persons.values()].flatMap(({ ref, known: row, aliases }) => (row ? [ref] : [ref, ...aliases])),
      people: () => {
        const identified = new Set([...persons.values()].map(({ ref }) => hex(ref)))
        const others = [...records].map(([record, own]) => {
          const alone = own
            .map((at) => findings[at]!)
            .filter((finding) => finding.category === 'name' && recordOf(finding) === undefined)
          const unnamed = hasIdentity(record) ? 0 : 1
          return Math.max(unnamed, new Set(alone.map((finding) => foldName(text(finding)))).size)
        })
        return others.reduce((sum, each) => sum + each, identified.size)
      },
    }
  }
  return { asks, settle }
}

/** One person for each record that has an identifier; records of one payload meet as stored ones do. */
function* persist(
  identifiers: ReadonlyMap<number, readonly Identifier[]>,
  byAsked: ReadonlyMap<string, readonly KnownSubject[]>,
): Generator<void, Map<number, Subject>> {
  interface Person {
    ref: Buffer
    known: KnownSubject | undefined
    aliases: Map<string, Buffer>
  }
  const byRef = new Map<string, Person>()
  /** id or e-mail → refs of the persons of this payload who have it. */
  const owners = new Map<string, Set<string>>()

  const personOf = (row: KnownSubject): Person => {
    const held = byRef.get(hex(row.ref))
    if (held !== undefined) return held
    const person = { ref: row.ref, known: row, aliases: new Map<string, Buffer>() }
    byRef.set(hex(row.ref), person)
    return person
  }
  /** Who has this identifier: as reference, or as the alias of exactly one. */
  const holder = ({ hash, strength }: Identifier): Person | undefined => {
    const key = hex(hash)
    const rows = byAsked.get(key) ?? []
    const own = rows.find((row) => row.ref.equals(hash))
    if (own !== undefined) return personOf(own)
    if (byRef.has(key)) return byRef.get(key)
    if (strength === 'weak') return undefined
    const refs = new Set([...rows.map((row) => hex(row.ref)), ...(owners.get(key) ?? [])])
    if (refs.size !== 1) return undefined
    const [ref] = refs as Set<string>
    return byRef.get(ref!) ?? personOf(rows.find((row) => hex(row.ref) === ref)!)
  }

  const out = new Map<number, Subject>()
  const hasId = ([, listed]: readonly [number, readonly Identifier[]]): boolean =>
    listed[0]?.strength === 'id'
  let done = 0
  const filled = [...identifiers].filter(([, listed]) => listed.length > 0)
  for (const [record, listed] of [...filled.filter(hasId), ...filled.filter((one) => !hasId(one))]) {
    const strongest = listed[0]!
    const speaking = listed.filter(({ strength }) => strength === strongest.strength)
    let person = speaking.map(holder).find((one) => one !== undefined)
    if (person === undefined) {
      person = { ref: strongest.hash, known: undefined, aliases: new Map() }
      byRef.set(hex(person.ref), person)
    }
    for (const { hash, strength } of listed) {
      if (++done % piece === 0) yield
      const key = hex(hash)
      if (strength !== 'weak') owners.set(key, (owners.get(key) ?? new Set()).add(hex(person.ref)))
      const stored = byAsked.get(key)?.some((row) => row.ref.equals(person.ref)) === true
      if (!hash.equals(person.ref) && !stored) person.aliases.set(key, hash)
    }
    out.set(record, {
      ref: person.ref,
      known: person.known,
      get aliases() {
        return [...person.aliases.values()]
      },
    })
  }
  return out
}
