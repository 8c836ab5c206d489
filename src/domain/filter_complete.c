/* The words of filters, for help and completion. */
#include <stdlib.h>
#include <string.h>

#include "filter_internal.h"
#include "rapport/i18n.h"
#include "rapport/record.h"
#include "rapport/utf8.h"

const char *rp_filter_field_word(enum rp_filter_field field) {
  return filter_fields[field].word;
}

const char *rp_filter_field_help(enum rp_filter_field field) {
  return _(filter_fields[field].help);
}

const char *rp_filter_has_word(enum rp_filter_has word, const char **arguments) {
  *arguments = filter_has_words[word].arguments;
  return filter_has_words[word].word;
}

const char *rp_filter_has_help(enum rp_filter_has word) {
  return _(filter_has_words[word].help);
}

/* Offers whole terms that begin as the typed one does. */
struct completion {
  const char *typed; /* folded */
  void (*offer)(void *data, const char *term, const char *help);
  void *data;
};

static void try_offer(const struct completion *completion, const char *term, const char *help) {
  char *folded = NULL;
  struct rp_str text = {0};
  rp_utf8_fold(term, strlen(term), &text);
  folded = rp_str_take(&text);
  if (strncmp(folded, completion->typed, strlen(completion->typed)) == 0)
    completion->offer(completion->data, term, help);
  free(folded);
}

static void offer_value(const struct completion *completion, const char *before, const char *value, const char *help) {
  char *term = rp_str_format("%s%s", before, value);
  try_offer(completion, term, help);
  free(term);
}

static void offer_has(const struct completion *completion, const char *before) {
  for (int i = 0; i < RP_FILTER_HAS_COUNT; i++) {
    const struct filter_has_word *word = &filter_has_words[i];
    offer_value(completion, before, word->word, _(word->help));
    const char *at = word->arguments;
    for (size_t length; (length = filter_next_word(&at)) > 0; at += length) {
      char *value = rp_str_format("%s(%.*s)", word->word, (int)length, at);
      offer_value(completion, before, value, _(word->help));
      free(value);
    }
  }
}

/* `before` is what was typed up to the value, "stage>=". */
static void offer_values(const struct completion *completion, enum rp_filter_field field, const char *before) {
  enum rp_vocab_id vocab = filter_vocab(field);
  switch (filter_fields[field].kind) {
  case FILTER_KIND_STAGE:
  case FILTER_KIND_CODE:
    for (int i = 0; vocab != RP_VOCAB_COUNT && i < rp_vocab_get(vocab)->count; i++)
      offer_value(completion, before, rp_vocab_code(vocab, i), rp_vocab_label(vocab, i));
    for (int i = 0; vocab == RP_VOCAB_COUNT && i < RP_TYPE_RECORD_COUNT; i++) {
      const struct rp_record_type *type = rp_record_type_get((enum rp_type)i);
      offer_value(completion, before, type->name, _(type->label));
    }
    break;
  case FILTER_KIND_HAS:
    offer_has(completion, before);
    break;
  case FILTER_KIND_DAYS:
  case FILTER_KIND_DATE:
  case FILTER_KIND_TEXT:
  case FILTER_KIND_NUMBER:
    break;
  }
}

/* Where the last term begins: behind the last blank or bracket outside quotation marks, and behind its -. */
static size_t last_term(const char *text, size_t length) {
  size_t from = 0;
  bool quoted = false;
  for (size_t i = 0; i < length; i++) {
    if (quoted && text[i] == '\\' && i + 1 < length)
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && (text[i] == ' ' || (text[i] == '(' && (i == from || text[i - 1] == '-'))))
      from = i + 1;
  }
  while (from < length && text[from] == '-')
    from++;
  return from;
}

void rp_filter_complete(const char *text, size_t length, size_t *from,
                        void (*offer)(void *data, const char *term, const char *help), void *data) {
  *from = last_term(text, length);
  const char *term = text + *from;
  size_t size = length - *from;
  struct rp_str folded = {0};
  rp_utf8_fold(term, size, &folded);
  struct completion completion = {.typed = rp_str_text(&folded), .offer = offer, .data = data};
  size_t word = 0;
  while (word < size && strchr(":=<>!", term[word]) == NULL)
    word++;
  size_t op = word;
  while (op < size && strchr(":=<>!", term[op]) != NULL)
    op++;
  enum rp_filter_field field = op > word ? filter_find_field(term, word) : RP_FILTER_FIELD_COUNT;
  if (field != RP_FILTER_FIELD_COUNT) {
    char *before = rp_mem_textn(term, op);
    offer_values(&completion, field, before);
    free(before);
  } else if (op == word) {
    for (int i = 0; i < RP_FILTER_FIELD_COUNT; i++)
      offer_value(&completion, filter_fields[i].word, ":", _(filter_fields[i].help));
  }
  rp_str_fini(&folded);
}
