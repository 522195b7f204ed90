/** Sets the clock of the torture forward to the next half-year, under gateways that run. */
import { Client } from 'pg'
import { attachEmbedded } from '../../src/store/embedded.ts'
import { project } from '../../src/wire/project.ts'
import { nextHalfYear, setClock } from './clock.ts'
import { shareMonth } from './home.ts'
import type { Folder } from './state.ts'

/** Half-years are so far apart at least, so that each has its tree; in milliseconds. */
const apartMs = 2_500

export interface Edges {
  /**
   * The next half-year begins, if the last one did not just now and the database can be asked first.
   * @param at URL of the server, or the home whose server it is
   */
  begin(at: { readonly url: string } | { readonly home: string }): Promise<void>
}

/** @param shared home that the others are copies of */
export const openEdges = (folder: Folder, shared: string): Edges => {
  let busy = false
  let last = Number.NEGATIVE_INFINITY
  const note = async (url: string): Promise<void> => {
    const client = new Client({ connectionString: url, statement_timeout: 10_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      folder.state.violations.push(...(await folder.attempts.note(client)))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  return {
    async begin(at) {
      if (busy || performance.now() - last < apartMs) return
      busy = true
      try {
        const url = 'url' in at ? at.url : attachEmbedded({ home: at.home, project })?.adminUrl
        if (url === undefined) return
        await note(url)
        const then = nextHalfYear(folder.path('clock'))
        shareMonth(shared, then)
        setClock(folder.path('clock'), then)
        folder.state.edges += 1
        last = performance.now()
      } catch {
        // the server is being shot: the half-year goes on
      } finally {
        busy = false
      }
    },
  }
}
