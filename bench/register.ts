/** One client and one provider: support by an office in Madagascar under SCC with a TIA, as in the demo. */

export const client = `id: bench
name: Bench SARL
country: FR
status: approved
default_purpose: support
purposes:
  support:
    data_subjects: [customers]
    scope: provider
`
export const provider = (port: number): string => `id: bench-office
name: Bench Office SARLU
country: MG
base_url: http://127.0.0.1:${port}/guarded
language: en
status: approved
credentials: none
contracts:
  - client: bench
    dpa:
      ref: B-1
      signed_on: 2025-03-01
      art28_3_a_to_h: true
      purposes: [support]
      categories: [name, contact, id.customer, fin]
    legs:
      - from: FR
        to: MG
        exporter: client
        importer: provider
        kind: processing
        mechanism: scc_ec
        module: M2
        signed_on: 2025-03-01
        annexes: [I.A, I.B, I.C, II, III]
        tia: {ref: B-TIA, done_on: 2026-02-10, review_by: 2099-02-10, outcome: problematic_not_applied, data_scope: contract}
`
