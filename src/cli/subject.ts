import { type Command, Option } from 'commander'
import { isoTime } from '../audit/record.ts'
import { Misconfigured } from '../errors.ts'
import { type Category, categories } from '../model/category.ts'
import { type Both, counted, type Lang } from '../lang.ts'
import { declaredReference, referenceOf } from '../pseudonym/identifier.ts'
import { wordsOf } from '../report/words.ts'
import type { Erased, HeldSubject } from '../store/subjects.ts'
import type { Installation } from '../wire/installation.ts'
import { langOption } from './lang.ts'
import { caller, placeOf, visit } from './place.ts'
import { readText } from './read-text.ts'
import type { Call } from './call.ts'

interface Options {
  readonly client: string
  readonly as: string
  readonly lang: Lang
}

interface Outcome {
  readonly held: HeldSubject
  /** null: nothing was done. */
  readonly erased: Erased | null
}

const declared = 'douane-subject'
const identifiers = [
  ...categories.filter((one) => /^(id|contact|name|fin|online|vehicle)\b/.test(one)),
  declared,
]

/** One line of standard input: an identifier on the command line would stand in the shell's history. */
const referenceFrom = ({ keys }: Installation, { client, as }: Options, value: string): Buffer =>
  as === declared ? declaredReference(keys, client, value) : referenceOf(keys, client, as as Category, value)

const read = async (): Promise<string> => {
  const value = (await readText(undefined)).replace(/\r?\n$/, '')
  if (value.trim() === '' || value.length > 1024)
    throw new Misconfigured(
      'the identifier is read from standard input, one line, and nothing usable came',
      "l'identifiant est lu sur l'entrée standard, en une ligne, et rien d'utilisable n'est venu",
    )
  return value
}

const inDetails = (count: number, lang: Lang): string =>
  lang === 'fr'
    ? `${counted(count, lang, '', 'détail')} d'écritures`
    : `${counted(count, lang, 'detail', '')} of records`

const severalKnown: Both = {
  en: 'several persons have this identifier: use a stronger one, or --all',
  fr: 'plusieurs personnes ont cet identifiant : donnez-en un plus sûr, ou --all',
}
const nobodyKnown: Both = {
  en: 'nobody is known by this identifier',
  fr: "personne n'est connu sous cet identifiant",
}
const erasedLine = ({ pseudonyms, details }: Erased, lang: Lang): string =>
  lang === 'fr'
    ? `effacés : ${counted(pseudonyms, lang, '', 'pseudonyme')}, ${counted(details, lang, '', 'détail')}`
    : `erased: ${counted(pseudonyms, lang, 'pseudonym', '')}, ${counted(details, lang, 'detail', '')}`

/** `douane subject lookup|erase` */
export function subjectCommands(program: Command, { env, print, exit, says }: Call): void {
  const subject = program
    .command('subject')
    .description(
      says('one person: who received what, and erasure', "une personne : qui a reçu quoi, et l'effacement"),
    )

  const command = (name: string, description: string): Command =>
    subject
      .command(name)
      .requiredOption(
        '--client <id>',
        says(
          'whose data: a person belongs to one client',
          "à qui sont les données : une personne relève d'un seul client",
        ),
      )
      .addOption(
        new Option(
          '--as <category>',
          says(
            'what the identifier on standard input is',
            "ce qu'est l'identifiant lu sur l'entrée standard",
          ),
        )
          .choices(identifiers)
          .default('id.employee'),
      )
      .addOption(langOption(says))
      .description(description)

  const show = ({ refs, pseudonyms, details, recipients }: HeldSubject, lang: Lang): void => {
    const words = wordsOf(lang)
    const to = print()
    to.line(
      [
        counted(refs.length, lang, 'person', 'personne'),
        counted(pseudonyms, lang, 'pseudonym', 'pseudonyme'),
        inDetails(details, lang),
      ].join(', '),
    )
    for (const one of recipients)
      to.line(
        `${one.provider}  ${one.countries.map((code) => words.country(code)).join(', ')}  ${one.grounds.map((id) => words.ground(id)).join(', ')}  ${one.purposes.join(', ')}  ${one.categories.join(', ')}  ${one.transfers}  ${one.first} … ${one.last}`,
      )
  }
  const valueOf = ({ refs, ...rest }: HeldSubject) => ({ persons: refs.length, ...rest })

  command(
    'lookup',
    says(
      'recipients of a person’s data (Art. 15(1)(c)); the identifier is read from standard input',
      "les destinataires des données d'une personne (art. 15, § 1, c) ; l'identifiant est lu sur l'entrée standard",
    ),
  ).action(async (options: Options) => {
    const value = await read()
    const held = await visit(placeOf(env), 'subject lookup', async (installation) => {
      const reference = referenceFrom(installation, options, value)
      const result = await installation.subjects.find(options.client, reference)
      return { result, count: result.details, filter: options.client }
    })
    show(held, options.lang)
    print().value(valueOf(held))
  })

  command(
    'erase',
    says(
      'make a person’s values unrecoverable (Art. 17); the identifier is read from standard input',
      "rend irrécupérables les valeurs d'une personne (art. 17) ; l'identifiant est lu sur l'entrée standard",
    ),
  )
    .requiredOption(
      '--ground <article>',
      says(
        'why, for the log: such as "Art. 17(1)(b)"; no name',
        'pourquoi, pour le journal : par exemple « Art. 17(1)(b) » ; pas de nom',
      ),
    )
    .option(
      '--all',
      says('also if several persons have this identifier', 'même si plusieurs personnes ont cet identifiant'),
    )
    .action(async (options: Options & { ground: string; all?: boolean }) => {
      if (!/^[\p{L}\p{N} .,;:()§/-]{1,200}$/u.test(options.ground))
        throw new Misconfigured(
          '--ground wants an article, such as "Art. 17(1)(b)"',
          '--ground attend un article, par exemple « Art. 17(1)(b) »',
        )
      const value = await read()
      const { held, erased } = await visit<Outcome>(placeOf(env), 'subject erase', async (installation) => {
        const { subjects, ledger } = installation
        const reference = referenceFrom(installation, options, value)
        const found = await subjects.find(options.client, reference)
        const several = found.refs.length > 1 && options.all !== true
        const nobody = found.refs.length === 0 && found.details === 0
        if (several || nobody)
          return { result: { held: found, erased: null }, count: 0, filter: options.client }
        // The log first: what is erased without a line would be a finding of the auditor.
        await ledger.append({
          v: 1,
          k: 'erasure',
          t: isoTime(new Date()),
          ground: options.ground,
          by: caller(),
          count: found.details,
        })
        const result = { held: found, erased: await subjects.erase(options.client, reference) }
        return { result, count: found.details, filter: options.client }
      })
      const to = print()
      if (erased === null) {
        to.line(held.refs.length > 1 ? severalKnown[options.lang] : nobodyKnown[options.lang])
        exit(1)
      } else {
        show(held, options.lang)
        to.line(erasedLine(erased, options.lang))
      }
      to.value({ ...valueOf(held), erased })
    })
}
