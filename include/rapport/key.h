/*
 * Keys and their names, for the settings file, the help and the status line: "j", "Ctrl-R", "Alt-x", "Space", "PgUp",
 * "F5", "Shift-Tab".
 */
#ifndef RAPPORT_KEY_H
#define RAPPORT_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/str.h"

/* Codes below these are characters (Unicode code points). */
enum rp_key_code {
  RP_KEY_NONE = 0,
  RP_KEY_ENTER = 0x110000,
  RP_KEY_TAB,
  RP_KEY_ESCAPE,
  RP_KEY_BACKSPACE,
  RP_KEY_DELETE,
  RP_KEY_INSERT,
  RP_KEY_UP,
  RP_KEY_DOWN,
  RP_KEY_LEFT,
  RP_KEY_RIGHT,
  RP_KEY_HOME,
  RP_KEY_END,
  RP_KEY_PAGE_UP,
  RP_KEY_PAGE_DOWN,
  RP_KEY_F1, /* F2 is RP_KEY_F1 + 1, and so on */
  RP_KEY_F12 = RP_KEY_F1 + 11,
};

enum rp_modifier { RP_MOD_SHIFT = 1, RP_MOD_ALT = 2, RP_MOD_CTRL = 4 };

struct rp_key {
  int32_t code;       /* a code point or an enum rp_key_code; with Ctrl a letter is lower-case */
  unsigned modifiers; /* of enum rp_modifier; Shift only with keys that are no characters */
};

/* Reads a key's name; upper or lower case makes no difference but for a character alone or after "Alt-". RP_EUSAGE when
 * there is no such key, or when terminals send the same for it as for another ("Ctrl-I" is Tab). */
rp_status rp_key_parse(const char *name, struct rp_key *out, struct rp_err *err);
/* Appends the name, in the form that rp_key_parse reads. */
void rp_key_format(struct rp_key key, struct rp_str *out);
bool rp_key_equal(struct rp_key a, struct rp_key b);
/* Whether the key is `code` without modifiers. */
bool rp_key_is(struct rp_key key, int32_t code);
/* Whether the key is Ctrl with this (lower-case) letter and nothing else. */
bool rp_key_is_ctrl(struct rp_key key, char letter);
/* The character that the key types, RP_KEY_NONE when it types none. */
int32_t rp_key_character(struct rp_key key);
/* Whether it types the first letter of a word, folded: "Å" by "å" and by "a". */
bool rp_key_is_letter_of(struct rp_key key, const char *word);

#endif
