#include "rapport/vocab.h"

#include <assert.h>
#include <string.h>

#define ROW(NAME, code, label, flags) {#code, label, flags},
#define CODES_OF(ENUM, name, label, LIST) static const struct rp_code name##_codes[] = {LIST(ROW)};
RP_VOCABS(CODES_OF)

#define VOCAB(ENUM, name, label, LIST) {#name, label, name##_codes, RP_##ENUM##_COUNT},
static const struct rp_vocab vocabs[] = {RP_VOCABS(VOCAB)};

const struct rp_vocab *rp_vocab_get(enum rp_vocab_id id) {
  assert((unsigned)id < RP_VOCAB_COUNT);
  return &vocabs[id];
}

/* The row of a number; NULL when the vocabulary has none. */
static const struct rp_code *row_of(enum rp_vocab_id id, int number) {
  const struct rp_vocab *vocab = rp_vocab_get(id);
  return number >= 0 && number < vocab->count ? &vocab->codes[number] : NULL;
}

int rp_vocab_find(enum rp_vocab_id id, const char *code, size_t length) {
  const struct rp_vocab *vocab = rp_vocab_get(id);
  for (int i = 0; length > 0 && i < vocab->count; i++) {
    const char *known = vocab->codes[i].code;
    if (known[0] == code[0] && strlen(known) == length && memcmp(known, code, length) == 0)
      return i;
  }
  return RP_CODE_NONE;
}

const char *rp_vocab_code(enum rp_vocab_id id, int number) {
  const struct rp_code *row = row_of(id, number);
  return row != NULL ? row->code : NULL;
}

const char *rp_vocab_label(enum rp_vocab_id id, int number) {
  const struct rp_code *row = row_of(id, number);
  return row != NULL ? _(row->label) : "";
}

const char *rp_vocab_word(enum rp_vocab_id id, int number) {
  const struct rp_code *row = row_of(id, number);
  if (row == NULL)
    return "";
  const char *label = _(row->label);
  return label == row->label ? row->code : label;
}

const char *rp_vocab_word_of(enum rp_vocab_id id, const char *code) {
  int number = rp_vocab_find(id, code, strlen(code));
  return number == RP_CODE_NONE ? code : rp_vocab_word(id, number);
}

unsigned rp_vocab_flags(enum rp_vocab_id id, int number) {
  const struct rp_code *row = row_of(id, number);
  return row != NULL ? row->flags : 0;
}

void rp_vocab_list(enum rp_vocab_id id, struct rp_str *out) {
  const struct rp_vocab *vocab = rp_vocab_get(id);
  for (int i = 0; i < vocab->count; i++) {
    if (i > 0)
      rp_str_add(out, ", ");
    rp_str_add(out, vocab->codes[i].code);
  }
}

void rp_vocab_list_labels(enum rp_vocab_id id, struct rp_str *out) {
  for (int i = 0; i < rp_vocab_get(id)->count; i++)
    rp_str_addf(out, "%s%s", i > 0 ? ", " : "", rp_vocab_label(id, i));
}

void rp_vocab_list_words(enum rp_vocab_id id, unsigned flag, struct rp_str *out) {
  const struct rp_vocab *vocab = rp_vocab_get(id);
  bool first = true;
  for (int i = 0; i < vocab->count; i++) {
    if (flag != 0 && (vocab->codes[i].flags & flag) == 0)
      continue;
    rp_str_addf(out, "%s%s", first ? "" : ", ", rp_vocab_word(id, i));
    first = false;
  }
}

const char *rp_vocab_layer(enum rp_domain domain, int layer) {
  static const char *const names[RP_DOMAIN_COUNT][3] = {
      [RP_DOMAIN_BUSINESS] = {N_("general"), N_("strategic"), N_("synergistic")},
      [RP_DOMAIN_SELF] = {N_("general"), N_("personal life"), N_("private")},
  };
  if ((unsigned)domain >= RP_DOMAIN_COUNT || layer < 1 || layer > 3)
    return "";
  return _(names[domain][layer - 1]);
}
