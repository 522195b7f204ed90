import type { KeyRow } from './row.ts'

/** Accounts, cards, income, pay; what opens an account; where somebody is. */
export const moneyRows: readonly KeyRow[] = [
  {
    category: 'fin.iban',
    strength: 0.97,
    names: `iban iban_number numero_iban code_iban compte_iban iban_salarie iban_code iban_nummer iban_nr numer_iban cod_iban codigo_iban codice_iban iban_account iban_cuenta cont_iban`,
  },
  {
    category: 'fin.account',
    strength: 0.95,
    names: `rib numero_compte num_compte account_number bank_account bank_account_number compte_bancaire no_compte kontonummer kontonr numero_cuenta numero_conta sort_code routing_number cle_rib code_guichet
    account_identification bankverbindung bankkonto bankkontonummer cuenta_bancaria cuenta_corriente numero_cuenta_bancaria ccc clabe cbu conta_bancaria conta_corrente nib numero_conta_bancaria
    conto_corrente numero_conto conto_bancario bankrekening bankrekeningnummer rekeningnummer rekening_nr numer_konta numer_rachunku nr_konta nr_rachunku rachunek_bankowy konto_bankowe cont_bancar numar_cont nr_cont
    account_no acct_number acct_no bank_acct routing_transit_number aba_number ifsc bban numero_compte_bancaire compte_courant`,
  },
  { category: 'fin.account', strength: 0.95, alone: true, names: `conto` },
  {
    category: 'fin.bic',
    strength: 0.95,
    names: `bic swift bic_swift swift_code bic_code code_bic code_swift swift_bic bicfi codigo_swift codice_swift kod_swift cod_swift bic_nummer`,
  },
  {
    category: 'fin.card',
    strength: 0.97,
    names: `card_number numero_carte num_carte credit_card credit_card_number carte_bancaire carte_bleue cb pan card_no cc_number kreditkarte kreditkartennummer kartennummer tarjeta numero_tarjeta tarjeta_credito
    numero_cartao cartao_credito carta_credito numero_carta creditcardnummer kaartnummer numer_karty nr_karty karta_kredytowa numar_card card_credit debit_card debit_card_number primary_account_number numero_carte_bancaire`,
  },
  {
    category: 'fin.cvv',
    strength: 0.97,
    names: `cvv cvc cvv2 cvc2 cryptogramme card_security_code security_code_card prufziffer_karte kartenprufnummer codigo_seguridad_tarjeta codigo_seguranca_cartao codice_sicurezza_carta kod_cvv cod_cvv card_cvc card_cvv csc_card`,
  },
  {
    category: 'fin.income',
    strength: 0.95,
    names: `income revenu revenu_annuel annual_income monthly_income revenu_mensuel revenu_fiscal revenu_fiscal_reference net_imposable net_fiscal brut_fiscal household_income quotient_familial taux_imposition
    prelevement_source einkommen jahreseinkommen haushaltseinkommen zu_versteuerndes_einkommen ingreso ingreso_anual ingreso_mensual renta rendimento rendimento_anual renda renda_mensal reddito reddito_annuo reddito_imponibile
    inkomen jaarinkomen belastbaar_inkomen dochod dochod_roczny przychod venit venit_anual venit_brut venit_net cumul_imposable pas_montant impot_source taux_pas montant_pas taxable_income taxable_pay gross_income net_income
    remuneration_nette_fiscale pension_amount montant_pension rente_betrag taux_prelevement_source`,
  },
  { category: 'fin.income', strength: 0.95, alone: true, names: `imposable` },
  {
    category: 'fin.credit',
    strength: 0.9,
    names: `credit_score score_credit credit_rating credit_limit plafond_credit loan_amount montant_pret credit_balance solde_compte account_balance saisie_salaire pension_alimentaire
    bonitat bonitaet schufa schufa_score kreditlimit kontostand limite_credito saldo_cuenta puntuacion_crediticia saldo_conta debito_cliente saldo_conto limiet_krediet kredietlimiet zadluzenie limit_kredytowy
    saldo_rachunku limita_credit sold_cont scor_credit fico fico_score wage_garnishment garnishment saisie_sur_salaire saisie_arret surendettement pfandung pfaendung embargo_salarial pignoramento loonbeslag poprire child_support_amount alimony unterhalt`,
  },
  {
    category: 'fin.credit',
    strength: 0.9,
    alone: true,
    names: `dette debt decouvert overdraft encours deuda divida schuld datorie schulden`,
  },
  {
    category: 'hr.salary',
    strength: 0.95,
    names: `salaire salary salaire_brut salaire_net salaire_base salaire_annuel salaire_mensuel gross_salary net_salary base_salary gross_pay net_pay pay_rate hourly_rate taux_horaire remuneration remuneration_brute
    prime remuneration_variable net_payer net_a_payer net_paye brut_mensuel brut_annuel net_mensuel prime_anciennete commission_salarie indemnite_salarie avance_salaire acompte_salaire compensation_amount
    gehalt bruttolohn nettolohn bruttogehalt nettogehalt grundgehalt jahresgehalt monatsgehalt stundenlohn auszahlungsbetrag steuerbrutto gesamtbrutto nettoverdienst sonderzahlung weihnachtsgeld urlaubsgeld
    salario salario_bruto salario_neto salario_base sueldo_bruto sueldo_neto liquido_percibir total_devengado paga_extra retribucion vencimento_base salario_liquido salario_bruto remuneracao remuneracao_base
    subsidio_alimentacao subsidio_ferias stipendio stipendio_lordo stipendio_netto retribuzione retribuzione_lorda netto_busta netto_pagare paga_base tredicesima
    brutoloon nettoloon brutosalaris nettosalaris uurloon maandsalaris jaarsalaris vakantiegeld wynagrodzenie wynagrodzenie_brutto wynagrodzenie_netto placa_zasadnicza pensja_brutto pensja_netto kwota_wyplaty
    salariu salariu_brut salariu_net salariu_baza rest_plata 
    net_social gross_wage annual_salary monthly_salary net_verse cumul_brut annual_base_pay base_pay take_home_pay net_a_payer_avant_impot montant_net_social montant_net_verse heure_supplementaire_montant severance indemnite_depart
    commission_amount stock_option overtime_pay annual_compensation total_compensation current_salary expected_salary salaire_souhaite gehaltsvorstellung`,
  },
  {
    category: 'hr.salary',
    strength: 0.95,
    alone: true,
    names: `net brut gross bonus wage lohn salaris pensja sueldo lordo ordenado vencimento`,
  },
  {
    category: 'auth.password',
    strength: 0.97,
    names: `password passwd pwd mot_passe mdp passphrase passwort kennwort contrasena clave_acceso senha palavra_passe parola_acces parola parola_chiave wachtwoord haslo hasla user_password password_hash pass_word encrypted_password hashed_password new_password old_password`,
  },
  {
    category: 'auth.pin',
    strength: 0.97,
    names: `pin pin_code code_pin code_confidentiel code_secret pincode codigo_pin codice_pin kod_pin cod_pin pin_nummer geheimzahl puk`,
  },
  {
    category: 'auth.secret',
    strength: 0.95,
    names: `secret api_key apikey access_token refresh_token auth_token token bearer_token jeton client_secret private_key secret_key cle_api cle_privee security_answer secret_question
    reponse_secrete question_secrete otp one_time_code session_token authorization x_api_key id_token totp webhook_secret signing_key encryption_key schlussel_privat sicherheitsfrage sicherheitsantwort
    pregunta_secreta respuesta_secreta pergunta_secreta resposta_secreta domanda_segreta risposta_segreta magic_link reset_token verification_code recovery_code backup_code csrf_token`,
  },
  {
    category: 'location.gps',
    strength: 0.95,
    names: `latitude longitude lat lng lon gps gps_coordinates coordonnees_gps geolocation geolocalisation coordinates latlng geo_point geo_lat geo_lng geo_lon latitud longitud latitudine longitudine breitengrad langengrad laengengrad
    szerokosc_geograficzna dlugosc_geograficzna breedtegraad lengtegraad coordonnee coordenada coordinata location_lat location_lng`,
  },
  {
    category: 'location.place',
    strength: 0.7,
    names: `lieu_residence place_residence pays_residence country_residence wohnsitz wohnsitzland pais_residencia lugar_residencia stato_residenza luogo_residenza woonland kraj_zamieszkania tara_resedinta
    state_residence residence_state address_state address_district address_county address_province`,
  },
  {
    category: 'location.place',
    strength: 0.7,
    alone: true,
    names: `lieu place location residence residencia`,
  },
]
