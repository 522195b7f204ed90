/** What the clients of the torture send: fresh people, known people, and what must be refused. */
import type { Chance } from './chance.ts'

export interface Sent {
  readonly kind: 'fresh' | 'warm' | 'near' | 'target' | 'special' | 'expired' | 'unreadable' | 'media'
  readonly method: string
  /** `/provider/path` */
  readonly target: string
  readonly media: string
  readonly body: Buffer
  /** `pass`, or the code of the refusal. */
  readonly expect: string
}

/** Local part of every address that is sent: none may arrive at an offshore provider. */
export const mark = 'zzmark'

const syllables = ['ra', 'ko', 'to', 'ma', 'la', 'la', 'ni', 'ri', 'vo', 'fe', 'ne', 'so', 'an', 'dri']
const firsts = ['Hélène', 'Jean', 'Claire', 'Luc', 'Sophie', 'Marc', 'Anne', 'Paul', 'Nadia', 'Hugo']

const digits = (chance: Chance, length: number): string =>
  Array.from({ length }, () => Math.floor(chance.next() * 10)).join('')

/** ISO 13616: check digits make the whole, letters as numbers and moved to the end, 1 modulo 97. */
const iban = (chance: Chance): string => {
  const account = `3000400812${digits(chance, 11)}`
  const key = 97 - Number((BigInt(account) * 100n) % 97n)
  const national = `${account}${String(key).padStart(2, '0')}`
  const rest = Number(BigInt(`${national}152700`) % 97n)
  return `FR${String(98 - rest).padStart(2, '0')}${national}`
}

interface Person {
  readonly number: string
  readonly text: string
}

const newPerson = (chance: Chance): Person => {
  const last = Array.from({ length: 4 }, () => chance.pick(syllables)).join('')
  const name = `${last[0]?.toUpperCase()}${last.slice(1)}`
  const number = `E-${digits(chance, 8)}`
  const text = JSON.stringify({
    matricule: number,
    nom: name,
    prenom: chance.pick(firsts),
    email: `${mark}.${last}${digits(chance, 6)}@exemple.fr`,
    iban: iban(chance),
  })
  return { number, text }
}

const known: Person[] = []

const payload = (people: readonly Person[], chance: Chance): Buffer =>
  Buffer.from(
    `{"lot": "${digits(chance, 6)}", "taux": 1.0, "salaries": [${people.map(({ text }) => text).join(', ')}]}`,
  )

const json = { method: 'POST', media: 'application/json' } as const

/** One transfer of a random kind. */
export const makeSent = (chance: Chance): Sent => {
  while (known.length < 200) known.push(newPerson(chance))
  const some = Array.from({ length: 1 + Math.floor(chance.next() * 3) }, () => chance.pick(known))
  const fresh = Array.from({ length: 1 + Math.floor(chance.next() * 2) }, () => newPerson(chance))
  const roll = chance.next()
  if (roll < 0.3)
    return { ...json, kind: 'fresh', target: '/far/lots', body: payload(fresh, chance), expect: 'pass' }
  if (roll < 0.65)
    return { ...json, kind: 'warm', target: '/far/lots', body: payload(some, chance), expect: 'pass' }
  if (roll < 0.75)
    return {
      ...json,
      kind: 'near',
      target: '/near/lots',
      body: payload([...some, ...fresh], chance),
      expect: 'pass',
    }
  if (roll < 0.8) {
    const target = `/far/people/${chance.pick(known).number}`
    return { kind: 'target', method: 'GET', media: '', target, body: Buffer.alloc(0), expect: 'pass' }
  }
  if (roll < 0.86) {
    const body = Buffer.from(`{"diagnostic": "diabète de type 2", "email": "${mark}@exemple.fr"}`)
    return { ...json, kind: 'special', target: '/far/lots', body, expect: 'SPECIAL_CATEGORY' }
  }
  if (roll < 0.92)
    return {
      ...json,
      kind: 'expired',
      target: '/late/lots',
      body: payload(some, chance),
      expect: 'TIA_EXPIRED',
    }
  if (roll < 0.96) {
    const whole = payload(some, chance)
    const body = whole.subarray(0, whole.length - 3)
    return { ...json, kind: 'unreadable', target: '/far/lots', body, expect: 'PAYLOAD_UNREADABLE' }
  }
  return {
    ...json,
    kind: 'media',
    media: 'application/pdf',
    target: '/far/lots',
    body: Buffer.from(`%PDF-1.7 ${mark}@exemple.fr`),
    expect: 'MEDIA_UNSUPPORTED',
  }
}
