/** What a token says of itself: a word in the reader's language and a kind code, which the checks cover. */
import { isBelow } from '../model/category.ts'
import type { Category, CategoryGroup } from '../model/category.ts'
import { classOf, fold } from './crockford.ts'

/** Languages in which a provider's people read; anything else reads English. */
const languages = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'ro'] as const

export interface Kind {
  /** 1 … 31, for ever: the check symbols of stored tokens depend on it. */
  readonly code: number
  readonly of: readonly CategoryGroup[]
  /** In the order of `languages`. */
  readonly words: readonly string[]
}

const kind = (code: number, of: readonly CategoryGroup[], words: string): Kind => {
  const listed = words.split(' ')
  return { code, of, words: listed.length === 1 ? languages.map(() => words) : listed }
}

/** The last one takes what no other takes. */
export const kinds: readonly Kind[] = [
  kind(1, ['name'], 'NAME NOM NAME NOMBRE NOME NOME NAAM NAZWISKO NUME'),
  kind(2, ['id'], 'ID'),
  kind(3, ['contact.email'], 'EMAIL COURRIEL EMAIL CORREO EMAIL EMAIL EMAIL EMAIL EMAIL'),
  kind(4, ['contact.phone'], 'PHONE TEL TEL TEL TEL TEL TEL TEL TEL'),
  kind(5, ['contact.address'], 'ADDRESS ADRESSE ADRESSE DIRECCION INDIRIZZO MORADA ADRES ADRES ADRESA'),
  kind(6, ['contact', 'birth.place', 'location'], 'PLACE LIEU ORT LUGAR LUOGO LUGAR PLAATS MIEJSCE LOC'),
  kind(7, ['birth.date', 'age', 'date'], 'DATE DATE DATUM FECHA DATA DATA DATUM DATA DATA'),
  kind(8, ['fin.iban'], 'IBAN'),
  kind(9, ['fin.account', 'fin.bic'], 'ACCOUNT COMPTE KONTO CUENTA CONTO CONTA REKENING KONTO CONT'),
  kind(10, ['fin.card', 'fin.cvv'], 'CARD CARTE KARTE TARJETA CARTA CARTAO KAART KARTA CARD'),
  kind(11, ['fin', 'hr.salary'], 'AMOUNT MONTANT BETRAG IMPORTE IMPORTO VALOR BEDRAG KWOTA SUMA'),
  kind(12, ['vehicle'], 'PLATE PLAQUE KENNZEICHEN MATRICULA TARGA MATRICULA KENTEKEN TABLICA PLACUTA'),
  kind(
    13,
    ['online.username'],
    'USER UTILISATEUR NUTZER USUARIO UTENTE UTILIZADOR GEBRUIKER UZYTKOWNIK UTILIZATOR',
  ),
  kind(14, ['online'], 'DEVICE APPAREIL GERAET EQUIPO APPARATO APARELHO APPARAAT SPRZET APARAT'),
  kind(15, [], 'INFO'),
]

const last = kinds.at(-1)!
const ofCategory = new Map<Category, Kind>()

export const kindOf = (category: Category): Kind => {
  const held = ofCategory.get(category)
  if (held !== undefined) return held
  const found = kinds.find(({ of }) => of.some((group) => isBelow(category, group))) ?? last
  ofCategory.set(category, found)
  return found
}

/** The word of a kind for this reader; English where the language is not one of ours. */
export const wordOf = (of: Kind, language: string): string =>
  of.words[Math.max(0, (languages as readonly string[]).indexOf(language.slice(0, 2).toLowerCase()))]!

/** Folded word → kind code. */
const byWord = new Map(kinds.flatMap(({ code, words }) => words.map((word) => [fold(word), code] as const)))
export const longestWord = Math.max(...[...byWord.keys()].map((word) => word.length))

/** Kind code of a folded word, in any language. */
export const codeOfWord = (folded: string): number | undefined => byWord.get(folded)

export const kindCodes: readonly number[] = kinds.map(({ code }) => code)

/** A running hash over symbol classes, by which a scanner knows at each letter whether a word may end there. */
export const wordHash = (hash: number, symbolClass: number): number =>
  Math.imul(hash ^ symbolClass, 0x01000193)
export const emptyHash = 0x811c9dc5 | 0
const mayEnd = new Uint8Array(1 << 16)
for (const word of byWord.keys()) {
  let hash = emptyHash
  for (let i = 0; i < word.length; i++) hash = wordHash(hash, classOf(word.charCodeAt(i)))
  mayEnd[hash & 0xffff] = 1
}
/** Never false where a word ends; seldom true where none does. */
export const wordMayEnd = (hash: number): boolean => mayEnd[hash & 0xffff] === 1
