/* What the fields of a filter take. */
#include <stdlib.h>
#include <string.h>

#include "filter_internal.h"
#include "rapport/i18n.h"
#include "rapport/nearest.h"
#include "rapport/record.h"
#include "rapport/utf8.h"

#define FIELD_ROW(NAME, word, kind, help) {#word, FILTER_KIND_##kind, help},
const struct filter_field filter_fields[RP_FILTER_FIELD_COUNT] = {RP_FILTER_FIELDS(FIELD_ROW)};

#define HAS_ROW(NAME, word, arguments, help) {#word, arguments, help},
const struct filter_has_word filter_has_words[RP_FILTER_HAS_COUNT] = {RP_FILTER_HAS_WORDS(HAS_ROW)};

static char *fold(const char *text, size_t length) {
  struct rp_str folded = {0};
  rp_utf8_fold(text, length, &folded);
  return rp_str_take(&folded);
}

enum rp_filter_field filter_find_field(const char *word, size_t length) {
  char *folded = fold(word, length);
  int field = 0;
  while (field < RP_FILTER_FIELD_COUNT && strcmp(filter_fields[field].word, folded) != 0)
    field++;
  free(folded);
  return (enum rp_filter_field)field;
}

enum rp_vocab_id filter_vocab(enum rp_filter_field field) {
  switch (field) {
  case RP_FILTER_FIELD_STAGE:
    return RP_VOCAB_STAGE;
  case RP_FILTER_FIELD_DIRECTION:
    return RP_VOCAB_DIRECTION;
  case RP_FILTER_FIELD_STATUS:
    return RP_VOCAB_RELATIONSHIP_STATUS;
  case RP_FILTER_FIELD_FLAG:
    return RP_VOCAB_FLAG;
  case RP_FILTER_FIELD_TIER:
    return RP_VOCAB_TIER;
  case RP_FILTER_FIELD_ROLE:
    return RP_VOCAB_ROLE;
  case RP_FILTER_FIELD_CHANNEL:
    return RP_VOCAB_CHANNEL;
  case RP_FILTER_FIELD_DOMAIN:
    return RP_VOCAB_DOMAIN;
  case RP_FILTER_FIELD_AUDIENCE:
    return RP_VOCAB_AUDIENCE;
  default:
    return RP_VOCAB_COUNT;
  }
}

size_t filter_next_word(const char **at) {
  *at += strspn(*at, " ");
  return strcspn(*at, " ");
}

/* ---- refusals ---------------------------------------------------------------------------------------------------- */

/* “%s” of a sentence: at most 40 characters. */
static const char *shown(const char *text, size_t length, struct rp_str *out) {
  enum { CHARACTERS = 40 };
  size_t kept = 0;
  for (int i = 0; i < CHARACTERS && kept < length; i++) {
    int32_t code;
    kept += rp_utf8_decode(text + kept, length - kept, &code);
  }
  rp_str_addn(out, text, kept);
  if (kept < length)
    rp_str_add(out, "…");
  return rp_str_text(out);
}

/* A value that is none of a list of words: the nearest of them and all of them. */
struct choice {
  struct rp_nearest nearest;
  struct rp_str list;
};

static void choice_begin(struct choice *choice, const char *value, size_t length) {
  *choice = (struct choice){0};
  rp_nearest_init(&choice->nearest, value, length);
}

static void choice_add(struct choice *choice, const char *word) {
  rp_nearest_try(&choice->nearest, word);
  rp_str_addf(&choice->list, "%s%s", choice->list.length == 0 ? "" : ", ", word);
}

static bool choice_refuse(struct choice *choice, const char *field, const char *value, size_t length,
                          struct rp_str *sentence) {
  struct rp_str text = {0};
  shown(value, length, &text);
  if (length == 0)
    rp_str_addf(sentence, _("%s needs one of %s"), field, rp_str_text(&choice->list));
  else if (choice->nearest.best != NULL)
    rp_str_addf(sentence, _("%s cannot be “%s”; did you mean %s? It is one of %s"), field, rp_str_text(&text),
                choice->nearest.best, rp_str_text(&choice->list));
  else
    rp_str_addf(sentence, _("%s cannot be “%s”; it is one of %s"), field, rp_str_text(&text),
                rp_str_text(&choice->list));
  rp_str_fini(&text);
  rp_str_fini(&choice->list);
  rp_nearest_fini(&choice->nearest);
  return false;
}

static bool refuse(struct rp_str *sentence, const char *format, const char *field, const char *value, size_t length) {
  struct rp_str text = {0};
  rp_str_addf(sentence, format, field, shown(value, length, &text));
  rp_str_fini(&text);
  return false;
}

/* ---- kinds ------------------------------------------------------------------------------------------------------- */

/* Digits at the start, at most six; returns how many. */
static size_t read_digits(const char *value, size_t length, long long *out) {
  enum { MOST = 6 };
  size_t count = 0;
  *out = 0;
  for (; count < length && count < MOST && value[count] >= '0' && value[count] <= '9'; count++)
    *out = *out * 10 + (value[count] - '0');
  return count;
}

static bool read_stage(struct rp_filter_term *term, const char *value, size_t length, struct rp_str *sentence) {
  if (read_digits(value, length, &term->number) == length && length > 0 && term->number < RP_STAGE_COUNT)
    return true;
  term->number = rp_vocab_typed(RP_VOCAB_STAGE, value, length);
  if (term->number != RP_CODE_NONE)
    return true;
  struct choice choice;
  choice_begin(&choice, value, length);
  choice_add(&choice, "0-3");
  for (int i = 0; i < RP_STAGE_COUNT; i++)
    choice_add(&choice, rp_vocab_code(RP_VOCAB_STAGE, i));
  return choice_refuse(&choice, "stage", value, length, sentence);
}

static bool read_number(struct rp_filter_term *term, const char *value, size_t length, struct rp_str *sentence) {
  enum { DEEPEST_LAYER = 3 }; /* the only field of this kind is `layer` */
  if (length > 0 && read_digits(value, length, &term->number) == length && term->number >= 1 &&
      term->number <= DEEPEST_LAYER)
    return true;
  return refuse(sentence, _("%s is 1, 2 or 3, not “%s”"), filter_fields[term->field].word, value, length);
}

static bool read_days(struct rp_filter_term *term, const char *value, size_t length, struct rp_str *sentence) {
  static const struct {
    const char *word; /* folded: English, then Finnish */
    int days;
  } units[] = {{"", 1}, {"d", 1}, {"w", 7}, {"m", 30}, {"y", 365}, {"pv", 1}, {"vk", 7}, {"kk", 30}};
  const char *field = filter_fields[term->field].word;
  char *folded = fold(value, length);
  bool never = strcmp(folded, "never") == 0;
  long long number;
  size_t digits = read_digits(folded, strlen(folded), &number);
  int days = 0;
  for (size_t i = 0; digits > 0 && i < sizeof units / sizeof *units; i++) {
    if (strcmp(units[i].word, folded + digits) == 0)
      days = units[i].days;
  }
  free(folded);
  if (never && term->op != RP_FILTER_IS && term->op != RP_FILTER_NE)
    return refuse(sentence, _("%s is %s or it is not: write : or != before it"), field, value, length);
  if (!never && days == 0)
    return refuse(sentence, _("%s counts days: write 30d, 2w, 3m, 1y or never instead of “%s”"), field, value, length);
  term->number = never ? RP_FILTER_NEVER : number * days;
  return true;
}

static bool read_date(struct rp_filter_term *term, const char *value, size_t length, rp_date today,
                      struct rp_str *sentence) {
  rp_date date;
  struct rp_err err;
  if (rp_date_parse_natural(value, length, today, RP_DATE_BACK, &date, &err) != RP_OK) {
    rp_str_add(sentence, err.text);
    return false;
  }
  term->number = date;
  return true;
}

static bool read_code(struct rp_filter_term *term, const char *value, size_t length, struct rp_str *sentence) {
  struct choice choice;
  enum rp_vocab_id vocab = filter_vocab(term->field);
  if (vocab != RP_VOCAB_COUNT) {
    term->number = rp_vocab_typed(vocab, value, length);
    if (term->number != RP_CODE_NONE)
      return true;
    choice_begin(&choice, value, length);
    for (int i = 0; i < rp_vocab_get(vocab)->count; i++)
      choice_add(&choice, rp_vocab_code(vocab, i));
  } else {
    char *folded = fold(value, length);
    for (char *at = folded; *at != '\0'; at++)
      *at = *at == ' ' || *at == '-' ? '_' : *at;
    enum rp_type type = rp_record_type_find(folded, strlen(folded));
    free(folded);
    if (type != RP_TYPE_NONE) {
      term->number = type;
      return true;
    }
    choice_begin(&choice, value, length);
    for (int i = 0; i < RP_TYPE_RECORD_COUNT; i++)
      choice_add(&choice, rp_record_type_get((enum rp_type)i)->name);
  }
  return choice_refuse(&choice, filter_fields[term->field].word, value, length, sentence);
}

static bool read_text(struct rp_filter *filter, struct rp_filter_term *term, const char *value, size_t length,
                      struct rp_str *sentence) {
  term->text = filter_keep(filter, fold(value, length));
  if (*term->text != '\0')
    return true;
  rp_str_addf(sentence, _("what must %s be? Write it right behind, as %s:word or %s:\"two words\""),
              filter_fields[term->field].word, filter_fields[term->field].word, filter_fields[term->field].word);
  return false;
}

static bool read_has(struct rp_filter_term *term, const char *value, size_t length, struct rp_str *sentence) {
  char *folded = fold(value, length);
  int word = 0;
  while (word < RP_FILTER_HAS_COUNT && strcmp(filter_has_words[word].word, folded) != 0)
    word++;
  free(folded);
  term->number = word;
  term->text = "";
  if (word < RP_FILTER_HAS_COUNT)
    return true;
  struct choice choice;
  choice_begin(&choice, value, length);
  for (int i = 0; i < RP_FILTER_HAS_COUNT; i++)
    choice_add(&choice, filter_has_words[i].word);
  return choice_refuse(&choice, "has", value, length, sentence);
}

bool filter_read_value(struct rp_filter *filter, struct rp_filter_term *term, const char *value, size_t length,
                       rp_date today, struct rp_str *sentence) {
  switch (filter_fields[term->field].kind) {
  case FILTER_KIND_STAGE:
    return read_stage(term, value, length, sentence);
  case FILTER_KIND_DAYS:
    return read_days(term, value, length, sentence);
  case FILTER_KIND_DATE:
    return read_date(term, value, length, today, sentence);
  case FILTER_KIND_CODE:
    return read_code(term, value, length, sentence);
  case FILTER_KIND_TEXT:
    return read_text(filter, term, value, length, sentence);
  case FILTER_KIND_NUMBER:
    return read_number(term, value, length, sentence);
  case FILTER_KIND_HAS:
    break;
  }
  return read_has(term, value, length, sentence);
}

bool filter_read_argument(struct rp_filter *filter, struct rp_filter_term *term, const char *argument, size_t length,
                          struct rp_str *sentence) {
  const struct filter_has_word *word = &filter_has_words[term->number];
  char *folded = fold(argument, length);
  const char *at = word->arguments;
  size_t found = filter_next_word(&at);
  while (found > 0 && (strlen(folded) != found || memcmp(folded, at, found) != 0)) {
    at += found;
    found = filter_next_word(&at);
  }
  if (found > 0) {
    term->text = filter_keep(filter, folded);
    return true;
  }
  free(folded);
  if (*word->arguments == '\0') {
    rp_str_addf(sentence, _("has:%s takes nothing in brackets"), word->word);
    return false;
  }
  struct choice choice;
  RP_VEC(char *) words = {0};
  choice_begin(&choice, argument, length);
  at = word->arguments;
  for (size_t size; (size = filter_next_word(&at)) > 0; at += size)
    *rp_vec_add(&words) = rp_mem_textn(at, size);
  for (size_t i = 0; i < words.count; i++)
    choice_add(&choice, words.items[i]);
  struct rp_str field = {0};
  rp_str_addf(&field, "has:%s", word->word);
  choice_refuse(&choice, rp_str_text(&field), argument, length, sentence);
  rp_str_fini(&field);
  for (size_t i = 0; i < words.count; i++)
    free(words.items[i]);
  rp_vec_fini(&words);
  return false;
}
