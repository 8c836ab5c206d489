#include "rapport/key.h"

#include <string.h>
#include <strings.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"

struct name {
  const char *text;
  int32_t code;
};

/* The first name of a code is the one that is shown. */
static const struct name names[] = {
    {"Enter", RP_KEY_ENTER},
    {"Return", RP_KEY_ENTER},
    {"Tab", RP_KEY_TAB},
    {"Esc", RP_KEY_ESCAPE},
    {"Escape", RP_KEY_ESCAPE},
    {"Backspace", RP_KEY_BACKSPACE},
    {"Delete", RP_KEY_DELETE},
    {"Del", RP_KEY_DELETE},
    {"Insert", RP_KEY_INSERT},
    {"Ins", RP_KEY_INSERT},
    {"Up", RP_KEY_UP},
    {"Down", RP_KEY_DOWN},
    {"Left", RP_KEY_LEFT},
    {"Right", RP_KEY_RIGHT},
    {"Home", RP_KEY_HOME},
    {"End", RP_KEY_END},
    {"PgUp", RP_KEY_PAGE_UP},
    {"PageUp", RP_KEY_PAGE_UP},
    {"PgDn", RP_KEY_PAGE_DOWN},
    {"PageDown", RP_KEY_PAGE_DOWN},
    {"Space", ' '},
};

static const struct name modifiers[] = {
    {"Ctrl-", RP_MOD_CTRL},
    {"Alt-", RP_MOD_ALT},
    {"Shift-", RP_MOD_SHIFT},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *name_of(int32_t code) {
  for (size_t i = 0; i < COUNT(names); i++) {
    if (names[i].code == code)
      return names[i].text;
  }
  return NULL;
}

static bool named_code(const char *text, int32_t *code) {
  for (size_t i = 0; i < COUNT(names); i++) {
    if (strcasecmp(names[i].text, text) == 0) {
      *code = names[i].code;
      return true;
    }
  }
  if ((text[0] == 'F' || text[0] == 'f') && text[1] >= '1' && text[1] <= '9') {
    int number = text[1] - '0';
    if (text[2] >= '0' && text[2] <= '9' && text[3] == '\0')
      number = number * 10 + text[2] - '0';
    else if (text[2] != '\0')
      return false;
    *code = RP_KEY_F1 + number - 1;
    return number <= 12;
  }
  return false;
}

/* One visible character and nothing else. */
static bool single_character(const char *text, int32_t *code) {
  size_t length = strlen(text);
  if (length == 0)
    return false;
  size_t bytes = rp_utf8_decode(text, length, code);
  bool invalid = *code == 0xFFFD && bytes == 1;
  return bytes == length && !invalid && *code > ' ' && !(*code >= 0x7F && *code < 0xA0);
}

/* The key that terminals send the same byte for as for Ctrl with this letter; NULL when there is none. */
static const char *same_as_ctrl(int32_t code) {
  switch (code) {
  case 'h':
    return "Backspace";
  case 'i':
    return "Tab";
  case 'j':
  case 'm':
    return "Enter";
  case '[':
    return "Esc";
  default:
    return NULL;
  }
}

static rp_status check(const char *name, struct rp_key key, struct rp_err *err) {
  if (key.code >= RP_KEY_ENTER)
    return RP_OK;
  if ((key.modifiers & RP_MOD_SHIFT) != 0)
    return rp_err_set(err, RP_EUSAGE, _("“%s” is no key: instead of Shift with a character write the character itself"),
                      name);
  if ((key.modifiers & RP_MOD_CTRL) == 0)
    return RP_OK;
  const char *same = same_as_ctrl(key.code);
  if (same != NULL)
    return rp_err_set(err, RP_EUSAGE, _("terminals send the same for “%s” as for “%s”; write “%s”"), name, same, same);
  bool letter = key.code >= 'a' && key.code <= 'z';
  if (!letter && (key.code >= 0x80 || strchr(" \\]^_", (char)key.code) == NULL))
    return rp_err_set(err, RP_EUSAGE,
                      _("“%s” is no key that terminals can send: Ctrl goes with a letter, Space, \\ ] ^ _"), name);
  return RP_OK;
}

rp_status rp_key_parse(const char *name, struct rp_key *out, struct rp_err *err) {
  struct rp_key key = {0};
  const char *rest = name;
  for (size_t i = 0; i < COUNT(modifiers);) {
    size_t length = strlen(modifiers[i].text);
    unsigned bit = (unsigned)modifiers[i].code;
    if (strncasecmp(rest, modifiers[i].text, length) == 0 && rest[length] != '\0' && (key.modifiers & bit) == 0) {
      key.modifiers |= bit;
      rest += length;
      i = 0;
    } else {
      i++;
    }
  }
  if (!named_code(rest, &key.code) && !single_character(rest, &key.code))
    return rp_err_set(
        err, RP_EUSAGE,
        _("“%s” is no key; write a character, or one of Enter, Tab, Esc, Space, Backspace, Delete, Insert, "
          "Up, Down, Left, Right, Home, End, PgUp, PgDn, F1 to F12, with Ctrl-, Alt- or Shift- before it"),
        name);
  if ((key.modifiers & RP_MOD_CTRL) != 0 && key.code >= 'A' && key.code <= 'Z')
    key.code += 'a' - 'A';
  rp_status status = check(name, key, err);
  if (status == RP_OK)
    *out = key;
  return status;
}

void rp_key_format(struct rp_key key, struct rp_str *out) {
  for (size_t i = 0; i < COUNT(modifiers); i++) {
    if ((key.modifiers & (unsigned)modifiers[i].code) != 0)
      rp_str_add(out, modifiers[i].text);
  }
  const char *name = name_of(key.code);
  if (name != NULL)
    rp_str_add(out, name);
  else if (key.code >= RP_KEY_F1 && key.code <= RP_KEY_F12)
    rp_str_addf(out, "F%d", (int)(key.code - RP_KEY_F1 + 1));
  else if ((key.modifiers & RP_MOD_CTRL) != 0 && key.code >= 'a' && key.code <= 'z')
    rp_str_addc(out, (char)(key.code - 'a' + 'A'));
  else if (key.code != RP_KEY_NONE)
    rp_utf8_add(out, key.code);
}

bool rp_key_equal(struct rp_key a, struct rp_key b) {
  return a.code == b.code && a.modifiers == b.modifiers;
}

bool rp_key_is(struct rp_key key, int32_t code) {
  return key.code == code && key.modifiers == 0;
}

bool rp_key_is_ctrl(struct rp_key key, char letter) {
  return key.code == letter && key.modifiers == RP_MOD_CTRL;
}

int32_t rp_key_character(struct rp_key key) {
  bool control = key.code < ' ' || (key.code >= 0x7F && key.code < 0xA0);
  bool typed = key.modifiers == 0 && !control && key.code < RP_KEY_ENTER;
  return typed ? key.code : RP_KEY_NONE;
}

bool rp_key_is_letter_of(struct rp_key key, const char *word) {
  int32_t code = rp_key_character(key);
  if (code == RP_KEY_NONE)
    return false;
  struct rp_str typed = {0};
  struct rp_str folded = {0};
  struct rp_str letter = {0};
  rp_utf8_add(&typed, code);
  rp_utf8_fold(rp_str_text(&typed), typed.length, &folded);
  rp_utf8_fold(word, rp_utf8_grapheme(word, strlen(word)), &letter);
  bool same = letter.length > 0 && rp_str_equal(rp_str_text(&folded), rp_str_text(&letter));
  rp_str_fini(&typed);
  rp_str_fini(&folded);
  rp_str_fini(&letter);
  return same;
}
