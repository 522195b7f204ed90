import { type Command, Option } from 'commander'
import type { Lang } from '../lang.ts'

/** Of a sentence in both languages, the one that is asked for. */
export type Says = (en: string, fr: string) => string

export const saysIn =
  (lang: Lang): Says =>
  (en, fr) =>
    ({ en, fr })[lang]

/** `--lang`, of everything that a command says for people; `chooseLang` gives it a value where none is given. */
export const langOption = (says: Says): Option =>
  new Option(
    '--lang <lang>',
    says(
      'language of what is said, by default that of the environment',
      "langue de ce qui est dit, à défaut celle de l'environnement",
    ),
  ).choices(['en', 'fr'])

/** That of the locale (POSIX: the first of these that is not empty counts), if it is one of ours. */
export const langOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Lang =>
  /^fr(?:$|[^a-z])/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'fr' : 'en'

/** The language of the help and of wrong use, before a command is known: of `--lang`, else of the environment. */
export const langAsked = (args: readonly string[], env: NodeJS.ProcessEnv): Lang => {
  const at = args.findIndex((each) => /^--lang(?:=|$)/.test(each))
  const given = args[at]?.split('=')[1] ?? args[at + 1]
  return at >= 0 && (given === 'en' || given === 'fr') ? given : langOf(env)
}

/** The language of a command about to run: of its `--lang`, else of the environment, which it is then told, too. */
export const chooseLang = (command: Command, env: NodeJS.ProcessEnv): Lang => {
  const { lang } = command.opts<{ lang?: Lang }>()
  if (lang !== undefined) return lang
  const chosen = langOf(env)
  if (command.options.some(({ long }) => long === '--lang'))
    command.setOptionValueWithSource('lang', chosen, 'env')
  return chosen
}
