import { Option } from 'commander'

/** `--lang`, of what is explained. */
export const langOption = (): Option =>
  new Option('--lang <lang>', 'language of the explanation').choices(['en', 'fr']).default('en')
