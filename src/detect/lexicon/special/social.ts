import type { Row } from './row.ts'

/** Minors (recital 38), social aid, debt and vulnerability: no special categories, but told of a person in need. */
export const socialRows: readonly Row[] = [
  {
    category: 'child',
    words: `enfant/s mineur/s, enfants mineurs, fils mineur, fille mineure, mineur/e/s isole/e/s, mineurs isoles, mineur/s non accompagne/s, mineurs non accompagnes, encore mineur, encore mineure, est mineure, eleve de cp, eleve de ce1, eleve de ce2, eleve de cm1, eleve de cm2, en maternelle, pupille de la nation, nourrisson/s, nouveau ne,
      minor child/ren, minor children, underage, under age, unaccompanied minor/s, toddler, newborn, primary school pupil, still a minor, is a minor,
      minderjahrig/DEA, minderjahrige kinder, minderjaehrig/DEA, grundschuler/in, kindergartenkind, saugling, neugeborenes, menor/es de edad, hijo/s menor/es, hija menor, recien nacido, menor/es de idade, filho/s menor/es, filha menor, recem nascido, crianca menor,
      minorenne, minorenni, figlio minore, figlia minore, figli minori, neonato, minderjarig/e/en, minderjarige kinderen, kleuter/s, pasgeborene, maloletni/PLA, maloletn/PLA, nieletni/PLA, nieletn/PLA, noworodek, noworodka, niepelnoletni/PLA, copil minor, copii minori, copilul minor, fiica minora, fiul minor, nou nascut`,
  },
  {
    category: 'fin.income',
    confidence: 0.85,
    words: `beneficiaire du rsa, touche le rsa, allocataire du rsa, revenu de solidarite active, allocation adulte handicape, touche l aah, minima sociaux, aide sociale, beneficiaire de la css, cmu, allocataire caf, aide personnalisee au logement, allocation chomage, demandeur d emploi, demandeuse d emploi, au chomage, banque alimentaire, sans domicile fixe, sdf, sans abri,
      on benefits, universal credit, food stamps, housing benefit, jobseeker s allowance, on welfare, unemployment benefit/s, food bank, homeless, hartz iv, burgergeld, buergergeld, sozialhilfe, grundsicherung, arbeitslosengeld, wohngeld, obdachlos/DEA, aufstocker, arbeitslos/DEA,
      renta minima, ingreso minimo vital, prestacion por desempleo, subsidio por desempleo, ayuda social, en paro, sin hogar, banco de alimentos, rendimento social de insercao, subsidio de desemprego, bolsa familia, sem abrigo, desempregad/ESA, reddito di cittadinanza, assegno di inclusione, assegno sociale, indennita di disoccupazione, naspi, disoccupat/ITA, senzatetto,
      in de bijstand, bijstandsuitkering, ww uitkering, voedselbank, dakloos, dakloze/n, werkloos, werkloze, zasilek dla bezrobotnych, zasilku dla bezrobotnych, zasilek rodzinny, pomoc spoleczna, pomocy spolecznej, bezrobotn/PLA, bezdomn/PLA, ajutor social, venit minim garantat, indemnizatie de somaj, somer/i, in somaj, fara adapost`,
  },
  {
    category: 'fin.credit',
    confidence: 0.85,
    words: `surendettement, surendette/FRA, interdit bancaire, fiche banque de france, saisie sur salaire, saisies sur salaire, faillite personnelle, over indebted, bankruptcy, bankrupt, wage garnishment, payday loan/s, privatinsolvenz, uberschuldet, pfandung/en, lohnpfandung, gehaltspfandung, schufa eintrag, embargo de nomina, embargo salarial, sobreendeudad/ESA, moroso/s, insolvencia pessoal, penhora de salario, sobre endividad/ESA, pignoramento dello stipendio, sovraindebitamento, schuldsanering, schuldhulp, loonbeslag, zajecie wynagrodzenia, upadlosc konsumencka, poprire pe salariu, poprire salariu`,
  },
  {
    category: 'nationality',
    confidence: 0.85,
    words: `sans papiers, demandeur d asile, demandeuse d asile, demandeurs d asile, refugie/FRA politique, statut de refugie, oqtf, asylum seeker/s, refugee status, undocumented immigrant/s, illegal immigrant/s, asylbewerber/in, asylsuchende/r, fluchtlingsstatus, geduldet, solicitante de asilo, refugiad/ESA, sin papeles, requerente de asilo, richiedente asilo, richiedenti asilo, rifugiat/ITA, asielzoeker/s, vluchteling/en, statushouder, uchodzc/a/y, azylant/PLM, status uchodzcy, solicitant de azil, refugiat/ROA`,
  },
]
