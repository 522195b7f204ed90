/** Which of several problems that a rule names is met here: its sentence has to speak of all. */
import type { Problem } from '../model/ground.ts'
import type { Both } from '../lang.ts'

/** Of the problems that rules name together. */
const words: Readonly<Partial<Record<Problem, Both>>> = {
  contract_missing: { en: 'no contract', fr: 'pas de contrat' },
  contract_ended: { en: 'contract ended', fr: 'contrat échu' },
  contract_incomplete: { en: 'contract incomplete', fr: 'contrat incomplet' },
  scc_module: { en: 'module missing or not the one due', fr: 'module absent, ou autre que celui attendu' },
  scc_annex: { en: 'annex missing', fr: 'annexe manquante' },
  proof_missing: { en: 'proof missing', fr: 'preuve manquante' },
  mechanism_incomplete: { en: 'mechanism incomplete', fr: 'mécanisme incomplet' },
  tia_missing: { en: 'no assessment', fr: "pas d'analyse" },
  tia_expired: { en: 'review overdue', fr: 'révision en retard' },
  tia_scope: { en: 'these data are outside it', fr: 'ces données sont hors de son champ' },
}

/** `; here: no assessment`; '' where the rule names one problem only, or none that has words. */
export const metHere = (named: readonly Problem[], met: readonly Problem[]): Both => {
  const said = named.length < 2 ? [] : met.flatMap((problem) => words[problem] ?? [])
  return said.length === 0
    ? { en: '', fr: '' }
    : {
        en: `; here: ${said.map(({ en }) => en).join(', ')}`,
        fr: ` ; ici : ${said.map(({ fr }) => fr).join(', ')}`,
      }
}
