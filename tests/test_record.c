/* Records in memory: their tables, reading and writing, defaults, differences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/record.h"

static struct rp_id id_of(unsigned char last) {
  struct rp_id id = {{0x01, 0x9b, 0xa7, 0xc5, 0x3b, 0x00, 0x70, 0x00, 0x80, 0, 0, 0, 0, 0, 0, last}};
  return id;
}

static void type__is_found_by_its_name_and_parts_are_not(void **state) {
  (void)state;
  for (int i = 0; i < RP_TYPE_COUNT; i++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)i);
    assert_int_equal(type->type, i);
    assert_true(type->field_count > 0 && type->label[0] != '\0');
    assert_int_equal(rp_record_type_find(type->name, strlen(type->name)),
                     i < RP_TYPE_RECORD_COUNT ? type->type : RP_TYPE_NONE);
  }
  assert_int_equal(rp_record_type_find("contacts", 8), RP_TYPE_NONE);
  assert_int_equal(rp_record_type_find("contacts", 7), RP_TYPE_CONTACT);
  assert_int_equal(rp_record_type_find("", 0), RP_TYPE_NONE);
  assert_int_equal(rp_record_type_find("contact\0after the end of the word", 34), RP_TYPE_NONE);
}

static void table__is_sound_in_every_field(void **state) {
  (void)state;
  for (int t = 0; t < RP_TYPE_COUNT; t++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
    for (int i = 0; i < type->field_count; i++) {
      const struct rp_field *field = &type->fields[i];
      struct rp_str allowed = {0};
      assert_int_equal(rp_record_field_find(type->type, field->name, strlen(field->name)), i);
      assert_true(field->help[0] != '\0' && field->label[0] != '\0');
      if ((field->flags & RP_FIELD_REQUIRED) != 0)
        assert_true((field->flags & RP_FIELD_RARE) == 0);
      rp_field_allowed(field, &allowed);
      assert_true(allowed.length > 0);
      rp_str_fini(&allowed);
      switch (field->kind) {
      case RP_KIND_INT:
        assert_true(field->low < field->high);
        break;
      case RP_KIND_CODE:
      case RP_KIND_CODES:
        assert_in_range(field->of, 0, RP_VOCAB_COUNT - 1);
        assert_true(rp_field_default(field) < rp_vocab_get((enum rp_vocab_id)field->of)->count);
        break;
      case RP_KIND_REF:
      case RP_KIND_REFS:
        assert_in_range(field->of, 1, RP_TYPE_MASK(RP_TYPE_RECORD_COUNT) - 1);
        break;
      case RP_KIND_OBJECT:
      case RP_KIND_OBJECTS:
        assert_in_range(field->of, RP_TYPE_RECORD_COUNT, RP_TYPE_COUNT - 1);
        break;
      default:
        break;
      }
    }
  }
}

static void field__is_found_by_name_and_by_flag(void **state) {
  (void)state;
  assert_int_equal(rp_record_field_find(RP_TYPE_PROMISE, "due", 3), RP_PROMISE_DUE);
  assert_int_equal(rp_record_field_find(RP_TYPE_PROMISE, "due", 2), -1);
  assert_int_equal(rp_record_field_find(RP_TYPE_PROMISE, "", 0), -1);
  assert_int_equal(rp_record_field_flagged(RP_TYPE_PROMISE, RP_FIELD_WHEN), RP_PROMISE_MADE);
  assert_int_equal(rp_record_field_flagged(RP_TYPE_CONTACT, RP_FIELD_NAME), RP_CONTACT_NAME);
  assert_int_equal(rp_record_field_flagged(RP_TYPE_CONTACT, RP_FIELD_WHEN), -1);
  assert_int_equal(rp_record_field_flagged(RP_TYPE_TOPIC, RP_FIELD_NAME), RP_OWN_TOPIC_LABEL);
}

static void default__is_what_the_table_says(void **state) {
  (void)state;
  const struct rp_field *interaction = rp_record_type_get(RP_TYPE_INTERACTION)->fields;
  assert_int_equal(rp_field_default(&interaction[RP_INTERACTION_TWO_WAY]), 1);
  assert_int_equal(rp_field_default(&interaction[RP_INTERACTION_PLANNED]), RP_CODE_NONE);
  assert_int_equal(rp_field_default(&rp_record_type_get(RP_TYPE_DISCLOSURE)->fields[RP_DISCLOSURE_CERTAINTY]),
                   RP_CERTAINTY_FIRST_HAND);
}

static void audience__is_by_default_that_of_the_design(void **state) {
  (void)state;
  static const struct {
    enum rp_audience audience;
    const char *types;
  } rows[] = {
      {RP_AUDIENCE_ME, "evaluation boundary incident suggestion_hold "},
      {RP_AUDIENCE_SHAPE, "contact relationship interaction disclosure promise next_step "},
      {RP_AUDIENCE_TEAM, "salesperson customer topic theme_note offer_note "},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_str types = {0};
    for (int t = 0; t < RP_TYPE_RECORD_COUNT; t++) {
      const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
      if (type->audience == rows[i].audience)
        rp_str_addf(&types, "%s ", type->name);
    }
    assert_string_equal(rp_str_text(&types), rows[i].types);
    rp_str_fini(&types);
  }
}

static void new_record__says_nothing(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  assert_true(rp_id_is_none(&record->id));
  assert_int_equal(record->audience, RP_CODE_NONE);
  assert_null(record->extra);
  assert_null(rp_record_text(record, RP_INTERACTION_SUMMARY));
  assert_int_equal(rp_record_code(record, RP_INTERACTION_CHANNEL), RP_CODE_NONE);
  assert_int_equal(rp_record_date(record, RP_INTERACTION_AT), RP_DATE_NONE);
  assert_int_equal(rp_record_number(record, RP_INTERACTION_MINUTES, -7), -7);
  assert_true(rp_record_bool(record, RP_INTERACTION_TWO_WAY)); /* its default */
  assert_false(rp_record_bool(record, RP_INTERACTION_PLANNED));
  assert_string_equal(rp_record_name(record), "");
  rp_record_free(record);
  rp_record_free(NULL);
}

static void value__is_read_as_it_was_written(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  rp_record_set_text(record, RP_INTERACTION_SUMMARY, "Käynti tehtaalla 🏭");
  rp_record_set_number(record, RP_INTERACTION_CHANNEL, RP_CHANNEL_POST);
  rp_record_set_number(record, RP_INTERACTION_MINUTES, 45);
  rp_record_set_number(record, RP_INTERACTION_TWO_WAY, 0);
  rp_record_set_when(record, RP_INTERACTION_AT, (struct rp_when){.date = 20000, .minute = 870});
  for (unsigned char i = 1; i <= 9; i++)
    rp_record_add_id(record, RP_INTERACTION_CONTACTS, id_of(i));
  for (int i = 0; i < RP_THEME_COUNT; i++)
    rp_record_add_code(record, RP_INTERACTION_THEMES, i);
  assert_string_equal(rp_record_text(record, RP_INTERACTION_SUMMARY), "Käynti tehtaalla 🏭");
  assert_string_equal(rp_record_name(record), "Käynti tehtaalla 🏭");
  assert_int_equal(rp_record_code(record, RP_INTERACTION_CHANNEL), RP_CHANNEL_POST);
  assert_int_equal(rp_record_number(record, RP_INTERACTION_MINUTES, 0), 45);
  assert_false(rp_record_bool(record, RP_INTERACTION_TWO_WAY));
  assert_int_equal(rp_record_date(record, RP_INTERACTION_AT), 20000);
  const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
  assert_int_equal(contacts->ids.count, 9);
  for (unsigned char i = 1; i <= 9; i++) {
    struct rp_id id = id_of(i);
    assert_true(rp_id_equal(&contacts->ids.items[i - 1], &id));
  }
  assert_int_equal(record->values[RP_INTERACTION_THEMES].codes.count, RP_THEME_COUNT);

  rp_record_set_text(record, RP_INTERACTION_SUMMARY,
                     rp_record_text(record, RP_INTERACTION_SUMMARY) + strlen("Käynti "));
  assert_string_equal(rp_record_text(record, RP_INTERACTION_SUMMARY), "tehtaalla 🏭");
  rp_record_unset(record, RP_INTERACTION_CONTACTS);
  assert_false(record->values[RP_INTERACTION_CONTACTS].set);
  rp_record_free(record);
}

static void nothing__unsets_a_field(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_DISCLOSURE);
  rp_record_set_text(record, RP_DISCLOSURE_TEXT, "x");
  rp_record_set_text(record, RP_DISCLOSURE_TEXT, NULL);
  assert_false(record->values[RP_DISCLOSURE_TEXT].set);
  rp_record_set_text(record, RP_DISCLOSURE_TEXT, "");
  assert_false(record->values[RP_DISCLOSURE_TEXT].set);
  rp_record_set_number(record, RP_DISCLOSURE_VALENCE, RP_CODE_NONE);
  assert_false(record->values[RP_DISCLOSURE_VALENCE].set);
  rp_record_set_number(record, RP_DISCLOSURE_DATE, RP_DATE_NONE);
  assert_false(record->values[RP_DISCLOSURE_DATE].set);
  rp_record_set_ref(record, RP_DISCLOSURE_INTERACTION, (struct rp_id){{0}});
  assert_false(record->values[RP_DISCLOSURE_INTERACTION].set);
  struct rp_id none = rp_record_ref(record, RP_DISCLOSURE_INTERACTION);
  assert_true(rp_id_is_none(&none));
  rp_record_free(record);
}

static struct rp_record *new_item(int kind, int code, int score) {
  struct rp_record *item = rp_record_new(RP_TYPE_ITEM);
  rp_record_set_number(item, RP_ITEM_KIND, kind);
  rp_record_set_number(item, RP_ITEM_CODE, code);
  rp_record_set_number(item, RP_ITEM_SCORE, score);
  return item;
}

static void copy__stands_on_its_own(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_EVALUATION);
  record->id = id_of(1);
  record->created = 123;
  record->audience = RP_AUDIENCE_TEAM;
  record->extra = strdup("{\"x_a\":1}");
  rp_record_add_part(record, RP_EVALUATION_ITEMS, new_item(RP_ITEM_KIND_BENEFIT, RP_BENEFIT_TRUST, 4));
  rp_record_add_part(record, RP_EVALUATION_ITEMS, new_item(RP_ITEM_KIND_COST, RP_COST_TIME, 2));
  rp_record_set_text(record->values[RP_EVALUATION_ITEMS].parts.items[0], RP_ITEM_NOTE, "pitää sanansa");
  struct rp_record *copy = rp_record_copy(record);
  struct rp_str names = {0};
  assert_int_equal(rp_record_difference(record, copy, false, &names), 0);
  assert_true(rp_id_equal(&copy->id, &record->id));
  assert_int_equal(copy->created, 123);
  rp_record_set_text(record->values[RP_EVALUATION_ITEMS].parts.items[0], RP_ITEM_NOTE, "muuta");
  assert_false(rp_record_field_equal(record, copy, RP_EVALUATION_ITEMS));
  assert_true(rp_record_field_equal(record, copy, RP_EVALUATION_DATE));
  rp_record_free(record);
  assert_string_equal(rp_record_text(copy->values[RP_EVALUATION_ITEMS].parts.items[0], RP_ITEM_NOTE), "pitää sanansa");
  assert_string_equal(copy->extra, "{\"x_a\":1}");
  rp_record_free(copy);
  rp_str_fini(&names);
}

static void override__is_replaced_as_a_whole(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_RELATIONSHIP);
  for (int stage = 1; stage <= 2; stage++) {
    struct rp_record *override = rp_record_new(RP_TYPE_OVERRIDE);
    rp_record_set_number(override, RP_OVERRIDE_STAGE, stage);
    rp_record_add_part(record, RP_RELATIONSHIP_OVERRIDE, override);
  }
  assert_int_equal(record->values[RP_RELATIONSHIP_OVERRIDE].parts.count, 1);
  assert_int_equal(rp_record_code(record->values[RP_RELATIONSHIP_OVERRIDE].parts.items[0], RP_OVERRIDE_STAGE), 2);
  rp_record_free(record);
}

static void normalise__gives_equal_content_one_form(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  rp_record_set_number(record, RP_INTERACTION_PLANNED, 0);
  record->values[RP_INTERACTION_THEMES].set = true; /* an empty list */
  rp_record_normalise(record);
  assert_false(record->values[RP_INTERACTION_PLANNED].set);
  assert_true(record->values[RP_INTERACTION_PLANNED].cleared);
  assert_false(record->values[RP_INTERACTION_THEMES].set);
  assert_true(record->values[RP_INTERACTION_THEMES].cleared);
  assert_false(record->values[RP_INTERACTION_CUES].cleared);
  assert_true(record->values[RP_INTERACTION_TWO_WAY].set);
  assert_true(record->values[RP_INTERACTION_TWO_WAY].implied);
  assert_int_equal(record->values[RP_INTERACTION_TWO_WAY].number, 1);
  rp_record_set_number(record, RP_INTERACTION_TWO_WAY, 0);
  rp_record_set_number(record, RP_INTERACTION_PLANNED, 1);
  rp_record_normalise(record);
  assert_true(record->values[RP_INTERACTION_TWO_WAY].set);
  assert_false(record->values[RP_INTERACTION_TWO_WAY].implied);
  assert_false(rp_record_bool(record, RP_INTERACTION_TWO_WAY));
  assert_true(rp_record_bool(record, RP_INTERACTION_PLANNED));
  rp_record_free(record);

  record = rp_record_new(RP_TYPE_INCIDENT);
  rp_record_set_number(record, RP_INCIDENT_SERIOUS, 0);
  rp_record_normalise(record);
  assert_true(record->values[RP_INCIDENT_SERIOUS].set); /* required: false is an answer */
  rp_record_free(record);
}

static struct rp_record *promise(const char *text, rp_date due) {
  struct rp_record *record = rp_record_new(RP_TYPE_PROMISE);
  rp_record_set_text(record, RP_PROMISE_TEXT, text);
  rp_record_set_number(record, RP_PROMISE_MADE, 20000);
  rp_record_set_number(record, RP_PROMISE_DUE, due);
  return record;
}

static void assert_difference(const struct rp_record *a, const struct rp_record *b, bool only_set,
                              const char *expected) {
  struct rp_str names = {0};
  int count = rp_record_difference(a, b, only_set, &names);
  assert_string_equal(rp_str_text(&names), expected);
  int commas = 0;
  for (const char *at = expected; (at = strchr(at, ',')) != NULL; at++)
    commas++;
  assert_int_equal(count, *expected != '\0' ? commas + 1 : 0);
  rp_str_fini(&names);
}

static void difference__names_the_fields(void **state) {
  (void)state;
  struct rp_record *a = promise("Lähetä taulukko", 20007);
  struct rp_record *b = promise("Skicka tabellen", 20009);
  a->created = 1;
  b->changed = 2;
  assert_difference(a, a, false, "");
  assert_difference(a, b, false, "text, due");
  assert_difference(a, b, true, "text, due");
  a->audience = RP_AUDIENCE_ME;
  assert_difference(a, b, true, "text, due");
  assert_difference(a, b, false, "text, due, audience");
  b->audience = RP_AUDIENCE_TEAM;
  assert_difference(a, b, true, "text, due, audience");
  rp_record_unset(b, RP_PROMISE_TEXT);
  assert_difference(a, b, true, "due, audience");
  assert_difference(a, b, false, "text, due, audience");
  a->extra = strdup("{\"x_old\":1,\"x_same\":[1,{\"b\":2}]}");
  b->extra = strdup("{\"x_same\":[1,{\"b\":2}],\"x_new\":null}");
  assert_difference(a, b, true, "due, audience, x_new");
  assert_difference(a, b, false, "text, due, audience, x_new, x_old");
  free(b->extra);
  b->extra = NULL;
  assert_difference(a, b, true, "due, audience");
  struct rp_record *other = rp_record_new(RP_TYPE_CUSTOMER);
  assert_difference(a, other, true, "type");
  rp_record_free(other);
  rp_record_free(a);
  rp_record_free(b);
}

static void difference__tells_left_out_from_cleared(void **state) {
  (void)state;
  struct rp_record *a = rp_record_new(RP_TYPE_INTERACTION);
  struct rp_record *b = rp_record_new(RP_TYPE_INTERACTION);
  rp_record_set_number(a, RP_INTERACTION_TWO_WAY, 0);
  rp_record_set_number(a, RP_INTERACTION_PLANNED, 1);
  rp_record_add_code(a, RP_INTERACTION_CUES, RP_CUE_AFFECTIVE);
  rp_record_normalise(a);
  rp_record_normalise(b); /* two_way true, but only implied */
  assert_difference(a, b, true, "");
  rp_record_set_number(b, RP_INTERACTION_TWO_WAY, 1);
  rp_record_set_number(b, RP_INTERACTION_PLANNED, 0);
  b->values[RP_INTERACTION_CUES].set = true;
  rp_record_normalise(b);
  assert_difference(a, b, true, "two_way, planned, cues");
  rp_record_update(a, b);
  rp_record_normalise(a);
  assert_difference(a, b, true, "");
  assert_difference(a, b, false, "");
  rp_record_free(a);
  rp_record_free(b);
}

static void update__takes_what_is_said_and_leaves_the_rest(void **state) {
  (void)state;
  struct rp_record *a = promise("Lähetä taulukko", 20007);
  struct rp_record *b = rp_record_new(RP_TYPE_PROMISE);
  a->id = id_of(1);
  a->created = 5;
  a->audience = RP_AUDIENCE_SHAPE;
  a->extra = strdup("{\"x_a\":1,\"x_b\":2}");
  rp_record_set_number(b, RP_PROMISE_DUE, 20020);
  b->id = id_of(2);
  b->audience = RP_AUDIENCE_TEAM;
  b->extra = strdup("{\"x_c\":4,\"x_b\":3}");
  rp_record_update(a, b);
  struct rp_id id = id_of(1);
  assert_true(rp_id_equal(&a->id, &id));
  assert_int_equal(a->created, 5);
  assert_int_equal(a->audience, RP_AUDIENCE_TEAM);
  assert_string_equal(rp_record_text(a, RP_PROMISE_TEXT), "Lähetä taulukko");
  assert_int_equal(rp_record_date(a, RP_PROMISE_DUE), 20020);
  assert_string_equal(a->extra, "{\"x_a\":1,\"x_b\":3,\"x_c\":4}");
  rp_record_free(a);
  rp_record_free(b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(type__is_found_by_its_name_and_parts_are_not),
      cmocka_unit_test(table__is_sound_in_every_field),
      cmocka_unit_test(field__is_found_by_name_and_by_flag),
      cmocka_unit_test(default__is_what_the_table_says),
      cmocka_unit_test(audience__is_by_default_that_of_the_design),
      cmocka_unit_test(new_record__says_nothing),
      cmocka_unit_test(value__is_read_as_it_was_written),
      cmocka_unit_test(nothing__unsets_a_field),
      cmocka_unit_test(copy__stands_on_its_own),
      cmocka_unit_test(override__is_replaced_as_a_whole),
      cmocka_unit_test(normalise__gives_equal_content_one_form),
      cmocka_unit_test(difference__names_the_fields),
      cmocka_unit_test(difference__tells_left_out_from_cleared),
      cmocka_unit_test(update__takes_what_is_said_and_leaves_the_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
