import type { Doc } from './corpus.ts'
import type { NameMaker } from './names.ts'
import type { Random } from './random.ts'
import { type SceneWords, sceneWords } from './scene-words.ts'
import { fill } from './templates.ts'

type Words = Readonly<Record<keyof SceneWords, readonly string[]>>

/** What a text of the trade looks like as a whole: a transcript, a list, a form, a signature, notes, a chat. */
type Scene = (words: Words, random: Random) => string

const lines = (count: number, line: (at: number) => string, join = '\n'): string =>
  Array.from({ length: count }, (_, at) => line(at)).join(join)

/** A sentence that names nobody, begun by a word with a capital. */
const nobody = (words: Words, random: Random): string => {
  const rest = random.pick(words.chat.filter((one) => !one.includes('{')))
  return `${random.pick(words.starts)}${random.pick([',', '.', '', ' —', '!'])} ${rest}${random.pick(['.', '', '?', '!'])}`
}

const transcript: Scene = (words, random) => {
  const named = random.chance(0.4)
  const speakers = named ? ['{1}', '{2}'] : [random.pick(words.speakers), random.pick(words.speakers)]
  const stamp = random.chance(0.3)
  return lines(2 + random.below(4), (at) => {
    const turn = random.chance(0.45)
      ? nobody(words, random)
      : random.chance(0.5)
        ? random.pick(words.starts)
        : sentence(random.pick(words.chat))
    return `${stamp ? `[10:${10 + at}] ` : ''}${speakers[at % 2]!}: ${turn}`
  })
}

const sentence = (text: string): string => {
  const first = text.charAt(0)
  return first === '{' ? text : `${first.toUpperCase()}${text.slice(1)}.`
}

const list: Scene = (words, random) => {
  const row = random.pick([
    '{S} {G}',
    '{S}, {G}',
    '{P}',
    '- {P}',
    '{S};{G};{C};{D}',
    '| {P} | {C} | {D} |',
    '{D} {S} {G}',
    '{P} - {O}',
    '• {G} {S} ({C})',
    '{G}\t{S}\t{D}',
    '{P}, {R}',
    '{R} : {P}',
    '{R} {S}',
  ])
  const head = random.chance(0.5) ? `${random.pick(words.headings)}\n` : ''
  return head + lines(2 + random.below(5), () => row.replace('{R}', () => random.pick(words.roles)))
}

const form: Scene = (words, random) => {
  const sign = random.pick([': ', ' : ', ':', ' - ', '\t', ':\n'])
  return lines(2 + random.below(5), () =>
    random.chance(0.5)
      ? `${random.pick(words.personLabels)}${sign}${random.pick(['{P}', '{P}', '{S} {G}', '{S}', '{G}'])}`
      : `${random.pick(words.otherLabels)}${sign}${random.pick([random.pick(words.values), random.pick(words.values), '{C}', '{O}', '{D}'])}`,
  )
}

const signature: Scene = (words, random) => {
  const parts = ['{P}', random.pick(words.roles), '{O}', random.chance(0.5) ? '{B}' : '{C}', 'T. {D}']
  const kept = parts.filter((_, at) => at === 0 || random.chance(0.6))
  return `${nobody(words, random)}\n\n${kept.join(random.chance(0.7) ? '\n' : random.pick([' | ', ', ', ' - ']))}`
}

const notes: Scene = (words, random) =>
  lines(
    1 + random.below(4),
    () => random.pick(random.chance(0.75) ? words.notes : words.headings),
    random.pick([' ', '\n']),
  )

const initials: Scene = (words, random) => lines(1 + random.below(2), () => random.pick(words.initials), ' ')

const chat: Scene = (words, random) =>
  lines(2 + random.below(5), () => random.pick(words.chat))
    .toLowerCase()
    .replace(/\{[a-z]\}/g, (one) => one.toUpperCase())

const mail: Scene = (words, random) =>
  `${random.pick(words.wrote)}\n${random.chance(0.5) ? `${random.pick(words.starts)} {G},\n` : ''}${nobody(words, random)} ${random.pick(words.notes)}`

/** A role and a name in one breath, and roles and headings that name nobody. */
const roles: Scene = (words, random) =>
  lines(
    1 + random.below(3),
    () =>
      random.pick([
        `${random.pick(words.roles)} {S}`,
        `${random.pick(words.roles)} {P}`,
        `{P}, ${random.pick(words.roles)}, {O}`,
        `${random.pick(words.roles)}, {O}`,
        random.pick(words.headings),
        random.pick(words.values),
        `${nobody(words, random)} ${random.pick(words.roles)} {S}.`,
      ]),
    random.pick(['\n', '. ']),
  )

const scenes: readonly (readonly [Scene, number])[] = [
  [transcript, 3],
  [list, 3],
  [form, 3],
  [signature, 2],
  [notes, 5],
  [initials, 2],
  [chat, 3],
  [mail, 2],
  [roles, 3],
]

/** Generated documents of every kind and language in turn. */
export const sceneDocs = (count: number, names: NameMaker, random: Random): Doc[] => {
  const weighted = scenes.flatMap(([scene, weight]) => Array.from({ length: weight }, () => scene))
  const tables = Object.entries(sceneWords).map(
    ([lang, words]) =>
      [
        lang,
        Object.fromEntries(
          Object.entries(words).map(([key, text]) => [key, (text as string).split('|')]),
        ) as unknown as Words,
      ] as const,
  )
  return Array.from({ length: count }, (_, number) => {
    const [lang, words] = tables[number % tables.length]!
    const text = random.pick(weighted)(words, random)
    const one = fill(`scene-${number}`, lang, text, names, random)
    return text === text.toLowerCase().replace(/\{[a-z]\}/g, (slot) => slot.toUpperCase())
      ? lowered(one)
      : one
  })
}

const lowered = (doc: Doc): Doc => ({
  ...doc,
  text: [...doc.text]
    .map((char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char))
    .join(''),
})
