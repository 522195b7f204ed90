import type { Category } from '../model/category.ts'
import { wordsOf } from './lexicon.ts'

/** `{"client": "C-4411"}`: a code where the word for a person stands is that person's number. */

const words = (text: string): string[] => text.split(/\s+/)
const roles: ReadonlyMap<string, Category> = new Map([
  ...words(
    'customer client kunde cliente klant klient utente subscriber abonne member membre adherent insured assure versicherter asegurado policyholder patient paciente paziente pacjent pacient tenant locataire mieter inquilino huurder debtor debiteur schuldner',
  ).map((word): [string, Category] => [word, 'id.customer']),
  ...words(
    'employee employe salarie mitarbeiter arbeitnehmer empleado trabajador dipendente lavoratore werknemer medewerker pracownik angajat colaborador funcionario collaborateur worker',
  ).map((word): [string, Category] => [word, 'id.employee']),
])

/** Letters, digits and the signs of codes, at least two digits, no date and no amount. */
const code = /^(?=(?:[^\d]*\d){2})[A-Za-z\d][A-Za-z\d/_-]{3,35}$/
const date = /^\d{4}-\d{2}(?:-\d{2})?$|^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}$/

/** @returns the category of the person's number, or null if the key names no person or the value is no code */
export const roleCode = (key: string, text: string): Category | null => {
  if (text.length < 4 || text.length > 36 || key.length > 24 || !code.test(text) || date.test(text))
    return null
  const [word, ...more] = wordsOf(key)
  return word === undefined || more.length > 0 ? null : (roles.get(word) ?? null)
}
