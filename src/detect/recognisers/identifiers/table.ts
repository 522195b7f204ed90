import type { Category } from '../../../model/category.ts'
import { alternatives, type Alternative } from './form.ts'
import { checkOf } from './checks.ts'
import { eastern } from './eastern.ts'
import { northern } from './northern.ts'
import { overseas } from './overseas.ts'
import type { IdentifierRow } from './row.ts'
import { southern } from './southern.ts'
import { western } from './western.ts'

export const identifierRows: readonly IdentifierRow[] = [
  ...western,
  ...southern,
  ...northern,
  ...eastern,
  ...overseas,
]

/** Words and phrases that speak of identifiers, in the order of their numbers; rows share them. */
export const identifierPhrases: readonly string[] = [
  ...new Set(identifierRows.flatMap((row) => row.words.split('|'))),
]
const phraseNumber = new Map(identifierPhrases.map((phrase, index) => [phrase, index]))

/** The number of a phrase, -1 if no identifier has it. */
export const phraseOf = (phrase: string): number => phraseNumber.get(phrase) ?? -1

/** Words that speak of an identifier in a sentence, but as the name of a field mean something else: an amount, a thing. */
const notKeys: ReadonlySet<string> = new Set(
  `vat tva iva dph moms alv mwst btw gst hst tps fpa dds pdv ddv uid ide ico pin pan ice mf tan pid team nic sus css reg tag rej sim
  puce chi vid lto bir mra brn agencia compte konto conta rekening rachunek ucet account conta cuenta identite identidade social
  pass passi pase perso ausweis veiculo viatura vehicle vehiculo coche carro automovel automobile veicolo masina autoturism vehicule
  plaque placa targa tablica tablice registration matricule matricula immatriculation routing seria buletin dowod registracija
  rejestracja fin chassis telaio bastidor habilitacao utente beneficiario contribuinte permis patente krankenkasse afiliacion
  krankenversicherung rentenversicherung arvonlisavero kaibemaks umsatzsteuer`.split(/\s+/),
)

/** Whether a phrase, alone, means an identifier and nothing else. */
export const isKeyWord = (phrase: string): boolean =>
  phrase.length >= 3 && !/(?:^| ).(?: |$)/.test(phrase) && !notKeys.has(phrase)

/** Names of fields that mean an identifier, as lexicon/keys.ts writes them, by category. */
export const identifierKeys: readonly { readonly category: Category; readonly names: string }[] =
  identifierRows.map((row) => ({
    category: row.category,
    names: row.words
      .split('|')
      .filter(isKeyWord)
      .map((phrase) => phrase.replaceAll(' ', '_'))
      .join(' '),
  }))

/** A row made ready for reading. */
export interface Ready {
  readonly row: IdentifierRow
  readonly name: string
  readonly category: Category
  /** Silent where several countries have it. */
  readonly country: string | undefined
  readonly alternatives: readonly Alternative[]
  readonly phrases: ReadonlySet<number>
  readonly shapes: ReadonlySet<string>
  readonly check: ((text: string) => boolean) | null
  readonly chance: number
}

export const readyRows: readonly Ready[] = identifierRows.map((row) => ({
  row,
  name: `${row.country.toLowerCase()}-${row.kind}`,
  category: row.category,
  country: /^(?:EU|WW)$/.test(row.country) ? undefined : row.country,
  alternatives: alternatives(row.form),
  phrases: new Set(row.words.split('|').map(phraseOf)),
  shapes: new Set(row.printed?.split('|')),
  check: row.check === undefined ? null : checkOf(row.check),
  chance: row.chance ?? 1,
}))

/**
 * How likely a number that passes is this identifier if no word says so: of the texts that are written like this,
 * some are meant to be it (`prior`), of the others `chance` pass.
 */
export const alone = (chance: number, prior: number): number =>
  chance >= 1 ? 0 : Math.round((100 * prior) / (prior + (1 - prior) * chance)) / 100

/**
 * Of texts written like an identifier, how many are meant to be it, as a cautious guess: bare digits are mostly order
 * numbers and times, and dozens of identifiers share each length; its own letters or separators are seldom chance.
 */
export const priors = { bare: 0.0005, spaced: 0.02, marked: 0.08, lettered: 0.06 } as const
