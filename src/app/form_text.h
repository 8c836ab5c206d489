/*
 * A form as one text: what is kept as its draft, and what is sent to be checked and stored. JSON, so that a draft is
 * read again by another version of the program or not at all.
 */
#ifndef APP_FORM_TEXT_H
#define APP_FORM_TEXT_H

#include "rapport/record.h"
#include "rapport/vec.h"

/* What was chosen from a list: its text in the form stands for it, in fields that refer to the types of a mask. */
struct form_pick {
  int of;
  char *title;
  struct rp_id id;
};
typedef RP_VEC(struct form_pick) form_picks;

/* Adds what stands for a record and returns its title, another one when something else is called so already. Borrowed.
 */
const char *form_pick_add(form_picks *picks, int of, const char *title, const struct rp_id *id);
/* The title of a record, NULL when it has none; the record of a title, false when there is none. */
const char *form_pick_title(const form_picks *picks, int of, const struct rp_id *id);
bool form_pick_find(const form_picks *picks, int of, const char *title, struct rp_id *out);
void form_picks_fini(form_picks *picks);

struct form_text_field {
  int field; /* the number of fields of the type: the audience */
  char *text;
  char *was; /* what it began with */
};
struct form_text {
  enum rp_type type;
  struct rp_id id, about; /* the record that is edited; what a new one is about */
  int64_t based_on;       /* its stamp when it was read */
  RP_VEC(struct form_text_field)
  fields; /* those that are others than they began, of a new one all that are filled in */
  form_picks picks;
};

/* The text; the caller frees. */
char *form_text_print(const struct form_text *form);
/* RP_EREFUSED for what is no form of this program. The caller calls form_text_fini. */
rp_status form_text_parse(const char *text, struct form_text *out, struct rp_err *err);
void form_text_fini(struct form_text *form);

/* The name of a draft that is a form begins so. */
#define FORM_DRAFT_PREFIX "form-"
/* One line that says what a form in a draft is about: "promise: Send the offer". The caller frees. */
char *form_text_line(const char *text);

#endif
