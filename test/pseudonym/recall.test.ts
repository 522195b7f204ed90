import { memoryVault } from '../../src/pseudonym/memory-vault.ts'
import { recallContract } from './recall-contract.ts'

recallContract('memory', () => {
  const vault = memoryVault()
  return { recall: vault, keep: async (rows) => vault.keep(rows) }
})
