/* What may leave a journal, and that nothing else does. */
#include <stdlib.h>
#include <string.h>

#include "store_world.h"

#define SECRET "NEULA"

static struct rp_store *look(struct rp_store *store) {
  struct rp_store *shared = NULL;
  assert_ok(rp_store_open_shared(store, &shared, err));
  return shared;
}

static bool is_here(struct rp_store *store, const char *name) {
  struct rp_id id = world_id(name);
  return rp_store_type(store, &id) != RP_TYPE_NONE;
}

static struct rp_record *get(struct rp_store *store, const char *name) {
  struct rp_id id = world_id(name);
  struct rp_record *record;
  assert_ok(rp_store_get(store, &id, &record, err));
  return record;
}

static bool add_canonical(void *data, const struct rp_replica *replica) {
  rp_replica_canonical(replica, data);
  rp_str_addc(data, '\n');
  return true;
}

/* Everything that can be read of it, as text. */
static char *everything(struct rp_store *shared) {
  struct rp_str text = {0};
  char *lines = world_export(shared);
  rp_str_add(&text, lines);
  free(lines);
  assert_ok(rp_store_each_replica(shared, add_canonical, &text, err));
  return rp_str_take(&text);
}

static void change(struct rp_store *store, const char *line) {
  world_put_line(store, line);
}

static void delete_one(struct rp_store *store, const char *name) {
  struct rp_id id = world_id(name);
  assert_ok(rp_store_begin(store, "delete", err));
  assert_ok(rp_store_delete(store, &id, 1, NULL, err));
  assert_ok(rp_store_commit(store, err));
}

static const char *const journal[] = {
    "{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\",\"me\":true,\"audience\":\"team\"}",
    "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\",\"notes\":\"Kolme linjaa\",\"audience\":\"team\"}",
    "{\"type\":\"customer\",\"id\":\"k\",\"name\":\"NEULA Oy\",\"audience\":\"me\"}",
    "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"NEULA Virtanen\",\"customer\":\"c\",\"audience\":\"me\"}",
    "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\",\"birthday\":\"1970-05-04\",\"notes\":"
    "\"NEULA\",\"successor\":\"p2\",\"x_crm\":\"NEULA\",\"audience\":\"shape\"}",
    "{\"type\":\"contact\",\"id\":\"p3\",\"name\":\"NEULA Salo\",\"customer\":\"k\",\"audience\":\"team\"}",
    "{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"NEULA Koski\",\"customer\":\"c\",\"restricted\":true,\"audience\":"
    "\"team\"}",
    "{\"type\":\"contact\",\"id\":\"p5\",\"name\":\"NEULA Aho\",\"customer\":\"c\",\"objected\":true,\"audience\":\"team\"}",
    "{\"type\":\"relationship\",\"id\":\"r\",\"salesperson\":\"s\",\"contact\":\"p\",\"purpose\":\"NEULA\",\"audience\":"
    "\"shape\"}",
    "{\"type\":\"relationship\",\"id\":\"r4\",\"salesperson\":\"s\",\"contact\":\"p4\",\"purpose\":\"NEULA\",\"audience\":"
    "\"team\"}",
    "{\"type\":\"interaction\",\"id\":\"i\",\"at\":\"2026-01-12T09:30\",\"channel\":\"meeting\",\"contacts\":[\"p2\",\"p\","
    "\"p5\"],\"salespeople\":[\"s\"],\"summary\":\"NEULA\",\"place\":\"NEULA\",\"audience\":\"shape\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-01-13\",\"channel\":\"meeting\",\"contacts\":[\"p2\"],"
    "\"salespeople\":[\"s\"],\"summary\":\"NEULA\",\"audience\":\"team\"}",
    "{\"type\":\"disclosure\",\"id\":\"d\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\",\"text\":\"NEULA\",\"interaction\":\"i\",\"audience\":"
    "\"shape\"}",
    "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":\"customer\","
    "\"domain\":\"self\",\"layer\":1,\"topic\":\"hobbies\",\"text\":\"NEULA\",\"audience\":\"me\"}",
    "{\"type\":\"disclosure\",\"id\":\"d3\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":\"customer\","
    "\"domain\":\"self\",\"layer\":2,\"topic\":\"health\",\"text\":\"NEULA\",\"audience\":\"team\"}",
    "{\"type\":\"disclosure\",\"id\":\"d4\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"text\":\"Vuosi alkaa hyvin\",\"interaction\":\"i2\",\"answers\":\"d2\","
    "\"audience\":\"team\"}",
    "{\"type\":\"evaluation\",\"id\":\"e\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\",\"items\":[{"
    "\"kind\":\"benefit\",\"code\":\"trust\",\"score\":4,\"note\":\"NEULA\"},{\"kind\":\"cost\",\"code\":\"time\",\"score\":"
    "2}],\"audience\":\"shape\"}",
    "{\"type\":\"promise\",\"id\":\"l\",\"relationship\":\"r\",\"by\":\"customer\",\"text\":\"NEULA\",\"made\":"
    "\"2026-01-12\",\"due\":\"2026-02-01\",\"audience\":\"shape\"}",
    "{\"type\":\"next_step\",\"id\":\"n\",\"relationship\":\"r4\",\"text\":\"NEULA\",\"due\":\"2026-02-01\",\"audience\":"
    "\"team\"}",
    "{\"type\":\"next_step\",\"id\":\"n2\",\"customer\":\"k\",\"text\":\"NEULA\",\"due\":\"2026-02-01\",\"audience\":"
    "\"team\"}",
    "{\"type\":\"boundary\",\"id\":\"b\",\"relationship\":\"r\",\"owner\":\"customer\",\"domain\":\"self\",\"max_layer\":"
    "1,\"reason\":\"strict_privacy\",\"from\":\"2026-01-12\",\"note\":\"NEULA\"}",
    NULL};

static void shared_look__has_what_may_leave_and_no_needle(void **state) {
  (void)state;
  static const char *const leave[] = {"s", "c", "p", "r", "i", "d", "d4", "e", "l"};
  static const char *const stay[] = {"k", "p2", "p3", "p4", "p5", "r4", "i2", "d2", "d3", "n", "n2", "b"};
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, journal);
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", SECRET, err));
  struct rp_store *shared = look(world.store);
  for (size_t i = 0; i < sizeof leave / sizeof *leave; i++) {
    if (!is_here(shared, leave[i]))
      fail_msg("%s does not leave", leave[i]);
  }
  for (size_t i = 0; i < sizeof stay / sizeof *stay; i++) {
    if (is_here(shared, stay[i]))
      fail_msg("%s leaves", stay[i]);
  }
  char *text = everything(shared);
  assert_null(strstr(text, SECRET));
  assert_null(strstr(text, "1970-05-04"));
  assert_null(strstr(text, "\"me\":true"));
  assert_non_null(strstr(text, "Kolme linjaa"));
  assert_non_null(strstr(text, "Vuosi alkaa hyvin"));
  free(text);
  struct rp_record *meeting = get(shared, "i");
  assert_int_equal(meeting->values[RP_INTERACTION_CONTACTS].ids.count, 1);
  rp_record_free(meeting);
  struct rp_record *contact = get(shared, "p");
  assert_false(contact->values[RP_CONTACT_SUCCESSOR].set);
  rp_record_free(contact);
  struct rp_record *told = get(shared, "d4"); /* where it was told and what it answers stay at home */
  assert_false(told->values[RP_DISCLOSURE_INTERACTION].set);
  assert_false(told->values[RP_DISCLOSURE_ANSWERS].set);
  rp_record_free(told);
  struct rp_record *weighed = get(shared, "e"); /* the scores without what was noted of them */
  assert_int_equal(weighed->values[RP_EVALUATION_ITEMS].parts.count, 2);
  rp_record_free(weighed);
  rp_store_close(shared);
  world_fini(&world);
}

static bool count_note(void *data, const char *name, const char *text) {
  (void)name;
  (void)text;
  ++*(int *)data;
  return true;
}

static bool count_hit(void *data, const struct rp_store_hit *hit) {
  (void)hit;
  ++*(int *)data;
  return true;
}

/* What has no view is refused by SQLite itself, or has nothing in it. */
static void shared_look__of_drafts_search_and_meetings_is_empty(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, journal);
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", SECRET, err));
  struct rp_store *shared = look(world.store);
  int count = 0;
  rp_store_note_each(shared, RP_STORE_DRAFT, count_note, &count, NULL);
  rp_store_search(shared, "neula*", 10, count_hit, &count, NULL);
  assert_int_equal(count, 0);
  char *label = NULL;
  assert_int_not_equal(rp_store_undo(shared, &label, NULL), RP_OK);
  assert_int_not_equal(rp_store_begin(shared, "write", NULL), RP_OK);
  rp_store_close(shared);
  world_fini(&world);
}

static bool collect_id(void *data, const struct rp_id *id) {
  struct rp_id *out = data;
  *out = *id;
  return true;
}

static void withheld_relationship__stays_with_all_that_hangs_on_it(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, journal);
  struct rp_id relationship = world_id("r");
  assert_ok(rp_store_begin(world.store, NULL, err));
  assert_ok(rp_store_withhold(world.store, &relationship, true, err));
  assert_ok(rp_store_commit(world.store, err));
  struct rp_store *shared = look(world.store);
  assert_false(is_here(shared, "r"));
  assert_false(is_here(shared, "l"));
  assert_false(is_here(shared, "d"));
  assert_false(is_here(shared, "i")); /* their meeting would tell of it */
  assert_true(is_here(shared, "p"));
  rp_store_close(shared);
  struct rp_id listed = {{0}};
  assert_ok(rp_store_each_withheld(world.store, collect_id, &listed, err));
  assert_true(rp_id_equal(&listed, &relationship));
  assert_ok(rp_store_begin(world.store, NULL, err));
  assert_ok(rp_store_withhold(world.store, &relationship, false, err));
  assert_ok(rp_store_commit(world.store, err));
  shared = look(world.store);
  assert_true(is_here(shared, "l"));
  rp_store_close(shared);
  world_fini(&world);
}

/* ---- what was shared is taken back ------------------------------------------------------------------------------- */

static bool note_one(void *data, const struct rp_replica *replica) {
  struct rp_id manager = world_id("manager");
  assert_ok(rp_store_share_note(data, &replica->record->id, &manager, replica->record->audience, err));
  return true;
}

/* As a pack does it. */
static size_t pack(struct rp_store *store, struct rp_store **shared) {
  size_t withdrawn;
  *shared = look(store);
  assert_ok(rp_store_begin(store, NULL, err));
  assert_ok(rp_store_share_withdraw(store, *shared, &withdrawn, err));
  assert_ok(rp_store_commit(store, err));
  rp_store_close(*shared);
  *shared = look(store);
  assert_ok(rp_store_begin(store, NULL, err));
  assert_ok(rp_store_each_replica(*shared, note_one, store, err));
  assert_ok(rp_store_commit(store, err));
  return withdrawn;
}

static struct rp_replica *told(struct rp_store *shared, const char *name) {
  struct rp_id id = world_id(name);
  struct rp_replica *replica;
  assert_ok(rp_store_replica(shared, &id, &replica, err));
  return replica;
}

static void objection__takes_back_everything_about_the_person(void **state) {
  (void)state;
  struct world world;
  struct rp_store *shared;
  world_init(&world, 1);
  world_put_lines(world.store, journal);
  assert_int_equal(pack(world.store, &shared), 0);
  rp_store_close(shared);
  assert_int_equal(pack(world.store, &shared), 0);
  rp_store_close(shared);
  change(world.store,
         "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\",\"objected\":true}");
  assert_int_equal(pack(world.store, &shared), 7); /* p, r, i, d, d4, e, l */
  struct rp_replica *promise = told(shared, "l");
  assert_non_null(promise);
  assert_int_equal(promise->sharing, 1);
  assert_int_equal(promise->record->audience, RP_AUDIENCE_ME);
  assert_false(promise->whole);
  assert_false(rp_replica_knows(promise, RP_PROMISE_DUE));
  rp_replica_free(promise);
  rp_store_close(shared);
  assert_int_equal(pack(world.store, &shared), 0); /* once */
  rp_store_close(shared);
  world_fini(&world);
}

static void deleted__is_told_only_when_it_was_shared(void **state) {
  (void)state;
  struct world world;
  struct rp_store *shared;
  world_init(&world, 1);
  world_put_lines(world.store, journal);
  pack(world.store, &shared);
  rp_store_close(shared);
  delete_one(world.store, "l");
  delete_one(world.store, "d2");
  pack(world.store, &shared);
  struct rp_replica *promise = told(shared, "l");
  assert_non_null(promise);
  assert_true(rp_replica_is_dead(promise));
  rp_replica_free(promise);
  assert_null(told(shared, "d2"));
  rp_store_close(shared);
  world_fini(&world);
}

static void random_journals__nothing_private_is_read(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    struct world world;
    world_init(&world, seed);
    world_fill(&world, 6);
    struct rp_store *shared = look(world.store);
    for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
      for (size_t i = 0; i < world.ids[type].count; i++) {
        struct rp_replica *replica;
        assert_ok(rp_store_replica(shared, &world.ids[type].items[i], &replica, err));
        if (replica == NULL)
          continue;
        assert_int_not_equal(replica->record->audience == RP_AUDIENCE_ME, !rp_replica_is_dead(replica));
        struct rp_replica *narrow = rp_replica_copy(replica);
        rp_replica_narrow(narrow);
        struct rp_str before = {0}, after = {0};
        replica->whole = false;
        rp_replica_canonical(replica, &before);
        rp_replica_canonical(narrow, &after);
        assert_string_equal(rp_str_text(&before), rp_str_text(&after));
        assert_null(replica->record->extra);
        rp_str_fini(&before);
        rp_str_fini(&after);
        rp_replica_free(narrow);
        rp_replica_free(replica);
      }
    }
    rp_store_close(shared);
    world_fini(&world);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shared_look__has_what_may_leave_and_no_needle),
      cmocka_unit_test(shared_look__of_drafts_search_and_meetings_is_empty),
      cmocka_unit_test(withheld_relationship__stays_with_all_that_hangs_on_it),
      cmocka_unit_test(objection__takes_back_everything_about_the_person),
      cmocka_unit_test(deleted__is_told_only_when_it_was_shared),
      cmocka_unit_test(random_journals__nothing_private_is_read),
  };
  return cmocka_run_group_tests_name("store_share", tests, NULL, NULL);
}
