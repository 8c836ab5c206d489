/* The parts of the sample journal: who (demo_people.c), what is said (demo_sentences.c, demo_talk.c, demo_lives.c), how
 * a relationship goes (demo_arcs.c), and the telling of it as records (demo_story.c). Names and notes are data of an
 * English journal and are not translated. */
#ifndef RAPPORT_DEMO_INTERNAL_H
#define RAPPORT_DEMO_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "rapport/demo.h"
#include "rapport/vec.h"

/* ---- chance that is always the same ---- */

/* A number that looks random and depends on nothing but these two. */
uint64_t demo_hash(uint64_t a, uint64_t b);
/* The same within 0..limit-1. */
int demo_pick(uint64_t seed, int what, int limit);

/* ---- the companies and their trades (demo_companies.c) ---- */

enum demo_country { FINLAND, SWEDEN, NORWAY, DENMARK, ESTONIA, DEMO_COUNTRY_COUNT };
struct demo_country_facts {
  const char *name, *language;
  const char *phone;    /* a format for one number of a range that nobody is given */
  const char *currency; /* behind an amount */
  int rate;             /* of the currency for one euro */
};
extern const struct demo_country_facts demo_countries[DEMO_COUNTRY_COUNT];

enum demo_trade {
  VALVES,
  PAPER,
  ELEVATORS,
  SHIPS,
  FORESTRY,
  DAIRY,
  ENERGY,
  STEEL,
  MEDTECH,
  SOFTWARE,
  FISH,
  WIND,
  WOOD,
  MINING,
  DEMO_TRADE_COUNT,
  ANY_TRADE = DEMO_TRADE_COUNT,
};
#define DEMO_MACHINES 5
#define DEMO_PLACES 3
struct demo_trade_words {
  const char *industry;
  const char *machines[DEMO_MACHINES]; /* what is monitored */
  const char *places[DEMO_PLACES];
  const char *product; /* what they make or do */
  const char *buyers;  /* for whom */
};
extern const struct demo_trade_words demo_trades[DEMO_TRADE_COUNT];

struct demo_company {
  const char *name, *domain, *city;
  uint8_t country, trade;
  int8_t tier;
  const char *notes, *tags[2];
};
#define DEMO_COMPANIES 24
extern const struct demo_company demo_companies[DEMO_COMPANIES];

/* What two channels said about one subject. */
struct demo_offer {
  uint8_t company;
  int16_t day;
  int8_t channel;
  const char *by, *subject, *value;
};
extern const struct demo_offer demo_offers[];
extern const int demo_offer_count;
struct demo_theme_note {
  uint8_t company;
  int16_t day;
  int8_t theme;
  const char *text, *source;
};
extern const struct demo_theme_note demo_theme_notes[];
extern const int demo_theme_note_count;

/* ---- the people (demo_people.c) ---- */

enum {
  LEAVING = 1U << 0,
  OBJECTED = 1U << 1,
  RESTRICTED = 1U << 2,
  NOT_INFORMED = 1U << 3, /* the data came from elsewhere, and nobody told them yet */
  BIRTHDAY_SOON = 1U << 4,
  BIRTHDAY = 1U << 5,
  LIKES_TEXT = 1U << 6,
  FROM_ELSEWHERE = 1U << 7, /* and they know it */
};
struct demo_person {
  uint8_t company;
  uint8_t arc, erik_arc; /* Anna's story with them and Erik's; ARC_NONE: there is none */
  int8_t role;
  uint8_t flags;
  const char *name, *title, *notes, *tag;
  const char *successor; /* the name of who follows them */
};
extern const struct demo_person demo_people[RP_DEMO_PEOPLE];

/* Someone and somewhere beyond the tables: the same for the same number. The caller frees the names. */
struct demo_made {
  char *name, *domain, *city;
  enum demo_country country;
  enum demo_trade trade;
  int8_t tier;
};
struct demo_made demo_make_company(int number);
char *demo_make_name(enum demo_country country, int number);
void demo_make_title(int number, const char **title, int *role);
/* Letters as in an address: "Mäki-Øst" becomes "makiost". Appends. */
void demo_add_address(struct rp_str *out, const char *name);

/* ---- what is said ---- */

/* Text with places to be filled in: {m} a machine, {p} a place, {o} their product, {b} their buyers, {c} their town,
 * {w} a colleague, {q} the next quarter, {y} the next year, {mo} the last month, {s} a season ahead, {n} a small
 * number, {k} an amount of money, {r} the town of a reference. */
enum demo_scene {
  SCENE_FIRST,
  SCENE_BEFORE,
  SCENE_DURING,
  SCENE_PURCHASE,
  SCENE_AFTER,
  SCENE_PHONE,
  SCENE_VIDEO,
  SCENE_TEXT,
  SCENE_EVENT,
  SCENE_RELAXED,
  SCENE_BACK,
  SCENE_UNANSWERED,
  SCENE_EARLY_PHONE, /* nothing has been bought yet */
  SCENE_EARLY_VIDEO,
  SCENE_EARLY_TEXT,
  SCENE_COUNT
};
struct demo_summary {
  uint8_t scene;
  uint16_t themes, cues; /* bit n: code n */
  const char *text;
};
extern const struct demo_summary demo_summaries[];
extern const int demo_summary_count;

struct demo_pledge {
  int8_t by, kind;
  const char *text;
};
extern const struct demo_pledge demo_pledges[];
extern const int demo_pledge_count;
extern const char *const demo_expectations[];
extern const int demo_expectation_count;

/* One thing told. `thread`: for business the trade or ANY_TRADE, for a customer's own matters the life it belongs to,
 * so that nobody has two childhoods. */
struct demo_line {
  uint8_t thread, layer;
  const char *topic, *text;
};
extern const struct demo_line demo_customer_business[], demo_own_business[], demo_own_self[];
extern const int demo_customer_business_count, demo_own_business_count, demo_own_self_count;
extern const struct demo_line demo_hobbies[], demo_families[], demo_backgrounds[], demo_everyday[];
extern const int demo_hobby_count, demo_family_count, demo_background_count, demo_everyday_count; /* lines */
enum { DEMO_HOBBIES = 24, DEMO_FAMILIES = 20, DEMO_BACKGROUNDS = 20 };                            /* threads */

/* ---- how a relationship goes (demo_arcs.c) ---- */

enum demo_beat_kind {
  BEAT_FIRST,  /* the first meeting: both tell about business in general */
  BEAT_HELLO,  /* a meeting in which only the customer hears */
  BEAT_RHYTHM, /* day..until: a contact every `a` days; they tell down to business layer `b` and self layer `c` */
  BEAT_RISE,   /* by this day both have told what stage `a` takes, and it was weighed */
  BEAT_RISE_BUSINESS,
  BEAT_EXCHANGE, /* both tell: domain `a`, layer `b` */
  BEAT_TELL,     /* one tells: party `a`, domain `b`, layer `c`; text and topic, or any; `d` DEMO_TELL_... */
  BEAT_EVALUATE, /* viewpoint `a`, mood `b`; versus the alternative `c` and what was expected `d`; `text` of the cost */
  BEAT_TRY,      /* an unanswered message */
  BEAT_PURCHASE,
  BEAT_MEET,       /* a meeting in channel `a` with this very note */
  BEAT_FELL_SHORT, /* a meeting that fell short: `text` happened, `more` was expected */
  BEAT_PROMISE,    /* party `a`, kind `b`; due `until`, settled on day `settled` (DEMO_OPEN: not) */
  BEAT_INCIDENT,   /* kind `a`, serious `b`; repaired `until` (DEMO_OPEN: not) by `more` */
  BEAT_BOUNDARY,   /* owner `a`, domain `b`, layer `c`, reason `d`; `until` (DEMO_OPEN) */
  BEAT_PLANNED,    /* ahead by -day, at minute `until`, in channel `a` */
  BEAT_STEP,       /* due `until`, done on day `a` (DEMO_OPEN); `more` the suggestion it came from */
  BEAT_HOLD,       /* suggestion `more`, state `a`, until `until`; `b` DEMO_BEHIND_... */
  BEAT_OVERRIDE,   /* stage `a` */
  BEAT_ENDED,
  BEAT_LEFT,
  BEAT_PURPOSE,
};
#define DEMO_OPEN INT16_MIN
enum { DEMO_TELL_HEARSAY = 1, DEMO_TELL_BASIS = 2, DEMO_TELL_SHARED = 4 };
enum { DEMO_BEHIND_RELATIONSHIP = 1, DEMO_BEHIND_CONTACT = 2 };
enum demo_mix { MIX_MANY, MIX_WRITTEN, MIX_CALLS };

/* Days count back from today; below zero they lie ahead. A text may be several, parted by |: one for each turn. */
struct demo_beat {
  uint8_t kind;
  int16_t day, until, settled;
  int16_t a;
  int8_t b, c, d, mood; /* mood: of the evaluations in a rhythm, 0: none; mix in `d` */
  const char *topic, *text, *more;
};
struct demo_arc {
  const char *name;
  int8_t tier;
  const struct demo_beat *beats;
  int beat_count;
};
enum demo_arc_id {
  ARC_NONE,
  ARC_STEADY,
  ARC_DEEPENED,
  ARC_PERSONAL,
  ARC_PERSONAL_NEW,
  ARC_PRIVATE,
  ARC_KEEPS_APART,
  ARC_FELL_SILENT,
  ARC_CAME_BACK,
  ARC_REPAIRED,
  ARC_INCIDENT,
  ARC_BREACH,
  ARC_COSTLY,
  ARC_UNHAPPY,
  ARC_WITHDRAWN,
  ARC_EARLY,
  ARC_TELLS_MORE,
  ARC_TOLD_MORE,
  ARC_ENDED,
  ARC_LEFT,
  ARC_ACKNOWLEDGE,
  ARC_LEAVING,
  ARC_NO_ANSWER,
  ARC_COLD,
  ARC_MET,
  ARC_TALKING,
  ARC_NEW,
  ARC_ACQUAINTED,
  ARC_EVERYDAY,
  ARC_JOINT,
  ARC_NO_TRUST,
  ARC_TENDER,
  ARC_CULTURE,
  ARC_POLICY,
  ARC_WRITTEN,
  ARC_BOUGHT,
  ARC_FELL_SHORT,
  ARC_STALE,
  ARC_QUIET,
  ARC_SUCCESSOR,
  ARC_HEARSAY,
  ARC_SPECIAL,
  ARC_PLAIN,
  ARC_COUNT
};
extern const struct demo_arc demo_arcs[ARC_COUNT];
#define DEMO_LONGEST 1085 /* the day of the earliest beat */

/* ---- telling it (demo_story.c) ---- */

/* One person of the journal while it is being filled. */
struct demo_contact {
  int number; /* of all people */
  struct rp_id id;
  const char *name; /* owned by the filling */
  uint8_t arc, erik_arc;
  uint8_t turn, erik_turn; /* how many with the same story came before: they get other words and days */
  bool is_extra;           /* beyond the tables: nothing happens on the very day */
};
/* One company with its people, and what the whole filling shares. */
struct demo_place {
  struct rp_store *store;
  const struct rp_demo_options *options;
  struct rp_id customer, anna, erik;
  const char *name, *city;
  enum demo_country country;
  enum demo_trade trade;
  int8_t tier;
  const struct demo_contact *contacts;
  int contact_count;
};

/* The day of a beat in the journal: stretched to the journal's years and a little different for each person. */
rp_date demo_date(const struct rp_demo_options *options, int person, int day);
/* The same, moved back from a weekend or from Christmas. */
rp_date demo_workday(rp_date date);
/* The id that stands for this key. */
struct rp_id demo_id(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Stores a new record as of a day, and frees it. */
rp_status demo_put(struct rp_store *store, struct rp_record *record, struct rp_id id, rp_date made, struct rp_err *err);
/* Tells the story of one salesperson with one contact. */
rp_status demo_tell(const struct demo_place *place, const struct demo_contact *contact, bool is_erik,
                    struct rp_err *err);
/* Appends one of a text's variants with its places filled in. */
void demo_expand(const struct demo_place *place, int person, uint64_t seed, int turn, rp_date date, const char *text,
                 struct rp_str *out);

#endif
