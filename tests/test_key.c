/* Keys by name, and events from bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance.h"
#include "rapport/event.h"
#include "rapport/key.h"

/* ---- names --------------------------------------------------------------------------------------------------------
 */

static void name__is_read_and_written(void **state) {
  (void)state;
  const struct {
    const char *name;
    int32_t code;
    unsigned modifiers;
    const char *written; /* NULL: as it was read */
  } cases[] = {
      {"j", 'j', 0, NULL},
      {"G", 'G', 0, NULL},
      {"/", '/', 0, NULL},
      {"-", '-', 0, NULL},
      {"ä", 0xE4, 0, NULL},
      {"日", 0x65E5, 0, NULL},
      {"Space", ' ', 0, NULL},
      {"space", ' ', 0, "Space"},
      {"Enter", RP_KEY_ENTER, 0, NULL},
      {"return", RP_KEY_ENTER, 0, "Enter"},
      {"ESCAPE", RP_KEY_ESCAPE, 0, "Esc"},
      {"PgDn", RP_KEY_PAGE_DOWN, 0, NULL},
      {"pageup", RP_KEY_PAGE_UP, 0, "PgUp"},
      {"F5", RP_KEY_F1 + 4, 0, NULL},
      {"f12", RP_KEY_F12, 0, "F12"},
      {"F", 'F', 0, NULL},
      {"Ctrl-R", 'r', RP_MOD_CTRL, NULL},
      {"ctrl-r", 'r', RP_MOD_CTRL, "Ctrl-R"},
      {"Ctrl-Space", ' ', RP_MOD_CTRL, NULL},
      {"Ctrl-_", '_', RP_MOD_CTRL, NULL},
      {"Alt-x", 'x', RP_MOD_ALT, NULL},
      {"Alt-X", 'X', RP_MOD_ALT, NULL},
      {"Alt--", '-', RP_MOD_ALT, NULL},
      {"alt-ctrl-d", 'd', RP_MOD_ALT | RP_MOD_CTRL, "Ctrl-Alt-D"},
      {"Shift-Tab", RP_KEY_TAB, RP_MOD_SHIFT, NULL},
      {"Ctrl-Shift-Left", RP_KEY_LEFT, RP_MOD_CTRL | RP_MOD_SHIFT, NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_key key;
    assert_int_equal(rp_key_parse(cases[i].name, &key, NULL), RP_OK);
    assert_int_equal(key.code, cases[i].code);
    assert_int_equal(key.modifiers, cases[i].modifiers);
    struct rp_str written = {0};
    rp_key_format(key, &written);
    assert_string_equal(rp_str_text(&written), cases[i].written != NULL ? cases[i].written : cases[i].name);
    struct rp_key again;
    assert_int_equal(rp_key_parse(rp_str_text(&written), &again, NULL), RP_OK);
    assert_true(rp_key_equal(key, again));
    rp_str_fini(&written);
  }
}

static void name__that_no_terminal_sends_is_refused(void **state) {
  (void)state;
  const struct {
    const char *name;
    const char *says;
  } cases[] = {
      {"", "is no key"},
      {"Ctrl-", "is no key"},
      {"jj", "is no key"},
      {" ", "is no key"},
      {"F0", "is no key"},
      {"F13", "is no key"},
      {"F1x", "is no key"},
      {"Ctrl-Ctrl-R", "is no key"},
      {"Hyper-x", "is no key"},
      {"\033", "is no key"},
      {"\302\233", "is no key"},
      {"\377", "is no key"},
      {"Shift-a", "write the character itself"},
      {"Ctrl-I", "as for “Tab”; write “Tab”"},
      {"Ctrl-m", "as for “Enter”"},
      {"Ctrl-[", "as for “Esc”"},
      {"Ctrl-H", "as for “Backspace”"},
      {"Ctrl-1", "Ctrl goes with a letter"},
      {"Ctrl-ä", "Ctrl goes with a letter"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_key key = {77, 7};
    struct rp_err err = {0};
    assert_int_equal(rp_key_parse(cases[i].name, &key, &err), RP_EUSAGE);
    assert_non_null(strstr(err.text, cases[i].says));
    assert_int_equal(key.code, 77);
  }
}

static void character__is_what_a_key_types(void **state) {
  (void)state;
  assert_int_equal(rp_key_character((struct rp_key){'a', 0}), 'a');
  assert_int_equal(rp_key_character((struct rp_key){0x65E5, 0}), 0x65E5);
  assert_int_equal(rp_key_character((struct rp_key){'a', RP_MOD_CTRL}), RP_KEY_NONE);
  assert_int_equal(rp_key_character((struct rp_key){'a', RP_MOD_ALT}), RP_KEY_NONE);
  assert_int_equal(rp_key_character((struct rp_key){RP_KEY_UP, 0}), RP_KEY_NONE);
  assert_int_equal(rp_key_character((struct rp_key){0x9B, 0}), RP_KEY_NONE);
  assert_int_equal(rp_key_character((struct rp_key){0x7F, 0}), RP_KEY_NONE);
}

/* ---- events -------------------------------------------------------------------------------------------------------
 */

static void describe(struct rp_str *out, const struct rp_event *event) {
  static const char *const actions[] = {"press", "release", "drag", "up", "down"};
  if (out->length > 0)
    rp_str_addc(out, ' ');
  if (event->kind == RP_EVENT_KEY) {
    rp_key_format(event->key, out);
  } else if (event->kind == RP_EVENT_MOUSE) {
    rp_str_addf(out, "%s%d@%d,%d", actions[event->mouse.action], event->mouse.button, event->mouse.x, event->mouse.y);
    if (event->mouse.modifiers != 0)
      rp_str_addf(out, "+%u", event->mouse.modifiers);
  } else if (event->kind == RP_EVENT_PASTE) {
    rp_str_addc(out, '"');
    rp_str_addn(out, event->paste, event->paste_length);
    rp_str_addc(out, '"');
  } else if (event->kind == RP_EVENT_FOCUS) {
    rp_str_add(out, event->focused ? "in" : "out");
  } else {
    rp_str_addf(out, "kind%d", (int)event->kind);
  }
}

static void drain(struct rp_decoder *decoder, struct rp_str *out) {
  struct rp_event event;
  while ((event = rp_decoder_next(decoder)).kind != RP_EVENT_NONE)
    describe(out, &event);
}

/* The events of bytes that come `step` at a time, then nothing more. */
static void decode(const char *bytes, size_t length, size_t step, struct rp_str *out) {
  struct rp_decoder *decoder = rp_decoder_new();
  rp_decoder_learn(decoder, "\033[[A", (struct rp_key){RP_KEY_F1, 0});
  rp_decoder_learn(decoder, "\033[25~", (struct rp_key){RP_KEY_F1 + 2, RP_MOD_SHIFT});
  for (size_t at = 0; at < length; at += step) {
    rp_decoder_feed(decoder, bytes + at, length - at < step ? length - at : step);
    drain(decoder, out);
  }
  for (int i = 0; i < 100 && rp_decoder_is_waiting(decoder); i++) {
    rp_decoder_settle(decoder);
    drain(decoder, out);
  }
  assert_false(rp_decoder_is_waiting(decoder));
  rp_decoder_free(decoder);
}

static void bytes__become_events_however_they_come(void **state) {
  (void)state;
  const struct {
    const char *bytes;
    const char *events;
  } cases[] = {
      {"", ""},
      {"jk", "j k"},
      {"ä日👍", "ä 日 👍"},
      {"\r\t\177\b\n", "Enter Tab Backspace Backspace Enter"},
      {"\001\032\036\037", "Ctrl-A Ctrl-Z Ctrl-^ Ctrl-_"},
      {"\033", "Esc"},
      {"\033\033", "Esc Esc"},
      {"\033x\033ä", "Alt-x Alt-ä"},
      {"\033\001", "Ctrl-Alt-A"},
      {"\033\r", "Alt-Enter"},
      {"\033[", "Alt-["},
      {"\033O", "Alt-O"},
      {"\033[A\033OB\033[C\033OD", "Up Down Right Left"},
      {"\033[H\033[F\033OH\033OF\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End Home End"},
      {"\033[5~\033[6~\033[2~\033[3~", "PgUp PgDn Insert Delete"},
      {"\033OP\033[15~\033[24~\033[[B", "F1 F5 F12 F2"},
      {"\033[[A\033[25~", "F1 Shift-F3"},
      {"\033[1;5C\033[1;3A\033[1;2D\033[3;5~\033[1;8B", "Ctrl-Right Alt-Up Shift-Left Ctrl-Delete Ctrl-Alt-Shift-Down"},
      {"\033[Z", "Shift-Tab"},
      {"\033[I\033[O", "in out"},
      {"\033[<0;1;1M\033[<0;1;1m", "press1@0,0 release1@0,0"},
      {"\033[<2;300;200M\033[<32;5;6M\033[<64;2;3M\033[<65;2;3M", "press3@299,199 drag1@4,5 up0@1,2 down0@1,2"},
      {"\033[<20;2;3M", "press1@1,2+5"},
      {"\033[<0;1M\033[<0;0;0M\033[<128;1;1M\033[<66;1;1M\033[<35;1;1Mj", "j"},
      {"\033[?1;2c\033[>0;1;2c\033[12;34Rj", "Shift-F3 j"}, /* a cursor report looks like F3 with a modifier */
      {"\033[999999999999999999999;1~j", "j"},
      {"\033[1\001j", "1 Ctrl-A j"},
      {"\377\200", "\357\277\275 \357\277\275"},
      {"\303", "\357\277\275"},
      {"\303x", "\357\277\275 x"},
      {"\033[200~a\033[Ab\r\nc\rd\n\033[201~j", "\"a\033[Ab\nc\nd\n\" j"},
      {"\033[200~\033[201~\033[201~", "\"\""},
      {"\033[200~\033[20\033[201~", "\"\033[20\""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t length = strlen(cases[i].bytes);
    for (size_t step = 1; step <= length + 1; step++) {
      struct rp_str events = {0};
      decode(cases[i].bytes, length, step, &events);
      assert_string_equal(rp_str_text(&events), cases[i].events);
      rp_str_fini(&events);
    }
  }
}

static void paste__keeps_what_fits_in_whole_characters(void **state) {
  (void)state;
  for (size_t shift = 0; shift < 3; shift++) {
    struct rp_decoder *decoder = rp_decoder_new();
    struct rp_str bytes = {0};
    rp_str_add(&bytes, "\033[200~");
    rp_str_fill(&bytes, 'x', shift);
    size_t sent = shift;
    for (; sent < RP_PASTE_LIMIT + 5000; sent += 3)
      rp_str_add(&bytes, "日");
    rp_str_add(&bytes, "\033[201~q");
    for (size_t at = 0; at < bytes.length; at += 1000)
      rp_decoder_feed(decoder, bytes.data + at, bytes.length - at < 1000 ? bytes.length - at : 1000);
    struct rp_event event = rp_decoder_next(decoder);
    assert_int_equal(event.kind, RP_EVENT_PASTE);
    assert_int_equal(event.paste_length, RP_PASTE_LIMIT - (RP_PASTE_LIMIT - shift) % 3);
    assert_int_equal(event.paste_length + event.paste_dropped, sent);
    assert_memory_equal(event.paste + event.paste_length - 3, "日", 3);
    assert_true(rp_key_is(rp_decoder_next(decoder).key, 'q'));
    rp_str_fini(&bytes);
    rp_decoder_free(decoder);
  }
}

static void unfinished_paste__waits_without_end(void **state) {
  (void)state;
  struct rp_decoder *decoder = rp_decoder_new();
  rp_decoder_feed(decoder, "\033[200~abc", 9);
  assert_int_equal(rp_decoder_next(decoder).kind, RP_EVENT_NONE);
  assert_false(rp_decoder_is_waiting(decoder));
  rp_decoder_settle(decoder);
  assert_int_equal(rp_decoder_next(decoder).kind, RP_EVENT_NONE);
  rp_decoder_feed(decoder, "\033[201~", 6);
  assert_int_equal(rp_decoder_next(decoder).kind, RP_EVENT_PASTE);
  rp_decoder_free(decoder);
  rp_decoder_free(NULL);
}

static void random_bytes__are_all_used_up(void **state) {
  (void)state;
  static const char *const parts[] = {"\033", "[",    "<", "0", ";", "M",         "m", "~", "200~", "\033[201~",
                                      "O",    "\377", "ä", "A", "1", "\033[200~", "?", ":", "\r",   "x"};
  uint64_t random = 3;
  for (int round = 0; round < 20000; round++) {
    struct rp_str bytes = {0};
    for (int i = chance(&random, 30); i > 0; i--)
      rp_str_add(&bytes, parts[chance(&random, sizeof parts / sizeof *parts)]);
    struct rp_str events = {0};
    decode(rp_str_text(&bytes), bytes.length, 1 + (size_t)chance(&random, 5), &events);
    rp_str_fini(&events);
    rp_str_fini(&bytes);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(name__is_read_and_written),
      cmocka_unit_test(name__that_no_terminal_sends_is_refused),
      cmocka_unit_test(character__is_what_a_key_types),
      cmocka_unit_test(bytes__become_events_however_they_come),
      cmocka_unit_test(paste__keeps_what_fits_in_whole_characters),
      cmocka_unit_test(unfinished_paste__waits_without_end),
      cmocka_unit_test(random_bytes__are_all_used_up),
  };
  return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
