/* Codes as a person types them. */
#include <string.h>

#include "rapport/utf8.h"
#include "rapport/vocab.h"

/* The form in which a code, its label and what is typed are compared: folded, words apart by one blank. */
static void add_plain(const char *text, size_t length, struct rp_str *out) {
  struct rp_str folded = {0};
  rp_utf8_fold(text, length, &folded);
  for (size_t i = 0; i < folded.length; i++) {
    char byte = folded.data[i];
    if (byte != ' ' && byte != '_' && byte != '-' && byte != '\t')
      rp_str_addc(out, byte);
    else if (out->length > 0 && out->data[out->length - 1] != ' ')
      rp_str_addc(out, ' ');
  }
  if (out->length > 0 && out->data[out->length - 1] == ' ')
    rp_str_cut(out, out->length - 1);
  rp_str_fini(&folded);
}

static bool is_plain(const char *text, const struct rp_str *typed) {
  struct rp_str plain = {0};
  add_plain(text, strlen(text), &plain);
  bool same = strcmp(rp_str_text(&plain), rp_str_text(typed)) == 0;
  rp_str_fini(&plain);
  return same;
}

int rp_vocab_typed(enum rp_vocab_id id, const char *text, size_t length) {
  enum { LONGEST = 128 }; /* bytes: no code or label comes near */
  int found = rp_vocab_find(id, text, length);
  if (found != RP_CODE_NONE || length > LONGEST)
    return found;
  const struct rp_vocab *vocab = rp_vocab_get(id);
  struct rp_str typed = {0};
  add_plain(text, length, &typed);
  for (int i = 0; typed.length > 0 && found == RP_CODE_NONE && i < vocab->count; i++) {
    if (is_plain(vocab->codes[i].code, &typed) || is_plain(vocab->codes[i].label, &typed) ||
        is_plain(rp_vocab_label(id, i), &typed))
      found = i;
  }
  rp_str_fini(&typed);
  return found;
}
