/* Typing one line. */
#include <stdlib.h>
#include <string.h>

#include "edit.h"
#include "rapport/editor.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"

/* ---- secrets ------------------------------------------------------------------------------------------------------
 */

/* Overwrites in a way that the compiler must keep. */
static void wipe(char *bytes, size_t length) {
  volatile char *target = bytes;
  for (size_t i = 0; i < length; i++)
    target[i] = 0;
}

static void forget(struct rp_input *input) {
  if (input->secret && input->text.data != NULL)
    wipe(input->text.data, input->text.capacity);
}

/* A secret gets all the room it can ever need at once, so that no copy is left behind when the text grows. */
static void make_room(struct rp_input *input) {
  if (!input->secret || input->text.capacity > RP_INPUT_LIMIT)
    return;
  struct rp_str roomy = {0};
  rp_str_fill(&roomy, ' ', RP_INPUT_LIMIT + 1);
  rp_str_clear(&roomy);
  rp_str_addn(&roomy, rp_str_text(&input->text), input->text.length);
  forget(input);
  rp_str_fini(&input->text);
  input->text = roomy;
}

void rp_input_fini(struct rp_input *input) {
  if (input == NULL)
    return;
  forget(input);
  rp_str_fini(&input->text);
  input->cursor = 0;
}

/* ---- editing ------------------------------------------------------------------------------------------------------
 */

static void replace(struct rp_input *input, size_t at, size_t removed, const char *inserted, size_t length) {
  make_room(input);
  edit_splice(&input->text, at, removed, inserted, length);
  input->cursor = edit_snap(&input->text, at + length);
}

/* Inserts clean text at the cursor; returns the bytes that found no room. */
static size_t insert(struct rp_input *input, const char *text, size_t length) {
  size_t fitting = edit_fitting(text, length, RP_INPUT_LIMIT - input->text.length);
  replace(input, input->cursor, 0, text, fitting);
  return length - fitting;
}

size_t rp_input_paste(struct rp_input *input, const char *bytes, size_t length) {
  /* What is beyond cannot fit whatever becomes of it: mending shrinks no text to less than a third (Hangul jamo). */
  size_t looked_at = edit_fitting(bytes, length, 4 * RP_INPUT_LIMIT);
  struct rp_str clean = {0};
  rp_utf8_mend(bytes, looked_at, RP_UTF8_MANY_LINES, &clean);
  for (size_t i = 0; i < clean.length; i++) {
    if (clean.data[i] == '\n' || clean.data[i] == '\t')
      clean.data[i] = ' ';
  }
  size_t dropped = insert(input, rp_str_text(&clean), clean.length) + length - looked_at;
  if (input->secret && clean.data != NULL)
    wipe(clean.data, clean.capacity);
  rp_str_fini(&clean);
  return dropped;
}

void rp_input_set(struct rp_input *input, const char *text) {
  forget(input);
  rp_str_clear(&input->text);
  input->cursor = 0;
  rp_input_paste(input, text, strlen(text));
}

void rp_input_complete(struct rp_input *input, size_t start, const char *text) {
  replace(input, start, input->cursor - start, "", 0);
  rp_input_paste(input, text, strlen(text));
}

static void remove_to(struct rp_input *input, size_t place) {
  size_t from = place < input->cursor ? place : input->cursor;
  size_t to = place < input->cursor ? input->cursor : place;
  replace(input, from, to - from, "", 0);
}

enum rp_reply rp_input_key(struct rp_input *input, struct rp_key key) {
  int32_t code = rp_key_character(key);
  size_t place;
  if (code != RP_KEY_NONE) {
    struct rp_str typed = {0};
    rp_utf8_add(&typed, code);
    insert(input, rp_str_text(&typed), typed.length);
    rp_str_fini(&typed);
    return RP_REPLY_TAKEN;
  }
  if (rp_key_is(key, RP_KEY_ENTER))
    return RP_REPLY_ACCEPT;
  if (rp_key_is(key, RP_KEY_ESCAPE))
    return RP_REPLY_CANCEL;
  if (edit_move(&input->text, input->cursor, key, &input->cursor))
    return RP_REPLY_TAKEN;
  if (!edit_deletion(&input->text, input->cursor, key, &place))
    return RP_REPLY_IGNORED;
  remove_to(input, place);
  return RP_REPLY_TAKEN;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

/* A secret is seen as one dot for each cluster. */
static size_t step(const struct rp_input *input, size_t at, int *columns) {
  size_t bytes = rp_rich_step(input->text.data + at, input->text.length - at, columns);
  *columns = input->secret ? 1 : *columns;
  return bytes;
}

static int columns_between(const struct rp_input *input, size_t from, size_t to) {
  int sum = 0;
  while (from < to) {
    int columns;
    from += step(input, from, &columns);
    sum += columns;
  }
  return sum;
}

/* The first byte shown: 0, or as much further as it takes to see the cursor. *x gets the column it is drawn at, which
 * leaves room for a "…" when something is hidden. */
static size_t first_shown(const struct rp_input *input, int width, int *x) {
  *x = 0;
  int after = input->cursor < input->text.length ? 2 : 1; /* the cursor, and what the "…" at the right edge covers */
  int most = width > after ? width - after : 0;
  int columns = columns_between(input, 0, input->cursor);
  if (columns <= most)
    return 0;
  *x = width > 3 ? 1 : 0;
  size_t at = 0;
  while (at < input->cursor && columns > most - *x) {
    int first;
    at += step(input, at, &first);
    columns -= first;
  }
  return at;
}

void rp_input_draw(struct rp_area row, const struct rp_input *input, bool active, const char *hint) {
  rp_area_clear(row, RP_SLOT_INPUT);
  int x;
  size_t first = first_shown(input, row.rect.width, &x);
  if (x > 0)
    rp_area_text(row, 0, 0, RP_SLOT_DIM, "…");
  if (active)
    rp_area_cursor(row, x + columns_between(input, first, input->cursor), 0);
  if (input->text.length == 0)
    rp_area_text(row, 0, 0, RP_SLOT_DIM, hint);
  else if (input->secret)
    rp_area_fill(row, (struct rp_rect){x, 0, columns_between(input, first, input->text.length), 1}, RP_SLOT_INPUT, "•");
  else
    rp_area_slice(row, x, 0, RP_SLOT_INPUT, input->text.data, first, input->text.length - first, NULL);
}

void rp_input_click(struct rp_input *input, int width, int x) {
  int column;
  size_t at = first_shown(input, width, &column);
  while (at < input->text.length) {
    int columns;
    size_t bytes = step(input, at, &columns);
    if (column + columns > x)
      break;
    column += columns;
    at += bytes;
  }
  input->cursor = at;
}
