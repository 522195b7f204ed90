import type { PolicyFault } from '../errors.ts'
import type { Both } from '../lang.ts'
import type { Client, Derogation, Provider } from '../model/register.ts'
import { didYouMean, isNo, keepOne, twice } from './fault-words.ts'
import { ofRegister, type Warning } from './names.ts'
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
        doc.fault(
          ['case'],
          {
            en: 'the file is not named like its case',
            fr: 'le fichier ne porte pas le nom de son dossier (case)',
          },
          {
            en: `rename it to ${shown(its.case)}.yaml`,
            fr: `renommez-le ${shown(its.case)}.yaml`,
          },
        ),
      )
    const provider = providers.get(its.provider)
    if (provider === undefined)
      faults.push(
        doc.fault(
          ['provider'],
          isNo(its.provider, ofRegister.provider),
          didYouMean(its.provider, providers.keys()),
        ),
      )
    const among = (provider?.contracts ?? []).map(({ client }) => client)
    if (its.client !== undefined && !clients.has(its.client))
      faults.push(
        doc.fault(['client'], isNo(its.client, ofRegister.client), didYouMean(its.client, clients.keys())),
      )
    else if (its.client === undefined && among.length > 1)
      faults.push(
        doc.fault(
          [],
          {
            en: 'this provider works for several clients',
            fr: 'ce prestataire travaille pour plusieurs clients',
          },
          {
            en: `name the client: ${among.join(', ')}`,
            fr: `nommez le client (client) : ${among.join(', ')}`,
          },
        ),
      )
    if (its.approved_on !== undefined && its.valid_to < its.approved_on)
      faults.push(
        doc.fault(['valid_to'], {
          en: 'the derogation ends before it was approved',
          fr: "la dérogation prend fin avant d'avoir été approuvée",
        }),
      )
    if (read.some((other) => other.case === its.case && other.provider === its.provider))
      faults.push(doc.fault(['case'], twice(its.case), keepOne))
    const warn = (key: string, { en, fr }: Both): void =>
      void warnings.push({
        source: doc.at([key]),
        message: {
          en: `derogation ${shown(its.case)}: ${en}`,
          fr: `dérogation ${shown(its.case)} : ${fr}`,
        },
      })
    if (its.letter === 'subpar_2' && !(its.authority_notice !== undefined && its.subjects_informed === true))
      warn('letter', {
        en: 'Art. 49(1) subpar. 2 counts for nothing without authority_notice and subjects_informed: true',
        fr: "l'art. 49(1), alinéa 2, ne vaut rien sans authority_notice et subjects_informed: true",
      })
    if (/@|\d(?:[ .-]?\d){7,}/.test(its.reason.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, '')))
      warn('reason', {
        en: 'its reason holds an address or a number: the file is kept for ever and says why, not about whom',
        fr: "son motif comporte une adresse ou un numéro : le fichier est gardé pour toujours et dit pourquoi, non de qui il s'agit",
      })
    if (faults.length === before) read.push(its)
  }
  return read
}
