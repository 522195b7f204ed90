import type { Row } from './row.ts'

/** Convictions and offences (Art. 10 GDPR: a clean record too), discipline at work. */
export const conductRows: readonly Row[] = [
  {
    category: 'criminal',
    words: `casier/s judiciaire/s, bulletin n 3, condamnation/s penale/s, condamnations penales, condamne/FRA pour, condamne/FRA a, mis en examen, mise en examen, bracelet electronique, incarcere/FRA, incarceration, detention provisoire, en prison, en garde a vue, garde a vue, sursis probatoire, sort de prison, sortie de prison, peine de prison, repris de justice, recidiviste/s, delinquant/FRA, vol avec violence, trafic de stupefiants, poursuivi/FRA pour, interpelle/FRA par la police, victime de violences, victime de viol, violences conjugales, victime d agression,
      criminal record/s, criminal conviction/s, criminal offence/s, criminal offense/s, convicted of, convicted for, in prison, in jail, on parole, released from prison, arrested for, arrested by, sentenced to, charged with assault, charged with theft, charged with fraud, ex offender, felony, restraining order, victim of domestic violence, domestic abuse, victim of rape, sexual assault,
      vorbestraft/DEA, vorstrafe/n, strafregister, fuhrungszeugnis, straftat/en, verurteilt wegen, verurteilt zu, festgenommen, untersuchungshaft, in haft, im gefangnis, auf bewahrung, freiheitsstrafe, haftstrafe, fussfessel, strafverfahren gegen, hausliche gewalt, opfer hauslicher gewalt,
      antecedentes penales, antecedentes policiales, condenad/ESA por, condenad/ESA a, detenid/ESA por, en prision, en la carcel, libertad condicional, prision preventiva, imputad/ESA por, violencia de genero, orden de alejamiento, delito/s de,
      registo criminal, registro criminal, antecedentes criminais, condenad/ESA por, condenad/ESA a, detid/ESA por, pres/ESA por, na prisao, na cadeia, prisao preventiva, liberdade condicional, pulseira eletronica, violencia domestica,
      casellario giudiziale, precedenti penali, carichi pendenti, condannat/ITA per, condannat/ITA a, arrestat/ITA per, in carcere, in galera, agli arresti domiciliari, arresti domiciliari, custodia cautelare, pregiudicat/ITA, violenza domestica, indagat/ITA per,
      strafblad, veroordeeld voor, veroordeeld tot, gearresteerd, aangehouden voor, in de gevangenis, voorwaardelijke straf, voorlopige hechtenis, enkelband, gevangenisstraf, huiselijk geweld, verklaring omtrent het gedrag,
      karan/PLA za, niekaran/PLA, niekaralnosc/i, skazan/PLA za, skazan/PLA na, wyrok skazujacy, wyrok w zawieszeniu, aresztowan/PLA, w wiezieniu, do wiezienia, areszt/PLM sledczy, przemoc domowa, przemocy domowej, krajowy rejestr karny,
      cazier/ul judiciar, cazier/ul, condamnat/ROA pentru, condamnat/ROA la, arestat/ROA, in inchisoare, la puscarie, in arest, arest preventiv, antecedente penale, violenta domestica, inculpat/ROA pentru, eliberare conditionata`,
  },
  {
    category: 'criminal',
    unless: 'period periods periode review salary pay employment',
    words: 'on probation',
    beside: 'sentence sentenced court released offence crime prison officer order convicted',
  },
  {
    category: 'criminal',
    words: `under investigation for, dui conviction, dwi conviction, dui arrest, drink driving conviction, wegen betrugs verurteilt, wegen diebstahls verurteilt, wegen korperverletzung verurteilt, esta preso, esta presa, foi preso, foi presa, estuvo preso, estuvo presa, byl karany, byla karana, karan/PLA sadownie`,
  },
  {
    category: 'hr.discipline',
    words: `licenziat/ITA per giusta causa, lettera di richiamo, richiamo scritto, zwolnion/PLA dyscyplinarnie, dismissed for misconduct, avertissement ecrit`,
  },
  {
    category: 'hr.discipline',
    words: `mise a pied, avertissement disciplinaire, sanction/s disciplinaire/s, sanctions disciplinaires, procedure disciplinaire, licenciement pour faute, faute grave, faute lourde, blame disciplinaire, abandon de poste, insubordination,
      disciplinary action, disciplinary procedure, disciplinary hearing, final written warning, written warning, gross misconduct, fired for, dismissed for,
      abmahnung/en, abgemahnt, verhaltensbedingte kundigung, fristlose kundigung, fristlos gekundigt, disziplinarverfahren, sancion/es disciplinaria/s, sanciones disciplinarias, expediente disciplinario, despido disciplinario, falta muy grave, amonestacion/es,
      sancao disciplinar, processo disciplinar, despedimento por justa causa, demissao por justa causa, advertencia por escrito, sanzione disciplinare, sanzioni disciplinari, procedimento disciplinare, provvedimento disciplinare, licenziamento per giusta causa, richiamo scritto, contestazione disciplinare,
      disciplinaire maatregel, ontslag op staande voet, op staande voet, officiele waarschuwing, kara porzadkowa, kara nagany, zwolnienie dyscyplinarne, zwolnienia dyscyplinarnego, postepowanie dyscyplinarne, sanctiune disciplinara, sanctiuni disciplinare, cercetare disciplinara, concediere disciplinara, avertisment scris`,
  },
]
