import type { Category } from '../../model/category.ts'
import { fold } from '../fold.ts'

/**
 * Words that reveal special categories (Art. 9(1) GDPR), offences (Art. 10) or discipline in running text.
 * `stem/s/es` stands for stem, stems, stemes. Words that also mean something harmless ask for a word
 * before (`after`), else they stay weak and do not act.
 */
export interface SpecialWord {
  readonly category: Category
  /** Folded; the first is the trigger, the others must follow it. */
  readonly words: readonly string[]
  readonly confidence: number
  /** Folded words one of which must stand just before; without it the confidence is `weak`. */
  readonly after?: ReadonlySet<string>
  /** Folded words that, just before, make it harmless (`assurance maladie`). */
  readonly notAfter?: ReadonlySet<string>
}

/** Confidence of a word that lacks the context it needs: counted, never acted on. */
export const weak = 0.3

interface Row {
  readonly category: Category
  readonly words: string
  readonly confidence?: number
  readonly after?: string
  readonly notAfter?: string
}

const rows: readonly Row[] = [
  {
    category: 'health',
    words: `malade/s, maladie/s, arret/s maladie, arret/s de travail, arret medical, conge maladie, conge longue maladie,
      longue maladie, affection longue duree, accident du travail, accident de travail, maladie professionnelle,
      mi temps therapeutique, temps partiel therapeutique, invalidite, inaptitude, inapte/s, handicape/e/s/es,
      handicap/s, rqth, travailleur handicape, hospitalise/e/s/es, hospitalisation/s, chimiotherapie, radiotherapie,
      cancer/s, cancereux, tumeur/s, leucemie, lymphome, diabete, diabetique/s, asthme, asthmatique/s, epilepsie,
      epileptique/s, hypertension, infarctus, avc, sida, vih, seropositif/s, seropositive/s, hepatite/s, tuberculose,
      depression/s, depressif/s, depressive/s, burn out, burnout, schizophrenie, bipolaire/s, autisme, autiste/s, alzheimer,
      parkinson, sclerose en plaques, fibromyalgie, migraine/s, lombalgie, hernie discale, sciatique, fracture/s du,
      entorse/s, grossesse/s, conge maternite, conge de maternite, conge pathologique, fausse couche, ivg, avortement/s, fecondation in vitro, pma,
      menopause, infertilite, psychiatre/s, psychiatrique/s, psychotherapie, antidepresseur/s, anxiolytique/s,
      ordonnance medicale, certificat/s medical, certificats medicaux, dossier/s medical, traitement/s medical,
      intervention chirurgicale, opere du, operee du, dialyse, prothese/s, fauteuil roulant, malentendant/e/s/es,
      malvoyant/e/s/es, aveugle/s, sourd/e/s/es, allergie/s, allergique/s, covid positif, positif au covid, positive au covid,
      toxicomanie, toxicomane/s, alcoolique/s, alcoolisme, addiction/s, cure de desintoxication, obesite, anorexie, boulimie`,
    notAfter: 'assurance assurances caisse complementaire mutuelle prevoyance',
  },
  {
    category: 'health',
    words: 'enceinte/s',
    after:
      'suis est es etes etais etait sera serai tombee etre femme femmes salariee salariees toujours etant elle deja',
  },
  {
    category: 'health',
    words: 'bequille/s, clinique/s, hopital, pharmacie/s, medecin/s, infirmier/s, infirmiere/s',
    confidence: weak,
  },
  {
    category: 'health',
    words: `pregnant, pregnancy, sick leave, on sick leave, medical leave, maternity leave, illness/es, diabetes, diabetic/s, cancer,
      tumor/s, tumour/s, leukemia, leukaemia, chemotherapy, radiotherapy, asthma, asthmatic, epilepsy, epileptic,
      heart attack, stroke patient, hiv, hiv positive, aids patient, hepatitis, tuberculosis, depressed, clinical depression,
      suffering from depression, bipolar disorder, schizophrenia, schizophrenic, autism, autistic, dementia,
      multiple sclerosis, fibromyalgia, miscarriage/s, abortion/s, ivf, infertility, menopause, psychiatrist/s,
      psychiatric, psychotherapy, antidepressant/s, medical certificate/s, medical record/s, medical condition/s,
      medical history, diagnosed with, surgery, hospitalised, hospitalized, in hospital, wheelchair, hearing impaired,
      visually impaired, disability, disabilities, disabled person, disabled employee, allergy, allergies, allergic to,
      drug addiction, alcoholic, alcoholism, rehab, obesity, anorexia, bulimia, burnout, burn out, tested positive`,
  },
  {
    category: 'belief.union',
    words: `syndique/e/s/es, syndicat/s, syndical/e/es, syndicaux, syndicaliste/s, delegue syndical, deleguee syndicale,
      cgt, cfdt, cfe cgc, cftc, unsa, trade union/s, labor union/s, labour union/s, union member/s, union membership,
      union rep, union representative, unionised, unionized, shop steward`,
  },
  { category: 'belief.union', words: 'greviste/s, greve/s', confidence: 0.4 },
  {
    category: 'belief.religion',
    words: `musulman/e/s/es, chretien/s, chretienne/s, catholique/s, protestant/e/s/es, juif/s, juive/s, bouddhiste/s,
      hindou/e/s/es, athee/s, temoin de jehovah, temoins de jehovah, islam, islamique/s, judaisme, christianisme,
      ramadan, halal, casher, kasher, confession religieuse, conviction religieuse, convictions religieuses,
      pratique religieuse, muslim/s, christian faith, catholic/s, jewish, buddhist/s, hindu/s, atheist/s,
      religious belief/s, kosher, jehovah s witness`,
  },
  {
    category: 'belief.religion',
    words: 'eglise/s, mosquee/s, synagogue/s, church, mosque/s, religion/s, careme, messe/s',
    confidence: weak,
  },
  {
    category: 'belief.politics',
    words: `opinion/s politique/s, opinions politiques, parti socialiste, parti communiste, rassemblement national,
      militant politique, militante politique, encarte au, adherent du parti, political opinion/s, political views,
      political party member, party membership`,
  },
  {
    category: 'ethnic',
    words: `origine ethnique, origines ethniques, origine raciale, ethnic origin/s, racial origin, ethnicity, roma people`,
  },
  {
    category: 'sexual',
    words: `homosexuel/s, homosexuelle/s, homosexualite, bisexuel/s, bisexuelle/s, lesbienne/s, transgenre/s, transsexuel/s, transsexuelle/s,
      orientation sexuelle, vie sexuelle, homosexual/s, bisexual/s, lesbian/s, transgender, sexual orientation, sex life`,
  },
  {
    category: 'criminal',
    words: `casier judiciaire, condamnation/s penale/s, condamnations penales, condamne pour, condamnee pour, condamne a, condamnee a,
      garde a vue, mis en examen, mise en examen, bracelet electronique, incarcere/e/s/es, incarceration,
      detention provisoire, en prison, sursis probatoire, vol avec violence, criminal record/s, criminal conviction/s,
      convicted of, convicted for, in prison, on probation, on parole, arrested for, sentenced to`,
  },
  {
    category: 'genetic',
    words: `test/s genetique/s, tests genetiques, maladie genetique, donnees genetiques, genetic test/s, genetic data, genetic disorder/s, genome`,
  },
  {
    category: 'biometric',
    words: `empreinte/s digitale/s, empreintes digitales, reconnaissance faciale, donnees biometriques, fingerprint/s, facial recognition, iris scan`,
  },
  {
    category: 'hr.discipline',
    words: `mise a pied, avertissement disciplinaire, sanction disciplinaire, sanctions disciplinaires, procedure disciplinaire,
      licenciement pour faute, faute grave, faute lourde, disciplinary action, disciplinary procedure, written warning,
      gross misconduct`,
  },
]

/** `syndique/e/s` → syndique, syndiquee, syndiques. */
const inflect = (word: string): string[] => {
  const [stem = '', ...endings] = word.split('/')
  return [stem, ...endings.map((ending) => stem + ending)]
}

const phrases = (text: string): string[][] =>
  text.split(',').flatMap((phrase) => {
    let forms: string[][] = [[]]
    for (const word of phrase.trim().split(/\s+/)) {
      forms = forms.flatMap((form) => inflect(word).map((one) => [...form, one]))
    }
    return forms
  })

export const special: readonly SpecialWord[] = rows.flatMap((row) =>
  phrases(fold(row.words)).map((words) => ({
    category: row.category,
    words,
    confidence: row.confidence ?? 0.9,
    ...(row.after === undefined ? {} : { after: new Set(row.after.split(' ')) }),
    ...(row.notAfter === undefined ? {} : { notAfter: new Set(row.notAfter.split(' ')) }),
  })),
)
