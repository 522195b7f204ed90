import type { KeyRow } from './row.ts'

/** HL7 FHIR R4/R5 elements, and HL7 v2 fields as the XML encoding writes them (`PID.5`, `XPN.1`). */
export const clinicalRows: readonly KeyRow[] = [
  {
    category: 'name',
    strength: 0.95,
    names: `name_family name_given name_text human_name_family human_name_given subject_display patient_display individual_display practitioner_display performer_display recorder_display asserter_display provider_display author_display
    requester_display beneficiary_display subscriber_display actor_display participant_display general_practitioner_display agent_display who_display name_suffix
    pid_5 pid_6 pid_9 nk1_2 nk1_30 gt1_3 gt1_4 gt1_42 in1_16 pv1_7 pv1_8 pv1_9 pv1_17 orc_12 obr_16 obx_16 mrg_7 acc_7 pd1_4 rol_4 xpn_1 xpn_2 xpn_3 fn_1 xcn_2 xcn_3 in2_9 in2_52 evn_5`,
  },
  {
    category: 'contact.phone',
    strength: 0.95,
    names: `telecom_value pid_13 pid_14 nk1_5 nk1_6 gt1_6 gt1_7 in1_7 xtn_1 xtn_12 in2_63 orc_14 orc_23`,
  },
  {
    category: 'contact.address',
    strength: 0.95,
    names: `address_text address_line pid_11 nk1_4 gt1_5 in1_19 xad_1 xad_2 sad_1 orc_24`,
  },
  { category: 'contact.city', strength: 0.9, names: `address_city xad_3` },
  { category: 'contact.postcode', strength: 0.95, names: `address_postal_code xad_5` },
  { category: 'birth.date', strength: 0.95, names: `pid_7 nk1_16 gt1_8 in1_18` },
  {
    category: 'birth.place',
    strength: 0.95,
    names: `pid_23 patient_birth_place birth_place_value_address value_address_city value_address_state value_address_country`,
  },
  { category: 'gender', strength: 0.95, names: `pid_8 nk1_15 gt1_9 in1_43` },
  {
    category: 'marital',
    strength: 0.95,
    names: `pid_16 nk1_14 gt1_30 marital_status_text marital_status_coding marital_status_coding_display marital_status_coding_code`,
  },
  { category: 'language', strength: 0.9, names: `pid_15 nk1_20 gt1_36 communication_language` },
  { category: 'nationality', strength: 0.95, names: `pid_26 pid_28 gt1_35 nk1_19` },
  {
    category: 'ethnic',
    strength: 0.95,
    names: `pid_10 pid_22 nk1_35 gt1_55 omb_category us_core_race us_core_ethnicity`,
  },
  { category: 'belief.religion', strength: 0.95, names: `pid_17 nk1_25 gt1_41 patient_religion` },
  {
    category: 'id.health',
    strength: 0.95,
    names: `identifier_value pid_2 pid_3 pid_4 pid_18 pid_20_health mrg_1 in1_36 in1_49 cx_1 gt1_2 pid_21 in2_6`,
  },
  { category: 'id.national', strength: 0.95, names: `pid_19 nk1_37 gt1_12 in2_2` },
  { category: 'id.driving', strength: 0.95, names: `pid_20 dln_1` },
  { category: 'id.employee', strength: 0.9, names: `gt1_19 in2_1` },
  {
    category: 'health',
    strength: 0.95,
    names: `dg1_3 dg1_4 al1_3 al1_5 obx_5 obx_3 pr1_3 pr1_4 rxe_2 rxa_5 rxo_1 iam_3 pid_24 pid_25 vaccine_code clinical_impression body_site finding_code procedure_code diagnosis_code condition_code diagnosis_codeable_concept medication_codeable_concept
    multiple_birth_boolean multiple_birth_integer icd10 icd_10 icd10_code cim10 code_cim cie10 icd_code snomed_code loinc_result abnormal_flag`,
  },
]
