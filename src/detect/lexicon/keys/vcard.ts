import type { KeyRow } from './row.ts'

/** vCard properties (RFC 6350), which mean this only below a card. */
export const vcardRows: readonly KeyRow[] = [
  {
    category: 'name',
    strength: 0.95,
    names: `vcard_n vcard_fn vcard_nickname vcard_agent vcard_related vcard_phonetic_first_name vcard_phonetic_last_name vcard_spouse vcard_abrelatednames vcard_maidenname vcard_assistant vcard_manager`,
  },
  { category: 'contact.address', strength: 0.95, names: `vcard_adr vcard_label` },
  { category: 'birth.date', strength: 0.95, names: `vcard_bday` },
  { category: 'birth.place', strength: 0.95, names: `vcard_birthplace` },
  {
    category: 'online.username',
    strength: 0.95,
    names: `vcard_impp vcard_aim vcard_yahoo vcard_qq vcard_icq vcard_msn vcard_jabber vcard_gtalk vcard_groupwise vcard_twitter vcard_gadugadu vcard_skype_username vcard_socialprofile`,
  },
  { category: 'location.gps', strength: 0.95, names: `vcard_geo` },
  { category: 'marital', strength: 0.95, names: `vcard_anniversary` },
  { category: 'online.url', strength: 0.9, names: `vcard_photo` },
]
