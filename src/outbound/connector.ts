/** Connections to checked addresses only: what every party that we dial has in common (design §5, Dialling). */
import { getCACertificates } from 'node:tls'
import { buildConnector } from 'undici'
import { Refused } from '../errors.ts'
import type { Destinations } from './destination.ts'

/** Connects to a checked address only, whatever the name resolves to meanwhile. */
export const connectorTo = (
  origin: URL,
  destinations: Destinations,
  patience: number,
  ca: readonly string[] | undefined,
): buildConnector.connector => {
  const connect = buildConnector({
    timeout: patience,
    allowH2: false,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ...ca] }),
    lookup: (_host, options, done) => {
      destinations.addresses(origin).then(
        (found) =>
          options.all
            ? process.nextTick(done, null, [...found])
            : process.nextTick(done, null, found[0]?.address, found[0]?.family),
        (error: Error) => process.nextTick(done, error, ''),
      )
    },
  })
  return (options, done) => {
    const checked: typeof done = (error, socket) => {
      if (error !== null) return done(error, null)
      if (destinations.permits(origin, socket.remoteAddress)) return done(null, socket)
      socket.destroy()
      return done(new Refused('DESTINATION_REFUSED'), null)
    }
    // An address in the URL is never looked up, so it is checked here.
    destinations.addresses(origin).then(
      () => process.nextTick(connect, options, checked),
      (error: Error) => process.nextTick(done, error, null),
    )
  }
}
