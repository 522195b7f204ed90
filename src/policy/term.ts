/**
 * A `when` as a formula over three values: true, false, and not known yet. A route settles what speaks of the
 * transfer, a category what speaks of the kind of data, a finding the rest. What is not known meets nothing,
 * neither plainly nor under `not`: a rule about findings never fires on a payload that has none.
 */
export type Known = boolean | undefined

/** What an atom must see before it can answer. */
export type About = 'route' | 'category' | 'finding' | 'payload'

export interface Atom {
  readonly op: 'atom'
  readonly about: About
  /** The key of `when` that it came from. */
  readonly key: string
  /** What it names: atoms of one key that name the same answer the same. */
  readonly names: readonly (string | number | boolean)[]
  readonly test: (seen: never) => boolean
}

export type Term =
  | boolean
  | Atom
  | { readonly op: 'all' | 'any'; readonly terms: readonly Term[] }
  | { readonly op: 'not'; readonly term: Term }

const join = (op: 'all' | 'any', terms: readonly Term[]): Term => {
  const settles = op === 'any'
  const open: Term[] = []
  for (const term of terms) {
    if (term === settles) return settles
    if (typeof term !== 'boolean') open.push(term)
  }
  if (open.length === 0) return !settles
  return open.length === 1 ? open[0]! : { op, terms: open }
}

/** Puts in what is known; what stays open stays a term. */
export const simplify = (term: Term, known: (atom: Atom) => Known): Term => {
  if (typeof term === 'boolean') return term
  switch (term.op) {
    case 'atom':
      return known(term) ?? term
    case 'not': {
      const inner = simplify(term.term, known)
      return typeof inner === 'boolean' ? !inner : { op: 'not', term: inner }
    }
    default:
      return join(
        term.op,
        term.terms.map((each) => simplify(each, known)),
      )
  }
}

/** Like `simplify`, without building what stays open. */
export const decide = (term: Term, known: (atom: Atom) => Known): Known => {
  if (typeof term === 'boolean') return term
  switch (term.op) {
    case 'atom':
      return known(term)
    case 'not': {
      const inner = decide(term.term, known)
      return inner === undefined ? undefined : !inner
    }
    default: {
      const settles = term.op === 'any'
      let open = false
      for (const each of term.terms) {
        const value = decide(each, known)
        if (value === settles) return settles
        if (value === undefined) open = true
      }
      return open ? undefined : !settles
    }
  }
}

/** Every atom, in the order written. */
export const atoms = (term: Term): Atom[] => {
  if (typeof term === 'boolean') return []
  if (term.op === 'atom') return [term]
  return term.op === 'not' ? atoms(term.term) : term.terms.flatMap(atoms)
}

/** Whether the payload as a whole could settle the term so, no finding looked at: what speaks of findings cannot. */
export const canBe = (term: Term, value: boolean): boolean => {
  if (typeof term === 'boolean') return term === value
  switch (term.op) {
    case 'atom':
      return term.about === 'payload'
    case 'not':
      return canBe(term.term, !value)
    default:
      return (term.op === 'all') === value
        ? term.terms.every((each) => canBe(each, value))
        : term.terms.some((each) => canBe(each, value))
  }
}
