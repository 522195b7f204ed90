import type { LawNote } from '../model/ground.ts'
import type { CivilDate, CountryCode } from '../model/register.ts'
import type { Adequacy, LawData } from './data.ts'
import { territory } from './territory.ts'

/** Country names come from the data; an unknown code stands for itself. */
const named = (law: LawData, code: CountryCode): { en: string; fr: string } => {
  const its = territory(law, code)
  return { en: its?.en ?? code, fr: its?.fr ?? code }
}

/** Sentences that change nothing, each with its article. */
export const notes = {
  legsSilent: (law: LawData, to: CountryCode): LawNote => ({
    id: 'legs_silent',
    en: `Nobody said who else can look at these data: only the provider’s own country (${named(law, to).en}) counts.`,
    fr: `Personne n’a dit qui d’autre peut voir ces données : seul compte le pays du prestataire (${named(law, to).fr}).`,
    article: 'GDPR 28(2), 44',
  }),
  providerCountryUnnamed: (law: LawData, to: CountryCode): LawNote => ({
    id: 'provider_country_unnamed',
    en: `No leg says what the provider itself sees in its own country (${named(law, to).en}), so that counts as a leg.`,
    fr: `Aucun trajet ne dit ce que le prestataire voit dans son propre pays (${named(law, to).fr}) ; cela compte comme un trajet.`,
    article: 'GDPR 44',
  }),
  sameEntity: (law: LawData, to: CountryCode): LawNote => ({
    id: 'same_entity_abroad',
    en: `Staff of the same entity work from ${named(law, to).en}: not a transfer, but a risk to answer for.`,
    fr: `Du personnel de la même entité travaille depuis : ${named(law, to).fr}. Ce n’est pas un transfert, mais un risque à traiter.`,
    article: 'GDPR 32; EDPB 05/2021 ex. 8',
  }),
  adequacyExpires: (law: LawData, decision: Adequacy, until: CivilDate): LawNote => ({
    id: 'adequacy_expires',
    en: `The adequacy decision for ${named(law, decision.code).en} (${decision.act}) ends on ${until}.`,
    fr: `La décision d’adéquation (${named(law, decision.code).fr}, ${decision.act}) prend fin le ${until}.`,
    article: 'GDPR 45(3)',
  }),
  adequacyRisk: (law: LawData, decision: Adequacy): LawNote => ({
    id: 'adequacy_at_risk',
    en: `The adequacy decision for ${named(law, decision.code).en} (${decision.act}) is challenged and no fallback is registered.`,
    fr: `La décision d’adéquation (${named(law, decision.code).fr}, ${decision.act}) est contestée et aucune solution de repli n’est inscrite.`,
    article: 'GDPR 45(5), 45(7)',
  }),
  subjectsOutside: (): LawNote => ({
    id: 'data_subjects_outside',
    en: 'The contract does not name all the people whose data this purpose uses.',
    fr: 'Le contrat ne nomme pas toutes les personnes dont cette finalité emploie les données.',
    article: 'GDPR 28(3)',
  }),
} as const
