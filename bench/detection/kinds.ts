import type { Category } from '../../src/model/category.ts'

/** What a peer calls its findings, as our categories: the first line that matches; what none matches is an id of a case. */
const table: readonly (readonly [RegExp, Category])[] = [
  [/^(?:PERSON|NAME|names|PERSON_NAME)$/, 'name'],
  [/EMAIL/i, 'contact.email'],
  [/PHONE|MOBILE_NUMBER|TELEPHONE/i, 'contact.phone'],
  [/IBAN/, 'fin.iban'],
  [/CREDIT_?CARD|CARD_TRACK/i, 'fin.card'],
  [/^CVV/, 'fin.cvv'],
  [/PASSPORT|_MRZ/, 'id.passport'],
  [/DRIV(?:ER|ING)_?LICEN|FUEHRERSCHEIN/, 'id.driving'],
  [/LICENSE_PLATE|VEHICLE_REG|_KFZ$/, 'vehicle.plate'],
  [/^(?:IPV[46]|IP_ADDRESS|ipAddress)$/, 'online.ip'],
  [/^MAC_ADDRESS$/, 'online.mac'],
  [/^(?:URL|url|URL_WITH_AUTH)$/, 'online.url'],
  [/DATE_OF_BIRTH/, 'birth.date'],
  [/^DATE/, 'date'],
  [/^AGE$/, 'age'],
  [/^NRP$/, 'nationality'],
  [/^(?:ORGANIZATION|organizations)$/, 'org'],
  [/^(?:LOCATION|places)$/, 'location.place'],
  [/POSTCODE|POSTAL_CODE|ZIP|_PLZ$/i, 'contact.postcode'],
  [/^ADDRESS_|streetAddress/, 'contact.address'],
  [/password|PASSWORD/, 'auth.password'],
  [/credentials|_KEY$|TOKEN$|SECRET|DATABASE_CONNECTION|SLACK_WEBHOOK|DOCKER_AUTH/, 'auth.secret'],
  [/USERNAME|username|_HANDLE$|GAMERTAG|BATTLETAG/, 'online.username'],
  [/(?:^|_)(?:TAX|ITIN|VAT|UTR|EIN|TFN|TIN|PAN|GSTIN|INN|RFC|CUIT|NPWP|STIR|RUC)(?:_|$)/, 'id.tax'],
  [
    /(?:^|_)(?:SSN|NINO|NATIONAL|INSURANCE_UK|SIN|AADHAAR|MY_NUMBER|RRN|NIN|RUT|CNP|SOCIAL_SECURITY|DNI|NIF|NIE|FISCAL_CODE|BSN|PESEL|NRIC|CPF|CURP|NIK|TNIN|CEDULA|IDENTITY_CODE|IDENTITY_CARD|ID_CARD|ID_NUMBER|PERSONNUMMER|PERSONAL|SNILS|JMBG|IIN|MYKAD|CIVIL|GHANA_CARD|UMID|CCCD)(?:_|$)|_ID$|usSocialSecurityNumber/,
    'id.national',
  ],
  [/NHS|MEDICARE|HEALTH|MBI|EHIC/, 'id.health'],
  [/BANK|ACCOUNT|ROUTING|CRYPTO|_ADDRESS$/, 'fin.account'],
]

export const categoryOf = (kind: string): Category =>
  table.find(([pattern]) => pattern.test(kind))?.[1] ?? 'id.case'
