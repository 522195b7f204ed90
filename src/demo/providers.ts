/**
 * Three BPO offices on loopback, as a newcomer would find them: they read what they get, work on it and answer
 * in their own words. They know nothing of Douane; what they keep is what they really received.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Office = 'payroll' | 'support' | 'invoices'

export interface Received {
  readonly office: Office
  readonly method: string
  readonly url: string
  readonly body: string
}

export interface Offices {
  readonly ports: Readonly<Record<Office, number>>
  /** The newest 100 requests, oldest first. */
  readonly received: readonly Received[]
  /** Told of each request as it comes. */
  onReceived(listener: (received: Received) => void): void
  stop(): Promise<void>
}

interface Employee {
  readonly matricule?: unknown
  readonly nom?: unknown
  readonly prenom?: unknown
  readonly salaire_brut?: unknown
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const employees = (body: unknown): Employee[] => {
  const lot = body as { salaries?: unknown; question?: { salaries?: unknown } } | null
  const found = lot?.salaries ?? lot?.question?.salaries
  return Array.isArray(found) ? (found as Employee[]) : []
}

/** As a clerk types what is on the screen: lower case, a space where a hyphen was. */
const retyped = (word: string): string => word.toLowerCase().replace('-', ' ')

const answers: Record<Office, (path: string, body: unknown) => unknown> = {
  payroll: (path, body) => {
    const people = employees(body)
    if (path.endsWith('/questions')) {
      const [first, second] = people
      return {
        statut: 'traitee',
        reponse:
          `Les coordonnées de ${text(first?.prenom)} ${text(first?.nom)} sont conformes. ` +
          `En revanche le bulletin de ${retyped(text(second?.nom))} (matricule ${text(second?.matricule)}) ` +
          'attend une confirmation du RIB.',
      }
    }
    return {
      statut: 'accepte',
      bulletins: people.map((person) => ({
        matricule: person.matricule,
        nom: person.nom,
        prenom: person.prenom,
        brut: person.salaire_brut,
        edite: true,
      })),
    }
  },
  support: (_path, body) => {
    const ticket = (
      body as { ticket?: { id?: unknown; customer?: { first_name?: unknown; last_name?: unknown } } } | null
    )?.ticket
    return {
      id: ticket?.id,
      status: 'pending',
      reply: `Dear ${text(ticket?.customer?.first_name)} ${text(ticket?.customer?.last_name)}, your refund was approved today.`,
    }
  },
  invoices: (_path, body) => {
    const bill = (
      body as { facture?: { numero?: unknown; total_ttc?: unknown; client?: { nom?: unknown } } } | null
    )?.facture
    return { recu: true, numero: bill?.numero, client: bill?.client?.nom, montant: bill?.total_ttc }
  },
}

/** Room for the largest payload that the gateway lets through. */
const cap = 16 * 1024 * 1024

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > cap) throw new RangeError('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

const listen = (server: Server, wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || wanted === 0) return reject(error)
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
    server.listen(wanted, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/**
 * Opens the three offices on loopback.
 * @param wanted their ports; 0 or a taken one means any free port
 */
export async function openOffices(wanted: Readonly<Record<Office, number>>): Promise<Offices> {
  const received: Received[] = []
  const servers: Server[] = []
  const listeners: ((received: Received) => void)[] = []
  const open = async (office: Office): Promise<number> => {
    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const body = await bodyOf(request)
      const one = { office, method: request.method ?? '', url: request.url ?? '', body }
      received.push(one)
      if (received.length > 100) received.shift()
      for (const listener of listeners) listener(one)
      const answer = JSON.stringify(answers[office](request.url ?? '', parsed(body)), null, 2)
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(answer)
    }
    const server = createServer((request, response) => {
      serve(request, response).catch(() => response.writeHead(413).end())
    })
    servers.push(server)
    return listen(server, wanted[office])
  }
  const ports = {
    payroll: await open('payroll'),
    support: await open('support'),
    invoices: await open('invoices'),
  }
  return {
    ports,
    received,
    onReceived: (listener) => void listeners.push(listener),
    stop: async () => {
      for (const server of servers) server.closeAllConnections()
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
    },
  }
}
