import type { LawNote } from '../model/ground.ts'
import type { CountryCode } from '../model/register.ts'
import type { LawData } from './data.ts'
import { territory } from './territory.ts'

/** Country names come from the data; an unknown code stands for itself. */
export const named = (law: LawData, code: CountryCode): { en: string; fr: string } => {
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
  frenchLawMirror: (law: LawData, to: CountryCode): LawNote => ({
    id: 'french_law_mirror',
    en: `French law applies in ${named(law, to).en} as in metropolitan France, the GDPR does not: it counts as a third country unless the DPO decides otherwise in law/territories.yaml.`,
    fr: `La loi française s’applique comme en métropole (${named(law, to).fr}), le RGPD non : c’est un pays tiers, sauf si le DPO en décide autrement dans law/territories.yaml.`,
    article: 'GDPR 44; ord. 2018-1125',
  }),
  subjectsOutside: (): LawNote => ({
    id: 'data_subjects_outside',
    en: 'The contract does not name all the people whose data this purpose uses.',
    fr: 'Le contrat ne nomme pas toutes les personnes dont cette finalité emploie les données.',
    article: 'GDPR 28(3)',
  }),
} as const
