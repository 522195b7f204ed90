/** What the recognisers that are not rows of a table find, and by which rule: for docs/recognisers.md. */
export interface Described {
  readonly finds: string
  readonly categories: string
  readonly where: string
  readonly check: string
  readonly source: string
}

/** By the id of the recogniser (table.ts). */
export const described: Readonly<Record<string, Described>> = {
  email: {
    finds: 'E-mail addresses, internationalised ones too; handles (`@name`)',
    categories: '`contact.email`, `online.username`',
    where: 'everywhere',
    check: 'form',
    source: 'RFC 5321, 5322, 6531',
  },
  'spoken-email': {
    finds: 'E-mail addresses with a spoken or hidden sign: `(at)`, `arobase`, `point`, `dot`',
    categories: '`contact.email`',
    where: 'nine languages',
    check: 'form',
    source: 'usage',
  },
  address: {
    finds:
      'Postal addresses on one line or several, also in lower case and quoted, corners of two streets, flats, post office boxes; postcodes after their word or with a known town, British ones by form',
    categories: '`contact.address`, `contact.postcode`',
    where: 'FR, BE, LU, GB, IE, US, CA, DE, AT, CH, ES, IT, PT, BR, NL, PL, RO',
    check: 'word for a street and a number, or the word for an address',
    source: 'Universal Postal Union, addressing systems',
  },
  mrz: {
    finds: 'Machine-readable lines of passports and cards (TD1, TD2, TD3)',
    categories: '`id.passport`',
    where: 'everywhere',
    check: 'check digits 7, 3, 1',
    source: 'ICAO Doc 9303 parts 3 to 6',
  },
  gps: {
    finds: 'Pairs of coordinates',
    categories: '`location.gps`',
    where: 'everywhere',
    check: 'range; four decimals or a word',
    source: 'ISO 6709',
  },
  url: {
    finds: 'Addresses of pages; credentials and secret parameters in them',
    categories: '`online.url`, `auth.secret`',
    where: 'everywhere',
    check: 'form',
    source: 'RFC 3986',
  },
  iban: {
    finds: 'IBAN of all countries',
    categories: '`fin.iban`',
    where: 'all of ISO 13616',
    check: 'mod 97, length and national check; weaker after the word alone',
    source: 'SWIFT, IBAN registry; ibantools',
  },
  bic: {
    finds: 'BIC',
    categories: '`fin.bic`',
    where: 'everywhere',
    check: 'form, country, and a word or an IBAN before it',
    source: 'ISO 9362',
  },
  nir: {
    finds: 'Numéro de sécurité sociale',
    categories: '`id.national`',
    where: 'FR',
    check: 'key of 97',
    source: 'Décret 82-103',
  },
  card: {
    finds: 'Payment cards',
    categories: '`fin.card`',
    where: 'everywhere',
    check: 'Luhn, issuer prefix, length; weaker after the word alone',
    source: 'ISO/IEC 7812-1',
  },
  phone: {
    finds: 'Telephone numbers, international and national, with extensions',
    categories: '`contact.phone`',
    where:
      'all plans with `+` or `00`; national forms of FR, DE, MA, GB, BE, CH, MG, NL, RO, IT, PT, ES, PL, LU, TN, US',
    check: 'numbering plan; weaker after the word alone',
    source: 'ITU-T E.164; libphonenumber',
  },
  identifier: {
    finds: 'The identifiers of the second table',
    categories: '`id.*`, `fin.account`, `online.device`, `vehicle.plate`',
    where: 'see there',
    check: 'see there',
    source: 'see there',
  },
  'spoken-number': {
    finds:
      'Numbers in words after the word for them: telephone, identity, tax, card and account numbers, PINs, postcodes',
    categories: '`contact.*`, `id.*`, `fin.*`, `auth.*`',
    where: 'nine languages',
    check: 'word, then four number words and more (three for a PIN)',
    source: 'usage',
  },
  boxed: {
    finds: 'Numbers of forms and scanned pages, one digit a box: `2 9 2 4 …`, `1 2 . 0 6 . 1 9 8 1`',
    categories: '`birth.date`, `id.national`, `contact.phone`, `fin.card`, `id.case`',
    where: 'everywhere',
    check: 'eight digits and more with one blank between; calendar, Luhn',
    source: 'usage',
  },
  signed: {
    finds:
      'Cards, social security and telephone numbers with signs between their digits: `4539*1488*0343*6467`',
    categories: '`fin.card`, `id.national`, `contact.phone`',
    where: 'everywhere',
    check: 'Luhn and issuer prefix, key of 97, or the word before it',
    source: 'usage',
  },
  lookalike: {
    finds: 'Numbers in which a scan or a hand put letters for digits: `53591277O`',
    categories: '`id.national`, `contact.phone`',
    where: 'everywhere',
    check: 'seven signs and more, two in three are digits, the others O, o, I, l',
    source: 'usage',
  },
  'last-four': {
    finds: 'The last four digits of a national number, card or account, after the words for them',
    categories: '`id.national`, `fin.card`, `fin.account`',
    where: 'nine languages',
    check: 'words',
    source: 'usage',
  },
  answer: {
    finds:
      'Numbers that answer a question which the text does not hold: telephone numbers, last four digits, postcodes after a town, at the end of a short line',
    categories: '`contact.phone`, `id.national`, `contact.postcode`',
    where: 'everywhere',
    check: 'length and line; for four digits a word for a card, an account or an insurance before',
    source: 'usage',
  },
  ip: {
    finds: 'IPv4 and IPv6 addresses',
    categories: '`online.ip`',
    where: 'everywhere',
    check: 'form; not after a word for a version',
    source: 'RFC 791, RFC 4291',
  },
  mac: {
    finds: 'MAC addresses',
    categories: '`online.mac`',
    where: 'everywhere',
    check: 'form',
    source: 'IEEE 802',
  },
  date: {
    finds:
      'Dates; after a birth word or key, dates of birth: in words, with two digits of the year, without the year, the year alone',
    categories: '`date`, `birth.date`',
    where: 'nine languages',
    check: 'calendar; for a date of birth a birth word',
    source: 'ISO 8601 and usage',
  },
  secret: {
    finds:
      'Passwords, PINs, card codes, tokens, keys, user names, sessions and devices after their words; tokens by form; private keys',
    categories: '`auth.*`, `fin.cvv`, `online.username`, `online.device`',
    where: 'everywhere',
    check: 'word, or the form that the issuer gives',
    source: 'RFC 7519, RFC 7468, documentation of the issuers',
  },
  reference: {
    finds:
      'Numbers after the word for them: employee, customer, case, passport, licence, insurance, national and tax numbers; French plates; ages',
    categories: '`id.*`, `vehicle.plate`, `age`',
    where: 'nine languages',
    check: 'word',
    source: 'usage',
  },
}
