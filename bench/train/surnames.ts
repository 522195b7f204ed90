/** Surnames of the nine languages' countries, our own from common knowledge: the lists of others hold only the most frequent. */
export const surnames: Readonly<Record<string, string>> = {
  de: `Abel Adler Ahrens Albers Albrecht Altmann Appel Arndt Arnold Bachmann Bader Bahr Barth Bartsch Bauer Baum Baumann Baumgartner Beck
    Becker Beckmann Behrens Benz Berger Bergmann Bernhardt Beyer Biermann Binder Bischoff Blum Bock Bode Böhm Böttcher Brandt Braun
    Breuer Brinkmann Bruns Buchholz Burger Burkhardt Busch Büttner Christ Conrad Dahl Diehl Dietrich Dietz Dittrich Döring Drescher
    Ebert Eckert Ehlers Eichhorn Engel Engelhardt Erdmann Ernst Esser Falk Fiedler Fink Fischer Fleischer Förster Franke Freitag
    Friedrich Fritsche Frank Fröhlich Fuchs Fuhrmann Funk Gabriel Gärtner Gebhardt Geiger Geisler Gerlach Geyer Giese Glaser Göbel Götz
    Graf Greiner Grimm Groß Großmann Günther Gutmann Haas Hagen Hahn Hammer Hanke Hansen Harms Hartmann Hartwig Haupt Hauser Heck
    Heidrich Hein Heine Heinemann Heinrich Heinze Heinz Heller Hellwig Henke Hennig Hensel Herbst Hermann Herrmann Herzog Heß Heuer Hildebrandt
    Hiller Hinz Hirsch Höfer Hoffmann Hofmann Hohmann Holz Hoppe Horn Huber Hübner Humboldt Jacobs Jäger Jahn Jakob Janßen Jansen
    Jensen Jost Jung Junker Kaiser Kaufmann Keil Keller Kern Kersten Kessler Kirchner Klaus Klein Kling Klose Knapp Knoll Koch
    Köhler Köhn König Köster Krämer Kraft Kramer Kraus Krause Krebs Kremer Kretschmer Kroll Krüger Kruse Kuhlmann Kühn Kunz Kurz
    Lang Lange Langer Lauer Lehmann Lemke Lenz Lindemann Linke Link Lohmann Lorenz Löffler Ludwig Lutz Maier Marquardt Martens Marx
    Mayer Meier Meißner Mertens Merz Metz Metzger Meyer Michel Mohr Moll Möller Moritz Moser Mücke Müller Münch Nagel Naumann Neubauer
    Neuhaus Neumann Nickel Niemann Nitsche Noack Nolte Nowak Oetker Opitz Ott Otto Pape Paul Peters Petersen Pfeiffer Pfeifer
    Philipp Pieper Pinkwart Pohl Popp Preuß Probst Raabe Rau Rauch Reich Reichert Reimann Reimer Reinhardt Reuter Richter Rieger
    Riedel Ritter Röder Rohde Römer Rose Rosenthal Roth Rothe Ruppert Rummenigge Sander Sauer Schade Schäfer Schäuble Scheer Schenk
    Scherer Schiller Schilling Schindler Schlüter Schmid Schmidt Schmitt Schmitz Schneider Scholz Schön Schramm Schreiber Schröder Schröter Schubert
    Schuster Schütte Schütz Schulte Schulz Schulze Schumacher Schumann Schwab Schwarz Seidel Seifert Seiler Siebert Siegel Simon
    Sommer Sonntag Springer Stark Steffen Stein Steinbach Steinbrück Steiner Steinmann Stephan Stoiber Stolz Strauß Struck Sturm
    Teichmann Thiel Thiele Thomas Trautmann Uhlig Ulbrich Ullrich Unger Urban Vetter Vogel Vogt Voigt Volk Vollmer Voss Wagner Wahl
    Walter Walther Weber Wegener Weidner Weigel Weimer Weis Weiß Wendt Wenzel Werner Westermann Wiese Wilhelm Wilke Will Wimmer
    Winkler Winter Wirth Witt Wittmann Wolf Wolff Wolter Wowereit Wulf Wunderlich Zander Zeller Ziegler Zimmer Zimmermann Zöllner`,
  fr: `Adam Allard André Arnaud Aubert Aubry Auger Bailly Barbier Baron Barre Barthélemy Baudry Bazin Benoît Bernard Berthelot Berthier
    Bertin Bertrand Besnard Besson Bigot Blanc Blanchard Blondel Bodin Boucher Bouchet Boulanger Bourdon Bourgeois Bouvet Bouvier
    Boyer Breton Briand Brun Brunel Brunet Camus Carlier Caron Carpentier Carré Chambon Charles Charpentier Charrier Chartier
    Chevalier Chevallier Clément Colas Colin Collet Collin Cordier Cousin Coulon Courtois Cuvelier Da Silva Daniel David Delage
    Delahaye Delannoy Delaunay Delmas Denis Deschamps Descamps Devaux Didier Dubois Duchemin Duclos Dufour Duhamel Dumas Dumont Dupont
    Dupuis Dupuy Durand Duval Étienne Evrard Fabre Faure Fernandez Ferrand Ferry Fleury Fontaine Forestier Fournier François
    Gaillard Garnier Gauthier Gautier Gay Georges Gérard Germain Gilbert Gillet Girard Giraud Gonzalez Grondin Gros Guérin Guichard
    Guillaume Guillet Guillon Guillot Guyot Hamel Hamon Hardy Hébert Henry Herve Hoarau Hubert Huet Humbert Imbert Jacob Jacquemin
    Jacques Jacquet Jean Joly Jourdan Julien Klein Labbé Lacroix Laine Lambert Langlois Laporte Launay Laurent Le Bihan Le Gall
    Le Goff Le Roux Lebon Leblanc Leclerc Leclercq Lecomte Ledoux Lefebvre Lefèvre Legendre Léger Legrand Legros Lejeune Lemaire
    Lemaître Lemoine Leroux Leroy Lesage Lévêque Loiseau Lopez Louis Lucas Maillard Maillot Mallet Marchal Marchand Maréchal Marie
    Marion Martel Martin Martinet Marty Masson Mathieu Maurice Menard Mercier Meunier Michaud Michel Millet Monnier Moreau Morel
    Morin Moulin Navarro Nicolas Noël Olivier Ollivier Paris Pascal Payet Pelletier Perez Perret Perrier Perrin Perrot Petit
    Philippe Picard Pichon Poirier Pons Poulain Prévost Raymond Rémy Renard Renaud Renault Rey Reynaud Richard Rivière Robert Robin
    Roche Rodriguez Roger Rolland Rousseau Roussel Roux Roy Royer Salmon Sanchez Schmitt Sauvage Simon Tanguy Tessier Texier Thibault
    Thomas Tournier Valentin Vallée Vasseur Verdier Vidal Vincent Voisin Weber`,
  en: `Abbott Acheson Adams Ainsworth Aldridge Allen Anderson Andrews Appleton Archer Armstrong Ashworth Atkins Atkinson Baker Baldwin
    Barclay Barker Barnes Barrett Bates Baxter Beaumont Beckett Bennett Benson Berry Bishop Blackburn Blake Booth Boyd Bradley
    Bradshaw Brady Brennan Briggs Brooks Browning Bryant Buckley Burgess Burke Burns Burton Butler Byrne Callahan Cameron Campbell
    Carlisle Carpenter Carr Carroll Carson Cartwright Chandler Chapman Clarke Clayton Coleman Collins Connolly Conway Cooper Crawford
    Cunningham Curtis Dalton Davenport Davidson Davies Dawson Dempsey Dickinson Dixon Donaldson Donnelly Dougherty Douglas Doyle Duffy
    Duncan Dunn Eastwood Edwards Elliott Ellis Farrell Faulkner Ferguson Fitzgerald Fitzpatrick Fleming Fletcher Flynn Forsyth Fowler
    Fraser Freeman Gallagher Gardner Garrett Gibbs Gibson Gilbert Gill Gordon Graham Greenwood Griffin Griffiths Hammond Hancock
    Hansen Harding Harper Harrison Hartley Harvey Hastings Hawkins Hayes Henderson Hewitt Higgins Hodgson Holland Holloway Holmes
    Hopkins Horton Houghton Howard Howell Hudson Hughes Hutchinson Ingram Jacobson Jarvis Jenkins Jennings Johnston Kavanagh Keane Kelley
    Kendall Kennedy Kerr Knowles Lambert Langley Lawrence Lawson Leach Leigh Lindsay Livingstone Lloyd Lowe Lynch MacDonald Mackenzie
    Maddox Malone Manning Marsden Marshall Mason Matthews Maxwell McAllister McCarthy McDonald McGrath McIntyre McKay McKenna McLean
    McMahon Mercer Middleton Mills Montgomery Moran Morley Morrison Morton Moss Mullen Murphy Murray Nash Newman Newton Nicholson Nolan
    Norris Norton O'Brien O'Connell O'Connor O'Donnell O'Neill O'Sullivan Osborne Owens Palmer Parkinson Parsons Patterson Payne Pearce
    Pearson Perkins Phelps Pickering Porter Powell Pratt Preston Pritchard Quinn Radcliffe Ramsey Randall Reeves Reid Reilly Reynolds
    Richardson Riley Robertson Rogers Rowe Russell Ryan Sanders Saunders Schofield Sharp Shaw Sheehan Shepherd Sheridan Simmons
    Simpson Sinclair Slater Spencer Stafford Stanton Stephens Stevenson Stewart Stokes Sullivan Sutherland Sutton Sweeney Tanner
    Thornton Thorpe Tucker Turnbull Turner Tyler Underwood Vaughan Wallace Walsh Walters Warren Watkins Watson Watts Webb Webster
    Wells Whitaker Whitehead Wilkins Wilkinson Willis Winters Woodward Wright Wyatt Yates`,
  nl: `Aalbers Achterberg Bakker Beekman Berendsen Bergsma Blok Boer Boersma Bogaard Bos Bosch Bosman Bouma Brouwer Bruin Buijs Claessens
    Coenen Cornelissen de Boer de Bruijn de Graaf de Groot de Haan de Jong de Koning de Lange de Leeuw de Ruiter de Vos de Vries de Wit
    Dekker Dijkstra Driessen Duijn Evers Gerritsen Hendriks Hermans Heijmans Hoekstra Hofman Hofstra Huisman Jacobs Jansen Janssen
    Janssens Joosten Kok Koster Kramer Kuijpers Kuiper Kuipers Lammers Maas Martens Meijer Mertens Mulder Mol Molenaar Nijland
    Nijhuis Peeters Peters Pietersen Poortvliet Post Postma Prins Schipper Schouten Schuurman Smeets Smit Smits Spijker Terpstra
    Timmermans Tuinstra van Beek van Dam van den Berg van den Bosch van den Broek van der Berg van der Heijden van der Linden van der Meer
    van der Veen van der Wal van Dijk van Doorn van Es van Leeuwen van Loon van Rijn van Vliet van Wijk Veenstra Verbeek Verhoeven
    Vermeer Vermeulen Verstraete Visser Vink Vos Wagenaar Westra Wiersma Wijnands Willems Willemsen Wouters Zijlstra Zwart
    Claes Goossens Lambrecht Maes Michiels Pauwels Peeters Segers Thijs Van Damme Vandenberghe Vandamme Verhaeghe Wauters`,
  it: `Agostini Amato Angelini Antonelli Baldi Barbieri Barone Basile Battaglia Bellini Benedetti Bernardi Berti Bianco Bruno Caputo
    Carbone Caruso Castelli Cattaneo Cocco Colombo Conte Conti Coppola Costa Costantini D'Amico D'Angelo D'Agostino De Angelis De Luca
    De Rosa De Santis Di Stefano Donati Esposito Fabbri Farina Fava Ferrara Ferrari Ferraro Ferretti Ferri Fiore Fontana Franco Fusco
    Galli Gallo Garofalo Gatti Gentile Giordano Giuliani Grassi Grasso Greco Guerra Guidi Lombardi Lombardo Longo Mancini Marchetti
    Mariani Marini Marino Marra Martinelli Martini Mazza Mele Messina Milani Monti Montanari Morelli Moretti Moro Negri Neri Olivieri
    Orlando Pace Pagano Palmieri Palumbo Parisi Pellegrini Pellegrino Piras Poli Prodi Ricci Rinaldi Riva Rizzi Rizzo Romano Rossetti
    Rossi Ruggiero Russo Sala Salvini Sanna Santoro Sartori Serra Silvestri Sorrentino Tedesco Testa Valentini Villa Vitale Vitali Zanetti
    Berlusconi Bersani Brambilla Draghi Grillo Meloni Renzi Zingaretti`,
  es: `Aguilar Aguirre Alonso Álvarez Arias Arroyo Blanco Blázquez Bravo Caballero Cabrera Calvo Campos Cano Carmona Carrasco Castillo
    Castro Cortés Crespo Delgado Díaz Díez Domínguez Durán Esteban Fernández Ferrer Flores Fuentes Gallardo Gallego García Garrido
    Gil Giménez Gómez González Guerrero Gutiérrez Hernández Herrera Herrero Hidalgo Ibáñez Iglesias Izquierdo Jiménez León López
    Lorenzo Lozano Marín Márquez Martín Martínez Medina Méndez Molina Montero Montes Mora Morales Moreno Muñoz Navarro Nieto Núñez
    Ortega Ortiz Parra Pascual Pastor Peña Pérez Prieto Ramírez Ramos Redondo Reyes Rodríguez Rojas Román Romero Rubio Ruiz Sáez
    Sanz Santana Santiago Santos Sanz Serrano Soler Soto Suárez Torres Vargas Vázquez Vega Velasco Vicente Vidal Vila Zapatero
    Zubizarreta Arrizabalaga Echeverría Etxeberria Goikoetxea Iturbe Larrañaga Puigdemont Pujol Casado Feijóo`,
  pt: `Abreu Almeida Alves Amaral Amorim Andrade Antunes Araújo Azevedo Barbosa Barros Batista Borges Brito Cabral Calado Cardoso
    Carneiro Carvalho Castro Coelho Correia Costa Cruz Cunha Dias Domingues Duarte Esteves Faria Fernandes Ferreira Figueiredo Fonseca
    Freitas Garcia Gaspar Gomes Gonçalves Guerreiro Guimarães Henriques Jesus Leal Leite Lima Lopes Loureiro Lourenço Macedo
    Machado Magalhães Maia Marques Martins Matias Matos Melo Mendes Mendonça Miranda Monteiro Morais Moreira Mota Moura Nascimento Neto
    Neves Nogueira Nunes Oliveira Pacheco Paiva Pereira Pimentel Pinheiro Pinho Pinto Pires Ramos Rego Reis Ribeiro Rocha
    Rodrigues Sá Salazar Sampaio Santana Santos Sarney Serra Silva Silveira Simões Soares Sousa Tavares Teixeira Teles Torres Valente Vaz
    Viana Vicente Vieira Xavier Cravinho Guterres Cavaco Soares Quércia Maluf Suplicy Bolsonaro Lula`,
  pl: `Adamczyk Adamski Andrzejewski Baran Baranowski Bąk Bielecki Błaszczyk Borkowski Brzeziński Chmielewski Cieślak Czarnecki Czerwiński
    Dąbrowski Domański Duda Dudek Gajewski Głowacki Górecki Górski Grabowski Jabłoński Jakubowski Janik Jankowski Jasiński Jaworski
    Kaczmarek Kaczyński Kalinowski Kamiński Karpiński Kasprzak Kaźmierczak Kołodziej Konieczny Kowalczyk Kowalewski Kowalski Kozłowski
    Kozak Krajewski Krawczyk Król Krupa Kubiak Kucharski Kurek Kwiatkowski Laskowski Leszczyński Lewandowski Lis Maciejewski
    Majewski Makowski Malinowski Marciniak Markowski Mazur Mazurek Michalak Michalski Mikołajczyk Mróz Musiał Nowacki Nowak Nowakowski
    Nowicki Olszewski Orłowski Ostrowski Pawlak Pawłowski Pietrzak Piątek Piotrowski Przybylski Rogowski Rutkowski Sadowski Sawicki
    Sikora Sikorski Sobczak Sokołowski Stachowiak Stankiewicz Stępień Szczepański Szewczyk Szulc Szymański Szymczak Tomaszewski Tusk
    Urbański Walczak Wasilewski Wieczorek Wilk Wiśniewski Witkowski Włodarczyk Wojciechowski Wojnowski Woźniak Wójcik Wróbel
    Wróblewski Wysocki Zając Zakrzewski Zalewski Zawadzki Zieliński Ziółkowski Żak Żuk Żurawski`,
  ro: `Albu Andrei Anghel Apostol Avram Badea Balan Barbu Bălan Bucur Bujor Călin Chiriac Ciobanu Coman Constantin Constantinescu
    Cojocaru Cristea Croitoru Diaconu Dima Dinu Dobre Dragomir Drăgan Dumitrescu Dumitru Enache Ene Florea Georgescu Gheorghe Gheorghiu
    Grigore Grigorescu Iancu Iliescu Ion Ionescu Ioniță Iordache Lazăr Lungu Lupu Manea Manole Marin Marinescu Matei Mihai Mihalache
    Mihăilescu Mitrea Mocanu Moldovan Moldoveanu Munteanu Mureșan Neagu Nedelcu Nistor Nițu Oancea Olaru Olteanu Oprea Pană Pascu Petcu
    Petre Petrescu Popa Popescu Preda Radu Roman Rotaru Rusu Sandu Savu Sava Stan Stanciu Stănescu Ștefan Stoica Stroe Șerban Tănase
    Toma Tudor Tudose Țurcanu Ungureanu Ursu Văduva Vasile Vasilescu Vlad Voicu Zamfir`,
}
