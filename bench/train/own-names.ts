import { knownSurnames } from './known-surnames.ts'
import { olderGivenNames } from './older-given-names.ts'
import type { Origin } from './origin.ts'
import { rarerSurnames } from './rarer-surnames.ts'
import { surnames as common } from './surnames.ts'

/** Names of origins that the lists of others hardly know, and short forms; our own, from common knowledge. */
const written: Readonly<Record<string, readonly [given: string, surnames: string]>> = {
  'x-maghreb': [
    `Abdelkader Abdellah Abderrahmane Amina Anouar Aïcha Badr Bilal Brahim Chaïma Driss Fatiha Fatima-Zohra Hajar Hamid Hamza
    Hanane Hassna Hicham Ikram Imane Ismaïl Jamila Kenza Khadija Lahcen Lamia Latifa Loubna Malika Mehdi Meryem Mohamed-Amine
    Mounir Mustapha Nabil Naïma Najat Nawal Nora Noureddine Omar Oussama Rachid Rachida Redouane Saïd Salah Samira Sihem
    Soufiane Soumaya Taoufik Walid Wafa Yassine Youssef Zakaria Zineb Zohra Farouk Houria Lotfi Moncef Nizar Rim Slim Tarek`,
    `Abdelmoumen|Aït Ali|Aït Ouarab|Amrani|Belhadj|Belkacem|Benabdallah|Benali|Benchekroun|Benhaddou|Benjelloun|Bennani|Bensaïd|
    Berrada|Bouazza|Bouchareb|Boudiaf|Boukhari|Bouzid|Chaouch|Cherif|Cherkaoui|Daoudi|Djebbar|El Alaoui|El Amrani|El Fassi|
    El Idrissi|El Khattabi|El Mansouri|Ferhat|Ghannouchi|Guerroudj|Haddad|Hadj Ali|Hajji|Hamdi|Jaziri|Kaci|Khelifi|Lahlou|
    Laroussi|Mansouri|Mebarki|Mekki|Meziane|Naciri|Ouahabi|Oulhaj|Ould Ahmed|Rahmani|Saïdi|Slimani|Tazi|Tlili|Trabelsi|
    Yacoubi|Zemmouri|Zerhouni|Ziani|Zouari|Bouazizi|Jendoubi|Mejri|Hammami|Chebbi`,
  ],
  'x-malagasy': [
    `Andry Aina Fanja Faniry Fara Fetra Haingo Hanitra Hasina Haja Herizo Hery Hoby Lalaina Lalao Lanto Mamy Mialy Miora Mirana
    Naina Nantenaina Narindra Nirina Nomena Onja Patrick Rado Rija Rivo Rova Sahondra Saholy Solofo Soa Tahina Tahiry Tiana
    Tojo Toky Tsiky Tsilavo Vola Volatiana Voahangy Zo`,
    `Andriamahefa|Andriamanana|Andriamihaja|Andrianaivo|Andrianarisoa|Andrianasolo|Andriantsitohaina|Rabarison|Rabe|Rabemananjara|
    Rabesandratana|Rafanomezana|Raharinirina|Raharison|Rajaonarison|Rajaonarivelo|Rajoelina|Rakotoarisoa|Rakotobe|
    Rakotomalala|Rakotomanana|Rakotondrabe|Rakotondramanana|Rakotonirina|Rakotovao|Ramanantsoa|Ramaroson|Randria|
    Randriamampionona|Randrianarivo|Randrianasolo|Rasoanaivo|Rasolofo|Rasolofonirina|Ratsimbazafy|Ratsiraka|Ravalomanana|
    Ravelojaona|Razafindrakoto|Razafimahatratra|Razanamasy|Rasoarimalala`,
  ],
  'x-west-africa': [
    `Abdoulaye Adama Adjoua Affoué Ahmadou Aïssatou Akissi Alassane Alioune Aminata Amadou Assane Awa Aya Babacar Binta Boubacar
    Cheikh Coumba Dieynaba Djibril Fatou Fatoumata Ibrahima Idrissa Issa Kadiatou Koffi Kouadio Kouamé Konan Kwame Kwabena
    Lamine Maïmouna Mamadou Mariam Mariama Moussa N'Guessan Ndeye Ngozi Oumar Oumou Ousmane Penda Ramatoulaye Salimata Sékou
    Seydou Sokhna Souleymane Tidiane Yaya Yao Chinedu Chioma Emeka Ifeoma Ikenna Kelechi Nneka Obinna Olumide Oluwaseun Temitope
    Tunde Uchenna Yetunde Kossi Afi Akouvi Komlan Mawuli Ama Esi Yaw Kofi`,
    `Bamba|Camara|Cissé|Coulibaly|Dembélé|Diabaté|Diagne|Diakité|Diallo|Diarra|Diatta|Diop|Diouf|Dosso|Fall|Faye|Gaye|Gueye|Kaboré|
    Kanté|Keïta|Koné|Konaté|Kouassi|Kouyaté|Ly|Mbaye|Mbengue|Ndiaye|N'Diaye|Ndour|Niang|Ouattara|Ouédraogo|Sagna|Sanogo|Sarr|
    Sawadogo|Seck|Sène|Sidibé|Sissoko|Sow|Sy|Sylla|Tall|Thiam|Tall|Touré|Traoré|Wade|Yeo|Zongo|Adeyemi|Adebayo|Afolabi|
    Chukwu|Eze|Nwosu|Okafor|Okonkwo|Okoye|Olawale|Mensah|Owusu|Boateng|Asante|Agbeko|Amegan|Dossou|Hounsou|Ahoussou|Gbagbo`,
  ],
  'x-central-africa': [
    `Bijou Clémentine Dieudonné Espérance Exaucé Fiston Gloire Grâce Héritier Jospin Kalala Merveille Mukendi Ngalula Nsimba Patience
    Plamedi Prosper Trésor Tshala Wivine Achille Hortense Solange Aristide Bienvenu Josué Jacqueline Uwimana Mutesi Keza`,
    `Abega|Atangana|Biya|Essomba|Etoundi|Fotso|Ilunga|Kabasele|Kabongo|Kalonji|Kamdem|Kasongo|Kazadi|Lumumba|Mabiala|Makosso|Mbala|
    Mbarga|Mbuyi|Mobutu|Moukoko|Mpiana|Mukendi|Mutombo|Mvondo|Ndongo|Ngandu|Ngoma|Nkulu|Nkunda|Ntumba|Onana|Owona|Tchoupo|
    Tshisekedi|Tshibangu|Habimana|Niyonzima|Uwase|Bizimana`,
  ],
  'x-india': [
    `Aarav Abhinav Aditi Ajay Ajith Ajithkumar Akash Amit Ananya Anand Anil Anita Anjali Arjun Arun Ashok Ashwin Balaji Bhavna
    Chitra Deepa Deepak Deepika Dinesh Divya Ganesh Gopal Gayathri Hari Harish Hema Ishaan Jaya Janani Karthick Karthik Kavita
    Kavya Keerthana Kiran Krishna Kumar Lakshmi Lata Madhav Madhuri Mahesh Manish Manoj Meena Mohan Mukesh Murali Muthu Muthuraja
    Nandini Naveen Neha Nikhil Nisha Nithya Padma Pandi Pooja Prabhu Pradeep Prakash Pranav Prasad Praveen Preethi Priya Raghav
    Raghu Rahul Raja Rajesh Raju Rakesh Ram Ramesh Ranjit Ravi Rekha Rohan Rohith Roopa Sandeep Sangeetha Sanjay Sanjeev Santhosh
    Saranya Sathish Selvam Senthil Shankar Shiva Shreya Siddharth Sindhu Sneha Sonia Srinivas Subramanian Sudha Sumathi Sunil
    Sunita Suresh Swathi Tarun Uma Vani Varun Vidya Vignesh Vijay Vikram Vinay Vinod Vishal Yamini Sanuj Jinosh Nivi Janu`,
    `Acharya|Agarwal|Banerjee|Bhat|Bhatt|Chakraborty|Chandran|Chatterjee|Chaudhary|Chauhan|Das|Desai|Deshpande|Dixit|Dubey|Dutta|
    Gandhi|Ganguly|Ghosh|Gill|Gopalakrishnan|Goyal|Gupta|Iyer|Iyengar|Jain|Jha|Joshi|Kapoor|Kaur|Khanna|Krishnan|Kulkarni|Kumari|
    Mahajan|Malhotra|Mehta|Menon|Mishra|Mukherjee|Naidu|Nair|Nambiar|Pandey|Patel|Patil|Pillai|Prabhakaran|Raghavan|Rajan|
    Ramachandran|Raman|Rao|Rathore|Reddy|Saxena|Sekar|Sen|Sethi|Shah|Sharma|Shetty|Singh|Sinha|Srivastava|Subramaniam|Suneja|
    Thakur|Tiwari|Trivedi|Varma|Venkatesan|Venkataraman|Verma|Yadav|Handa|Anantharaman`,
  ],
  'x-philippines': [
    `Angelica Arnel Bong Carmelita Cherry Christine-Joy Corazon Danilo Divina Edgardo Efren Emerson Erlinda Ernesto Ferdinand Gina
    Girlie Grace-Ann Imelda Jejomar Jennylyn Jericho Jerome Jhon Joel Jomar Joselito Jovelyn Juancho Kristine Leni Liezl Lorna
    Luzviminda Maricel Maricar Mark-Anthony Marites Melchor Michelle-Anne Nenita Noel Reynaldo Rhea Rizalina Rodel Rodrigo Romeo
    Ronaldo Rowena Sheila-Mae Teodoro Wilfredo Precious`,
    `Abad|Aguinaldo|Aquino|Bautista|Bayani|Cabrera|Capistrano|Catacutan|Concepcion|Cruz|dela Cruz|de los Reyes|dela Peña|Delos Santos|
    Dimaculangan|Dizon|Enriquez|Evangelista|Fajardo|Gatdula|Gonzaga|Ilagan|Lacson|Legaspi|Lim|Macaraeg|Magsaysay|Manalo|
    Mangubat|Marasigan|Natividad|Ocampo|Pacquiao|Panganiban|Pangilinan|Quiambao|Salonga|Santos|Soriano|Sumulong|Tan|Tolentino|
    Villanueva|Ybañez|Zamora|Macapagal`,
  ],
  'x-vietnam': [
    `An Anh Bảo Bình Châu Chi Cường Dung Duy Đức Giang Hà Hải Hạnh Hằng Hiền Hiếu Hoa Hòa Hoàng Hồng Huệ Hùng Huy Huyền Hương
    Khanh Khoa Kiên Lan Linh Loan Long Mai Minh Nam Nga Ngân Nghĩa Ngọc Nhung Phong Phương Quân Quang Quỳnh Sơn Tâm Thanh
    Thảo Thắng Thịnh Thu Thủy Tiến Trang Trinh Trung Tú Tuấn Tùng Vân Việt Vy Xuân Yến`,
    `Nguyễn|Nguyen|Nguyễn Thị|Nguyễn Văn|Trần|Tran|Trần Thị|Lê|Lê Văn|Phạm|Pham|Huỳnh|Hoàng|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Phan|
    Phạm Thị|Đinh|Trịnh|Mai|Tô|Lương`,
  ],
  'x-turkish': [
    `Ahmet Ali Ayşe Aylin Barış Berk Burak Büşra Can Cem Cemile Deniz Derya Ebru Ece Elif Emine Emre Engin Erkan Esra Fatih Fatma
    Feride Furkan Gamze Gökhan Gül Gülşen Hakan Halil Hande Hasan Hatice Havva Hüseyin İbrahim İsmail Kaan Kemal Kerem Leyla
    Mehmet Melek Merve Mesut Murat Mustafa Necla Nihat Nurcan Oğuz Onur Orhan Osman Özge Özlem Ömer Pınar Recep Saliha Seda
    Selim Serdar Serkan Sevgi Şükran Tolga Tuğba Uğur Umut Volkan Yasemin Yusuf Zehra Zeynep`,
    `Acar|Akın|Aksoy|Aktaş|Altın|Arslan|Aslan|Ateş|Avcı|Aydın|Bozkurt|Bulut|Can|Çakır|Çelik|Çetin|Demir|Demirci|Doğan|Erdem|Erdoğan|
    Gündoğan|Güler|Güneş|Kaplan|Kara|Karaca|Kaya|Kılıç|Koç|Korkmaz|Kurt|Öz|Özcan|Özdemir|Özkan|Öztürk|Polat|Sarı|Şahin|Şen|
    Şimşek|Taş|Tekin|Toprak|Tunç|Turan|Uçar|Ünal|Yalçın|Yavuz|Yıldırım|Yıldız|Yılmaz|Yüksel`,
  ],
  'x-slavic': [
    `Aleksandra Alexei Anastasia Andriy Bogdan Bohdan Bojan Borislav Branko Danijela Darko Desislava Dmitri Dragan Dušan Ekaterina
    Elena Galina Georgi Goran Grigori Ihor Irina Ivana Ivan Jadranka Jelena Jiří Kateřina Kristýna Ljubica Lyudmila Marek Marija
    Maryna Milan Milena Miloš Mirjana Mykola Nadezhda Natalia Nikola Oksana Oleh Oleksandr Olena Pavel Petra Petr Radoslav
    Ružica Sergei Serhiy Slavica Snežana Stanislav Svetlana Taras Tatiana Tomáš Václav Vasyl Veronika Vesna Viktor Vladimir
    Volodymyr Yaroslav Yulia Zdeněk Zoran Zuzana Željko`,
    `Babić|Bondarenko|Boyko|Černý|Dimitrov|Dvořák|Đorđević|Fedorenko|Georgieva|Hájek|Horváth|Horák|Hrůza|Ilić|Ivanov|Ivanova|Ivanović|
    Jovanović|Kolarov|Kovač|Kovačević|Kovalenko|Kravchenko|Kučera|Kuznetsov|Lysenko|Marković|Melnyk|Morozova|Mihajlović|Nikolić|
    Novák|Nováková|Novotná|Pavlenko|Pavlović|Petrenko|Petrov|Petrova|Petrović|Popov|Popović|Procházka|Radolič|Savchenko|Shevchenko|
    Smirnov|Sokolov|Stanković|Stojanović|Svoboda|Tkachenko|Todorov|Tomić|Veselý|Volkov|Vuković|Yankov|Zhivkov`,
  ],
  'x-chinese': [
    '',
    `Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Lin|Gao|Luo|Zheng|Liang|Xie|Tang|Song|Deng|Han|Feng|Cao|
    Peng|Zeng|Xiao|Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|Cheng|Wei|Su|Lu|Ding|Ren|Yao|Shen|Lai|Ouyang`,
  ],
  'x-short': [
    `Alex Sam Nico Manu Titi Jojo Kiki Mimi Steph Seb Jean-Mi Phil Domi Caro Isa Lulu Momo Nono Flo Vava Greg Max Ben Matt Mike
    Jim Joe Liz Kate Becky Tony Nick Chris Pat Andy Jen Jess Meg Bob Ted Faz Adz Uli Hansi Sepp Resi Steffi Andi Basti Kalle
    Matze Beto Pepe Paco Nacho Lola Chema Kike Quique Merche Charo Gigi Pino Toni Beppe Nino Lele Zé Quim Nando Tó Bia Duda
    Kasia Gosia Tomek Ola Asia Bartek Krzysiek Magda Zosia Jaap Henk Wim Kees Joop Ineke Sjaak Gelu Nelu Mihai-Alex Ionuț Ana-Maria
    Relu Vali Luci`,
    '',
  ],
}

const syllables =
  'an bo chao chen cong da fang fei gang guo hai hao hong hua hui jia jian jie jing jun kai lan lei li lin ling long mei meng min ming na ning peng ping qi qiang qing rong rui shan shu si tao ting wei wen xia xiang xiao xin xiu xuan xue yan yang yi ying yong yu yuan yue yun ze zhen zhi zhong'.split(
    ' ',
  )
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The origins, each name once. */
export const ownOrigins = (): ReadonlyMap<string, Origin> => {
  const out = new Map<string, Origin>()
  for (const [name, [given, surnames]] of Object.entries(written)) {
    out.set(name, {
      given: given.split(/\s+/).filter((one) => one !== ''),
      surnames: surnames
        .split('|')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    })
  }
  for (const [lang, list] of Object.entries(common)) {
    // `van der Berg`, `Le Gall`, `De Luca`: particles belong to what follows
    const joined = `${list} ${rarerSurnames[lang] ?? ''} ${knownSurnames[lang] ?? ''}`
      .trim()
      .replace(/(?<![\p{L}'])((?:van|de|den|der|Van|Le|De|Di|Da) )+/gu, (particles) =>
        particles.replaceAll(' ', '_'),
      )
    out.set(`y-${lang}`, {
      given: (olderGivenNames[lang] ?? '').split(/\s+/).filter((one) => one !== ''),
      surnames: joined.split(/\s+/).map((one) => one.replaceAll('_', ' ')),
    })
  }
  const pairs = syllables.flatMap((one, at) => [
    capital(one),
    capital(one + syllables[(at * 7 + 3) % syllables.length]!),
    capital(one + syllables[(at * 11 + 5) % syllables.length]!),
    capital(one + syllables[(at * 17 + 9) % syllables.length]!),
  ])
  out.set('x-chinese', { given: pairs, surnames: out.get('x-chinese')!.surnames })
  return out
}
