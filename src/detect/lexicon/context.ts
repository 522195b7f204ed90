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
  'corner',
  'series',
] as const
export type ContextKind = (typeof contextKinds)[number]

export const contextWords: Readonly<Record<ContextKind, string>> = {
  phone:
    'tel|tel nr|telephone|telephones|telephonique|portable|mobile|mobiles|gsm|fax|appeler|appelez|appelle|rappeler|rappelez|rappel|joindre|joignable|contacter|contactez|phone|call|callback|reach|cell|cellphone|whatsapp|sms|telefon|handy|telefono|movil|telefone|telemovel|cellulare|ligne directe|mon numero|son numero|votre numero|numero est|my number|number is|tfno|tfn|telf|tlf|tlfno|tfo|telefoon|telefoonnummer|telefonnummer|numer telefonu|nr telefonu|tel kom|kom|komorka|telefonul|mobil|numar de telefon|cel|celular|contact|contacto|contatto|kontakt|desk|landline|hotline|dial|text me at|messages to|mobiel|contacted at|numero de telephone|telef|telfs|ph|contact no|ph no|phone no|mob|mob no|cell no|meine nummer|nummer ist|mi numero|mio numero|meu numero|mijn nummer|moj numer|numarul meu|llame|llamar|llamame|llameme|llamenos|anrufen|rufen sie|ruf mich an|chiamare|chiamami|chiamatemi|chiamate|ligue|ligar|ligue me|bellen|bel me|bel mij|terugbellen|terug te bellen|bereikbaar|erreichbar|erreichen|zuruckrufen|ruckruf|raggiungibile|richiamare|richiama|localizable|devolver la llamada|contactable|reachable|ring me|ring me on|ring|telefonino|oddzwonic|osiagalny|retelefoneaza|zadzwon|zadzwonic|dzwonic|suna|sunati|sunati ma',
  birth:
    'nee le|nes le|naissance|born|birth|birthday|birthdate|dob|ddn|geboren|geburtsdatum|nacimiento|nascimento|nascita|anniversaire|nee en|ur|urodz|urodzony|urodzona|data urodzenia|urodzenia|nasterii|datei nasterii|nacido el|nacida el|nacido|nacida|fecha de nacimiento|f nac|f nacimiento|nac|fecha nac|nato il|nata il|nato|nata|data di nascita|nascido|nascida|data de nascimento|nasc|geb|geboren am|geboren op|geboortedatum|geb datum|nascut|nascuta|data nasterii|d o b|date of birth|birth date|date de naissance|nee|ne e|geburtstag|geburtsjahr|jahrgang|cumpleanos|compleanno|verjaardag|urodziny|urodzin|urodzonego|urodzonej|rok urodzenia|data de nastere|zi de nastere|bday|birth year|nacio|nacque|nasceu|nacido en|nacida en|fecha nacim|dn|annee de naissance',
  bornHere: 'ne le|ne a|n le|ne en',
  card: 'card ending in|ending in|card ending|finissant par|terminant par|finissant en|endet auf|endend auf|endziffern|terminada en|termina en|acaba en|finisce con|termina con|terminado em|termina em|eindigend op|eindigt op|konczy sie na|konczaca sie na|se termina in|se termina cu|carte|carte bancaire|carte bleue|cb|card|credit card|visa|mastercard|amex|pan|tarjeta|cartao|kreditkarte|numero de carte|karte|kartennummer|numero de tarjeta|karta|numer karty|card no|kaartnummer|carta di credito',
  bic: 'bic|swift',
  national:
    'securite sociale|secu|nir|nss|insee|carte vitale|immatriculation sociale|national number|national id|dni|nie|cartao de cidadao|bilhete de identidade|cin|carte nationale|identity card|carte d identite|social security|seguridad social|rentenversicherung|sozialversicherungsnummer|rentenversicherungsnummer|svnr|personalausweis|ausweis|ssn|ssn no|ni number|nino|nuss|nass|n afiliacion|ausweisnr|ausweisnummer|personalausweisnummer|perso nr|sofi nummer',
  tax: 'fiscal|fiscale|impot|impots|nif|contribuinte|tax|tin|steuer|steuernummer|steuerid|idnr|steueridentifikationsnummer|identifikationsnummer|spi|utr|contribuable',
  password:
    'mot de passe|mdp|password|passwd|passphrase|passwort|kennwort|contrasena|senha|pass|pwd|passcode|pass word|passord|dbpass|dbpassword|haslo|wachtwoord|ww|pw|psw|pwort|parola|clave|palavra passe',
  pin: 'pin|code pin|code secret|code confidentiel|otp|one time password|one time code|verification code|access code|code d acces|code de verification|code a usage unique|geheimzahl|bestatigungscode|zugangscode|tan|codigo pin|codigo de verificacion|codigo de acceso|codice pin|codice di verifica|codice di accesso|codigo de verificacao|codigo de acesso|pincode|verificatiecode|toegangscode|kod pin|kod weryfikacyjny|kod dostepu|cod pin|cod de verificare|cod de acces',
  cvv: 'cvv|cvc|cryptogramme|cvv2|cvc2|security code|code de securite|codigo de seguridad|codice di sicurezza|codigo de seguranca|sicherheitscode|prufziffer|prufnummer|veiligheidscode|kod cvv|kod bezpieczenstwa|cod de securitate|kod zabezpieczajacy',
  version: 'version|versions|v|ver|release|build|firmware|rev|revision|kernel|patch|maj',
  street:
    'rue|avenue|av|boulevard|bd|bld|place|impasse|allee|allees|chemin|quai|cours|square|passage|route|faubourg|lycee|college|ecole|clinique|hopital|eglise|stade|street|road|hotel|residence|gare|station|universite|university|school|hospital|fondation|aeroport|airport|strasse|platz|calle|rua|via|prix|saint|sainte|paroisse|fete|cathedrale|institut|centre',
  ip: 'ip|adresse ip|ip address|ipv4|ipv6',
  employee:
    'matricule|pers nr|personal nr|personalnr|matricule n|employee id|employee number|employee no|staff id|badge|numero de salarie|numero salarie|personalnummer',
  customer:
    'n client|n de client|kd nr|kdnr|kunden nr|client n|client no|client numero|numero client|numero de client|no client|reference client|ref client|customer id|customer number|customer no|customer reference|compte client|client id|client number|kundennummer|id client|identifiant client|code client|account number|account no|klantnummer|klantnr|kundennr|numero cliente|numero de cliente|codice cliente|codigo de cliente|codigo cliente|numer klienta|nr klienta|numar client|cod client|policy number|policy no|contract number|contract no|numero de contrat|n contrat|numero contrat|numero de police|vertragsnummer|vertragsnr|policennummer|versicherungsscheinnummer|numero de poliza|poliza n|numero di polizza|polizza n|numero di contratto|numero de contrato|numero da apolice|apolice n|polisnummer|polis|polisnr|polisa|polisa nr|contractnummer|numer polisy|nr polisy|numer umowy|nr umowy|numar contract|numarul contractului|numar polita|member number|membership number|membership no|booking reference|booking number|booking no|reservation number|confirmation number|confirmation code|numero de reservation|buchungsnummer|reservierungsnummer|numero de reserva|numero di prenotazione|numero prenotazione|boekingsnummer|reserveringsnummer|numer rezerwacji|nr rezerwacji|numar rezervare|pnr',
  case: 'n de dossier|dossier|dossier n|ticket n|sinistre n|ticket|sinistre|case|incident|numero de dossier|case number|claim|reclamation|demande',
  passport:
    'passeport|passport|reisepass|pasaporte|passaporte|passport number|passport no|numero de passeport|paszport|paspoort|pasaport',
  driving:
    'permis de conduire|permis|driving licence|driving license|driver s license|driver license|fuhrerschein|license|licence|license number|licence number|license no|licence no|prawo jazdy|rijbewijs|patente|patente di guida|permiso de conducir|carnet de conducir|carta de conducao|permis de conducere|fuhrerscheinnummer|fuhrerschein nr|rijbewijsnummer|patente n|permiso de conduccion|nr prawa jazdy',
  plate:
    'immatriculation|immatricule|plaque|license plate|licence plate|number plate|kennzeichen|matricula|reg|registration|reg no|car reg|reg number|vrm|kfz|immat|kenteken|targa|rejestracja|nr rej|numer rejestracyjny|inmatriculare|numar de inmatriculare|nr inmatriculare',
  aged: 'age de|agee de|ages de|aged|age',
  account:
    'kto|kto nr|konto nr|compte|rib|account|konto|cuenta|conta|numero de compte|kontonummer|kontonr|numero de cuenta|numero de conta|numero di conto|numero conto|conto corrente|rekening|rekeningnummer|rekeningnr|numer konta|nr konta|numer rachunku|cont bancar|numar de cont|numarul contului|acct|acct no|acc no|acc|acc number|a c no|ac no|ac number|bank account number',
  secret:
    'api key|apikey|cle api|token|jeton|secret|secret key|access key|cle secrete|access token|auth token|bearer|client secret|private key|refresh token|schlussel|api token|secret token',
  order:
    'commande|order|facture|invoice|sku|reference produit|colis|suivi|tracking|bon de livraison|devis|bestellung|bestellnummer|rechnung|rechnungsnummer|sendungsnummer|pedido|factura|ordine|fattura|encomenda|fatura|bestelling|bestelnummer|factuur|zamowienie|zamowienia|faktura|comanda',
  username:
    'login|username|user name|nom d utilisateur|pseudo|user|user id|userid|db user|dbuser|nick|nickname|benutzername|usuario|nazwa uzytkownika|uzytkownik|gebruiker|gebruikersnaam|utente|nome utente|utilizador|nome de utilizador|benutzer|utilizator|nume utilizator|utilisateur|identifiant|identifiant de connexion|handle|twitter|instagram|insta|telegram|skype|tiktok|snapchat|snap|linkedin',
  health:
    'numero adherent|mutuelle|carte vitale|insurance id|insurance number|insurance no|insurance|member id|medicare|nhs|numero de mutuelle|versichertennummer|versichertennr|versicherten nr|vers nr|versicherungsnr|mrn|medical record number|hospital number|patient id|patient number|ipp|nip patient|fallnummer|patientennummer|patientennr|numero de historia|historia clinica|nhc|cartella clinica|processo clinico|n de processo|patientnummer|numer pacjenta|fisa pacient',
  iban: 'iban|numero iban|n iban|iban number|iban nr|transfer to|virement|rachunek|konto|compte bancaire|bankverbindung|bank account',
  device:
    'session|session id|sessionid|cookie|cookie id|device id|device|deviceid|advertising id|idfa|gaid|aaid|android id|visitor id|client id|ga cookie|sessione|sesion|sessao|sitzung|sessie|sesja|sesiune|fingerprint|udid|serial number|numero de serie|appareil|id appareil',
  streetThenName:
    'rue|avenue|av|avn|ave|avda|avd|avenida|boulevard|bd|bld|blvd|impasse|allee|allees|chemin|quai|cours|place|square|passage|route|faubourg|fbg|lotissement|residence|hameau|ruelle|sentier|villa|lieu dit|calle|c|cl|plaza|pza|paseo|pso|passeig|carrer|carretera|ctra|carr|vialidad|paraje|poligono|camino|ronda|travesia|glorieta|urbanizacion|urb|via|viale|piazza|corso|vicolo|largo|strada|piazzale|contrada|localita|zza|pzza|zale|rua|r|travessa|praca|alameda|estrada|beco|rodovia|ul|ulica|ulicy|al|aleja|alei|pl|plac|os|osiedle|str|strada|bulevardul|calea|aleea|soseaua|piata|intrarea|bdul|strasse|am|an der|in der|auf der|zum|zur',
  nameThenStreet:
    'street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|square|sq|terrace|close|crescent|parkway|pkwy|circle|cir|highway|hwy|plaza|row|gardens|grove|mews|hill|trail|loop|alley|walk|quay|wharf|green|tce|terr|cres|gdns|pde|parade|rise|broadway|embankment|esplanade|heights',
  address:
    'address|addresses|home address|mailing address|adresse|adresse postale|domicile|domicilie|demeurant|domiciliee|anschrift|wohnhaft|direccion|domicilio|indirizzo|residente in|residente a|morada|endereco|residente na|residente em|adres|adresem|zam|zamieszkaly|zamieszkala|zamieszkalego|zamieszkalej|woonachtig|adresa|domiciliat|domiciliata|cu domiciliul in|lives at|living at|residing at|located at|location|sent to|send it to|return to|return it to|arrived at|meet me at|live in|live at|now live in|living in|deliver to|deliver it to|ship to|ship it to|habite au|habite|demeure au|livrer au|livrez au|envoyer au|envoyez au|livraison au|wohne in|wohnt in|wohnhaft in|liefern an|senden an|schicken an|vivo en|vive en|reside en|enviar a|enviarlo a|entregar en|abito in|abita in|spedire in|spedire a|consegnare in|moro na|mora na|moro no|mora no|entregar na|woon op|woont op|wonend te|bezorgen op|leveren op|mieszkam przy|mieszka przy|dostarczyc na|locuiesc pe|locuiesc in|locuieste in|livrati la',
  postcode:
    'zip|zip code|zipcode|postcode|post code|postal code|code postal|cp|c p|plz|postleitzahl|codigo postal|cod postal|cep|cap|kod pocztowy|pin code|pincode|eircode',
  at: 'at|arobase|arobas|arroba|chiocciola|malpa|klammeraffe|apenstaartje|arond|aet|ad',
  unit: 'suite|apt|apartment|unit|flat|appt|appartement|wohnung|apartamento|piso|appartamento|mieszkanie',
  box: 'po box|p o box|box|bp|boite postale|postfach|apartado de correos|apartado|casella postale|caixa postal|postbus|skrytka pocztowa|casuta postala',
  lot: 'lot',
  series: 'seria|serie|serii|series',
  corner:
    'corner of|angle|angle de|ecke|esquina|esquina de|esquina con|angolo tra|angolo fra|angolo|esquina da|hoek van|hoek|rogu|rog|coltul|coltul dintre',
  gps: 'gps|lat|latitude|coordinates|coordonnees|coordonnees gps|coordenadas|coordinate|koordinaten|position|geolocalisation|geolocation|wspolrzedne|coordonate|long|lon',
}
