import type { Row } from './row.ts'

/** Member, vote, run for: what makes a party's or a union's name a person's conviction. */
const member = `membre membres adherent adherente adherents adherente carte encarte encartee militant militante militants delegue deleguee elu elue sympathisant sympathisante candidat candidate vote votes voter electeur electrice affilie affiliee cotisation cotise responsable
  member members membership voter votes voted supporter activist candidate card mitglied mitglieder mitgliedschaft wahler wahlt gewahlt anhanger kandidat beitrag miembro afiliado afiliada militante vota votante simpatizante carne iscritto iscritta tesserato tesserata tessera elettore
  membro filiado filiada filiacao eleitor simpatizante lid leden lidmaatschap stemt kiezer aanhanger czlonek czlonkini czlonkiem glosuje wyborca legitymacja membru membra voteaza simpatizant delegado delegada delegato`

/** Religion, politics, trade unions, philosophy (Art. 9(1) GDPR). */
export const beliefRows: readonly Row[] = [
  // Trade unions
  {
    category: 'belief.union',
    topic: true,
    unless: `copropriete coproprietaires coproprietaire mixte mixtes initiative eaux intercommunal intercommunale energie patronal blocco investitori bancario bancaire banques hoteliers tourisme transports`,
    words: `syndicat/s, sindicato/s, sindacato, sindacati, sindicat/ul/ului/e, gewerkschaft/en, vakbond/en, vakvereniging, zwiazek zawodowy, zwiazku zawodowego, zwiazkow zawodowych, trade union/s, labor union/s, labour union/s, workers union`,
  },
  {
    category: 'belief.union',
    words: `syndique/FRA, syndical/e/es, syndicaux, syndicaliste/s, delegue/s syndical, deleguee/s syndicale, mandat syndical, union member/s, union membership, union rep, union reps, union representative/s, union dues, joined the union, unionised, unionized, shop steward/s,
      gewerkschaftsmitglied/er, gewerkschafter/in, gewerkschaftlich/DEA, vertrauensmann der gewerkschaft, sindicalista/s, sindicalizad/ESA, sindical/es, afiliad/ESA a un sindicato, enlace sindical, delegad/ESA sindical, cuota sindical, sindacalista, sindacalisti, sindacal/ITA, iscritto al sindacato, iscritta al sindacato, delegato sindacale, tessera sindacale, delegad/ESA sindical, dirigente sindical, sindicais,
      vakbondslid, vakbondsleden, vakbondsman, lid van de vakbond, zwiazkowiec, zwiazkowca, dzialacz zwiazkowy, nalezy do zwiazku, lider de sindicat, membru de sindicat, membra de sindicat, sindicalist/a/i`,
  },
  {
    category: 'belief.union',
    words: `cgt, cfdt, cfe cgc, cftc, unsa, force ouvriere, ig metall, cgil, cisl, uil scuola, ccoo, comisiones obreras, cgtp, fnv, nszz solidarnosc, opzz, igbce, unite the union, unison`,
    capitals: true,
  },
  {
    category: 'belief.union',
    beside: member,
    words: 'verdi, ver di, ugt, cnv, acv, abvv, solidarnosc, solidaires',
  },
  {
    category: 'belief.union',
    words: `ig metall mitglied/er, ig bce, ig bau mitglied/er, mitglied bei ver di, bei ver di, elu/FRA cgt, elu/FRA cfdt, elu/FRA fo, delegue/s cgt, delegue/s cfdt, delegue/s fo, sud solidaires, adherent/FRA fo, nalezy do solidarnosci, czlonek solidarnosci, czlonkini solidarnosci`,
  },
  { category: 'belief.union', words: 'greviste/s, greve/s', confidence: 0.4 },
  // Religion
  { category: 'belief.religion', topic: true, surname: true, words: 'islam' },
  {
    category: 'belief.religion',
    topic: true,
    words: `musulman/FRA, musulman/ESA, chretien/s, chretienne/s, catholique/s, protestant/FRA, juif/s, juive/s, bouddhiste/s, hindou/FRA, athee/s, agnostique/s, evangelique/s, orthodoxe/s, mormon/FRA, sikh/s, rabbin, imam/s, islamique/s, judaisme, christianisme,
      muslim/s, christian faith, devout christian, catholic/s, protestants, jewish, buddhist/s, hindu/s, atheist/s, agnostic, evangelical christian, quaker,
      muslimisch/DEA, muslim/in, muslima, moslem/s, katholisch/DEA, katholik/en, katholikin, romisch katholisch, evangelisch/DEA, judisch/DEA, ist jude, juden, judin, buddhistisch/DEA, buddhist/in, hinduistisch/DEA, atheist/in, konfessionslos, orthodox/DEA, islamisch/DEA,
      catolic/ESA, es cristiano, es cristiana, soy cristiano, soy cristiana, protestante/s, judio/s, judia/s, hebreo practicante, budista/s, hinduista, ateo/s, atea/s, evangelic/ESA, islamic/ESA, muculman/ESA, muculmano, judeu/s, judia/s, ateu/s, ateia, crista,
      cattolic/ITA, cattolici, e cristiano, e cristiana, protestanti, ebreo, ebrea, ebrei, musulman/ITA, buddista, buddisti, induista, atea, ateo, islamico,
      katholiek/e, protestants/e, joods/e, moslim/s, islamitisch/e, boeddhist/en, hindoe/s, gereformeerd/e, hervormd/e, ongelovig,
      katolik/PLM, katolicz/PLA, katolick/PLA, protestant/PLM, protestanck/PLA, muzulmanin/PLM, muzulmank/PLF, muzulmansk/PLA, zydowsk/PLA, zydowk/PLF, zydem, prawoslawn/PLA, ateist/PLF, buddyst/PLF, swiadek jehowy, ewangelik/PLM,
      ortodox/ROA, catolic/ROA, musulman/ROA, evreu, evreica, evrei, protestant/ROA, ateu, budist/ROA, penticostal/ROA, adventist/ROA, baptist, baptisti, baptista, greco catolic/ROA`,
  },
  {
    category: 'belief.religion',
    unless:
      'boucherie produits produit restaurant viande meat products restaurants carne ristorante macelleria vlees mieso carne food market shop',
    topic: true,
    words: `halal, casher, kasher, kosher, koscher, halalowe, koszerne`,
  },
  {
    category: 'belief.religion',
    words: `temoin/s de jehovah, jehovah s witness/es, zeuge jehovas, zeugin jehovas, zeugen jehovas, testigo/s de jehova, testemunha/s de jeova, testimone di geova, testimoni di geova, jehova s getuige, jehovagetuige, martorul lui iehova, swiadkiem jehowy,
      confession religieuse, conviction/s religieuse/s, pratique religieuse, pratiquant/FRA, religious belief/s, religious faith, converted to islam, converted to judaism, religiose uberzeugung, religionszugehorigkeit, kirchenmitglied, kirchensteuerpflichtig, aus der kirche ausgetreten, konfession, creencias religiosas, confesion religiosa,
      conviccoes religiosas, crenca religiosa, convinzioni religiose, fede religiosa, geloofsovertuiging, kerklid, wyznania, wyznanie, przekonania religijne, credinta religioasa, confesiune religioasa, cult religios,
      je prie, ma priere, prieres a la mosquee, prier a la mosquee, va a la messe, vais a la messe, va a la mosquee, vais a la mosquee, vais a l eglise, goes to church, go to church every, go to mosque, attends mass, geht in die kirche, moschee besuch, va a misa, voy a misa, va a messa, vado a messa, vai a missa, gaat naar de kerk, gaat naar de moskee, chodzi do kosciola, merge la biserica,
      porte le voile, port du voile, wears a hijab, hijab, niqab, tragt kopftuch, bat mitzvah, bar mitzvah, fasting for ramadan, fast during ramadan, jeune du ramadan, fais le ramadan, fait le ramadan, faire le ramadan`,
  },
  {
    category: 'belief.religion',
    words: `eglise/s, mosquee/s, synagogue/s, church, mosque/s, religion/s, careme, messe/s, ramadan, kirche, moschee, synagoge, iglesia, mezquita, sinagoga, igreja, mesquita, chiesa, moschea, kerk, moskee, kosciol, meczet, biserica`,
    confidence: 0.3,
  },
  {
    category: 'belief.religion',
    words: `observes ramadan, observing ramadan, fasting for ramadan, fasts during ramadan, fait le ramadan, fastet im ramadan, hace el ramadan, attends mosque, attends the mosque, attends church, attends synagogue, goes to mass, goes to church, goes to the mosque, prayer breaks, va a la mosquee, va a la synagogue, geht in die kirche, geht in die moschee, va a misa, va a messa, vai a missa, vai a mesquita, baptised, baptized, getauft/DEA, kirchensteuer rk, kirchensteuer ev, aus der kirche ausgetreten, bautizad/ESA, battezzat/ITA, batizad/ESA, gedoopt, ochrzczon/PLA, katoliczk/PLF, prawoslawn/PLA`,
  },
  // Politics
  {
    category: 'belief.politics',
    words: `opinion/s politique/s, opinions politiques, militant politique, militante politique, militant/FRA du parti, adherent/FRA du parti, adherent/FRA au parti, membre du parti, encarte/FRA au, vote pour le parti, conviction/s politique/s, engagement politique, political opinion/s, political belief/s, political views, political party member, party membership, party activist, registered democrat, registered republican, voted for the,
      politische meinung/en, politische uberzeugung/en, parteimitglied/er, parteibuch, opinion/es politica/s, opiniones politicas, ideas politicas, ideologia politica, afiliad/ESA al partido, militante del partido, militante de, opiniao politica, opinioes politicas, conviccoes politicas, filiad/ESA no partido, filiad/ESA ao partido, opinioni politiche, orientamento politico, iscritto al partito, iscritta al partito, tesserato del,
      politieke overtuiging, politieke opvatting/en, partijlid, lid van de partij, poglady polityczne, czlonek partii, czlonkini partii, czlonkiem partii, dzialacz partyjny, opinii politice, convingeri politice, membru de partid, membru al partidului`,
  },
  {
    category: 'belief.politics',
    words: `parti socialiste, parti communiste, rassemblement national, france insoumise, les republicains, front national, europe ecologie les verts, lutte ouvriere, labour party, conservative party, tory, tories, liberal democrats, sinn fein, partido popular, partido socialista, partido comunista, partido dos trabalhadores, fratelli d italia, partito democratico, movimento cinque stelle, partij van de arbeid, prawo i sprawiedliwosc, platforma obywatelska, partidul national liberal, partidul social democrat, bundnis grunen, linkspartei`,
    confidence: 0.6,
  },
  {
    category: 'belief.politics',
    beside: member,
    words: `afd, cdu, csu, spd, fdp, lfi, eelv, npa, psoe, podemos, ciudadanos, chega, forza italia, vvd, pvv, pvda, groenlinks, konfederacja, lewica, labour, ukip, snp, grunen, verts, linke`,
  },
  {
    category: 'belief.politics',
    beside: member,
    capitals: true,
    words: `pp, vox, psd, pcp, pt, pd, fdi, cda, pis, pnl, usr, aur`,
  },
  {
    category: 'belief.politics',
    topic: true,
    words: `is a communist, est communiste, ist kommunist/in, es comunista, e comunista, far right sympathiser, far right supporter, supports the far right, supports the far left, d extreme droite, d extreme gauche, de extrema derecha, de extrema izquierda, di estrema destra, di estrema sinistra, de extrema direita, de extrema esquerda, extreemrechts, skrajna prawica, rechtsextrem/DEA, linksextrem/DEA, militant/FRA ecologiste, militant/FRA socialiste, militant/FRA communiste, adherent/FRA des republicains, adherent/FRA de renaissance, milite chez lfi, milite au ps, milite au pcf, milite au rn, vote rn, vote lfi, vote le pen, vota a vox, vota al pp, vota al psoe, vota psoe, vota vox, vota lega, vota pd, militante do ps, militante do psd, militante do pcp, militante do pt, glosuje na pis, glosuje na konfederacje, glosuje na lewice, glosuje na platforme, czlonek pis, czlonkiem pis`,
  },
  // Philosophy
  {
    category: 'belief.philosophy',
    words: `franc macon, francs macons, franc maconnerie, freemason/s, freemasonry, freimaurer, masoneria, massone, massoneria, maconaria, vrijmetselaar, wolnomularz, conviction/s philosophique/s, philosophical belief/s, weltanschauliche uberzeugung, vegan par conviction, ethical vegan, objecteur de conscience, conscientious objector, kriegsdienstverweigerer, objetor de conciencia, obiettore di coscienza, humanist beliefs`,
  },
]
