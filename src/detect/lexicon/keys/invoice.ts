import type { KeyRow } from './row.ts'

/** UBL 2.1 (OASIS) and UN/CEFACT Cross Industry Invoice: their party, person, contact and address elements. */
export const invoiceRows: readonly KeyRow[] = [
  {
    category: 'name',
    strength: 0.95,
    names: `contact_name person_name contact_person_name person_first_name person_family_name person_middle_name defined_trade_contact_person delivery_contact_name`,
  },
  {
    category: 'contact.phone',
    strength: 0.95,
    names: `telefax telephone_universal_communication_complete_number telephone_universal_communication complete_number fax_universal_communication`,
  },
  {
    category: 'contact.email',
    strength: 0.95,
    names: `email_uri_universal_communication uri_universal_communication uriid uri_universal_communication_uriid`,
  },
  {
    category: 'contact.address',
    strength: 0.95,
    names: `additional_street_name block_name building_name postbox plot_identification line_one line_two line_three postal_trade_address_line_one marked_attention marked_care inhouse_mail`,
  },
  { category: 'contact.postcode', strength: 0.95, names: `postal_zone postcode_code` },
  { category: 'contact.city', strength: 0.95, names: `city_subdivision_name` },
  {
    category: 'fin.account',
    strength: 0.95,
    names: `financial_account_id payee_financial_account_id payer_financial_account_id payee_party_creditor_financial_account_ibanid payer_party_debtor_financial_account_ibanid ibanid proprietary_id`,
  },
  { category: 'fin.card', strength: 0.95, names: `primary_account_number_id` },
]
