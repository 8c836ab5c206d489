#include "note_help.h"

#include <string.h>

#include "rapport/i18n.h"
#include "rapport/quick.h"
#include "rapport/utf8.h"

static void add_range(struct rp_ranges *out, size_t start, size_t length, enum rp_slot slot) {
  if (length > 0)
    *rp_vec_add(out) = (struct rp_range){start, length, slot};
}

/* The bytes of the head before its colon; all of it while there is none. */
static size_t head_length(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (text[i] == ':' && (i + 1 == length || text[i + 1] == ' '))
      return i;
  }
  return length;
}

void note_highlight(const void *context, size_t line, const char *text, size_t length, struct rp_ranges *out) {
  static const enum rp_slot slots[] = {
      [RP_QUICK_TOLD_US] = RP_SLOT_CUSTOMER,    [RP_QUICK_WE_TOLD] = RP_SLOT_SALESPERSON,
      [RP_QUICK_BENEFIT] = RP_SLOT_BENEFIT,     [RP_QUICK_COST] = RP_SLOT_COST,
      [RP_QUICK_OUR_PROMISE] = RP_SLOT_PROMISE, [RP_QUICK_THEIR_PROMISE] = RP_SLOT_PROMISE,
      [RP_QUICK_QUESTION] = RP_SLOT_QUESTION,
  };
  (void)context;
  if (line == 0) {
    add_range(out, 0, head_length(text, length), RP_SLOT_STRONG);
    return;
  }
  enum rp_quick_mark mark;
  size_t text_at = 0;
  if (!rp_quick_classify(text, length, &mark, &text_at))
    return;
  bool all = mark == RP_QUICK_BENEFIT || mark == RP_QUICK_COST;
  add_range(out, 0, all || text_at > length ? length : text_at, slots[mark]);
}

/* ---- completion ---------------------------------------------------------------------------------------------------
 */

/* The line of the cursor up to it; *start is where the line begins in the text. */
static const char *line_before(const struct rp_editor *editor, size_t *line, size_t *start, size_t *length) {
  rp_editor_where(editor, line, length);
  *start = editor->cursor - *length;
  return rp_str_text(&editor->text) + *start;
}

static size_t skip_blanks(const char *text, size_t from, size_t length) {
  while (from < length && text[from] == ' ')
    from++;
  return from;
}

static size_t word_end(const char *text, size_t from, size_t length) {
  while (from < length && text[from] != ' ')
    from++;
  return from;
}

static enum note_place place_in_head(const char *text, size_t length, size_t *from) {
  if (head_length(text, length) < length)
    return NOTE_NOTHING;
  size_t at = 0;
  bool company = false;
  for (size_t i = 0; i < length; i++) {
    if (text[i] == ',' || text[i] == '@') {
      at = i + 1;
      company = text[i] == '@';
    }
  }
  bool first = at == 0;
  at = skip_blanks(text, at, length);
  size_t end = word_end(text, at, length);
  if (first && end < length && rp_vocab_typed(RP_VOCAB_CHANNEL, text + at, end - at) != RP_CODE_NONE)
    at = skip_blanks(text, end, length);
  *from = at;
  if (at >= length)
    return NOTE_NOTHING;
  return company ? NOTE_CUSTOMER : NOTE_CONTACT;
}

/* Which words a marked line takes where the cursor is; false when none. */
static bool find_words(const char *text, size_t length, enum rp_vocab_id *vocab, unsigned *flag, size_t *from) {
  size_t at = skip_blanks(text, 0, length);
  if (at >= length || strchr("<>+-", text[at]) == NULL || memchr(text, ':', length) != NULL)
    return false;
  bool told = text[at] == '<' || text[at] == '>';
  *vocab = told ? RP_VOCAB_TOPIC : text[at] == '+' ? RP_VOCAB_BENEFIT : RP_VOCAB_COST;
  *flag = 0;
  if (!told) {
    *from = skip_blanks(text, at + 1, length);
    return *from > at + 1 && word_end(text, *from, length) == length;
  }
  /* The domain and layer, with a name before them or not: "b2", "Maija s1". */
  for (size_t word = skip_blanks(text, at + 1, length); word < length;) {
    size_t end = word_end(text, word, length);
    bool depth = end - word == 2 && strchr("bs", text[word]) != NULL && text[word + 1] >= '1' && text[word + 1] <= '3';
    if (depth && end < length) {
      *flag = text[word] == 'b' ? RP_CODE_BUSINESS : RP_CODE_SELF;
      *from = skip_blanks(text, end, length);
      return word_end(text, *from, length) == length;
    }
    word = skip_blanks(text, end, length);
  }
  return false;
}

enum note_place note_place(const struct rp_editor *editor, size_t *start) {
  size_t line;
  size_t line_start;
  size_t length;
  size_t from = 0;
  const char *text = line_before(editor, &line, &line_start, &length);
  enum note_place place = NOTE_NOTHING;
  enum rp_vocab_id vocab;
  unsigned flag;
  if (line == 0)
    place = place_in_head(text, length, &from);
  else if (find_words(text, length, &vocab, &flag, &from))
    place = NOTE_WORD;
  *start = line_start + from;
  return place;
}

/* "price_and_terms" and "price and terms". */
static bool says_the_same(const char *code, const char *label) {
  while (*code != '\0' && (*code == *label || (*code == '_' && *label == ' '))) {
    code++;
    label++;
  }
  return *code == *label;
}

/* Whether a word begins with what is typed, without case and accents, and is not typed whole. */
static bool is_begun(const char *word, const char *typed, size_t length) {
  struct rp_str whole = {0};
  struct rp_str part = {0};
  rp_utf8_fold(word, strlen(word), &whole);
  rp_utf8_fold(typed, length, &part);
  bool begun = strlen(word) != length &&
               (part.length == 0 || (part.length <= whole.length && memcmp(whole.data, part.data, part.length) == 0));
  rp_str_fini(&whole);
  rp_str_fini(&part);
  return begun;
}

/* The words of a vocabulary, as they are called in the language; where its code is what is typed, that. */
static void offer_codes(enum rp_vocab_id vocab, unsigned flag, const char *typed, size_t length, bool labels,
                        struct offers *out) {
  const struct rp_vocab *words = rp_vocab_get(vocab);
  for (int i = 0; i < words->count; i++) {
    const struct rp_code *code = &words->codes[i];
    const char *label = _(code->label);
    const char *word = labels ? label : rp_vocab_word(vocab, i);
    if (!labels && !is_begun(word, typed, length))
      word = code->code;
    if ((flag == 0 || (code->flags & flag) != 0) && is_begun(word, typed, length))
      *rp_vec_add(&out->items) = (struct offer){
          .name = rp_mem_text(word), .customer = rp_mem_text(word == label || says_the_same(word, label) ? "" : label)};
  }
}

void note_words(const struct rp_editor *editor, struct offers *out) {
  size_t line;
  size_t line_start;
  size_t length;
  size_t from;
  enum rp_vocab_id vocab;
  unsigned flag;
  const char *text = line_before(editor, &line, &line_start, &length);
  if (line == 0) {
    size_t word = skip_blanks(text, 0, length);
    if (word_end(text, word, length) == length) /* only the first word is a channel */
      offer_codes(RP_VOCAB_CHANNEL, 0, text + word, length - word, true, out);
  } else if (find_words(text, length, &vocab, &flag, &from)) {
    offer_codes(vocab, flag, text + from, length - from, false, out);
  }
}
