import type { KeyRow } from './row.ts'

/** Who somebody is: names, birth, age, sex, marriage, nationality, language. */
export const personRows: readonly KeyRow[] = [
  {
    category: 'name',
    strength: 0.95,
    names: `last_name first_name full_name middle_name maiden_name given_name family_name surname forename firstname lastname fullname first_names
    other_name former_name birth_surname middle_initial mother_maiden_name known_as legal_first_name legal_last_name second_name second_last_name name_first name_last name_full
    nom_famille nom_naissance nom_usage nom_jeune_fille nom_complet nom_prenom prenom_nom nom_marital nom_patronymique patronyme prenom prenom_usuel nom_epouse nom_epoux
    deuxieme_prenom autre_prenom nom_usuel nom_naiss nom_fam prenom_pere prenom_mere nom_pere nom_mere initiale_prenom
    nom_titulaire titulaire_compte account_holder holder_name cardholder cardholder_name name_on_card beneficiary_name nom_beneficiaire account_holder_name account_owner_name
    fname lname f_name first_nm last_nm cust_name cust_nm cstmr_name cstmr_nm nm_famille nm_client kunden_name kundenname kto_inhaber mitarbeiter_name mitarbeitername
    display_name preferred_name birth_name legal_name_person
    vorname nachname familienname geburtsname rufname zuname vor_nachname vor_zuname nachname_vorname vollstandiger_name voller_name kontoinhaber ehename madchenname zweiter_vorname
    nombre_completo nombre_pila primer_nombre segundo_nombre apellido primer_apellido segundo_apellido apellido_paterno apellido_materno apellido_nombre nombre_apellido titular_cuenta nombre_titular
    apelido sobrenome nome_completo nome_proprio primeiro_nome ultimo_nome nome_meio nome_social nome_mae nome_pai nome_titular titular_conta
    cognome nome_cognome cognome_nome nome_battesimo cognome_nascita secondo_nome intestatario intestatario_conto
    voornaam achternaam roepnaam tussenvoegsel geboortenaam voorletter meisjesnaam voorvoegsel volledige_naam rekeninghouder naam_volledig partnernaam
    imie nazwisko imie_nazwisko nazwisko_imie drugie_imie nazwisko_rodowe nazwisko_panienskie imie_ojca imie_matki wlasciciel_rachunku imiona
    prenume nume_familie nume_prenume nume_complet nume_fata prenume_tata prenume_mama titular_cont nume_nastere`,
  },
  {
    category: 'name',
    strength: 0.9,
    generic: true,
    names: `name nom nombre nome naam nume nm nazwa_osoby `,
  },
  {
    category: 'name',
    strength: 0.7,
    names: `contact_urgence emergency_contact contact_person personne_contact caller requester demandeur author auteur assignee ansprechpartner sachbearbeiter persona_contacto pessoa_contato
    pessoa_contacto persona_contatto contactpersoon osoba_kontaktowa persoana_contact interlocuteur signataire signatory conseiller reviewer beneficiaire beneficiary titulaire
    sales_rep account_manager case_manager support_rep attention attn next_kin notfallkontakt contacto_emergencia contacto_emergencia contatto_emergenza noodcontact
    cosigner co_signer witness_name antragsteller solicitante richiedente aanvrager wnioskodawca solicitant empfanger empfaenger destinatario odbiorca destinatar ontvanger`,
  },
  {
    category: 'birth.date',
    strength: 0.95,
    names: `date_naissance ddn dob birth_date birthdate birthday birth_day date_birth ne_le nee_le date_nais dt_naissance dat_naiss year_birth birth_year annee_naissance
    date_naiss jour_naissance mois_naissance day_birth month_birth birth_month bday birth_dt
    geburtsdatum geburtstag geb geb_am geb_datum gebdatum geburtsjahr geburtsmonat geb_dat geboren_am
    fecha_nacimiento fec_nacimiento fecha_nac fec_nac ano_nacimiento f_nacimiento cumpleano 
    data_nascimento dt_nascimento data_nasc dt_nasc ano_nascimento aniversario
    data_nascita dt_nascita nato_il nata_il anno_nascita data_nas compleanno 
    geboortedatum geboortejaar geb_dat geboorte_datum verjaardag
    data_urodzenia data_ur rok_urodzenia dzien_urodzenia urodzenie urodzony
    data_nasterii data_nastere data_nast an_nastere nascut_la zi_nastere`,
  },
  {
    category: 'birth.date',
    strength: 0.95,
    alone: true,
    names: `born born_on naissance geboren nacimiento nascimento nascita anniversaire`,
  },
  {
    category: 'birth.place',
    strength: 0.95,
    names: `lieu_naissance birth_place birthplace place_birth ville_naissance commune_naissance pays_naissance departement_naissance country_birth birth_country birth_city
    city_birth birth_state state_birth province_birth town_birth code_pays_naissance code_departement_naissance code_commune_naissance
    geburtsort geburtsland lugar_nacimiento pais_nacimiento municipio_nacimiento provincia_nacimiento ciudad_nacimiento
    local_nascimento lugar_nascimento naturalidade pais_nascimento cidade_nascimento concelho_nascimento
    luogo_nascita comune_nascita provincia_nascita stato_nascita paese_nascita geboorteplaats geboorteland geboortestad
    miejsce_urodzenia kraj_urodzenia miasto_urodzenia loc_nastere locul_nasterii locul_nastere tara_nastere judet_nastere oras_nastere`,
  },
  {
    category: 'age',
    strength: 0.9,
    names: `age alter edad idade eta person_age lebensalter leeftijd wiek varsta age_year age_in_year eta_anni`,
  },
  {
    category: 'gender',
    strength: 0.95,
    names: `gender civilite salutation geschlecht sexo sesso anrede plec geslacht gender_identity code_sexe sex_code gender_code administrative_sex
    tratamiento tratamento forma_appellativa aanhef zwrot_grzecznosciowy formula_adresare honorific courtesy_title titre_civilite pronoun pronom`,
  },
  { category: 'gender', strength: 0.95, alone: true, names: `genre genere genero sex sexe` },
  {
    category: 'marital',
    strength: 0.95,
    names: `situation_familiale situation_famille situation_matrimoniale etat_civil marital_status civil_status statut_marital familienstand estado_civil
    stato_civile situation_maritale regime_matrimonial date_mariage wedding_date marriage_date anniversary_wedding marie_depuis verheiratet
    fecha_matrimonio casado regime_bens data_casamento data_matrimonio burgerlijke_staat burgerlijke_stand huwelijksdatum stan_cywilny data_slubu stare_civila data_casatoriei
    number_dependent dependent_count nombre_enfant nb_enfant number_child anzahl_kinder kinderfreibetrag numero_hijo carico_familiari conjoint_collaborateur`,
  },
  { category: 'marital', strength: 0.95, alone: true, names: `married marital` },
  {
    category: 'nationality',
    strength: 0.95,
    names: `nationalite nationality citizenship citoyennete staatsangehorigkeit staatsangehoerigkeit staatsburgerschaft staatsbuergerschaft nacionalidad nacionalidade ciudadania cidadania
    cittadinanza nazionalita pays_nationalite nationaliteit staatsburgerschap obywatelstwo narodowosc cetatenie nationalitate nationalitat nationalitaet code_nationalite country_citizenship citizenship_status
    titre_sejour_type immigration_status statut_migratoire visa_status aufenthaltsstatus`,
  },
  {
    category: 'language',
    strength: 0.9,
    names: `langue_maternelle preferred_language native_language langue_preferee muttersprache korrespondenzsprache idioma_preferido lengua_materna
    lingua lingua_madre langue_parlee mother_tongue moedertaal voorkeurstaal jezyk jezyk_ojczysty limba_materna lingua_materna spoken_language`,
  },
  {
    category: 'language',
    strength: 0.9,
    alone: true,
    names: `langue language lang locale sprache idioma taal limba`,
  },
]
