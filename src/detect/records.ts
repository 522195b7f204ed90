import type { CivilDate } from '../model/register.ts'
import type { Document, Field, PathNode } from '../model/document.ts'
import type { RecordPlace } from '../model/finding.ts'
import { type Budget, spend } from './budget.ts'
import type { Found } from './found.ts'
import { fold } from './fold.ts'
import { meaningOf } from './lexicon.ts'

/** Places where a person's data stand together, and which of them each field belongs to. */
export interface Records {
  readonly records: readonly RecordPlace[]
  readonly recordOf: (field: Field) => number
}

/** What makes an element or object inside a record a record of its own: it names somebody. */
const strong = new Set(['name', 'contact.email', 'id.national', 'id.employee', 'id.customer'])

interface Holder {
  name: boolean
  /** Folded names, to tell whether a nested object names another person. */
  names: Set<string>
  identified: boolean
  own: boolean
}

/**
 * The nearest array element, else the document; a nested object only if it holds a name other than the
 * record's (`emergency_contact`, not `bank`). An element inside a record that names nobody (`bank_accounts[0]`)
 * belongs to that record. Target and headers belong to the document's record.
 */
export const findRecords = (
  document: Document,
  found: readonly (readonly Found[])[],
  today: CivilDate,
  budget: Budget,
): Records => {
  const holders = new Map<PathNode, Holder>()
  const elements = new Set<PathNode>()
  let beside: PathNode | null = null
  for (const field of document.fields) {
    if (field.part !== 'body') continue
    const { path } = field
    const isNamed = path !== null && typeof path.step === 'string'
    // What stands above a field stands above those beside it.
    const isKnown = isNamed && path.up !== null && path.up === beside
    if (isNamed) beside = path.up
    for (let node = isKnown ? null : (path?.up ?? null), below = path; node !== null; node = node.up) {
      spend(budget, 1)
      if (typeof node.step === 'number' && typeof below?.step === 'string') elements.add(node)
      below = node
    }
    const here = found[field.index]!
    if (here.length === 0 || field.place !== 'leaf' || field.path === null) continue
    const parent = container(field.path)
    if (parent === null) continue
    const holder = holders.get(parent) ?? {
      name: false,
      names: new Set<string>(),
      identified: false,
      own: false,
    }
    for (const one of here) {
      if (
        one.confidence < 0.5 ||
        (one.recogniser !== 'key' && one.end - one.start < field.text.trim().length)
      )
        continue
      if (one.category === 'name') {
        holder.name = true
        holder.names.add(field.text.trim().toLowerCase())
      }
      if (strong.has(one.category)) holder.identified = true
    }
    holders.set(parent, holder)
  }

  const places: { path: PathNode | null; child: boolean }[] = [{ path: null, child: false }]
  const numbers = new Map<PathNode | null, number>([[null, 0]])

  const outer = (node: PathNode): PathNode | null => {
    for (let up = node.up; up !== null; up = up.up) if (isRecord(up)) return up
    return null
  }
  const decided = new Map<PathNode, boolean>()
  const isRecord = (node: PathNode): boolean => {
    let yes = decided.get(node)
    if (yes === undefined) {
      yes = decide(node)
      decided.set(node, yes)
    }
    return yes
  }
  const decide = (node: PathNode): boolean => {
    const holder = holders.get(node)
    const around = outer(node)
    if (elements.has(node)) {
      const inside = around !== null || (holders.get(rootOf(node))?.identified ?? false)
      return !inside || (holder?.identified ?? false)
    }
    if (holder === undefined || !holder.name) return false
    const record = around === null ? holders.get(rootOf(node)) : holders.get(around)
    return record !== undefined && record.name && [...holder.names].some((name) => !record.names.has(name))
  }
  const place = (node: PathNode | null): number => {
    let number = numbers.get(node)
    if (number === undefined) {
      number = places.length
      places.push({ path: node, child: false })
      numbers.set(node, number)
    }
    return number
  }
  const byNode = new Map<PathNode, number>()
  const recordOf = (field: Field): number => {
    if (field.part !== 'body' || field.path === null) return 0
    const start = container(field.path)
    if (start === null || start === rootKey) return 0
    let number = byNode.get(start)
    if (number === undefined) {
      let node: PathNode | null = start
      while (node !== null && !isRecord(node)) node = node.up
      number = place(node)
      byNode.set(start, number)
    }
    return number
  }

  for (const field of document.fields) {
    const number =
      found[field.index]!.length > 0 || field.kind === 'boolean' || field.kind === 'number' || affirms(field)
        ? recordOf(field)
        : -1
    if (number >= 0 && saysChild(field, found[field.index]!, today, places[number]!.path))
      places[number]!.child = true
  }
  return { records: places, recordOf }
}

/** Fields of the body's root object share this place, so that the root can be a holder. */
const rootKey: PathNode = { up: null, step: '', ordinal: 0 }
const rootOf = (_node: PathNode): PathNode => rootKey

/** The object or element that holds a leaf: above its own name, above the indices of a plain list. */
const container = (path: PathNode): PathNode | null => {
  let node: PathNode | null = path
  while (node !== null && typeof node.step === 'number') node = node.up
  return node === null ? null : (node.up ?? rootKey)
}

const saysChild = (
  field: Field,
  found: readonly Found[],
  today: CivilDate,
  record: PathNode | null,
): boolean => {
  for (const one of found) {
    if (one.confidence < 0.5) continue
    if (one.category === 'child') return true
    if (one.category === 'birth.date' && under18(field.text.slice(one.start, one.end), today)) return true
    if (one.category === 'age' && Number.parseInt(field.text.slice(one.start, one.end), 10) < 18) return true
  }
  if (field.place !== 'leaf') return false
  const own = meaningOf(field.key)
  if (own.child && (field.text === 'true' || affirms(field) || found.some((one) => one.category === 'name')))
    return true
  if (found.length === 0) return false
  // enfants[0].prenom: the name of the list, between the field and its record.
  for (let node = field.path; node !== null; node = node.up) {
    if (
      typeof node.step === 'string' &&
      node !== field.path &&
      meaningOf(node.step).child &&
      !isAbove(node, record)
    )
      return true
    if (node === record) {
      for (let list = node.up; list !== null; list = list.up) {
        if (typeof list.step === 'string') return meaningOf(list.step).child
      }
      return typeof node.step === 'string' && meaningOf(node.step).child
    }
  }
  return false
}

const isAbove = (node: PathNode, below: PathNode | null): boolean => {
  for (let up = below?.up ?? null; up !== null; up = up.up) if (up === node) return true
  return false
}

const yes: ReadonlySet<string> = new Set('true 1 oui o yes y vrai si sim ja x'.split(' '))

/** `mineur: oui`, `is_minor: 1`; not `enfants: 1`, which counts them. */
const affirms = ({ key, text }: Field): boolean =>
  text.length <= 5 && yes.has(fold(text.trim())) && /mineur|minor/.test(fold(key))

/** The year of a written date; of two digits the later century that is not to come: it may be a child. '' if none. */
const yearOf = (text: string, parts: readonly string[], today: CivilDate): string => {
  const whole = parts.find((part) => part.length === 4) ?? /^\d{8}/.exec(text)?.[0].slice(0, 4)
  if (whole !== undefined) return whole
  const short = parts.length === 3 && parts.every((part) => part.length <= 2) ? parts[2]! : ''
  if (short.length !== 2) return ''
  const late = Number(today.slice(0, 2) + short)
  return String(late > Number(today.slice(0, 4)) ? late - 100 : late)
}

/** Reads the year, month and day of a written date; false if it cannot tell. */
const under18 = (text: string, today: CivilDate): boolean => {
  const parts = text.trim().match(/\d+/g) ?? []
  const year = yearOf(text.trim(), parts, today)
  if (year === '') return false
  const [nowYear = 0, nowMonth = 1, nowDay = 1] = today.split('-').map(Number)
  const age = nowYear - Number(year)
  if (age !== 18) return age >= 0 && age < 18
  const solid = /^\d{8}/.test(text.trim())
  const yearFirst = parts[0]?.length === 4
  const month = solid
    ? Number(text.trim().slice(4, 6))
    : Number((yearFirst ? parts[1] : parts[parts.length - 2]) ?? 1)
  const day = solid ? Number(text.trim().slice(6, 8)) : Number((yearFirst ? parts[2] : parts[0]) ?? 1)
  return month > nowMonth || (month === nowMonth && day > nowDay)
}
