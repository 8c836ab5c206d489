/* Lines of the interchange format: what every record has beside its fields, ids, order, limits. */
#include "record_lines.h"

static void assert_same_json(const struct rp_record *record, const char *expected) {
  json_t *json = rp_record_to_json(record);
  struct rp_str line = {0};
  rp_json_add(&line, json);
  assert_string_equal(rp_str_text(&line), expected);
  rp_str_fini(&line);
  json_decref(json);
}

static void line__says_what_is_wrong_with_it(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *says; /* how the sentence begins; NULL: taken */
  } lines[] = {
      {"[]", "a record is a JSON object"},
      {"\"customer\"", "a record is a JSON object"},
      {"{}", "type is missing; allowed are salesperson, customer, contact, relationship, topic, interaction, "
             "disclosure, evaluation, boundary, promise, incident, next_step, suggestion_hold, theme_note, offer_note"},
      {"{\"type\":\"costumer\",\"id\":\"c\",\"name\":\"X\"}", "type “costumer” is not known (did you mean customer?)"},
      {"{\"type\":\"item\",\"id\":\"c\"}", "type “item” is not known; allowed are salesperson"},
      {"{\"type\":5,\"id\":\"c\"}", "type 5 is not known"},
      {"{\"type\":\"customer\",\"name\":\"X\"}", "id is missing; allowed: a text of 1 to 64 printable characters"},
      {"{\"type\":\"customer\",\"id\":null,\"name\":\"X\"}", "id is null; allowed: a text of 1 to 64 printable"},
      {"{\"type\":\"customer\",\"id\":12,\"name\":\"X\"}", "id is 12; allowed: a text of 1 to 64 printable"},
      {"{\"type\":\"customer\",\"id\":\"\",\"name\":\"X\"}", "id is “”; allowed: a text of 1 to 64 printable"},
      {"{\"type\":\"customer\",\"id\":\"a\\tb\",\"name\":\"X\"}", "id is “a␉b”; allowed: a text of 1 to 64"},
      {"{\"type\":\"customer\",\"id\":\"a\\u200bb\",\"name\":\"X\"}", "id is “a⟨U+200B⟩b”; allowed"},
      {"{\"type\":\"customer\",\"id\":\"asiakas 7 – Åbo ✓\",\"name\":\"X\"}", NULL},
      {"{\"type\":\"customer\",\"id\":\"äääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää\",\"name\":"
       "\"X\"}",
       "id is “ääääääääääääääääääääääääääääääääääääääää…”; allowed"}, /* 65 */
      {"{\"type\":\"customer\",\"id\":\"ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää\",\"name\":"
       "\"X\"}",
       NULL}, /* 64 */
      {"{\"type\":\"customer\",\"id\":\"c\",\"nmae\":\"X\"}",
       "customer has no field “nmae” (did you mean name?); "
       "allowed are name, domain, industry, country, tier, "
       "notes, tags, type, id, created, changed, audience, x_..."},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"X_a\":1}", "customer has no field “X_a”"},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"x\":1}", "customer has no field “x”"},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"\":1}", "customer has no field “”"},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"x_\":1}", NULL},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"audience\":\"everybody\"}",
       "audience “everybody” is not known; allowed are me, shape, team"},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"audience\":2}", "audience is 2; allowed: me, shape, team"},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"audience\":null}", NULL},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"created\":\"2026-01-12\"}",
       "created is “2026-01-12”; allowed: UTC with milliseconds, as 2026-01-12T08:30:00.123Z"},
      {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"X\",\"changed\":1768206600123}",
       "changed is 1768206600123; allowed: UTC with milliseconds"},
      {"{\"type\":\"next_step\",\"id\":\"c\",\"customer\":\"c\",\"text\":\"X\",\"due\":\"2026-01-12\"}", NULL},
      {"{\"type\":\"promise\",\"id\":\"o\",\"relationship\":\"r\",\"by\":\"customer\",\"text\":\"X\",\"made\":"
       "\"2026-01-12\",\"due\":\"2026-01-12\",\"settled\":\"2026-01-12\",\"settled_how\":\"renegotiated\"}",
       NULL},
      {"{\"type\":\"suggestion_hold\",\"id\":\"h\",\"relationship\":\"r\",\"suggestion\":\"N1\",\"state\":\"snoozed\","
       "\"until\":\"2026-01-12\"}",
       NULL},
      {"{\"type\":\"disclosure\",\"id\":\"d\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":"
       "\"customer\",\"domain\":\"self\",\"layer\":3,\"topic\":\"trade_fairs\"}",
       "topic trade_fairs belongs to domain business, but domain is self"},
      {"{\"type\":\"disclosure\",\"id\":\"d\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":"
       "\"customer\",\"domain\":\"self\",\"layer\":3,\"topic\":\"money\"}",
       NULL},
      {"{\"type\":\"interaction\",\"id\":\"i\",\"at\":\"2026-01-12\",\"channel\":\"chat\",\"contacts\":[\"p\"],"
       "\"salespeople\":[\"s\"],\"phase\":\"before\",\"touchpoint\":\"support\"}",
       NULL}, /* a touchpoint does not depend on the phase */
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    char says[RP_ERR_TEXT_SIZE];
    struct rp_record *record;
    read_says(parse(lines[i].line), &record, says, sizeof says);
    bool taken = lines[i].says == NULL;
    if (taken != (says[0] == '\0') || (!taken && strncmp(says, lines[i].says, strlen(lines[i].says)) != 0))
      fail_msg("%s: “%s”", lines[i].line, says);
    rp_record_free(record);
  }
}

static void line__is_written_in_the_order_of_the_table(void **state) {
  (void)state;
  static const char *const lines[][2] = {
      /* read; written */
      {"{\"x_b\":[1,{\"z\":null,\"a\":0.1}],\"tags\":[\"b\",\"a\"],\"changed\":\"2026-01-12T08:30:00.124Z\","
       "\"audience\":"
       "\"me\",\"x_a\":\"ä\",\"name\":\"Saimaa\",\"created\":\"2026-01-12T08:30:00.123Z\",\"id\":"
       "\"019BA7C5-3B00-7000-8000-00000000000A\",\"notes\":\"1\\r\\n2\",\"type\":\"customer\"}",
       "{\"type\":\"customer\",\"id\":\"019ba7c5-3b00-7000-8000-00000000000a\",\"created\":"
       "\"2026-01-12T08:30:00.123Z\",\"changed\":\"2026-01-12T08:30:00.124Z\",\"name\":\"Saimaa\",\"notes\":"
       "\"1\\n2\",\"tags\":[\"b\",\"a\"],\"audience\":\"me\",\"x_b\":[1,{\"z\":null,\"a\":0.1}],\"x_a\":\"ä\"}"},
      {"{\"type\":\"interaction\",\"id\":\"019ba7c5-3b00-7000-8000-00000000000b\",\"at\":\"2026-01-12 14:30\","
       "\"channel\":\"meeting\",\"contacts\":[\"019ba7c5-3b00-7000-8000-00000000000c\"],\"salespeople\":["
       "\"019ba7c5-3b00-7000-8000-00000000000d\"],\"planned\":false,\"cues\":[]}",
       "{\"type\":\"interaction\",\"id\":\"019ba7c5-3b00-7000-8000-00000000000b\",\"at\":\"2026-01-12T14:30\","
       "\"channel\":\"meeting\",\"contacts\":[\"019ba7c5-3b00-7000-8000-00000000000c\"],\"salespeople\":["
       "\"019ba7c5-3b00-7000-8000-00000000000d\"],\"two_way\":true}"},
      {"{\"type\":\"contact\",\"id\":\"019ba7c5-3b00-7000-8000-00000000000b\",\"customer\":"
       "\"019ba7c5-3b00-7000-8000-00000000000c\",\"birthday\":\"--02-29\",\"name\":\"A\\u030angstro\\u0308m\"}",
       "{\"type\":\"contact\",\"id\":\"019ba7c5-3b00-7000-8000-00000000000b\",\"name\":\"Ångström\",\"customer\":"
       "\"019ba7c5-3b00-7000-8000-00000000000c\",\"birthday\":\"--02-29\"}"},
      {"{\"type\":\"evaluation\",\"id\":\"019ba7c5-3b00-7000-8000-00000000000b\",\"relationship\":"
       "\"019ba7c5-3b00-7000-8000-00000000000c\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\",\"items\":[{\"score\":1,"
       "\"note\":\"\",\"code\":\"conflict\",\"kind\":\"cost\"}]}",
       "{\"type\":\"evaluation\",\"id\":\"019ba7c5-3b00-7000-8000-00000000000b\",\"relationship\":"
       "\"019ba7c5-3b00-7000-8000-00000000000c\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\",\"items\":[{\"kind\":"
       "\"cost\",\"code\":\"conflict\",\"score\":1}]}"},
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    for (int written = 0; written < 2; written++) {
      char says[RP_ERR_TEXT_SIZE];
      struct rp_record *record;
      read_says(parse(lines[i][written]), &record, says, sizeof says);
      assert_string_equal(says, "");
      assert_same_json(record, lines[i][1]);
      rp_record_free(record);
    }
  }
}

static void id__of_another_system_is_always_the_same_uuid(void **state) {
  (void)state;
  struct rp_record *record;
  struct rp_id p1 = rp_id_derive(SOURCE, "p1");
  struct rp_id other = rp_id_derive("another", "p1");
  struct rp_id accented = rp_id_derive(SOURCE, "Å");
  char says[RP_ERR_TEXT_SIZE];
  read_says(parse("{\"type\":\"interaction\",\"id\":\"p1\",\"at\":\"2026-01-12\",\"channel\":\"chat\",\"contacts\":"
                  "[\"p1\",\"A\\u030a\"],\"salespeople\":[\"p1\"]}"),
            &record, says, sizeof says);
  assert_string_equal(says, "");
  assert_true(rp_id_equal(&record->id, &p1));
  assert_false(rp_id_equal(&record->id, &other));
  assert_true(rp_id_equal(&record->values[RP_INTERACTION_CONTACTS].ids.items[0], &p1));
  assert_true(rp_id_equal(&record->values[RP_INTERACTION_CONTACTS].ids.items[1], &accented)); /* NFC first */
  rp_record_free(record);

  struct rp_err err;
  json_t *json = parse(least[RP_TYPE_CUSTOMER]);
  assert_int_equal(rp_record_from_json(json, NULL, &context, &record, &err), RP_EREFUSED);
  assert_string_equal(err.text, "id is “c1”; allowed here is only a UUID");
  json_decref(json);
}

static void text__is_at_most_64_kib(void **state) {
  (void)state;
  for (size_t over = 0; over < 2; over++) {
    struct rp_str text = {0};
    rp_str_fill(&text, 'a', RP_TEXT_BYTES - 2 + over);
    rp_str_add(&text, "ä");
    json_t *object = parse(least[RP_TYPE_CUSTOMER]);
    rp_json_set_text(object, "notes", rp_str_text(&text));
    char says[RP_ERR_TEXT_SIZE];
    struct rp_record *record;
    read_says(object, &record, says, sizeof says);
    assert_string_equal(says, over == 0 ? "" : "notes has 65537 bytes; allowed are at most 65536 (64 KiB)");
    rp_record_free(record);
    rp_str_fini(&text);
  }
}

static void list__of_many_thousands_is_read_in_no_time(void **state) {
  (void)state;
  enum { MANY = 20000 };
  json_t *object = parse(least[RP_TYPE_INTERACTION]);
  json_t *list = json_array();
  for (int i = 0; i < MANY; i++) {
    char id[16];
    snprintf(id, sizeof id, "p%d", i == MANY - 1 ? 17 : i);
    assert_int_equal(json_array_append_new(list, json_string(id)), 0);
  }
  rp_json_set(object, "contacts", list);
  char says[RP_ERR_TEXT_SIZE];
  struct rp_record *record;
  read_says(object, &record, says, sizeof says);
  assert_string_equal(says, "contacts names the same record at places 18 and 20000; once is allowed");
}

static void field__alone_is_read_or_left_as_it_was(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_PROMISE);
  struct rp_err err;
  json_t *json = parse("[\"2026-01-12\",\"2026-02-30\",null]");
  assert_int_equal(rp_record_field_from_json(record, RP_PROMISE_DUE, json_array_get(json, 0), NULL, NULL, &err), RP_OK);
  rp_date due = rp_record_date(record, RP_PROMISE_DUE);
  assert_int_equal(due, rp_date_from_civil(2026, 1, 12));
  assert_int_equal(rp_record_field_from_json(record, RP_PROMISE_DUE, json_array_get(json, 1), NULL, NULL, &err),
                   RP_EREFUSED);
  assert_string_equal(err.text,
                      "due: “2026-02-30” is not in the calendar; write year, month and day, as in 2026-01-12");
  assert_int_equal(rp_record_date(record, RP_PROMISE_DUE), due);
  assert_int_equal(rp_record_field_from_json(record, RP_PROMISE_DUE, json_array_get(json, 2), NULL, NULL, &err), RP_OK);
  assert_false(record->values[RP_PROMISE_DUE].set);
  assert_null(rp_record_field_to_json(record, RP_PROMISE_DUE));
  json_decref(json);
  rp_record_free(record);
}

static void value__set_by_the_program_is_checked_too(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    int field;
    int64_t number;
    const char *says;
  } numbers[] = {
      {RP_TYPE_CUSTOMER, RP_CUSTOMER_TIER, RP_TIER_COUNT, "tier is 3; allowed: A, B, C"},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, 7, "layer is 7; allowed are 1 to 3"},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DATE, RP_DATE_MAX + 1, "date is outside the calendar"},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DATE, RP_DATE_MIN - 1, "date is outside the calendar"},
      {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, 19700230, "birthday is not in the calendar"},
      {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, -1, "birthday is not in the calendar"},
      {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, INT64_MAX, "birthday is not in the calendar"},
      {RP_TYPE_CONTACT, RP_CONTACT_LEAVING, 2, "leaving is 2; allowed: true or false"},
  };
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    json_t *json = parse(least[numbers[i].type]);
    struct rp_record *record;
    struct rp_err err = {0};
    assert_int_equal(rp_record_from_json(json, SOURCE, NULL, &record, &err), RP_OK);
    assert_int_equal(rp_record_validate(record, NULL, &err), RP_OK);
    rp_record_set_number(record, numbers[i].field, numbers[i].number);
    assert_int_equal(rp_record_validate(record, NULL, &err), RP_EREFUSED);
    assert_memory_equal(err.text, numbers[i].says, strlen(numbers[i].says));
    rp_record_free(record);
    json_decref(json);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(line__says_what_is_wrong_with_it),
      cmocka_unit_test(line__is_written_in_the_order_of_the_table),
      cmocka_unit_test(id__of_another_system_is_always_the_same_uuid),
      cmocka_unit_test(text__is_at_most_64_kib),
      cmocka_unit_test(list__of_many_thousands_is_read_in_no_time),
      cmocka_unit_test(field__alone_is_read_or_left_as_it_was),
      cmocka_unit_test(value__set_by_the_program_is_checked_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
