/*
 * What a person does with a journal, apart from any screen: the command line and the interface both stand on this
 * layer, so that both say the same. It joins the store (facts), the rules and the engine (conclusions) and the clock.
 */
#ifndef RAPPORT_JOURNAL_H
#define RAPPORT_JOURNAL_H

#include "rapport/engine.h"
#include "rapport/record.h"
#include "rapport/store.h"
#include "rapport/vec.h"

struct find_index;
struct conclusions;

struct rp_journal {
  struct rp_store *store; /* owned */
  struct rp_rules rules;  /* owned */
  struct rp_clock *clock; /* borrowed */
  rp_date as_of;          /* the day that is looked at: today unless --as-of */
  rp_date today;
  struct rp_id salesperson; /* whose relationships a name means first: --salesperson, else the one marked `me`; none */
  struct find_index *find;  /* what filters have asked of this state of the journal; owned, NULL: nothing yet */
  /* Whether nobody waits any more for what is being read; asked on long ways, which then end with RP_ECHANGED. NULL:
   * somebody does. */
  bool (*is_dropped)(void *data);
  void *dropped_data;
  /* Reads the rules anew when they are others by now, as those of a team that came from its manager. NULL: they stay.
   */
  rp_status (*renew_rules)(void *data, struct rp_store *store, struct rp_rules *rules, bool *changed,
                           struct rp_err *err);
  void *rules_data;
  struct conclusions *conclusions; /* what is concluded of everybody, kept; owned, NULL: nothing yet */
  bool salesperson_chosen;         /* by --salesperson: a name means nobody else's relationship */
  bool
      team_file; /* it is the one that a team's manager keeps: nobody in it is told what to do, or of the self domain */
};

/* Takes over an open store and loaded rules (both freed by rp_journal_free, also after an error). `as_of`: RP_DATE_NONE
 * for today. */
rp_status rp_journal_new(struct rp_store *store, struct rp_rules *rules, struct rp_clock *clock, rp_date as_of,
                         struct rp_journal **out, struct rp_err *err);
void rp_journal_free(struct rp_journal *journal);
/* Goes by the rules that the store has now: when they are others than before, nothing that was concluded stays. What
 * was borrowed from the rules or the conclusions is gone then. After an error the former rules are in force. */
rp_status rp_journal_renew_rules(struct rp_journal *journal, struct rp_err *err);
/* rp_journal.is_dropped, if it is set; then a long way ends with the status that says so. */
bool rp_journal_is_dropped(const struct rp_journal *journal);
rp_status rp_journal_say_dropped(struct rp_err *err);
/* The context for validating and parsing what a person typed: own topics, names, today. Borrowed from the journal. */
struct rp_record_context rp_journal_context(struct rp_journal *journal);

/* ---- names (names.c) ---- */

/* The record for an id or a name (case and accents do not matter; a prefix of any of the words; all words typed must
 * match; a whole name wins over a prefix). RP_ENOTFOUND, with the nearest names or the candidates in the sentence. A
 * contact of a company is meant when "NAME @ COMPANY" is given. */
rp_status rp_journal_find(struct rp_journal *journal, int type_mask, const char *text, struct rp_id *out,
                          struct rp_err *err);
/* The relationship that a name means: of a contact, with journal->salesperson, else the only one. RP_ENOTFOUND with the
 * list when there are several. */
rp_status rp_journal_find_relationship(struct rp_journal *journal, const char *text, struct rp_id *out,
                                       struct rp_err *err);
/* Names that begin like `typed` (any word), best first, at most `limit`, for completion. The caller frees the array;
 * the names are the store's. */
struct rp_name_list {
  const struct rp_store_name **items;
  size_t count;
};
rp_status rp_journal_complete(struct rp_journal *journal, int type_mask, const char *typed, size_t limit,
                              struct rp_name_list *out, struct rp_err *err);
/* The same before the names are read (rp_store_names_ready), of a few that the index finds: not always the best ones.
 * out->items is NULL when there are none. */
rp_status rp_journal_complete_early(struct rp_journal *journal, int type_mask, const char *typed, size_t limit,
                                    struct rp_name_list *out, struct rp_err *err);
/* The name nearest to what was typed and fits none, by the whole name or one of its words; NULL when none is near.
 * Borrowed. */
const struct rp_store_name *rp_journal_nearest(struct rp_journal *journal, int type_mask, const char *typed);
/* Appends another of the same type whose name looks like that of the record (a salesperson, company or person), with
 * its company: for a warning. Nothing when there is none. */
void rp_journal_alike(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out);
/* What a record is called for a person: "video with Maija Virtanen, 12 Nov" (any type). Appends; safe for all ids. */
void rp_journal_name(struct rp_journal *journal, const struct rp_id *id, struct rp_str *out);
/* The same for a record at hand. */
void rp_journal_title(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out);
/* A text that every record of the type has; words that say so where somebody shared only the shape. Borrowed. */
const char *rp_journal_text(const struct rp_record *record, int field);
/* Appends what a field of a record holds, for a person: names where it refers to records. */
void rp_journal_field_text(struct rp_journal *journal, const struct rp_record *record, int field, struct rp_str *out);
/* What kind of thing a record is, translated: "video", "question", "breach of confidence", else its type. Borrowed. */
const char *rp_journal_kind(const struct rp_record *record);
/* One line that says what a record holds: "12 Nov video · Budget round opens in January." */
void rp_journal_summary(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out);
/* Appends what an evaluation weighs, item by item: "+trust 4, +easy communication 2". */
void rp_journal_weighed(const struct rp_record *evaluation, struct rp_str *out);

/* ---- assessments (assess.c) ---- */

/* One relationship with its assessment on journal->as_of. */
struct rp_person {
  struct rp_store_dyad *dyad;
  struct rp_assessment assessment;
};
/* Assesses a relationship on journal->as_of: what the salesperson's own journal has told of it, carried on to that day
 * (assessment.told); else what the engine concludes from the records that are here, in a team file without what is for
 * the salesperson only (rp_engine_withhold). */
void rp_journal_assess(const struct rp_journal *journal, const struct rp_store_dyad *dyad, struct rp_assessment *out);
rp_status rp_journal_person(struct rp_journal *journal, const struct rp_id *relationship, struct rp_person **out,
                            struct rp_err *err);
void rp_person_free(struct rp_person *person);
/* Every relationship in the order of rp_store_each_dyad; both are borrowed during the call; false stops. */
rp_status rp_journal_each(struct rp_journal *journal,
                          bool (*visit)(void *data, const struct rp_store_dyad *dyad,
                                        const struct rp_assessment *assessment),
                          void *data, struct rp_err *err);
/* Whether the first suggestions not on hold may be shown: nothing is derived about a person who objected or is
 * restricted. */
bool rp_person_is_derived(const struct rp_history *history);
/* Whether it has been silent for longer than fading_x cadences. */
bool rp_journal_is_quiet(const struct rp_journal *journal, const struct rp_assessment *assessment);
/* What a flag of theirs is called, translated: "one-sided"; what was never weighed is not said to be weighed long ago.
 * NULL when it is not set. Borrowed. */
const char *rp_person_flag(const struct rp_person *person, enum rp_flag flag);

/* ---- what is concluded of everybody, kept (conclusions.c) ---- */

/* A relationship and, in short, its assessment on journal->as_of. */
struct rp_conclusion {
  struct rp_id relationship, contact, salesperson, customer;
  rp_date since;                /* of its stage; RP_DATE_NONE: nothing is dated */
  rp_date ended;                /* when it ended or they left; RP_DATE_NONE */
  rp_date last;                 /* two-way contact; RP_DATE_NONE: never */
  int32_t silence;              /* days, -1: undefined */
  int32_t cadence;              /* days, that applies */
  uint32_t name, customer_name; /* of the contact and the customer: their places among rp_store_names */
  uint64_t has;                 /* of `has:` in filters; find_index.c */
  unsigned flags;               /* bit n: enum rp_flag n */
  int16_t suggestion;           /* the first that is not on hold, an index into the rules; -1: none */
  int8_t stage, direction, status;
  int8_t tier;                     /* that applies; RP_CODE_NONE */
  int8_t depth[RP_DOMAIN_COUNT];   /* mutual */
  int8_t business[RP_PARTY_COUNT]; /* depth of both sides */
  uint8_t rule;                    /* of the last change of stage; RP_RULE_COUNT: none */
  bool told;                       /* by the salesperson's own journal */
  bool concluded;                  /* false: the engine was not asked yet, and only the ids and names are known */
  bool derived;                    /* false: rp_person_is_derived says that what the engine says is not to be told */
  bool decision_maker;
};
struct rp_conclusions {
  const struct rp_conclusion *const *items; /* by relationship */
  size_t count;
  uint64_t generation; /* another one when they are others */
};
/* Concludes anew what has changed since the last time (all when the day has), of at most about `most` relationships; 0:
 * of all. *done tells whether nothing is left. An account whose change counter is the same is not looked at again. */
rp_status rp_journal_conclude(struct rp_journal *journal, size_t most, bool *done, struct rp_err *err);
/* All of them as they are now. Borrowed until the journal is concluded or read by name again after a change. */
rp_status rp_journal_conclusions(struct rp_journal *journal, struct rp_conclusions *out, struct rp_err *err);
/* The same, in no order, as quickly as can be: of what the salespeople's own journals have told no record is read, and
 * the rest is concluded. Without what only records can tell (has, suggestion). Each is borrowed during the call; false
 * stops. `known` of those that were told; else NULL. */
rp_status rp_journal_each_standing(struct rp_journal *journal,
                                   bool (*visit)(void *data, const struct rp_conclusion *conclusion,
                                                 const struct rp_assessment *known),
                                   void *data, struct rp_err *err);
/* Of these only what was told, without asking the engine of anybody: *all is false, and it ends, where somebody's own
 * journal has told nothing. */
rp_status rp_journal_each_told(struct rp_journal *journal,
                               bool (*visit)(void *data, const struct rp_conclusion *conclusion,
                                             const struct rp_assessment *known),
                               void *data, bool *all, struct rp_err *err);
/* As rp_journal_conclusions without asking the engine: of those that are not concluded yet only who they are. */
rp_status rp_journal_relationships(struct rp_journal *journal, struct rp_conclusions *out, struct rp_err *err);
/* Counts one for its account. */
void rp_conclusion_add_to(const struct rp_conclusion *conclusion, struct rp_account *account);

/* Sentences, translated, for a person. Each appends without a final newline. */
void rp_sentence_stage(const struct rp_assessment *assessment, rp_date today,
                       struct rp_str *out); /* "collaborative partner since 12 Nov" */
/* "quiet for 94 days (rhythm 30)" */
void rp_sentence_quiet(const struct rp_assessment *assessment, struct rp_str *out);
/* What the salesperson thinks of the stage: "your own view: business partner, 12 Nov: why". Nothing where the
 * relationship holds no such view, or it is dated after `today`. */
void rp_sentence_own_view(const struct rp_record *relationship, rp_date today, struct rp_str *out);
void rp_sentence_reason(struct rp_journal *journal, const struct rp_assessment *assessment,
                        const struct rp_reason *reason, struct rp_str *out);
void rp_sentence_missing(const struct rp_missing *missing, struct rp_str *out); /* "synergistic business: you 0 of 2" */
void rp_sentence_suggestion(struct rp_journal *journal, const struct rp_suggested *suggested,
                            struct rp_str *out); /* its text, N08's cost named */
void rp_sentence_because(struct rp_journal *journal, const struct rp_assessment *assessment,
                         const struct rp_suggested *suggested,
                         struct rp_str *out); /* "because “Send the offer” was due 20 Nov" */
/* A boundary, told kindly: "Pekka Salo keeps business and private life apart: a choice to respect." `name`: the
 * contact's. */
void rp_sentence_boundary(const struct rp_record *boundary, const char *name, struct rp_str *out);
/* The tags of a person or company: "#oem #pilot"; NULL without any. The caller frees. */
char *rp_sentence_tags(const struct rp_record *record);
/* The full name of a source key: "KJ" -> "Koponen & Julkunen 2022". */
const char *rp_source_name(const char *key);

/* What a topic is called, translated or the journal's own label; "" for NULL. Borrowed. */
const char *rp_topic_label(struct rp_journal *journal, const char *topic);
/* Whether a topic is a special category (GDPR Article 9). */
bool rp_topic_is_special(struct rp_journal *journal, const char *topic);

/* ---- quick entry (log.c) ---- */

/* A field as it was typed (rp_record_parse); the number of fields of the type stands for the audience. */
struct rp_fill_field {
  int field;
  const char *text;
};
struct rp_fill_fault {
  int field;
  char *text; /* one sentence */
};
typedef RP_VEC(struct rp_fill_fault) rp_fill_faults;

struct rp_log_options {
  bool create; /* NAME @ CUSTOMER makes contact, customer and relationship when they are not there */
  bool dry_run;
  struct rp_id replaces; /* a stored meeting that this is the new text of; none: a new one */
  const char *based_on;  /* the text of it that the edit began with; NULL: it is replaced whatever it says by now */
  const struct rp_fill_field *fields; /* of the meeting, which stand beside the note: what a note has no words for */
  size_t field_count;
  int64_t fields_based_on;                 /* the stamp of the stored meeting when they were read; 0: any */
  const struct rp_record_context *context; /* how names in them are read; NULL: as rp_journal_context */
};
struct rp_log_change {
  struct rp_id relationship;
  char *contact_name;
  struct rp_assessment before, after;
};
struct rp_log {
  RP_VEC(struct rp_record *) records;   /* in the order they are stored: the interaction first, after new people */
  RP_VEC(struct rp_log_change) changes; /* one a relationship it touches, but of people who objected */
  bool changes_unknown;  /* of a dry run of an edit on a journal that can only be read: what would change is not told */
  bool needs_create;     /* a NAME @ CUSTOMER is not there yet and `create` was not given: ask, then call again */
  rp_fill_faults faults; /* of the fields beside the note; nothing is stored when there are any */
};
/* Parses, resolves and stores a note as one action; with dry_run it only tells what would be (for the live preview:
 * cheap enough to call at every pause of typing). RP_EREFUSED or RP_ENOTFOUND with line and column; RP_ECHANGED when
 * the meeting was changed or deleted by somebody else since. Nothing is stored then. */
rp_status rp_journal_log(struct rp_journal *journal, const char *text, size_t length,
                         const struct rp_log_options *options, struct rp_log **out, struct rp_err *err);
void rp_log_free(struct rp_log *log);
/* What a note says of the meeting itself, as far as it is typed, by the names of this journal (rp_quick_read). The
 * caller frees. */
struct rp_quick;
rp_status rp_journal_log_read(struct rp_journal *journal, const char *text, size_t length, struct rp_quick **out,
                              struct rp_err *err);
/* The typed form of a stored meeting, rebuilt from its records, for editing. Appends. *changed (unless NULL) gets the
 * newest stamp of these records. RP_ENOTFOUND, RP_EREFUSED for another record. */
rp_status rp_journal_log_text(struct rp_journal *journal, const struct rp_id *interaction, struct rp_str *out,
                              int64_t *changed, struct rp_err *err);
/* What a record of a note is, in a word or two: "video", "they told", "you promise". Borrowed. */
const char *rp_log_kind(const struct rp_record *record);
/* One line that says what a record of a log holds, whose it is where the note names several people, and the day that a
 * typed word means. Appends. */
void rp_log_print(struct rp_journal *journal, const struct rp_log *log, const struct rp_record *record,
                  struct rp_str *out);
/* What changed in an assessment, as sentences joined by newlines ("stage: business partner -> collaborative partner
 * (U2)", "now missing: ..."); nothing when nothing did. */
void rp_log_change_print(struct rp_journal *journal, const struct rp_log_change *change, struct rp_str *out);

/* ---- records (edit.c) ---- */

/* Makes or edits a record from "field=value" texts as one action. A new record gets what most people mean when they
 * leave it out: today, their own view, promise and relationship, a week to keep it. For an edit *changes (unless NULL)
 * gets the relationships whose stage or direction becomes another, to be freed with rp_log_free. `dry_run` stores
 * nothing. RP_EREFUSED also for what is about a person whose data is restricted, but for lifting the restriction. */
rp_status rp_journal_add(struct rp_journal *journal, enum rp_type type, const char *const *assignments, size_t count,
                         struct rp_record **out, struct rp_err *err);
rp_status rp_journal_edit(struct rp_journal *journal, const struct rp_id *id, const char *const *assignments,
                          size_t count, bool dry_run, struct rp_record **out, struct rp_log **changes,
                          struct rp_err *err);

/* ---- deleting (delete.c) ---- */

/* What becomes of other records when one is deleted: how many of each type. */
struct rp_deletion {
  size_t with[RP_TYPE_RECORD_COUNT];    /* go with it */
  size_t without[RP_TYPE_RECORD_COUNT]; /* stay without it */
  size_t noted[RP_TYPE_RECORD_COUNT];   /* of a meeting: what its note says besides, unless that goes with it */
};
/* What a deletion would do. `whole`: of a meeting all that its note says, with what was told, promised and weighed. By
 * themselves these stay: a date and a relationship are all that they need. RP_ENOTFOUND. */
rp_status rp_journal_delete_preview(struct rp_journal *journal, const struct rp_id *id, bool whole,
                                    struct rp_deletion *out, struct rp_err *err);
/* Deletes as one action, with a label for undo; `out` may be NULL. RP_EREFUSED as for an edit. */
rp_status rp_journal_delete(struct rp_journal *journal, const struct rp_id *id, bool whole, struct rp_deletion *out,
                            struct rp_err *err);
/* "1 relationship, 2 disclosures"; nothing when there are none. Appends. */
void rp_sentence_counts(const size_t counts[RP_TYPE_RECORD_COUNT], struct rp_str *out);

/* ---- saved filters (saved.c) ---- */

/* Keeps a filter under a name, or (`text` is NULL) takes it away; `former` is its name until now, NULL when it only
 * gets this one. One action, which undo takes back. RP_ECHANGED when another filter has the name, unless it is to be
 * `replaced`. */
rp_status rp_journal_save_filter(struct rp_journal *journal, const char *name, const char *text, const char *former,
                                 bool replaced, struct rp_err *err);

/* ---- several records at once (many.c, delete.c) ---- */

enum rp_many_how {
  RP_MANY_SET,    /* the field is this; "" unsets it */
  RP_MANY_ADD,    /* of a list of lines: these are in it too */
  RP_MANY_REMOVE, /* these are in it no more */
};
/* One field of several records of a type. */
struct rp_many {
  enum rp_type type;
  const struct rp_id *ids; /* one that is given twice counts once */
  size_t count;
  int field; /* the number of fields of the type: the audience */
  enum rp_many_how how;
  const char *text; /* as rp_record_parse reads it */
};
/* Changes the field of all of them as one action; *changed gets how many become others by it, and only these are
 * stored. `dry_run` only tells that, without the lock. Lines are the same whatever their case and accents. RP_EREFUSED
 * with one sentence for what cannot be read, and for a record that may not be changed so, with its name; RP_ENOTFOUND;
 * RP_ECHANGED when one was changed by somebody else just now. Nothing at all is stored then. */
rp_status rp_journal_change_many(struct rp_journal *journal, const struct rp_many *many, bool dry_run, size_t *changed,
                                 struct rp_err *err);
/* What deleting several records of a type would do, and doing it as one action (`out` may be NULL). RP_ENOTFOUND when
 * one of them is gone; RP_EREFUSED as for an edit. Nothing at all is deleted then. */
rp_status rp_journal_delete_many_preview(struct rp_journal *journal, const struct rp_id *ids, size_t count,
                                         struct rp_deletion *out, struct rp_err *err);
rp_status rp_journal_delete_many(struct rp_journal *journal, const struct rp_id *ids, size_t count,
                                 struct rp_deletion *out, struct rp_err *err);
/* "12 people", "3 companies", "2 records": so many of a type, translated. Appends. */
void rp_sentence_many(enum rp_type type, size_t count, struct rp_str *out);

/* ---- limits (limit.c) ---- */

enum rp_limit_answer {
  RP_LIMIT_HOLDS,
  RP_LIMIT_THEY_LIFTED, /* they said or showed it */
  RP_LIMIT_I_LIFTED,    /* the salesperson decided it */
};
/* A boundary thought over, as one action: that it holds and is thought of again on `date` (RP_DATE_NONE: no day), or
 * that it is lifted from `date` on; who lifted it, and the words (may be NULL) why, are added to its note.
 * RP_ENOTFOUND; RP_EREFUSED also for a date that is not after its first day. */
rp_status rp_journal_limit(struct rp_journal *journal, const struct rp_id *id, enum rp_limit_answer answer,
                           rp_date date, const char *words, struct rp_err *err);

/* ---- forms (fill.c) ---- */

/* A new record, to be filled in: about a relationship, a person or a company (`about`; none), with what most people
 * mean where they type nothing: as rp_journal_add, and the references that lead there. The caller frees. RP_ENOTFOUND.
 */
rp_status rp_journal_begin(struct rp_journal *journal, enum rp_type type, const struct rp_id *about,
                           struct rp_record **out, struct rp_err *err);
struct rp_fill {
  enum rp_type type;
  struct rp_id id;                    /* the stored record that is edited; none: a new one */
  int64_t based_on;                   /* its `changed` when the form was read; 0: any */
  const struct rp_fill_field *fields; /* of an edit only those that are others now */
  size_t count;
  const struct rp_record_context *context; /* how names are read; NULL: as rp_journal_context */
};
struct rp_filled {
  struct rp_record *record; /* as it is stored, or would be */
  rp_fill_faults faults;    /* at most one a field, in their order; nothing is stored when there are any */
  RP_VEC(struct rp_log_change)
  changes;     /* of the people whom an interaction or an entry about a relationship concerns */
  char *holds; /* of a boundary: what it holds back, line by line (rp_sentence_boundary); else NULL */
};
/* Reads all fields, checks them, and stores the record as one action; with `dry_run` only tells what would be, without
 * the lock. A new contact gets the relationship with journal->salesperson. RP_ECHANGED when the record is no longer
 * what the form was read from, RP_ENOTFOUND when it is gone, RP_EREFUSED for what is wrong with none of the fields (two
 * evaluations of a day, restricted data). Faults of fields are no error. */
rp_status rp_journal_fill(struct rp_journal *journal, const struct rp_fill *fill, bool dry_run, struct rp_filled **out,
                          struct rp_err *err);
void rp_filled_free(struct rp_filled *filled);

/* ---- the five-minute evaluation (evaluate.c) ---- */

/* What one viewpoint says on a day. */
#define RP_WEIGHING_CODES 16 /* at least as many as benefits or costs */
struct rp_weighing {
  int8_t scores[RP_ITEM_KIND_COUNT][RP_WEIGHING_CODES]; /* by code, 1-5; 0: not named */
  int8_t versus_expectation, versus_alternative;        /* -2..2 or RP_VERSUS_NONE */
};
/* Nothing named. */
void rp_weighing_init(struct rp_weighing *weighing);
bool rp_weighing_equal(const struct rp_weighing *a, const struct rp_weighing *b);
/* What an evaluation of a history says. */
void rp_weighing_of(const struct rp_history_evaluation *evaluation, struct rp_weighing *out);
/* Makes the evaluations of a day say this, as one action: both viewpoints, by enum rp_viewpoint. One that is there
 * already is changed, the notes of its items stay; one that says nothing any more is deleted. `begun`: what was there
 * when it was begun; RP_ECHANGED when it is another by now. RP_EREFUSED for comparisons without a score, restricted
 * data. */
rp_status rp_journal_evaluate(struct rp_journal *journal, const struct rp_id *relationship, rp_date date,
                              const struct rp_weighing weighings[RP_VIEWPOINT_COUNT],
                              const struct rp_weighing begun[RP_VIEWPOINT_COUNT], struct rp_err *err);

/* ---- what stays at home (withhold.c) ---- */

/* Keeps an own relationship from the team with all that hangs on it (rp_store_withhold), or shares it again; as one
 * action. RP_EREFUSED with a sentence when it is somebody else's. */
rp_status rp_journal_withhold(struct rp_journal *journal, const struct rp_id *relationship, bool withheld,
                              struct rp_err *err);

/* ---- next steps (steps.c) ---- */

/* Puts a suggestion of a relationship on hold, as one action: accepted becomes a next step due at `date`
 * (RP_DATE_NONE: in a week), snoozed until `date`, dismissed with an optional reason. RP_ENOTFOUND when the suggestion
 * (its id, in either case) is not one of the relationship's now: lists those that are. RP_EREFUSED for a date before.
 */
rp_status rp_journal_hold(struct rp_journal *journal, const struct rp_id *relationship, const char *suggestion,
                          enum rp_hold_state state, rp_date date, const char *reason, struct rp_err *err);

/* ---- finding (find.c) ---- */

/* One row of `list`, `search` and the tables of the interface. */
struct rp_row {
  enum rp_type type;
  struct rp_id id;
  rp_date date;              /* RP_DATE_NONE without */
  struct rp_id relationship; /* none without; of a contact: that of journal->salesperson */
  struct rp_id contact;      /* whose relationship it is; none */
  char *title;               /* what it is called */
  char *detail;              /* one line of its content */
};
typedef bool rp_row_visit(void *data, const struct rp_row *row, const struct rp_record *record);
/* Records of a type that a filter lets through, newest first, or by name when they have no date; at most `limit` (0:
 * all). RP_EUSAGE when the filter does not parse. */
rp_status rp_journal_list(struct rp_journal *journal, enum rp_type type, const char *filter, long limit,
                          rp_row_visit *visit, void *data, struct rp_err *err);
/* Only the ids of what rp_journal_list would give, in no order: of relationships by what is kept of them, if the filter
 * asks no more. */
rp_status rp_journal_match(struct rp_journal *journal, enum rp_type type, const char *filter,
                           bool (*visit)(void *data, const struct rp_id *id), void *data, struct rp_err *err);
/* Full text over everything with filters: first what has no date (people, companies), then newest first. Words in the
 * name of a person or company also stand for what is about them, beside others that the text must have. */
rp_status rp_journal_search(struct rp_journal *journal, const char *filter, long limit, rp_row_visit *visit, void *data,
                            struct rp_err *err);
/* What can be told of that before the names are read (rp_store_names_ready): what has the words in its own text, people
 * and companies among it, in the order of the index. *told is false, and nothing is visited, when the filter asks for
 * anything else than words. */
rp_status rp_journal_search_early(struct rp_journal *journal, const char *filter, long limit, rp_row_visit *visit,
                                  void *data, bool *told, struct rp_err *err);

#endif
