import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Category, isBelow, specialCategories } from '../../src/model/category.ts'
import { eachSpelling } from '../../src/detect/lexicon/special.ts'
import { classify } from './fixture.ts'

/** Special categories, offences, conduct, minors and need that act in a text. */
const acting = async (text: string): Promise<string[]> => {
  const { findings } = await classify(text)
  return [
    ...new Set(
      findings
        .filter((one) => one.confidence >= 0.5 && one.recogniser === 'special-word')
        .map((one) => one.category),
    ),
  ]
}

/** language, sentence, categories that act */
const rows: readonly (readonly [string, string, ...string[]])[] = [
  ['fr', 'Mme Durand est en arrêt maladie depuis lundi.', 'health'],
  ['fr', 'Le salarié est diabétique et suit un traitement médical.', 'health'],
  ['fr', 'Je suis enceinte de trois mois.', 'health'],
  ['fr', 'Motif : cancer du sein', 'health'],
  ['fr', 'Elle est séropositive.', 'health'],
  ['fr', 'Il est syndiqué à la CGT.', 'belief.union'],
  ['fr', 'Ma femme est musulmane pratiquante.', 'belief.religion'],
  ['fr', 'Il est encarté au Rassemblement national.', 'belief.politics'],
  ['fr', 'Personne d’origine maghrébine', 'ethnic'],
  ['fr', 'Il est homosexuel.', 'sexual'],
  ['fr', 'Il sort de prison, casier judiciaire non vierge.', 'criminal'],
  ['fr', 'mise à pied de trois jours', 'hr.discipline'],
  ['fr', 'Il a deux enfants mineurs à charge.', 'child'],
  ['fr', 'Elle touche le RSA.', 'fin.income'],
  ['fr', 'Elle est demandeuse d’asile.', 'nationality'],
  ['fr', 'Pas de diabète, pas d’allergie.', 'health'],
  ['fr', 'Je ne suis pas syndiquée.', 'belief.union'],
  ['fr', 'casier judiciaire vierge', 'criminal'],
  ['fr', 'Aucune maladie signalée ce mois-ci.'],
  ['fr', 'Aucun arrêt maladie à signaler.'],
  ['fr', 'Livraison à la clinique Saint-Jean, 12 rue de l’Église'],
  ['fr', 'Les bureaux ferment pour les fêtes de Pâques.'],
  ['fr', 'Signe du zodiaque : signe du cancer'],
  ['fr', 'Le syndicat des copropriétaires a voté les travaux.'],
  ['fr', 'Don à la Ligue nationale contre le cancer'],
  ['fr', 'Il est en poste à Islamabad.'],
  ['fr', 'Facture de la mutuelle Harmonie, contrat 12'],
  ['fr', 'Votre politique de remboursement est incompréhensible.'],
  ['fr', 'Remboursement de la caisse d’assurance maladie'],
  ['fr', 'École catholique Sainte-Marie'],
  ['fr', 'Place de parking handicapé devant le magasin'],
  ['fr', 'Diagnostic technique de la panne'],
  ['fr', 'Elle prend de la metformine et du Xarelto.', 'health'],
  ['fr', 'Il souffre d’une mucoviscidose.', 'health'],
  ['fr', 'Son état de santé ne lui permet pas de reprendre.', 'health'],
  ['fr', 'Adresse invalide, code invalide, la zone est fermée.'],
  ['fr', 'Son traitement est versé le 27.'],
  ['fr', 'Elle a du goût, une goutte d’eau, un kilo de sucre.'],
  ['fr', 'Il est militant écologiste.', 'belief.politics'],
  ['de', 'Sie hat Rückenschmerzen und nimmt Metoprolol.', 'health'],
  ['de', 'Die Schlafstörungen halten an.', 'health'],
  ['de', 'Der Entzug der Vollmacht wurde bestätigt.'],
  ['es', 'Padece fibrosis quística.', 'health'],
  ['es', 'La zona de carga, dos kilos y la gota que colma el vaso.'],
  ['it', 'Assume atorvastatina per il colesterolo.', 'health'],
  ['it', 'L’influenza del mercato sulla zona euro'],
  ['pt', 'Tem dores nas costas e toma paracetamol.', 'health'],
  ['nl', 'Hij heeft nierstenen en neemt omeprazol.', 'health'],
  ['pl', 'Bierze metforminę z powodu bólu pleców.', 'health'],
  ['pl', 'Dwa kilo mąki, kile i kilogramy.'],
  ['ro', 'Are probleme cu inima și ia bisoprolol.', 'health'],
  ['en', 'He had a stroke in May and takes warfarin.', 'health'],
  ['en', 'A stroke of luck: the stroke of the pen was enough.'],
  ['en', 'Sleep apnoea, treated for two years.', 'health'],
  ['en', 'He observes Ramadan.', 'belief.religion'],
  ['en', 'Mental Health Awareness campaign next week'],
  ['en', 'She is pregnant and on sick leave.', 'health'],
  ['en', 'He was diagnosed with diabetes last year.', 'health'],
  ['en', 'My son is autistic.', 'health'],
  ['en', 'AIDS patient', 'health'],
  ['en', 'He is a union member.', 'belief.union'],
  ['en', 'They are devout Muslims.', 'belief.religion'],
  ['en', 'He has a criminal record.', 'criminal'],
  ['en', 'She is openly gay.', 'sexual'],
  ['en', 'of North African origin', 'ethnic'],
  ['en', 'final written warning issued', 'hr.discipline'],
  ['en', 'No known allergies.', 'health'],
  ['en', 'Cotton shirt, allergy free'],
  ['en', 'No sick leave reported this month.'],
  ['en', 'This aids the process.'],
  ['en', 'The European Union and the credit union'],
  ['en', 'Invalid password, press the button to depress the lever'],
  ['en', 'Catholic University of Leuven'],
  ['en', 'Donation to Cancer Research UK'],
  ['en', 'The probation period ends in May; he is on probation period.'],
  ['en', 'A miscarriage of justice'],
  ['en', 'I ate at noon, the dove flew away.'],
  ['en', 'SSL certificate fingerprint changed'],
  ['de', 'Er ist seit Montag krankgeschrieben.', 'health'],
  ['de', 'Frau Müller ist schwanger.', 'health'],
  ['de', 'Der Mitarbeiter ist schwerbehindert, Grad der Behinderung 50.', 'health'],
  ['de', 'Keine Allergien.', 'health'],
  ['de', 'Sie ist Gewerkschaftsmitglied bei der IG Metall.', 'belief.union'],
  ['de', 'römisch-katholisch', 'belief.religion'],
  ['de', 'Er ist vorbestraft.', 'criminal'],
  ['de', 'Sie ist AfD-Mitglied.', 'belief.politics'],
  ['de', 'Er ist schwul.', 'sexual'],
  ['de', 'Sie beziehen Bürgergeld.', 'fin.income'],
  ['de', 'Keine Krankmeldungen im Monat gemeldet.'],
  ['de', 'Sternzeichen Krebs'],
  ['de', 'Katholische Kirche St. Paul, Kirchstraße 5'],
  ['de', 'Diagnose Fehler im Netzwerk'],
  ['es', 'Está embarazada de cinco meses.', 'health'],
  ['es', 'Baja médica por depresión', 'health'],
  ['es', 'Es alérgica a la penicilina.', 'health'],
  ['es', 'Sin alergias conocidas', 'health'],
  ['es', 'Está afiliado a un sindicato.', 'belief.union'],
  ['es', 'Tiene antecedentes penales.', 'criminal'],
  ['es', 'Es musulmán.', 'belief.religion'],
  ['es', 'de origen gitano', 'ethnic'],
  ['es', 'Quiero dar de baja el servicio.'],
  ['es', 'Signo cáncer'],
  ['es', 'Universidad Católica de Murcia'],
  ['es', 'Ninguna baja médica comunicada.'],
  ['it', 'È in malattia da lunedì, ha il diabete.', 'health'],
  ['it', 'La signora è incinta.', 'health'],
  ['it', 'invalido civile al 75%', 'health'],
  ['it', 'È iscritto al sindacato CGIL.', 'belief.union'],
  ['it', 'È cattolico.', 'belief.religion'],
  ['it', 'Ha precedenti penali.', 'criminal'],
  ['it', 'Nessuna allergia', 'health'],
  ['it', 'Dove si trova il pacco? Codice invalido.'],
  ['it', 'Università Cattolica del Sacro Cuore'],
  ['it', 'Nato sotto il segno del cancro'],
  ['it', 'Il patto di sindacato di blocco'],
  ['pt', 'Está de baixa médica.', 'health'],
  ['pt', 'A funcionária está grávida.', 'health'],
  ['pt', 'É hipertenso e diabético.', 'health'],
  ['pt', 'Sem alergias', 'health'],
  ['pt', 'É evangélica.', 'belief.religion'],
  ['pt', 'registo criminal', 'criminal'],
  ['pt', 'Tem dois filhos menores.', 'child'],
  ['pt', 'Universidade Católica Portuguesa'],
  ['pt', 'baixa de preços'],
  ['nl', 'Hij is ziekgemeld sinds maandag.', 'health'],
  ['nl', 'Mijn vrouw is zwanger.', 'health'],
  ['nl', 'Geen allergieën', 'health'],
  ['nl', 'Zij is lid van de vakbond FNV.', 'belief.union'],
  ['nl', 'Hij heeft een strafblad.', 'criminal'],
  ['nl', 'Zij is moslim.', 'belief.religion'],
  ['nl', 'Ziekteverzekering en zorgkosten'],
  ['nl', 'De overgang naar het nieuwe systeem'],
  ['pl', 'Jest na zwolnieniu lekarskim.', 'health'],
  ['pl', 'Pracownica jest w ciąży.', 'health'],
  ['pl', 'choruje na cukrzycę', 'health'],
  ['pl', 'osoba niepełnosprawna', 'health'],
  ['pl', 'Brak alergii', 'health'],
  ['pl', 'Jest katolikiem.', 'belief.religion'],
  ['pl', 'Należy do związku, NSZZ SOLIDARNOŚĆ', 'belief.union'],
  ['pl', 'karany za kradzież', 'criminal'],
  ['pl', 'niekarany', 'criminal'],
  ['pl', 'Chór ćwiczy w poniedziałek.'],
  ['pl', 'Katolicki Uniwersytet Lubelski'],
  ['ro', 'Este în concediu medical.', 'health'],
  ['ro', 'Angajata este însărcinată.', 'health'],
  ['ro', 'Are diabet.', 'health'],
  ['ro', 'Fără alergii', 'health'],
  ['ro', 'Este membru de sindicat.', 'belief.union'],
  ['ro', 'Este de etnie romă.', 'ethnic'],
  ['ro', 'Are cazier judiciar.', 'criminal'],
  ['ro', 'Cod invalid, sarcina nu a fost executată.'],
  ['names', 'Frau Krebs und Dr. Parkinson kommen um zehn.'],
  ['names', 'Jean-Baptiste Moreau et Saiful Islam'],
  ['names', 'Maria Cygan dzwoniła'],
  ['names', 'MARIE ENCEINTE, ETAIT ENCEINTE', 'health'],
  ['names', 'Il s’est converti. Islam sunnite.', 'belief.religion'],
  ['ro', 'Biserica Ortodoxă Sfântul Nicolae'],
]

test.each(rows)('%s: %s', async (_language, text, ...categories) => {
  expect((await acting(text)).sort()).toEqual([...new Set(categories)].sort())
})

describe('a denial', () => {
  test.each([
    ['pas de diabète', 'word of the category, denied of a person', true],
    ['aucune maladie signalée', 'report that there was none', false],
    ['diabète', 'word of the category', true],
  ])('%s: %s', async (text, evidence, acts) => {
    const [one] = (await classify(text)).findings.filter(({ recogniser }) => recogniser === 'special-word')
    expect(one).toMatchObject({ category: 'health', evidence })
    expect(one!.confidence >= 0.5).toBe(acts)
  })
})

test('a word that acts in a phrase is found whole, wherever its rarest word stands', async () => {
  const { document, findings } = await classify('Elle est en arrêt de travail, lui en prison.')
  expect(
    findings
      .filter((one) => one.recogniser === 'special-word')
      .map((one) => document.fields[one.field]!.text.slice(one.start, one.end)),
  ).toEqual(['arrêt de travail', 'en prison'])
})

const spellings: string[] = []
const categories = new Set<Category>()
eachSpelling((phrase, { category }) => {
  spellings.push(phrase)
  categories.add(category)
})

test('the lexicon holds folded words of known categories', () => {
  const known = ['criminal', 'hr.discipline', 'child', 'fin.income', 'fin.credit', 'nationality']
  expect(spellings.filter((phrase) => !/^[a-z0-9]+(?: [a-z0-9]+)*$/.test(phrase))).toEqual([])
  for (const category of categories)
    expect(known.includes(category) || specialCategories.some((group) => isBelow(category, group))).toBe(true)
})

test('words of the lexicon in any order and spelling give spans inside the text, in order', async () => {
  const piece = fc.oneof(
    fc.constantFrom(...spellings),
    fc.constantFrom(
      'de',
      'la',
      'aucune',
      'signalée',
      '. ',
      ', ',
      '’',
      'Ligue',
      'M.',
      '\u00ad',
      '\ud83d\ude42',
      'É',
    ),
    fc.string({ maxLength: 6 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.boolean(), async (pieces, loud) => {
      const text = loud ? pieces.join(' ').toUpperCase() : pieces.join(' ')
      const { findings } = await classify(text)
      for (const { start, end } of findings) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }),
    { numRuns: 200 },
  )
})
