/** The lexicon of frequent words as it was when the model was trained: the lexicon may grow, the model stays the same. */

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

export const englishWords = `the and to with you it for this that were be have has not from your my our they their he she would can
  could should when what which how there been but dont thanks hello just get got about some into after
  before because still see called wants need needs asked did does since through him them its yes today
  yesterday tomorrow parcel delivery delivered issue payment invoice refund address phone number
  received sent back know check change changed wrong right next month months year years days time thank
  working work works broken missing arrived never ever always nobody someone anyone something anything
  already again monday tuesday wednesday thursday friday saturday sunday january february march june
  july august october salary payslip leave overtime husband wife brother sister daughter`

export const sharedWords = `le les des du ce qui sur ai mais ou où car ma mes nos il on plus fait tous ni c j qu n l d et lui y hier
  ne prime absence poste possible impossible fille is of are was had we his her will please who by at if
  so or an as i'm any out up order account call email message help new old last week weeks day september
  november december hours bonus update son`

export const notNames = `service client clients customer customers support team equipe équipe madame monsieur sir madam
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
  internet google microsoft windows android iphone samsung apple excel word outlook facebook whatsapp amazon`

export const months: readonly (readonly [string, number])[] = [
  'janvier january januar enero janeiro gennaio janv jan',
  'fevrier february februar febrero fevereiro febbraio fevr feb',
  'mars march marz marzo marco mar',
  'avril april abril aprile avr apr',
  'mai may mayo maio maggio',
  'juin june juni junio junho giugno jun',
  'juillet july juli julio julho luglio juil jul',
  'aout august agosto aug',
  'septembre september septiembre setembro settembre sept sep',
  'octobre october oktober octubre outubro ottobre oct okt',
  'novembre november noviembre novembro nov',
  'decembre december dezember diciembre dezembro dicembre dec dez',
].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const))

/** Forms of address as they were then. */
export const titles = `M Mr Mme Mlle Mmes MM Monsieur Madame Mademoiselle Messieurs Mesdames Mrs Ms Miss Mister
  Dr Docteur Doctor Pr Prof Professeur Professor Maître Herr Frau Señor Señora Sra Sr Senhor Senhora
  Signor Signora Mevrouw Meneer Pani`

export const greetings = `Bonjour Bonsoir Salut Coucou Cher Chère Hello Hi Hey Dear Hallo Hola Olá Ciao Thanks Thank
  Merci Liebe Lieber Estimado Estimada`

export const closings = `Cordialement Sincèrement Amicalement Respectueusement Bien Salutations regards Regards Best
  sincerely Cheers Grüßen Saludos Cumprimentos distinguées Bises Bisous yours Merci Thanks`
