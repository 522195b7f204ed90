import type { KeyRow } from './row.ts'

/**
 * Rubrics of the French DSN (cahier technique NEODeS: S21.G00.30 individu, .40 contrat, .50–.52 versements,
 * .60 arrêt de travail, .66 temps partiel thérapeutique), and words of payslips.
 */
export const payrollRows: readonly KeyRow[] = [
  { category: 'id.national', strength: 0.95, names: `s21_g00_30_001 s21_g00_30_020` },
  {
    category: 'name',
    strength: 0.95,
    names: `s21_g00_30_002 s21_g00_30_003 s21_g00_30_004 s10_g00_02_002 s20_g00_07_001`,
  },
  { category: 'gender', strength: 0.95, names: `s21_g00_30_005 s10_g00_02_001` },
  { category: 'birth.date', strength: 0.95, names: `s21_g00_30_006` },
  { category: 'birth.place', strength: 0.95, names: `s21_g00_30_007 s21_g00_30_014 s21_g00_30_015` },
  {
    category: 'contact.address',
    strength: 0.95,
    names: `s21_g00_30_008 s21_g00_30_012 s21_g00_30_016 s21_g00_30_017`,
  },
  { category: 'contact.postcode', strength: 0.95, names: `s21_g00_30_009` },
  { category: 'contact.city', strength: 0.95, names: `s21_g00_30_010` },
  { category: 'contact.email', strength: 0.95, names: `s21_g00_30_018 s10_g00_02_004 s20_g00_07_003` },
  { category: 'contact.phone', strength: 0.95, names: `s10_g00_02_005 s20_g00_07_002` },
  { category: 'id.employee', strength: 0.95, names: `s21_g00_30_019 s21_g00_40_009` },
  {
    category: 'fin.income',
    strength: 0.95,
    names: `s21_g00_50_002 s21_g00_50_006 s21_g00_50_009 s21_g00_50_013`,
  },
  {
    category: 'hr.salary',
    strength: 0.95,
    names: `s21_g00_50_004 s21_g00_51_013 s21_g00_52_002 s21_g00_54_002`,
  },
  { category: 'health', strength: 0.95, names: `s21_g00_60 s21_g00_66 s21_g00_40_072` },
]
