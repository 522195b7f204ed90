/** Where a sentence has its ground: `GDPR 46(1); SCC cl. 14`, in French `RGPD 46(1) ; CCT cl. 14`. */
import type { Lang } from '../lang.ts'

/** Names of acts and bodies as French texts have them. */
const inFrench: readonly (readonly [RegExp, string])[] = [
  [/\bGDPR\b/g, 'RGPD'],
  [/\bSCC\b/g, 'CCT'],
  [/\bEDPB Recs\b/g, 'CEPD, recommandations'],
  [/\bEDPB Opinion\b/g, 'CEPD, avis'],
  [/\bEDPB\b/g, 'CEPD'],
  [/\bDecision \(EU\)/g, 'décision (UE)'],
  [/\bAnnex\b/g, 'annexe'],
  [/\brecital/g, 'considérant'],
  [/; /g, ' ; '],
]

/** @param article as the rule's file has it */
export const articleIn = (article: string, lang: Lang): string =>
  lang === 'en' ? article : inFrench.reduce((text, [from, to]) => text.replace(from, to), article)
