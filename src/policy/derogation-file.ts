import type { PolicyFault } from '../errors.ts'
import type { Client, Derogation, Provider } from '../model/register.ts'
import { didYouMean } from './faults.ts'
import type { Warning } from './names.ts'
import { schemaFaults } from './schema.ts'
import { shown, type ParsedFile } from './yaml.ts'

/**
 * derogations/<case>.yaml: one case of Art. 49 GDPR a file, named like its case so that it is found again. A file with
 * a fault is left out; the fault is said.
 */
export const readDerogations = (
  docs: readonly ParsedFile[],
  clients: ReadonlyMap<string, Client>,
  providers: ReadonlyMap<string, Provider>,
  faults: PolicyFault[],
  warnings: Warning[] = [],
): readonly Derogation[] => {
  const read: Derogation[] = []
  for (const doc of docs) {
    const wrong = schemaFaults(doc, 'derogation')
    faults.push(...wrong)
    if (wrong.length > 0) continue
    const its = doc.value as Derogation
    const before = faults.length
    const name = doc.path.slice('derogations/'.length, -'.yaml'.length)
    // A case of cases/ brings its derogations inside its own file.
    if (doc.path.startsWith('derogations/') && name !== its.case)
      faults.push(
        doc.fault(['case'], 'the file is not named like its case', `rename it to ${shown(its.case)}.yaml`),
      )
    const provider = providers.get(its.provider)
    if (provider === undefined)
      faults.push(
        doc.fault(
          ['provider'],
          `"${shown(its.provider)}" is not a provider of the register`,
          didYouMean(its.provider, providers.keys()),
        ),
      )
    const among = (provider?.contracts ?? []).map(({ client }) => client)
    if (its.client !== undefined && !clients.has(its.client))
      faults.push(
        doc.fault(
          ['client'],
          `"${shown(its.client)}" is not a client of the register`,
          didYouMean(its.client, clients.keys()),
        ),
      )
    else if (its.client === undefined && among.length > 1)
      faults.push(
        doc.fault([], 'this provider works for several clients', `name the client: ${among.join(', ')}`),
      )
    if (its.approved_on !== undefined && its.valid_to < its.approved_on)
      faults.push(doc.fault(['valid_to'], 'the derogation ends before it was approved'))
    if (read.some((other) => other.case === its.case && other.provider === its.provider))
      faults.push(doc.fault(['case'], `"${shown(its.case)}" stands here twice`, 'keep one'))
    const warn = (key: string, message: string): void =>
      void warnings.push({ source: doc.at([key]), message: `derogation ${shown(its.case)}: ${message}` })
    if (its.letter === 'subpar_2' && !(its.authority_notice !== undefined && its.subjects_informed === true))
      warn(
        'letter',
        'Art. 49(1) subpar. 2 counts for nothing without authority_notice and subjects_informed: true',
      )
    if (/@|\d(?:[ .-]?\d){7,}/.test(its.reason.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, '')))
      warn(
        'reason',
        'its reason holds an address or a number: the file is kept for ever and says why, not about whom',
      )
    if (faults.length === before) read.push(its)
  }
  return read
}
