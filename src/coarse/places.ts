/**
 * Towns whose country and region (ISO 3166-2) are known, so that a city can be generalised; every other one is
 * removed. Written by hand from general knowledge: the large towns of the EEA and of the countries that firms
 * here outsource to. A name that stands for towns of two countries is left out.
 */
const lines = `
FR-ARA Lyon|Grenoble|Saint-Étienne|Villeurbanne|Clermont-Ferrand|Annecy|Valence|Chambéry|Roanne|Vénissieux|Bourg-en-Bresse|Vichy|Montluçon|Le Puy-en-Velay|Aurillac|Bron|Caluire-et-Cuire|Vaulx-en-Velin|Saint-Priest|Oullins|Échirolles
FR-BFC Dijon|Besançon|Belfort|Chalon-sur-Saône|Nevers|Auxerre|Mâcon|Montbéliard|Dole|Vesoul|Lons-le-Saunier
FR-BRE Rennes|Brest|Quimper|Lorient|Vannes|Saint-Malo|Saint-Brieuc|Lannion|Fougères|Concarneau
FR-CVL Tours|Orléans|Bourges|Blois|Châteauroux|Chartres|Joué-lès-Tours|Dreux|Vierzon
FR-20R Ajaccio|Bastia|Porto-Vecchio|Corte
FR-GES Strasbourg|Reims|Metz|Nancy|Mulhouse|Colmar|Troyes|Charleville-Mézières|Châlons-en-Champagne|Thionville|Épinal|Haguenau|Saint-Dizier
FR-HDF Lille|Amiens|Roubaix|Tourcoing|Dunkerque|Villeneuve-d'Ascq|Calais|Saint-Quentin|Beauvais|Arras|Douai|Valenciennes|Boulogne-sur-Mer|Lens|Liévin|Compiègne|Maubeuge|Cambrai|Béthune|Laon|Soissons
FR-IDF Paris|Boulogne-Billancourt|Saint-Denis|Argenteuil|Montreuil|Nanterre|Vitry-sur-Seine|Créteil|Asnières-sur-Seine|Versailles|Colombes|Aubervilliers|Aulnay-sous-Bois|Rueil-Malmaison|Champigny-sur-Marne|Saint-Maur-des-Fossés|Drancy|Issy-les-Moulineaux|Noisy-le-Grand|Levallois-Perret|Neuilly-sur-Seine|Antony|Cergy|Clichy|Ivry-sur-Seine|Évry|Évry-Courcouronnes|Meaux|Melun|Pontoise|Puteaux|Courbevoie|Sarcelles|Bobigny|Pantin|Massy|Chelles|Villejuif|Poissy|Corbeil-Essonnes|Saint-Germain-en-Laye|Fontainebleau|Vincennes
FR-NOR Le Havre|Rouen|Caen|Cherbourg|Cherbourg-en-Cotentin|Évreux|Dieppe|Alençon|Lisieux|Saint-Lô|Sotteville-lès-Rouen
FR-NAQ Bordeaux|Limoges|Poitiers|Pau|La Rochelle|Mérignac|Pessac|Bayonne|Biarritz|Angoulême|Niort|Agen|Périgueux|Brive-la-Gaillarde|Mont-de-Marsan|Talence|Arcachon|Dax|Châtellerault|Rochefort
FR-OCC Toulouse|Montpellier|Nîmes|Perpignan|Béziers|Montauban|Narbonne|Albi|Carcassonne|Sète|Tarbes|Castres|Colomiers|Alès|Rodez|Auch|Cahors|Foix|Mende|Millau|Lourdes
FR-PDL Nantes|Angers|Le Mans|Saint-Nazaire|Cholet|La Roche-sur-Yon|Laval|Saint-Herblain|Rezé|Saumur|Les Sables-d'Olonne
FR-PAC Marseille|Nice|Toulon|Aix-en-Provence|Avignon|Antibes|Cannes|La Seyne-sur-Mer|Hyères|Arles|Fréjus|Grasse|Martigues|Aubagne|Salon-de-Provence|Istres|Gap|Menton|Draguignan|Cagnes-sur-Mer|Digne-les-Bains
FR-971 Pointe-à-Pitre|Basse-Terre|Les Abymes
FR-972 Fort-de-France|Le Lamentin
FR-973 Cayenne|Kourou|Saint-Laurent-du-Maroni
FR-974 Saint-Denis de La Réunion|Saint-Paul de La Réunion|Le Tampon
FR-976 Mamoudzou
BE-BRU Bruxelles|Brussel|Brussels|Ixelles|Schaerbeek|Anderlecht|Uccle|Etterbeek|Molenbeek-Saint-Jean
BE-VLG Antwerpen|Anvers|Antwerp|Gent|Gand|Ghent|Brugge|Bruges|Leuven|Louvain|Mechelen|Malines|Aalst|Kortrijk|Courtrai|Hasselt|Oostende|Ostende|Genk|Roeselare
BE-WAL Liège|Luik|Charleroi|Namur|Namen|Mons|Bergen (BE)|Tournai|La Louvière|Verviers|Seraing|Mouscron|Arlon|Wavre|Louvain-la-Neuve|Ottignies-Louvain-la-Neuve
LU-LU Luxembourg|Luxemburg|Esch-sur-Alzette|Differdange|Dudelange
NL-NH Amsterdam|Haarlem|Alkmaar|Hilversum|Zaandam
NL-ZH Rotterdam|Den Haag|La Haye|The Hague|Leiden|Delft|Dordrecht|Zoetermeer
NL-UT Utrecht|Amersfoort
NL-NB Eindhoven|Tilburg|Breda|'s-Hertogenbosch|Den Bosch
NL-GE Nijmegen|Arnhem|Apeldoorn
NL-GR Groningen
NL-LI Maastricht|Venlo|Heerlen
NL-OV Enschede|Zwolle|Deventer
DE-BE Berlin
DE-HH Hamburg|Hambourg
DE-BY München|Munich|Nürnberg|Nuremberg|Augsburg|Regensburg|Würzburg|Ingolstadt|Erlangen
DE-NW Köln|Cologne|Düsseldorf|Dortmund|Essen|Duisburg|Bochum|Wuppertal|Bielefeld|Bonn|Münster|Aachen|Aix-la-Chapelle|Mönchengladbach|Gelsenkirchen|Krefeld
DE-HE Frankfurt am Main|Francfort|Wiesbaden|Kassel|Darmstadt|Offenbach am Main
DE-BW Stuttgart|Mannheim|Karlsruhe|Freiburg im Breisgau|Heidelberg|Heilbronn|Ulm|Pforzheim
DE-SN Leipzig|Dresden|Dresde|Chemnitz|Zwickau
DE-NI Hannover|Hanovre|Braunschweig|Oldenburg|Osnabrück|Wolfsburg|Göttingen
DE-HB Bremen|Brême|Bremerhaven
DE-RP Mainz|Mayence|Koblenz|Coblence|Trier|Trèves|Ludwigshafen am Rhein
DE-SL Saarbrücken|Sarrebruck
DE-SH Kiel|Lübeck|Flensburg
DE-MV Rostock|Schwerin
DE-TH Erfurt|Jena|Weimar
DE-ST Magdeburg|Halle (Saale)
DE-BB Potsdam|Cottbus
AT-9 Wien|Vienne (AT)|Vienna
AT-6 Graz
AT-4 Linz
AT-5 Salzburg|Salzbourg
AT-7 Innsbruck
AT-2 Klagenfurt|Villach
IE-L Dublin|Drogheda|Dundalk|Swords
IE-M Cork|Limerick|Waterford
IE-C Galway
ES-MD Madrid|Móstoles|Alcalá de Henares|Fuenlabrada|Leganés|Getafe|Alcorcón
ES-CT Barcelona|Barcelone|L'Hospitalet de Llobregat|Badalona|Terrassa|Sabadell|Tarragona|Lleida|Girona|Mataró|Reus
ES-VC Valencia (ES)|Alicante|Elche|Castellón de la Plana|Torrevieja
ES-AN Sevilla|Séville|Seville|Málaga|Malaga|Córdoba (ES)|Granada (ES)|Jerez de la Frontera|Almería|Huelva|Cádiz|Jaén|Marbella
ES-AR Zaragoza|Saragosse|Huesca|Teruel
ES-PV Bilbao|Vitoria-Gasteiz|San Sebastián|Donostia|Barakaldo
ES-GA Vigo|A Coruña|La Coruña|Santiago de Compostela|Ourense|Lugo (ES)|Pontevedra
ES-AS Gijón|Oviedo
ES-CL Valladolid|Burgos|Salamanca|León (ES)|Palencia|Zamora (ES)|Segovia|Ávila
ES-MC Murcia|Cartagena (ES)|Lorca
ES-IB Palma de Mallorca|Ibiza
ES-CN Las Palmas de Gran Canaria|Santa Cruz de Tenerife
ES-NC Pamplona|Iruña
ES-CB Santander
ES-RI Logroño
ES-EX Badajoz|Cáceres
ES-CM Albacete|Ciudad Real|Guadalajara (ES)
PT-11 Lisboa|Lisbonne|Lisbon|Amadora|Sintra|Cascais|Loures|Oeiras|Odivelas
PT-13 Porto|Vila Nova de Gaia|Matosinhos|Gondomar|Maia
PT-03 Braga|Guimarães|Barcelos
PT-06 Coimbra|Figueira da Foz
PT-15 Setúbal|Almada|Barreiro|Seixal
PT-01 Aveiro
PT-08 Faro|Portimão|Albufeira
PT-10 Leiria
PT-18 Viseu
PT-07 Évora
PT-16 Viana do Castelo
PT-05 Castelo Branco
PT-17 Vila Real
PT-04 Bragança
PT-30 Funchal
PT-20 Ponta Delgada
IT-62 Roma|Rome (IT)|Latina
IT-25 Milano|Milan|Brescia|Monza|Bergamo|Como|Varese|Pavia|Cremona
IT-72 Napoli|Naples (IT)|Salerno|Caserta
IT-21 Torino|Turin|Novara|Alessandria (IT)|Asti
IT-82 Palermo|Palerme|Catania|Catane|Messina|Siracusa
IT-42 Genova|Gênes|Genoa|La Spezia
IT-45 Bologna|Bologne|Modena|Parma|Reggio Emilia|Ravenna|Rimini|Ferrara
IT-52 Firenze|Florence (IT)|Prato|Livorno|Pisa|Siena
IT-75 Bari|Taranto|Foggia|Lecce
IT-34 Venezia|Venise|Verona|Vérone|Padova|Padoue|Vicenza|Treviso
IT-36 Trieste|Udine
IT-32 Trento|Bolzano
IT-55 Perugia|Terni
IT-57 Ancona|Pesaro
IT-88 Cagliari|Sassari
IT-65 Pescara|L'Aquila
IT-78 Reggio Calabria|Cosenza|Catanzaro
PL-14 Warszawa|Varsovie|Warsaw|Radom|Płock
PL-12 Kraków|Cracovie|Krakow|Tarnów
PL-10 Łódź|Lodz
PL-02 Wrocław|Wroclaw|Legnica
PL-30 Poznań|Poznan|Kalisz
PL-22 Gdańsk|Gdansk|Gdynia|Sopot
PL-32 Szczecin|Koszalin
PL-04 Bydgoszcz|Toruń
PL-06 Lublin
PL-24 Katowice|Częstochowa|Gliwice|Sosnowiec|Bielsko-Biała
PL-20 Białystok
PL-18 Rzeszów
PL-26 Kielce
PL-28 Olsztyn
PL-16 Opole
RO-B București|Bucarest|Bucuresti|Bucharest
RO-CJ Cluj-Napoca|Cluj
RO-TM Timișoara|Timisoara
RO-IS Iași|Iasi
RO-CT Constanța|Constanta
RO-BV Brașov|Brasov
RO-DJ Craiova
RO-GL Galați
RO-PH Ploiești|Ploiesti
RO-BH Oradea
RO-SB Sibiu
BG-22 Sofia|Sofija
BG-16 Plovdiv
BG-03 Varna
CZ-10 Praha|Prague|Prag
CZ-64 Brno
CZ-80 Ostrava
CZ-32 Plzeň
SK-BL Bratislava
SK-KI Košice
HU-BU Budapest
HU-HB Debrecen
SI-061 Ljubljana
SI-070 Maribor
HR-21 Zagreb
HR-17 Split
GR-I Athína|Athènes|Athens|Athen|Piraeus|Le Pirée
GR-B Thessaloniki|Thessalonique
CY-01 Nicosia|Nicosie
CY-02 Limassol
MT-60 Valletta|La Valette
DK-84 København|Copenhague|Copenhagen
DK-82 Aarhus
DK-83 Odense
SE-AB Stockholm
SE-O Göteborg|Göteborg|Gothenburg
SE-M Malmö
SE-C Uppsala
FI-18 Helsinki|Helsingfors|Espoo|Vantaa
FI-11 Tampere
FI-19 Turku
NO-03 Oslo
NO-46 Bergen (NO)|Stavanger (NO)
NO-50 Trondheim
IS-1 Reykjavík|Reykjavik
EE-37 Tallinn
EE-79 Tartu
LV-RIX Riga
LT-VL Vilnius
LT-KU Kaunas
CH-GE Genève|Geneva|Genf
CH-ZH Zürich|Zurich|Winterthur
CH-VD Lausanne|Montreux|Yverdon-les-Bains|Nyon
CH-BE Bern|Berne|Biel/Bienne
CH-BS Basel|Bâle
CH-FR Fribourg
CH-NE Neuchâtel|La Chaux-de-Fonds
CH-VS Sion
CH-TI Lugano
CH-LU Luzern|Lucerne
CH-SG St. Gallen|Saint-Gall
MC-MC Monaco|Monte-Carlo
GB-ENG London|Londres|Birmingham (GB)|Manchester (GB)|Liverpool|Leeds|Sheffield|Bristol|Newcastle upon Tyne|Nottingham|Southampton
GB-SCT Edinburgh|Édimbourg|Glasgow|Aberdeen
GB-WLS Cardiff|Swansea
GB-NIR Belfast
MA-06 Casablanca|Mohammédia|Settat|El Jadida
MA-04 Rabat|Salé|Kénitra|Témara
MA-03 Fès|Meknès|Taza
MA-07 Marrakech|Marrakesh|Safi
MA-01 Tanger|Tangier|Tétouan|Al Hoceïma|Larache
MA-09 Agadir|Taroudant
MA-02 Oujda|Nador|Berkane
MA-05 Béni Mellal|Khouribga
MG-T Antananarivo|Tananarive|Antsirabe
MG-A Toamasina|Tamatave
MG-M Mahajanga|Majunga
MG-F Fianarantsoa
MG-D Antsiranana|Diego-Suarez
MG-U Toliara|Tuléar
TN-11 Tunis|La Marsa (TN)|Carthage
TN-61 Sfax
TN-51 Sousse
TN-23 Bizerte
DZ-16 Alger|Algiers|Bab El Oued
DZ-31 Oran
DZ-25 Constantine
DZ-23 Annaba
DZ-06 Béjaïa
DZ-15 Tizi Ouzou
DZ-19 Sétif
DZ-13 Tlemcen
DZ-09 Blida
SN-DK Dakar|Rufisque|Pikine|Guédiawaye
SN-TH Thiès
SN-SL Saint-Louis du Sénégal
CI-AB Abidjan
CI-YM Yamoussoukro
CM-LT Douala
CM-CE Yaoundé
CD-KN Kinshasa
CG-BZV Brazzaville
GA-1 Libreville
ML-BKO Bamako
BF-03 Ouagadougou
BJ-LI Cotonou
TG-M Lomé
GN-C Conakry
NE-8 Niamey
MU-PL Port Louis|Port-Louis
LB-BA Beyrouth|Beirut
TR-34 Istanbul
TR-06 Ankara
TR-35 Izmir
EG-C Le Caire|Cairo
IN-MH Mumbai|Bombay|Pune
IN-DL New Delhi|Delhi
IN-KA Bengaluru|Bangalore
IN-TN Chennai|Madras
IN-WB Kolkata|Calcutta
PH-00 Manila|Manille|Quezon City|Makati
US-NY New York
UA-30 Kyiv|Kiev
RS-00 Beograd|Belgrade
AL-11 Tirana
MD-CU Chișinău
`

const foldPlace = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('ł', 'l')
    .replace(/\bste?\b\.?/g, (found) => (found.startsWith('ste') ? 'sainte' : 'saint'))
    .replace(/\bcedex\b.*$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const regions = new Map<string, string>()
for (const line of lines.trim().split('\n')) {
  const at = line.indexOf(' ')
  for (const town of line.slice(at + 1).split('|')) regions.set(foldPlace(town), line.slice(0, at))
}

const longest = 60

/** ISO 3166-2 region of a town (`FR-ARA`), or undefined. `69003 LYON Cedex 03`, `Lyon (69)` and `Paris 11e` are found. */
export const regionOf = (text: string): string | undefined => {
  if (text.length > longest) return undefined
  const folded = foldPlace(text)
  return (
    regions.get(folded) ??
    regions.get(
      folded.replace(/^\d{4,5} /, '').replace(/ (\d{1,5}|2[ab])( ?(e|er|eme|nd|de))?( arrondissement)?$/, ''),
    ) ??
    regions.get(folded.replace(/ (france|belgique|maroc|portugal|madagascar|espagne|italie|allemagne)$/, ''))
  )
}

/** ISO 3166-1 country of a town, or undefined. */
export const countryOf = (text: string): string | undefined => regionOf(text)?.slice(0, 2)
