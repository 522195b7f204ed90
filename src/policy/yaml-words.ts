/** What the YAML parser found wrong, said so that somebody who never heard of YAML finds the place. */
import type { Both } from '../lang.ts'
import { shown } from './yaml-text.ts'

type Said = readonly [message: Both, hint?: Both]

const noPair: Said = [
  { en: 'this line is not of the form key: value', fr: "cette ligne n'est pas de la forme clé: valeur" },
  {
    en: 'a colon and a space stand between key and value',
    fr: 'entre la clé et la valeur se trouvent deux-points et une espace',
  },
]
const notClosed: Said = [
  {
    en: 'a bracket or brace that was opened before is not closed',
    fr: "un crochet ou une accolade ouvert plus haut n'est pas fermé",
  },
  { en: 'close it: } or ]', fr: 'fermez-le : } ou ]' },
]
const indentation: Said = [
  { en: 'the indentation does not fit', fr: "le retrait de la ligne n'est pas le bon" },
  {
    en: 'keys of one map begin in the same column',
    fr: "les clés d'un même ensemble commencent à la même colonne",
  },
]
const inQuotes: Both = { en: 'write it in quotes', fr: 'écrivez-le entre guillemets' }
const asKey: Said = [
  {
    en: 'a text holds a colon and a space, and so reads as a key',
    fr: 'un texte contient deux-points et une espace, et se lit donc comme une clé',
  },
  { en: 'write the text in quotes', fr: 'écrivez le texte entre guillemets' },
]
const afterEnd: Said = [
  {
    en: 'something stands after the end of this value',
    fr: 'quelque chose suit la fin de cette valeur',
  },
  {
    en: 'write the whole value in quotes; between single quotes an apostrophe is written twice',
    fr: "écrivez toute la valeur entre guillemets ; entre apostrophes, une apostrophe s'écrit deux fois",
  },
]

/** By a part of the parser's message, where its code says too little. */
const byMessage: readonly (readonly [part: string, said: Said])[] = [
  ['must be sufficiently indented and end with', notClosed],
  ['Sequence item without - indicator', indentation],
  ['Implicit map keys need to be followed', noPair],
  [
    'block-seq-ind on same line',
    [
      { en: 'a list begins in a line of its own', fr: 'une liste commence sur sa propre ligne' },
      { en: 'or write it as [a, b]', fr: 'ou écrivez-la [a, b]' },
    ],
  ],
  [
    'Block scalar header',
    [
      {
        en: 'after | or > the text begins in the next line',
        fr: 'après | ou > le texte commence à la ligne suivante',
      },
      { en: 'or write the text in quotes', fr: 'ou écrivez le texte entre guillemets' },
    ],
  ],
  [
    'Unexpected flow-',
    [
      {
        en: 'a bracket, brace or comma stands here that closes nothing',
        fr: 'un crochet, une accolade ou une virgule se trouve ici et ne ferme rien',
      },
      { en: 'take it out', fr: 'retirez ce signe' },
    ],
  ],
  ['at node end', afterEnd],
  [
    'Comments must be separated',
    [
      { en: 'a space is missing before #', fr: 'il manque une espace avant #' },
      {
        en: 'write a space before #, or the text in quotes',
        fr: 'mettez une espace avant #, ou écrivez le texte entre guillemets',
      },
    ],
  ],
]

const alias: Said = [
  {
    en: 'after & or * stands a name, and nothing else',
    fr: "après & ou * vient un nom, et rien d'autre",
  },
  { en: 'write the value out, or the text in quotes', fr: 'écrivez la valeur, ou le texte entre guillemets' },
]

const byCode: Readonly<Record<string, Said>> = {
  TAB_AS_INDENT: [
    { en: 'a tab stands where the indentation should be', fr: 'une tabulation tient lieu de retrait' },
    { en: 'indent with spaces', fr: 'faites le retrait avec des espaces' },
  ],
  BAD_INDENT: indentation,
  MISSING_CHAR: [
    {
      en: 'a closing bracket, brace, quote or comma is missing',
      fr: 'il manque un crochet fermant, une accolade fermante, un guillemet ou une virgule',
    },
    { en: 'close what was opened on this line', fr: 'fermez ce qui a été ouvert sur cette ligne' },
  ],
  BLOCK_AS_IMPLICIT_KEY: asKey,
  BLOCK_IN_FLOW: asKey,
  MULTILINE_IMPLICIT_KEY: noPair,
  TAG_RESOLVE_FAILED: [
    { en: 'tags (!…) are not used here', fr: 'les étiquettes (!…) ne servent pas ici' },
    { en: 'write the plain value', fr: 'écrivez la valeur simple' },
  ],
  BAD_SCALAR_START: [
    {
      en: 'a plain value cannot begin with this character',
      fr: 'une valeur sans guillemets ne peut pas commencer par ce caractère',
    },
    inQuotes,
  ],
  ALIAS_PROPS: alias,
  BAD_ALIAS: alias,
  BAD_DIRECTIVE: [
    {
      en: 'a line that begins with % is no content',
      fr: "une ligne qui commence par % n'est pas du contenu",
    },
    { en: 'remove the line', fr: 'retirez la ligne' },
  ],
  BAD_DQ_ESCAPE: [
    {
      en: 'what follows this backslash is not known',
      fr: 'ce qui suit cette barre oblique inverse est inconnu',
    },
    {
      en: 'write the backslash twice, or the text between single quotes',
      fr: 'doublez la barre oblique inverse, ou écrivez le texte entre apostrophes',
    },
  ],
  BAD_PROP_ORDER: afterEnd,
  KEY_OVER_1024_CHARS: [
    { en: 'this key is longer than 1024 characters', fr: 'cette clé dépasse 1024 caractères' },
    asKey[1],
  ],
  MULTIPLE_ANCHORS: [
    { en: 'two names with & stand before one value', fr: 'deux noms avec & précèdent une même valeur' },
    { en: 'keep one', fr: "n'en gardez qu'un" },
  ],
  MULTIPLE_TAGS: [
    { en: 'two tags (!…) stand before one value', fr: 'deux étiquettes (!…) précèdent une même valeur' },
    { en: 'write the plain value', fr: 'écrivez la valeur simple' },
  ],
  NON_STRING_KEY: [{ en: 'this key is no text', fr: "cette clé n'est pas un texte" }, inQuotes],
  UNEXPECTED_TOKEN: [
    { en: 'this sign cannot stand here', fr: 'ce signe ne peut pas se trouver ici' },
    { en: 'write the text in quotes', fr: 'écrivez le texte entre guillemets' },
  ],
}

/** @param line in which it stands */
export const parserWords = (code: string, message: string, line: string): Said => {
  if (code === 'MULTIPLE_DOCS') {
    const mark = line.trimStart().startsWith('---') ? '---' : '...'
    return [
      { en: 'a second document begins here', fr: 'un deuxième document commence ici' },
      {
        en: `one file holds one document: remove the line ${mark}`,
        fr: `un fichier contient un seul document : retirez la ligne ${mark}`,
      },
    ]
  }
  // Only these codes: elsewhere the line may be sound.
  if (code === 'MULTILINE_IMPLICIT_KEY' || code === 'UNEXPECTED_TOKEN' || code === 'BLOCK_AS_IMPLICIT_KEY') {
    if (/^\s*-[^\s-]/.test(line))
      return [
        { en: 'a space is missing after the hyphen', fr: 'il manque une espace après le tiret' },
        {
          en: 'write a hyphen and a space before an entry',
          fr: 'écrivez un tiret et une espace avant une entrée',
        },
      ]
    if (/^\s*(?:- )?[\w.-]+:[^\s/]/.test(line))
      return [
        { en: 'a space is missing after the colon', fr: 'il manque une espace après les deux-points' },
        noPair[1],
      ]
  }
  const [, said] = byMessage.find(([part]) => message.includes(part)) ?? []
  return said ?? byCode[code] ?? otherwise(message)
}

/** What the parser may say one day in a later version: its own words as a quotation, for whoever looks them up. */
const otherwise = (message: string): Said => {
  const quoted = shown(message.split('\n', 1)[0] ?? '')
  return [
    { en: 'this cannot be read as YAML', fr: "ceci n'est pas lisible comme YAML" },
    { en: `the reader says: "${quoted}"`, fr: `le lecteur dit (en anglais) : « ${quoted} »` },
  ]
}
