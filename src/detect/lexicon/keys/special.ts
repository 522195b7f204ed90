import type { KeyRow } from './row.ts'

/**
 * Names of fields that hold special categories (Art. 9(1) GDPR) or offences (Art. 10), and what an employer notes of
 * conduct. Any value counts below them, `false` too: that somebody is not disabled is health as well.
 */
export const specialRows: readonly KeyRow[] = [
  {
    category: 'health',
    strength: 0.95,
    names: `medical disease illness injury diagnostic_principal code_diagnostic diagnostic_code diagnostic_medical diagnostico_principal sante maladie arret_maladie arret_travail conge_maladie motif_medical jour_maladie absence_maladie heure_maladie ijss indemnite_journaliere handicap handicape rqth taux_handicap taux_incapacite invalidite categorie_invalidite
    inaptitude aptitude_medicale visite_medicale grossesse enceinte conge_maternite maternite pregnant pregnancy disability disabled disability_status sick_leave sick_day medical_condition diagnosis 
    diagnose symptom symptome traitement_medical treatment_medical medication medicament prescription ordonnance allergie allergy blood_type groupe_sanguin accident_travail maladie_professionnelle pathologie hospitalisation vaccination vaccin
    health_condition medical_history antecedent_medical mi_temps_therapeutique smoker fumeur bmi imc weight_medical boeth statut_boeth travailleur_handicape carence_maladie subrogation_maladie dossier_medical etat_sante situation_handicap
    maladie_chronique affection_longue_duree congenital vaccine_code immunization allergen allergy_intolerance medication_request medication_statement clinical_note health_note sick_note sickness sickness_absence sick_pay statutory_sick_pay maternity_leave maternity_pay
    due_date_pregnancy doctor_note medical_certificate certificat_medical hiv_status covid_status covid_test vaccination_status blood_group blood_pressure heart_rate mental_health injury_description treatment_plan dosage comorbidity cause_death fit_note reasonable_accommodation disability_accommodation
    special_diet dietary_requirement regime_alimentaire intolerance_alimentaire multiple_birth
    krankheit krankmeldung krankenstand krankentag krankheitstag krankengeld arbeitsunfahigkeit arbeitsunfaehigkeit au_bescheinigung au_tag behinderung schwerbehinderung schwerbehindert grad_behinderung gdb schwanger schwangerschaft mutterschutz
    elternzeit_mutterschutz medikament medikation blutgruppe befund vorerkrankung erkrankung gesundheit gesundheitszustand gesundheitsdaten unvertraglichkeit impfstatus impfung arbeitsunfall raucher pflegegrad
    salud estado_salud enfermedad baja_medica baja_enfermedad incapacidad_temporal discapacidad grado_discapacidad minusvalia embarazo embarazada baja_maternidad alergia tratamiento_medico medicacion medicamento grupo_sanguineo historial_medico
    antecedente_medico accidente_laboral certificado_medico vacuna fumador parte_baja
    saude estado_saude doenca baixa_medica atestado_medico grau_incapacidade gravidez gravida licenca_maternidade grupo_sanguineo historico_medico acidente_trabalho pcd plano_saude
    salute stato_salute malattia giorno_malattia certificato_malattia invalidita percentuale_invalidita disabilita gravidanza incinta maternita allergie diagnosi gruppo_sanguigno anamnesi infortunio legge_104 l104 categoria_protetta
    gezondheid ziekte ziekteverlof ziektemelding ziekmelding ziekteverzuim verzuimreden arbeidsongeschiktheid arbeidsongeschikt zwanger zwangerschap zwangerschapsverlof handicap_type allergieen medicatie medicijn bloedgroep diagnose_code
    zdrowie stan_zdrowia choroba zwolnienie_lekarskie l4 chorobowe dzien_chorobowy niepelnosprawnosc stopien_niepelnosprawnosci orzeczenie_niepelnosprawnosci ciaza urlop_macierzynski alergia_pokarmowa uczulenie diagnoza rozpoznanie grupa_krwi wypadek_pracy
    sanatate stare_sanatate boala concediu_medical certificat_medical_numar handicap_grad grad_handicap dizabilitate invaliditate sarcina gravida concediu_maternitate alergii diagnostic_medical medicamente grupa_sanguina accident_munca`,
  },
  {
    category: 'health',
    strength: 0.95,
    alone: true,
    names: `health lek leki farmaco terapia glucose diagnostic diagnostico incapacidad deficiencia incapacidade beperking`,
  },
  {
    category: 'genetic',
    strength: 0.95,
    names: `genetic_data genetique donnee_genetique genotype genetic_test test_genetique genetische_daten gentest dato_genetico datos_genetico dado_genetico dna_profile karyotype
    predisposition_genetique genetic_predisposition brca badanie_genetyczne dane_genetyczne test_genetic date_genetice genetische_gegevens`,
  },
  { category: 'genetic', strength: 0.95, alone: true, names: `dna adn genome genetic` },
  {
    category: 'biometric',
    strength: 0.95,
    names: `biometric biometrie empreinte_digitale fingerprint_scan fingerprint_template face_id face_template iris_scan voiceprint empreinte_vocale biometric_data fingerabdruck gesichtserkennung biometrische_daten huella_dactilar huella_digital dato_biometrico
    impressao_digital dado_biometrico impronta_digitale vingerafdruk biometrische_gegevens odcisk_palca dane_biometryczne amprenta date_biometrice facial_recognition reconnaissance_faciale face_encoding face_embedding voice_print biometric_template retina_scan`,
  },
  // Weaker than what it stands in: a card's or a certificate's is no finger's.
  { category: 'biometric', strength: 0.8, alone: true, names: `fingerprint` },
  {
    category: 'belief.union',
    strength: 0.95,
    names: `syndicat syndique syndique_cgt syndical union_member union_membership trade_union adhesion_syndicale appartenance_syndicale delegue_syndical organisation_syndicale cotisation_syndicale union_dues union_name labor_union union_code union_fee
    gewerkschaft gewerkschaftsmitglied gewerkschaftszugehorigkeit gewerkschaftsbeitrag sindicato afiliacion_sindical cuota_sindical sindicalizado filiacao_sindical quota_sindical contribuicao_sindical sindicato_trabalhador
    sindacato iscrizione_sindacale tessera_sindacale trattenuta_sindacale vakbond vakbondslidmaatschap vakbondslid vakbondscontributie zwiazek_zawodowy przynaleznosc_zwiazkowa skladka_zwiazkowa sindicat membru_sindicat cotizatie_sindicat cotizatie_sindicala mandat_syndical`,
  },
  { category: 'belief.union', strength: 0.95, alone: true, names: `union` },
  {
    category: 'belief.religion',
    strength: 0.95,
    names: `religion religious_belief religieux religious_affiliation kirchensteuer kirchensteuermerkmal konfession religionszugehorigkeit religionszugehoerigkeit kirche_mitglied religiose_uberzeugung religione religiao regime_religieux
    religious_holiday denomination church_membership religious_observance creencia_religiosa credo_religioso confissao_religiosa crenca_religiosa confessione_religiosa religie geloofsovertuiging godsdienst levensovertuiging_religie
    religia wyznanie wyznanie_religijne apartenenta_religioasa cult_religios religious_preference`,
  },
  {
    category: 'belief.religion',
    strength: 0.95,
    alone: true,
    names: `confession faith culto culte confesion confesiune halal kosher`,
  },
  {
    category: 'belief.politics',
    strength: 0.95,
    names: `opinion_politique political_opinion political_party parti_politique political_affiliation affiliation_politique politische_meinung politische_uberzeugung parteimitglied parteizugehorigkeit parteizugehoerigkeit
    opinion_politica partido_politico afiliacion_politica ideologia_politica opiniao_politica filiacao_partidaria convicao_politica opinione_politica partito_politico orientamento_politico
    politieke_voorkeur politieke_opvatting politieke_partij poglady_polityczne przynaleznosc_partyjna partia_polityczna opinie_politica partid_politic apartenenta_politica orientation_politique voting_intention intention_vote political_view`,
  },
  {
    category: 'belief.philosophy',
    strength: 0.95,
    names: `conviction_philosophique philosophical_belief weltanschauung conviccion_filosofica convicao_filosofica convinzione_filosofica levensovertuiging przekonania_filozoficzne convingere_filozofica convictie_filozofica `,
  },
  {
    category: 'belief.philosophy',
    strength: 0.95,
    alone: true,
    names: `conviction belief croyance swiatopoglad`,
  },
  {
    category: 'ethnic',
    strength: 0.95,
    names: `ethnicity ethnic_origin origine_ethnique ethnie racial_origin origine_raciale ethnic_group hautfarbe etnia ethnische_herkunft ethnische_zugehorigkeit rasse_herkunft origen_etnico origen_racial grupo_etnico
    origem_etnica origem_racial raca_cor cor_raca origine_etnica origine_razziale etnische_afkomst etniciteit ras_afkomst huidskleur pochodzenie_etniczne pochodzenie_rasowe etnie_origine origine_rasiala apartenenta_etnica skin_color skin_colour ethnic_code race_code `,
  },
  { category: 'ethnic', strength: 0.95, alone: true, names: `race raza raca tribe caste` },
  {
    category: 'sexual',
    strength: 0.95,
    names: `orientation_sexuelle sexual_orientation vie_sexuelle sex_life sexuality sexualite sexuelle_orientierung sexualleben orientacion_sexual vida_sexual orientacao_sexual orientamento_sessuale vita_sessuale
    seksuele_geaardheid seksuele_orientatie seksuele_voorkeur orientacja_seksualna zycie_seksualne orientare_sexuala viata_sexuala lgbt lgbtq lgbtq_status transgender transgender_status`,
  },
  {
    category: 'criminal',
    strength: 0.95,
    names: `casier_judiciaire criminal_record criminal_conviction condamnation conviction_record antecedent_judiciaire background_check vorstrafe fuhrungszeugnis fuehrungszeugnis antecedente_penal criminal_check
    criminal_history conviction_date dbs_check police_record sentence_criminal straftat strafregister strafregisterauszug vorbestraft antecedente_policial antecedente_criminal certificado_penal 
    registo_criminal registro_criminal condenacao atestado_antecedentes casellario casellario_giudiziale carico_pendente precedente_penale strafblad veroordeling uittreksel_strafregister verklaring_omtrent_gedrag vog
    karalnosc niekaralnosc zaswiadczenie_niekaralnosci skazanie cazier cazier_judiciar condamnare condamnare_penala antecedente_penale`,
  },
  {
    category: 'criminal',
    strength: 0.95,
    alone: true,
    names: `casier infraction offence offense peine felony misdemeanor wyrok reato delito condena condanna`,
  },
  {
    category: 'hr.performance',
    strength: 0.95,
    names: `evaluation_annuelle performance_review performance_rating performance_score note_evaluation appreciation_annuelle entretien_annuel evaluation_salarie rating_manager appraisal entretien_professionnel
    leistungsbeurteilung mitarbeiterbeurteilung mitarbeitergesprach leistungsbewertung evaluacion_desempeno evaluacion_empleado avaliacao_desempenho valutazione_prestazione valutazione_dipendente beoordeling functioneringsgesprek beoordelingsgesprek
    ocena_pracownicza ocena_okresowa evaluare_performanta evaluare_angajat calibration_rating potential_rating talent_rating`,
  },
  {
    category: 'hr.discipline',
    strength: 0.95,
    names: `sanction_disciplinaire avertissement_disciplinaire mise_pied disciplinary disciplinary_action disciplinary_record faute_grave motif_licenciement warning_letter motif_rupture_disciplinaire
    abmahnung kundigungsgrund kuendigungsgrund disziplinarmassnahme sancion_disciplinaria amonestacion motivo_despido falta_grave sancao_disciplinar advertencia_disciplinar motivo_despedimento sanzione_disciplinare contestazione_disciplinare
    motivo_licenziamento disciplinaire_maatregel ontslagreden officiele_waarschuwing kara_porzadkowa przyczyna_zwolnienia_dyscyplinarnego sanctiune_disciplinara avertisment_disciplinar motiv_concediere termination_reason reason_termination dismissal_reason`,
  },
  {
    category: 'hr.discipline',
    strength: 0.95,
    alone: true,
    names: `sanction blame sancion sanzione nagana upomnienie`,
  },
]
