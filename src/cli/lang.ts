import { Option } from 'commander'
import type { Lang } from '../lang.ts'

/** `--lang`, of everything that a command says for people. */
export const langOption = (): Option =>
  new Option('--lang <lang>', 'language of what is said').choices(['en', 'fr']).default('en')

/** `1 rule`, `2 rules`; `1 règle`, `0 règle`, `2 règles`: in French the plural begins at two. */
export const counted = (count: number, lang: Lang, en: string, fr: string): string =>
  lang === 'en' ? `${count} ${en}${count === 1 ? '' : 's'}` : `${count} ${fr}${count < 2 ? '' : 's'}`
