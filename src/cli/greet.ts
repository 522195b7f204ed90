/** What `serve` says when it is up: where it listens, and for the demonstration a line to paste. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoKeys } from '../demo/home.ts'
import type { Offices } from '../demo/providers.ts'
import type { Running } from '../wire/gateway.ts'
import { version } from '../wire/project.ts'
import type { Place } from './place.ts'
import type { Printer } from './print.ts'

export interface Demo {
  readonly offices: Offices
  readonly keys: DemoKeys
}

/** Under fifteen lines, and one of them to paste. */
export function greet(running: Running, { home }: Place, scheme: string, print: Printer, demo?: Demo): void {
  const at = ({ address, port }: Running['data']): string =>
    `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port}`
  const [data, control] = [at(running.data), at(running.control)]
  print.line(`Douane ${version}  home ${home}`)
  print.line(`data plane     ${data}/to/{provider}/…`)
  print.line(`control plane  ${control}/v1/…`)
  print.value({ data, control, home, ...(demo === undefined ? {} : { keys: demo.keys }) })
  if (demo === undefined) return
  // As it is spelt in the file: 3120.50 must not become 3120.5 before it is even sent.
  const file = join(import.meta.dirname, '../demo/payloads/hello.json')
  const body = readFileSync(file, 'utf8').replaceAll(/\n\s*/g, '')
  print.line('Paste this: a payroll record goes to Antananarivo pseudonymised and comes home restored.')
  print.line('What the office received is shown here.')
  print.line()
  print.line(
    `curl -s ${data}/to/tana-paie/lots -H 'Authorization: Bearer ${demo.keys.clients.moreau}' -H 'Content-Type: application/json' -d '${body}'`,
  )
  print.line()
  demo.offices.onReceived(({ office, body: received }) => {
    if (office === 'payroll') print.line(`Tana Paie received: ${received.slice(0, 2_000)}`)
  })
}
