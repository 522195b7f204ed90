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
  'iban',
  'device',
  'streetThenName',
  'nameThenStreet',
  'address',
  'postcode',
  'at',
  'gps',
  'unit',
  'box',
  'lot',
] as const
export type ContextKind = (typeof contextKinds)[number]

export const contextWords: Readonly<Record<ContextKind, string>> = {
  phone:
    'tel|telephone|telephones|telephonique|portable|mobile|mobiles|gsm|fax|appeler|appelez|appelle|rappeler|rappelez|rappel|joindre|joignable|contacter|contactez|phone|call|callback|reach|cell|cellphone|whatsapp|sms|telefon|handy|telefono|movil|telefone|telemovel|cellulare|ligne directe|mon numero|son numero|votre numero|numero est|my number|number is|tfno|tfn|telf|tlf|tlfno|tfo|telefoon|telefoonnummer|telefonnummer|numer telefonu|nr telefonu|tel kom|kom|komorka|telefonul|mobil|numar de telefon|cel|celular|contact|contacto|contatto|kontakt|desk|landline|hotline|dial|text me at|messages to|mobiel|contacted at|numero de telephone|telef|telfs|ph|contact no|ph no|phone no|mob|mob no|cell no|meine nummer|nummer ist|mi numero|mio numero|meu numero|mijn nummer|moj numer|numarul meu|llame|llamar|llamame|llameme|llamenos|anrufen|rufen sie|ruf mich an|chiamare|chiamami|chiamatemi|chiamate|ligue|ligar|ligue me|bellen|bel me|bel mij|zadzwon|zadzwonic|dzwonic|suna|sunati|sunati ma',
  birth:
    'nee le|nes le|naissance|born|birth|birthday|birthdate|dob|ddn|geboren|geburtsdatum|nacimiento|nascimento|nascita|anniversaire|nee en|ur|urodz|urodzony|urodzona|data urodzenia|urodzenia|nasterii|datei nasterii|nacido el|nacida el|nacido|nacida|fecha de nacimiento|f nac|f nacimiento|fecha nac|nato il|nata il|nato|nata|data di nascita|nascido|nascida|data de nascimento|nasc|geb|geboren am|geboren op|geboortedatum|geb datum|nascut|nascuta|data nasterii|d o b|date of birth|birth date|date de naissance|nee|ne e|geburtstag|geburtsjahr|jahrgang|cumpleanos|compleanno|verjaardag|urodziny|urodzin|urodzonego|urodzonej|rok urodzenia|data de nastere|zi de nastere|bday|birth year|nacio|nacque|nasceu|nacido en|nacida en|fecha nacim|dn|annee de naissance',
  bornHere: 'ne le|ne a|n le|ne en',
  card: 'carte|carte bancaire|carte bleue|cb|card|credit card|visa|mastercard|amex|pan|tarjeta|cartao|kreditkarte|numero de carte|karte|kartennummer|numero de tarjeta|karta|numer karty|card no|kaartnummer|carta di credito',
  bic: 'bic|swift',
  national:
    'securite sociale|secu|nir|nss|insee|carte vitale|immatriculation sociale|national number|national id|dni|nie|cartao de cidadao|bilhete de identidade|cin|carte nationale|identity card|carte d identite|social security|seguridad social|rentenversicherung|sozialversicherungsnummer|rentenversicherungsnummer|svnr|personalausweis|ausweis|ssn|ssn no',
  tax: 'fiscal|fiscale|impot|impots|nif|contribuinte|tax|tin|steuer|steuernummer|steuerid|idnr|steueridentifikationsnummer|identifikationsnummer|spi|utr|contribuable',
  password:
    'mot de passe|mdp|password|passwd|passphrase|passwort|kennwort|contrasena|senha|pass|pwd|passcode|pass word|passord|dbpass|dbpassword|haslo|wachtwoord|parola|clave|palavra passe',
  pin: 'pin|code pin|code secret|code confidentiel|otp|one time password|one time code|verification code|access code|code d acces|code de verification|code a usage unique|geheimzahl|bestatigungscode|zugangscode|tan|codigo pin|codigo de verificacion|codigo de acceso|codice pin|codice di verifica|codice di accesso|codigo de verificacao|codigo de acesso|pincode|verificatiecode|toegangscode|kod pin|kod weryfikacyjny|kod dostepu|cod pin|cod de verificare|cod de acces',
  cvv: 'cvv|cvc|cryptogramme|cvv2|cvc2|security code|code de securite|codigo de seguridad|codice di sicurezza|codigo de seguranca|sicherheitscode|prufziffer|prufnummer|veiligheidscode|kod cvv|kod bezpieczenstwa|cod de securitate|kod zabezpieczajacy',
  version: 'version|versions|v|ver|release|build|firmware|rev|revision|kernel|patch|maj',
  street:
    'rue|avenue|av|boulevard|bd|bld|place|impasse|allee|allees|chemin|quai|cours|square|passage|route|faubourg|lycee|college|ecole|clinique|hopital|eglise|stade|street|road|hotel|residence|gare|station|universite|university|school|hospital|fondation|aeroport|airport|strasse|platz|calle|rua|via|prix|saint|sainte|paroisse|fete|cathedrale|institut|centre',
  ip: 'ip|adresse ip|ip address|ipv4|ipv6',
  employee:
    'matricule|matricule n|employee id|employee number|employee no|staff id|badge|numero de salarie|numero salarie|personalnummer',
  customer:
    'n client|client n|client no|client numero|numero client|numero de client|no client|reference client|ref client|customer id|customer number|customer no|customer reference|compte client|client id|client number|kundennummer|id client|identifiant client|code client|account number|account no|klantnummer|klantnr|kundennr|numero cliente|numero de cliente|codice cliente|codigo de cliente|codigo cliente|numer klienta|nr klienta|numar client|cod client|policy number|policy no|contract number|contract no|numero de contrat|n contrat|numero contrat|numero de police|vertragsnummer|vertragsnr|policennummer|versicherungsscheinnummer|numero de poliza|poliza n|numero di polizza|polizza n|numero di contratto|numero de contrato|numero da apolice|apolice n|polisnummer|contractnummer|numer polisy|nr polisy|numer umowy|nr umowy|numar contract|numarul contractului|numar polita|member number|membership number|membership no|booking reference|booking number|booking no|reservation number|confirmation number|numero de reservation|buchungsnummer|reservierungsnummer|numero de reserva|numero di prenotazione|numero prenotazione|boekingsnummer|reserveringsnummer|numer rezerwacji|nr rezerwacji|numar rezervare|pnr',
  case: 'dossier|dossier n|ticket n|sinistre n|ticket|sinistre|case|incident|numero de dossier|case number|claim|reclamation|demande',
  passport:
    'passeport|passport|reisepass|pasaporte|passaporte|passport number|passport no|numero de passeport|paszport|paspoort|pasaport',
  driving:
    'permis de conduire|permis|driving licence|driving license|driver s license|driver license|fuhrerschein|license|licence|license number|licence number|license no|licence no|prawo jazdy|rijbewijs|patente|patente di guida|permiso de conducir|carnet de conducir|carta de conducao|permis de conducere',
  plate: 'immatriculation|immatricule|plaque|license plate|licence plate|number plate|kennzeichen|matricula',
  aged: 'age de|agee de|ages de|aged|age',
  account:
    'compte|rib|account|konto|cuenta|conta|numero de compte|kontonummer|kontonr|numero de cuenta|numero de conta|numero di conto|numero conto|conto corrente|rekening|rekeningnummer|rekeningnr|numer konta|nr konta|numer rachunku|cont bancar|numar de cont|numarul contului|acct|acct no|ac no|ac number|bank account number',
  secret:
    'api key|apikey|cle api|token|jeton|secret|secret key|access key|cle secrete|access token|auth token|bearer|client secret|private key|refresh token|schlussel|api token|secret token',
  order:
    'commande|order|facture|invoice|sku|reference produit|colis|suivi|tracking|bon de livraison|devis|bestellung|bestellnummer|rechnung|rechnungsnummer|sendungsnummer|pedido|factura|ordine|fattura|encomenda|fatura|bestelling|bestelnummer|factuur|zamowienie|zamowienia|faktura|comanda',
  username:
    'login|username|user name|nom d utilisateur|pseudo|user|user id|userid|db user|dbuser|nick|nickname|benutzername|usuario|nazwa uzytkownika|gebruikersnaam|identifiant|identifiant de connexion|handle|twitter|instagram|insta|telegram|skype|tiktok|snapchat|snap|linkedin',
  health:
    'numero adherent|mutuelle|carte vitale|insurance id|insurance number|insurance no|insurance|member id|medicare|nhs|numero de mutuelle|versichertennummer',
  iban: 'iban|numero iban|n iban|iban number|iban nr|transfer to|virement|rachunek|konto|compte bancaire|bankverbindung|bank account',
  device:
    'session|session id|sessionid|cookie|cookie id|device id|device|deviceid|advertising id|idfa|gaid|aaid|android id|visitor id|client id|ga cookie|fingerprint|udid|serial number|numero de serie|appareil|id appareil',
  streetThenName:
    'rue|avenue|av|avn|ave|avda|avd|avenida|boulevard|bd|bld|blvd|impasse|allee|allees|chemin|quai|cours|place|square|passage|route|faubourg|fbg|lotissement|residence|hameau|ruelle|sentier|villa|lieu dit|calle|c|cl|plaza|pza|paseo|pso|passeig|carrer|carretera|ctra|carr|vialidad|paraje|poligono|camino|ronda|travesia|glorieta|urbanizacion|urb|via|viale|piazza|corso|vicolo|largo|strada|piazzale|contrada|localita|rua|r|travessa|praca|alameda|estrada|beco|rodovia|ul|ulica|ulicy|al|aleja|alei|pl|plac|os|osiedle|str|strada|bulevardul|calea|aleea|soseaua|piata|intrarea|bdul|strasse|am|an der|in der|auf der|zum|zur',
  nameThenStreet:
    'street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|square|sq|terrace|close|crescent|parkway|pkwy|circle|cir|highway|hwy|plaza|row|gardens|grove|mews|hill|trail|loop|alley|walk|quay|wharf|green',
  address:
    'address|addresses|home address|mailing address|adresse|adresse postale|domicile|domicilie|demeurant|domiciliee|anschrift|wohnhaft|direccion|domicilio|indirizzo|residente in|residente a|morada|endereco|residente na|residente em|adres|adresem|zam|zamieszkaly|zamieszkala|zamieszkalego|zamieszkalej|woonachtig|adresa|domiciliat|domiciliata|cu domiciliul in|lives at|living at|residing at|located at|location|sent to|send it to',
  postcode:
    'zip|zip code|zipcode|postcode|post code|postal code|code postal|cp|c p|plz|postleitzahl|codigo postal|cod postal|cap|kod pocztowy|pin code|pincode|eircode',
  at: 'at|arobase|arobas|arroba|chiocciola|malpa|klammeraffe|apenstaartje|arond|aet|ad',
  unit: 'suite|apt|apartment|unit|flat|appt|appartement|wohnung|apartamento|piso|appartamento|mieszkanie',
  box: 'po box|p o box|box|bp|boite postale|postfach|apartado de correos|apartado|casella postale|caixa postal|postbus|skrytka pocztowa|casuta postala',
  lot: 'lot',
  gps: 'gps|lat|latitude|coordinates|coordonnees|coordonnees gps|coordenadas|coordinate|koordinaten|position|geolocalisation|geolocation|wspolrzedne|coordonate|long|lon',
}
