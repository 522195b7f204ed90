/** What Commander says by itself, in French: the frame of the help, and what is wrong with a line. */
import { type Command, Help } from 'commander'
import type { Lang } from '../lang.ts'

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'Usage :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
}

/** Commander's sentences, each for a mistake on the line, and what else it adds to them. */
const wrongUse: readonly (readonly [RegExp, string])[] = [
  [/^error: missing required argument '(.+)'$/m, 'douane: il manque <$1>'],
  [/^error: option '(.+)' argument missing$/m, "douane: l'option $1 attend une valeur"],
  [/^error: required option '(.+)' not specified$/m, "douane: il manque l'option $1"],
  [/^error: unknown option '(.+)'$/m, 'douane: option inconnue : $1'],
  [/^error: unknown command '(.+)'$/m, 'douane: commande inconnue : $1'],
  [
    /^error: too many arguments(?: for '.+')?\. Expected (\d+) arguments? but got (\d+): (.*)\.$/m,
    "douane: trop d'arguments : $2 au lieu de $1 ($3)",
  ],
  [
    /^error: option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.+)\.$/m,
    "douane: l'option $1 n'admet pas « $2 » ; au choix : $3",
  ],
  [/\(Did you mean (?:one of )?(.+)\?\)/, '(vouliez-vous dire $1 ?)'],
]

export const wrongUseInFrench = (said: string): string =>
  wrongUse.reduce((text, [english, french]) => text.replace(english, french), said)

const plain = new Help()

const described = (text: string): string =>
  text
    .replace(/(?<=\()choices: (.*)\)$/, 'au choix : $1)')
    .replace(/(?<=\(|, )default: (.*)\)$/, 'par défaut : $1)')

/** Before commands are added, which inherit it. */
export const inLanguage = (program: Command, lang: Lang): Command =>
  lang === 'en'
    ? program
    : program
        .helpOption('-h, --help', 'affiche cette aide')
        .helpCommand('help [commande]', "affiche l'aide d'une commande")
        .configureHelp({
          styleTitle: (title) => titles[title] ?? title,
          commandUsage: (command) => plain.commandUsage(command).replace('[command]', '[commande]'),
          optionDescription: (option) => described(plain.optionDescription(option)),
        })
        .configureOutput({ outputError: (said, write) => write(wrongUseInFrench(said)) })
