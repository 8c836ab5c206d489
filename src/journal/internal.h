/* Small things that several files of this layer ask of records and names; nobody else includes this. */
#ifndef JOURNAL_INTERNAL_H
#define JOURNAL_INTERNAL_H

#include "rapport/journal.h"
#include "rapport/quick.h"

/* ---- queries and records (ask.c) ---- */

/* All records of a type, by id; of those only whose `field` holds `value`. */
struct rp_store_query ask_all(enum rp_type type);
struct rp_store_query ask_by(enum rp_type type, int field, struct rp_id value);
/* The relationship of the journal's salesperson with a contact; none when there is none. */
rp_status ask_own_relationship(struct rp_journal *journal, const struct rp_id *contact, struct rp_id *out,
                               struct rp_err *err);
/* Whether a REFS field names a record. */
bool names_record(const struct rp_record *record, int field, const struct rp_id *id);
/* Whether a promise was made and not settled on a day. */
bool promise_is_open(const struct rp_record *promise, rp_date day);
/* Whether a next step was not done on a day. */
bool step_is_open(const struct rp_record *step, rp_date day);
/* Whether a boundary holds on a day. */
bool boundary_is_active(const struct rp_record *boundary, rp_date day);
/* Whether somebody's data is here to be kept, but to be used no more (GDPR Articles 18, 21). */
bool contact_is_left_alone(const struct rp_record *contact);
/* Refuses to write about a contact whose data may only be kept (GDPR Article 18); RP_OK when there is none. */
rp_status refuse_restricted(const struct rp_record *contact, struct rp_err *err);
/* The same for whoever a record is about. */
rp_status refuse_about_restricted(struct rp_journal *journal, const struct rp_record *record, struct rp_err *err);
/* Where a contact's data came from, when they have to be told of it and were not on a day; NULL otherwise. Borrowed. */
const char *contact_notice(const struct rp_record *contact, rp_date day);
/* Appends the first line of a text, made safe and cut to a number of columns. */
#define SUMMARY_COLUMNS 160 /* where it has a row of its own */
#define QUOTED_COLUMNS 60   /* within a sentence */
void text_in_short(const char *text, size_t columns, struct rp_str *out);
/* A text folded, on the heap. */
char *folded(const char *text, size_t length);

/* ---- names (names.c) ---- */

/* How well a name fits what was typed, best first. */
enum name_fit {
  NAME_WHOLE,      /* it is the name */
  NAME_FIRST_WORD, /* whole words, the first of them the first of the name */
  NAME_WORDS,      /* whole words of the name */
  NAME_PREFIX,     /* each word typed starts a word of the name */
  NAME_NONE
};
enum name_fit name_fit(const char *folded_name, const char *folded_typed);
/* As rp_journal_find; *unknown (unless NULL) tells whether it failed since no name fits, rather than since several do.
 */
rp_status names_find(struct rp_journal *journal, int type_mask, const char *text, struct rp_id *out, bool *unknown,
                     struct rp_err *err);
/* How a text fits the names of the contacts, for the parser of quick entry. `data` is the journal. */
enum rp_quick_fit names_quick_fit(void *data, const char *text, size_t length);
/* What to type in a note to mean a contact: the name, with the *company when others are called so too (else NULL), or
 * the id when that does not do either. The caller frees both. */
void names_typed(struct rp_journal *journal, const struct rp_id *contact, char **name, char **company);

/* ---- assessments (assess.c) ---- */

/* What the salesperson's own journal has told of it; false when that is nothing, or cannot be read. The caller frees
 * with rp_told_fini. */
bool read_told(const struct rp_store_dyad *dyad, struct rp_told *out);
/* rp_journal_assess on any day, and how it stood on `count` days before (rp_engine_assess_back). */
void assess_back(const struct rp_journal *journal, const struct rp_store_dyad *dyad, rp_date as_of, const rp_date *back,
                 size_t count, struct rp_standing *standings, struct rp_assessment *out);

/* ---- edits (edit.c) ---- */

/* Fields that a person gave: bit n for field n. */
#define EDIT_FIELD(field) (UINT64_C(1) << (field))
#define EDIT_AUDIENCE EDIT_FIELD(63)
/* Fills in what most people mean when they leave it out: today, their own view, and their own relationship. */
void edit_fill_in(struct rp_journal *journal, struct rp_record *record);
/* Refuses an edit of restricted data; the restriction itself can be lifted. */
rp_status edit_refuse(struct rp_journal *journal, const struct rp_record *stored, uint64_t given, struct rp_err *err);
/* What becomes something that somebody told of themselves stays at home, unless a person says otherwise. */
void edit_keep_private(const struct rp_record *stored, struct rp_record *record, uint64_t given);
/* The audience by its code or label; "" leaves it to the journal. */
rp_status edit_audience(struct rp_record *record, const char *text, const struct rp_record_context *context,
                        struct rp_err *err);

/* ---- actions that can be taken back (action.c) ---- */

/* Begins the action that makes a record (`before` is NULL) or edits it. Every action of a person has its words there.
 */
rp_status action_begin_put(struct rp_journal *journal, const struct rp_record *before, const struct rp_record *record,
                           struct rp_err *err);
rp_status action_begin_delete(struct rp_journal *journal, const struct rp_record *record, struct rp_err *err);
rp_status action_begin_join(struct rp_journal *journal, const struct rp_record *record, struct rp_err *err);
/* Deletes several, or changes a field of theirs: `what` counts them. */
rp_status action_begin_delete_many(struct rp_journal *journal, const char *what, struct rp_err *err);
rp_status action_begin_change_many(struct rp_journal *journal, const char *what, const char *field, struct rp_err *err);
/* Snoozes, puts aside or accepts what is suggested about the person `name`. */
rp_status action_begin_hold(struct rp_journal *journal, const char *suggestion, enum rp_hold_state state,
                            const char *name, struct rp_err *err);
/* Saves a filter under a name; or, `text` being NULL, deletes it; or, `former` not being NULL, renames it from that. */
rp_status action_begin_filter(struct rp_journal *journal, const char *name, const char *text, const char *former,
                              struct rp_err *err);
/* Keeps the relationship with the person `name` from the team, or shares it with it. */
rp_status action_begin_withhold(struct rp_journal *journal, const char *name, bool withheld, struct rp_err *err);
rp_status action_begin_weigh(struct rp_journal *journal, const char *name, struct rp_err *err);
/* Stores a note about people. */
rp_status action_begin_log(struct rp_journal *journal, const char *names, bool is_edit, struct rp_err *err);

/* ---- forms (fill.c) ---- */

/* Reads fields as they were typed into a record, `names` (NULL: as rp_journal_context) telling how names are read, and
 * looks at each that could be read. Appends what is wrong; returns which were given. */
uint64_t fill_read(struct rp_journal *journal, const struct rp_fill_field *fields, size_t field_count,
                   const struct rp_record_context *names, struct rp_record *record, rp_fill_faults *out);
void fill_faults_fini(rp_fill_faults *faults);

/* ---- sentences (sentences.c) ---- */

/* Appends "business matters go as deep as general, by choice". */
void sentence_limit(enum rp_domain domain, int layer, struct rp_str *out);

#endif
