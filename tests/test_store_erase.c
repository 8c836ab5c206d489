/* Erasing a person: nothing that is only about them is left in any byte of any file, what is of others stays, and a
 * kill at any moment leaves all of it or, once the journal is opened again, nothing. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "needle.h"
#include "rapport/utf8.h"
#include "store_disk.h"
#include "store_files.h"
#include "store_people.h"
#include "store_world.h"
#include "temp_folder.h"

/* Kaisa Neulanen (“k”), of whom everything has a word with “neula” in it; Åsa and Maija stay. */
static const char *const kaisa[] = {
    "{\"type\":\"contact\",\"id\":\"k\",\"name\":\"Kaisa Neulanen\",\"customer\":\"c\",\"emails\":[\"neula@saimaa."
    "example\"],"
    "\"phones\":[\"+358 neula\"],\"tags\":[\"neulatagi\"],\"notes\":\"Neulamuistio 🪡\",\"x_neula\":{\"a\":\"neula\"}}",
    "{\"type\":\"relationship\",\"id\":\"rk\",\"salesperson\":\"s\",\"contact\":\"k\",\"purpose\":\"neulatarkoitus\"}",
    "{\"type\":\"relationship\",\"id\":\"rk2\",\"salesperson\":\"s2\",\"contact\":\"k\"}",
    "{\"type\":\"interaction\",\"id\":\"ik\",\"at\":\"2026-01-13\",\"channel\":\"video\",\"contacts\":[\"k\"],"
    "\"salespeople\":[\"s\"],\"summary\":\"neulapalaveri\"}",
    "{\"type\":\"interaction\",\"id\":\"ig\",\"at\":\"2026-01-14\",\"channel\":\"meeting\",\"contacts\":[\"k\",\"p\"],"
    "\"salespeople\":[\"s\"],\"summary\":\"Åsa ja KAISA  neulánen\\nsopivat\"}",
    "{\"type\":\"disclosure\",\"id\":\"dk\",\"relationship\":\"rk\",\"date\":\"2026-01-13\",\"discloser\":\"customer\","
    "\"domain\":\"self\",\"layer\":2,\"topic\":\"hobbies\",\"text\":\"neulonta\",\"interaction\":\"ik\"}",
    "{\"type\":\"disclosure\",\"id\":\"dp\",\"relationship\":\"r\",\"date\":\"2026-01-13\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"text\":\"Kuuli, että kaisa neulanen, lähtee\",\"interaction\":\"ik\"}",
    "{\"type\":\"promise\",\"id\":\"ok\",\"relationship\":\"rk\",\"by\":\"salesperson\",\"text\":\"neulalupaus\","
    "\"made\":\"2026-01-13\",\"due\":\"2026-01-20\"}",
    "{\"type\":\"boundary\",\"id\":\"bk\",\"relationship\":\"rk\",\"owner\":\"customer\",\"domain\":\"self\","
    "\"max_layer\":2,\"reason\":\"unknown\",\"from\":\"2026-01-13\",\"note\":\"neularaja\"}",
    "{\"type\":\"incident\",\"id\":\"nk\",\"relationship\":\"rk2\",\"date\":\"2026-01-13\",\"kind\":\"conflict\","
    "\"serious\":false,\"text\":\"neulariita\"}",
    "{\"type\":\"evaluation\",\"id\":\"ek\",\"relationship\":\"rk\",\"date\":\"2026-01-13\",\"viewpoint\":\"own\","
    "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3,\"note\":\"neulaluotto\"}]}",
    "{\"type\":\"next_step\",\"id\":\"sk\",\"relationship\":\"rk\",\"text\":\"neula-askel\",\"due\":\"2026-02-01\"}",
    "{\"type\":\"next_step\",\"id\":\"sc\",\"customer\":\"c\",\"text\":\"Kysy, mitä Kaisa Neulanen: \\\"Kaisa "
    "Neulanen\\\" "
    "tekee\",\"due\":\"2026-02-01\"}",
    "{\"type\":\"suggestion_hold\",\"id\":\"hk\",\"relationship\":\"rk\",\"suggestion\":\"N01\",\"state\":"
    "\"dismissed\",\"reason\":\"neulasyy\"}",
    "{\"type\":\"customer\",\"id\":\"c2\",\"name\":\"Kymijoki Oy\",\"notes\":\"Kaisa Neulanen soitti\"}",
    NULL};

static const char *const needles[] = {"neula", "Neula", "NEULA", "neulá", "Kaisa", "kaisa", "KAISA"};

/* Every way by which something of her comes into a file. */
static void live(struct world *world) {
  world_put_lines(world->store, people);
  assert_ok(rp_store_begin(world->store, "puhelu: Kaisa Neulanen", err));
  for (size_t i = 0; kaisa[i] != NULL; i++) {
    struct rp_record *record = world_line(kaisa[i]);
    assert_ok(rp_store_put(world->store, record, 0, err));
    rp_record_free(record);
  }
  assert_ok(rp_store_commit(world->store, err));
  assert_true(world_upkeep(world)); /* a backup */
  world_put_line(world->store,
                 "{\"type\":\"promise\",\"id\":\"ok\",\"relationship\":\"rk\",\"by\":\"salesperson\",\"text\":"
                 "\"neulalupaus, toinen\",\"made\":\"2026-01-13\",\"due\":\"2026-01-20\"}");
  world_put_line(world->store, "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Maija "
                               "Virtanen\",\"customer\":\"c\",\"successor\":\"k\",\"source\":\"Kaisa Neulanen\"}");
  struct rp_id incident = world_id("nk");
  assert_ok(rp_store_begin(world->store, "poista Kaisa Neulanen", err));
  assert_ok(rp_store_delete(world->store, &incident, 1, NULL, err));
  assert_ok(rp_store_commit(world->store, err));
  assert_ok(rp_store_note_set(world->store, RP_STORE_DRAFT, "log", "video Kaisa: neula", err));
  assert_ok(rp_store_note_set(world->store, RP_STORE_DRAFT, "other", "video Åsa: muuta", err));
  assert_ok(rp_store_note_set(world->store, RP_STORE_SAVED_FILTER, "hän", "person:\"Kaisa Neulanen\"", err));
  assert_ok(rp_store_note_set(world->store, RP_STORE_SAVED_FILTER, "muut", "stage:1", err));
}

static void assert_no_needle(struct world *world) {
  struct rp_str found = {0};
  for (size_t i = 0; i < sizeof needles / sizeof *needles; i++)
    needle_find(world->folder, needles[i], &found);
  if (found.length > 0)
    fail_msg("%s", rp_str_text(&found));
}

static void erase(struct world *world, const char *name, struct rp_store_erased *out) {
  struct rp_id id = world_id(name);
  assert_ok(rp_store_begin(world->store, NULL, err));
  assert_ok(rp_store_erase(world->store, &id, out, err));
  assert_ok(rp_store_commit(world->store, err));
}

static void erase_and_purge(struct world *world, const char *name) {
  struct rp_store_erased erased;
  erase(world, name, &erased);
  rp_store_erased_fini(&erased);
  assert_ok(rp_store_purge(world->store, err));
}

static bool has(struct world *world, const char *name) {
  struct rp_id id = world_id(name);
  return rp_store_type(world->store, &id) != RP_TYPE_NONE;
}

static void assert_text(struct world *world, const char *name, int field, const char *text) {
  struct rp_id id = world_id(name);
  struct rp_record *record;
  assert_ok(rp_store_get(world->store, &id, &record, err));
  assert_string_equal(rp_record_text(record, field), text);
  rp_record_free(record);
}

/* ---- what goes, what stays --------------------------------------------------------------------------------------- */

static void erase__leaves_no_byte_in_any_file(void **state) {
  (void)state;
  struct world world;
  struct rp_str found = {0};
  disk_spare();
  world_init(&world, 1);
  live(&world);
  needle_find(world.folder, "Neula", &found);
  assert_non_null(strstr(rp_str_text(&found), "journal.db at"));
  assert_non_null(strstr(rp_str_text(&found), "backups/"));
  rp_str_fini(&found);
  erase_and_purge(&world, "k");
  assert_no_needle(&world);
  assert_int_equal(files_count(world.backups, ".db"), 1); /* one new one */
  world_is_sound(world.store);
  world_reopen(&world);
  assert_no_needle(&world);
  world_is_sound(world.store);
  world_fini(&world);
}

static void erase__takes_what_is_only_about_them(void **state) {
  (void)state;
  static const char *const gone[] = {"k", "rk", "rk2", "ik", "dk", "ok", "bk", "nk", "ek", "sk", "hk"};
  static const char *const here[] = {"p", "p2", "r", "i", "ig", "d", "dp", "e", "n", "sc", "c", "c2", "s", "s2"};
  struct world world;
  struct rp_store_erased erased;
  disk_spare();
  world_init(&world, 2);
  live(&world);
  erase(&world, "k", &erased);
  assert_int_equal(erased.people, 1);
  assert_int_equal(erased.records.gone[RP_TYPE_CONTACT], 1);
  assert_int_equal(erased.records.gone[RP_TYPE_RELATIONSHIP], 2);
  assert_int_equal(erased.records.gone[RP_TYPE_INTERACTION], 1);
  assert_int_equal(erased.records.gone[RP_TYPE_DISCLOSURE], 1);
  assert_int_equal(erased.records.gone[RP_TYPE_INCIDENT], 0); /* it was deleted before */
  assert_int_equal(erased.records.left[RP_TYPE_INTERACTION], 1);
  assert_int_equal(erased.records.left[RP_TYPE_CONTACT], 1); /* whom she was to follow */
  assert_int_equal(erased.left.count, 2);
  assert_int_equal(erased.mentions.count, 5); /* ig, dp, sc, c2, p2 */
  assert_int_equal(erased.notes, 2);
  assert_false(erased.namesake);
  rp_store_erased_fini(&erased);
  for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
    assert_false(has(&world, gone[i]));
  for (size_t i = 0; i < sizeof here / sizeof *here; i++)
    assert_true(has(&world, here[i]));
  world_is_sound(world.store);
  world_fini(&world);
}

static void erase__takes_the_name_out_of_other_texts(void **state) {
  (void)state;
  struct world world;
  char *draft;
  disk_spare();
  world_init(&world, 3);
  live(&world);
  erase_and_purge(&world, "k");
  assert_text(&world, "ig", RP_INTERACTION_SUMMARY, "Åsa ja [erased]\nsopivat");
  assert_text(&world, "dp", RP_DISCLOSURE_TEXT, "Kuuli, että [erased], lähtee");
  assert_text(&world, "sc", RP_NEXT_STEP_TEXT, "Kysy, mitä [erased]: \"[erased]\" tekee");
  assert_text(&world, "c2", RP_CUSTOMER_NOTES, "[erased] soitti");
  assert_text(&world, "p2", RP_CONTACT_SOURCE, "[erased]");
  assert_ok(rp_store_note_get(world.store, RP_STORE_DRAFT, "other", &draft, err));
  assert_string_equal(draft, "video Åsa: muuta");
  free(draft);
  assert_ok(rp_store_note_get(world.store, RP_STORE_SAVED_FILTER, "muut", &draft, err));
  assert_string_equal(draft, "stage:1");
  free(draft);
  world_fini(&world);
}

static void erase__leaves_the_name_of_a_namesake(void **state) {
  (void)state;
  struct world world;
  struct rp_store_erased erased;
  disk_spare();
  world_init(&world, 4);
  live(&world);
  world_put_line(world.store, "{\"type\":\"contact\",\"id\":\"k2\",\"name\":\"Kaisa Neulanen\",\"customer\":\"c2\"}");
  erase(&world, "k", &erased);
  assert_true(erased.namesake);
  assert_int_equal(erased.mentions.count, 0);
  assert_true(has(&world, "k2"));
  assert_text(&world, "c2", RP_CUSTOMER_NOTES, "Kaisa Neulanen soitti");
  rp_store_erased_fini(&erased);
  world_fini(&world);
}

static void erase__rolled_back_has_only_told(void **state) {
  (void)state;
  struct world world;
  struct rp_store_erased erased;
  struct rp_id id = world_id("k");
  bool due;
  disk_spare();
  world_init(&world, 5);
  live(&world);
  char *before = world_export(world.store);
  assert_ok(rp_store_begin(world.store, NULL, err));
  assert_ok(rp_store_erase(world.store, &id, &erased, err));
  assert_int_equal(erased.records.gone[RP_TYPE_RELATIONSHIP], 2);
  rp_store_rollback(world.store);
  rp_store_erased_fini(&erased);
  char *after = world_export(world.store);
  assert_string_equal(after, before);
  assert_ok(rp_store_purge_is_due(world.store, &due, err));
  assert_false(due);
  free(before);
  free(after);
  world_fini(&world);
}

static void erase__is_for_good(void **state) {
  (void)state;
  struct world world;
  struct rp_store_erased erased;
  struct rp_id id = world_id("k");
  char *label;
  bool known;
  disk_spare();
  world_init(&world, 6);
  live(&world);
  erase_and_purge(&world, "k");
  assert_ok(rp_store_undo(world.store, &label, err));
  assert_null(label);
  assert_ok(rp_store_redo(world.store, &label, err));
  assert_null(label);
  assert_ok(rp_store_is_erased(world.store, &id, &known, err));
  assert_true(known);
  id = world_id("p");
  assert_ok(rp_store_is_erased(world.store, &id, &known, err));
  assert_false(known);
  assert_ok(rp_store_begin(world.store, NULL, err));
  id = world_id("k");
  assert_int_equal(rp_store_erase(world.store, &id, &erased, NULL), RP_ENOTFOUND);
  id = world_id("c");
  assert_int_equal(rp_store_erase(world.store, &id, &erased, NULL), RP_ENOTFOUND); /* a company */
  rp_store_rollback(world.store);
  world_fini(&world);
}

static void redaction__takes_whole_phrases(void **state) {
  (void)state;
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"Kaisa Neulanen", "X"},
      {"kaisa\nneulanen!", "X!"},
      {"(KÁISA  NEULÄNEN)", "(X)"},
      {"Kaisa Neulanen Kaisa Neulanen", "X X"},
      {"Kaisa Neulanenko, Kaisa Neulasen", "Kaisa Neulanenko, Kaisa Neulasen"},
      {"Marikaisa Neulanen", "Marikaisa Neulanen"},
      {"Kaisa Kaisa Neulanen", "Kaisa X"},
      {"Kaisa", "Kaisa"},
      {"🪡Kaisa Neulanen🪡", "🪡X🪡"},
      {"", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_str out = {0};
    rp_text_redact(cases[i].text, "kaisa neulanen", "X", &out);
    assert_string_equal(rp_str_text(&out), cases[i].expected);
    assert_int_equal(rp_text_redact(cases[i].text, "kaisa neulanen", "X", NULL) > 0,
                     strcmp(cases[i].text, cases[i].expected) != 0);
    rp_str_fini(&out);
  }
}

static void redaction__of_a_full_line_still_fits(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_CUSTOMER);
  struct rp_str line = {0};
  while (line.length + 3 <= RP_LINE_CHARACTERS)
    rp_str_add(&line, "Bo ");
  rp_record_set_text(record, RP_CUSTOMER_INDUSTRY, rp_str_text(&line));
  rp_record_set_text(record, RP_CUSTOMER_NAME, "Bo Oy");
  assert_true(rp_record_redact(record, "bo", "[erased]") > 0);
  assert_true(strlen(rp_record_text(record, RP_CUSTOMER_INDUSTRY)) <= RP_LINE_CHARACTERS);
  assert_null(strstr(rp_record_text(record, RP_CUSTOMER_INDUSTRY), "Bo"));
  assert_string_equal(rp_record_text(record, RP_CUSTOMER_NAME), "Bo Oy"); /* what a company is called */
  rp_str_fini(&line);
  rp_record_free(record);
}

/* ---- when something is in the way -------------------------------------------------------------------------------- */

/* Ends at the operation `point`; false when the child came to its own end. */
static bool kill_at(struct world *world, int point) {
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    struct rp_store_erased erased;
    struct rp_id id = world_id("k");
    assert_ok(rp_store_open(world->path, &world->options, &world->store, err));
    disk.fate = FATE_KILL;
    disk.left = point;
    rp_store_begin(world->store, NULL, NULL);
    rp_store_erase(world->store, &id, &erased, NULL);
    rp_store_commit(world->store, NULL);
    rp_store_purge(world->store, NULL);
    child_end(0);
  }
  int ended;
  assert_int_equal(waitpid(child, &ended, 0), child);
  return disk_was_cut_off(ended);
}

static void kill__leaves_all_of_it_or_nothing(void **state) {
  (void)state;
  int whole = 0, gone = 0;
  bool killed = true;
  for (int point = 0; killed; point += 11) {
    struct world world;
    disk_spare();
    world_init(&world, 7);
    live(&world);
    char *before = world_export(world.store);
    world_close(&world);
    killed = kill_at(&world, point);
    assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
    char *after = world_export(world.store);
    bool same = strcmp(before, after) == 0;
    if (!same)
      assert_no_needle(&world);
    whole += same;
    gone += !same;
    world_is_sound(world.store);
    free(before);
    free(after);
    world_fini(&world);
  }
  assert_true(whole > 3);
  assert_true(gone > 5);
}

static void purge__waits_for_another_program(void **state) {
  (void)state;
  struct world world;
  struct rp_store_erased erased;
  bool due;
  disk_spare();
  world_init(&world, 8);
  live(&world);
  world_close(&world);
  world.options.busy_ms = 1;
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  erase(&world, "k", &erased);
  rp_store_erased_fini(&erased);
  pid_t other = files_hold(world.path, "BEGIN IMMEDIATE");
  assert_int_equal(rp_store_purge(world.store, NULL), RP_ELOCKED);
  assert_ok(rp_store_purge_is_due(world.store, &due, err));
  assert_true(due);
  files_release(other);
  world.options.busy_ms = 0;
  world_reopen(&world);
  assert_ok(rp_store_purge_is_due(world.store, &due, err));
  assert_false(due);
  assert_no_needle(&world);
  world_fini(&world);
}

static void purge__keeps_what_another_store_reads_and_writes(void **state) {
  (void)state;
  struct world world;
  struct rp_store *other;
  disk_spare();
  world_init(&world, 9);
  live(&world);
  assert_ok(rp_store_open(world.path, &world.options, &other, err));
  world_customer_is(other, "Saimaa Valves Oy");
  erase_and_purge(&world, "k");
  world_put_line(other, "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Toinen\"}");
  world_customer_is(world.store, "Toinen");
  world_is_sound(other);
  rp_store_close(other);
  world_is_sound(world.store);
  assert_no_needle(&world);
  world_fini(&world);
}

/* ---- a backup that is put back ----------------------------------------------------------------------------------- */

static void restore__does_not_bring_them_back(void **state) {
  (void)state;
  struct world world;
  struct rp_store_erased erased;
  disk_spare();
  world_init(&world, 10);
  char *folder = rp_str_format("%s/tila", world.folder), *backup = temp_folder_make();
  char *copy = rp_str_format("%s/oma.db", backup);
  assert_int_equal(setenv("XDG_STATE_HOME", folder, 1), 0);
  live(&world);
  assert_ok(rp_store_backup(world.store, copy, false, err)); /* the user's own, elsewhere */
  erase(&world, "k", &erased);
  rp_store_erased_fini(&erased);
  assert_ok(rp_store_purge(world.store, err));
  world_close(&world);
  assert_ok(rp_store_restore(copy, world.path, &world.clock, err));
  assert_no_needle(&world);
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  assert_false(has(&world, "k"));
  assert_false(has(&world, "dk"));
  assert_true(has(&world, "ig"));
  world_is_sound(world.store);
  /* And once more, by what the restored one knows. */
  world_close(&world);
  assert_ok(rp_store_restore(copy, world.path, &world.clock, err));
  assert_no_needle(&world);
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  assert_false(has(&world, "k"));
  assert_int_equal(unsetenv("XDG_STATE_HOME"), 0);
  assert_int_equal(temp_folder_remove(backup), 0);
  free(copy);
  free(folder);
  world_fini(&world);
}

static void salvage__knows_them_still(void **state) {
  (void)state;
  struct world world;
  struct rp_store_salvaged salvaged;
  struct rp_record *record = world_line(kaisa[0]);
  disk_spare();
  world_init(&world, 11);
  live(&world);
  erase_and_purge(&world, "k");
  world_close(&world);
  char *path = rp_str_format("%s/pelastettu.db", world.folder);
  assert_ok(rp_store_salvage(world.path, path, &world.clock, &salvaged, err));
  assert_ok(rp_store_open(path, &world.options, &world.store, err));
  assert_ok(rp_store_begin(world.store, NULL, err));
  assert_says(rp_store_put(world.store, record, 0, err), RP_EREFUSED, "was erased");
  rp_store_rollback(world.store);
  world_is_sound(world.store);
  assert_no_needle(&world);
  rp_record_free(record);
  free(path);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(erase__leaves_no_byte_in_any_file),
      cmocka_unit_test(erase__takes_what_is_only_about_them),
      cmocka_unit_test(erase__takes_the_name_out_of_other_texts),
      cmocka_unit_test(erase__leaves_the_name_of_a_namesake),
      cmocka_unit_test(erase__rolled_back_has_only_told),
      cmocka_unit_test(erase__is_for_good),
      cmocka_unit_test(redaction__takes_whole_phrases),
      cmocka_unit_test(redaction__of_a_full_line_still_fits),
      cmocka_unit_test(kill__leaves_all_of_it_or_nothing),
      cmocka_unit_test(purge__waits_for_another_program),
      cmocka_unit_test(purge__keeps_what_another_store_reads_and_writes),
      cmocka_unit_test(restore__does_not_bring_them_back),
      cmocka_unit_test(salvage__knows_them_still),
  };
  return cmocka_run_group_tests_name("store_erase", tests, disk_use, disk_give_back);
}
