import { type Leaf, textLeaf } from './leaf.ts'

/** Names of the tags as the SWIFT handbook has them. */
const names: Readonly<Record<string, string>> = {
  '20': 'TransactionReferenceNumber',
  '21': 'RelatedReference',
  '25': 'AccountIdentification',
  '28': 'StatementNumber',
  '60': 'OpeningBalance',
  '61': 'StatementLine',
  '62': 'ClosingBalance',
  '64': 'ClosingAvailableBalance',
  '65': 'ForwardAvailableBalance',
  '86': 'InformationToAccountOwner',
}

export const readMt940 = (text: string): Leaf[] => {
  const out: Leaf[] = []
  let last = ''
  let value: string[] = []
  const close = () => {
    if (last !== '')
      out.push(textLeaf(`:${last}:`, [names[last.slice(0, 2)] ?? `tag${last}`, out.length], value.join('\n')))
    last = ''
    value = []
  }
  for (const line of text.split(/\r?\n/)) {
    const tag = /^(?:.*\{4:)?:(\d\d[A-Z]?):(.*)$/.exec(line)
    if (tag !== null) {
      close()
      last = tag[1]!
      value = [tag[2]!]
    } else if (/^-\}?/.test(line)) close()
    else if (last !== '') value.push(line)
  }
  close()
  return out
}
