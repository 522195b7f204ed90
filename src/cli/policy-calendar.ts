/** `douane policy calendar`: what ends or falls due in the register and the law. */
import type { Command } from 'commander'
import { civilDate, isCivilDate } from '../law/date.ts'
import { counted, type Lang } from '../lang.ts'
import { calendar, calendarDays } from '../policy/calendar.ts'
import { readFolder } from '../policy/folder.ts'
import { loadFiles } from '../policy/load.ts'
import { defaultZone } from '../policy/register.ts'
import { Misconfigured } from '../errors.ts'
import { langOption } from './lang.ts'
import { policiesFolder } from './options.ts'
import { placeOf, policiesOf } from './place.ts'
import type { Call } from './call.ts'

interface Options {
  readonly days: string
  readonly on?: string
  readonly lang: Lang
}

const daysOf = (text: string): number => {
  const days = Number(text)
  if (!Number.isSafeInteger(days) || days < 0 || days > 3_650)
    throw new Misconfigured(
      '--days is a whole number from 0 to 3650.',
      '--days est un nombre entier de 0 à 3650.',
    )
  return days
}

const dayOf = (text: string | undefined): string => {
  if (text === undefined) return civilDate(new Date(), defaultZone)
  if (!isCivilDate(text))
    throw new Misconfigured('--on is a day: 2026-12-31.', '--on est un jour : 2026-12-31.')
  return text
}

export function policyCalendarCommand(policy: Command, { env, print, says }: Call): void {
  policy
    .command('calendar')
    .argument('[folder]', policiesFolder(says))
    .description(
      says(
        'what ends or falls due: contracts, assessments, certificates, adequacy, derogations',
        "ce qui prend fin ou arrive à échéance : contrats, analyses d'impact, certificats, adéquation, dérogations",
      ),
    )
    .option('--days <n>', says('how far ahead', "jusqu'où regarder"), String(calendarDays))
    .option(
      '--on <day>',
      says('as seen on this day; default: today', "vu de ce jour ; à défaut : aujourd'hui"),
    )
    .addOption(langOption(says))
    .action(async (folder: string | undefined, { days, on, lang }: Options) => {
      const [ahead, day] = [daysOf(days), dayOf(on)]
      const bundle = loadFiles(await readFolder(folder ?? policiesOf(placeOf(env))))
      const entries = calendar(bundle, day, ahead)
      const to = print()
      const overdue = { en: 'overdue', fr: 'en retard' }[lang]
      const d = { en: 'd', fr: 'j' }[lang]
      for (const { date, days: left, provider, client, file, line, ...said } of entries) {
        const who = [client, provider].filter((each) => each !== undefined).join(' → ')
        to.line(
          `${date}  ${left < 0 ? overdue : `${left} ${d}`}  ${said[lang]}${who === '' ? '' : `  [${who}]`}  ${file}:${line}`,
        )
      }
      if (entries.length === 0)
        to.line(
          {
            en: `nothing in the next ${counted(ahead, 'en', 'day', '')}`,
            fr: `rien avant ${counted(ahead, 'fr', '', 'jour')}`,
          }[lang],
        )
      to.value({ on: day, days: ahead, entries })
    })
}
