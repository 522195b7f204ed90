/** Sentences that many faults of policy files share; what only one fault says stands where it is found. */
import type { Both, Lang } from '../lang.ts'
import { nearest } from './nearest.ts'
import { shown } from './yaml-text.ts'

/** The same in both languages, sentence by sentence: `both((lang) => …)`. */
export const both = (say: (lang: Lang) => string): Both => ({ en: say('en'), fr: say('fr') })

/** A word of a file as each language quotes it: `"fin.ibn"`, `« fin.ibn »`. */
export const quoted = (word: string): Both => ({ en: `"${shown(word)}"`, fr: `« ${shown(word)} »` })

export const keepOne: Both = { en: 'keep one', fr: "n'en gardez que l'un des deux" }

export const removeIt: Both = { en: 'remove it', fr: 'retirez cette mention' }

export const twice = (word: string): Both => {
  const its = quoted(word)
  return { en: `${its.en} stands here twice`, fr: `${its.fr} figure ici deux fois` }
}

export const notKnown = (key: string): Both => ({
  en: `${quoted(key).en} is not known here`,
  fr: `${quoted(key).fr} n'est pas connu ici`,
})

export const taken = (id: string): Both => {
  const its = quoted(id)
  return { en: `the id ${its.en} is taken`, fr: `l'identifiant ${its.fr} est déjà pris` }
}

/** `write scc_ec` */
export const write = (text: string): Both => ({ en: `write ${text}`, fr: `écrivez ${text}` })

/** `"fin.ibn" is not a category`, `« fin.ibn » n'est pas une catégorie` */
export const isNo = (word: string, what: Both): Both => {
  const its = quoted(word)
  return { en: `${its.en} is not ${what.en}`, fr: `${its.fr} n'est pas ${what.fr}` }
}

/** `a, b or c` */
export const listed = (words: readonly string[], lang: Lang, last: Both): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last[lang]} ${words.at(-1) ?? ''}`

export const meant = (word: string): Both => {
  const its = quoted(word)
  return { en: `did you mean ${its.en}?`, fr: `vouliez-vous dire ${its.fr} ?` }
}

/** `did you mean "purposes"?`, or the list of what is known here if it is short, or nothing. */
export const didYouMean = (
  word: string,
  known: Iterable<string>,
  near = nearest(word, known),
): Both | undefined => {
  if (near !== undefined) return meant(near)
  const words = [...known]
  if (words.length === 0 || words.length > 24) return undefined
  const all = words.join(', ')
  return { en: `known here: ${all}`, fr: `possibilités : ${all}` }
}

export const trueOrFalse = (key: string): Both => ({
  en: `${key} is true or false`,
  fr: `${key} vaut true ou false`,
})
export const missing = (key: string): Both => ({ en: `${key} is missing`, fr: `${key} manque` })
export const itsKeys = (keys: readonly string[]): Both => ({
  en: `its keys are ${keys.join(', ')}`,
  fr: `ses clés sont ${keys.join(', ')}`,
})
