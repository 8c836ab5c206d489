/* Forms without a terminal: every record type entered and edited, what opens beside a field, drafts, and what others
 * did meanwhile. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

#include "../src/app/form_fields.h"

static const char *const lines[] = {
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-10-03\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Plant visit\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-10-20\",\"channel\":\"video\",\"contacts\":[\"p2\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Drawings, line 2\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-10-03\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\",\"text\":\"Old actuators\",\"interaction\":\"i1\"}",
    "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the offer\","
    "\"made\":\"2026-10-03\",\"due\":\"2026-11-20\"}",
    "{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"business\",\"code\":\"trade_fairs\",\"label\":\"Messut, "
    "näyttelyt\"}",
    NULL,
};

static struct app_world world;

static int set_up(void **state) {
  (void)state;
  app_world_init(&world, lines, 120, 60);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  app_world_fini(&world);
  return 0;
}

static int64_t count(enum rp_type type) {
  return world_count(world.journal.base.store, type);
}

/* ---- every type -----------------------------------------------------------------------------------------------------
 */

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
      int64_t before = count((enum rp_type)type);
      assert_entered(wanted);
      assert_int_equal(count((enum rp_type)type), before);
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

/* ---- what to enter --------------------------------------------------------------------------------------------------
 */

static void new__offers_every_type_that_is_entered_by_hand(void **state) {
  (void)state;
  app_press(&world, "3 n");
  assert_view(&world, RP_VIEW_CHOOSE);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *row = rp_record_type_get((enum rp_type)type);
    if ((row->flags & RP_TYPE_BY_HAND) != 0)
      assert_shows(&world, row->label);
    else
      assert_hides(&world, row->label);
  }
  assert_shows(&world, "boundary · Maija Virtanen");
  assert_shows(&world, "offer note · Saimaa Valves Oy");
  app_type(&world, "st");
  assert_shows(&world, "next step");
  assert_hides(&world, "boundary");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "New: next step · Maija Virtanen");
  app_press(&world, "Esc"); /* nothing was typed */
  assert_view(&world, RP_VIEW_PEOPLE);
}

static void new__about_a_company_or_nothing(void **state) {
  (void)state;
  app_press(&world, "2 n");
  assert_shows(&world, "theme note · Åbo Pumpar Ab");
  app_type(&world, "theme");
  app_press(&world, "Enter");
  assert_shows(&world, "Åbo Pumpar Ab");
  app_press(&world, "Esc n");
  app_type(&world, "topic\n");
  assert_shows(&world, "New: topic");
  assert_hides(&world, "New: topic ·");
}

static void edit__is_about_what_is_selected(void **state) {
  (void)state;
  app_press(&world, "3 e");
  assert_shows(&world, "Edit: contact · Maija Virtanen");
  app_press(&world, "Esc Enter E");
  assert_view(&world, RP_VIEW_CHOOSE);
  app_type(&world, "relation\n");
  assert_shows(&world, "Edit: relationship · Maija Virtanen");
  app_press(&world, "Esc E");
  app_type(&world, "customer\n");
  assert_shows(&world, "Edit: customer · Saimaa Valves Oy");
  app_press(&world, "Esc 2 e");
  assert_shows(&world, "Edit: customer · Åbo Pumpar Ab");
  app_press(&world, "Esc 1 e"); /* the promise that is due */
  assert_shows(&world, "Edit: promise");
  assert_shows(&world, "Send the offer");
}

static void edit__of_a_meeting_is_its_note_or_its_fields(void **state) {
  (void)state;
  app_press(&world, "4 e");
  assert_view(&world, RP_VIEW_LOG);
  app_press(&world, "Esc E Enter");
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "Edit: interaction");
  assert_shows(&world, "Pekka Salo");
}

/* ---- beside a field -------------------------------------------------------------------------------------------------
 */

/* A new record of a type, nothing selected. */
static void open_new(enum rp_type type) {
  open_form_new(&world.model, type, &(struct rp_id){{0}});
  app_run(&world);
}

static void list__narrows_down_while_it_is_typed(void **state) {
  (void)state;
  open_new(RP_TYPE_PROMISE);
  app_type(&world, "örj");
  assert_shows(&world, "Örjan Ålander");
  assert_shows(&world, "Åbo Pumpar Ab");
  app_press(&world, "Enter"); /* taken: the next field has the keys */
  assert_shows(&world, "relationship *  Örjan Ålander");
  app_type(&world, "cus");
  app_press(&world, "Tab");
  assert_shows(&world, "by whom *       customer");
  app_type(&world, "x");
  assert_shows(&world, "text *          x");
}

static void list__opens_with_enter_and_closes_with_escape(void **state) {
  (void)state;
  open_new(RP_TYPE_DISCLOSURE);
  app_press(&world, "Enter");
  assert_shows(&world, "Maija Virtanen");
  assert_shows(&world, "Pekka Salo");
  app_press(&world, "Down Down Enter Tab"); /* by name: Maija, Örjan, Pekka; the date is filled in */
  assert_shows(&world, "relationship *  Pekka Salo");
  app_press(&world, "Enter");
  assert_shows(&world, "salesperson");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_FORM);
  assert_hides(&world, "▌salesperson");
  app_type(&world, "cust\nbus\n2\n\n"); /* and the list of topics */
  assert_shows(&world, "goals and strategy");
  assert_hides(&world, "hobbies"); /* not of this domain */
  app_type(&world, "mess");
  assert_shows(&world, "Messut, näyttelyt");
  app_press(&world, "Enter");
  assert_shows(&world, "trade_fairs");
}

static void list__of_several_takes_one_after_another(void **state) {
  (void)state;
  open_new(RP_TYPE_INTERACTION);
  app_type(&world, "vid\nmaija");
  app_press(&world, "Enter");
  app_type(&world, ", pek");
  app_press(&world, "Enter");
  assert_shows(&world, "Maija Virtanen, Pekka Salo");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: interaction");
  assert_int_equal(count(RP_TYPE_INTERACTION), 3);
}

static void list__tells_two_of_a_name_apart(void **state) {
  (void)state;
  static const char *const more[] = {
      "{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Maija Virtanen\",\"customer\":\"c2\"}", NULL};
  journal_world_put(&world.journal, more);
  app_changed(&world);
  open_new(RP_TYPE_INTERACTION);
  app_type(&world, "meeting\nmaija");
  app_press(&world, "Enter");
  app_type(&world, ", maija");
  app_press(&world, "Down Enter Ctrl-D");
  assert_shows(&world, "saved: interaction");
  struct rp_store_query query = world_all(RP_TYPE_INTERACTION);
  query.order = RP_STORE_NEWEST_FIRST;
  query.limit = 1;
  struct finder finder = {0};
  assert_ok(rp_store_each(world.journal.base.store, &query, find_new, &finder, err));
  const struct rp_value *contacts = &finder.found->values[RP_INTERACTION_CONTACTS];
  assert_int_equal(contacts->ids.count, 2);
  rp_record_free(finder.found);
}

static void reference__is_chosen_among_what_happened_with_the_person(void **state) {
  (void)state;
  open_form_new(&world.model, RP_TYPE_PROMISE, &(struct rp_id){{0}});
  app_run(&world);
  app_type(&world, "maija\nsales\nSend it");
  app_press(&world, "Tab Tab Tab Tab Enter"); /* unfolds: settled, how, interaction */
  app_press(&world, "Tab Tab Enter");
  assert_shows(&world, "Plant visit");
  assert_hides(&world, "Drawings, line 2"); /* Pekka's */
  app_press(&world, "Enter Ctrl-D");
  assert_shows(&world, "saved: promise");
}

static void date__is_read_while_it_is_typed(void **state) {
  (void)state;
  open_form_of(&world.model, RP_TYPE_PROMISE, &(struct rp_id){{0}});
  app_run(&world); /* what is not there is said */
  assert_view(&world, RP_VIEW_TODAY);
  app_press(&world, "e Down Down Down Down Ctrl-U");
  app_type(&world, "fri");
  assert_shows(&world, "Fri 27 Nov 2026");
  app_press(&world, "Tab");
  assert_shows(&world, "2026-11-27"); /* the same day tomorrow */
  app_press(&world, "Shift-Tab Ctrl-U");
  app_type(&world, "someday");
  assert_hides(&world, "is not a date"); /* not yet */
  app_press(&world, "Tab");
  assert_shows(&world, "due: “someday” is not a date");
}

static void calendar__puts_a_day_into_the_field(void **state) {
  (void)state;
  app_press(&world, "e Down Down Down Down Enter");
  assert_shows(&world, "─ Nov 2026 ─");
  assert_shows(&world, "47 16 17 18 19 20 21 22*");
  app_press(&world, "PgDn Right Esc");
  assert_hides(&world, "Dec 2026");
  assert_shows(&world, "2026-11-20");
  app_press(&world, "Enter PgDn Right Enter");
  assert_shows(&world, "2026-12-21");
  assert_shows(&world, "Mon 21 Dec 2026");
  assert_shows(&world, "▌kind"); /* the keys went on */
  world.model.first_weekday = 6;
  app_press(&world, "Up Enter");
  assert_shows(&world, "Su Mo Tu We Th Fr Sa");
  app_press(&world, "3"); /* it is typed after all */
  assert_shows(&world, "2026-12-213");
}

/* ---- errors ---------------------------------------------------------------------------------------------------------
 */

static void errors__stand_below_their_fields(void **state) {
  (void)state;
  open_new(RP_TYPE_PROMISE);
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "not saved");
  assert_int_equal(app_row(&world, "relationship is missing"), app_row(&world, "▌relationship *") + 1);
  assert_int_equal(app_row(&world, "by is missing"), app_row(&world, " by whom *") + 1);
  app_type(&world, "nobody like that");
  app_press(&world, "Tab");
  app_pause(&world);
  assert_shows(&world, "“nobody like that” is not in the journal");
  app_press(&world, "Shift-Tab Ctrl-U");
  app_type(&world, "maija\n");
  app_pause(&world);
  assert_hides(&world, "is not in the journal");
  assert_int_equal(count(RP_TYPE_PROMISE), 1);
}

static void error__in_a_folded_field_unfolds_the_form(void **state) {
  (void)state;
  app_press(&world, "e Tab Tab Tab Tab Tab Tab Enter"); /* settled on, how settled */
  app_press(&world, "Tab");
  app_type(&world, "kept\n");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "settled_how is given without settled");
  assert_shows(&world, "▌how settled");
}

static void error__of_the_whole_stands_above(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    open_new(RP_TYPE_EVALUATION);
    app_type(&world, "maija\n");
    app_press(&world, "Down Down");
    app_type(&world, "+trust 4, -time 2: travel");
    assert_shows(&world, "net +2");
    app_press(&world, "Ctrl-D");
  }
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "not saved");
  assert_true(app_row(&world, "evaluation") < app_row(&world, "relationship *"));
  assert_int_equal(count(RP_TYPE_EVALUATION), 1);
}

/* ---- drafts
 * ---------------------------------------------------------------------------------------------------------- */

static void draft__is_kept_and_goes_on_after_a_kill(void **state) {
  (void)state;
  app_press(&world, "3 n");
  app_type(&world, "promise\n");
  app_press(&world, "Enter Enter"); /* by whom: salesperson */
  app_type(&world, "Send the dra\nwings");
  app_pause(&world);
  assert_shows(&world, "draft kept");
  app_stop(&world); /* killed */
  app_start(&world, &(struct rp_app_options){0});
  assert_shows(&world, "Unfinished form");
  assert_shows(&world, "“promise: Send the dra”");
  app_press(&world, "w Enter");
  assert_shows(&world, "New: promise · Maija Virtanen");
  assert_shows(&world, "by whom *       salesperson");
  assert_shows(&world, "wings");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: promise");
  assert_int_equal(count(RP_TYPE_PROMISE), 2);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  assert_view(&world, RP_VIEW_TODAY); /* it is offered no more */
}

static void draft__of_an_edit_asks_when_the_record_changed_since(void **state) {
  (void)state;
  struct rp_id o1 = world_id("o1");
  app_press(&world, "e Tab Tab End");
  app_type(&world, " today");
  app_pause(&world);
  app_stop(&world);
  journal_edit(&world.journal, &o1, "text=Send the other offer");
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "w Enter");
  assert_shows(&world, "Send the offer today");
  assert_shows(&world, "changed elsewhere meanwhile");
  assert_shows(&world, "elsewhere: Send the other offer");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "the other offer”");
  app_press(&world, "k"); /* Keep mine */
  assert_shows(&world, "saved: promise");
  struct rp_record *record = journal_only(&world.journal, RP_TYPE_PROMISE);
  assert_string_equal(rp_record_text(record, RP_PROMISE_TEXT), "Send the offer today");
  rp_record_free(record);
}

static void escape__asks_only_when_something_was_typed(void **state) {
  (void)state;
  app_press(&world, "3 e Esc");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, "e Tab Tab");
  app_type(&world, "boss");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_ASK);
  app_press(&world, "t"); /* Throw away */
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, "e Tab Tab");
  app_type(&world, "boss");
  app_press(&world, "Backspace Backspace Backspace Backspace Esc");
  assert_view(&world, RP_VIEW_PEOPLE);
}

static void saving__takes_no_keys_and_loses_nothing(void **state) {
  (void)state;
  app_press(&world, "3 e Tab Tab");
  app_type(&world, "boss");
  world.hold_answers = true;
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saving …");
  app_type(&world, "more");
  app_press(&world, "Ctrl-D Ctrl-D");
  assert_int_equal(world.asked[REQUEST_FILL], 1);
  app_answer(&world);
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "saved: contact");
}

static void typing__before_the_fields_are_there_is_not_lost(void **state) {
  (void)state;
  app_press(&world, "3");
  world.hold_answers = true; /* a slow disk */
  app_press(&world, "e Tab Tab");
  app_type(&world, "boss");
  assert_shows(&world, "reading …");
  app_answer(&world);
  assert_shows(&world, "title              boss");
}

/* ---- what others did
 * ------------------------------------------------------------------------------------------------- */

static void change__of_another_field_is_taken_over(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  app_press(&world, "3 e Tab Tab");
  app_type(&world, "boss");
  journal_edit(&world.journal, &p1, "phones=09 123");
  app_changed(&world);
  assert_shows(&world, "09 123");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: contact");
  journal_edit(&world.journal, &p1, "language=fi"); /* nobody has told yet when it is saved */
  app_press(&world, "e Tab Tab End");
  app_type(&world, "!");
  journal_edit(&world.journal, &p1, "language=sv");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: contact");
  struct rp_record *record;
  assert_ok(rp_store_get(world.journal.base.store, &p1, &record, err));
  assert_string_equal(rp_record_text(record, RP_CONTACT_TITLE), "boss!");
  assert_string_equal(rp_record_text(record, RP_CONTACT_LANGUAGE), "sv");
  rp_record_free(record);
}

static void change__of_the_same_field_is_asked_about(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  app_press(&world, "3 e Tab Tab");
  app_type(&world, "boss");
  journal_edit(&world.journal, &p1, "title=chief");
  app_press(&world, "Ctrl-D"); /* before anybody has told */
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "This contact was changed elsewhere");
  assert_shows(&world, "chief”");
  app_press(&world, "s"); /* Show theirs */
  assert_shows(&world, "elsewhere: chief");
  assert_shows(&world, "boss");
  app_press(&world, "Ctrl-D t"); /* Take theirs */
  assert_view(&world, RP_VIEW_FORM);
  assert_hides(&world, "boss");
  app_press(&world, "Ctrl-Z");
  assert_shows(&world, "boss");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: contact");
  struct rp_record *record;
  assert_ok(rp_store_get(world.journal.base.store, &p1, &record, err));
  assert_string_equal(rp_record_text(record, RP_CONTACT_TITLE), "boss");
  rp_record_free(record);
}

static void deleted_record__is_saved_as_new_or_not(void **state) {
  (void)state;
  struct rp_id o1 = world_id("o1");
  struct rp_store *store = world.journal.base.store;
  app_press(&world, "e Tab Tab End");
  app_type(&world, " today");
  assert_ok(rp_store_begin(store, "delete", err));
  assert_ok(rp_store_delete(store, &o1, 1, NULL, err));
  assert_ok(rp_store_commit(store, err));
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "This promise was deleted elsewhere");
  app_press(&world, "s"); /* Save as new */
  assert_shows(&world, "saved: promise");
  struct rp_record *record = journal_only(&world.journal, RP_TYPE_PROMISE);
  assert_string_equal(rp_record_text(record, RP_PROMISE_TEXT), "Send the offer today");
  rp_record_free(record);
}

/* ---- boundaries
 * ------------------------------------------------------------------------------------------------------ */

static void boundary__says_what_it_holds_back(void **state) {
  (void)state;
  app_press(&world, "3 n");
  app_type(&world, "boundary\ncustomer\nself\n0\nstrict\n");
  app_pause(&world);
  assert_shows(&world, "What it holds back");
  assert_shows(&world, "Maija Virtanen keeps business and");
  app_resize(&world, 80, 24);
  assert_shows(&world, "Maija Virtanen keeps business and themselves apart: a choice to respect.");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: boundary");
}

/* ---- small windows
 * ---------------------------------------------------------------------------------------------------- */

static void form__is_used_in_the_least_window(void **state) {
  (void)state;
  app_resize(&world, 40, 10);
  app_press(&world, "3 e");
  assert_shows(&world, "Edit: contact");
  for (int i = 0; i < 12; i++) {
    app_press(&world, "Tab");
    assert_shows(&world, "▌");
  }
  app_press(&world, "Esc n");
  app_type(&world, "promise\n");
  app_press(&world, "Enter");
  assert_shows(&world, "by whom *");
  assert_shows(&world, "salesperson");
  assert_shows(&world, "customer");
  app_press(&world, "Esc Down Down Down Enter");
  assert_shows(&world, "Nov 2026");
  assert_shows(&world, "23 24 25 26 27 28 29"); /* the week of the day */
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(form__of_every_type_stores_what_was_entered),
      TEST(form__of_every_type_reads_as_what_is_stored),
      TEST(new__offers_every_type_that_is_entered_by_hand),
      TEST(new__about_a_company_or_nothing),
      TEST(edit__is_about_what_is_selected),
      TEST(edit__of_a_meeting_is_its_note_or_its_fields),
      TEST(list__narrows_down_while_it_is_typed),
      TEST(list__opens_with_enter_and_closes_with_escape),
      TEST(list__of_several_takes_one_after_another),
      TEST(list__tells_two_of_a_name_apart),
      TEST(reference__is_chosen_among_what_happened_with_the_person),
      TEST(date__is_read_while_it_is_typed),
      TEST(calendar__puts_a_day_into_the_field),
      TEST(errors__stand_below_their_fields),
      TEST(error__in_a_folded_field_unfolds_the_form),
      TEST(error__of_the_whole_stands_above),
      TEST(draft__is_kept_and_goes_on_after_a_kill),
      TEST(draft__of_an_edit_asks_when_the_record_changed_since),
      TEST(escape__asks_only_when_something_was_typed),
      TEST(saving__takes_no_keys_and_loses_nothing),
      TEST(typing__before_the_fields_are_there_is_not_lost),
      TEST(change__of_another_field_is_taken_over),
      TEST(change__of_the_same_field_is_asked_about),
      TEST(deleted_record__is_saved_as_new_or_not),
      TEST(boundary__says_what_it_holds_back),
      TEST(form__is_used_in_the_least_window),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
