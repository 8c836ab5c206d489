/* Forms: every record type is stored as it was entered, and shown as it is stored. */
#include <stdlib.h>
#include <string.h>

#include "../src/app/form_fields.h"
#include "form_world.h"

/* A record of each type that is referred to, two of those that are named several at a time. */
static const struct {
  enum rp_type type;
  const char *ids[2];
} there[] = {
    {RP_TYPE_SALESPERSON, {"s2", "s1"}}, {RP_TYPE_CUSTOMER, {"c1", "c2"}},    {RP_TYPE_CONTACT, {"p3", "p1"}},
    {RP_TYPE_RELATIONSHIP, {"r1"}},      {RP_TYPE_INTERACTION, {"i1", "i2"}}, {RP_TYPE_DISCLOSURE, {"d1"}},
};

static struct rp_id referred(int mask, size_t which) {
  for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
    if ((mask & RP_TYPE_MASK(there[i].type)) != 0)
      return world_id(there[i].ids[which]);
  }
  fail_msg("nothing to refer to");
  return (struct rp_id){{0}};
}

/* Blanks around a line are not typed. */
static void trim(struct rp_record *record, int field) {
  char *text = rp_mem_text(rp_record_text(record, field));
  size_t length = strlen(text);
  while (length > 0 && text[length - 1] == ' ')
    text[--length] = '\0';
  rp_record_set_text(record, field, length > 0 ? text : "x");
  free(text);
}

/* A random record of the type that refers to what is there. */
static struct rp_record *random_one(struct record_random *random, enum rp_type type) {
  struct rp_record *record = random_record(random, type);
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int i = 0; i < descriptor->field_count; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    if (record->values[i].set && field->kind == RP_KIND_LINE)
      trim(record, i);
    size_t many = record->values[i].set && field->kind == RP_KIND_REFS && record->values[i].ids.count > 1 ? 2 : 1;
    if (!record->values[i].set || (field->kind != RP_KIND_REF && field->kind != RP_KIND_REFS))
      continue;
    rp_record_unset(record, i);
    for (size_t j = 0; j < many && field->kind == RP_KIND_REFS; j++)
      rp_record_add_id(record, i, referred(field->of, j));
    if (field->kind == RP_KIND_REF)
      rp_record_set_ref(record, i, referred(field->of, 0));
  }
  record->id = (struct rp_id){{0}};
  return record;
}

static bool keep_id(void *data, const struct rp_record *record) {
  RP_VEC(struct rp_id) *ids = data;
  *rp_vec_add(ids) = record->id;
  return true;
}

struct finder {
  RP_VEC(struct rp_id) known;
  struct rp_record *found;
};

static bool find_new(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  for (size_t i = 0; i < finder->known.count; i++) {
    if (rp_id_equal(&finder->known.items[i], &record->id))
      return true;
  }
  assert_null(finder->found);
  finder->found = rp_record_copy(record);
  return true;
}

static void assert_same_fields(const struct rp_record *wanted, const struct rp_record *found) {
  const struct rp_record_type *type = rp_record_type_get(wanted->type);
  for (int i = 0; i < type->field_count; i++) {
    if (rp_record_field_equal(wanted, found, i))
      continue;
    struct rp_str a = {0};
    struct rp_str b = {0};
    rp_record_print(wanted, i, &a);
    rp_record_print(found, i, &b);
    fail_msg("%s %s is “%s”, not “%s”", type->name, type->fields[i].name, rp_str_text(&b), rp_str_text(&a));
  }
}

/* Enters a value into the field with the keys, as a person would type or paste it. */
static void enter(const struct rp_record *record, int field) {
  const struct rp_field *row = &rp_record_type_get(record->type)->fields[field];
  struct rp_str text = {0};
  rp_record_print(record, field, &text);
  if (row->kind == RP_KIND_BOOL) {
    app_press(&world, record->values[field].set && record->values[field].number != 0 ? "y" : "n");
  } else {
    app_press(&world, "Ctrl-End Ctrl-U");
    app_paste(&world, rp_str_text(&text));
    app_press(&world, "End"); /* what is offered goes */
  }
  rp_str_fini(&text);
}

/* Fills in the fields in the order in which the form has them. */
static void enter_all(const struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  app_press(&world, "Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab Shift-Tab");
  bool unfolded = false;
  for (unsigned pass = 0; pass < 3; pass++) {
    for (int field = 0; field < type->field_count; field++) {
      unsigned flags = type->fields[field].flags;
      unsigned place = (flags & RP_FIELD_REQUIRED) != 0 ? 0 : (flags & RP_FIELD_RARE) != 0 ? 2 : 1;
      if (place != pass)
        continue;
      if (pass == 2 && !unfolded && app_row(&world, "▸") >= 0)
        app_press(&world, "Enter");
      unfolded = unfolded || pass == 2;
      enter(record, field);
      app_press(&world, "Tab");
    }
  }
}

static void assert_entered(const struct rp_record *wanted) {
  struct finder finder = {0};
  struct rp_store_query query = world_all(wanted->type);
  assert_ok(rp_store_each(world.journal.base.store, &query, keep_id, &finder.known, err));
  open_form_new(&world.model, wanted->type, &(struct rp_id){{0}});
  app_run(&world);
  assert_view(&world, RP_VIEW_FORM);
  enter_all(wanted);
  app_press(&world, "Ctrl-D");
  if (model_view(&world.model)->id == RP_VIEW_FORM)
    fail_msg("not saved:\n%s", app_text(&world));
  assert_ok(rp_store_each(world.journal.base.store, &query, find_new, &finder, err));
  assert_non_null(finder.found);
  assert_same_fields(wanted, finder.found);
  rp_record_free(finder.found);
  rp_vec_fini(&finder.known);
  app_press(&world, "u"); /* one action */
  assert_shows(&world, "undone:");
}

static void form__of_every_type_stores_what_was_entered(void **state) {
  (void)state;
  struct record_random random = {.state = 5};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    for (int i = 0; i < 6; i++) {
      struct rp_record *wanted = random_one(&random, (enum rp_type)type);
      int64_t before = form_count((enum rp_type)type);
      assert_entered(wanted);
      assert_int_equal(form_count((enum rp_type)type), before);
      rp_record_free(wanted);
    }
  }
}

static void undo(void) {
  char *label = NULL;
  assert_ok(rp_store_undo(world.journal.base.store, &label, err));
  assert_non_null(label);
  free(label);
}

static struct rp_id put(const struct rp_record *record) {
  struct rp_store *store = world.journal.base.store;
  struct rp_record *stored = rp_record_copy(record);
  assert_ok(rp_store_begin(store, "put", err));
  assert_ok(rp_store_put(store, stored, 0, err));
  assert_ok(rp_store_commit(store, err));
  struct rp_id id = stored->id;
  rp_record_free(stored);
  return id;
}

/* The form of a stored record, sent to be stored as a new one. */
static void send_form_of(const struct rp_id *id, enum rp_type type) {
  struct request load = {.kind = REQUEST_FORM, .number = (int)type, .id = *id};
  struct answer *loaded = effect_run(world.journal.journal, &load);
  assert_int_equal(loaded->status, RP_OK);
  struct form_fields fields;
  form_fields_init(&fields, loaded->data, &(struct rp_id){{0}}, world.model.today);
  assert_false(form_fields_are_changed(&fields));
  fields.id = (struct rp_id){{0}};
  undo();
  struct request fill = {.kind = REQUEST_FILL, .name = rp_mem_text("form-1"), .text = form_fields_print(&fields)};
  struct answer *filled = effect_run(world.journal.journal, &fill);
  if (filled->status != RP_OK)
    fail_msg("%s", filled->err.text);
  const struct form_checked *checked = filled->data;
  if (checked->faults.count > 0)
    fail_msg("%s", checked->faults.items[0].text);
  answer_free(filled);
  form_fields_fini(&fields);
  answer_free(loaded);
}

/* What a form shows of a stored record is read back as the same: names of people, lists with commas, hostile text. */
static void form__of_every_type_reads_as_what_is_stored(void **state) {
  (void)state;
  struct record_random random = {.state = 11};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    for (int i = 0; i < 12; i++) {
      struct finder finder = {0};
      struct rp_store_query query = world_all((enum rp_type)type);
      struct rp_record *wanted = random_one(&random, (enum rp_type)type);
      assert_ok(rp_store_each(world.journal.base.store, &query, keep_id, &finder.known, err));
      struct rp_id id = put(wanted);
      send_form_of(&id, (enum rp_type)type);
      assert_ok(rp_store_each(world.journal.base.store, &query, find_new, &finder, err));
      assert_non_null(finder.found);
      assert_same_fields(wanted, finder.found);
      rp_record_free(finder.found);
      rp_vec_fini(&finder.known);
      rp_record_free(wanted);
      undo();
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FORM_TEST(form__of_every_type_stores_what_was_entered),
      FORM_TEST(form__of_every_type_reads_as_what_is_stored),
  };
  return cmocka_run_group_tests_name("form_types", tests, NULL, NULL);
}
