import type { KeyRow } from './row.ts'

/** Salesforce, HubSpot, Zendesk, Stripe and Workday where their names differ from everyday ones. */
export const crmRows: readonly KeyRow[] = [
  {
    category: 'name',
    strength: 0.95,
    names: `contact_name lead_name owner_name suffix_name legal_name_first legal_name_last person_name preferred_name_first formatted_name reporting_name requester_name submitter_name assignee_name customer_name ship_to_name bill_to_name billing_name shipping_name recipient_name
    created_by_name modified_by_name billing_details_name shipping_details_name business_contact_name`,
  },
  {
    category: 'contact.email',
    strength: 0.95,
    names: `person_email receipt_email billing_email hs_email_address owner_email requester_email collaborator_email email_address_data supplied_email from_address to_address cc_address bcc_address contact_email`,
  },
  {
    category: 'contact.phone',
    strength: 0.95,
    names: `person_mobile_phone person_home_phone other_phone assistant_phone hs_calculated_phone_number mobilephone supplied_phone complete_phone_number phone_data contact_phone international_phone_code_number`,
  },
  {
    category: 'contact.address',
    strength: 0.95,
    names: `mailing_street other_street person_mailing_street billing_street shipping_street address_line_data hs_street formatted_address mailing_address_line address_line1_text other_address`,
  },
  { category: 'contact.city', strength: 0.9, names: `person_mailing_city other_city address_city` },
  {
    category: 'contact.postcode',
    strength: 0.95,
    names: `person_mailing_postal_code mailing_postal_code other_postal_code billing_postal_code shipping_postal_code address_zip`,
  },
  {
    category: 'birth.date',
    strength: 0.95,
    names: `person_birthdate date_of_birth_c birthdate_c dob_day dob_month dob_year`,
  },
  {
    category: 'id.customer',
    strength: 0.9,
    names: `external_id customer_external_id person_account_id hs_contact_id vid customer_stripe_id requester_id submitter_id`,
  },
  {
    category: 'online.device',
    strength: 0.9,
    names: `card_fingerprint sepa_debit_fingerprint bank_account_fingerprint us_bank_account_fingerprint device_fingerprint browser_fingerprint`,
  },
  { category: 'hr.salary', strength: 0.95, names: `total_base_pay total_pay total_gross_pay total_net_pay` },
  { category: 'fin.card', strength: 0.85, names: `last4 card_last4 dynamic_last4` },
  { category: 'fin.account', strength: 0.85, names: `bank_last4 account_last4 sepa_debit_last4` },
  {
    category: 'id.national',
    strength: 0.95,
    names: `ssn_last4 id_number national_id_data verification_id_number social_security_number_c`,
  },
  {
    category: 'ethnic',
    strength: 0.95,
    names: `ethnicity_reference ethnicity_id race_ethnicity hispanic_latino hispanic_or_latino`,
  },
  { category: 'belief.religion', strength: 0.95, names: `religion_reference religion_id` },
  {
    category: 'health',
    strength: 0.95,
    names: `disability_reference disability_id disability_status_data self_identified_disability`,
  },
  {
    category: 'location.gps',
    strength: 0.95,
    names: `mailing_latitude mailing_longitude billing_latitude billing_longitude geocode`,
  },
  {
    category: 'nationality',
    strength: 0.95,
    names: `citizenship_status_reference primary_nationality_reference additional_nationality`,
  },
]
