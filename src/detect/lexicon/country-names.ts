/** Countries as they end an address, in English and in the nine languages where that differs. Pattern source, no case. */
export const countryNames =
  `Afghanistan|Albania|Algeria|Algérie|Algerien|Argelia|Argentina|Argentine|Australia|Australie|Austria|Autriche|Österreich|Belarus|Belgium|
  Belgique|België|Belgien|Bélgica|Belgio|Bolivia|Bosnia and Herzegovina|Brazil|Brasil|Brésil|Brasilien|Bulgaria|Bulgarie|Cambodia|Cameroon|Cameroun|Canada|Chile|China|Chine|Colombia|
  Costa Rica|Croatia|Croatie|Cuba|Cyprus|Chypre|Czech Republic|Czechia|Denmark|Danemark|Dänemark|Dominican Republic|Ecuador|Egypt|Égypte|Estonia|Ethiopia|Finland|Finlande|Finnland|
  France|Frankreich|Francia|França|Frankrijk|Francja|Franța|Georgia|Germany|Allemagne|Deutschland|Alemania|Germania|Alemanha|Duitsland|Niemcy|Ghana|Greece|Grèce|Greenland|Guatemala|
  Hong Kong|Hungary|Hongrie|Ungarn|Iceland|Islande|India|Inde|Indien|Indonesia|Iran|Iraq|Ireland|Irlande|Irland|Israel|Italy|Italie|Italien|Italia|Itália|Włochy|Ivory Coast|Côte d'Ivoire|Japan|
  Japon|Jordan|Kenya|Kuwait|Latvia|Lebanon|Liban|Lithuania|Luxembourg|Luxemburg|Madagascar|Malaysia|Malta|Mauritius|Maurice|Mexico|México|Mexique|Moldova|Monaco|Montenegro|Morocco|
  Maroc|Marokko|Marruecos|Marrocos|Mozambique|Netherlands|The Netherlands|Kingdom of the Netherlands|Pays-Bas|Nederland|Niederlande|Países Bajos|Países Baixos|Paesi Bassi|Holandia|New Zealand|Nigeria|Norway|Norvège|Norwegen|
  Pakistan|Panama|Paraguay|Peru|Perú|Philippines|Poland|Pologne|Polen|Polonia|Polónia|Polska|Portugal|Portogallo|Puerto Rico|Qatar|Romania|Roumanie|Rumänien|Rumania|România|Russia|Russie|
  Saudi Arabia|Senegal|Sénégal|Serbia|Singapore|Slovakia|Slovenia|South Africa|South Korea|Spain|Espagne|España|Spanien|Spagna|Espanha|Spanje|Hiszpania|Sri Lanka|Sweden|Suède|Schweden|
  Switzerland|Suisse|Schweiz|Svizzera|Suiza|Suíça|Zwitserland|Szwajcaria|Taiwan|Tanzania|Thailand|Tunisia|Tunisie|Tunesien|Türkiye|Turkey|Turquie|Türkei|Uganda|Ukraine|United Arab Emirates|United Kingdom|
  Royaume-Uni|Reino Unido|Regno Unito|Großbritannien|Verenigd Koninkrijk|Wielka Brytania|Marea Britanie|England|Scotland|Wales|Northern Ireland|United States of America|United States|
  États-Unis|Estados Unidos|Stati Uniti|Vereinigte Staaten|Verenigde Staten|USA|UK|Uruguay|Venezuela|Vietnam|Zimbabwe|Angola|Armenia|Arménie|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belize|Benin|Bénin|Bhutan|Botswana|Brunei|Burkina Faso|Burundi|Cape Verde|Cabo Verde|
  Central African Republic|Chad|Tchad|Comoros|Comores|Congo|Democratic Republic of the Congo|Djibouti|Dominica|El Salvador|Equatorial Guinea|Eritrea|Eswatini|Swaziland|Fiji|Gabon|Gambia|Grenada|Guinea|Guinée|Guyana|Haiti|Haïti|
  Honduras|Jamaica|Kazakhstan|Kosovo|Kyrgyzstan|Laos|Lesotho|Liberia|Libya|Libye|Liechtenstein|Malawi|Maldives|Mali|Mauritania|Mauritanie|Mongolia|Myanmar|Namibia|Nepal|Nicaragua|Niger|North Macedonia|Macedonia|Oman|
  Palestine|Papua New Guinea|Rwanda|Samoa|San Marino|Seychelles|Sierra Leone|Somalia|South Sudan|Sudan|Suriname|Syria|Syrie|Tajikistan|Togo|Tonga|Trinidad and Tobago|Turkmenistan|Tuvalu|Uzbekistan|Vanuatu|Vatican|Yemen|Zambia`.replace(
    /\s*\n\s*/g,
    '',
  )
