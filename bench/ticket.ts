/**
 * The payload of the bench: a support ticket of 1 KB or 16 KB whose six personal values are all reversible, so
 * that a provider who answers with what it got must give back the very same bytes. Values are of fixed width
 * and made from a number, so a ticket is two copies and a few digits; each carries a mark that stands nowhere
 * else, by which the provider notices an original.
 */

/** One of these in what a provider received = an original left. No pseudonym can hold one. */
export const marks = ['KDN.', 'Andria', 'Mbolati', '@planted.example', '+3369', '3000600099'] as const

export const findings = marks.length

export const sizes = { '1k': 1_024, '16k': 16_384 } as const
export type Size = keyof typeof sizes

/** Numbers that give different tickets. */
export const people = 10_000_000

const digits = (n: number, width: number): string => String(n).padStart(width, '0')

const syllable = [...'bdfgklmnprstvyzj'].flatMap((consonant) => [...'aeio'].map((vowel) => consonant + vowel))
/** Six syllables of two letters: a word that no two numbers below 2³² share. */
const word = (n: number): string => {
  let out = ''
  for (let left = Math.imul(n, 2_654_435_761) >>> 0, at = 0; at < 6; at += 1, left >>>= 6) {
    out += syllable[left & 63] as string
  }
  return out
}

/** A French account: RIB key, then the check digits of ISO 13616 (F = 15, R = 27); both modulo 97. */
const iban = (n: number): string => {
  const key = 97 - ((89 * 30_006 + 15 * 99 + 3 * n) % 97)
  const bban = (3_000_600_099 % 97) * 15 + n * 100 + key // 10¹³ ≡ 15
  const check = 98 - (((bban % 97) * 27 + 152_700) % 97) // 10⁶ ≡ 27
  return `FR${digits(check, 2)}3000600099${digits(n, 11)}${digits(key, 2)}`
}

/** The six values of person `n`, `0 ≤ n < people`; always as long as those of another. */
const valuesOf = (n: number): readonly string[] => [
  `KDN.${digits(n, 9)}`,
  `Andria${word(n)}`,
  `Mbolati${word(n)}`,
  `${word(n)}@planted.example`,
  `+3369${digits(n, 7)}`,
  iban(n),
]

const slot = (at: number, value: string): string => `\u0001${at}${'.'.repeat(value.length - 2)}`

const parts = ['Chaîne 11v', 'Pneu 700x32', 'Selle noire', 'Pédalier 46', 'Feu arrière', 'Garde-boue']
const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    sku: `BX-${2_041 + at}-GR`,
    label: parts[at % parts.length],
    qty: 1 + (at % 3),
    unit_price: 19.9 + at,
    vat: 0.2,
  }))

const message =
  'Bonjour, le colis est arrivé hier mais la boîte était ouverte et deux pièces manquent. ' +
  'Pouvez-vous envoyer ce qui manque ou rembourser la commande ? Merci de votre réponse rapide.'

const history = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    step: at + 1,
    text: `Étape ${at + 1} : le transporteur a été contacté, une enquête est ouverte. ${message}`,
  }))

const ticket = (values: readonly string[], size: Size) => ({
  ticket: {
    channel: 'web',
    priority: 2,
    status: 'open',
    customer: {
      customer_id: values[0],
      last_name: values[1],
      first_name: values[2],
      email: values[3],
      phone: values[4],
      iban: values[5],
    },
    message,
    lines: lines(size === '1k' ? 6 : 136),
    ...(size === '1k' ? {} : { history: history(16) }),
  },
})

/** Writes tickets of one size: `write(n)` gives the body of person `n`, valid until the next call. */
export function ticketWriter(size: Size): (n: number) => Buffer {
  const values = valuesOf(0).map((value, at) => slot(at, value))
  // JSON writes U+0001 as six characters; the slot keeps the width of its value in bytes.
  const text = JSON.stringify(ticket(values, size)).replaceAll('\\u0001', '\u0001')
  const body = Buffer.alloc(sizes[size], ' ')
  if (Buffer.byteLength(text) > body.length) throw new RangeError(`a ticket of ${size} is too long`)
  body.write(text)
  const at = values.map((value) => body.indexOf(value))
  return (n) => {
    const written = valuesOf(n)
    for (const [index, value] of written.entries()) body.write(value, at[index] as number, 'latin1')
    return body
  }
}
