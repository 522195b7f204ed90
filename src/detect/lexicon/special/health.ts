import type { Row } from './row.ts'

const health = 'health' as const
const insurance = `assurance assurances caisse complementaire mutuelle prevoyance cpam insurance plan versicherung kasse seguro assicurazione verzekering ubezpieczenie asigurare`
const golf = 'golf'
const drinks = `bebida bebidas beverage beverages drink drinks boisson boissons bevanda bevande bautura bauturi free non solution gel`
const technical = `technique technical tecnico tecnica technisch fehler problem problems netzwerk gerat system systems computer reseau equipement panne logiciel ordinateur ligne materiel network device software hardware red equipo sistema averia rete guasto apparecchio netwerk storing apparaat sieci awarii systemu retea defectiune energetique immobilier remoto distancia`
const zodiac = `signe signes astrologique astrologie zodiaque horoscope ascendant natif sign zodiac astrology sternzeichen horoskop signo zodiaco segno sterrenbeeld znak zodiaku zodie zodia tropique tropico tropic`

/** Health (Art. 4(15) GDPR): conditions, treatments, medicines, leave, disability, care. */
export const healthRows: readonly Row[] = [
  // French
  {
    category: health,
    general: true,
    unless: insurance,
    words: `malade/s, maladie/s, souffrant/FRA, arret/s maladie, arret/s de travail, arret medical, conge/s maladie, accident du travail, accident de travail, accidents du travail, maladie/s professionnelle/s, absence/s maladie, absence pour maladie`,
  },
  {
    category: health,
    topic: true,
    unless: zodiac,
    words: `cancer/s, diabete, asthme, epilepsie, alzheimer, parkinson, sida, handicap/s, autisme, tuberculose, hepatite/s, sclerose en plaques, obesite, alcoolisme, toxicomanie`,
  },
  {
    category: health,
    words: `conge longue maladie, conge longue duree, longue maladie, affection longue duree, mi temps therapeutique, temps partiel therapeutique, invalidite, inaptitude, inapte/s, rqth, travailleur handicape, travailleuse handicapee, taux d incapacite,
      hospitalise/FRA, hospitalisation/s, chimiotherapie/s, chimio, radiotherapie, cancereux, cancereuse, tumeur/s, metastase/s, leucemie, lymphome, melanome, diabetique/s, insuline, asthmatique/s, epileptique/s, crise d epilepsie, hypertension, hypertendu/FRA, infarctus, avc, accident vasculaire cerebral, insuffisance cardiaque, insuffisance renale, pacemaker, vih, seropositif/s, seropositive/s,
      depressif/s, depressive/s, burn out, burnout, surmenage, anxiete, crise/s d angoisse, trouble/s anxieux, trouble/s bipolaire/s, schizophrenie, schizophrene/s, bipolaire/s, autiste/s, tdah, dyslexique/s, dyslexie, demence, suicidaire/s, tentative de suicide, parkinsonien,
      fibromyalgie, migraine/s, lombalgie/s, hernie discale, sciatique, tendinite, arthrose, polyarthrite, endometriose, crohn, eczema, psoriasis, vertige/s, fracture/s du, fracture/s de la, fracture ouverte, entorse/s, jambe cassee, bras casse, plaie/s, blesse/FRA a, grippe, gastro enterite, angine, bronchite, pneumonie, covid positif, positif au covid, positive au covid, covid long,
      grossesse/s, conge/s maternite, conge de maternite, conge pathologique, fausse couche, ivg, avortement/s, fecondation in vitro, pma, menopause, infertilite, sterilite, psychiatre/s, psychiatrique/s, psychotherapie, psychologue du travail, antidepresseur/s, anxiolytique/s, somnifere/s, doliprane, levothyrox, xanax, prozac, morphine, methadone, antibiotique/s, cortisone, tritherapie,
      ordonnance medicale, certificat/s medical, certificats medicaux, dossier/s medical, dossiers medicaux, traitement/s medical, traitement lourd, intervention chirurgicale, opere/FRA du, opere/FRA de la, operation du genou, operation du dos, dialyse, prothese/s, fauteuil roulant, malentendant/FRA, malvoyant/FRA, aveugle/s, sourd/FRA, muet/s, amputation, ampute/FRA, paralyse/FRA, allergie/s, allergique/s, intolerance au gluten, maladie coeliaque,
      toxicomane/s, addiction/s, cure de desintoxication, anorexie, anorexique/s, boulimie, groupe sanguin, analyse/s de sang, prise de sang, medecin du travail, medecine du travail, urgences psychiatriques, soins palliatifs, en rehabilitation, sous tutelle, sous curatelle, medecin traitant, arrete par son medecin, arretee par son medecin`,
  },
  {
    category: health,
    words: 'enceinte/s',
    after:
      'suis est es etes etais etait sera serai tombee etre femme femmes salariee salariees toujours etant elle deja',
  },
  {
    category: health,
    words:
      'bequille/s, clinique/s, hopital, pharmacie/s, medecin/s, infirmier/s, infirmiere/s, vaccin/s, vaccination, symptome/s',
    confidence: 0.3,
  },
  { category: health, topic: true, unless: golf, words: 'handicape/FRA, handicap/s' },
  { category: health, capitals: true, words: 'ald' },
  {
    category: health,
    topic: true,
    unless: 'atmospherique tropicale tropical atmospheric economique economic great',
    words: 'depression/s, depressione/i',
  },
  {
    category: health,
    unless: drinks,
    words: 'alcoolique/s, alcoholic/s, alcoholic/ESA, alcoolic/ESA, alcoolic/ROA',
  },
  {
    category: health,
    unless: technical,
    words:
      'diagnose/n/s, diagnostico/s, diagnosi, diagnoz/PLF, diagnosticul, diagnostic de, diagnostic medical',
  },
  // English
  {
    category: health,
    general: true,
    unless: `policy insurance plan benefit ${insurance}`,
    words: `sick leave, on sick leave, off sick, called in sick, medical leave, illness/es, disease/s, sickness absence, work accident, sick note/s, injured at work, occupational disease, is ill, was ill, been ill, fell ill`,
  },
  {
    category: health,
    topic: true,
    unless: `${zodiac} atmospheric tropical economic great`,
    words: `cancer, diabetes, asthma, epilepsy, dementia, autism, hepatitis, tuberculosis, multiple sclerosis, disability, disabilities, obesity, alcoholism`,
  },
  { category: health, unless: 'free friendly tested proof safe season', words: 'allergy, allergies' },
  { category: health, capitals: true, words: 'aids' },
  { category: health, words: 'miscarriage/s', unless: 'justice' },
  {
    category: health,
    words: `pregnant, pregnancy, pregnancies, maternity leave, diabetic/s, insulin, tumor/s, tumour/s, leukemia, leukaemia, lymphoma, melanoma, chemotherapy, chemo, radiotherapy, asthmatic, epileptic, epileptic seizure/s, heart attack, heart failure, heart condition, stroke patient, had a stroke, suffered a stroke, hiv, hiv positive, aids patient, depressed, clinical depression,
      suffering from depression, suffers from depression, postnatal depression, postpartum depression, anxiety disorder, panic attack/s, bipolar disorder, bipolar, schizophrenia, schizophrenic, autistic, adhd, dyslexia, dyslexic, suicidal, suicide attempt, self harm, ptsd, alzheimer/s, parkinson s disease,
      fibromyalgia, abortion/s, ivf, infertility, menopause, endometriosis, psychiatrist/s, psychiatric, psychotherapy, antidepressant/s, sleeping pills, medical certificate/s, medical record/s, medical condition/s, medical history, medical treatment, doctor s note, diagnosed with, diagnosis of, prognosis, surgery, operated on, hospitalised, hospitalized, in hospital, admitted to hospital, intensive care,
      wheelchair, hearing impaired, visually impaired, deaf, blind in, disabled person, disabled employee, is disabled, registered disabled, amputee, paralysed, paralyzed, allergic to, coeliac, celiac, drug addiction, drug addict, rehab, anorexia, anorexic, bulimia, burnout, burn out, tested positive, blood type, blood test/s, broken leg, broken arm, broken hip, slipped disc, back pain, chronic pain, arthritis, migraine/s, hypertension, high blood pressure,
      kidney failure, on dialysis, pacemaker, prosthesis, palliative care, terminally ill, mental health issues, mental illness, occupational health, long covid, ibuprofen, paracetamol, metformin, prozac, xanax, antibiotics, morphine, methadone, statins`,
  },
  // German
  {
    category: health,
    general: true,
    words: `krank, kranke/n, erkrankt, erkrankung/en, krankheit/en, krankmeldung/en, krankgemeldet, krankgeschrieben, krankschreibung/en, krank geschrieben, krank gemeldet, arbeitsunfahig, arbeitsunfaehig, arbeitsunfahigkeit, arbeitsunfaehigkeit, arbeitsunfahigkeitsbescheinigung, arbeitsunfall, arbeitsunfalle, krankheitsbedingt/DEA, au bescheinigung`,
  },
  {
    category: health,
    topic: true,
    unless: zodiac,
    words: `krebs, brustkrebs, diabetes, asthma, epilepsie, demenz, alzheimer, parkinson, behinderung/en, autismus, tuberkulose, multiple sklerose, adipositas`,
  },
  {
    category: health,
    words: `krebserkrankung/en, krebspatient/in, tumor/e/en, leukamie, leukaemie, chemotherapie, strahlentherapie, bestrahlung, zuckerkrank, diabetiker/in, asthmatiker/in, epileptiker/in, epileptisch/DEA, bluthochdruck, herzinfarkt, schlaganfall, herzkrank, nierenversagen, dialyse, hiv, hiv positiv, hepatitis, depressionen, depressiv/DEA, angststorung/en, panikattacke/n, bipolar/DEA, schizophren/DEA, schizophrenie, autist/in, burnout, suizidal, suizidversuch, selbstmordversuch, psychisch krank, psychische erkrankung, psychiater/in, psychiatrie, psychiatrisch/DEA, psychotherapie, antidepressiva,
      schwanger, schwangere/n, schwangerschaft/en, mutterschutz, fehlgeburt/en, abtreibung, wechseljahre, unfruchtbarkeit, schwerbehindert/DEA, schwerbehinderung, schwerbehindertenausweis, behindert/DEA, gehbehindert, grad der behinderung, rollstuhl, gehorlos, schwerhorig, ist blind, blinde person, erwerbsminderung, erwerbsunfahig, pflegegrad, reha, zur kur, in kur, bandscheibenvorfall, beinbruch, armbruch, knochenbruch, migrane, migraene, rheuma, grippe, lungenentzundung, lungenentzuendung,
      operation/en am, operiert, krankenhausaufenthalt, ins krankenhaus, im krankenhaus, stationar behandelt, befund/e, arztliches attest, arztattest, krankenakte, patientenakte, medikament/e/en, blutgruppe, allergie/n, allergisch/DEA, unvertraglichkeit/en, alkoholiker/in, alkoholabhangig, alkoholkrank, drogenabhangig, suchtkrank, magersucht, bulimie, corona positiv, positiv getestet, insulin, kortison`,
  },
  // Spanish
  {
    category: health,
    general: true,
    words: `enferm/ESA, enfermedad/es, baja medica, baja por enfermedad, bajas medicas, estoy de baja, esta de baja, sigo de baja, parte de baja, incapacidad temporal, accidente laboral, accidentes laborales, accidente de trabajo, indispuest/ESA`,
  },
  {
    category: health,
    topic: true,
    unless: zodiac,
    words: `cancer, diabetes, asma, epilepsia, alzheimer, parkinson, sida, discapacidad/es, autismo, tuberculosis, hepatitis, esclerosis multiple, obesidad, alcoholismo`,
  },
  {
    category: health,
    words: `tumor/es, leucemia, linfoma, quimioterapia, radioterapia, diabetic/ESA, insulina, asmatic/ESA, epileptic/ESA, hipertension, hipertens/ESA, infarto, ictus, vih, seropositiv/ESA, depresion, depresiv/ESA, deprimid/ESA, ansiedad, ataque/s de panico, trastorno bipolar, esquizofrenia, esquizofrenic/ESA, autista/s, demencia, suicida, intento de suicidio, psiquiatra, psiquiatric/ESA, psicoterapia, antidepresiv/ESA,
      embarazo/s, embarazada/s, baja maternal, baja por maternidad, permiso de maternidad, aborto/s, fecundacion in vitro, menopausia, infertilidad, discapacitad/ESA, minusvalia, minusvalid/ESA, grado de discapacidad, silla de ruedas, ciego/s, ciega/s, sord/ESA, invidente, paralitic/ESA, amputad/ESA, incapacidad permanente, fibromialgia, migrana/s, lumbalgia, hernia discal, ciatica, fractura/s de, esguince, con gripe, tengo gripe, tiene gripe, la gripe, neumonia,
      operad/ESA de, operacion de rodilla, intervencion quirurgica, hospitalizad/ESA, hospitalizacion, ingresad/ESA en el hospital, diagnosticad/ESA, historial medico, historia clinica, certificado medico, tratamiento medico, medicacion, medicamento/s, grupo sanguineo, alergia/s, alergic/ESA, intolerancia a la lactosa, celiac/ESA, toxicoman/ESA, drogadict/ESA, anorexia, bulimia, dialisis, protesis, positivo en covid`,
  },
  // Italian
  {
    category: health,
    general: true,
    unless: insurance,
    words: `malat/ITA, malattia, malattie, assenza per malattia, congedo per malattia, certificato di malattia, infortunio, infortuni sul lavoro, infortunio sul lavoro, infortunat/ITA`,
  },
  {
    category: health,
    topic: true,
    unless: zodiac,
    words: `cancro, tumore, tumori, diabete, asma, epilessia, alzheimer, parkinson, aids, disabilita, autismo, tubercolosi, epatite, sclerosi multipla, obesita, alcolismo`,
  },
  {
    category: health,
    words: `leucemia, linfoma, chemioterapia, radioterapia, diabetic/ITA, diabetici, diabetiche, insulina, asmatic/ITA, epilettic/ITA, ipertensione, ipertes/ITA, infarto, ictus, hiv, sieropositiv/ITA, depressione, depresso, depressa, depressi, ansia, attacchi di panico, disturbo bipolare, schizofrenia, schizofrenic/ITA, autistic/ITA, demenza, tentato suicidio, psichiatra, psichiatric/ITA, psicoterapia, antidepressiv/ITA,
      gravidanza, incinta, incinte, maternita obbligatoria, congedo di maternita, aborto, aborti, fecondazione assistita, menopausa, infertilita, disabile, disabili, invalido civile, invalida civile, invalidi civili, invalidita civile, percentuale di invalidita, legge 104, sedia a rotelle, non vedent/ITA, cieco, cieca, sord/ITA, amputat/ITA, fibromialgia, emicrania, lombalgia, ernia del disco, sciatica, frattura, fratture, distorsione, influenza intestinale, polmonite,
      operat/ITA al, operat/ITA alla, intervento chirurgico, ricoverat/ITA, ricovero ospedaliero, diagnosticat/ITA, cartella clinica, certificato medico, terapia farmacologica, farmaci, gruppo sanguigno, allergia, allergie, allergic/ITA, intolleranza al lattosio, celiac/ITA, tossicodipendent/ITA, alcolist/ITA, anoressia, bulimia, dialisi, protesi, positivo al covid, positiva al covid`,
  },
  // Portuguese
  {
    category: health,
    general: true,
    words: `doente/s, doenca/s, baixa medica, baixa por doenca, estou de baixa, esta de baixa, atestado medico, licenca medica, auxilio doenca, acidente de trabalho, acidentes de trabalho, adoecid/ESA`,
  },
  {
    category: health,
    topic: true,
    unless: zodiac,
    words: `cancro, cancer, diabetes, asma, epilepsia, alzheimer, parkinson, sida, deficiencia, autismo, tuberculose, hepatite, esclerose multipla, obesidade, alcoolismo`,
  },
  {
    category: health,
    words: `tumor/es, leucemia, linfoma, quimioterapia, radioterapia, diabetic/ESA, insulina, asmatic/ESA, epiletic/ESA, epileptic/ESA, hipertensao, hipertens/ESA, enfarte, infarto, avc, vih, hiv, seropositiv/ESA, soropositiv/ESA, depressao, depressiv/ESA, deprimid/ESA, ansiedade, ataque/s de panico, transtorno bipolar, esquizofrenia, esquizofrenic/ESA, autista/s, demencia, tentativa de suicidio, psiquiatra, psiquiatric/ESA, psicoterapia, antidepressiv/ESA,
      gravidez, gravida/s, licenca de maternidade, licenca maternidade, aborto/s, fertilizacao in vitro, menopausa, infertilidade, deficiente/s, pessoa com deficiencia, invalidez, incapacidade permanente, cadeira de rodas, cego/s, cega/s, surd/ESA, amputad/ESA, fibromialgia, enxaqueca/s, lombalgia, hernia discal, ciatica, fratura/s, entorse, com gripe, a gripe, pneumonia,
      operad/ESA ao, operad/ESA a, cirurgia/s, intervencao cirurgica, hospitalizad/ESA, internad/ESA, internamento, diagnosticad/ESA, historico medico, ficha clinica, processo clinico, medicacao, medicamento/s, grupo sanguineo, alergia/s, alergic/ESA, intolerancia a lactose, celiac/ESA, toxicodependente/s, anorexia, bulimia, dialise, protese, positivo para covid`,
  },
  // Dutch
  {
    category: health,
    general: true,
    unless: insurance,
    words: `ziek, zieke, ziekte/n/s, ziekmelding/en, ziekgemeld, ziek gemeld, ziekteverlof, ziekteverzuim, arbeidsongeschikt/e, arbeidsongeschiktheid, arbeidsongeval/len, bedrijfsongeval, beroepsziekte`,
  },
  {
    category: health,
    topic: true,
    unless: zodiac,
    words: `kanker, borstkanker, diabetes, suikerziekte, astma, epilepsie, dementie, alzheimer, parkinson, handicap/s, autisme, tuberculose, multiple sclerose, obesitas, alcoholisme`,
  },
  {
    category: health,
    words: `kankerpatient, tumor/en, leukemie, lymfoom, chemotherapie, chemo, bestraling/en, diabetisch/e, diabeet, insuline, astmatisch/e, epileptisch/e, hoge bloeddruk, hartaanval, hartinfarct, beroerte, hiv, hiv positief, seropositief, hepatitis, depressie/s, depressief, depressieve, angststoornis, paniekaanval/len, bipolair/e, bipolaire stoornis, schizofreen, schizofrene, schizofrenie, autistisch/e, burn out, burnout, overspannen, suicidaal, zelfmoordpoging, psychiater, psychiatrisch/e, psychotherapie, antidepressiva,
      zwanger/e, zwangerschap/pen, zwangerschapsverlof, bevallingsverlof, miskraam, abortus, ivf behandeling, onvruchtbaar, gehandicapt/e/en, rolstoel, slechtziend/e, slechthorend/e, is doof, is blind, blinde man, blinde vrouw, geamputeerd, wao uitkering, wia uitkering, fibromyalgie, migraine, hernia, gebroken been, gebroken arm, verstuikt, griep, longontsteking,
      geopereerd, operatie aan, ziekenhuisopname, opgenomen in het ziekenhuis, in het ziekenhuis, gediagnosticeerd, medisch dossier, medische verklaring, doktersverklaring, bedrijfsarts, medicatie, medicijn/en, bloedgroep, allergie, allergieen, allergisch/e, lactose intolerant, drugsverslaafd/e, alcoholist/e, verslaafd aan, anorexia, boulimia, dialyse, prothese, positief getest`,
  },
  // Polish
  {
    category: health,
    general: true,
    unless: insurance,
    words: `chory, chora, chorego, chorej, chorym, chorzy, chorych, chorob/PLF, choroba zawodowa, zwolnieni/e/a/u lekarskie/go/mu, zwolnienie lekarskie, zwolnieniu lekarskim, zwolnienia lekarskiego, na l4, zachorowal/a, wypadek przy pracy, wypadku przy pracy, niezdoln/PLA do pracy`,
  },
  {
    category: health,
    topic: true,
    unless: zodiac,
    words: `nowotwor/PLM, cukrzyc/PLF, astm/PLF, padaczk/PLF, epilepsj/PLF, alzheimer/a, parkinson/a, niepelnosprawnosc/i, autyzm/u, gruzlic/PLF, stwardnienie rozsiane, stwardnienia rozsianego, otylosc/i, alkoholizm/u`,
  },
  {
    category: health,
    words: `rak/a piersi, rak/a pluc, rak/a prostaty, rak/a jelita, raka, choroba nowotworowa, chorobe nowotworowa, chory na raka, chora na raka`,
  },
  {
    category: health,
    words: `bialaczk/PLF, chloniak/PLM, chemioterapi/PLF, radioterapi/PLF, cukrzyk/PLM, insulin/PLF, astmatyk/PLM, nadcisnieni/e/a/em, zawal serca, zawalu serca, udar mozgu, udaru, hiv, zapalenie watroby, depresj/PLF, depresyjn/PLA, nerwic/PLF, zaburzenia lekowe, choroba dwubiegunowa, schizofreni/PLF, autystyczn/PLA, demencj/PLF, proba samobojcza, proby samobojczej, psychiatr/PLM, psychiatryczn/PLA, psychoterapi/PLF, antydepresant/PLM, leki przeciwdepresyjne,
      ciaza, ciazy, ciaze, w ciazy, ciezarna, ciezarnej, urlop macierzynski, urlopu macierzynskiego, poronieni/e/a, aborcj/PLF, in vitro, menopauz/PLF, nieplodnosc/i, niepelnosprawn/PLA, orzeczenie o niepelnosprawnosci, inwalid/PLF, rent/PLF inwalidzka, wozek inwalidzki, wozku inwalidzkim, niewidom/PLA, nieslyszac/PLA, glucho, migren/PLF, rwa kulszowa, zlaman/PLA noga, zlamanie nogi, zlamal noge, zlamala noge, gryp/PLF, zapalenie pluc,
      operacj/PLF kolana, operacj/PLF serca, zabieg chirurgiczny, hospitalizowan/PLA, hospitalizacj/PLF, w szpitalu, do szpitala, zdiagnozowan/PLA, dokumentacja medyczna, karta pacjenta, zaswiadczenie lekarskie, historia choroby, leki na, lekarstw/a/o, grupa krwi, grupe krwi, alergi/PLF, alergiczn/PLA, uczuleni/e/a, uczulon/PLA, celiaki/PLF, narkoman/PLM, alkoholik/PLM, uzaleznion/PLA od, anoreksj/PLF, bulimi/PLF, dializ/PLF, protez/PLF`,
  },
  // Romanian
  {
    category: health,
    general: true,
    unless: insurance,
    words: `bolnav/ROA, bolnava, boala, boli, bolii, concediu medical, concediul medical, concediu de boala, accident de munca, accidente de munca, boala profesionala, imbolnavit/a, certificat medical, certificatul medical`,
  },
  {
    category: health,
    topic: true,
    unless: `${zodiac} racul`,
    words: `cancer/ul/ului, diabet/ul/ului, astm/ul/ului, epilepsi/RON, alzheimer, parkinson, sida, handicap/ul/ului, dizabilitat/e/i/ea, autism/ul, tuberculoza, hepatita, scleroza multipla, obezitate, alcoolism/ul`,
  },
  {
    category: health,
    words: `tumoare, tumori, tumora, leucemi/RON, limfom, chimioterapi/RON, radioterapi/RON, diabetic/ROA, insulina, astmatic/ROA, epileptic/ROA, hipertensiune, hipertensiv/ROA, infarct, accident vascular, hiv, seropozitiv/ROA, depresi/RON, depresiv/ROA, anxietate, atac/uri de panica, tulburare bipolara, schizofreni/RON, autist/ROA, dementa, tentativa de suicid, psihiatru, psihiatric/ROA, psihoterapie, antidepresiv/ROA,
      insarcinata, insarcinate, gravida, sarcina extrauterina, concediu de maternitate, concediul de maternitate, concediu maternal, avort, pierderea sarcinii, fertilizare in vitro, menopauza, infertilitate, persoana cu handicap, grad de handicap, persoana cu dizabilitati, este invalid, este invalida, grad de invaliditate, pensie de invaliditate, scaun cu rotile, nevazator, nevazatoare, surd/ROA, amputat/a, fibromialgie, migren/RON, hernie de disc, sciatica, fractura, fracturi, piciorul rupt, entorsa, gripa, pneumonie,
      operat/a de, operat/a la, interventie chirurgicala, spitalizat/a, internat/a in spital, internat/a la, internare, diagnosticat/a, dosar medical, fisa medicala, adeverinta medicala, tratament medical, medicamente, medicatie, grupa sanguina, grupa de sange, alergi/RON, alergic/ROA, intoleranta la lactoza, celiac/ROA, dependent/a de droguri, toxicoman/ROA, anorexie, bulimie, dializa, proteza, pozitiv/a la covid`,
  },
]
