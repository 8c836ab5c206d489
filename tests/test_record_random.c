/* What holds for every record, tried on many random ones of each type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record_random.h"
#include "rounds.h"

enum { ROUNDS = 200 };

/* Calls `check` with random records of each type. */
static void for_random_records(uint64_t seed, void (*check)(struct record_random *random, struct rp_record *record)) {
  struct record_random random = {.state = seed};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    for (int i = 0; i < rounds(ROUNDS); i++) {
      struct rp_record *record = random_record(&random, (enum rp_type)type);
      check(&random, record);
      rp_record_free(record);
    }
  }
}

static void assert_equal(const struct rp_record *a, const struct rp_record *b) {
  struct rp_str names = {0};
  assert_int_equal(rp_record_difference(a, b, false, &names), 0);
  assert_string_equal(rp_str_text(&names), "");
  assert_true(rp_id_equal(&a->id, &b->id));
  assert_int_equal(a->created, b->created);
  assert_int_equal(a->changed, b->changed);
  assert_int_equal(a->audience, b->audience);
  rp_str_fini(&names);
}

static void to_line(const struct rp_record *record, struct rp_str *line) {
  json_t *json = rp_record_to_json(record);
  rp_json_add(line, json);
  json_decref(json);
}

static void check_json(struct record_random *random, struct rp_record *record) {
  (void)random;
  struct rp_str line = {0};
  struct rp_str again = {0};
  struct rp_err err = {0};
  struct rp_record *read = NULL;
  json_t *json;
  to_line(record, &line);
  assert_int_equal(rp_json_parse(line.data, line.length, &json, &err), RP_OK);
  if (rp_record_from_json(json, NULL, NULL, &read, &err) != RP_OK)
    fail_msg("%s: %s", rp_str_text(&line), err.text);
  assert_equal(record, read);
  to_line(read, &again);
  assert_string_equal(rp_str_text(&line), rp_str_text(&again));
  json_decref(json);
  rp_record_free(read);
  rp_str_fini(&line);
  rp_str_fini(&again);
}

static void json__gives_the_same_record_and_the_same_bytes(void **state) {
  (void)state;
  for_random_records(1, check_json);
}

static void check_typed(struct record_random *random, struct rp_record *record) {
  (void)random;
  const struct rp_record_type *type = rp_record_type_get(record->type);
  struct rp_record *typed = rp_record_new(record->type);
  struct rp_str text = {0};
  for (int i = 0; i < type->field_count; i++) {
    struct rp_err err = {0};
    rp_str_clear(&text);
    rp_record_print(record, i, &text);
    bool blank_around = record->values[i].set && type->fields[i].kind == RP_KIND_LINE &&
                        (text.data[0] == ' ' || text.data[text.length - 1] == ' ');
    if (rp_record_parse(typed, i, rp_str_text(&text), text.length, NULL, &err) != RP_OK)
      fail_msg("%s %s: “%s”: %s", type->name, type->fields[i].name, rp_str_text(&text), err.text);
    if (!blank_around && !rp_record_field_equal(record, typed, i))
      fail_msg("%s %s: “%s”", type->name, type->fields[i].name, rp_str_text(&text));
  }
  rp_str_fini(&text);
  rp_record_free(typed);
}

static void typed__as_it_is_shown_is_the_same_value(void **state) {
  (void)state;
  for_random_records(2, check_typed);
}

static void check_copy(struct record_random *random, struct rp_record *record) {
  (void)random;
  struct rp_record *copy = rp_record_copy(record);
  assert_equal(record, copy);
  rp_record_normalise(copy); /* already in its one form */
  assert_equal(record, copy);
  assert_int_equal(rp_record_validate(copy, NULL, NULL), RP_OK);
  rp_record_free(copy);
}

static void copy__is_equal_and_in_its_one_form(void **state) {
  (void)state;
  for_random_records(3, check_copy);
}

static void check_difference(struct record_random *random, struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  struct rp_record *other = random_record(random, record->type);
  struct rp_str names = {0};
  struct rp_str expected = {0};
  int differ = 0;
  for (int i = 0; i < type->field_count; i++) {
    if (rp_record_field_equal(record, other, i))
      continue;
    assert_false(rp_record_field_equal(other, record, i));
    rp_str_addf(&expected, "%s%s", differ++ > 0 ? ", " : "", type->fields[i].name);
  }
  if (record->audience != other->audience)
    rp_str_addf(&expected, "%s%s", differ++ > 0 ? ", " : "", "audience");
  free(record->extra);
  free(other->extra);
  record->extra = other->extra = NULL;
  assert_int_equal(rp_record_difference(record, other, false, &names), differ);
  assert_string_equal(rp_str_text(&names), rp_str_text(&expected));

  /* After an update nothing that the other said differs any more. */
  rp_record_update(record, other);
  rp_str_clear(&names);
  assert_int_equal(rp_record_difference(record, other, true, &names), 0);
  rp_str_fini(&names);
  rp_str_fini(&expected);
  rp_record_free(other);
}

static void difference__names_the_fields_that_are_not_equal(void **state) {
  (void)state;
  for_random_records(4, check_difference);
}

static void check_partial(struct record_random *random, struct rp_record *record) {
  struct rp_record *read = NULL;
  json_t *json = rp_record_to_json(record);
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int i = 0; i < type->field_count; i++) {
    if ((type->fields[i].flags & RP_FIELD_REQUIRED) == 0 && random_below(random, 2) == 0)
      json_object_del(json, type->fields[i].name);
  }
  /* Fields that the line leaves out do not count, defaults neither. */
  if (rp_record_from_json(json, NULL, NULL, &read, NULL) == RP_OK) {
    struct rp_str names = {0};
    assert_int_equal(rp_record_difference(record, read, true, &names), 0);
    rp_str_fini(&names);
    rp_record_free(read);
  }
  json_decref(json);
}

static void difference__does_not_count_what_a_line_leaves_out(void **state) {
  (void)state;
  for_random_records(5, check_partial);
}

/* One byte of a good line changed: it is refused with a sentence or gives a record that may be stored. */
static void check_damaged(struct record_random *random, struct rp_record *record) {
  struct rp_str line = {0};
  to_line(record, &line);
  for (int i = 0; i < 10; i++) {
    size_t at = (size_t)random_below(random, (int)line.length);
    char kept = line.data[at];
    line.data[at] = (char)random_below(random, 256);
    struct rp_err err = {0};
    struct rp_record *read = NULL;
    json_t *json = NULL;
    rp_status status = rp_json_parse(line.data, line.length, &json, &err);
    if (status == RP_OK)
      status = rp_record_from_json(json, "other", NULL, &read, &err);
    if (status == RP_OK) {
      assert_int_equal(rp_record_validate(read, NULL, &err), RP_OK);
      check_json(random, read);
    } else {
      assert_int_equal(status, RP_EREFUSED);
      assert_true(err.text[0] != '\0');
    }
    rp_record_free(read);
    json_decref(json);
    line.data[at] = kept;
  }
  rp_str_fini(&line);
}

static void line__with_a_changed_byte_is_refused_or_sound(void **state) {
  (void)state;
  for_random_records(6, check_damaged);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(json__gives_the_same_record_and_the_same_bytes),
      cmocka_unit_test(typed__as_it_is_shown_is_the_same_value),
      cmocka_unit_test(copy__is_equal_and_in_its_one_form),
      cmocka_unit_test(difference__names_the_fields_that_are_not_equal),
      cmocka_unit_test(difference__does_not_count_what_a_line_leaves_out),
      cmocka_unit_test(line__with_a_changed_byte_is_refused_or_sound),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
