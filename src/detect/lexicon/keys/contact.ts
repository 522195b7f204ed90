import type { KeyRow } from './row.ts'

/** Where somebody is reached: e-mail, telephone, address. */
export const contactRows: readonly KeyRow[] = [
  {
    category: 'contact.email',
    strength: 0.95,
    names: `email e_mail mail courriel adresse_mail adresse_email adresse_electronique email_address mail_address correo correo_electronico mel adr_mel
    posta_elettronica adres_email recipient_email e_mail_adresse email_adresse mailadresse emailadresse emailadres e_mailadres mailadres electronic_mail correo_e dir_correo direccion_correo
    endereco_email endereco_eletronico correio_eletronico correio_electronico indirizzo_email indirizzo_mail indirizzo_posta_elettronica pec mail_perso mail_pro email_perso email_pro
    adres_e_mail adres_poczty_elektronicznej poczta_elektroniczna adresa_email adresa_mail posta_electronica work_email home_email personal_email secondary_email smtp_address reply_to`,
  },
  {
    category: 'contact.phone',
    strength: 0.95,
    names: `tel telephone phone mobile portable gsm cell cellphone phone_number tel_fixe tel_portable tel_mobile numero_telephone num_tel
    numero_tel num_telephone telefon telefono telefone movil telemovel celular cellulare handy handynummer telefonnummer fax telecopie whatsapp msisdn mobile_number
    landline caller_number calling_number called_number ani telefoon ligne_directe callback_number phone_home phone_work phone_mobile home_phone work_phone day_phone evening_phone cell_phone tel_no
    telefone_fixo telemobil mobil mobilnummer mobiltelefon festnetz festnetznummer faxnummer rufnummer durchwahl telefonnr tel_nr handynr telefono_movil telefono_fijo numero_telefono num_telefono tfno tlf tlfno
    numero_telefone numero_telemovel numero_celular fone telefono_cellulare telefono_fisso numero_telefono_cellulare telefoonnummer mobiel mobiele_nummer telnr vaste_lijn gsm_nummer faxnummer
    telefon_komorkowy telefon_kontaktowy numer_telefonu nr_telefonu nr_tel komorka telefon_stacjonarny numar_telefon nr_telefon telefon_mobil telefon_fix mobil_number telephone_number contact_number
    fax_number numero_fax pager beeper sms_number phone_nr phonenumber phone_no mobile_no mobile_phone tel_perso tel_pro tel_domicile tel_bureau telephone_domicile telephone_mobile adresse_telephonique`,
  },
  {
    category: 'contact.address',
    strength: 0.95,
    names: `adresse address street_address adresse_postale adresse_complete adresse_1 adresse_2 adresse1 adresse2 address1 address2 address_line address_line_1 address_line_2 addr address_line_3 address3
    rue street nom_voie numero_voie num_voie type_voie complement_adresse ligne_adresse adresse_ligne line1 line2 line3 address_line1 address_line2 home_address adresse_domicile domicile billing_address shipping_address
    mailing_address postal_address residential_address permanent_address current_address previous_address work_address address_text address_full adresse_3 adresse_4 adr lieu_dit escalier appartement
    adresse_livraison adresse_facturation libelle_voie numero_rue street_name street_number street_1 street_2 street1 street2 house_number house_no apartment apt_number flat_number building_number po_box boite_postale distribution_service
    strasse anschrift wohnanschrift hausnummer hausnr strasse_hausnummer str_nr wohnadresse lieferadresse rechnungsadresse postanschrift postfach adresszusatz adresszeile strassenname strasse_nr
    direccion direccion_postal domicilio calle numero_calle calle_numero via_publica tipo_via nombre_via direccion_envio direccion_facturacion
    endereco morada rua logradouro endereco_completo numero_endereco endereco_entrega endereco_cobranca numero_porta 
    indirizzo indirizzo_residenza residenza numero_civico indirizzo_spedizione indirizzo_fatturazione indirizzo_completo 
    adres straat straatnaam huisnummer huisnummer_toevoeging toevoeging woonadres postadres bezorgadres factuuradres huisnr adresregel
    ulica numer_domu nr_domu numer_mieszkania nr_mieszkania adres_zamieszkania adres_zameldowania adres_korespondencyjny adres_dostawy nr_lokalu numer_lokalu nr_budynku
    strada adresa adresa_domiciliu adresa_livrare adresa_facturare numar_strada apartament nr_strada domiciliu`,
  },
  {
    category: 'contact.address',
    strength: 0.95,
    alone: true,
    names: `voie via piso puerta escalera andar bloc scara piazza complemento batiment etage bairro civico`,
  },
  {
    category: 'contact.postcode',
    strength: 0.95,
    names: `code_postal codepostal postcode postal_code zip_code zipcode plz postleitzahl codigo_postal cap_code kod_pocztowy code_post postalcode post_code cod_postal cod_pos
    codice_postale codice_avviamento_postale postnummer billing_zip shipping_zip zip_postal postal_zone eircode`,
  },
  { category: 'contact.postcode', strength: 0.95, alone: true, names: `cp cap zip cep` },
  {
    category: 'contact.city',
    strength: 0.9,
    names: `ville city localite municipality stadt ciudad cidade citta localidad localidade miasto oras wohnort poblacion municipio freguesia concelho
    woonplaats gemeente gmina miejscowosc localitate comuna gemeinde ortsteil town_city city_name ville_residence commune_residence billing_city shipping_city mailing_city municipalite bureau_distributeur
    comune_residenza frazione provincia_residenza city_town town_name arrondissement `,
  },
  {
    category: 'contact.city',
    strength: 0.9,
    alone: true,
    names: `ort plaats comune town commune locality village suburb`,
  },
]
