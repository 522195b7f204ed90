import type { KeyRow } from './row.ts'

/**
 * ISO 20022 (pain, pacs, camt): element names are abbreviations of the dictionary's words; `Dbtr/Nm` is read through
 * the words of persons in words.ts, `DbtrAcct/Id/Othr/Id` through the containers. Names: iso20022.org, message definitions.
 */
export const iso20022Rows: readonly KeyRow[] = [
  {
    category: 'contact.address',
    strength: 0.95,
    names: `strt_nm bldg_nb bldg_nm adr_line pst_bx pstl_adr dept_adr flr_nb room_nb twn_lctn_nm twn_lctn adr_tp_line`,
  },
  { category: 'contact.postcode', strength: 0.95, names: `pst_cd` },
  { category: 'contact.city', strength: 0.95, names: `twn_nm dstrct_nm` },
  { category: 'birth.date', strength: 0.95, names: `birth_dt dt_and_plc_birth_birth_dt` },
  { category: 'birth.place', strength: 0.95, names: `city_birth prvc_birth ctry_birth` },
  { category: 'contact.phone', strength: 0.95, names: `phne_nb mob_nb fax_nb` },
  { category: 'contact.email', strength: 0.95, names: `email_adr email_purp_adr` },
  { category: 'name', strength: 0.9, names: `frst_nm lst_nm nm_prfx_nm acct_ownr_nm ctct_nm` },
  {
    category: 'fin.account',
    strength: 0.95,
    names: `acct_id dbtr_acct_id cdtr_acct_id othr_acct_id acct_othr_id cdtr_acct_othr dbtr_acct_othr ultmt_dbtr_acct_id prxy_id`,
  },
  { category: 'fin.bic', strength: 0.95, names: `bicfi any_bic bic_or_bei` },
  {
    category: 'id.customer',
    strength: 0.9,
    names: `mndt_id cstmr_id prvt_id_othr prvt_id prvt_id_id cstmr_nb drvrs_lic_nb`,
  },
  { category: 'id.national', strength: 0.95, names: `scl_scty_nb ntl_idnty_nb idnty_card_nb aln_regn_nb` },
  { category: 'id.tax', strength: 0.95, names: `tax_idnt_nb` },
  { category: 'id.passport', strength: 0.95, names: `psprt_nb` },
  { category: 'id.employee', strength: 0.95, names: `mplyee_id_nb mplyr_id_nb` },
]
