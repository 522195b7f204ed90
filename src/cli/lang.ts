import { type Command, Option } from 'commander'
import type { Lang } from '../lang.ts'

/** `--lang`, of everything that a command says for people; `chooseLang` gives it a value where none is given. */
export const langOption = (): Option =>
  new Option('--lang <lang>', 'language of what is said, by default that of the environment').choices([
    'en',
    'fr',
  ])

/** That of the locale (POSIX: the first of these that is not empty counts), if it is one of ours. */
export const langOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Lang =>
  /^fr(?:$|[^a-z])/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'fr' : 'en'

/** The language of a command about to run: of its `--lang`, else of the environment, which it is then told, too. */
export const chooseLang = (command: Command, env: NodeJS.ProcessEnv): Lang => {
  const { lang } = command.opts<{ lang?: Lang }>()
  if (lang !== undefined) return lang
  const chosen = langOf(env)
  if (command.options.some(({ long }) => long === '--lang'))
    command.setOptionValueWithSource('lang', chosen, 'env')
  return chosen
}
