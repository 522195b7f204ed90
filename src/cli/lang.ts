import { Option } from 'commander'

/** `--lang`, of everything that a command says for people. */
export const langOption = (): Option =>
  new Option('--lang <lang>', 'language of what is said').choices(['en', 'fr']).default('en')
