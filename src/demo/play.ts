/** Plays the six transfers and shows each, side by side. */
import { request } from 'undici'
import type { DemoKeys } from './home.ts'
import type { Offices } from './providers.ts'
import type { Both, Lang } from '../lang.ts'
import { type DemoTransfer, demoTransfers, payloadOf } from './transfers.ts'

export interface Played {
  readonly title: string
  readonly status: number
  readonly tid: string
  readonly verdict: string
  readonly code?: string
  readonly sentence: string
  readonly received: string | null
  readonly answer: string
  readonly restored: string
  readonly asExpected: boolean
}

interface Planes {
  readonly data: { readonly address: string; readonly port: number }
  readonly control: { readonly address: string; readonly port: number }
}

interface Show {
  line(text?: string): void
}

interface Explanation {
  readonly sentence: string
}

/** Longest column text of the table, in lines. */
const tall = 44

const wide = 44

const wrapped = (line: string): string[] => {
  const out: string[] = []
  for (let at = 0; at === 0 || at < line.length; at += wide) out.push(line.slice(at, at + wide))
  return out
}

const cut = (text: string, lang: Lang): string[] => {
  const lines = text.trimEnd().split('\n').flatMap(wrapped)
  return lines.length <= tall
    ? lines
    : [...lines.slice(0, tall), words.more[lang].replace('{}', String(lines.length - tall))]
}

const words = {
  more: { en: '… {} more lines', fr: '… encore {} lignes' },
  look: { en: 'Look:', fr: 'À voir :' },
  found: { en: 'Found:', fr: 'Trouvé :' },
  nothing: { en: '(nothing)', fr: '(rien)' },
  sent: { en: 'THE CLIENT SENT', fr: 'LE CLIENT A ENVOYÉ' },
  received: { en: 'THE PROVIDER RECEIVED', fr: 'LE PRESTATAIRE A REÇU' },
  back: { en: 'THE CLIENT GOT BACK', fr: 'LE CLIENT A RÉCUPÉRÉ' },
  restored: { en: 'restored', fr: 'rétablis :' },
  receipt: { en: 'Receipt:', fr: 'Reçu :' },
  unsigned: { en: 'not signed yet', fr: 'pas encore signé' },
} satisfies Readonly<Record<string, Both>>

/** One line of the three columns. */
const row = (cells: readonly string[]): string =>
  `   ${cells
    .map((cell) => cell.padEnd(wide))
    .join(' │ ')
    .trimEnd()}`

export async function play(
  planes: Planes,
  offices: Offices,
  keys: DemoKeys,
  show: Show,
  lang: Lang,
): Promise<Played[]> {
  const control = `http://${planes.control.address}:${planes.control.port}`
  const headers = { authorization: `Bearer ${keys.dpo}`, 'accept-language': lang }
  const ask = async (path: string): Promise<unknown> => {
    for (let tries = 0; ; tries += 1) {
      const answer = await request(`${control}${path}`, { headers })
      const value = await answer.body.json()
      // A busy machine may need a moment to record who looked.
      if (answer.statusCode !== 503 || tries === 5) return value
    }
  }
  const played: Played[] = []
  for (const [at, transfer] of demoTransfers.entries()) {
    const one = await send(transfer, planes, offices, keys, lang, ask)
    played.push(one)
    await display(at + 1, transfer, one, show, lang, ask)
  }
  return played
}

async function send(
  transfer: DemoTransfer,
  planes: Planes,
  offices: Offices,
  keys: DemoKeys,
  lang: Lang,
  ask: (path: string) => Promise<unknown>,
): Promise<Played> {
  const before = offices.received.length
  const answer = await request(
    `http://${planes.data.address}:${planes.data.port}/to/${transfer.provider}${transfer.path}`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${keys.clients[transfer.client]}`,
        'content-type': 'application/json',
        'accept-language': lang,
        'douane-purpose': transfer.purpose,
        ...(transfer.case === undefined ? {} : { 'douane-case': transfer.case }),
      },
      body: payloadOf(transfer),
    },
  )
  const body = await answer.body.text()
  const tid = String(answer.headers['douane-transfer'])
  const verdict = String(answer.headers['douane-verdict'])
  const code = verdict === 'refuse' ? (JSON.parse(body) as { code: string }).code : undefined
  const { sentence } = (await ask(`/v1/transfers/${tid}/explain?lang=${lang}`)) as Explanation
  const received = offices.received.length > before ? (offices.received.at(-1)?.body ?? null) : null
  return {
    title: transfer.title[lang],
    status: answer.statusCode,
    tid,
    verdict,
    ...(code === undefined ? {} : { code }),
    sentence,
    received,
    answer: body,
    restored: String(answer.headers['douane-restored']),
    asExpected: (code ?? verdict) === transfer.expect && (received === null) === (verdict === 'refuse'),
  }
}

async function display(
  number: number,
  transfer: DemoTransfer,
  played: Played,
  show: Show,
  lang: Lang,
  ask: (path: string) => Promise<unknown>,
): Promise<void> {
  show.line(`\n${number}. ${played.title}`)
  show.line(`   ${words.look[lang]} ${transfer.look[lang]}.`)
  const found = (await ask(`/v1/transfers?limit=1`)) as {
    transfers: { cats: Record<string, Record<string, number>> }[]
  }
  const cats = Object.entries(found.transfers[0]?.cats ?? {})
  show.line(
    `   ${words.found[lang]} ${cats.map(([category, counts]) => `${category} ${Object.values(counts).reduce((a, b) => a + b, 0)}`).join(', ')}`,
  )
  show.line(`   ${played.sentence}`)
  const columns = [payloadOf(transfer), played.received ?? words.nothing[lang], played.answer].map((text) =>
    cut(text, lang),
  )
  show.line(row([words.sent[lang], words.received[lang], words.back[lang]]))
  const height = Math.max(...columns.map((lines) => lines.length))
  for (let at = 0; at < height; at += 1) show.line(row(columns.map((lines) => lines[at] ?? '')))
  show.line(
    `   ${played.status} ${played.verdict}${played.code === undefined ? '' : ` ${played.code}`}, ${words.restored[lang]} ${played.restored}`,
  )
  show.line(`   ${words.receipt[lang]} ${await receiptOf(played.tid, lang, ask)}`)
}

/** The proof is there within a quarter of a second: the integrator signs that often. */
async function receiptOf(tid: string, lang: Lang, ask: (path: string) => Promise<unknown>): Promise<string> {
  for (let tries = 0; tries < 40; tries += 1) {
    const receipt = (await ask(`/v1/transfers/${tid}/receipt`)) as {
      origin?: string
      index?: number
      proof?: string
    }
    if (receipt.proof !== undefined) {
      const size = /\n\n[^\n]+\n(\d+)\n/.exec(receipt.proof)?.[1] ?? '?'
      return {
        en: `record ${receipt.index} of ${size} in ${receipt.origin}, transfer ${tid}`,
        fr: `enregistrement ${receipt.index} sur ${size} de ${receipt.origin}, envoi ${tid}`,
      }[lang]
    }
    await new Promise((done) => setTimeout(done, 100))
  }
  return words.unsigned[lang]
}
