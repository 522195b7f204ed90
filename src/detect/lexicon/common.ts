/** Frequent words: they say which language a text is in, and they are not part of a name. */

/** French function words that other Latin-script languages do not share. */
export const frenchWords = `le les des du est une dans pour pas je vous nous ce qui avec sur au aux été être ai avez
  avons mais ou où donc car cette ces mon ma mes votre vos notre nos leur leurs il elle ils elles on plus depuis
  très bien aussi merci bonjour suis sont fait faire peut pouvez voudrais veuillez quand comme sans sous après avant
  chez jai cest quil quelle tout tous toute toutes ni ont était sera c j qu n l d et lui rien aucun aucune y hier
  demain svp quel cordialement toujours encore jour jours semaine mois année ne pris reçu envoyé demande afin`

/** English function words that other Latin-script languages do not share. */
export const englishWords = `the is of and to with you it for this that are was were be have has had not from your my we
  our they their he she his her will would can could should please when what which who how there been by at on if
  but so or an as i'm dont thanks hello just get got about any some out up into after before because still see
  called wants need needs asked did does since through his him them its need yes today yesterday tomorrow`

/** Words that begin a sentence or a heading with a capital and are no part of a person's name. */
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
