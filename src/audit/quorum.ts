/**
 * Who must have seen a head before it counts as witnessed: c2sp.org/tlog-policy as text.
 *
 *     witness dpo dpo.example+1f7b…+BK… https://witness.dpo.example/
 *     group either any dpo auditor
 *     quorum either
 */
import { NoteRefused } from './checkpoint.ts'
import type { Verifier } from './checkpoint.ts'
import { readWitnessVkey } from './cosignature.ts'

export interface Witness {
  /** Its name in the policy. */
  readonly name: string
  readonly key: Verifier
  /** Prefix of its address; undefined: others bring its cosignatures. */
  readonly url?: string
}

export interface Quorum {
  readonly witnesses: readonly Witness[]
  /** Whether cosignatures by these witnesses are enough. */
  met(by: readonly Verifier[]): boolean
}

/** The policy cannot be used; the message names the line. */
export class PolicyTextInvalid extends Error {
  override readonly name = 'PolicyTextInvalid'
  readonly fr: string

  constructor(en: string, fr: string) {
    super(en)
    this.fr = fr
  }
}

/** A fault of one line. */
type Fault = (en: string, fr: string) => PolicyTextInvalid

const maxText = 65_536
const maxNames = 256
const nameForm = /^[^\s+]{1,256}$/u

type Met = (by: ReadonlySet<Verifier>) => boolean

const thresholdOf = (text: string | undefined, members: number): number | undefined => {
  if (text === 'any') return 1
  if (text === 'all') return members
  const count = /^[1-9]\d{0,2}$/.test(text ?? '') ? Number(text) : 0
  return count >= 1 && count <= members ? count : undefined
}

/** @throws PolicyTextInvalid */
export const readQuorum = (text: string): Quorum => {
  if (text.length > maxText)
    throw new PolicyTextInvalid('the witness policy is too long', 'la politique des témoins est trop longue')
  const witnesses: Witness[] = []
  const names = new Map<string, Met>()
  let quorum: Met | undefined
  for (const [i, whole] of text.split(/\r?\n/).entries()) {
    const words = whole
      .replace(/^#.*|\s#.*/u, '')
      .split(/[ \t]+/)
      .filter((word) => word !== '')
    const fault: Fault = (en, fr) => new PolicyTextInvalid(`line ${i + 1}: ${en}`, `ligne ${i + 1} : ${fr}`)
    const [kind, name = '', ...rest] = words
    if (kind === undefined) continue
    if (kind === 'log') continue
    if (kind === 'quorum') {
      if (quorum !== undefined || rest.length > 0)
        throw fault('one quorum, of one name', 'un seul quorum, sous un seul nom')
      quorum = name === 'none' ? () => true : names.get(name)
      if (quorum === undefined)
        throw fault(
          'the quorum names nothing that was said before',
          'le quorum ne nomme rien de ce qui précède',
        )
      continue
    }
    if (kind !== 'witness' && kind !== 'group')
      throw fault(
        'begins with none of log, witness, group, quorum',
        'ne commence ni par log, ni par witness, group ou quorum',
      )
    if (!nameForm.test(name) || name === 'none' || names.has(name) || names.size >= maxNames)
      throw fault('a name that is taken or cannot be used', 'un nom déjà pris ou inutilisable')
    if (kind === 'witness') {
      const witness = witnessOf(name, rest, fault)
      if (witnesses.some(({ key }) => key.key.equals(witness.key.key)))
        throw fault('the key of another witness', "la clé d'un autre témoin")
      witnesses.push(witness)
      names.set(name, (by) => by.has(witness.key))
    } else {
      const [count, ...members] = rest
      const parts = members.map((member) => names.get(member))
      const least = thresholdOf(count, members.length)
      if (least === undefined || parts.includes(undefined) || new Set(members).size !== members.length)
        throw fault(
          'a group is `group NAME any|all|NUMBER MEMBERS`, of names that were said before',
          "un groupe s'écrit `group NOM any|all|NOMBRE MEMBRES`, de noms qui précèdent",
        )
      // each group is judged once for all that hold it: a policy of groups of groups stays linear
      names.set(name, (by) => parts.filter((part) => part?.(by) === true).length >= least)
    }
  }
  if (quorum === undefined)
    throw new PolicyTextInvalid(
      'no line says which quorum is asked for',
      'aucune ligne ne dit quel quorum est demandé',
    )
  const met = quorum
  return { witnesses, met: (by) => met(new Set(by)) }
}

const witnessOf = (name: string, [vkey = '', url, ...more]: readonly string[], fault: Fault): Witness => {
  if (more.length > 0 || (url !== undefined && !(/^https?:\/\//.test(url) && URL.canParse(url))))
    throw fault('a witness is `witness NAME VKEY [URL]`', "un témoin s'écrit `witness NOM VKEY [URL]`")
  try {
    return { name, key: readWitnessVkey(vkey), ...(url === undefined ? {} : { url }) }
  } catch (error) {
    if (error instanceof NoteRefused)
      throw fault('the vkey of the witness cannot be read', 'la vkey du témoin est illisible')
    throw error
  }
}
