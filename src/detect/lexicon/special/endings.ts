/** Families of endings, folded; the bare stem counts too. */
export const endings: Readonly<Record<string, readonly string[]>> = {
  /** -e, -s, -es */
  FRA: ['e', 's', 'es'],
  DEN: ['e', 'en', 'er', 'n', 's', 'es'],
  DEA: ['e', 'en', 'er', 'es', 'em'],
  ESA: ['o', 'a', 'os', 'as'],
  ITA: ['o', 'a', 'i', 'e'],
  NLN: ['e', 'en', 's'],
  /** Polish nouns on -a, nouns on a consonant, adjectives; ę and ą are folded. */
  PLF: ['a', 'y', 'i', 'e', 'o', 'ie', 'ami', 'ach'],
  PLM: ['a', 'u', 'owi', 'em', 'iem', 'ie', 'e', 'y', 'i', 'ow', 'ami', 'ach'],
  PLA: ['a', 'y', 'i', 'e', 'ego', 'iego', 'ej', 'iej', 'emu', 'ym', 'im', 'ymi', 'ych', 'ich'],
  RON: ['a', 'ei', 'e', 'ele', 'elor', 'ul', 'ului', 'uri', 'urile', 'i', 'ii', 'ilor'],
  ROA: ['a', 'i', 'e', 'ul', 'ului', 'ei', 'ilor', 'elor'],
}
