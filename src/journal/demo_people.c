/* The people of the sample journal. All are invented. */
#include "demo_internal.h"

#define DECIDES RP_ROLE_DECISION_MAKER
#define CHAMPION RP_ROLE_CHAMPION
#define EVALUATES RP_ROLE_EVALUATOR
#define INFLUENCES RP_ROLE_INFLUENCER
#define BUYS RP_ROLE_PROCUREMENT
#define USES RP_ROLE_USER
#define GUARDS RP_ROLE_GATEKEEPER

const struct demo_person demo_people[RP_DEMO_PEOPLE] = {
    /* Saimaa Valves */
    {0, ARC_DEEPENED, ARC_NONE, DECIDES, BIRTHDAY, "Maija Virtanen", "purchasing director", NULL, "oem", NULL},
    {0, ARC_EVERYDAY, ARC_NONE, EVALUATES, 0, "Pekka Salo", "production engineer", "Draws while talking; bring paper.",
     NULL, NULL},
    {0, ARC_PERSONAL, ARC_NONE, CHAMPION, BIRTHDAY_SOON, "Liisa Aho", "maintenance manager", NULL, "reference", NULL},
    {0, ARC_WRITTEN, ARC_NONE, BUYS, 0, "Henrik Lindqvist", "buyer", "Home language Swedish.", NULL, NULL},
    /* Kymijoki Paper */
    {1, ARC_JOINT, ARC_NONE, DECIDES, BIRTHDAY, "Sari Koskinen", "mill manager", NULL, "key", NULL},
    {1, ARC_COSTLY, ARC_NONE, BUYS, 0, "Timo Hämäläinen", "category manager", "Opens every call with the index clause.",
     NULL, NULL},
    {1, ARC_STEADY, ARC_NEW, USES, 0, "Antti Rautio", "shift foreman", NULL, NULL, NULL},
    {1, ARC_PLAIN, ARC_NONE, INFLUENCES, OBJECTED, "Marjo Kettunen", "communications manager",
     "Asked us not to keep notes about conversations.", NULL, NULL},
    /* Nousu Elevators */
    {2, ARC_PRIVATE, ARC_NONE, DECIDES, 0, "Kirsi Lehtonen", "head of engineering", NULL, "oem", NULL},
    {2, ARC_BOUGHT, ARC_NONE, BUYS, 0, "Jukka Nieminen", "purchasing manager", NULL, NULL, NULL},
    {2, ARC_ACQUAINTED, ARC_NONE, EVALUATES, 0, "Ville Mäkelä", "test tower engineer", NULL, NULL, NULL},
    /* Aurajoen Laivatarvike */
    {3, ARC_QUIET, ARC_NONE, DECIDES, BIRTHDAY, "Åsa Wikström", "managing director", "Calls back in the evening.",
     "marine", NULL},
    {3, ARC_LEAVING, ARC_NONE, CHAMPION, LEAVING, "Mikko Saarinen", "service manager", NULL, NULL, "Elina Järvinen"},
    {3, ARC_SUCCESSOR, ARC_NONE, CHAMPION, 0, "Elina Järvinen", "service manager from next month", NULL, NULL, NULL},
    /* Kainuun Metsäkone */
    {4, ARC_PERSONAL_NEW, ARC_NONE, DECIDES, BIRTHDAY, "Juhani Karppinen", "product director", NULL, "pilot", NULL},
    {4, ARC_TOLD_MORE, ARC_NONE, EVALUATES, 0, "Noora Heikkinen", "design engineer", NULL, NULL, NULL},
    {4, ARC_FELL_SHORT, ARC_NONE, USES, 0, "Reijo Moilanen", "test driver", NULL, NULL, NULL},
    /* Lakeuden Meijeri */
    {5, ARC_CAME_BACK, ARC_STEADY, DECIDES, 0, "Hanna Ojala", "technical director", NULL, "food", NULL},
    {5, ARC_NONE, ARC_PLAIN, USES, 0, "Tapio Yli-Hukkala", "maintenance foreman", NULL, NULL, NULL},
    /* Oulujoen Lämpö ja Voima */
    {6, ARC_TENDER, ARC_NONE, BUYS, 0, "Katri Pesonen", "procurement lawyer",
     "Everything in writing, everything equal.", "public", NULL},
    {6, ARC_CULTURE, ARC_NONE, DECIDES, 0, "Esa Kilpeläinen", "plant manager", NULL, "public", NULL},
    {6, ARC_HEARSAY, ARC_NONE, INFLUENCES, 0, "Merja Tolonen", "development manager", NULL, NULL, NULL},
    /* Lohja Steel */
    {7, ARC_FELL_SILENT, ARC_PERSONAL, DECIDES, 0, "Olli Forsström", "foundry manager", NULL, NULL, NULL},
    /* Medisola */
    {8, ARC_KEEPS_APART, ARC_NONE, DECIDES, 0, "Johanna Tuominen", "operations director", NULL, "regulated", NULL},
    {8, ARC_SPECIAL, ARC_NONE, EVALUATES, BIRTHDAY, "Petri Laaksonen", "quality manager", NULL, NULL, NULL},
    {8, ARC_POLICY, ARC_NONE, GUARDS, 0, "Anne-Mari Kähkönen", "compliance officer", NULL, "regulated", NULL},
    /* Sointu Software */
    {9, ARC_STALE, ARC_NONE, DECIDES, LIKES_TEXT, "Sami Vuorinen", "founder", NULL, "partner", NULL},
    {9, ARC_NEW, ARC_NONE, CHAMPION, LIKES_TEXT, "Iida Salmela", "product owner", NULL, "partner", NULL},
    /* Bergslagens Gruvteknik */
    {10, ARC_REPAIRED, ARC_NONE, DECIDES, BIRTHDAY, "Gunilla Hedström", "managing director", NULL, "key", NULL},
    {10, ARC_STEADY, ARC_NONE, CHAMPION, 0, "Per-Olof Bäckman", "workshop manager", NULL, "reference", NULL},
    {10, ARC_LEFT, ARC_NONE, BUYS, 0, "Linnéa Sjöberg", "strategic buyer", NULL, NULL, "Jonas Åkerlund"},
    {10, ARC_TALKING, ARC_NONE, BUYS, FROM_ELSEWHERE, "Jonas Åkerlund", "strategic buyer", NULL, NULL, NULL},
    /* Ångermans Kartong */
    {11, ARC_INCIDENT, ARC_NONE, DECIDES, 0, "Håkan Nordin", "mill manager", NULL, NULL, NULL},
    {11, ARC_PLAIN, ARC_NONE, USES, 0, "Birgitta Öhman", "reliability engineer", NULL, NULL, NULL},
    /* Göinge Mejeri */
    {12, ARC_NONE, ARC_DEEPENED, DECIDES, 0, "Magnus Persson", "plant manager", NULL, "food", NULL},
    {12, ARC_UNHAPPY, ARC_NONE, BUYS, 0, "Cecilia Lundgren", "purchasing manager", NULL, NULL, NULL},
    /* Klippans Skeppsservice */
    {13, ARC_COLD, ARC_NONE, DECIDES, NOT_INFORMED, "Stefan Ekdahl", "owner", NULL, "marine", NULL},
    /* Västerbottens Kraftvärme */
    {14, ARC_WITHDRAWN, ARC_NONE, DECIDES, 0, "Eva-Lena Sandström", "operations manager", NULL, NULL, NULL},
    {14, ARC_ACKNOWLEDGE, ARC_NONE, USES, 0, "Robert Wiklund", "maintenance planner", NULL, NULL, NULL},
    {14, ARC_STALE, ARC_NONE, EVALUATES, 0, "Amina Hassan", "automation engineer", NULL, NULL, NULL},
    /* Sunnmøre Skipsutstyr */
    {15, ARC_PERSONAL, ARC_NONE, DECIDES, BIRTHDAY, "Bjørn Håvard Slettevold", "technical director", NULL, "key", NULL},
    {15, ARC_JOINT, ARC_ACQUAINTED, CHAMPION, 0, "Åse Grimstad", "service agreements manager", NULL, "marine", NULL},
    {15, ARC_BREACH, ARC_NONE, BUYS, 0, "Tor Einar Ulstein", "purchasing manager", NULL, NULL, NULL},
    /* Tyssedalen Kraft */
    {16, ARC_TELLS_MORE, ARC_NONE, DECIDES, 0, "Ragnhild Opheim", "operations manager", NULL, "remote", NULL},
    {16, ARC_ACQUAINTED, ARC_NONE, USES, RESTRICTED, "Geir Eidnes", "machinist",
     "Disputes what we wrote about the outage; use restricted until it is settled.", NULL, NULL},
    /* Frøyabanken Settefisk */
    {17, ARC_EARLY, ARC_NONE, DECIDES, 0, "Solveig Hammer", "site manager", NULL, "food", NULL},
    {17, ARC_PLAIN, ARC_NONE, USES, BIRTHDAY_SOON, "Øyvind Måsøval", "technical lead", NULL, NULL, NULL},
    /* Nordvåg Medisinteknikk */
    {18, ARC_NO_TRUST, ARC_NONE, DECIDES, 0, "Ingrid Johnsen Vik", "founder", NULL, "regulated", NULL},
    /* Vestjydsk Mejeriteknik */
    {19, ARC_PRIVATE, ARC_NONE, DECIDES, 0, "Søren Kjærgaard", "export director", NULL, "oem", NULL},
    {19, ARC_BOUGHT, ARC_NONE, EVALUATES, 0, "Mette Damgaard", "design manager", NULL, NULL, NULL},
    {19, ARC_ENDED, ARC_NONE, BUYS, 0, "Flemming Bach", "purchasing manager", NULL, NULL, NULL},
    /* Limfjord Vindservice */
    {20, ARC_COSTLY, ARC_NONE, DECIDES, 0, "Kirsten Nørgaard", "chief operating officer", NULL, "key", NULL},
    {20, ARC_EVERYDAY, ARC_NONE, CHAMPION, 0, "Rasmus Hjort", "head of condition monitoring", NULL, NULL, NULL},
    {20, ARC_QUIET, ARC_NONE, USES, 0, "Jeppe Østergaard", "service technician", NULL, NULL, NULL},
    /* Øresund Programhus */
    {21, ARC_NO_ANSWER, ARC_NONE, INFLUENCES, FROM_ELSEWHERE, "Camilla Rørdam", "partner manager", NULL, "partner",
     NULL},
    {21, ARC_MET, ARC_NONE, DECIDES, NOT_INFORMED | LIKES_TEXT, "Anders Bjerre", "managing partner", NULL, "partner",
     NULL},
    /* Pärnu Puidumasinad */
    {22, ARC_ACQUAINTED, ARC_NONE, DECIDES, 0, "Kristjan Tamm", "managing director", NULL, NULL, NULL},
    {22, ARC_NEW, ARC_NONE, EVALUATES, 0, "Liis Põldmäe", "chief designer", NULL, NULL, NULL},
    /* Saaremaa Laevaremont */
    {23, ARC_STEADY, ARC_NONE, DECIDES, BIRTHDAY, "Tõnu Käär", "dock master", "Speaks good Finnish.", "marine", NULL},
    {23, ARC_NONE, ARC_NO_ANSWER, BUYS, 0, "Külli Rand", "buyer", NULL, NULL, NULL},
};

/* ---- beyond the table ---- */

#define GIVEN 24
#define FAMILY 30
#define TOWNS 10

static const char *const given[DEMO_COUNTRY_COUNT][GIVEN] = {
    [FINLAND] = {"Aino",  "Eero",  "Helena", "Ilkka",  "Jaana", "Kalle",  "Laura", "Markku",
                 "Niina", "Outi",  "Paavo",  "Riikka", "Sanna", "Tuomas", "Ulla",  "Veikko",
                 "Päivi", "Jyrki", "Heidi",  "Lauri",  "Mirja", "Arto",   "Satu",  "Tero"},
    [SWEDEN] = {"Agneta", "Björn", "Carina", "David",  "Elin",   "Fredrik", "Göran", "Helena",
                "Ingela", "Johan", "Karin",  "Lars",   "Malin",  "Niklas",  "Olof",  "Petra",
                "Rikard", "Sofia", "Tomas",  "Ulrika", "Viktor", "Åke",     "Örjan", "Maria"},
    [NORWAY] = {"Anne",  "Bjarne", "Cathrine", "Dag",  "Eirik", "Frode",   "Grete",  "Hilde",
                "Ivar",  "Jorunn", "Kåre",     "Lise", "Magne", "Nina",    "Oddvar", "Pål",
                "Randi", "Sigurd", "Torill",   "Unni", "Vidar", "Øystein", "Åshild", "Knut"},
    [DENMARK] = {"Anne",  "Bent",  "Charlotte", "Dorte", "Erik",  "Freja", "Gitte",  "Henrik",
                 "Inge",  "Jens",  "Karen",     "Lars",  "Maja",  "Niels", "Ole",    "Pernille",
                 "Rikke", "Steen", "Tina",      "Ulla",  "Viggo", "Åge",   "Birgit", "Mads"},
    [ESTONIA] = {"Aivar",  "Birgit", "Ene",    "Hannes", "Indrek", "Jaan",  "Kadri", "Kersti",
                 "Lembit", "Maarja", "Margus", "Mihkel", "Piret",  "Priit", "Rein",  "Riina",
                 "Siim",   "Sirje",  "Tiit",   "Tiina",  "Toomas", "Triin", "Urmas", "Ülle"},
};
static const char *const family[DEMO_COUNTRY_COUNT][FAMILY] = {
    [FINLAND] = {"Korhonen",   "Mäkinen",  "Laine",      "Heikkilä", "Koskela", "Järvelä",  "Peltola",   "Rantanen",
                 "Turunen",    "Lindholm", "Savolainen", "Jokinen",  "Ahonen",  "Hakala",   "Kinnunen",  "Leppänen",
                 "Räsänen",    "Suominen", "Toivonen",   "Väisänen", "Nyström", "Kuusisto", "Miettinen", "Pitkänen",
                 "Holopainen", "Ruuska",   "Sillanpää",  "Tikkanen", "Viitala", "Ylönen"},
    [SWEDEN] = {"Andersson", "Berglund", "Carlsson",  "Dahlberg", "Eklund",   "Fransson", "Gustafsson", "Holmgren",
                "Isaksson",  "Jansson",  "Karlsson",  "Lindberg", "Mattsson", "Nilsson",  "Olofsson",   "Palm",
                "Rosén",     "Sandberg", "Törnqvist", "Ullman",   "Viklund",  "Wallin",   "Åberg",      "Åström",
                "Ödman",     "Öberg",    "Hallgren",  "Norberg",  "Sundin",   "Malm"},
    [NORWAY] = {"Aasen",    "Berge",  "Dahl",  "Eide",    "Fjeld",   "Gundersen", "Haugen",   "Iversen",
                "Jacobsen", "Kvam",   "Lien",  "Moen",    "Nygård",  "Opsahl",    "Pedersen", "Ruud",
                "Solberg",  "Tangen", "Ulvik", "Vold",    "Ødegård", "Åsheim",    "Brekke",   "Hovland",
                "Myhre",    "Sætre",  "Strøm", "Thorsen", "Bakken",  "Lunde"},
    [DENMARK] = {"Andersen",  "Bertelsen", "Christensen", "Dalgaard", "Eriksen",     "Frandsen",
                 "Gregersen", "Holm",      "Iversen",     "Jensen",   "Kristensen",  "Lauridsen",
                 "Mortensen", "Nielsen",   "Olesen",      "Poulsen",  "Rasmussen",   "Sørensen",
                 "Thomsen",   "Villadsen", "Winther",     "Ærø",      "Bech",        "Hedegaard",
                 "Kjær",      "Møller",    "Skov",        "Toft",     "Vestergaard", "Ibsen"},
    [ESTONIA] = {"Aas",  "Ilves", "Jõgi",    "Kask",  "Kivi",  "Koppel", "Kuusk", "Laur",  "Lepik",  "Lõhmus",
                 "Mägi", "Mets",  "Nurk",    "Oja",   "Org",   "Parts",  "Pärn",  "Raud",  "Rebane", "Saar",
                 "Sepp", "Sild",  "Sarapuu", "Tamme", "Teder", "Uibo",   "Vaher", "Veski", "Õun",    "Ööbik"},
};
static const char *const towns[DEMO_COUNTRY_COUNT][TOWNS] = {
    [FINLAND] = {"Rauma", "Joensuu", "Vaasa", "Pori", "Jyväskylä", "Lahti", "Kemi", "Salo", "Mikkeli", "Porvoo"},
    [SWEDEN] = {"Borås", "Gävle", "Falun", "Luleå", "Växjö", "Kalmar", "Sundsvall", "Skövde", "Karlstad", "Ystad"},
    [NORWAY] = {"Bodø", "Molde", "Florø", "Halden", "Harstad", "Gjøvik", "Stord", "Namsos", "Larvik", "Mo i Rana"},
    [DENMARK] = {"Esbjerg", "Randers", "Odense", "Kolding", "Vejle", "Horsens", "Næstved", "Skive", "Thisted", "Køge"},
    [ESTONIA] = {"Tartu", "Narva", "Viljandi", "Rakvere", "Võru", "Valga", "Haapsalu", "Paide", "Jõhvi", "Põlva"},
};
static const char *const firm_words[DEMO_TRADE_COUNT] = {
    [VALVES] = "Valves",
    [PAPER] = "Board",
    [ELEVATORS] = "Lifts",
    [SHIPS] = "Marine",
    [FORESTRY] = "Forest Machines",
    [DAIRY] = "Dairy",
    [ENERGY] = "Energy",
    [STEEL] = "Castings",
    [MEDTECH] = "Medical",
    [SOFTWARE] = "Systems",
    [FISH] = "Aqua",
    [WIND] = "Wind",
    [WOOD] = "Woodworks",
    [MINING] = "Mining Tools",
};
static const char *const forms[DEMO_COUNTRY_COUNT] = {"Oy", "AB", "AS", "A/S", "OÜ"};
static const char *const codes[DEMO_COUNTRY_COUNT] = {"fi", "se", "no", "dk", "ee"};

static const struct {
  const char *title;
  int8_t role;
} titles[] = {
    {"managing director", DECIDES},
    {"maintenance manager", CHAMPION},
    {"purchasing manager", BUYS},
    {"production manager", DECIDES},
    {"reliability engineer", USES},
    {"design engineer", EVALUATES},
    {"technical director", DECIDES},
    {"buyer", BUYS},
    {"quality manager", EVALUATES},
    {"automation engineer", EVALUATES},
    {"assistant to the board", GUARDS},
    {"service manager", CHAMPION},
    {"shift foreman", USES},
    {"development manager", INFLUENCES},
};

/* A name for each number; as in life, a large journal has namesakes. */
char *demo_make_name(enum demo_country country, int number) {
  uint64_t seed = demo_hash(7, (uint64_t)number);
  return rp_str_format("%s %s", given[country][demo_pick(seed, 1, GIVEN)], family[country][demo_pick(seed, 2, FAMILY)]);
}

void demo_make_title(int number, const char **title, int *role) {
  size_t row = (size_t)number * 5 % (sizeof titles / sizeof titles[0]);
  *title = titles[row].title;
  *role = titles[row].role;
}

/* No two numbers give the same name: family and trade, then a second family, then a number. */
struct demo_made demo_make_company(int number) {
  struct demo_made made = {.country = (enum demo_country)(number % DEMO_COUNTRY_COUNT)};
  int rest = number / DEMO_COUNTRY_COUNT;
  int trade = rest % DEMO_TRADE_COUNT;
  rest /= DEMO_TRADE_COUNT;
  int first = rest % FAMILY;
  int second = rest / FAMILY % FAMILY;
  int again = rest / FAMILY / FAMILY;
  struct rp_str name = {0};
  rp_str_add(&name, family[made.country][first]);
  if (second > 0)
    rp_str_addf(&name, " & %s", family[made.country][(first + second) % FAMILY]);
  rp_str_addf(&name, " %s", firm_words[trade]);
  if (again > 0)
    rp_str_addf(&name, " %d", again + 1);
  struct rp_str domain = {0};
  demo_add_address(&domain, rp_str_text(&name));
  rp_str_addf(&domain, ".%s.example", codes[made.country]);
  rp_str_addf(&name, " %s", forms[made.country]);
  made.trade = (enum demo_trade)trade;
  made.city = rp_mem_text(towns[made.country][demo_pick(11, number, TOWNS)]);
  made.tier = (int8_t)demo_pick(13, number, RP_TIER_COUNT);
  made.name = rp_str_take(&name);
  made.domain = rp_str_take(&domain);
  return made;
}

void demo_add_address(struct rp_str *out, const char *name) {
  static const struct {
    const char *letter, *plain;
  } table[] = {{"å", "a"}, {"ä", "a"}, {"ö", "o"}, {"ø", "o"}, {"æ", "ae"}, {"õ", "o"}, {"ü", "u"}, {"é", "e"},
               {"Å", "a"}, {"Ä", "a"}, {"Ö", "o"}, {"Ø", "o"}, {"Æ", "ae"}, {"Õ", "o"}, {"Ü", "u"}};
  for (const char *at = name; *at != '\0'; at++) {
    if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9'))
      rp_str_addc(out, *at);
    else if (*at >= 'A' && *at <= 'Z')
      rp_str_addc(out, (char)(*at - 'A' + 'a'));
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
      if (strncmp(at, table[i].letter, strlen(table[i].letter)) == 0)
        rp_str_add(out, table[i].plain);
    }
  }
}
