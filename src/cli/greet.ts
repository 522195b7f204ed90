/** What `serve` says when it is up: where it listens, and for the demonstration a line to paste. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoKeys } from '../demo/home.ts'
import type { Offices } from '../demo/providers.ts'
import type { Running } from '../wire/gateway.ts'
import type { Lang } from '../lang.ts'
import { version } from '../wire/project.ts'
import type { Place } from './place.ts'
import type { Printer } from './print.ts'

export interface Demo {
  readonly offices: Offices
  readonly keys: DemoKeys
}

const words = {
  en: {
    home: 'home',
    data: 'data plane',
    control: 'control plane',
    paste: 'Paste this: a payroll record goes to Antananarivo pseudonymised and comes home restored.',
    shown: 'What the office received is shown here.',
    received: 'received:',
  },
  fr: {
    home: 'dossier',
    data: 'plan de données',
    control: 'plan de contrôle',
    paste:
      'Collez ceci : un bulletin de paie part à Antananarivo pseudonymisé et en revient avec ses vraies valeurs.',
    shown: "Ce que le bureau a reçu s'affiche ici.",
    received: 'a reçu :',
  },
} as const

/** Under fifteen lines, and one of them to paste. */
export function greet(
  running: Running,
  { home, scheme }: Pick<Place, 'home'> & { readonly scheme: 'http' | 'https' },
  print: Printer,
  lang: Lang,
  demo?: Demo,
): void {
  const says = words[lang]
  const wide = says.control.length + 2
  const at = ({ address, port }: Running['data']): string =>
    `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port}`
  const [data, control] = [at(running.data), at(running.control)]
  print.line(`Douane ${version}  ${says.home} ${home}`)
  print.line(`${says.data.padEnd(wide)}${data}/to/{provider}/…`)
  print.line(`${says.control.padEnd(wide)}${control}/v1/…`)
  print.value({ data, control, home, ...(demo === undefined ? {} : { keys: demo.keys }) })
  if (demo === undefined) return
  // As it is spelt in the file: 3120.50 must not become 3120.5 before it is even sent.
  const file = join(import.meta.dirname, '../demo/payloads/hello.json')
  const body = readFileSync(file, 'utf8').replaceAll(/\n\s*/g, '')
  print.line(says.paste)
  print.line(says.shown)
  print.line()
  print.line(
    `curl -s ${data}/to/tana-paie/lots -H 'Authorization: Bearer ${demo.keys.clients.moreau}' -H 'Content-Type: application/json' -d '${body}'`,
  )
  print.line()
  demo.offices.onReceived(({ office, body: received }) => {
    if (office === 'payroll') print.line(`Tana Paie ${says.received} ${received.slice(0, 2_000)}`)
  })
}
