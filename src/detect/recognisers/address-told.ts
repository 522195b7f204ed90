import { spend } from '../budget.ts'
import { DIGIT, isLetter, kinds } from '../fold.ts'
import type { Site } from '../found.ts'
import { goOn, push, run } from './address-tail.ts'

/** What stands behind the word for an address, or behind a verb for living and delivering. */

const isSpace = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x202f

const label =
  /[ \t]*(?:actuelle|complète|postale|on file|current|habitual)?[ \t]*(?:[:=]|is|est|ist|es|è|in|w|:|at|to)?(?:(?<=:)[ \t]*\r?\n)?[ \t\u00a0]*["«]?/iuy

/** `Papua New Guinea in case of …`, `Lyon depuis 3 ans`: lower case goes on behind a capital, and no particle is in it. */
const goesOn =
  /\p{L}(?<=\p{Lu}[\p{L}'’-]{1,30}) (?!(?:sur|sous|lès|upon|nad|pod|bei)\b)\p{Ll}{2,} (?:(?!(?:de|du|des|la|le|les|del|della|dei|da|do|dos|van|von|der|den)\b)\p{Ll}{2,}|\d{1,4} \p{Ll}{2})/u

/** `…, 35000 rennes, merci` */
const courtesy =
  /[,;.]? (?:merci|svp|stp|thanks|thank you|thx|please|pls|danke|bitte|gracias|por favor|grazie|per favore|obrigad[oa]|bedankt|aub|dzięki|dziękuję|proszę|mulțumesc|mersi|vă rog)(?!\p{L}).*$/iu

/** `Adresse : …`: to the end of the line or sentence, if a number stands in it. */
export const atAddress = (site: Site, end: number): void => {
  const { text } = site
  spend(site.budget, 60)
  const from = run(label, text, end)
  let to = from
  while (to < text.length && to - from < 110) {
    const code = text.charCodeAt(to)
    if (code === 0x0a || code === 0x22 || code === 0x7c || code === 0x3b || code === 0x3f || code === 0x21)
      break
    if (code === 0x2e && !isLetter(text.charCodeAt(to + 1)) && kinds[text.charCodeAt(to + 1)] !== DIGIT) {
      // The full stop of `Av.`, `St.`, `12.` does not end the line.
      let word = to
      while (word > from && isLetter(text.charCodeAt(word - 1))) word--
      if (to - word > 4 || word === to || !isSpace(text.charCodeAt(to + 1))) break
    }
    to++
  }
  while (to > from && /[\s,.(]/.test(text.charAt(to - 1))) to--
  const written = text.slice(from, to)
  if (to - from < 8 || !/^[\p{Lu}\d"]/u.test(written) || /@|:\/\//.test(written)) return
  if (!/(?:^|[\s,])\d{1,6}(?:[\s,/-]|[A-Za-z]?\b|$)/.test(written) || !/\p{L}{3}/u.test(written)) return
  if (/^(?:\d{1,3}\.){3}\d|^\d[\d\s.-]*$/.test(written)) return
  if (/[:]\s*[:=]|,\s*(?:phone|tel|email)/i.test(text.slice(end, from))) return
  const colon = text.slice(end, from).includes(':')
  if (!colon && !/^\d/.test(written)) return
  const cut =
    /,? (?:and|would|could|is|are|has|where|please|und|et|y|e|en|i) (?:my|you|your|the|it|we|i|mon|ma|mein|meine|mi|mijn|what)? ?\p{Ll}/u.exec(
      written,
    )
  const thanks = courtesy.exec(written)
  if (thanks !== null && /\d/.test(written.slice(0, thanks.index)))
    return push(site, from, from + thanks.index, colon ? 0.7 : 0.55, 'after the word for an address')
  const rest = goesOn.exec(written)
  if (cut !== null && /\d/.test(written.slice(0, cut.index))) to = from + cut.index
  else if (rest !== null && /\d/.test(written.slice(0, rest.index + 1))) to = from + rest.index + 1
  else to = goOn(site, to).end
  push(site, from, to, colon ? 0.7 : 0.55, 'after the word for an address')
}
