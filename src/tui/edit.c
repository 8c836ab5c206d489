#include "edit.h"

#include <stdbool.h>
#include <string.h>

#include "rapport/utf8.h"

static bool is_ascii(char byte) {
  return (unsigned char)byte < 0x80;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t';
}

size_t edit_after(const struct rp_str *text, size_t at) {
  return at + rp_utf8_grapheme(rp_str_text(text) + at, text->length - at);
}

size_t edit_before(const struct rp_str *text, size_t at) {
  return at - rp_utf8_grapheme_before(rp_str_text(text), at);
}

size_t edit_snap(const struct rp_str *text, size_t at) {
  /* Two ASCII characters are never one cluster here, since a clean text has no carriage returns. */
  size_t from = at;
  while (from > 0 && !(from < text->length && is_ascii(text->data[from - 1]) && is_ascii(text->data[from])))
    from--;
  while (from < at)
    from = edit_after(text, from);
  return from;
}

size_t edit_word_after(const struct rp_str *text, size_t at) {
  while (at < text->length && is_blank(text->data[at]))
    at = edit_after(text, at);
  while (at < text->length && !is_blank(text->data[at]))
    at = edit_after(text, at);
  return at;
}

size_t edit_word_before(const struct rp_str *text, size_t at) {
  while (at > 0 && is_blank(text->data[at - 1]))
    at--;
  while (at > 0 && !is_blank(text->data[at - 1]))
    at--;
  return edit_snap(text, at);
}

size_t edit_line_start(const struct rp_str *text, size_t at) {
  while (at > 0 && text->data[at - 1] != '\n')
    at--;
  return at;
}

size_t edit_line_end(const struct rp_str *text, size_t at) {
  const char *newline = at < text->length ? memchr(text->data + at, '\n', text->length - at) : NULL;
  return newline != NULL ? (size_t)(newline - text->data) : text->length;
}

bool edit_move(const struct rp_str *text, size_t cursor, struct rp_key key, size_t *out) {
  bool ctrl = key.modifiers == RP_MOD_CTRL;
  bool alt = key.modifiers == RP_MOD_ALT;
  if (rp_key_is(key, RP_KEY_LEFT) || rp_key_is_ctrl(key, 'b'))
    *out = edit_before(text, cursor);
  else if (rp_key_is(key, RP_KEY_RIGHT) || rp_key_is_ctrl(key, 'f'))
    *out = edit_after(text, cursor);
  else if (rp_key_is(key, RP_KEY_HOME) || rp_key_is_ctrl(key, 'a'))
    *out = edit_line_start(text, cursor);
  else if (rp_key_is(key, RP_KEY_END) || rp_key_is_ctrl(key, 'e'))
    *out = edit_line_end(text, cursor);
  else if (ctrl && key.code == RP_KEY_HOME)
    *out = 0;
  else if (ctrl && key.code == RP_KEY_END)
    *out = text->length;
  else if ((ctrl && key.code == RP_KEY_LEFT) || (alt && key.code == 'b'))
    *out = edit_word_before(text, cursor);
  else if ((ctrl && key.code == RP_KEY_RIGHT) || (alt && key.code == 'f'))
    *out = edit_word_after(text, cursor);
  else
    return false;
  return true;
}

bool edit_deletion(const struct rp_str *text, size_t cursor, struct rp_key key, size_t *out) {
  if (rp_key_is(key, RP_KEY_BACKSPACE))
    *out = edit_before(text, cursor);
  else if (rp_key_is(key, RP_KEY_DELETE))
    *out = edit_after(text, cursor);
  else if (rp_key_is_ctrl(key, 'w') || (key.code == RP_KEY_BACKSPACE && key.modifiers == RP_MOD_ALT))
    *out = edit_word_before(text, cursor);
  else if (rp_key_is_ctrl(key, 'u'))
    *out = edit_line_start(text, cursor);
  else if (rp_key_is_ctrl(key, 'k'))
    *out = edit_line_end(text, cursor);
  else
    return false;
  return true;
}

void edit_splice(struct rp_str *text, size_t at, size_t removed, const char *inserted, size_t length) {
  size_t rest = text->length - at - removed;
  if (length > removed)
    rp_str_fill(text, ' ', length - removed);
  if (text->data == NULL)
    return; /* nothing was there, and nothing comes */
  memmove(text->data + at + length, text->data + at + removed, rest);
  if (length > 0)
    memcpy(text->data + at, inserted, length);
  if (length < removed)
    rp_str_cut(text, at + length + rest);
}

size_t edit_fitting(const char *text, size_t length, size_t room) {
  if (length <= room)
    return length;
  /* Cut at a character, then let go of the cluster that may have been cut in two. */
  size_t end = room;
  while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
    end--;
  size_t before = end - rp_utf8_grapheme_before(text, end);
  return before + rp_utf8_grapheme(text + before, length - before) <= end ? end : before;
}
