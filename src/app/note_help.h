/* What helps while a note is typed: colours of its lines, and completions. */
#ifndef APP_NOTE_HELP_H
#define APP_NOTE_HELP_H

#include "rapport/editor.h"
#include "request.h"

/* A rp_highlight: the head by its names, marked lines by their mark. */
void note_highlight(const void *context, size_t line, const char *text, size_t length, struct rp_ranges *out);

enum note_place {
  NOTE_NOTHING,  /* nothing to complete */
  NOTE_CONTACT,  /* a name of the head */
  NOTE_CUSTOMER, /* a company after "@" */
  NOTE_WORD,     /* a topic, benefit or cost: offered here */
};

/* What the cursor stands in. `*start` gets the byte of the text where it begins. */
enum note_place note_place(const struct rp_editor *editor, size_t *start);
/* Adds the words that begin with what is typed: topics, benefits and costs of a marked line, channels in the head. */
void note_words(const struct rp_editor *editor, struct offers *out);

#endif
