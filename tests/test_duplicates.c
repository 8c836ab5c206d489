/* Who may have been entered twice, and who is not offered. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"
#include "rapport/duplicates.h"

#define COMPANY(id, name) "{\"type\":\"customer\",\"id\":\"" id "\",\"name\":\"" name "\"}"
#define PERSON(id, name, company, emails) \
  "{\"type\":\"contact\",\"id\":\"" id "\",\"name\":\"" name "\",\"customer\":\"" company "\",\"emails\":[" emails "]}"

static const char *const lines[] = {COMPANY("a", "Lohja Steel"), NULL};

JOURNAL_TESTS(lines)

static bool is_pair(const struct rp_duplicate *duplicate, const char *a, const char *b) {
  struct rp_id first = world_id(a), second = world_id(b);
  bool ordered = rp_id_compare(&first, &second) < 0;
  return rp_id_equal(&duplicate->stands, ordered ? &first : &second) &&
         rp_id_equal(&duplicate->gone, ordered ? &second : &first);
}

static size_t count_offers(const char *a, const char *b) {
  struct rp_duplicates duplicates;
  size_t count = 0;
  assert_ok(rp_journal_duplicates(world.journal, &duplicates, err));
  for (size_t i = 0; i < duplicates.items.count; i++)
    count += a == NULL || is_pair(&duplicates.items.items[i], a, b);
  rp_duplicates_fini(&duplicates);
  return count;
}

static void pairs__offered_by_what_they_have_in_common(void **state) {
  (void)state;
  static const struct {
    const char *first, *second; /* of x and y */
    bool offered;
  } rows[] = {
      {COMPANY("x", "Imatra Valves Oy"), COMPANY("y", "imatra valves"), true},
      {COMPANY("x", "Imatra Valves Oy"), COMPANY("y", "Imatra Valves, Oyj."), true},
      {COMPANY("x", "Oy Järvi & Pojat Ab"), COMPANY("y", "JÄRVI POJAT"), true},
      {COMPANY("x", "Åhus Måleri AB"), COMPANY("y", "Åhus måleri"), true},
      {COMPANY("x", "Müller GmbH & Co. KG"), COMPANY("y", "Müller"), true},
      {COMPANY("x", "Oy"), COMPANY("y", "Ab"), false},
      {COMPANY("x", "Imatra Valves"), COMPANY("y", "Imatra Pumps"), false},
      {COMPANY("x", "Imatra Valves"), COMPANY("y", "Im\u0430tra Valves"), false}, /* a Cyrillic a */
      {"{\"type\":\"customer\",\"id\":\"x\",\"name\":\"Imatra\",\"domain\":\"saimaa.example\"}",
       "{\"type\":\"customer\",\"id\":\"y\",\"name\":\"SV Group\",\"domain\":\"https://www.Saimaa.example/\"}", true},
      {COMPANY("x", "日本バルブ"), COMPANY("y", "日本バルブ"), true},
      {PERSON("x", "Åsa Öhman", "a", ""), PERSON("y", "åsa öhman", "a", ""), true},
      {PERSON("x", "Tuula Ahola", "a", ""), PERSON("y", "Tuula Ahola", "c1", ""), false},
      {PERSON("x", "Tuula Ahola", "a", "\"maija@saimaa.example\""),
       PERSON("y", "T. Ahola", "c1", "\"m@home.example\",\"MAIJA@Saimaa.example\""), true},
      {PERSON("x", "Maija V", "a", "\"päivi@saimaa.example\""), PERSON("y", "P", "a", "\"paivi@saimaa.example\""),
       false},
      {PERSON("x", "Maija V", "a", ""), PERSON("y", "M\u0430ij\u0430 V", "a", ""), false}, /* Cyrillic */
      {PERSON("x", "Maija V", "a", "\"same@a.example\",\"SAME@a.example\""), PERSON("y", "Nobody", "a", ""), false},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    size_t before = count_offers(NULL, NULL);
    struct rp_id ids[] = {world_id("x"), world_id("y")};
    world_put_lines(world.journal->store, (const char *const[]){rows[i].first, rows[i].second, NULL});
    if (count_offers("x", "y") != (size_t)rows[i].offered || count_offers(NULL, NULL) != before + rows[i].offered)
      fail_msg("%s and %s", rows[i].first, rows[i].second);
    assert_ok(rp_store_begin(world.journal->store, NULL, err));
    assert_ok(rp_store_delete(world.journal->store, ids, 2, NULL, err));
    assert_ok(rp_store_commit(world.journal->store, err));
  }
}

static void people_of_companies_of_one_name__offered(void **state) {
  (void)state;
  world_put_lines(world.journal->store,
                  (const char *const[]){COMPANY("b", "LOHJA steel oy"), PERSON("x", "Maija Virta", "a", ""),
                                        PERSON("y", "maija virta", "b", ""), NULL});
  assert_int_equal(count_offers("a", "b"), 1);
  assert_int_equal(count_offers("x", "y"), 1);
}

static void said_to_be_different__not_offered_again(void **state) {
  (void)state;
  struct rp_id x = world_id("x"), y = world_id("y"), a = world_id("a");
  world_put_lines(world.journal->store,
                  (const char *const[]){PERSON("x", "Maija", "a", "\"info@lohja.example\""),
                                        PERSON("y", "Pekka", "a", "\"info@lohja.example\""),
                                        PERSON("z", "Pekka Z", "a", "\"info@lohja.example\""), NULL});
  assert_int_equal(count_offers("x", "y") + count_offers("x", "z") + count_offers("y", "z"), 2); /* each with one */
  assert_ok(rp_journal_differ(world.journal, &y, &x, err));
  assert_int_equal(count_offers("x", "y"), 0);
  assert_true(count_offers("x", "z") + count_offers("y", "z") > 0);
  assert_says(rp_journal_differ(world.journal, &x, &a, err), RP_EREFUSED, "two people");
  assert_says(rp_journal_differ(world.journal, &x, &x, err), RP_EREFUSED, "two people");
  x = world_id("nobody");
  assert_int_equal(rp_journal_differ(world.journal, &x, &y, NULL), RP_ENOTFOUND);
}

static void joined__offered_no_more_and_undone_as_one(void **state) {
  (void)state;
  struct rp_id x = world_id("x"), y = world_id("y");
  struct rp_duplicates duplicates;
  const struct rp_duplicate *found;
  struct rp_joined joined;
  char *label;
  world_put_lines(world.journal->store,
                  (const char *const[]){PERSON("x", "Tuomas Oja", "a", "\"oja@lohja.example\""),
                                        PERSON("y", "T. Oja", "a", "\"OJA@lohja.example\""), NULL});
  assert_ok(rp_journal_duplicates(world.journal, &duplicates, err));
  assert_ok(rp_duplicates_find(world.journal, &duplicates, "tuomas", &found, err));
  assert_true(is_pair(found, "x", "y"));
  assert_int_equal(found->why, RP_DUPLICATE_EMAIL);
  assert_string_equal(found->what, "oja@lohja.example");
  assert_says(rp_duplicates_find(world.journal, &duplicates, "Sari", &found, err), RP_ENOTFOUND, "Sari");
  rp_duplicates_fini(&duplicates);
  assert_ok(rp_journal_join(world.journal, &x, &y, true, &joined, err));
  assert_non_null(joined.stands);
  rp_joined_fini(&joined);
  assert_int_equal(count_offers("x", "y"), 1); /* nothing was done */
  assert_ok(rp_journal_join(world.journal, &x, &y, false, &joined, err));
  assert_string_equal(rp_str_text(&joined.joining.gave_way), "name");
  rp_joined_fini(&joined);
  assert_int_equal(count_offers("x", "y"), 0);
  assert_ok(rp_store_undo(world.journal->store, &label, err));
  assert_non_null(strstr(label, "join into one: contact “"));
  free(label);
  assert_int_equal(count_offers("x", "y"), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(pairs__offered_by_what_they_have_in_common),
      JOURNAL_TEST(people_of_companies_of_one_name__offered),
      JOURNAL_TEST(said_to_be_different__not_offered_again),
      JOURNAL_TEST(joined__offered_no_more_and_undone_as_one),
  };
  return cmocka_run_group_tests_name("duplicates", tests, NULL, NULL);
}
