/** What people write where a schema asks for something else, and what they should write: YAML 1.1 truths, days turned round, `fr` for FR. */
import type { Both } from '../lang.ts'
import { isCivilDate } from '../law/date.ts'
import { countryCodes, misnamed } from '../law/iso-3166.ts'
import { didYouMean, meant, write } from './fault-words.ts'
import { shown } from './yaml-text.ts'

/** YAML 1.1 read these as true and false; YAML 1.2 reads text. */
const yes: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  oui: 'true',
  no: 'false',
  off: 'false',
  non: 'false',
}

/** Of `4_000` and `1 000`; '' where nobody can be sure. */
const digitsOf = (written: string): string =>
  /^\d{1,3}(?:[_ \u{a0}\u{202f}'’]\d{3})+$/u.test(written) ? written.replaceAll(/\D/g, '') : ''

/**
 * @param wanted JSON types that the place takes
 * @param written the scalar as the author wrote it
 */
export const typeHint = (
  wanted: readonly string[],
  value: unknown,
  written: string | undefined,
): Both | undefined => {
  if (value === null && (wanted.includes('object') || wanted.includes('array')))
    return {
      en: 'what belongs to it stands in the lines below, two columns further in',
      fr: 'ce qui en relève se place aux lignes suivantes, décalé de deux colonnes',
    }
  if (written !== undefined) {
    const truth = written.toLowerCase()
    if (wanted.includes('boolean') && Object.hasOwn(yes, truth)) return write(yes[truth] as string)
    if (wanted.includes('string') && value !== null)
      return {
        en: `write it in quotes: "${shown(written)}"`,
        fr: `écrivez-le entre guillemets : "${shown(written)}"`,
      }
    const digits = digitsOf(written)
    if ((wanted.includes('number') || wanted.includes('integer')) && digits !== '') return write(digits)
  }
  return wanted.includes('array') && typeof value === 'string' ? write(`[${shown(value)}]`) : undefined
}

const sharedSecret = (instead: string): Both => ({
  en: `a shared secret does not show who made a token: ${instead}`,
  fr: `un secret partagé ne montre pas qui a fait un jeton : ${instead}`,
})

/** Of a value that is none of those allowed. */
export const enumHint = (value: unknown, allowed: readonly string[]): Both | undefined => {
  if (value === 'oct' && allowed.includes('OKP')) return sharedSecret('RSA, EC, OKP')
  if (typeof value === 'string' && /^HS\d+$/.test(value)) return sharedSecret('RS256, ES256, EdDSA …')
  return mechanismHint(value, allowed) ?? didYouMean(String(value), allowed)
}

/** What people write although nothing is needed. */
const mechanismHint = (value: unknown, allowed: readonly string[]): Both | undefined => {
  if (!allowed.includes('scc_ec')) return undefined
  if (value === 'adequacy' || value === 'none' || value === 'not_a_transfer')
    return {
      en: 'leave mechanism out: adequacy and the EEA need none',
      fr: "omettez mechanism : l'adéquation et l'EEE n'en demandent pas",
    }
  return typeof value === 'string' && /^(?:sccs?|ccts?)$/i.test(value) ? meant('scc_ec') : undefined
}

/** `fr` and `uk` as people type them; undefined where no country was asked for. */
export const countryHint = (value: unknown, pattern = ''): Both | undefined => {
  const code = typeof value === 'string' && pattern.startsWith('a country is') ? value.toUpperCase() : ''
  if (Object.hasOwn(misnamed, code) && misnamed[code] !== undefined) return write(misnamed[code])
  return countryCodes.has(code) ? write(code) : undefined
}

export const dateHint = (text: string): Both => {
  const [, y = '', m = '', d = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? []
  const padded = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (y !== '' && padded !== text && isCivilDate(padded)) return write(padded)
  const turned = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  const [, a = '', b = '', year = ''] = turned ?? []
  const iso = `${year}-${b.padStart(2, '0')}-${a.padStart(2, '0')}`
  return turned !== null && isCivilDate(iso)
    ? {
        en: `dates are written YYYY-MM-DD: ${iso}, if the day comes first here`,
        fr: `les dates s'écrivent AAAA-MM-JJ : ${iso}, si le jour vient en premier ici`,
      }
    : { en: 'dates are written YYYY-MM-DD', fr: "les dates s'écrivent AAAA-MM-JJ" }
}
