import { fold } from '../fold.ts'

/** Number words of the nine languages as they are dictated, folded. */
const words = `zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante
  cinquante soixante septante huitante octante nonante cent cents mille
  oh nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
  twenty thirty forty fourty fifty sixty seventy eighty ninety hundred thousand double triple
  null nul eins zwei zwo drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn
  zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig hundert tausend
  cero uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve
  veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta cuarenta cincuenta
  sesenta setenta ochenta noventa cien ciento novecientos mil
  due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove cento
  millenovecento duemila
  um uma dois duas meia sete oito dez doze treze quatorze dezesseis dezasseis dezessete dezassete dezoito dezenove dezanove vinte trinta
  quarenta cinquenta sessenta oitenta cem novecentos
  een twee vijf zes zeven negen tien twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig
  zestig zeventig tachtig negentig honderd duizend
  jeden dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec jedenascie dwanascie trzynascie czternascie pietnascie szesnascie
  siedemnascie osiemnascie dziewietnascie dwadziescia trzydziesci czterdziesci piecdziesiat szescdziesiat siedemdziesiat osiemdziesiat
  dziewiecdziesiat sto dziewiecset tysiac tysiace
  unu doi doua trei patru cinci sase sapte opt noua zece unsprezece doisprezece treisprezece paisprezece cincisprezece saisprezece
  saptesprezece optsprezece nouasprezece douazeci treizeci patruzeci cincizeci saizeci saptezeci optzeci nouazeci suta sute mie mii`

/** Ordinals that tell the day of a date. */
const ordinals = `premier first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
  sixteenth seventeenth eighteenth nineteenth twentieth thirtieth primero primo primeiro pierwszego drugiego trzeciego czwartego piatego
  szostego siodmego osmego dziewiatego dziesiatego dwudziestego trzydziestego eerste tweede derde vierde vijfde zesde zevende achtste`

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))
const numbers = list(words)
const days = list(ordinals)

/** Numbers that are written as one word: `zweiunddreissig`, `neunzehnhundert`, `vijfentwintig`, `trentadue`, `zwölften`. */
const parts =
  'ein(?:s|e)?|zwei|zwo|drei|vier|funf|sechs?|sieben|sieb|acht|neun|zehn|elf|zwolf|zwanzig|zig|ssig|hundert|tausend|und|' +
  'een|twee|drie|vijf|zes|zeven|negen|tien|twaalf|dertien|veertien|en|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|' +
  'vent[i]?|trent[ai]?|quarant[a]?|cinquant[a]?|sessant[a]?|settant[a]?|ottant[a]?|novant[a]?|uno|due|tre|quattro|cinque|sei|sette|otto|nove|cento|mille|mila'
const compound = new RegExp(`^(?:${parts}){2,8}(?:s?te[nrs]?)?$`)

/** Whether a folded word is a number. */
export const isNumeral = (folded: string): boolean =>
  numbers.has(folded) || (folded.length >= 7 && folded.length <= 48 && compound.test(folded))

export const isOrdinal = (folded: string): boolean =>
  days.has(folded) ||
  /^(?:ersten?|zweiten?|dritten?|vierten?|funften?|sechsten?|siebten?|achten?|neunten?|zehnten?|elften?|zwolften?)$/.test(
    folded,
  )

const joins = list('et und y e i si en and')

/** A word that stands between two numbers: `et`, `and`, `y`. */
export const isJoint = (folded: string): boolean => joins.has(folded)

const word = /[\p{L}\p{M}]+/uy
const between = /[ \u00a0,.\-–]{0,3}/y

/** The numbers said from `at`, joints between them: how many, and where the last ends. At most `most`. */
export const numeralsFrom = (text: string, at: number, most = 24): { count: number; end: number } => {
  let count = 0
  let end = at
  let next = at
  let joint = false
  while (count < most) {
    between.lastIndex = next
    between.test(text)
    word.lastIndex = between.lastIndex
    const from = between.lastIndex
    if (!word.test(text)) break
    const folded = fold(text.slice(from, word.lastIndex))
    next = word.lastIndex
    if (isNumeral(folded) || (count > 0 && isOrdinal(folded))) {
      count++
      end = next
      joint = false
    } else if (count > 0 && !joint && isJoint(folded)) joint = true
    else break
  }
  return { count, end }
}
