/* Ids: version 7 in order, version 8 always the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/id.h"

#define STAMP INT64_C(1795339800123) /* 2026-11-22T09:30:00.123Z */

static int64_t stamp_of(const struct rp_id *id) {
  int64_t stamp = 0;
  for (int i = 0; i < 6; i++)
    stamp = stamp << 8 | id->bytes[i];
  return stamp;
}

static void new__is_version_7_with_the_stamp(void **state) {
  (void)state;
  static const int64_t stamps[] = {1, STAMP, INT64_C(253402300799999), (INT64_C(1) << 48) - 1};
  for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
    rp_id_seed(0);
    struct rp_id id = rp_id_new(stamps[i]);
    assert_int_equal(stamp_of(&id), stamps[i]);
    assert_int_equal(id.bytes[6] >> 4, 7);
    assert_int_equal(id.bytes[8] >> 6, 2);
  }
}

static void new__clamps_stamps_outside_48_bits(void **state) {
  (void)state;
  rp_id_seed(0);
  struct rp_id early = rp_id_new(-5);
  assert_int_equal(stamp_of(&early), 0);
  rp_id_seed(0);
  struct rp_id late = rp_id_new(INT64_MAX);
  assert_int_equal(stamp_of(&late), (INT64_C(1) << 48) - 1);
}

static void new__never_goes_back(void **state) {
  (void)state;
  rp_id_seed(0);
  struct rp_id last = rp_id_new(STAMP);
  for (int i = 0; i < 100000; i++) {
    /* the same millisecond again and again, a clock that goes back, a clock that goes on */
    int64_t stamp = i % 3 == 0 ? STAMP : i % 3 == 1 ? STAMP - 86400000 : STAMP + i / 1000;
    struct rp_id id = rp_id_new(stamp);
    assert_true(rp_id_compare(&last, &id) < 0);
    assert_int_equal(id.bytes[6] >> 4, 7);
    assert_int_equal(id.bytes[8] >> 6, 2);
    last = id;
  }
  assert_in_range(stamp_of(&last), STAMP, STAMP + 100);
}

static void new__differs_without_seed(void **state) {
  (void)state;
  rp_id_seed(0);
  struct rp_id a = rp_id_new(STAMP);
  rp_id_seed(0);
  struct rp_id b = rp_id_new(STAMP);
  assert_false(rp_id_equal(&a, &b));
}

static void seed__repeats_the_sequence(void **state) {
  (void)state;
  struct rp_id first[50];
  rp_id_seed(42);
  for (int i = 0; i < 50; i++)
    first[i] = rp_id_new(STAMP + i / 3);
  rp_id_seed(42);
  for (int i = 0; i < 50; i++) {
    struct rp_id again = rp_id_new(STAMP + i / 3);
    assert_true(rp_id_equal(&first[i], &again));
  }
  rp_id_seed(43);
  struct rp_id other = rp_id_new(STAMP);
  assert_false(rp_id_equal(&first[0], &other));
  rp_id_seed(0);
}

static void seed__is_the_same_on_every_machine(void **state) {
  (void)state;
  char text[RP_ID_TEXT_SIZE];
  rp_id_seed(1);
  struct rp_id id = rp_id_new(STAMP);
  assert_string_equal(rp_id_format(&id, text), "01a20297-4e3b-7ac2-9c23-a989ac75939f");
  rp_id_seed(0);
}

static void derive__is_stable_and_distinct(void **state) {
  (void)state;
  static const struct {
    const char *source;
    const char *text;
    const char *id;
  } rows[] = {
      {"a", "c1", "00000000-0001-8e1e-bc8c-fc835604dce9"},
      {"monica", "c1", "00000000-0001-871e-b4df-bdb93505afdb"},
      {"a", "c2", "00000000-0002-899d-9e5c-aa9afc628478"},
      {"a", "i10-3", "00000000-000a-838c-8ed6-f524be4ff635"},
      {"a", "281474976710661", "00000000-0005-8a56-87a7-7ea0742a77a8"}, /* 2^48 + 5 */
      {"", "", "00000000-0000-8d94-a57c-daa1e86ce581"},
      {"å", "Ä", "00000000-0000-8791-99dc-9f59485e1674"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[RP_ID_TEXT_SIZE];
    struct rp_id id = rp_id_derive(rows[i].source, rows[i].text);
    assert_string_equal(rp_id_format(&id, text), rows[i].id);
    assert_int_equal(id.bytes[6] >> 4, 8);
    assert_int_equal(id.bytes[8] >> 6, 2);
  }
  struct rp_id a = rp_id_derive("ab", "c");
  struct rp_id b = rp_id_derive("a", "bc");
  assert_false(rp_id_equal(&a, &b));
}

static void derive__keeps_the_order_of_numbers(void **state) {
  (void)state;
  static const char *const texts[] = {"note", "c1", "i2", "c9", "c10", "p0011", "2026-11-23", "358401234567"};
  for (size_t i = 1; i < sizeof texts / sizeof *texts; i++) {
    struct rp_id before = rp_id_derive("crm", texts[i - 1]);
    struct rp_id id = rp_id_derive("crm", texts[i]);
    assert_true(rp_id_compare(&before, &id) < 0);
  }
}

static void parse__takes_only_uuids(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *id; /* NULL: refused */
  } rows[] = {
      {"018bcfe5-6800-7446-8c2a-8072c69b882d", "018bcfe5-6800-7446-8c2a-8072c69b882d"},
      {"018BCFE5-6800-7446-8C2A-8072C69B882D", "018bcfe5-6800-7446-8c2a-8072c69b882d"},
      {"00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"},
      {"018bcfe5-6800-7446-8c2a-8072c69b882", NULL},
      {"018bcfe5-6800-7446-8c2a-8072c69b882d ", NULL},
      {" 018bcfe5-6800-7446-8c2a-8072c69b882", NULL},
      {"{18bcfe5-6800-7446-8c2a-8072c69b882}", NULL},
      {"018bcfe56800744-68c2a-8072c69b882d1", NULL},
      {"018bcfe5-6800-7446-8c2a-8072c69b882g", NULL},
      {"018bcfe5-6800-7446-8c2a_8072c69b882d", NULL},
      {"c1", NULL},
      {"", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_id id = {{1}};
    char text[RP_ID_TEXT_SIZE];
    assert_int_equal(rp_id_parse(rows[i].text, &id), rows[i].id != NULL);
    if (rows[i].id != NULL)
      assert_string_equal(rp_id_format(&id, text), rows[i].id);
    else
      assert_int_equal(id.bytes[0], 1); /* untouched */
  }
}

static void none__is_all_zero(void **state) {
  (void)state;
  struct rp_id id = {{0}};
  assert_true(rp_id_is_none(&id));
  for (size_t i = 0; i < sizeof id.bytes; i++) {
    id.bytes[i] = 1;
    assert_false(rp_id_is_none(&id));
    id.bytes[i] = 0;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(new__is_version_7_with_the_stamp),
      cmocka_unit_test(new__clamps_stamps_outside_48_bits),
      cmocka_unit_test(new__never_goes_back),
      cmocka_unit_test(new__differs_without_seed),
      cmocka_unit_test(seed__repeats_the_sequence),
      cmocka_unit_test(seed__is_the_same_on_every_machine),
      cmocka_unit_test(derive__is_stable_and_distinct),
      cmocka_unit_test(derive__keeps_the_order_of_numbers),
      cmocka_unit_test(parse__takes_only_uuids),
      cmocka_unit_test(none__is_all_zero),
  };
  return cmocka_run_group_tests_name("id", tests, NULL, NULL);
}
