/* States of other journals in the tables of this one: what comes in comes out, what cannot stand waits, any order gives
 * the same. */
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"
#include "rounds.h"
#include "store_states.h"

/* ---- one state --------------------------------------------------------------------------------------------------- */

static struct rp_record *get(struct rp_store *store, const char *name) {
  struct rp_id id = world_id(name);
  struct rp_record *record = NULL;
  if (rp_store_get(store, &id, &record, NULL) != RP_OK)
    return NULL;
  return record;
}

static void assert_called(struct rp_store *store, const char *name, const char *called) {
  struct rp_record *record = get(store, name);
  assert_non_null(record);
  assert_string_equal(rp_record_name(record), called);
  rp_record_free(record);
}

static void assert_absent(struct rp_store *store, const char *name) {
  assert_null(get(store, name));
}

static const char *const shared[] = {
    "{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\",\"audience\":\"team\"}",
    "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\",\"audience\":\"team\"}",
    "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\",\"notes\":\"Purjehtii\","
    "\"audience\":\"team\"}",
    "{\"type\":\"relationship\",\"id\":\"r\",\"salesperson\":\"s\",\"contact\":\"p\",\"audience\":\"team\"}",
    "{\"type\":\"promise\",\"id\":\"l\",\"relationship\":\"r\",\"by\":\"customer\",\"text\":\"Soittaa\",\"made\":"
    "\"2026-01-12\",\"due\":\"2026-02-01\",\"audience\":\"shape\"}",
    "{\"type\":\"boundary\",\"id\":\"b\",\"relationship\":\"r\",\"owner\":\"customer\",\"domain\":\"self\",\"max_layer\":"
    "1,\"reason\":\"strict_privacy\",\"from\":\"2026-01-12\",\"audience\":\"me\"}",
    NULL};

static void shape__stands_without_its_content(void **state) {
  (void)state;
  struct world anna, team;
  world_init(&anna, 1);
  world_init(&team, 2);
  world_put_lines(anna.store, shared);
  tell(anna.store, team.store);
  struct rp_record *promise = get(team.store, "l");
  assert_non_null(promise);
  assert_null(rp_record_text(promise, RP_PROMISE_TEXT));
  assert_int_equal(rp_record_code(promise, RP_PROMISE_BY), RP_PARTY_CUSTOMER);
  rp_record_free(promise);
  struct rp_record *contact = get(team.store, "p");
  assert_string_equal(rp_record_text(contact, RP_CONTACT_NOTES), "Purjehtii");
  rp_record_free(contact);
  assert_absent(team.store, "b");
  world_is_sound(team.store);
  world_is_sound(anna.store);
  world_fini(&anna);
  world_fini(&team);
}

static void what_needs_more__waits_and_comes_up(void **state) {
  (void)state;
  struct world anna, team;
  struct states states = {0};
  world_init(&anna, 1);
  world_init(&team, 2);
  world_put_lines(anna.store, shared);
  read_states(anna.store, &states);
  for (int type = RP_TYPE_RECORD_COUNT - 1; type >= 0; type--) { /* what refers before what is referred to */
    for (size_t i = 0; i < states.items.count; i++) {
      if ((int)states.items.items[i]->record->type != type)
        continue;
      assert_ok(rp_store_begin(team.store, NULL, err));
      merge_state(team.store, states.items.items[i]);
      assert_ok(rp_store_commit(team.store, err));
      world_is_sound(team.store);
    }
    if (type == RP_TYPE_CONTACT)
      assert_absent(team.store, "l");
  }
  assert_called(team.store, "p", "Åsa Öhman");
  struct rp_record *promise = get(team.store, "l");
  assert_non_null(promise);
  rp_record_free(promise);
  states_fini(&states);
  world_fini(&anna);
  world_fini(&team);
}

static void what_it_needs_goes_and_returns__so_does_it(void **state) {
  (void)state;
  struct world anna, team;
  world_init(&anna, 1);
  world_init(&team, 2);
  world_put_lines(anna.store, shared);
  tell(anna.store, team.store);
  char *label;
  struct rp_id contact = world_id("p");
  char *before = digest(team.store);
  assert_ok(rp_store_begin(anna.store, "delete", err));
  assert_ok(rp_store_delete(anna.store, &contact, 1, NULL, err));
  assert_ok(rp_store_commit(anna.store, err));
  tell(anna.store, team.store);
  assert_absent(team.store, "p");
  assert_absent(team.store, "r");
  assert_absent(team.store, "l");
  assert_called(team.store, "c", "Saimaa Valves Oy");
  world_is_sound(team.store);
  assert_ok(rp_store_undo(anna.store, &label, err));
  free(label);
  tell(anna.store, team.store);
  assert_called(team.store, "p", "Åsa Öhman");
  struct rp_record *promise = get(team.store, "l");
  assert_non_null(promise);
  rp_record_free(promise);
  world_is_sound(team.store);
  char *after = digest(team.store);
  assert_string_not_equal(before, after); /* it has lived twice */
  free(before);
  free(after);
  world_fini(&anna);
  world_fini(&team);
}

/* Erik's promise to somebody whom Anna deletes meanwhile. */
static void hangs_on_what_another_deleted__waits(void **state) {
  (void)state;
  struct world anna, erik, team;
  world_init(&anna, 1);
  world_init(&erik, 2);
  world_init(&team, 3);
  world_put_lines(anna.store, shared);
  tell(anna.store, erik.store);
  world_put_line(erik.store, "{\"type\":\"salesperson\",\"id\":\"e\",\"name\":\"Erik Strand\"}");
  world_put_line(erik.store, "{\"type\":\"relationship\",\"id\":\"er\",\"salesperson\":\"e\",\"contact\":\"p\"}");
  world_put_line(
      erik.store,
      "{\"type\":\"next_step\",\"id\":\"n\",\"relationship\":\"er\",\"text\":\"Soita\",\"due\":\"2026-02-01\"}");
  struct rp_id contact = world_id("p");
  assert_ok(rp_store_begin(anna.store, "delete", err));
  assert_ok(rp_store_delete(anna.store, &contact, 1, NULL, err));
  assert_ok(rp_store_commit(anna.store, err));
  tell(erik.store, team.store);
  tell(anna.store, team.store);
  assert_absent(team.store, "er");
  assert_called(team.store, "e", "Erik Strand");
  struct rp_id step = world_id("n");
  struct rp_replica *waiting;
  assert_ok(rp_store_replica(team.store, &step, &waiting, err));
  assert_non_null(waiting);
  assert_false(rp_replica_is_dead(waiting));
  rp_replica_free(waiting);
  world_is_sound(team.store);
  world_fini(&anna);
  world_fini(&erik);
  world_fini(&team);
}

/* A contact is no customer, not even its own. */
static void names_itself_where_another_type_belongs__waits(void **state) {
  (void)state;
  struct world team;
  world_init(&team, 1);
  struct rp_record *contact = world_line("{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Maija\",\"customer\":\"p\"}");
  contact->created = contact->changed = 1000;
  contact->audience = RP_AUDIENCE_TEAM;
  struct rp_replica *news = rp_replica_new(contact, (struct rp_dot){.clock = 5, .node = world_id("erik")});
  assert_ok(rp_store_begin(team.store, NULL, err));
  merge_state(team.store, news);
  assert_ok(rp_store_commit(team.store, err));
  assert_absent(team.store, "p");
  world_is_sound(team.store);
  rp_replica_free(news);
  world_fini(&team);
}

/* ---- texts of two sides ------------------------------------------------------------------------------------------ */

static void note(struct rp_store *store, const char *text) {
  struct rp_record *contact = get(store, "p");
  rp_record_set_text(contact, RP_CONTACT_NOTES, text);
  assert_ok(rp_store_begin(store, "note", err));
  assert_ok(rp_store_put(store, contact, 0, err));
  assert_ok(rp_store_commit(store, err));
  rp_record_free(contact);
}

static size_t count_texts(struct rp_store *store) {
  struct rp_id id = world_id("p");
  struct rp_replica *replica;
  assert_ok(rp_store_replica(store, &id, &replica, err));
  size_t count = 1 + replica->fields[RP_CONTACT_NOTES].others.count;
  rp_replica_free(replica);
  return count;
}

static bool count_one(void *data, const struct rp_replica *replica) {
  size_t *count = data;
  struct rp_id id = world_id("p");
  assert_true(rp_id_equal(&replica->record->id, &id));
  ++*count;
  return true;
}

/* How many records have a text in several versions. */
static size_t count_split(struct rp_store *store) {
  size_t count = 0;
  assert_ok(rp_store_each_split(store, count_one, &count, err));
  return count;
}

static void text_on_two_sides__kept_twice_until_written_over(void **state) {
  (void)state;
  struct world anna, erik;
  world_init(&anna, 1);
  world_init(&erik, 2);
  world_put_lines(anna.store, shared);
  tell(anna.store, erik.store);
  note(anna.store, "Purjehtii kesällä");
  note(erik.store, "Seglar gärna");
  tell(anna.store, erik.store);
  tell(erik.store, anna.store);
  assert_int_equal(count_texts(anna.store), 2);
  assert_int_equal(count_texts(erik.store), 2);
  assert_int_equal(count_split(erik.store), 1);
  char *left = digest(anna.store), *right;
  note(erik.store, "Purjehtii kesällä, seglar gärna");
  assert_int_equal(count_texts(erik.store), 1);
  assert_int_equal(count_split(erik.store), 0);
  tell(erik.store, anna.store);
  assert_int_equal(count_texts(anna.store), 1);
  struct rp_record *contact = get(anna.store, "p");
  assert_string_equal(rp_record_text(contact, RP_CONTACT_NOTES), "Purjehtii kesällä, seglar gärna");
  rp_record_free(contact);
  right = digest(anna.store);
  assert_string_not_equal(left, right);
  free(left);
  free(right);
  world_is_sound(anna.store);
  world_is_sound(erik.store);
  world_fini(&anna);
  world_fini(&erik);
}

static void undo_after_a_merge__does_not_take_back_what_others_wrote(void **state) {
  (void)state;
  struct world anna, erik;
  world_init(&anna, 1);
  world_init(&erik, 2);
  world_put_lines(anna.store, shared);
  tell(anna.store, erik.store);
  note(anna.store, "Purjehtii kesällä");
  struct rp_record *contact = get(erik.store, "p");
  rp_record_set_text(contact, RP_CONTACT_TITLE, "ostopäällikkö");
  assert_ok(rp_store_begin(erik.store, "title", err));
  assert_ok(rp_store_put(erik.store, contact, 0, err));
  assert_ok(rp_store_commit(erik.store, err));
  rp_record_free(contact);
  tell(erik.store, anna.store);
  char *label = NULL;
  assert_says(rp_store_undo(anna.store, &label, err), RP_ECHANGED, "has changed since");
  contact = get(anna.store, "p");
  assert_string_equal(rp_record_text(contact, RP_CONTACT_TITLE), "ostopäällikkö");
  assert_string_equal(rp_record_text(contact, RP_CONTACT_NOTES), "Purjehtii kesällä");
  rp_record_free(contact);
  world_fini(&anna);
  world_fini(&erik);
}

/* ---- random journals --------------------------------------------------------------------------------------------- */

/* Three journals that change and hear of each other; a team file that hears of them now and then, one that hears of all
 * of it at the end in another order, and one that hears of everything twice. */
static void random_journals__any_order_gives_one_state(void **state) {
  (void)state;
  enum { JOURNALS = 3, TEAMS = 3 };
  for (int round = 0; round < rounds(30); round++) {
    struct world journals[JOURNALS], teams[TEAMS];
    struct states all = {0};
    struct record_random random = {.state = (uint64_t)round};
    for (int i = 0; i < JOURNALS; i++) {
      world_init(&journals[i], (uint64_t)(round * JOURNALS + i));
      world_fill(&journals[i], 3);
    }
    for (int i = 0; i < TEAMS; i++)
      world_init(&teams[i], 1);
    for (int step = 0; step < 6; step++) {
      int one = random_below(&random, JOURNALS), other = random_below(&random, JOURNALS);
      world_act(&journals[one], 6);
      if (one != other && random_below(&random, 2) == 0)
        tell(journals[one].store, journals[other].store);
      read_states(journals[one].store, &all);
      if (random_below(&random, 2) == 0)
        tell(journals[one].store, teams[0].store);
    }
    for (int i = 0; i < JOURNALS; i++) {
      read_states(journals[i].store, &all);
      world_is_sound(journals[i].store);
    }
    merge_states(teams[0].store, &all);
    for (int i = 1; i < TEAMS; i++) {
      shuffle_states(&random, &all);
      merge_states(teams[i].store, &all);
    }
    merge_states(teams[2].store, &all);
    char *first = digest(teams[0].store);
    for (int i = 0; i < TEAMS; i++) {
      world_is_sound(teams[i].store);
      char *again = digest(teams[i].store), *lines = world_export(teams[i].store), *same = world_export(teams[0].store);
      assert_string_equal(first, again);
      free(again);
      free(lines);
      free(same);
    }
    free(first);
    states_fini(&all);
    for (int i = 0; i < JOURNALS; i++)
      world_fini(&journals[i]);
    for (int i = 0; i < TEAMS; i++)
      world_fini(&teams[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shape__stands_without_its_content),
      cmocka_unit_test(what_needs_more__waits_and_comes_up),
      cmocka_unit_test(what_it_needs_goes_and_returns__so_does_it),
      cmocka_unit_test(hangs_on_what_another_deleted__waits),
      cmocka_unit_test(names_itself_where_another_type_belongs__waits),
      cmocka_unit_test(text_on_two_sides__kept_twice_until_written_over),
      cmocka_unit_test(undo_after_a_merge__does_not_take_back_what_others_wrote),
      cmocka_unit_test(random_journals__any_order_gives_one_state),
  };
  return cmocka_run_group_tests_name("store_replica", tests, NULL, NULL);
}
