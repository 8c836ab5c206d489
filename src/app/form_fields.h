/*
 * The fields of a form for any record type, made from the tables of record_types.h. What is known without the journal
 * is read and checked here, at every key; the rest is asked of it (REQUEST_CHECK).
 */
#ifndef APP_FORM_FIELDS_H
#define APP_FORM_FIELDS_H

#include "form_text.h"
#include "rapport/form.h"
#include "request.h"

struct form_field {
  int field;    /* of the descriptor; their number: the audience */
  char *begun;  /* the text it began with */
  char *theirs; /* what it became elsewhere while it was changed here; NULL */
  bool left;    /* the keys were there and went on: what is wrong with it is said */
};

struct form_fields {
  enum rp_type type;
  struct rp_id id, about;
  bool of_note; /* they stand beside a note, which says the first of them */
  int64_t based_on;
  rp_date today;
  struct rp_form form;
  RP_VEC(struct form_field) fields; /* one for each of form.items */
  form_picks picks;
};

/* The fields of a record: those that are required first, then the usual, then the rare ones. */
void form_fields_init(struct form_fields *fields, const struct form_start *start, const struct rp_id *about,
                      rp_date today);
void form_fields_fini(struct form_fields *fields);
/* The row of a field of a type, that of the audience too. Borrowed, constant. */
const struct rp_field *form_row(enum rp_type type, int field);
/* The same of a field of the form. */
const struct rp_field *form_field_row(const struct form_fields *fields, size_t index);
/* What the field takes, for the foot of the form. Appends. */
void form_field_help(const struct form_fields *fields, size_t index, struct rp_str *out);
/* Whether Enter opens something to choose from, and whether that is a calendar. */
bool form_field_chooses(const struct form_fields *fields, size_t index);
bool form_field_is_date(const struct form_fields *fields, size_t index);
/* Whether several are typed with commas between. */
bool form_field_is_list(const struct form_fields *fields, size_t index);
/* Appends a text as an element of a list: what would end it stands behind a backslash. */
void form_add_element(struct rp_str *out, const char *element);
/* The field for a field of the descriptor. */
size_t form_field_of(const struct form_fields *fields, int field);

/* Whether a text is another than it was. */
bool form_field_is_changed(const struct form_fields *fields, size_t index);
bool form_fields_are_changed(const struct form_fields *fields);
/* Reads a text as far as that needs no journal: how it reads is its note, why it cannot be its error where the keys
 * have left it. */
void form_field_read(struct form_fields *fields, size_t index);
/* The keys go on from a field: a day that was typed in words becomes its date, so that it stays that day. */
void form_field_leave(struct form_fields *fields, size_t index);
/* The date of a date field; false when it has none. */
bool form_field_date(const struct form_fields *fields, size_t index, rp_date *out);
/* Puts a date into a date field; a time that it has stays. */
void form_field_set_date(struct form_fields *fields, size_t index, rp_date date);
/* The relationship that the form refers to; none. */
struct rp_id form_fields_relationship(const struct form_fields *fields);

/* The value of a field in a record of its own; NULL when it is empty, cannot be read, or not without the journal. The
 * caller frees. */
struct rp_record *form_field_value(const struct form_fields *fields, size_t index);
/* What a field says is kept elsewhere: from here on only what becomes another counts as changed. */
void form_field_settled(struct form_fields *fields, size_t index);
/* Sets the text that a field begins with. */
void form_field_begin(struct form_fields *fields, size_t index, const char *text);
/* The form as a text (form_text.h); the caller frees. */
char *form_fields_print(const struct form_fields *fields);
/* Puts in what a draft has; what became another since is `theirs`. */
void form_fields_restore(struct form_fields *fields, const struct form_text *draft);
/* The record is another by now: what was not changed here follows, what was is `theirs`. */
void form_fields_rebase(struct form_fields *fields, const struct form_start *start);
/* Whether there is a field that became another here and elsewhere; the first of them. */
bool form_fields_differ(const struct form_fields *fields, size_t *first, size_t *count);
/* Settles all of them: their text in the place of what was typed, or not. */
void form_fields_settle(struct form_fields *fields, bool theirs);
/* Sets the errors that the journal found, of fields that were left or (tried) of all. */
void form_fields_fault(struct form_fields *fields, const form_faults *faults, bool tried);

#endif
