/** Rules whose sentence says something else than they decide. Modest: only plain statements, without `except`, `unless`, `only`. */
import type { TreatmentName } from '../../model/category.ts'
import type { Rule } from '../bundle.ts'

type Said = TreatmentName

/** `is removed`, `sont retirés` … */
const plainly: Readonly<Record<'en' | 'fr', readonly (readonly [Said, RegExp])[]>> = {
  en: [
    ['block', /\b(?:is|are|gets?|must be|will be) (?:refused|blocked|forbidden|prohibited)\b/i],
    [
      'block',
      /\b(?:must|may|can|do|does|should) ?not (?:leave|go|be sent|travel)\b(?![^.]*\b(?:clear|by name)\b)|\b(?:never|cannot) (?:leaves?|goe?s?|be sent)\b/i,
    ],
    ['block', /\b(?:stays?|remains?) (?:here|at home)\b/i],
    ['remove', /\b(?:is|are|must be|will be) (?:removed|deleted|stripped|dropped)\b/i],
    ['pseudonymise', /\b(?:becomes?|(?:is|are) replaced by) (?:a )?(?:pseudonyms?|tokens?)\b/i],
    ['mask', /\b(?:is|are|must be|will be) masked\b/i],
    ['pseudonymise', /\b(?:is|are|must be|will be) (?:pseudonymi[sz]ed|tokeni[sz]ed)\b/i],
    ['generalise', /\b(?:is|are|must be|will be) (?:generali[sz]ed|rounded|made coarser)\b/i],
    [
      'allow',
      /\b(?:may|can) (?:go|leave|be sent)\b(?! only)|\b(?:is|are) (?:allowed|permitted)\b|\bgoe?s? in (?:the )?clear\b/i,
    ],
  ],
  fr: [
    [
      'block',
      /\b(?:est|sont|doit être|doivent être|sera|seront) (?:refusé|bloqué|interdit)(?:e|s|es)?(?![\p{L}])/iu,
    ],
    [
      'block',
      /(?<![\p{L}])n(?:e |['’])(?:peu(?:t|vent) |doi(?:t|vent) )?(?:par(?:t|tent|tir)|sor(?:t|tent|tir)|quitte(?:nt|r)?|va|vont|aller)(?![\p{L}])[^.]{0,30}(?<![\p{L}])(?:pas|jamais|plus)(?![\p{L}])(?![^.]*(?:clair|nommément))/iu,
    ],
    [
      'block',
      /(?<![\p{L}])ne (?:peu(?:t|vent)|doi(?:t|vent)) (?:pas|jamais|plus) (?:partir|sortir|quitter|aller|être envoyé)/iu,
    ],
    ['block', /(?<![\p{L}])reste(?:nt)? ici(?![\p{L}])/iu],
    [
      'remove',
      /\b(?:est|sont|doit être|doivent être|sera|seront) (?:retiré|supprimé|effacé)(?:e|s|es)?(?![\p{L}])/iu,
    ],
    [
      'pseudonymise',
      /(?<![\p{L}])(?:devien(?:t|nent)|(?:est|sont) remplacé(?:e|s|es)? par) (?:un|des) (?:pseudonyme|jeton)s?(?![\p{L}])/iu,
    ],
    ['mask', /\b(?:est|sont|doit être|doivent être|sera|seront) masqué(?:e|s|es)?(?![\p{L}])/iu],
    [
      'pseudonymise',
      /\b(?:est|sont|doit être|doivent être|sera|seront) pseudonymisé(?:e|s|es)?(?![\p{L}])/iu,
    ],
    [
      'generalise',
      /\b(?:est|sont|doit être|doivent être|sera|seront) (?:généralisé|arrondi)(?:e|s|es)?(?![\p{L}])/iu,
    ],
    [
      'allow',
      /(?<!ne |n['’])\b(?:peut|peuvent) (?:partir|sortir|aller|être envoyé(?:e|s|es)?)(?![\p{L}])|\b(?:est|sont) (?:autorisé|permis)(?:e|s|es)?(?![\p{L}])|\b(?:part|partent) en clair\b/iu,
    ],
  ],
}

/** Sentences with a condition may well name the other treatment. */
const conditional: Readonly<Record<'en' | 'fr', RegExp>> = {
  en: /\b(?:except|unless|only|but|if|where|when|until|without|other|otherwise|not be (?:refused|blocked|removed))\b/i,
  fr: /(?<![\p{L}])(?:sauf|hormis|seul(?:e|s|es|ement)?|que|qu['’]|mais|si|s['’]il|quand|lorsque|tant|sans|autre(?:s|ment)?|n['’]est pas|ne sont pas)(?![\p{L}])/iu,
}

/** A note changes nothing: nothing is removed or treated by it. That something is refused, it may well tell. */
const decided = (decide: Rule['decide']): Said | 'note' =>
  typeof decide === 'object' ? decide.name : decide === 'grant' ? 'allow' : 'note'

/** What the sentence plainly says, if that is not what the rule decides; undefined if nothing is wrong. */
export const saysOtherwise = ({ decide, because }: Rule): { lang: 'en' | 'fr'; says: Said } | undefined => {
  const does = decided(decide)
  for (const lang of ['en', 'fr'] as const) {
    const sentence = because[lang]
    if (conditional[lang].test(sentence)) continue
    const says = plainly[lang]
      .filter(
        ([said, form]) => !(does === 'note' && (said === 'allow' || said === 'block')) && form.test(sentence),
      )
      .map(([said]) => said)
    const [first] = says
    if (first !== undefined && (does === 'note' || !says.includes(does))) return { lang, says: first }
  }
  return undefined
}
