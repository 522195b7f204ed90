/** Frequent words: they say which language a text is in, and they are not part of a name. */

/** French function words that other Latin-script languages do not share. */
export const frenchWords = `est une dans pour pas je vous nous avec au aux été être avez avons donc cette ces mon votre vos notre
  leur leurs elle ils elles depuis très bien aussi merci bonjour suis sont faire peut pouvez voudrais
  veuillez quand comme sans sous après avant chez jai cest quil quelle tout toute toutes ont était sera
  rien aucun aucune demain svp quel cordialement toujours encore jour jours semaine mois année pris reçu
  envoyé demande afin commande livraison colis problème compte rendez paiement virement facture bulletin
  paie salaire versée versé dossier complet prochaine dernier dernière pendant chose déjà peu beaucoup
  trop assez moins même autre autres changer changement erreur numéro adresse téléphone appeler appelé
  rappeler contacter répondre réponse écrire savoir voir vérifier corriger rembourser remboursement
  remplacer retour retourner arrivé arrivée absent absente congés heures supplémentaires travail besoin
  nouveau nouvelle mauvais première premier janvier février juin juillet août septembre octobre novembre
  décembre lundi mardi mercredi jeudi vendredi samedi dimanche matin soir mari femme fils frère soeur`

/** English function words that other Latin-script languages do not share. */
export const englishWords = `the and to with you it for this that were be have has not from your my our they their he she would can
  could should when what which how there been but dont thanks hello just get got about some into after
  before because still see called wants need needs asked did does since through him them its yes today
  yesterday tomorrow parcel delivery delivered issue payment invoice refund address phone number
  received sent back know check change changed wrong right next month months year years days time thank
  working work works broken missing arrived never ever always nobody someone anyone something anything
  already again monday tuesday wednesday thursday friday saturday sunday january february march june
  july august october salary payslip leave overtime husband wife brother sister daughter`

/** Function words that several languages share: no part of a name, and no sign of a language. */
export const sharedWords = `le les des du ce qui sur ai mais ou où car ma mes nos il on plus fait tous ni c j qu n l d et lui y hier
  ne prime absence poste possible impossible fille is of are was had we his her will please who by at if
  so or an as i'm any out up order account call email message help new old last week weeks day september
  november december hours bonus update son`

/** Words that begin a sentence or a heading with a capital and are no part of a person's name. */
export const notNames = `moro hiya scheda poprzedni poprzednia kaucja kaucji letztendlich warn info debug error fatal trace pâques pentecôte ramadan easter christmas weihnachten ostern navidad pascua pasqua kerstmis pasen
  wielkanoc crăciun paște januar februar märz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag
  samstag sonntag enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes
  miércoles jueves viernes gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre lunedì martedì
  mercoledì giovedì venerdì sabato domenica janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
  januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ianuarie februarie
  martie iunie iulie septembrie octombrie noiembrie decembrie poniedziałek wtorek środa czwartek piątek sobota
  niedziela service client clients customer customers support team equipe équipe madame monsieur sir madam
  commande facture order invoice dossier ticket objet sujet subject date adresse address email mail tel telephone
  phone mobile iban bic numero numéro nom prenom prénom name société company france paris lyon marseille rabat tunis
  lisbonne lisboa london janvier fevrier février mars avril juin juillet aout août septembre octobre novembre
  decembre décembre january february march april may june july august september october november december lundi mardi
  mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday sarl sas sa eurl
  inc ltd gmbh llc banque bank assurance direction directeur directrice responsable manager agence paie payroll tous
  toutes all everyone merci note attention urgent rappel re fwd tr ok oui non yes no voici suite concernant regarding
  salarie salarié salariée employé employée patient patiente pays country ville city code poste rh hr drh comptable
  produit product clavier livraison paiement payment contrat contract compte account carte card colis total montant
  afin veuillez pouvez pourriez avez suite cordialement regards bien best sincerely salutations bonne bon journée
  mrn dob nhc nss pesel nip regon dirección servicio departamento unidad sección correo département unité cabinet abteilung klinik
  servizio reparto oddział serviço secção departament secția fax web
  internet google microsoft windows android iphone samsung apple excel word outlook facebook whatsapp amazon`

export const months: readonly (readonly [string, number])[] = [
  'janvier january januar enero janeiro gennaio januari stycznia styczen ianuarie janner janv jan ene sty ian',
  'fevrier february februar febrero fevereiro febbraio februari lutego luty februarie fevr feb fev',
  'mars march marz marzo marco maart marca marzec martie mar mrz mrt',
  'avril april abril aprile kwietnia kwiecien aprilie avr apr abr kwi',
  'mai may mayo maio maggio mei maja maj mag',
  'juin june juni junio junho giugno czerwca czerwiec iunie jun giu cze iun',
  'juillet july juli julio julho luglio lipca lipiec iulie juil jul lug lip iul',
  'aout august agosto augustus sierpnia sierpien aug ago sie',
  'septembre september septiembre setembro settembre wrzesnia wrzesien septembrie sept sep wrz',
  'octobre october oktober octubre outubro ottobre pazdziernika pazdziernik octombrie oct okt ott out paz',
  'novembre november noviembre novembro listopada listopad noiembrie nov lis noi',
  'decembre december dezember diciembre dezembro dicembre grudnia grudzien decembrie dec dez dic gru',
].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const))

/**
 * Function words that say that a text is in one of the languages whose lexicons are here: each is frequent in one or some of
 * them and rare in every other language in Latin letters, folded as it is (`der`, `den`, `de`, `en`, `el`, `da`, `di`, `alla`,
 * `her`, `by` are everyday words of Scandinavian, Slavic, Hungarian, Turkish, Finnish or Malay texts, so they say nothing).
 */
export const coveredWords = `und nicht ich mit für wir sie wurde werden haben noch bitte eine einen auch kein keine wird sind bei nach über mein meine ihre vielen dank weil dass
  das die ist zu zum zur vom auf aus als oder wenn dann nur durch sich dieser diese dieses einer eines einem ihr ihnen unser unsere hatte worden waren
  gegen unter zwischen seine seiner sein sehr schon mehr wieder können müssen sollte beim sowie jedoch deren dessen welche
  que los las por para una está muy pero también usted gracias mi su este esta han hemos porque cuando todavía ningún puede favor buenos días
  la y con lo fue sus como sobre entre desde hasta donde tiene sido ser años
  não uma você está obrigado obrigada também pelo pela meu minha mas são foi ainda quando porque sem estou bom dia
  dos nos seu sua seus suas foram mesmo
  che non per sono della del degli gli anche grazie ho questo questa è stato stata mio mia più ancora quando perché dopo buongiorno
  nel nella delle dello dalla sulla essere loro
  het een niet van ik voor zijn heeft maar ook wordt bedankt mijn geen naar bij nog deze door omdat wij jullie graag
  dat aan werd uit hij zij onze
  nie jest się że dla proszę dziękuję jestem został przez moje mój bardzo oraz który ale już jak mam czy dzień dobry
  przed przy jego dnia została pani
  este și nu pentru cu care sunt fost vă mulțumesc din sau acest această mea meu dar foarte către după bună ziua
  les des qui of are was we his will please who if or`
