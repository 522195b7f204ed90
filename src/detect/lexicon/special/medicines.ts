import type { Row } from './row.ts'

/**
 * Medicines: what somebody takes says what he has (CJEU C-21/23, Lindenapotheke: orders of medicines are data
 * concerning health). International non-proprietary names (WHO) in the spellings of the nine languages, and brands
 * that are no word or name besides.
 */
const names = `paracetamol acetaminophen ibuprofen diclofenac naproxen ketoprofen celecoxib etoricoxib meloxicam tramadol codein oxycodon hydrocodon fentanyl buprenorphin naloxon tapentadol pregabalin gabapentin
  metformin gliclazid glimepirid sitagliptin vildagliptin empagliflozin dapagliflozin liraglutid semaglutid dulaglutid tirzepatid insulin glargin
  atorvastatin rosuvastatin simvastatin pravastatin ezetimib fenofibrat lisinopril ramipril perindopril enalapril captopril losartan valsartan candesartan irbesartan telmisartan olmesartan amlodipin lercanidipin nifedipin diltiazem verapamil bisoprolol metoprolol atenolol propranolol nebivolol carvedilol furosemid spironolacton hydrochlorothiazid indapamid doxazosin amiodaron flecainid digoxin nitroglycerin
  warfarin acenocoumarol apixaban rivaroxaban dabigatran edoxaban clopidogrel ticagrelor prasugrel enoxaparin heparin
  omeprazol esomeprazol pantoprazol lansoprazol rabeprazol ranitidin famotidin domperidon metoclopramid loperamid mesalazin
  levothyroxin levotiroxin lewotyroksyn carbimazol thiamazol prednison prednisolon methylprednisolon dexamethason dexametason hydrocortison betamethason budesonid
  salbutamol albuterol salmeterol formoterol fluticason beclometason montelukast tiotropium ipratropium theophyllin
  cetirizin levocetirizin loratadin desloratadin fexofenadin
  amoxicillin amoxycillin ampicillin flucloxacillin penicillin cefuroxim ceftriaxon cefalexin azithromycin clarithromycin erythromycin doxycyclin ciprofloxacin levofloxacin ofloxacin nitrofurantoin trimethoprim cotrimoxazol vancomycin metronidazol fluconazol itraconazol aciclovir acyclovir valaciclovir oseltamivir remdesivir rifampicin isoniazid hydroxychloroquin ivermectin mebendazol
  tenofovir emtricitabin efavirenz dolutegravir lamivudin raltegravir sofosbuvir
  sertralin fluoxetin paroxetin citalopram escitalopram venlafaxin desvenlafaxin duloxetin mirtazapin bupropion trazodon amitriptylin clomipramin imipramin vortioxetin agomelatin lithium carbonat quetiapin risperidon olanzapin aripiprazol haloperidol clozapin paliperidon cyamemazin amisulprid chlorpromazin
  diazepam lorazepam alprazolam bromazepam clonazepam oxazepam temazepam midazolam prazepam zolpidem zopiclon eszopiclon hydroxyzin buspiron melatonin
  methylphenidat lisdexamfetamin atomoxetin dexamfetamin modafinil donepezil rivastigmin memantin levodopa pramipexol ropinirol rasagilin
  lamotrigin levetiracetam valproat carbamazepin oxcarbazepin topiramat phenytoin lacosamid sumatriptan rizatriptan zolmitriptan erenumab
  methotrexat azathioprin ciclosporin tacrolimus mycophenolat sulfasalazin leflunomid adalimumab etanercept infliximab rituximab tocilizumab ustekinumab secukinumab natalizumab ocrelizumab dupilumab omalizumab denosumab trastuzumab bevacizumab pembrolizumab nivolumab imatinib tamoxifen letrozol anastrozol exemestan bicalutamid leuprorelin goserelin docetaxel paclitaxel cisplatin carboplatin oxaliplatin cyclophosphamid doxorubicin capecitabin fluorouracil
  sildenafil tadalafil vardenafil finasterid dutasterid tamsulosin oxybutynin solifenacin mirabegron levonorgestrel desogestrel drospirenon ethinylestradiol estradiol progesteron mifepriston misoprostol clomifen testosteron
  alendronat risedronat colchicin allopurinol febuxostat baclofen tizanidin cyclobenzaprin isotretinoin acitretin disulfiram acamprosat naltrexon vareniclin methadon`

/** Endings that the languages give an international name: metformin, metformine, metformina, metforminy, Paracetamolu. */
const endings = ['', 'e', 'a', 'o', 'u', 'y', 'i', 'em', 'ul', 'ului']

/** `th` and `ph`, `y`, doubled letters as Spanish, Italian and Portuguese write them. */
const romance = (name: string): string =>
  name
    .replaceAll('th', 't')
    .replaceAll('ph', 'f')
    .replaceAll('y', 'i')
    .replace(/([bcdfglmnprst])\1/g, '$1')

/** `carbonat` and words that mean more than a medicine. */
const common = new Set(['carbonat', 'glargin', 'lithium', 'insulin'])

const international = [...new Set(names.split(/\s+/).flatMap((name) => [name, romance(name)]))].filter(
  (name) => !common.has(name),
)

export const medicineRows: readonly Row[] = [
  {
    category: 'health',
    words: international.map((name) => `${name}/${endings.slice(1).join('/')}`).join(', '),
  },
  {
    category: 'health',
    words: `aspirin/e/a, aspirina, aspirine/s, aspegic, kardegic, dafalgan, efferalgan, doliprane, panadol, tylenol, advil, nurofen, ponstan, novalgin, metamizol, nolotil, tachipirina, voltaren, voltarene, spasfon, smecta, gaviscon, imodium, nexium, inexium, mopral, glucophage, januvia, jardiance, ozempic, wegovy, mounjaro, saxenda, victoza, trulicity, lantus, humalog, novorapid, novomix, levemir, tahor, crestor, lipitor, zocor, plavix, xarelto, eliquis, pradaxa, coumadin, marcumar, sintrom, previscan, lovenox, clexane, coversyl, entresto, lasilix, lasix, levothyrox, euthyrox, eltroxin, letrox, ventoline, ventolin, symbicort, seretide, flixotide, spiriva, xolair, augmentin, clamoxyl, zithromax, plaquenil, truvada, biktarvy, triumeq, genvoya, zoloft, deroxat, seroxat, paxil, seroplex, lexapro, cipralex, cymbalta, effexor, laroxyl, anafranil, wellbutrin, brintellix, trileptal, tegretol, depakine, depakote, keppra, lamictal, rivotril, valium, xanax, lexomil, lexotan, lysanxia, temesta, tavor, stilnox, imovane, ambien, atarax, tercian, risperdal, zyprexa, abilify, seroquel, haldol, leponex, clozaril, lithium carbonate, teralithe, ritaline, ritalin, medikinet, adderall, vyvanse, elvanse, aricept, sinemet, imurel, humira, enbrel, remicade, cosentyx, stelara, dupixent, tysabri, ocrevus, aubagio, gilenya, avonex, herceptin, avastin, keytruda, opdivo, glivec, nolvadex, arimidex, viagra, cialis, levitra, propecia, subutex, suboxone, oxycontin, percocet, vicodin, skenan, actiskenan, durogesic, lyrica gelule/s, neurontin, antabuse, aotal, chantix, naloxone kit, roaccutane, curacne, propranolol, insulin pump, insulin pen/s, pompe a insuline, insulinpumpe, antiretroviral/s, antiretroviraux, immunosuppressant/s, immunosuppresseur/s, immunsuppressiva, antipsychotic/s, antipsychotique/s, neuroleptique/s, neuroleptika, neuroleptics, antihypertenseur/s, anticoagulant/s, anticoagulants, blutverdunner, bloedverdunners, beta blocker/s, betabloquant/s, betablocker, benzodiazepine/s, opioid painkillers, painkillers, antidouleur/s, schmerzmittel, analgesico/s, analgesici, pijnstiller/s, leki przeciwbolowe, analgezice, sleeping tablets, schlaftabletten, somniferos, sonniferi, slaappillen, leki nasenne, somnifere, statine/s, contraceptive pill, pilule contraceptive, antibabypille, morning after pill, pilule du lendemain, antibiotika, antibiotico/s, antibiotici, antibiotica, antybiotyk/PLM, antibiotic/e, chemo, corticoid/e/es/s, corticosteroid/s`,
  },
]
