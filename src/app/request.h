/*
 * What the interface asks of the journal, and what it gets: effects as data. A request is made by update, carried out
 * by effects.c on the worker thread, and comes back as an answer.
 */
#ifndef APP_REQUEST_H
#define APP_REQUEST_H

#include "form_text.h"
#include "rapport/conflicts.h"
#include "rapport/leaving.h"
#include "rapport/overview.h"
#include "rapport/quick.h"
#include "rapport/team_review.h"
#include "rapport/vec.h"

/* X(NAME, flags, run, drop): all that can be asked; see enum request_flag. `run` carries it out on the worker thread,
 * `drop` frees what it gives. */
#define REQUESTS(X) \
  /* nobody asks: the journal, or the day, has become another */ \
  X(CHANGED, 0, run_nothing, free) \
  /* nobody asks: it failed; number: the journal is damaged */ \
  X(UPKEEP, 0, run_nothing, free) \
  /* number: the most of each kind; struct rp_today, nothing concluded */ \
  X(TODAY_RECORDS, REQUEST_LATEST | REQUEST_WHOLE, run_today, rp_today_free) \
  /* number: as above; struct rp_today */ \
  X(TODAY, REQUEST_LATEST | REQUEST_CONCLUDED, run_today, rp_today_free) \
  /* struct people, of whom nothing may be concluded yet */ \
  X(PEOPLE_NAMES, REQUEST_LATEST | REQUEST_WHOLE | REQUEST_NAMED, run_people, people_free) \
  /* struct people */ \
  X(PEOPLE, REQUEST_LATEST | REQUEST_CONCLUDED, run_people, people_free) \
  /* text: a filter, number: a type; struct matches */ \
  X(MATCHES, REQUEST_LATEST | REQUEST_CONCLUDED, run_matches, matches_free) \
  /* id: a relationship; struct rp_brief */ \
  X(BRIEF, REQUEST_LATEST, run_brief, rp_brief_free) \
  /* id: a relationship; struct person */ \
  X(PERSON, REQUEST_LATEST, run_person, person_free) \
  /* struct customers, of whom nothing may be concluded yet */ \
  X(CUSTOMERS_NAMES, REQUEST_LATEST | REQUEST_WHOLE | REQUEST_NAMED, run_customers, customers_free) \
  /* struct customers */ \
  X(CUSTOMERS, REQUEST_LATEST | REQUEST_CONCLUDED, run_customers, customers_free) \
  /* id: a customer; struct rp_customer */ \
  X(CUSTOMER, REQUEST_LATEST, run_customer, rp_customer_free) \
  /* days; struct rp_days */ \
  X(TIMELINE, REQUEST_LATEST, run_timeline, rp_days_free) \
  /* days, read before they are seen; struct rp_days */ \
  X(TIMELINE_AHEAD, REQUEST_LATEST | REQUEST_WHOLE, run_timeline, rp_days_free) \
  /* struct insights, nothing concluded */ \
  X(INSIGHTS_RECORDS, REQUEST_LATEST | REQUEST_WHOLE, run_insights, insights_free) \
  /* number: the most of each kind; struct insights */ \
  X(INSIGHTS, REQUEST_LATEST | REQUEST_CONCLUDED, run_insights, insights_free) \
  /* struct rp_trends */ \
  X(TRENDS, REQUEST_LATEST | REQUEST_CONCLUDED, run_trends, rp_trends_free) \
  /* struct rp_team_review when all of it was told by the salespeople's own journals, else nothing */ \
  X(TEAM_TOLD, REQUEST_LATEST | REQUEST_WHOLE | REQUEST_NAMED, run_team, rp_team_review_free) \
  /* struct rp_team_review */ \
  X(TEAM, REQUEST_LATEST | REQUEST_CONCLUDED, run_team, rp_team_review_free) \
  /* id: a relationship; struct rp_team_evidence */ \
  X(EVIDENCE, REQUEST_LATEST, run_evidence, rp_team_evidence_free) \
  /* id: a relationship; struct rp_sharing */ \
  X(SHARING, REQUEST_LATEST, run_sharing, rp_sharing_free) \
  /* struct rp_leaving */ \
  X(LEAVING, REQUEST_LATEST | REQUEST_WHOLE, run_leaving, rp_leaving_free) \
  /* struct rp_conflicts */ \
  X(CONFLICTS, REQUEST_LATEST | REQUEST_WHOLE, run_conflicts, rp_conflicts_free) \
  /* id: a relationship that is withheld, or not any more; bool, which of the two */ \
  X(WITHHOLD, REQUEST_KEEP, run_withhold, free) \
  /* text: a filter, number: FIRST_HITS or MOST_HITS; struct hits */ \
  X(SEARCH, REQUEST_LATEST | REQUEST_EARLY, run_search, hits_free) \
  /* text: a begun name, number: mask of its types; struct offers */ \
  X(NAMES, REQUEST_LATEST | REQUEST_EARLY, run_names, offers_free) \
  /* id: a meeting; struct note */ \
  X(NOTE, REQUEST_LATEST, run_note, note_free) \
  /* struct drafts */ \
  X(DRAFTS, REQUEST_LATEST, run_drafts, drafts_free) \
  /* text, fields, id: the meeting it replaces; struct preview */ \
  X(PREVIEW, REQUEST_LATEST | REQUEST_NAMED, run_preview, preview_free) \
  /* text: a note, id: the meeting it replaces; struct form_start */ \
  X(FIELDS, REQUEST_LATEST | REQUEST_NAMED, run_note_fields, form_start_free) \
  /* struct rp_theme_list */ \
  X(THEMES, 0, run_themes, themes_free) \
  /* name, text: NULL takes it away; base, fields */ \
  X(DRAFT, REQUEST_LATEST | REQUEST_KEEP, run_draft, free) \
  /* text, fields, id, base, number: make people; name of its draft; struct preview */ \
  X(SAVE, REQUEST_KEEP, run_save, preview_free) \
  /* number: a type, id: see FORM_NEW; struct form_start */ \
  X(FORM, REQUEST_LATEST, run_form_load, form_start_free) \
  /* number: form_choice, id: a relationship, text, name; struct offers */ \
  X(CHOICES, REQUEST_LATEST, run_form_choices, offers_free) \
  /* text: a form (form_text.h); struct form_checked */ \
  X(CHECK, REQUEST_LATEST | REQUEST_NAMED, run_form_check, form_checked_free) \
  /* the same, to be stored; name of its draft; struct form_checked */ \
  X(FILL, REQUEST_KEEP, run_fill, form_checked_free) \
  /* text: weighing_text.h; name of its draft; char, what changes */ \
  X(WEIGH, REQUEST_KEEP, run_weigh, free) \
  /* id, name: suggestion, number: enum rp_hold_state, date, text: reason */ \
  X(HOLD, REQUEST_KEEP, run_hold, free) \
  /* id: a promise, question or step that is done */ \
  X(SETTLE, REQUEST_KEEP, run_settle, free) \
  /* id: a boundary; struct limit */ \
  X(LIMIT, 0, run_limit, limit_free) \
  /* id: it, number: enum rp_limit_answer, date, text: why */ \
  X(LIFT, REQUEST_KEEP, run_lift, free) \
  /* id: a record; struct deletion */ \
  X(DELETION, 0, run_deletion, deletion_free) \
  /* id, number: of a meeting all that was noted there too */ \
  X(DELETE, REQUEST_KEEP, run_delete, free) \
  /* struct filters */ \
  X(FILTERS, REQUEST_LATEST, run_filters, filters_free) \
  /* name, text: NULL takes it away, base: its name until now, number: also in the place of another; struct filters */ \
  X(KEEP_FILTER, REQUEST_KEEP, run_keep_filter, filters_free) \
  /* number: many_choice; ids: only of these; struct offers */ \
  X(LINES, REQUEST_LATEST, run_lines, offers_free) \
  /* number: many_choice, ids, text; size_t, so many would change */ \
  X(MANY_CHECK, REQUEST_LATEST | REQUEST_NAMED, run_many_check, free) \
  /* the same, to be stored */ \
  X(MANY, REQUEST_KEEP, run_many, free) \
  /* ids; struct deletion */ \
  X(DELETION_MANY, REQUEST_LATEST, run_deletion_many, deletion_free) \
  /* ids */ \
  X(DELETE_MANY, REQUEST_KEEP, run_delete_many, free) \
  /* number: 1 when many changes may go; struct undone */ \
  X(UNDO, REQUEST_KEEP, run_undo, undone_free) \
  X(REDO, REQUEST_KEEP, run_redo, undone_free)

enum request_kind {
#define DECLARE_REQUEST(NAME, flags, run, drop) REQUEST_##NAME,
  REQUESTS(DECLARE_REQUEST)
#undef DECLARE_REQUEST
      REQUEST_COUNT
};

enum request_flag {
  REQUEST_LATEST = 1,    /* a newer one of the same screen takes the place of one that still waits */
  REQUEST_KEEP = 2,      /* carried out also when the interface ends */
  REQUEST_CONCLUDED = 4, /* waits until all is concluded (rp_journal_conclude); others go before it meanwhile */
  REQUEST_WHOLE = 8,     /* reads much, or what is not seen yet: what a key waits for goes before it */
  REQUEST_NAMED = 16,    /* waits until the names are read (rp_store_names_prepare); others go before it meanwhile */
  REQUEST_EARLY = 32,    /* answered twice while they are not: first with what can be told without them */
};

struct request {
  enum request_kind kind;
  uint64_t screen; /* who asks */
  uint64_t serial; /* counts requests: an answer to another than the last of its kind and screen is stale */
  struct rp_id id;
  char *name, *text; /* owned, as all texts */
  char *base;        /* the note of a stored meeting that its edit began with; NULL: nothing is edited */
  char *fields;      /* what stands beside a note, a form (form_text.h); NULL: nothing */
  rp_date date;
  int number;
  struct rp_id *ids; /* owned */
  size_t id_count;
  struct rp_days_query days;
  bool named; /* waits as one with REQUEST_NAMED */
  bool early; /* only what can be told before the names are read: the answer is not the last one to this request */
};

struct answer {
  struct request request;
  rp_status status;
  struct rp_err err;
  void *data;           /* what REQUESTS says; NULL after an error */
  rp_date today, as_of; /* of the journal */
};

/* ---- what comes back ---- */

struct people_row {
  struct rp_id relationship, contact;
  const char *name, *customer, *owner;  /* in people.texts */
  uint32_t customer_place, owner_place; /* in the order of names */
  uint32_t place;                       /* of the relationship in the order of the ids of all rows */
  int8_t stage, direction, tier;
  int8_t depth[RP_DOMAIN_COUNT]; /* mutual */
  bool derived;                  /* false: nothing is concluded about them */
  rp_date last;
  int32_t silence, cadence; /* days; silence below 0: never */
};
struct people {
  RP_VEC(struct people_row) rows; /* by name */
  char *texts;
  bool concluded;  /* all are */
  size_t others;   /* relationships of other salespeople, which are not among them */
  bool has_owners; /* they are of several salespeople */
};

struct matches {
  struct rp_id *items; /* of records, ascending */
  size_t count;
  size_t capacity;
};

/* What the engine says of a person, in words. */
struct person_line {
  char *text, *because;
  char *id, *source; /* rule or suggestion, and its source keys */
  rp_date date;      /* of a change of stage */
  int8_t from, to;
  int8_t hold; /* enum rp_hold_state, RP_CODE_NONE */
};
typedef RP_VEC(struct person_line) person_lines;
struct person {
  struct rp_brief *brief; /* its person: history and assessment */
  struct rp_timeline *timeline;
  struct rp_depth_map *map;
  person_lines reasons, missing, steps, changes;
  int32_t min_disclosures[4];         /* by layer, of the rules */
  RP_VEC(struct rp_record *) records; /* of the relationship, up to the day that is looked at, the newest first */
  RP_VEC(bool) special;               /* of each: a disclosure of a special category */
  struct rp_record *contact;          /* NULL: not there */
  struct rp_sharing *sharing;         /* asked for by itself; NULL: not known yet */
};

struct customers_row {
  struct rp_id id;
  uint32_t name_place; /* in the order of names */
  uint32_t place;      /* in the order of the ids of all rows */
  const char *name;    /* in customers.texts */
  int8_t tier;
  bool concluded; /* its people are: what follows is known */
  struct rp_account account;
  int people;   /* relationships with its people, of anybody */
  int fading;   /* of those */
  rp_date last; /* two-way contact with any of them */
};
struct customers {
  RP_VEC(struct customers_row) rows; /* by name */
  char *texts;
  bool concluded; /* all are */
};

#define INSIGHTS_DAYS 182
struct insights {
  bool concluded; /* false: only the days are there, and how many contacts there were */
  struct rp_review *review;
  int stages[RP_STAGE_COUNT]; /* relationships that have not ended, of the journal's salesperson */
  double days[INSIGHTS_DAYS]; /* contacts by day, the last is the day that is looked at */
};

/* Filters that are kept, by name. */
struct saved_filter {
  char *name, *text;
};
struct filters {
  RP_VEC(struct saved_filter) items;
};

struct hit {
  enum rp_type type;
  struct rp_id id, relationship;
  struct rp_id company; /* of what is about no person; none */
  rp_date date;
  char *title, *detail;
  char *who; /* the person, or else the company, it is about; NULL */
};
struct hits {
  RP_VEC(struct hit) items;
  bool early; /* only what has all the words in its own text, before the names are read */
  bool more;  /* than are kept */
  bool meant; /* nothing was found, and these are called nearly so */
};

struct offer {
  char *name, *customer;
  struct rp_id id; /* of choices of a form; none */
};
struct offers {
  RP_VEC(struct offer) items;
};

/* A stored meeting as it is typed. */
struct note {
  char *text;
  int64_t changed; /* the newest stamp of its records, and when that was */
  struct rp_when when;
};

struct draft {
  char *name, *text;
  char *base, *fields; /* as of a request */
};
struct drafts {
  RP_VEC(struct draft) items;
};

/* What a note would become, or became. */
struct preview_line {
  char *kind; /* "they told"; NULL of a change */
  char *text;
};
struct note_error {
  size_t line;     /* from 0 */
  unsigned column; /* from 1, in characters; 0: none */
  char *text;
};
typedef RP_VEC(struct note_error) note_errors;
struct form_fault {
  int field;
  char *text;
};
typedef RP_VEC(struct form_fault) form_faults;
struct preview {
  note_errors errors; /* by line: what it would become without these lines stands in the others */
  RP_VEC(struct preview_line) records;
  RP_VEC(struct preview_line) changes; /* text: what changes about a person, line by line, after their name */
  form_faults faults;                  /* of the fields beside the note */
  bool needs_create;
  char *newcomers; /* who is not in the journal yet, with their companies; NULL: nobody */
};

/* What a form begins with. */
struct form_start {
  struct rp_record *record; /* the one that is edited; a new one has no id */
  form_picks picks;         /* of all that it refers to */
  char *title;              /* what the record is called or about; "" */
  struct rp_when when;      /* it was changed */
  struct form_text *joined; /* FORM_JOIN: texts that are to be joined; NULL */
  struct rp_quick *quick;   /* of the fields of a note: what it says (rp_quick_read); else NULL */
};

/* What the journal says of a form, or what it became. */
struct form_saying {
  enum rp_type type;
  char *text;
};
struct form_checked {
  form_faults faults;
  RP_VEC(struct form_saying) says; /* what it holds back (type BOUNDARY), what changes about a person (RELATIONSHIP) */
};

/* What a deletion would do; "2 disclosures, 1 promise", "" where there is nothing. */
/* What was taken back or put on again. */
struct undone {
  char *label;  /* NULL: nothing */
  size_t asked; /* changes that would be taken back: so many that it is only asked for; 0: it is done */
};

struct deletion {
  char *title;
  char *with;    /* goes with it */
  char *without; /* stays without it */
  char *noted;   /* in a meeting: goes or stays as is wanted */
};

/* What is asked about a boundary. */
struct limit {
  char *text;  /* a sentence that says it */
  bool own;    /* the salesperson's */
  bool lifted; /* it holds no longer */
};

/* ---- effects.c ---- */

/* Carries out a request on the journal and makes the answer, taking over what the request owns. */
struct answer *effect_run(struct rp_journal *journal, struct request *request);
/* The same without reading all names for a request with REQUEST_EARLY: while they are not ready, the answer tells what
 * it can (NULL: nothing) and *rest becomes the request to be carried out when they are; else rest->kind is
 * REQUEST_COUNT. */
struct answer *effect_run_early(struct rp_journal *journal, struct request *request, struct request *rest);
/* Does a little of the daily upkeep of the journal, which is begun when *upkeep is NULL; NULL again when it is done.
 * *wait gets the milliseconds after which there is more to do. Returns what must be said, NULL: nothing. */
struct rp_store_upkeep;
struct answer *effect_upkeep(struct rp_journal *journal, struct rp_store_upkeep **upkeep, int *wait);
unsigned request_flags(enum request_kind kind);
void request_fini(struct request *request);
void answer_free(struct answer *answer);

/* Each takes NULL. */
void people_free(struct people *people);
void person_free(struct person *person);
void hits_free(struct hits *hits);
void insights_free(struct insights *insights);
void customers_free(struct customers *customers);
void matches_free(struct matches *matches);
void offers_free(struct offers *names);
void offer_fini(struct offer *offer); /* of them; not NULL */
void filters_free(struct filters *filters);
void undone_free(struct undone *undone);
void preview_free(struct preview *preview);
void drafts_free(struct drafts *drafts);
void note_free(struct note *note);
void form_start_free(struct form_start *start);
void limit_free(struct limit *limit);
void form_checked_free(struct form_checked *checked);
struct rp_theme_list;
void themes_free(struct rp_theme_list *list);

/* What a screen shows comes first, then the rest; when nothing is found, with the rest those who may be meant. */
enum { FIRST_HITS = 50, MOST_HITS = 200 };

/* effects_search.c: what a filter finds. The caller frees. */
rp_status load_search(struct rp_journal *journal, const char *text, int limit, struct hits **out, struct rp_err *err);
/* The same before the names are read; *out is NULL when the filter asks for more than words. */
rp_status load_search_early(struct rp_journal *journal, const char *text, int limit, struct hits **out,
                            struct rp_err *err);

/* effects_note.c: notes. */
/* The line of the head, from 1: the first that is not blank. */
unsigned note_head_line(const char *text);
/* What a note would become, with all that is wrong in it. The caller frees. */
struct preview *preview_note(struct rp_journal *journal, const struct request *request);
/* One that tells only an error. */
struct preview *preview_of_error(const struct rp_err *err);
/* Stores a note; *out, also when people must be made first, is freed by the caller. */
rp_status store_note(struct rp_journal *journal, const struct request *request, struct preview **out,
                     struct rp_err *err);

/* effects_load.c: what is put together from several parts of the journal. */
rp_status load_people(struct rp_journal *journal, bool concluded, struct people **out, struct rp_err *err);
rp_status load_customers(struct rp_journal *journal, bool concluded, struct customers **out, struct rp_err *err);
rp_status load_insights(struct rp_journal *journal, bool concluded, size_t most, struct insights **out,
                        struct rp_err *err);
/* The name of the contact of a relationship; NULL when it is not known. The caller frees. */
char *person_of(struct rp_journal *journal, const struct rp_id *relationship);
rp_status load_person(struct rp_journal *journal, const struct rp_id *relationship, struct person **out,
                      struct rp_err *err);

/* Carries out a kind of request; *out is NULL before. */
typedef rp_status run_request(struct rp_journal *journal, const struct request *request, void **out,
                              struct rp_err *err);
#define DECLARE_RUN(NAME, flags, run, drop) run_request run;
REQUESTS(DECLARE_RUN)
#undef DECLARE_RUN

/* effects_form.c: forms. FORM gives a new record (about another, or none) as of number | FORM_NEW, else the record of
 * the type where the id leads: the record itself, the person or company of a relationship, the company of a person;
 * with FORM_JOIN the versions of its texts are put below each other. CHOICES gives what a field can refer to, of a
 * relationship where that matters; topics of the domain `name`. */
enum { FORM_NEW = 1 << 8, FORM_JOIN = 1 << 9 };
static inline int form_choice(enum rp_type type, int field) {
  return (int)type << 8 | field;
}
/* Whether what CHOICES offers for a field is looked for among all names. */
static inline bool form_chooses_names(const struct rp_field *field) {
  const int types = RP_TYPE_MASK(RP_TYPE_SALESPERSON) | RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_CONTACT) |
                    RP_TYPE_MASK(RP_TYPE_RELATIONSHIP);
  return (field->kind == RP_KIND_REF || field->kind == RP_KIND_REFS) && (field->of & types) != 0;
}
/* Store a form, and a five-minute evaluation; their drafts stay. */
run_request store_form, store_weighing;

/* effects_draft.c: drafts. */
/* Keeps a text as the draft `name` of a request with what stands beside it there; NULL: takes it away. */
rp_status keep_draft(struct rp_journal *journal, const struct request *request, const char *text, struct rp_err *err);

/* effects_many.c: several records at once, and what is deleted. */
static inline int many_choice(enum rp_type type, int field, enum rp_many_how how) {
  return (int)how << 16 | form_choice(type, field);
}
static inline enum rp_type many_type(int choice) {
  return (enum rp_type)(choice >> 8 & 0xFF);
}
static inline int many_field(int choice) {
  return choice & 0xFF;
}
static inline enum rp_many_how many_how(int choice) {
  return (enum rp_many_how)(choice >> 16);
}
void deletion_free(struct deletion *deletion);
/* Adds what stands in front of the names of what a record refers to. */
void form_start_add_picks(struct rp_journal *journal, struct form_start *start);
void form_faults_fini(form_faults *faults);

/* A form as it is given to the journal: names are read as there, but for what was chosen from a list. */
struct form_given {
  struct form_text form;
  struct rp_record_context journal, context; /* how the journal reads names, and how the form does */
  RP_VEC(struct rp_fill_field) fields;
};
/* `text` as form_text_print, NULL: no fields. The caller calls form_given_fini; *out must stay where it is. */
rp_status form_given_init(struct rp_journal *journal, const char *text, struct form_given *out, struct rp_err *err);
void form_given_fini(struct form_given *given);

#endif
