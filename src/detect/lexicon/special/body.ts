import type { Row } from './row.ts'

const heritage = `of african descent, of arab descent, of asian descent, of jewish descent, of african origin, of arab origin, of asian origin, of turkish origin, of north african origin, of roma origin, african american/s, afro american, afro caribbean, native american, hispanic, latino/s, latina/s, mixed race, biracial`

/** Ethnic origin, sexual life, genetic and biometric data (Art. 9(1) GDPR). */
export const bodyRows: readonly Row[] = [
  {
    category: 'ethnic',
    topic: true,
    words: `origine/s ethnique/s, origine raciale, d origine arabe, d origine maghrebine, d origine africaine, d origine asiatique, d origine turque, d origine kabyle, d origine berbere, d origine antillaise, d origine juive, d origine algerienne, d origine marocaine, d origine tunisienne, d origine senegalaise, d origine rom, gitan/FRA, tzigane/s, gens du voyage, maghrebin/FRA, kabyle/s, metis, metisse/s, couleur de peau,
      ethnic origin/s, racial origin/s, ethnicity, roma people, romani, gypsy, gypsies, ${heritage}, skin colour, skin color,
      ethnische herkunft, ethnischer herkunft, rassische herkunft, arabischer herkunft, turkischer herkunft, afrikanischer herkunft, mit migrationshintergrund, migrationshintergrund, sinti, roma und sinti, sinti und roma, zigeuner/in, hautfarbe,
      origen etnico, origen racial, de origen arabe, de origen africano, de origen gitano, de origen indigena, gitan/ESA, raza negra, color de piel, afrodescendiente/s,
      origem etnica, origem racial, de origem africana, de origem cigana, cigan/ESA, etnia cigana, cor da pele, afrodescendente/s, quilombola/s, indigena/s,
      origine etnica, origine razziale, di origine araba, di origine africana, di origine rom, di etnia, zingar/ITA, zingari, colore della pelle,
      etnische afkomst, van marokkaanse afkomst, van turkse afkomst, van surinaamse afkomst, van afrikaanse afkomst, zigeuner/s, huidskleur,
      pochodzenie etniczne, pochodzenia etnicznego, pochodzenie rasowe, pochodzenia arabskiego, pochodzenia romskiego, pochodzenia zydowskiego, pochodzenia afrykanskiego, cygan/PLM, cygank/PLF, romk/PLF, kolor skory,
      origine etnica, de origine roma, de origine rroma, de etnie roma, de etnie rroma, de etnie, tigan/ROA, tiganca, rrom/ROA, culoarea pielii`,
  },
  {
    category: 'ethnic',
    words: `he is black, she is black, black woman, black man, asian american, african american, afro american, afro caribbean, dark skinned, skin colour, skin color, dunkelhautig/DEA, schwarze hautfarbe, peau noire, femme noire, homme noir, uomo di colore, donna di colore, persona di colore, e di colore, est rom, est tsigane, este rom, este romni, este tigan, huidskleur, kolor skory, culoarea pielii, colore della pelle, cor da pele, color de piel, couleur de peau, hautfarbe`,
  },
  { category: 'ethnic', words: 'etnia, etnie, ethnie', confidence: 0.3 },
  {
    category: 'sexual',
    words: `homosexuel/s, homosexuelle/s, homosexualite, bisexuel/s, bisexuelle/s, lesbienne/s, transgenre/s, transsexuel/s, transsexuelle/s, orientation sexuelle, vie sexuelle, changement de sexe, coming out, vie intime, echangiste/s, prostitue/FRA,
      homosexual/s, bisexual/s, lesbian/s, transgender, transsexual/s, sexual orientation, sex life, sex worker/s, gender reassignment, gender dysphoria, non binary, lgbt, lgbtq, queer,
      homosexuell/DEA, homosexualitat, schwul/DEA, lesbisch/DEA, lesbe/n, bisexuell/DEA, transsexuell/DEA, transgeschlechtlich, sexuelle orientierung, sexuellen orientierung, sexualleben, geschlechtsangleichung, intersexuell/DEA,
      homosexual/es, homosexualidad, lesbiana/s, bisexual/es, transexual/es, transgenero, orientacion sexual, vida sexual, cambio de sexo, prostitut/ESA,
      homossexual, homossexuais, homossexualidade, lesbica/s, bissexual, bissexuais, transexuais, orientacao sexual, vida sexual, mudanca de sexo,
      omosessual/ITA, omosessuali, omosessualita, lesbic/ITA, lesbiche, bisessual/ITA, transessual/ITA, orientamento sessuale, vita sessuale, cambio di sesso,
      homoseksueel, homoseksuele, homoseksualiteit, lesbienne/s, biseksueel, biseksuele, transseksueel, seksuele geaardheid, seksuele voorkeur, seksleven,
      homoseksualist/PLA, homoseksualn/PLA, homoseksualizm/u, lesbijk/PLF, biseksualn/PLA, transplciow/PLA, transseksualn/PLA, orientacja seksualna, orientacji seksualnej, zycie seksualne, zycia seksualnego,
      homosexual/ROA, homosexualitate, lesbian/ROA, bisexual/ROA, transsexual/ROA, orientare sexuala, orientarea sexuala, viata sexuala`,
  },
  {
    category: 'sexual',
    topic: true,
    beside: `est suis es etre etait il elle ouvertement mari couple is am are he she openly man woman couple ist bin er sie mann frau offen es soy el ella abiertamente pareja hombre mujer e sono lui lei coppia sou ele ela homem mulher casal is ben hij zij man vrouw jest jestem on ona este sunt`,
    words: 'gay/s, gej/em/a, homo',
  },
  {
    category: 'genetic',
    words: `test/s adn, tests adn, brca mutation, mutation carrier, test genetyczny, testy genetyczne, test/s genetique/s, tests genetiques, analyse/s genetique/s, maladie/s genetique/s, donnees genetiques, predisposition genetique, mutation brca, trisomie/s, trisomique/s, genetic test/s, genetic testing, genetic data, genetic disorder/s, genetic predisposition, brca1, brca2, down syndrome, down s syndrome, dna test/s, carrier of the gene,
      gentest/s, genetische daten, erbkrankheit/en, genetisch bedingt/DEA, gendefekt, dna test, trisomie 21, down syndrom, prueba/s genetica/s, test genetico, datos geneticos, enfermedad genetica, sindrome de down, teste/s genetico/s, dados geneticos, doenca genetica, test genetici, dati genetici, malattia genetica, malattie genetiche, sindrome di down,
      genetische test/en, genetische gegevens, erfelijke ziekte, erfelijke aandoening, syndroom van down, badanie genetyczne, badania genetyczne, badan genetycznych, dane genetyczne, choroba genetyczna, zespol downa, test genetic, teste genetice, date genetice, boala genetica, sindromul down, sindrom down`,
  },
  {
    category: 'biometric',
    words: `empreinte/s digitale/s, empreintes digitales, reconnaissance faciale, donnees biometriques, scan de l iris, empreinte vocale, fingerprint scan, fingerprint scans, facial recognition, face recognition, iris scan, retina scan, biometric data, voiceprint/s,
      fingerabdruck, fingerabdrucke, gesichtserkennung, biometrische daten, irisscan, huella/s dactilar, huellas dactilares, huella digital, huellas digitales, reconocimiento facial, datos biometricos, impressao digital, impressoes digitais, reconhecimento facial, dados biometricos,
      impronta digitale, impronte digitali, riconoscimento facciale, dati biometrici, vingerafdruk/ken, gezichtsherkenning, biometrische gegevens, odcisk palca, odciski palcow, odciskow palcow, rozpoznawanie twarzy, dane biometryczne, amprenta digitala, amprente digitale, amprente, recunoastere faciala, date biometrice`,
  },
  {
    category: 'biometric',
    unless: 'browser device ssl tls ssh certificate key sha sha256 hash canvas public file host',
    words: 'fingerprint/s',
  },
]
