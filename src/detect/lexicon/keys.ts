import type { Category } from '../../model/category.ts'

/**
 * Names of fields, by category. A name is written as its words in lower case without accents, `_` between
 * words, small words (de, of, the) left out, singular; the look-up brings every spelling convention to that.
 * `generic` names mean something only alone, under a person, or with a person's word beside them.
 */
export interface KeyRow {
  readonly category: Category
  /** 0.95 strong, 0.85 good, 0.7 fair. */
  readonly strength: number
  readonly generic?: boolean
  readonly names: string
}

export const keyRows: readonly KeyRow[] = [
  {
    category: 'name',
    strength: 0.95,
    names: `last_name first_name full_name middle_name maiden_name given_name family_name surname forename firstname lastname fullname
    nom_famille nom_naissance nom_usage nom_jeune_fille nom_complet nom_prenom prenom_nom nom_marital nom_patronymique patronyme prenom prenom_usuel
    nom_titulaire titulaire_compte account_holder holder_name cardholder cardholder_name name_on_card beneficiary_name nom_beneficiaire
    display_name preferred_name birth_name legal_name_person vorname nachname familienname geburtsname apellido nombre_completo primer_apellido segundo_apellido
    apelido sobrenome nome_completo cognome imie nazwisko achternaam voornaam prenume nume_familie`,
  },
  { category: 'name', strength: 0.9, generic: true, names: `name nom nombre nome naam nume` },
  {
    category: 'name',
    strength: 0.7,
    names: `contact_urgence emergency_contact personne_contact caller requester demandeur author auteur assignee
    interlocuteur signataire signatory conseiller reviewer beneficiaire beneficiary titulaire`,
  },
  {
    category: 'contact.email',
    strength: 0.95,
    names: `email e_mail mail courriel adresse_mail adresse_email adresse_electronique email_address mail_address correo correo_electronico
    posta_elettronica adres_email recipient_email e_mail_adresse adr_mel mel`,
  },
  {
    category: 'contact.phone',
    strength: 0.95,
    names: `tel telephone phone mobile portable gsm cell cellphone phone_number tel_fixe tel_portable tel_mobile numero_telephone num_tel
    numero_tel num_telephone telefon telefono telefone movil telemovel cellulare handy handynummer telefonnummer fax telecopie whatsapp msisdn mobile_number
    landline caller_number calling_number called_number ani telefoon ligne_directe callback_number`,
  },
  {
    category: 'contact.address',
    strength: 0.95,
    names: `adresse address street_address adresse_postale adresse_complete adresse_1 adresse_2 adresse1 adresse2 address1 address2 address_line address_line_1 address_line_2 addr
    rue street voie nom_voie numero_voie num_voie complement_adresse ligne_adresse adresse_ligne line1 line2 address_line1 address_line2 home_address adresse_domicile domicile billing_address shipping_address
    adresse_livraison adresse_facturation strasse anschrift direccion calle endereco morada rua indirizzo via adres ulica strada domicilio house_number hausnummer
    numero_rue street_name street_number`,
  },
  {
    category: 'contact.postcode',
    strength: 0.95,
    names: `cp code_postal codepostal postcode postal_code zip zip_code zipcode plz postleitzahl codigo_postal cap_code kod_pocztowy`,
  },
  {
    category: 'contact.city',
    strength: 0.9,
    names: `ville city town commune localite municipality stadt ort ciudad cidade citta localidad localidade miasto oras wohnort village`,
  },
  {
    category: 'birth.date',
    strength: 0.95,
    names: `date_naissance naissance ddn dob birth_date birthdate birthday birth_day date_birth geburtsdatum fecha_nacimiento data_nascimento
    data_nascita data_urodzenia geboortedatum ne_le nee_le date_nais dt_naissance dat_naiss year_birth birth_year annee_naissance data_nasterii`,
  },
  {
    category: 'birth.place',
    strength: 0.95,
    names: `lieu_naissance birth_place birthplace place_birth ville_naissance commune_naissance pays_naissance departement_naissance country_birth birth_country birth_city
    city_birth geburtsort lugar_nacimiento local_nascimento luogo_nascita naturalidade`,
  },
  { category: 'age', strength: 0.9, names: `age alter edad idade eta person_age` },
  {
    category: 'gender',
    strength: 0.95,
    names: `sexe sex gender genre civilite salutation geschlecht sexo genero sesso anrede plec geslacht`,
  },
  {
    category: 'marital',
    strength: 0.95,
    names: `situation_familiale situation_famille situation_matrimoniale etat_civil marital_status marital civil_status statut_marital familienstand estado_civil
    stato_civile situation_maritale regime_matrimonial`,
  },
  {
    category: 'nationality',
    strength: 0.95,
    names: `nationalite nationality citizenship citoyennete staatsangehorigkeit nacionalidad nacionalidade cittadinanza nazionalita pays_nationalite`,
  },
  {
    category: 'language',
    strength: 0.9,
    names: `langue language lang locale langue_maternelle preferred_language native_language langue_preferee sprache idioma lingua langue_parlee mother_tongue`,
  },
  {
    category: 'id.national',
    strength: 0.95,
    names: `nir num_secu numero_secu num_securite_sociale numero_securite_sociale securite_sociale secu secu_sociale nss ssn social_security_number social_security
    national_id national_number national_insurance_number nino numero_insee num_insee immatriculation_sociale numero_national niss rijksregisternummer bsn pesel cnp
    dni nie curp cpf cc_number_pt cartao_cidadao codice_fiscale cin cnie carte_identite carte_nationale_identite cni identity_card id_card_number num_ss numero_ss
    rentenversicherungsnummer sozialversicherungsnummer svnr personalausweis personalausweisnummer avs ahv ahv_nummer numero_avs insurance_number`,
  },
  {
    category: 'id.tax',
    strength: 0.95,
    names: `nif numero_fiscal num_fiscal reference_fiscale tax_id tax_number tin taxpayer_id steuer_id steuernummer steueridentifikationsnummer idnr spi identifiant_fiscal
    contribuinte utr numero_contribuable matricule_fiscal tax_identification_number`,
  },
  {
    category: 'id.passport',
    strength: 0.95,
    names: `passeport passport passport_number numero_passeport num_passeport reisepass pasaporte passaporte`,
  },
  {
    category: 'id.driving',
    strength: 0.95,
    names: `permis_conduire permis driving_licence driving_license driver_license driver_licence licence_conduire numero_permis num_permis fuhrerschein
    carnet_conducir carta_conducao`,
  },
  {
    category: 'id.health',
    strength: 0.95,
    names: `numero_adherent num_adherent numero_mutuelle carte_vitale health_insurance_number patient_id patient_number numero_patient ipp nhs_number medical_record_number mrn
    krankenversichertennummer insurance_member_id`,
  },
  {
    category: 'id.customer',
    strength: 0.95,
    names: `customer_id client_id numero_client num_client no_client id_client ref_client reference_client code_client customer_number customer_no customer_ref customer_reference client_number client_ref kundennummer
    id_cliente codigo_cliente account_number_customer subscriber_id numero_abonne num_abonne abonne_id user_id person_id contact_id member_id membership_number loyalty_number carte_fidelite identifiant_client
    contract_number numero_contrat num_contrat policy_number numero_police`,
  },
  {
    category: 'id.employee',
    strength: 0.95,
    names: `matricule employee_id employee_number employee_no staff_id staff_number emp_id emp_no num_salarie numero_salarie id_salarie salarie_id employe_id id_employe worker_id personnel_number
    personalnummer badge badge_number numero_badge payroll_number payroll_id legajo num_matricule matricule_salarie agent_id personnel_id`,
  },
  {
    category: 'id.case',
    strength: 0.95,
    names: `ticket_id ticket_number numero_ticket num_ticket case_id case_number numero_dossier num_dossier dossier_id id_dossier ref_dossier reference_dossier incident_id claim_number claim_id numero_sinistre
    num_sinistre sinistre_id complaint_id request_id_customer aktenzeichen expediente`,
  },
  {
    category: 'online.ip',
    strength: 0.95,
    names: `ip ip_address adresse_ip ipv4 ipv6 ip_addr client_ip remote_ip remote_addr source_ip last_login_ip x_forwarded_for forwarded_for`,
  },
  { category: 'online.mac', strength: 0.95, names: `mac mac_address adresse_mac` },
  {
    category: 'online.device',
    strength: 0.9,
    names: `user_agent useragent device_id device_identifier imei idfa gaid advertising_id android_id cookie cookie_id device_fingerprint session_id serial_number_device udid browser_fingerprint`,
  },
  {
    category: 'online.username',
    strength: 0.9,
    names: `username user_name login login_name identifiant nom_utilisateur pseudo pseudonyme nickname screen_name handle benutzername usuario utilizador user_login account_name twitter instagram skype skype_id`,
  },
  {
    category: 'online.url',
    strength: 0.85,
    names: `avatar avatar_url profile_url profil_url photo_url picture_url linkedin linkedin_url facebook facebook_url personal_website homepage_url page_perso`,
  },
  {
    category: 'auth.password',
    strength: 0.97,
    names: `password passwd pwd mot_passe mdp passphrase passwort kennwort contrasena senha parola hasla user_password password_hash`,
  },
  {
    category: 'auth.pin',
    strength: 0.97,
    names: `pin pin_code code_pin code_confidentiel code_secret pincode`,
  },
  {
    category: 'auth.secret',
    strength: 0.95,
    names: `secret api_key apikey access_token refresh_token auth_token token bearer_token jeton client_secret private_key secret_key cle_api cle_privee security_answer secret_question
    reponse_secrete question_secrete otp one_time_code session_token authorization x_api_key id_token totp`,
  },
  {
    category: 'location.gps',
    strength: 0.95,
    names: `latitude longitude lat lng lon gps gps_coordinates coordonnees_gps geolocation geolocalisation coordinates latlng geo_point`,
  },
  {
    category: 'location.place',
    strength: 0.7,
    names: `lieu place location lieu_residence residence place_residence`,
  },
  {
    category: 'fin.iban',
    strength: 0.97,
    names: `iban iban_number numero_iban code_iban compte_iban iban_salarie`,
  },
  {
    category: 'fin.account',
    strength: 0.95,
    names: `rib numero_compte num_compte account_number bank_account bank_account_number compte_bancaire no_compte kontonummer numero_cuenta numero_conta conto sort_code routing_number cle_rib code_guichet`,
  },
  {
    category: 'fin.bic',
    strength: 0.95,
    names: `bic swift bic_swift swift_code bic_code code_bic code_swift swift_bic`,
  },
  {
    category: 'fin.card',
    strength: 0.97,
    names: `card_number numero_carte num_carte credit_card credit_card_number carte_bancaire carte_bleue cb pan card_no cc_number kreditkarte tarjeta numero_carte_bancaire`,
  },
  {
    category: 'fin.cvv',
    strength: 0.97,
    names: `cvv cvc cvv2 cvc2 cryptogramme card_security_code security_code_card`,
  },
  {
    category: 'fin.income',
    strength: 0.95,
    names: `income revenu revenu_annuel annual_income monthly_income revenu_mensuel revenu_fiscal revenu_fiscal_reference imposable net_imposable net_fiscal brut_fiscal household_income quotient_familial taux_imposition
    prelevement_source einkommen ingreso renda reddito cumul_imposable pas_montant impot_source`,
  },
  {
    category: 'fin.credit',
    strength: 0.9,
    names: `credit_score score_credit credit_rating credit_limit plafond_credit dette debt loan_amount montant_pret credit_balance solde_compte encours overdraft decouvert account_balance saisie_salaire pension_alimentaire`,
  },
  {
    category: 'hr.salary',
    strength: 0.95,
    names: `salaire salary wage salaire_brut salaire_net salaire_base salaire_annuel salaire_mensuel gross_salary net_salary base_salary gross_pay net_pay pay_rate hourly_rate taux_horaire remuneration remuneration_brute
    remuneration_variable brut net net_payer net_a_payer net_paye brut_mensuel brut_annuel net_mensuel prime prime_anciennete bonus commission_salarie indemnite_salarie avance_salaire acompte_salaire compensation_amount
    gehalt lohn bruttolohn nettolohn salario sueldo ordenado vencimento stipendio retribuzione wynagrodzenie net_social gross_wage annual_salary monthly_salary gross net_verse cumul_brut`,
  },
  {
    category: 'hr.performance',
    strength: 0.95,
    names: `evaluation_annuelle performance_review performance_rating performance_score note_evaluation appreciation_annuelle entretien_annuel evaluation_salarie rating_manager appraisal`,
  },
  {
    category: 'hr.discipline',
    strength: 0.95,
    names: `sanction sanction_disciplinaire avertissement_disciplinaire mise_pied disciplinary disciplinary_action disciplinary_record faute_grave motif_licenciement warning_letter blame`,
  },
  {
    category: 'vehicle.plate',
    strength: 0.95,
    names: `immatriculation plaque plaque_immatriculation license_plate licence_plate number_plate plate_number registration_plate kennzeichen matricula_vehiculo vehicle_registration vin`,
  },
  {
    category: 'health',
    strength: 0.95,
    names: `sante health medical maladie arret_maladie arret_travail conge_maladie motif_medical jour_maladie absence_maladie heure_maladie ijss indemnite_journaliere handicap handicape rqth taux_handicap taux_incapacite invalidite categorie_invalidite
    inaptitude aptitude_medicale visite_medicale grossesse enceinte conge_maternite maternite pregnant pregnancy disability disabled disability_status sick_leave sick_day medical_condition diagnosis diagnostic
    diagnose symptom symptome traitement_medical treatment_medical medication medicament prescription ordonnance allergie allergy blood_type groupe_sanguin accident_travail maladie_professionnelle pathologie hospitalisation vaccination vaccin
    health_condition medical_history antecedent_medical mi_temps_therapeutique schwanger krankheit krankmeldung behinderung embarazada salud saude gravidanza malattia smoker fumeur bmi imc weight_medical`,
  },
  {
    category: 'genetic',
    strength: 0.95,
    names: `genetic genetic_data genetique donnee_genetique dna adn genome`,
  },
  {
    category: 'biometric',
    strength: 0.95,
    names: `biometric biometrie empreinte_digitale fingerprint face_id face_template iris_scan voiceprint empreinte_vocale biometric_data`,
  },
  {
    category: 'belief.union',
    strength: 0.95,
    names: `syndicat syndique syndique_cgt syndical union_member union_membership trade_union union adhesion_syndicale appartenance_syndicale delegue_syndical organisation_syndicale cotisation_syndicale gewerkschaft sindicato sindacato
    union_dues`,
  },
  {
    category: 'belief.religion',
    strength: 0.95,
    names: `religion religious_belief confession culte religieux religious_affiliation kirchensteuer konfession religione religiao faith halal kosher regime_religieux`,
  },
  {
    category: 'belief.politics',
    strength: 0.95,
    names: `opinion_politique political_opinion political_party parti_politique political_affiliation affiliation_politique politische_meinung`,
  },
  {
    category: 'belief.philosophy',
    strength: 0.95,
    names: `conviction_philosophique philosophical_belief conviction`,
  },
  {
    category: 'ethnic',
    strength: 0.95,
    names: `ethnicity ethnic_origin race origine_ethnique ethnie racial_origin origine_raciale ethnic_group hautfarbe etnia`,
  },
  {
    category: 'sexual',
    strength: 0.95,
    names: `orientation_sexuelle sexual_orientation vie_sexuelle sex_life sexuality sexualite`,
  },
  {
    category: 'criminal',
    strength: 0.95,
    names: `casier casier_judiciaire criminal_record criminal_conviction condamnation conviction_record infraction offence offense antecedent_judiciaire background_check vorstrafe fuhrungszeugnis antecedente_penal criminal_check`,
  },
]

/** Field names whose text is free (design §6). */
export const freetextNames = `note comment commentaire message subject sujet objet motif description remarque remark observation text texte body corps content contenu reason raison feedback avis transcript transcription summary resume
  detail question answer reponse memo justification precision compte_rendu msg commentary annotation historique narrative verbatim bemerkung kommentar nachricht beschreibung comentario mensaje observacion descripcion mensagem observacao descricao commento messaggio nota
  motif_absence motif_conge motif_appel motif_contact motif_demande reply snippet excerpt notes_internes free_text texte_libre chat_message remarks instruction complaint_text reclamation_texte`

/** Field names that say that the person is under 18, or hold such persons. */
export const childNames = `enfant child mineur minor kid is_minor est_mineur enfant_charge dependent_child eleve pupil kind hijo figlio crianca filho nourrisson`

/** Words of a person, that make a generic name a person's. */
export const personWords = `customer client employee employe salarie agent contact user utilisateur patient person personne beneficiary beneficiaire holder titulaire owner proprietaire debtor debiteur creditor creancier recipient destinataire sender expediteur
  caller appelant requester demandeur author auteur assignee manager responsable spouse conjoint enfant child parent mere pere mother father passenger passager guest driver conducteur tenant locataire insured assure subscriber abonne member membre adherent
  student eleve etudiant candidate candidat worker collaborateur staff individual individu reporter advisor conseiller doctor medecin signataire signatory witness temoin victim urgence emergency from to cc reviewer approver creator operator operateur
  cardholder payer payeur buyer acheteur consumer consommateur resident habitant mitarbeiter kunde cliente empleado trabajador funcionario dipendente partner partenaire`

/** Words of things: a `name` beside or below them is not a person's. */
export const thingWords = `product produit article item file fichier company societe entreprise organisation organization org bank banque event evenement project projet team equipe service plan device host hostname domain field column table category categorie country pays
  brand marque model modele software logiciel app application server queue channel canal group groupe department departement role job poste fonction position title campaign campagne template tag label rubrique code unit unite currency devise firm firma employer employeur etablissement
  store magasin shop warehouse depot site region subject course cours school ecole hotel class document form formulaire template report rapport list liste database schema property attribute parameter param option setting feature function module package image photo attachment piece_jointe
  provider prestataire fournisseur supplier vendor merchant commercant account compte ligne line contract contrat invoice facture order commande step action workflow rule policy menu section page theme color status statut type method`

/** Words that make a name speak about the thing and not hold it: `phone_type`, `email_verified`, `iban_count`. */
export const aboutWords = `type count nb nombre_de total enabled required verified valid format template label libelle max min version status statut flag present consent optin opt validated mandatory visible hash_algorithm length size kind confirmed source prefix mode`

/** Names that are no personal data and may be printed as they are. */
export const neutralNames = `id uuid ref reference code status statut state etat date amount montant currency devise quantity quantite item items line ligne lignes total subtotal tax tva vat rate taux value valeur unit unite type category categorie
  created created_at updated updated_at timestamp time start end debut fin begin month mois year annee day jour week semaine period periode company societe entreprise siret siren employer employeur employee employees employe employes salarie salaries customer customers client clients user users person personne persons data payload
  batch lot record records result results list liste page limit offset count nombre number numero index order orders commande commandes invoice invoices facture factures product products produit produits article articles sku price prix payment paiement method methode mode
  ticket tickets case cases dossier dossiers incident messages message channel canal source target origin destination priority priorite severity tag tags label libelle rubrique rubriques element elements pay paie payroll bulletin hours heures days jours base part cotisation cotisations
  contract contrat provider prestataire agent agents team equipe service department departement site etablissement country pays region department job poste fonction emploi title titre grade level niveau coefficient category convention classification temps_travail horaire
  bank banque contact contacts address adresse info information details meta metadata attributes properties settings options config version schema format file fichier files attachments pieces documents document events event history historique action actions task tasks
  due issued paid sent received closed opened resolved absence absences conge conges leave motif reason quantity unit_price net_amount gross_amount rate discount remise delivery livraison shipping tracking parcel colis weight poids size taille color couleur model brand warranty garantie
  urgence emergency enfant enfants child children spouse conjoint dependents recipient sender from to cc subject body content text note notes comment comments description name nom key value values primary secondary main is_active active enabled first last other extra custom
  anciennete entree sortie embauche hire_date exit_date date_entree date_sortie contrat_type cdi cdd statut_cadre ccn idcc naf ape urssaf retraite prevoyance mutuelle csg crds plafond tranche`
