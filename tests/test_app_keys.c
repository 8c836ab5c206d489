/* Keys and actions: the table, and what the settings make of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../src/app/keys.h"
#include "rapport/vec.h"

static struct rp_key key_of(const char *name) {
  struct rp_key key = {0};
  assert_int_equal(rp_key_parse(name, &key, NULL), RP_OK);
  return key;
}

static void defaults__give_one_action_to_a_key_in_each_view(void **state) {
  (void)state;
  struct keymap keymap;
  keymap_init(&keymap, NULL, NULL);
  size_t keys = 0;
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    const char *names = rp_action_row((enum rp_action)i)->keys;
    for (keys += *names != '\0'; *names != '\0'; names++)
      keys += *names == ' ';
  }
  assert_int_equal(keymap.count, keys); /* none was left out for another */
  for (size_t i = 0; i < keymap.count; i++) {
    for (size_t j = 0; j < i; j++) {
      unsigned shared = rp_action_row(keymap.items[i].action)->where & rp_action_row(keymap.items[j].action)->where;
      if (shared != 0 && rp_key_equal(keymap.items[i].key, keymap.items[j].key))
        fail_msg("%s and %s have one key", rp_action_row(keymap.items[i].action)->name,
                 rp_action_row(keymap.items[j].action)->name);
    }
  }
  keymap_fini(&keymap);
}

static void actions__are_found_by_name_and_apply_somewhere(void **state) {
  (void)state;
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    const struct rp_action_row *row = rp_action_row((enum rp_action)i);
    assert_int_equal(rp_action_find(row->name), i);
    assert_true(row->where != 0);
    assert_true(strlen(row->label) > 0 && strlen(row->label) <= 20);
    assert_true(row->sentence[strlen(row->sentence) - 1] == '.');
  }
  assert_int_equal(rp_action_find("nonsense"), RP_ACTION_NONE);
}

/* Where letters are text, no action of the table has a letter alone. */
static void typing__leaves_every_action_a_key(void **state) {
  (void)state;
  struct keymap keymap;
  keymap_init(&keymap, NULL, NULL);
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    struct rp_key key;
    bool typing = (rp_action_row((enum rp_action)i)->where & RP_ON_TYPING) != 0;
    if (typing && !keymap_key(&keymap, (enum rp_action)i, true, &key))
      fail_msg("%s has no key where letters are text", rp_action_row((enum rp_action)i)->name);
  }
  keymap_fini(&keymap);
}

static void settings__change_keys(void **state) {
  (void)state;
  static const char text[] = "keys:\n  undo: U\n  log: [z, Ctrl-N]\n  brief: []\n";
  struct rp_settings settings;
  struct rp_err err = {0};
  assert_int_equal(rp_settings_parse(text, strlen(text), &settings, &err), RP_OK);
  struct keymap keymap;
  struct rp_errs faults = {0};
  keymap_init(&keymap, &settings, &faults);
  assert_int_equal(faults.count, 0);
  static const struct {
    const char *key;
    enum rp_action action;
  } wanted[] = {
      {"U", RP_ACTION_UNDO}, {"u", RP_ACTION_NONE},      {"z", RP_ACTION_LOG},  {"Ctrl-N", RP_ACTION_LOG},
      {"m", RP_ACTION_NONE}, {"b", RP_ACTION_NONE},      {"?", RP_ACTION_HELP}, {"F1", RP_ACTION_HELP},
      {"o", RP_ACTION_NONE}, {"Ctrl-R", RP_ACTION_REDO},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    assert_int_equal(keymap_find(&keymap, RP_VIEW_TODAY, key_of(wanted[i].key)), wanted[i].action);
  assert_int_equal(keymap_find(&keymap, RP_VIEW_PEOPLE, key_of("o")), RP_ACTION_ORDER);
  struct rp_str names = {0};
  keymap_print(&keymap, RP_ACTION_LOG, false, &names);
  assert_string_equal(rp_str_text(&names), "z Ctrl-N");
  rp_str_fini(&names);
  keymap_fini(&keymap);
  rp_settings_fini(&settings);
}

static void settings__faults_are_named_and_left_aside(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned line, column;
    const char *words;
    const char *key; /* in force afterwards, as the key of */
    enum rp_action action;
  } cases[] = {
      {"keys:\n  undo: m\n", 2, 9, "the key m of “undo” is also the key of “log” on the same screen, which keeps it",
       "m", RP_ACTION_LOG},
      {"keys:\n  undo: m\n", 2, 9, "give one of them another", "u", RP_ACTION_UNDO}, /* its default */
      {"keys:\n  log: U\n  undo: U\n", 3, 9, "also the key of “log”", "U", RP_ACTION_LOG},
      {"keys:\n  undo: [m, U]\n", 2, 10, "also the key of “log”", "U", RP_ACTION_UNDO},
      {"keys:\n  undo: [m, U]\n", 2, 10, "also the key of “log”", "u", RP_ACTION_NONE},
      {"keys:\n  log: u\n  undo: [m, u]\n  brief: z\n", 3, 13, "also the key of “log”", "z", RP_ACTION_BRIEF},
      {"keys:\n  udno: U\n  brief: z\n", 2, 3, "did you mean undo?", "z", RP_ACTION_BRIEF},
      {"keys:\n  frobnicate: U\n", 2, 3, "there is no action", "U", RP_ACTION_NONE},
      {"keys:\n  log: [m, Hyper-m]\n", 2, 12, "Hyper-m", "m", RP_ACTION_LOG},
      {"keys:\n  undo: Ctrl-I\n", 2, 9, "Tab", "u", RP_ACTION_UNDO},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_settings settings;
    struct rp_errs faults = {0};
    assert_int_equal(rp_settings_parse(cases[i].text, strlen(cases[i].text), &settings, NULL), RP_OK);
    struct keymap keymap;
    keymap_init(&keymap, &settings, &faults);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.items[0].code, RP_EREFUSED);
    assert_int_equal(faults.items[0].line, cases[i].line);
    assert_int_equal(faults.items[0].column, cases[i].column);
    if (strstr(faults.items[0].text, cases[i].words) == NULL)
      fail_msg("“%s” does not say “%s”", faults.items[0].text, cases[i].words);
    assert_int_equal(keymap_find(&keymap, RP_VIEW_TODAY, key_of(cases[i].key)), cases[i].action);
    keymap_fini(&keymap);
    rp_vec_fini(&faults);
    rp_settings_fini(&settings);
  }
}

static void settings__every_fault_is_named(void **state) {
  (void)state;
  static const char text[] = "keys:\n  udno: U\n  brief: m\n  open: Hyper-m\n  log: [z, u]\n";

  struct rp_settings settings;
  struct rp_errs faults = {0};
  assert_int_equal(rp_settings_parse(text, strlen(text), &settings, NULL), RP_OK);
  struct keymap keymap;
  keymap_init(&keymap, &settings, &faults);
  assert_int_equal(faults.count, 3); /* m is free, since log has z now */
  assert_int_equal(faults.items[0].line, 2);
  assert_int_equal(faults.items[1].line, 4);
  assert_int_equal(faults.items[2].line, 5);
  assert_int_equal(keymap_find(&keymap, RP_VIEW_TODAY, key_of("m")), RP_ACTION_BRIEF);
  assert_int_equal(keymap_find(&keymap, RP_VIEW_TODAY, key_of("z")), RP_ACTION_LOG);
  keymap_fini(&keymap);
  rp_vec_fini(&faults);
  rp_settings_fini(&settings);
}

/* A key may serve two actions that never meet. */
static void settings__one_key_on_different_screens_is_no_conflict(void **state) {
  (void)state;
  static const char text[] = "keys:\n  filter: H\n";
  struct rp_settings settings;
  struct rp_err err = {0};
  assert_int_equal(rp_settings_parse(text, strlen(text), &settings, &err), RP_OK);
  struct keymap keymap;
  struct rp_errs faults = {0};
  keymap_init(&keymap, &settings, &faults);
  assert_int_equal(faults.count, 0);
  assert_int_equal(keymap_find(&keymap, RP_VIEW_PEOPLE, key_of("H")), RP_ACTION_FILTER);
  assert_int_equal(keymap_find(&keymap, RP_VIEW_PERSON, key_of("H")), RP_ACTION_HISTORY);
  keymap_fini(&keymap);
  rp_settings_fini(&settings);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(defaults__give_one_action_to_a_key_in_each_view),
      cmocka_unit_test(actions__are_found_by_name_and_apply_somewhere),
      cmocka_unit_test(typing__leaves_every_action_a_key),
      cmocka_unit_test(settings__change_keys),
      cmocka_unit_test(settings__faults_are_named_and_left_aside),
      cmocka_unit_test(settings__every_fault_is_named),
      cmocka_unit_test(settings__one_key_on_different_screens_is_no_conflict),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
