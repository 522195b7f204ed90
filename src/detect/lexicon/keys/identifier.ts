import type { KeyRow } from './row.ts'

/** Numbers and names by which somebody is filed: state, employer, provider, machine. */
export const identifierRows: readonly KeyRow[] = [
  {
    category: 'id.national',
    strength: 0.95,
    names: `nir num_secu numero_secu num_securite_sociale numero_securite_sociale securite_sociale secu secu_sociale nss ssn social_security_number social_security social_security_no ss_number
    national_id national_number national_insurance_number nino ni_number numero_insee num_insee immatriculation_sociale numero_national niss rijksregisternummer rijksregister bsn burgerservicenummer sofinummer pesel cnp
    dni nie curp cpf rg_number cc_number_pt cartao_cidadao numero_cartao_cidadao codice_fiscale cin cnie carte_identite carte_nationale_identite cni identity_card id_card_number num_ss numero_ss
    rentenversicherungsnummer sozialversicherungsnummer svnr sv_nummer rv_nummer personalausweis personalausweisnummer ausweisnummer avs ahv ahv_nummer numero_avs insurance_number nas sin_number
    national_identifier national_identity_number identity_number id_number_national citizen_id personal_identification_number personnummer personal_number_national egn oib emso jmbg rodne_cislo isikukood asmens_kodas
    documento_identidad documento_identidade numero_documento num_documento bilhete_identidade dni_nie numero_afiliacion numero_seguridad_social nuss num_afiliacion_ss niss_numero numero_seguranca_social numero_utente
    carta_identita numero_carta_identita cod_fiscale codfiscale identiteitskaart identiteitskaartnummer identiteitsbewijs numer_pesel nr_pesel dowod_osobisty numer_dowodu nr_dowodu seria_numer_dowodu seria_dowodu
    cod_numeric_personal buletin carte_identitate serie_buletin serie_ci act_identitate aadhaar aadhaar_number philsys philsys_number sss_number numero_carte_identite num_cni no_cni
    titre_sejour numero_titre_sejour carte_sejour residence_permit residence_permit_number aufenthaltstitel permiso_residencia autorizacao_residencia permesso_soggiorno verblijfsvergunning karta_pobytu permis_sedere
    visa_number numero_visa agd_numero aims_number alien_number work_permit_number numero_permis_travail`,
  },
  {
    category: 'id.tax',
    strength: 0.95,
    names: `nif numero_fiscal num_fiscal reference_fiscale tax_id tax_number tin taxpayer_id steuer_id steuernummer steueridentifikationsnummer idnr spi identifiant_fiscal steuerliche_identifikationsnummer steuer_identifikationsnummer
    contribuinte utr numero_contribuable matricule_fiscal tax_identification_number numero_contribuinte numero_identificacion_fiscal numero_identificacao_fiscal numer_identyfikacji_podatkowej cod_identificare_fiscala
    fiscaal_nummer itin pan_number tax_file_number tax_reference taxpayer_number num_spi numero_spi nif_titular`,
  },
  {
    category: 'id.passport',
    strength: 0.95,
    names: `passeport passport passport_number numero_passeport num_passeport reisepass reisepassnummer passnummer pasaporte numero_pasaporte passaporte numero_passaporte passaporto numero_passaporto paspoort paspoortnummer
    paszport numer_paszportu nr_paszportu pasaport numar_pasaport serie_pasaport passport_no pass_no pass_nr passport_id travel_document_number num_document_voyage mrz`,
  },
  {
    category: 'id.driving',
    strength: 0.95,
    names: `permis_conduire permis driving_licence driving_license driver_license driver_licence licence_conduire numero_permis num_permis fuhrerschein fuehrerschein fuhrerscheinnummer fuehrerscheinnummer
    carnet_conducir permiso_conducir licencia_conducir carta_conducao numero_carta_conducao cnh patente patente_guida numero_patente rijbewijs rijbewijsnummer prawo_jazdy numer_prawa_jazdy permis_auto carnet_sofer permis_numar
    driving_licence_number driver_license_number dl_number license_number_driver`,
  },
  {
    category: 'id.health',
    strength: 0.95,
    names: `numero_adherent num_adherent numero_mutuelle carte_vitale health_insurance_number patient_id patient_number numero_patient ipp nhs_number medical_record_number mrn
    krankenversichertennummer krankenversicherungsnummer kvnr versichertennummer krankenkassennummer insurance_member_id numero_ins identifiant_national_sante ehic european_health_insurance_card
    tarjeta_sanitaria numero_tarjeta_sanitaria numero_sns cartao_saude cartao_sus tessera_sanitaria numero_tessera_sanitaria zorgverzekeringsnummer polisnummer_zorg patientnummer patientennummer
    numer_ubezpieczenia card_sanatate cid_asigurat member_insurance_id subscriber_number_health medicare_number hicn numero_dossier_medical`,
  },
  {
    category: 'id.customer',
    strength: 0.95,
    names: `customer_id client_id numero_client num_client no_client id_client ref_client reference_client code_client customer_number customer_no customer_ref customer_reference client_number client_ref kundennummer kundennr kunden_id kdnr
    id_cliente codigo_cliente numero_cliente num_cliente cod_cliente codice_cliente id_clienta klantnummer klant_id klantnr klantcode numer_klienta nr_klienta id_klienta kod_klienta numar_client cod_client nr_client
    account_number_customer subscriber_id numero_abonne num_abonne abonne_id user_id person_id contact_id member_id membership_number loyalty_number carte_fidelite identifiant_client fidelity_card loyalty_card
    contract_number numero_contrat num_contrat policy_number numero_police vertragsnummer versicherungsnummer policennummer mitgliedsnummer numero_contrato numero_poliza numero_apolice numero_contratto numero_polizza polisnummer contractnummer
    numer_umowy numer_polisy nr_umowy numar_contract numar_polita mandate_id mandate_reference rum creditor_mandate kundenreferenz referencia_cliente riferimento_cliente citizen_ref person_ref subject_id respondent_id
    insured_id insured_number numero_assure num_assure id_assure donor_id student_id student_number numero_etudiant matrikelnummer candidate_id applicant_id lead_id`,
  },
  {
    category: 'id.employee',
    strength: 0.95,
    names: `matricule employee_id employee_number employee_no staff_id staff_number emp_id emp_no num_salarie numero_salarie id_salarie salarie_id employe_id id_employe worker_id personnel_number
    personalnummer personalnr pers_nr mitarbeiter_id mitarbeiternummer badge badge_number numero_badge payroll_number payroll_id legajo num_matricule matricule_salarie agent_id personnel_id badge_id
    numero_empleado id_empleado codigo_empleado num_empleado clave_empleado numero_funcionario id_funcionario codigo_funcionario numero_trabalhador numero_mecanografico numero_colaborador
    matricola matricola_dipendente codice_dipendente id_dipendente numero_matricola personeelsnummer medewerkersnummer medewerker_id werknemersnummer personeelsnr
    numer_pracownika nr_pracownika id_pracownika numer_ewidencyjny numer_kadrowy numar_marca marca_angajat id_angajat cod_angajat numar_angajat
    employee_ref employee_code emp_code person_number hr_id worker_number contractor_id matricule_agent matricule_paie identifiant_salarie assignment_number`,
  },
  {
    category: 'id.case',
    strength: 0.95,
    names: `ticket_id ticket_number numero_ticket num_ticket case_id case_number numero_dossier num_dossier dossier_id id_dossier ref_dossier reference_dossier incident_id claim_number claim_id numero_sinistre
    num_sinistre sinistre_id complaint_id request_id_customer aktenzeichen expediente fallnummer vorgangsnummer schadennummer geschaftszeichen geschaeftszeichen numero_expediente numero_caso numero_siniestro
    numero_processo numero_chamado numero_sinistro numero_pratica numero_fascicolo dossiernummer zaaknummer schadenummer numer_sprawy sygnatura_akt numer_szkody numar_dosar numar_dauna numar_caz`,
  },
  {
    category: 'online.ip',
    strength: 0.95,
    names: `ip ip_address adresse_ip ipv4 ipv6 ip_addr client_ip remote_ip remote_addr source_ip last_login_ip x_forwarded_for forwarded_for ip_adresse direccion_ip endereco_ip indirizzo_ip ip_adres adres_ip adresa_ip
    user_ip visitor_ip ip_client sender_ip origin_ip host_ip signup_ip registration_ip`,
  },
  {
    category: 'online.mac',
    strength: 0.95,
    names: `mac mac_address adresse_mac mac_adresse direccion_mac wifi_mac bssid`,
  },
  {
    category: 'online.device',
    strength: 0.9,
    names: `user_agent useragent device_id device_identifier imei idfa gaid advertising_id android_id cookie cookie_id device_fingerprint session_id serial_number_device udid browser_fingerprint imsi iccid meid idfv visitor_id
    client_fingerprint device_token push_token installation_id anonymous_id ga_client_id fbp fbclid gclid numero_imei gerate_id geraete_id id_dispositivo id_appareil`,
  },
  {
    category: 'online.username',
    strength: 0.9,
    names: `username user_name login_name nom_utilisateur pseudonyme nickname screen_name benutzername nutzername anmeldename usuario utilizador user_login account_name twitter instagram skype skype_id
    nombre_usuario nome_usuario nome_utilizador nome_utente utente gebruikersnaam gebruiker_naam nazwa_uzytkownika login_uzytkownika nume_utilizator surnom apodo alcunha soprannome bijnaam pseudonim porecla spitzname
    login_id user_principal_name upn sam_account_name twitter_handle twitter_username telegram tiktok snapchat facebook_id icq msn jabber gtalk google_talk whatsapp_id wechat signal_id im_handle instant_messenger`,
  },
  { category: 'online.username', strength: 0.9, alone: true, names: `handle nick pseudo identifiant login` },
  {
    category: 'online.url',
    strength: 0.85,
    names: `avatar_url profile_url profil_url photo_url picture_url linkedin_url facebook_url personal_website homepage_url page_perso profile_picture profile_image photo_profil linkedin_profile social_profile
    blog_url foto_url image_profil profilbild foto_perfil headshot`,
  },
  { category: 'online.url', strength: 0.85, alone: true, names: `avatar linkedin facebook` },
  {
    category: 'vehicle.plate',
    strength: 0.95,
    names: `immatriculation plaque plaque_immatriculation license_plate licence_plate number_plate plate_number registration_plate kennzeichen kfz_kennzeichen amtliches_kennzeichen matricula_vehiculo vehicle_registration vin numero_vin
    fahrgestellnummer fin_fahrzeug bastidor numero_bastidor placa placa_vehiculo placa_veiculo matricula_veiculo targa targa_veicolo numero_telaio kenteken kentekennummer chassisnummer numer_rejestracyjny nr_rejestracyjny tablica_rejestracyjna
    numar_inmatriculare nr_inmatriculare serie_sasiu vehicle_identification_number plate_no numero_chassis num_immatriculation numero_serie_vehicule`,
  },
]
