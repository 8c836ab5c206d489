/* The five-minute evaluation as one text: what is kept as its draft, and what is sent to be stored. */
#ifndef APP_WEIGHING_TEXT_H
#define APP_WEIGHING_TEXT_H

#include "rapport/journal.h"

struct weighing_text {
  struct rp_id relationship;
  rp_date date;
  char *name; /* the contact's */
  struct rp_weighing now[RP_VIEWPOINT_COUNT], begun[RP_VIEWPOINT_COUNT];
};

/* The text; the caller frees. */
char *weighing_text_print(const struct weighing_text *weighing);
/* RP_EREFUSED for what is none. The caller calls weighing_text_fini. */
rp_status weighing_text_parse(const char *text, struct weighing_text *out, struct rp_err *err);
void weighing_text_fini(struct weighing_text *weighing);

/* Whom a weighing in a draft is about. The caller frees. */
char *weighing_text_line(const char *text);
/* The name of a draft that is a weighing begins so. */
#define WEIGHING_DRAFT_PREFIX "weighing-"

#endif
