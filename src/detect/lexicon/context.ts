/**
 * Words that say what the number or word after them is. Folded (no case, no accents); a phrase is written
 * with spaces and counts where its last word ends.
 */
export const contextKinds = [
  'phone',
  'birth',
  'bornHere',
  'card',
  'bic',
  'national',
  'tax',
  'password',
  'pin',
  'cvv',
  'version',
  'street',
  'ip',
  'employee',
  'customer',
  'case',
  'passport',
  'driving',
  'plate',
  'aged',
  'account',
  'secret',
  'order',
  'username',
  'health',
] as const
export type ContextKind = (typeof contextKinds)[number]

export const contextWords: Readonly<Record<ContextKind, string>> = {
  phone:
    'tel|telephone|telephones|telephonique|portable|mobile|mobiles|gsm|fax|appeler|appelez|appelle|rappeler|rappelez|rappel|joindre|joignable|contacter|contactez|phone|call|callback|reach|cell|cellphone|whatsapp|sms|telefon|handy|telefono|movil|telefone|telemovel|cellulare|ligne directe|mon numero|son numero|votre numero|numero est|my number|number is',
  birth:
    'nee le|nes le|naissance|born|birth|birthday|birthdate|dob|ddn|geboren|geburtsdatum|nacimiento|nascimento|nascita|anniversaire',
  bornHere: 'ne le|ne a|n le',
  card: 'carte|carte bancaire|carte bleue|cb|card|credit card|visa|mastercard|amex|pan|tarjeta|cartao|kreditkarte',
  bic: 'bic|swift',
  national:
    'securite sociale|secu|nir|nss|insee|carte vitale|immatriculation sociale|national number|national id|dni|nie|cartao de cidadao|bilhete de identidade|cin|carte nationale|identity card|carte d identite|social security|seguridad social|rentenversicherung|sozialversicherungsnummer|rentenversicherungsnummer|svnr|personalausweis|ausweis',
  tax: 'fiscal|fiscale|impot|impots|nif|contribuinte|tax|tin|steuer|steuernummer|steuerid|idnr|steueridentifikationsnummer|identifikationsnummer|spi|utr|contribuable',
  password: 'mot de passe|mdp|password|passwd|passphrase|passwort|kennwort|contrasena|senha',
  pin: 'pin|code pin|code secret|code confidentiel',
  cvv: 'cvv|cvc|cryptogramme|cvv2|cvc2',
  version: 'version|versions|v|ver|release|build|firmware|rev|revision|kernel|patch|maj',
  street:
    'rue|avenue|av|boulevard|bd|bld|place|impasse|allee|allees|chemin|quai|cours|square|passage|route|faubourg|lycee|college|ecole|clinique|hopital|eglise|stade|street|road|hotel|residence|gare|station|universite|university|school|hospital|fondation|aeroport|airport|strasse|platz|calle|rua|via|prix|saint|sainte|paroisse|fete|cathedrale|institut|centre',
  ip: 'ip|adresse ip|ip address|ipv4|ipv6',
  employee:
    'matricule|matricule n|employee id|employee number|employee no|staff id|badge|numero de salarie|numero salarie|personalnummer',
  customer:
    'n client|client n|client no|client numero|numero client|numero de client|no client|reference client|ref client|customer id|customer number|customer no|customer reference|compte client|client id|client number|kundennummer|id client|identifiant client|code client|account number|account no',
  case: 'dossier|dossier n|ticket n|sinistre n|ticket|sinistre|case|incident|numero de dossier|case number|claim|reclamation|demande',
  passport: 'passeport|passport|reisepass|pasaporte|passaporte',
  driving:
    'permis de conduire|permis|driving licence|driving license|driver s license|driver license|fuhrerschein',
  plate: 'immatriculation|immatricule|plaque|license plate|licence plate|number plate|kennzeichen|matricula',
  aged: 'age de|agee de|ages de|aged|age',
  account: 'compte|rib|account|konto|cuenta|conta',
  secret: 'api key|apikey|cle api|token|jeton|secret|secret key|access key|cle secrete',
  order: 'commande|order|facture|invoice|sku|reference produit|colis|suivi|tracking|bon de livraison|devis',
  username: 'login|username|user name|nom d utilisateur|pseudo',
  health: 'numero adherent|mutuelle|carte vitale',
}
