/* Two at once: what one stores the other one sees, and neither writes over the other. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/mem.h"
#include "store_files.h"
#include "store_other.h"

static char *lock_held(long process) {
  return rp_str_format("is held by process %ld", process);
}

/* ---- seeing --------------------------------------------------------------------------------------------------------
 */

static void names_are(struct rp_store *store, const char *expected) {
  const struct rp_store_name *names;
  struct rp_str text = {0};
  size_t count;
  assert_ok(rp_store_names(store, &names, &count, err));
  for (size_t i = 0; i < count; i++)
    rp_str_addf(&text, "%s%s", i > 0 ? ", " : "", names[i].name);
  assert_string_equal(rp_str_text(&text), expected);
  rp_str_fini(&text);
}

static bool count_hit(void *data, const struct rp_store_hit *hit) {
  (void)hit;
  ++*(int *)data;
  return true;
}

static int hits(struct rp_store *store, const char *word) {
  int count = 0;
  assert_ok(rp_store_search(store, word, 0, count_hit, &count, err));
  return count;
}

static void changes_of_the_other__are_seen_at_once(void **state) {
  (void)state;
  for (int forked = 0; forked <= 1; forked++) {
    struct two two;
    two_init(&two, forked != 0);
    struct rp_store *store = two.world.store;
    struct rp_id customer = world_id("c"), contact = world_id("p");
    enum rp_domain domain;
    bool special;
    assert_false(rp_store_changed(store));
    names_are(store, "Anna Laine, Åsa Öhman, Saimaa Valves Oy");
    assert_false(rp_store_own_topic(store, "purjehdus", &domain, &special));
    assert_int_equal(hits(store, "lohja"), 0);

    other_does(&two, OTHER_PUT, CUSTOMER("Lohja Åkeri 🚚"));
    assert_true(rp_store_changed(store));
    assert_false(rp_store_changed(store)); /* told once */
    names_are(store, "Anna Laine, Åsa Öhman, Lohja Åkeri 🚚");
    assert_string_equal(rp_store_name_by_id(store, &customer)->name, "Lohja Åkeri 🚚");
    assert_int_equal(hits(store, "lohja"), 1);
    assert_int_equal(hits(store, "saimaa"), 0);

    other_does(&two, OTHER_PUT,
               "{\"type\":\"topic\",\"id\":\"t\",\"domain\":\"self\",\"code\":\"purjehdus\",\"label\":\"Purjehdus\"}");
    assert_true(rp_store_own_topic(store, "purjehdus", &domain, &special));
    assert_int_equal(domain, RP_DOMAIN_SELF);
    assert_string_equal(rp_store_own_topic_label(store, "purjehdus"), "Purjehdus");
    assert_true(rp_store_changed(store));

    other_does(&two, OTHER_DELETE, "p");
    assert_null(rp_store_name_by_id(store, &contact));
    names_are(store, "Anna Laine, Lohja Åkeri 🚚");
    assert_true(rp_store_changed(store));

    other_does(&two, OTHER_DRAFT, "video Maija: …"); /* no record */
    assert_true(rp_store_names_ready(store));
    assert_false(rp_store_changed(store));
    char *text;
    assert_ok(rp_store_note_get(store, RP_STORE_DRAFT, "log", &text, err));
    assert_string_equal(text, "video Maija: …");
    free(text);
    two_fini(&two);
  }
}

/* ---- not writing over the other ------------------------------------------------------------------------------------
 */

static void edit__of_what_the_other_has_changed_is_refused(void **state) {
  (void)state;
  for (int forked = 0; forked <= 1; forked++) {
    struct two two;
    two_init(&two, forked != 0);
    struct rp_store *store = two.world.store;
    struct rp_id id = world_id("c");
    struct rp_record *record;
    assert_ok(rp_store_get(store, &id, &record, err));
    rp_record_set_text(record, RP_CUSTOMER_NAME, "Minun nimeni");
    int64_t read_at = record->changed;

    other_does(&two, OTHER_PUT, CUSTOMER("Heidän nimensä"));
    assert_ok(rp_store_begin(store, "x", err));
    assert_says(rp_store_put(store, record, read_at, err), RP_ECHANGED,
                "“Heidän nimensä” has been changed by somebody else meanwhile; look at it again");
    assert_ok(rp_store_commit(store, err)); /* the refusal has broken nothing */
    world_customer_is(store, "Heidän nimensä");

    other_does(&two, OTHER_DELETE, "c");
    assert_ok(rp_store_begin(store, "x", err));
    assert_says(rp_store_put(store, record, read_at, err), RP_ECHANGED,
                "“Minun nimeni” has been deleted by somebody else meanwhile");
    rp_store_rollback(store);
    assert_int_equal(world_count(store, RP_TYPE_CUSTOMER), 0);
    rp_record_free(record);

    other_does(&two, OTHER_UNDO, "");
    world_customer_is(store, "Heidän nimensä");
    assert_ok(rp_store_get(store, &id, &record, err));
    rp_record_set_text(record, RP_CUSTOMER_NAME, "Yhteinen nimi");
    assert_ok(rp_store_begin(store, "x", err));
    assert_ok(rp_store_put(store, record, record->changed, err)); /* read anew, it may be written */
    assert_ok(rp_store_commit(store, err));
    rp_record_free(record);
    world_customer_is(store, "Yhteinen nimi");
    two_fini(&two);
  }
}

static void takes_back(rp_status (*step)(struct rp_store *, char **, struct rp_err *), struct rp_store *store,
                       const char *label) {
  char *got;
  assert_ok(step(store, &got, err));
  if (label == NULL)
    assert_null(got);
  else
    assert_string_equal(got, label);
  free(got);
}

/* One list for all: the last action is taken back, whoever did it, and its label says which one it was. */
static void undo__is_of_the_last_action_whoever_did_it(void **state) {
  (void)state;
  for (int forked = 0; forked <= 1; forked++) {
    struct two two;
    two_init(&two, forked != 0);
    struct rp_store *store = two.world.store;
    assert_ok(put_line(store, CUSTOMER("minä 1"), err));
    assert_ok(rp_store_commit(store, err));
    other_does(&two, OTHER_PUT, CUSTOMER("toinen 1"));

    takes_back(rp_store_undo, store, CUSTOMER("toinen 1"));
    world_customer_is(store, "minä 1");
    assert_string_equal(tell_other(&two, OTHER_UNDO, "").said, CUSTOMER("minä 1"));
    world_customer_is(store, "Saimaa Valves Oy");
    takes_back(rp_store_redo, store, CUSTOMER("minä 1"));
    assert_string_equal(tell_other(&two, OTHER_REDO, "").said, CUSTOMER("toinen 1"));
    world_customer_is(store, "toinen 1");

    /* What the one has taken back cannot be put on again once the other one has gone on. */
    takes_back(rp_store_undo, store, CUSTOMER("toinen 1"));
    other_does(&two, OTHER_PUT, CUSTOMER("toinen 2"));
    takes_back(rp_store_redo, store, NULL);
    world_customer_is(store, "toinen 2");
    takes_back(rp_store_undo, store, CUSTOMER("toinen 2"));
    world_customer_is(store, "minä 1");
    two_fini(&two);
  }
}

/* A program that keeps no list, such as the sqlite3 shell. */
static void undo__of_what_was_changed_past_the_list_does_nothing(void **state) {
  (void)state;
  struct two two;
  two_init(&two, false);
  struct rp_store *store = two.world.store;
  assert_ok(put_line(store, CUSTOMER("minä"), err));
  struct rp_record *topic =
      world_line("{\"type\":\"theme_note\",\"id\":\"n\",\"customer\":\"c\",\"theme\":\"transparency\","
                 "\"date\":\"2024-10-01\",\"text\":\"budjetti\"}");
  assert_ok(rp_store_put(store, topic, 0, err));
  assert_ok(rp_store_commit(store, err));
  rp_record_free(topic);
  files_run_sql(two.world.path, "UPDATE customer SET industry = 'laivat', changed = changed + 1");
  char *before = world_export(store), *label;
  assert_says(rp_store_undo(store, &label, err), RP_ECHANGED, "“minä” has changed since; nothing was taken back");
  assert_null(label);
  char *after = world_export(store);
  assert_string_equal(before, after); /* the note of the same action is there too */
  free(before);
  free(after);
  two_fini(&two);
}

/* ---- all at once ---------------------------------------------------------------------------------------------------
 */

enum { WRITERS = 4, ACTIONS = 25 };

/* In a child. An action is a customer, its contact and a step for it; the export shows them together or not at all. */
static int write_actions(struct world *world, int writer, int start) {
  struct rp_store *store = NULL;
  char byte;
  if (read(start, &byte, 1) != 0) /* the end of the pipe: all are there */
    return 1;
  if (rp_store_open(world->path, &world->options, &store, NULL) != RP_OK)
    return 2;
  for (int i = 0; i < ACTIONS; i++) {
    char name[32];
    snprintf(name, sizeof name, "%d-%d", writer, i);
    if (rp_store_begin(store, name, NULL) != RP_OK)
      return 3;
    char *lines[] = {
        rp_str_format("{\"type\":\"customer\",\"id\":\"%s\",\"name\":\"Yhtiö %s Åå\"}", name, name),
        rp_str_format("{\"type\":\"contact\",\"id\":\"p%s\",\"customer\":\"%s\",\"name\":\"Eeva\"}", name, name),
        rp_str_format("{\"type\":\"next_step\",\"id\":\"n%s\",\"customer\":\"%s\",\"text\":\"soita\",\"due\":"
                      "\"2024-11-01\"}",
                      name, name)};
    for (size_t j = 0; j < sizeof lines / sizeof *lines; j++) {
      struct rp_record *record = world_line(lines[j]);
      rp_status status = rp_store_put(store, record, 0, NULL);
      rp_record_free(record);
      free(lines[j]);
      if (status != RP_OK)
        return 4;
    }
    if (rp_store_commit(store, NULL) != RP_OK)
      return 5;
  }
  rp_store_close(store);
  return 0;
}

static bool count_types(void *data, const struct rp_record *record) {
  ((int *)data)[record->type]++;
  return true;
}

/* In one reading all types have the same number. */
static int whole_actions(struct rp_store *store) {
  int counts[RP_TYPE_RECORD_COUNT] = {0};
  struct rp_store_query all = world_all(RP_TYPE_NONE);
  assert_ok(rp_store_each(store, &all, count_types, counts, err));
  assert_int_equal(counts[RP_TYPE_CUSTOMER], counts[RP_TYPE_CONTACT]);
  assert_int_equal(counts[RP_TYPE_CUSTOMER], counts[RP_TYPE_NEXT_STEP]);
  return counts[RP_TYPE_CUSTOMER];
}

static void four_writers__lose_nothing_and_store_nothing_half(void **state) {
  (void)state;
  struct world world;
  int start[2], ended;
  world_init(&world, 1);
  rp_store_close(world.store);
  world.store = NULL;
  assert_int_equal(unlink(world.path), 0); /* the first of them makes it */
  world.options.busy_ms = 120000;
  assert_int_equal(pipe(start), 0);
  for (int writer = 0; writer < WRITERS; writer++) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      close(start[1]);
      child_end(write_actions(&world, writer, start[0]));
    }
  }
  close(start[0]);
  close(start[1]);
  world_reopen(&world);
  for (int left = WRITERS; left > 0;) {
    int seen = whole_actions(world.store);
    assert_in_range(seen, 0, WRITERS * ACTIONS);
    for (; left > 0 && waitpid(-1, &ended, WNOHANG) > 0; left--)
      assert_int_equal(ended, 0);
  }
  assert_int_equal(whole_actions(world.store), WRITERS * ACTIONS);
  world_is_sound(world.store);
  for (int i = 0; i < WRITERS * ACTIONS; i++) { /* each can be taken back, and they are all there is */
    char *label;
    assert_ok(rp_store_undo(world.store, &label, err));
    assert_non_null(label);
    free(label);
  }
  assert_int_equal(world_count(world.store, RP_TYPE_NONE), 0);
  takes_back(rp_store_undo, world.store, NULL);
  world_fini(&world);
}

/* ---- waiting -------------------------------------------------------------------------------------------------------
 */

static void fail_finding(void *data, const char *sentence) {
  (void)data;
  fail_msg("it is not damaged: %s", sentence);
}

static void long_action__of_the_other_leaves_reading_as_it_is(void **state) {
  (void)state;
  for (int forked = 0; forked <= 1; forked++) {
    struct two two;
    two_init(&two, forked != 0);
    struct world *world = &two.world;
    other_does(&two, OTHER_BEGIN, CUSTOMER("kesken"));
    world_customer_is(world->store, "Saimaa Valves Oy");
    names_are(world->store, "Anna Laine, Åsa Öhman, Saimaa Valves Oy");
    assert_false(rp_store_changed(world->store));
    world_reopen(world); /* its journal is on the disk, and is not taken for that of an interrupted change */
    char *beside = rp_str_format("%s-journal", world->path);
    struct stat info;
    assert_int_equal(stat(beside, &info), 0);
    assert_true(info.st_size > 0);
    free(beside);
    assert_false(rp_store_was_unclean(world->store));
    world_customer_is(world->store, "Saimaa Valves Oy");
    assert_false(rp_store_changed(world->store));

    char *words = forked ? lock_held((long)two.process) : rp_str_format("is in use by another program; try again");
    assert_says(rp_store_begin(world->store, "x", err), RP_ELOCKED, words);
    assert_false(rp_store_in_action(world->store));
    char *label;
    assert_says(rp_store_undo(world->store, &label, err), RP_ELOCKED, words);
    assert_says(rp_store_note_set(world->store, RP_STORE_DRAFT, "log", "x", err), RP_ELOCKED, words);
    free(words);

    other_does(&two, OTHER_COMMIT, "");
    assert_true(rp_store_changed(world->store));
    world_customer_is(world->store, "kesken");
    assert_ok(put_line(world->store, CUSTOMER("valmis"), err));
    assert_ok(rp_store_commit(world->store, err));
    two_fini(&two);
  }
}

/* An action that is larger than SQLite's cache writes to the file before its end, and readers must wait for that. */
static void huge_action__of_the_other_is_waited_for_and_whole_or_not_there(void **state) {
  (void)state;
  enum { CUSTOMERS = 400, NOTES = 65000 };
  struct two two;
  two_init(&two, false);
  struct rp_store *store = two.world.store;
  char *notes = rp_mem_alloc(NOTES + 1);
  memset(notes, 'a', NOTES);
  notes[NOTES] = '\0';
  for (int commits = 0; commits <= 1; commits++) {
    assert_ok(rp_store_begin(two.other, "paljon", err));
    for (int i = 0; i < CUSTOMERS; i++) {
      struct rp_record *record = rp_record_new(RP_TYPE_CUSTOMER);
      rp_record_set_text(record, RP_CUSTOMER_NAME, "Paljon Oy");
      rp_record_set_text(record, RP_CUSTOMER_NOTES, notes);
      assert_ok(rp_store_put(two.other, record, 0, err));
      rp_record_free(record);
    }
    int64_t count;
    struct rp_record *record;
    struct rp_id id = world_id("c");
    assert_says(rp_store_count(store, RP_TYPE_CUSTOMER, &count, err), RP_ELOCKED, "is in use by another program");
    assert_says(rp_store_get(store, &id, &record, err), RP_ELOCKED, "is in use by another program");
    assert_says(rp_store_check(store, fail_finding, NULL, err), RP_ELOCKED, "is in use by another program");
    assert_false(rp_store_changed(store));
    if (commits)
      assert_ok(rp_store_commit(two.other, err));
    else
      rp_store_rollback(two.other);
    assert_int_equal(world_count(store, RP_TYPE_CUSTOMER), commits ? CUSTOMERS + 1 : 1);
    assert_true(rp_store_changed(store) == (commits != 0));
  }
  free(notes);
  two_fini(&two);
}

struct hold {
  struct world *world;
  struct rp_store *writer;
  bool tried;
};

static bool commit_meanwhile(void *data, const struct rp_record *record) {
  struct hold *hold = data;
  (void)record;
  if (hold->tried)
    return true;
  hold->tried = true;
  assert_ok(put_line(hold->writer, CUSTOMER("kesken"), err));
  assert_says(rp_store_commit(hold->writer, err), RP_ELOCKED, "is in use by another program; try again in a moment");
  assert_false(rp_store_in_action(hold->writer));
  return true;
}

static void commit__that_waits_in_vain_for_a_reader_stores_nothing(void **state) {
  (void)state;
  struct two two;
  two_init(&two, false);
  struct hold hold = {.world = &two.world, .writer = two.other};
  struct rp_store_query all = world_all(RP_TYPE_NONE);
  assert_ok(rp_store_each(two.world.store, &all, commit_meanwhile, &hold, err));
  assert_true(hold.tried);
  world_customer_is(two.world.store, "Saimaa Valves Oy");
  world_customer_is(two.other, "Saimaa Valves Oy");
  other_does(&two, OTHER_PUT, CUSTOMER("nyt"));
  world_customer_is(two.world.store, "nyt");
  two_fini(&two);
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(changes_of_the_other__are_seen_at_once),
      cmocka_unit_test(edit__of_what_the_other_has_changed_is_refused),
      cmocka_unit_test(undo__is_of_the_last_action_whoever_did_it),
      cmocka_unit_test(undo__of_what_was_changed_past_the_list_does_nothing),
      cmocka_unit_test(four_writers__lose_nothing_and_store_nothing_half),
      cmocka_unit_test(long_action__of_the_other_leaves_reading_as_it_is),
      cmocka_unit_test(huge_action__of_the_other_is_waited_for_and_whole_or_not_there),
      cmocka_unit_test(commit__that_waits_in_vain_for_a_reader_stores_nothing),
  };
  return cmocka_run_group_tests_name("store_two", tests, NULL, NULL);
}
