import type { KeyRow } from './row.ts'

/** SAP HCM infotypes (0002 personal data, 0006 addresses, 0009 bank, 0021 family …), customer and address tables. */
export const sapRows: readonly KeyRow[] = [
  {
    category: 'id.employee',
    strength: 0.95,
    names: `pernr persno usrid pernr_d persk_nr central_person objps_pernr`,
  },
  {
    category: 'name',
    strength: 0.95,
    names: `nachn vorna nach2 vorn2 midnm rufnm ename sname name2_birth fanam favor famnm koinh emftx cname vnamc nchmc nach_name titel_nachn alnam knznm_name name_last2 mc_namefir mc_namelas`,
  },
  { category: 'birth.date', strength: 0.95, names: `gbdat fgbdt gbjhr gbmon gbtag gbdat_d` },
  { category: 'birth.place', strength: 0.95, names: `gblnd gbort gbdep fgbot fgbld` },
  { category: 'gender', strength: 0.95, names: `gesch fasex anred anrex sexkz` },
  { category: 'marital', strength: 0.95, names: `famst famdt anzkd` },
  { category: 'nationality', strength: 0.95, names: `natio nati2 nati3 fanat` },
  { category: 'language', strength: 0.9, names: `sprsl spras langu` },
  { category: 'id.national', strength: 0.95, names: `perid icnum vsnrv auweis` },
  { category: 'id.tax', strength: 0.95, names: `stcd1 stcd2 stcd3 stidn steuid` },
  {
    category: 'contact.address',
    strength: 0.95,
    names: `stras str_suppl1 str_suppl2 house_num1 house_num2 locat_street str2 posta bldng entkm_adr`,
  },
  { category: 'contact.postcode', strength: 0.95, names: `pstlz pstl2 post_code1 post_code2` },
  { category: 'contact.city', strength: 0.95, names: `ort01 ort02 city1 city2` },
  {
    category: 'contact.phone',
    strength: 0.95,
    names: `telnr telf1 telf2 telfx tel_number mob_number fax_number`,
  },
  { category: 'contact.email', strength: 0.95, names: `smtp_addr usrid_long` },
  { category: 'fin.account', strength: 0.95, names: `bankn bankl bkont` },
  { category: 'hr.salary', strength: 0.95, names: `ansal bet01 bet02 bet03 betpe jahresbezug bruttobezug` },
  { category: 'id.customer', strength: 0.9, names: `kunnr bpartner partner_guid` },
  { category: 'belief.religion', strength: 0.95, names: `konfe kitxm relig` },
  { category: 'health', strength: 0.95, names: `sbgru sbpro sbdat sbfak challenge_group` },
  { category: 'ethnic', strength: 0.95, names: `racky ethcd` },
]
