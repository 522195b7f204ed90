import { fold, nextWord } from '../fold.ts'
import { type Found, type Site, put } from '../found.ts'
import { weak } from '../lexicon/special.ts'
import { AMBIGUOUS, GIVEN, NOT_NAME, TITLE, previousWord } from '../words.ts'
import { isEponym } from './eponym.ts'
import type { Searched } from './known.ts'
import { inPlaceName, rolesOf } from './names.ts'
import { findSpaced } from './spaced.ts'
import { COMMON_BIT, GIVEN_BIT, SURNAME_BIT } from './tagger/features.ts'
import { type Tuning, bitsOf, loadModel } from './tagger/model.ts'
import { makeTagger } from './tagger/tagger.ts'
import { hashOfFolded } from './tagger/tokens.ts'

const tagger = makeTagger(loadModel())

/** The model with its lists of words. */
export const { model } = tagger

/** SHA-256 of the model's file. */
export const modelDigest = tagger.model.digest

/** Raise it when the meaning of what the rules of this room find changes. */
export const namesRevision = 3

/** What the model takes for a name acts: its confidence is the share of such spans that were right, but at least this. */
const least = 0.5

/** Beyond this share no calibration text has told right from wrong. */
const most = 0.97

const { tuning } = tagger.model.header
const lowest = Math.min(...Object.values(tuning).map((one) => one.threshold))

const confidenceOf = ({ slope, offset }: Tuning, marginal: number): number => {
  const odds = Math.log(Math.max(1e-6, marginal) / Math.max(1e-6, 1 - marginal))
  const share = 1 / (1 + Math.exp(-(slope * odds + offset)))
  return Math.round(100 * Math.min(most, Math.max(least, share))) / 100
}

/** A given name of the list is believed from this marginal; below it the word means something else here. */
const doubt = 0.08
/** Too few words to read a sentence from: the list is believed. */
const tooFew = 4

/**
 * What the words around it alone told, by a rule that transcripts (`Agent: Okay`), headings and greetings meet too: a label,
 * the list of given names, a title in lower case, a form of address before one word that no list has.
 */
const isDoubtful = ({ evidence, confidence }: Found): boolean =>
  /^(?:given name|label|title in lower case)/.test(evidence) ||
  (confidence < 0.8 && !evidence.startsWith('title'))

/**
 * Person names in running text, as the model of names sees them; thresholds are those of the kind of text. What a
 * doubtful rule alone found and the model does not see at all becomes weak: it is counted and does not act.
 */
export const findTagged = (site: Site): void => {
  findSpaced(site, isListed, isCommon)
  const tagged = tagger.tag(site.text, site.budget, Math.min(lowest, doubt))
  if (site.words >= tooFew) {
    let next = 0
    for (let at = 0; at < site.found.length; at++) {
      const one = site.found[at]!
      if (one.recogniser !== 'name' || !isDoubtful(one)) continue
      while (next < tagged.length && tagged[next]!.end <= one.start) next++
      if (next < tagged.length && tagged[next]!.start < one.end) continue
      if (one.confidence > weak)
        site.found[at] = { ...one, confidence: weak, evidence: `${one.evidence}, not in this sentence` }
    }
  }
  for (let at = 0; at < site.found.length; at++) {
    const one = site.found[at]!
    if (one.recogniser !== 'name') continue
    const start = withoutLead(site.text, one.start, one.end)
    const end = withoutKey(site.text, start, overLineBreak(site.text, one.end))
    site.found[at] = isMasked(site.text, start, end)
      ? { ...one, confidence: weak, evidence: 'beginning of a masked number' }
      : { ...one, start, end }
  }
  for (const { start: first, end: last, marginal, kind } of tagged) {
    if (marginal < tuning[kind].threshold) continue
    const start = withoutLead(site.text, withoutTitle(site.text, first, last), last)
    const end = withoutKey(site.text, start, withoutTail(site.text, start, last))
    if (start >= end || isNoName(site.text, start, end)) continue
    put(site.found, {
      start,
      end: overLineBreak(site.text, end),
      category: 'name',
      confidence: confidenceOf(tuning[kind], marginal),
      recogniser: 'name',
      evidence: 'name model',
    })
  }
}

/**
 * How a folded word of a name that was read from a sentence is searched elsewhere: not if texts have it in lower case
 * and no list has it as a name; in any case if a list has it; else with a capital only.
 */
export const searchedAs = (folded: string): Searched => {
  const bits = bitsOf(tagger.model, hashOfFolded(folded))
  if ((bits & (GIVEN_BIT | SURNAME_BIT)) !== 0) return 'any'
  return (bits & COMMON_BIT) === 0 ? 'capital' : 'never'
}

/** `pana Żuraw-⏎skiego`: the rest of a name that the end of the line cut. */
const rest = /-[ \t]*\r?\n[ \t]*\p{Ll}{2,20}(?![\p{L}\d])/uy
const overLineBreak = (text: string, end: number): number => {
  if (text.charCodeAt(end) !== 0x2d) return end
  rest.lastIndex = end
  return rest.test(text) ? rest.lastIndex : end
}

const bitsAt = (folded: string): number => bitsOf(tagger.model, hashOfFolded(folded))
const isCommon = (folded: string): boolean => (bitsAt(folded) & COMMON_BIT) !== 0
const isListed = (folded: string): boolean => {
  const bits = bitsAt(folded)
  return (bits & (GIVEN_BIT | SURNAME_BIT)) !== 0 && (bits & COMMON_BIT) === 0
}

/** `Dr. Sarah O’Brien` without its title; `end` if nothing is left. */
const withoutTitle = (text: string, from: number, end: number): number => {
  let start = from
  for (;;) {
    const word = nextWord(text, start, 0)
    if (word === null || word.end > end || (rolesOf(text, word.start, word.end) & TITLE) === 0) return start
    let next = word.end
    if (text.charAt(next) === '.') next++
    while (next < end && /\s/.test(text.charAt(next))) next++
    if (next === word.end && next < end) return start
    start = next
  }
}

/** Words of the family and of a sentence that begin with a capital and stand right before a name, folded. */
const leads: ReadonlySet<string> = new Set(
  `fils fille mari femme epouse epoux mere pere frere soeur selon chez daughter son wife husband tochter sohn mutter
  vater schwester bruder ehefrau ehemann laut gemass hija hijo esposa esposo marido mujer madre padre hermana hermano segun figlia figlio moglie
  desembargador desembargadora juiz juiza deputado deputada vereador vereadora senador senadora procurador procuradora relator relatora juge conseiller
  conseillere depute deputee juez jueza magistrado magistrada diputado diputada avvocato avvocata giudice onorevole sedzia adwokat radca
  marito sorella fratello secondo filha filho esposa marido mae pai irma irmao segundo moro mora dochter zoon vrouw moeder vader zus broer volgens
  corka syn zona maz matka ojciec siostra brat wedlug fiica fiul sotia sotul mama tata sora fratele potrivit`.split(
    /\s+/,
  ),
)
/** `der U`: the article of a person of whom a letter is left. */
const article = /^(?:der|die|dem|den) (?=\p{Lu}\.?$)/u

/** `Filha Zulmira`, `Secondo Cattaneo` without the word before the name; `last` alone is not taken away. */
const withoutLead = (text: string, start: number, last: number): number => {
  if (last - start < 8 && article.test(text.slice(start, last))) return start + 4
  const word = nextWord(text, start, 0)
  if (word === null || word.start !== start || word.end + 1 >= last || text.charAt(word.end) !== ' ')
    return start
  return leads.has(fold(text.slice(start, word.end))) ? word.end + 1 : start
}

/** `SOPHIE LEFEBVRE LE` without the word that goes on. */
const withoutTail = (text: string, start: number, last: number): number => {
  const from = /['’]s$/.test(text.slice(last - 2, last)) ? last - 2 : last
  for (let end = from; ;) {
    const word = previousWord(text, end)
    if (word === null || word.end !== end || word.start <= start) return end
    if ((rolesOf(text, word.start, end) & (NOT_NAME | GIVEN | TITLE)) !== NOT_NAME) return end
    end = word.start
    while (end > start && /[^\p{L}\p{M}.]/u.test(text.charAt(end - 1))) end--
  }
}

/** `John Smith MAC: 00:1A…`, `Jane Miller MRN 445566`: the name of a number, behind a name that is not in capitals. */
const withoutKey = (text: string, start: number, last: number): number => {
  const match = keyAtEnd.exec(text.slice(start, last))
  return match !== null && numberBehind.test(text.slice(last, last + 8)) ? start + match.index : last
}
const keyAtEnd =
  /(?<=\p{Ll}[.,]?)[\s,]+(?:MAC|MRN|IP|ID|DOB|SSN|IBAN|BIC|NHS|TEL|CIN|CNI|CNP|NIE|DNI|NIF|NIR|NIN|NINO|RIB|VIN|IMEI|PIN|BSN|PESEL|NIP|CPF|CF|SIN|PPS|AHV|AVS|PO|REF)$/u
const numberBehind = /^\s?(?:n[°ºo]\.?|nr\.?|[:#=])?\s?[\d(+]|^\s?[:#=]/u

/** `DE** **** …`, `C.I. 12345`: what is left of a number, and abbreviations that have the form of initials. */
const isMasked = (text: string, start: number, end: number): boolean =>
  end - start === 2 && text.charAt(end) === '*'
const abbreviation =
  /^(?:C\.N?\.?I|I\.D|R\.C|R\.G|P\.S|N\.B|B\.P|P\.O|P\.J|P\.V|D\.O\.B|U\.S(?:\.A)?|U\.K|E\.U|U\.E|S\.[AL]|[BN]\.V|T\.V\.A|V\.A\.T|A\.M|P\.M|H\.R|R\.H|Q\.A|I\.T|N\.I\.[EF]|D\.N\.I|C\.F|C\.P|z\.B|d\.h|i\.A|i\.V)\.?$/i

/** `La Rose est fanée`, `une Pierre`: French has no article before a person, so a name that is a word, too, is the word. */
const isThing = (text: string, start: number, end: number): boolean =>
  (rolesOf(text, start, end) & AMBIGUOUS) !== 0 &&
  !/\s/.test(text.slice(start, end)) &&
  /(?:^|[\s(«])(?:la|le|une?)[ \u00a0]$/i.test(text.slice(Math.max(0, start - 5), start))

/** A street, school or hospital that bears a name; one word that is no name. */
const isNoName = (text: string, start: number, end: number): boolean =>
  inPlaceName(text, start) ||
  isMasked(text, start, end) ||
  abbreviation.test(text.slice(start, end)) ||
  (rolesOf(text, start, end) & (NOT_NAME | GIVEN)) === NOT_NAME ||
  isThing(text, start, end) ||
  isEponym(text, start, end)
