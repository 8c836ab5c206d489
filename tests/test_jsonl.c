/* The interchange format: round trips, order, ids, and every way a line can be bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/jsonl.h"
#include "rapport/vec.h"
#include "temp_folder.h"

#define HEADER "{\"format\":\"rapport-journal\",\"version\":1}\n"
#define ANNA "{\"type\":\"salesperson\",\"id\":\"s1\",\"name\":\"Anna Laine\"}\n"
#define SAIMAA "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}\n"
#define MAIJA \
  "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\",\"role\":\"decision_maker\"," \
  "\"emails\":[\"maija@saimaa.example\"]}\n"
#define DYAD "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\",\"tier\":\"B\"}\n"
#define MEETING \
  "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-01-12\",\"channel\":\"meeting\",\"contacts\":[\"p1\"]," \
  "\"salespeople\":[\"s1\"],\"two_way\":true,\"phase\":\"before\",\"summary\":\"Käynti tehtaalla 🙂\"}\n"
#define TOLD \
  "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-01-12\",\"discloser\":\"customer\"," \
  "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\",\"text\":\"Two lines run on old actuators.\"," \
  "\"interaction\":\"i1\",\"audience\":\"team\",\"x_crm\":{\"stage\":[1,null,\"ä\"]}}\n"
#define WEIGHED \
  "{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r1\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\"," \
  "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3},{\"kind\":\"cost\",\"code\":\"time\",\"score\":2}" \
  "]," \
  "\"versus_alternative\":1}\n"
#define OWN_TOPIC_USED \
  "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2026-01-13\",\"discloser\":\"customer\"," \
  "\"domain\":\"business\",\"layer\":2,\"topic\":\"tender\"}\n"
#define OWN_TOPIC \
  "{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"business\",\"code\":\"tender\",\"label\":\"Tender\"}\n"
#define WORLD HEADER ANNA SAIMAA MAIJA DYAD MEETING TOLD WEIGHED

struct place {
  char *folder;
  struct rp_clock clock;
  struct rp_store *store;
  int opened;
};

struct faults {
  RP_VEC(char *) sentences;
};

static void note_fault(void *data, const char *sentence) {
  struct faults *faults = data;
  *rp_vec_add(&faults->sentences) = rp_mem_text(sentence);
}

static void faults_fini(struct faults *faults) {
  for (size_t i = 0; i < faults->sentences.count; i++)
    free(faults->sentences.items[i]);
  rp_vec_fini(&faults->sentences);
}

/* Another, empty journal. */
static void open_next(struct place *place) {
  rp_store_close(place->store);
  char *path = rp_str_format("%s/%d.db", place->folder, place->opened++);
  char *backups = rp_str_format("%s/backups", place->folder);
  struct rp_store_options options = {.create = true, .clock = &place->clock, .backup_folder = backups};
  struct rp_err err;
  if (rp_store_open(path, &options, &place->store, &err) != RP_OK)
    fail_msg("%s", err.text);
  free(path);
  free(backups);
}

static int set_up(void **state) {
  struct place *place = rp_mem_zero(1, sizeof *place);
  place->folder = temp_folder_make();
  place->clock = (struct rp_clock){.fixed = true, .when = {20000, 0}};
  open_next(place);
  *state = place;
  return 0;
}

static int tear_down(void **state) {
  struct place *place = *state;
  rp_store_close(place->store);
  int result = temp_folder_remove(place->folder);
  free(place);
  return result;
}

/* A stream that holds the text. */
static FILE *stream_of(const char *text) {
  FILE *stream = tmpfile();
  assert_non_null(stream);
  assert_int_equal(fwrite(text, 1, strlen(text), stream), strlen(text));
  rewind(stream);
  return stream;
}

static rp_status import_with(struct place *place, const char *text, struct rp_jsonl_options options,
                             struct faults *faults, struct rp_jsonl_counts *counts) {
  FILE *in = stream_of(text);
  struct rp_err err;
  options.report = note_fault;
  options.data = faults;
  rp_status status = rp_jsonl_import(place->store, in, "a.jsonl", &options, counts, &err);
  fclose(in);
  return status;
}

static char *export_all(struct place *place) {
  char *bytes = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&bytes, &size);
  struct rp_err err;
  if (rp_jsonl_export(place->store, out, &err) != RP_OK)
    fail_msg("%s", err.text);
  fclose(out);
  return bytes;
}

static void import_ok(struct place *place, const char *text, int64_t added, int64_t same) {
  struct faults faults = {0};
  struct rp_jsonl_counts counts;
  rp_status status = import_with(place, text, (struct rp_jsonl_options){0}, &faults, &counts);
  for (size_t i = 0; i < faults.sentences.count; i++)
    print_error("%s\n", faults.sentences.items[i]);
  assert_int_equal(status, RP_OK);
  assert_int_equal(counts.added, added);
  assert_int_equal(counts.same, same);
  faults_fini(&faults);
}

static void round_trip__gives_the_same_bytes(void **state) {
  struct place *place = *state;
  import_ok(place, WORLD OWN_TOPIC OWN_TOPIC_USED, 9, 0);
  char *first = export_all(place);
  open_next(place);
  import_ok(place, first, 9, 0);
  char *second = export_all(place);
  assert_string_equal(first, second);
  assert_non_null(strstr(first, "Käynti tehtaalla 🙂"));
  assert_non_null(strstr(first, "\"x_crm\":{\"stage\":[1,null,\"ä\"]}"));
  free(first);
  free(second);
}

static void import__twice_changes_nothing(void **state) {
  struct place *place = *state;
  import_ok(place, WORLD, 7, 0);
  char *before = export_all(place);
  import_ok(place, WORLD, 0, 7);
  char *after = export_all(place);
  assert_string_equal(before, after);
  free(before);
  free(after);
}

static void import__takes_records_in_any_order(void **state) {
  struct place *place = *state;
  import_ok(place, HEADER OWN_TOPIC_USED WEIGHED TOLD MEETING DYAD MAIJA SAIMAA ANNA OWN_TOPIC, 9, 0);
  char *backwards = export_all(place);
  struct rp_id id = rp_id_derive(rp_store_journal_id(place->store), "p1");
  assert_int_equal(rp_store_type(place->store, &id), RP_TYPE_CONTACT);
  assert_non_null(strstr(backwards, "\"topic\":\"tender\""));
  free(backwards);
}

static void import__maps_ids_by_their_source(void **state) {
  struct place *place = *state;
  const char *named = "{\"format\":\"rapport-journal\",\"version\":1,\"source\":\"crm\"}\n" ANNA;
  import_ok(place, named, 1, 0);
  struct rp_id id = rp_id_derive("crm", "s1");
  assert_int_equal(rp_store_type(place->store, &id), RP_TYPE_SALESPERSON);
  /* The same file from nobody in particular is somebody else. */
  import_ok(place, HEADER ANNA, 1, 0);
  open_next(place);
  import_ok(place, named, 1, 0);
  assert_int_equal(rp_store_type(place->store, &id), RP_TYPE_SALESPERSON);
}

static void undo__takes_a_whole_import_back(void **state) {
  struct place *place = *state;
  char *empty = export_all(place);
  import_ok(place, WORLD, 7, 0);
  char *label = NULL;
  struct rp_err err;
  assert_int_equal(rp_store_undo(place->store, &label, &err), RP_OK);
  assert_string_equal(label, "import a.jsonl");
  char *after = export_all(place);
  assert_string_equal(empty, after);
  free(label);
  free(empty);
  free(after);
}

static const struct {
  const char *name, *lines, *fault;
} bad_lines[] = {
    {"no JSON", HEADER "nonsense\n", "a.jsonl:2: "},
    {"a cut line", HEADER ANNA "{\"type\":\"customer\",\"id\":\n", "a.jsonl:3: "},
    {"a key twice", HEADER "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"A\",\"name\":\"B\"}\n", "a.jsonl:2: "},
    {"an unknown type", HEADER "{\"type\":\"custmer\",\"id\":\"c1\",\"name\":\"A\"}\n", "custmer"},
    {"an unknown field", HEADER "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"A\",\"teir\":\"A\"}\n", "teir"},
    {"an unknown code", HEADER "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"A\",\"tier\":\"D\"}\n", "tier"},
    {"no id", HEADER "{\"type\":\"customer\",\"name\":\"A\"}\n", "id"},
    {"no name", HEADER "{\"type\":\"customer\",\"id\":\"c1\"}\n", "name"},
    {"a reference that nothing answers", HEADER ANNA SAIMAA DYAD, "a.jsonl:4: "},
    {"a reference of another type",
     HEADER ANNA SAIMAA "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"M\",\"customer\":\"s1\"}\n", "a.jsonl:4: "},
    {"a topic that nobody knows", WORLD OWN_TOPIC_USED, "a.jsonl:9: "},
    {"a second evaluation of the day",
     WORLD
     "{\"type\":\"evaluation\",\"id\":\"e2\",\"relationship\":\"r1\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\","
     "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}]}\n",
     "a.jsonl:9: "},
    {"a second relationship of the pair",
     WORLD "{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s1\",\"contact\":\"p1\"}\n", "a.jsonl:9: "},
    {"an id of another type", WORLD "{\"type\":\"customer\",\"id\":\"p1\",\"name\":\"A\"}\n", "a.jsonl:9: "},
    {"other content", WORLD "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"A\"}\n",
     "tier"},
    {"invalid UTF-8", HEADER "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"\xff\xfe\"}\n", "a.jsonl:2: "},
    {"a control character", HEADER "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"A\\u001b[2J\"}\n", "a.jsonl:2: "},
};

static void bad_line__is_named_and_nothing_is_stored(void **state) {
  struct place *place = *state;
  char *empty = export_all(place);
  for (size_t i = 0; i < sizeof bad_lines / sizeof *bad_lines; i++) {
    struct faults faults = {0};
    struct rp_jsonl_counts counts;
    rp_status status = import_with(place, bad_lines[i].lines, (struct rp_jsonl_options){0}, &faults, &counts);
    if (status != RP_EREFUSED || counts.bad != 1 || faults.sentences.count != 1 ||
        strstr(faults.sentences.items[0], bad_lines[i].fault) == NULL)
      fail_msg("%s: status %d, %lld bad, \"%s\"", bad_lines[i].name, status, (long long)counts.bad,
               faults.sentences.count > 0 ? faults.sentences.items[0] : "");
    char *after = export_all(place);
    assert_string_equal(empty, after);
    free(after);
    faults_fini(&faults);
  }
  free(empty);
}

static void bad_header__ends_the_import(void **state) {
  struct place *place = *state;
  static const char *const files[] = {"",
                                      "\n",
                                      ANNA,
                                      "{\"format\":\"other\",\"version\":1}\n",
                                      "{\"format\":\"rapport-journal\",\"version\":2}\n" ANNA,
                                      "{\"format\":\"rapport-journal\",\"version\":1,\"sorce\":\"x\"}\n" ANNA,
                                      "{\"format\":\"rapport-journal\",\"version\":1,\"source\":\"\"}\n" ANNA};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    struct faults faults = {0};
    struct rp_jsonl_counts counts;
    struct rp_jsonl_options going_on = {.keep_going = true};
    assert_int_equal(import_with(place, files[i], going_on, &faults, &counts), RP_EREFUSED);
    assert_int_equal(counts.added, 0);
    faults_fini(&faults);
  }
}

static void keep_going__imports_the_good_lines_and_keeps_the_bad(void **state) {
  struct place *place = *state;
  char *bytes = NULL;
  size_t size = 0;
  struct rp_jsonl_options options = {.keep_going = true, .rejected = open_memstream(&bytes, &size)};
  struct faults faults = {0};
  struct rp_jsonl_counts counts;
  /* Without its company the person falls, with the person the relationship. */
  const char *text = HEADER ANNA "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"A\",\"tier\":\"X\"}\n" MAIJA DYAD;
  assert_int_equal(import_with(place, text, options, &faults, &counts), RP_OK);
  fclose(options.rejected);
  assert_int_equal(counts.added, 1);
  assert_int_equal(counts.bad, 3);
  assert_int_equal(faults.sentences.count, 3);
  assert_int_equal(strncmp(faults.sentences.items[0], "a.jsonl:3: ", 11), 0);
  assert_int_equal(strncmp(faults.sentences.items[1], "a.jsonl:4: ", 11), 0);
  assert_int_equal(strncmp(faults.sentences.items[2], "a.jsonl:5: ", 11), 0);
  faults_fini(&faults);

  /* What was set aside, mended, is a file that goes on where the first one stopped. */
  char *tier = strstr(bytes, "\"tier\":\"X\"");
  assert_non_null(tier);
  tier[8] = 'B';
  import_ok(place, bytes, 3, 0);
  free(bytes);
}

/* A line too long for memory is named and set aside byte for byte, wherever it stands in the file. */
static void keep_going__keeps_lines_that_are_too_long(void **state) {
  struct place *place = *state;
  static const char before[] = "{\"type\":\"customer\",\"id\":\"c9\",\"name\":\"A\",\"notes\":\"";
  for (int last = 0; last < 2; last++) {
    struct rp_str text = {0};
    rp_str_add(&text, HEADER ANNA);
    size_t from = text.length;
    rp_str_add(&text, before);
    rp_str_fill(&text, 'a', 5 << 20);
    rp_str_add(&text, "\"}");
    size_t length = text.length - from;
    if (!last)
      rp_str_add(&text, "\n" SAIMAA);
    char *bytes = NULL;
    size_t size = 0;
    struct rp_jsonl_options options = {.keep_going = true, .rejected = open_memstream(&bytes, &size)};
    struct faults faults = {0};
    struct rp_jsonl_counts counts;
    assert_int_equal(import_with(place, rp_str_text(&text), options, &faults, &counts), RP_OK);
    fclose(options.rejected);
    assert_int_equal(counts.lines, last ? 2 : 3);
    assert_int_equal(counts.added, last ? 1 : 2);
    assert_int_equal(counts.bad, 1);
    assert_int_equal(faults.sentences.count, 1);
    assert_int_equal(strncmp(faults.sentences.items[0], "a.jsonl:3: ", 11), 0);
    const char *set_aside = strchr(bytes, '\n') + 1;
    assert_int_equal((size_t)(bytes + size - set_aside), length + 1);
    assert_memory_equal(set_aside, rp_str_text(&text) + from, length);
    assert_int_equal(bytes[size - 1], '\n');
    free(bytes);
    faults_fini(&faults);
    rp_str_fini(&text);
    open_next(place);
  }
}

/* What was taken back is counted out again, each line once, also where another line with its id was bad anyway. */
static void taken_back__counts_each_line_once(void **state) {
  struct place *place = *state;
  static const char text[] = HEADER ANNA MAIJA MAIJA "{\"id\":\"p1\",\"name\":\"x\"}\n" DYAD;
  for (int through_a_pipe = 0; through_a_pipe < 2; through_a_pipe++) {
    struct faults faults = {0};
    struct rp_jsonl_counts counts;
    struct rp_jsonl_options options = {.keep_going = true, .report = note_fault, .data = &faults};
    FILE *in = stream_of(text);
    if (through_a_pipe) {
      int ends[2];
      fclose(in);
      assert_int_equal(pipe(ends), 0);
      assert_int_equal(write(ends[1], text, sizeof text - 1), sizeof text - 1);
      close(ends[1]);
      in = fdopen(ends[0], "r");
      assert_non_null(in);
    }
    assert_int_equal(rp_jsonl_import(place->store, in, "a.jsonl", &options, &counts, NULL), RP_OK);
    fclose(in);
    assert_int_equal(counts.lines, 5);
    assert_int_equal(counts.added, 1);
    assert_int_equal(counts.same, 0);
    assert_int_equal(counts.bad, 4);
    assert_int_equal(faults.sentences.count, 4);
    assert_int_equal(strncmp(faults.sentences.items[0], "a.jsonl:5: ", 11), 0);
    assert_int_equal(strncmp(faults.sentences.items[1], "a.jsonl:3: ", 11), 0);
    assert_int_equal(strncmp(faults.sentences.items[2], "a.jsonl:4: ", 11), 0);
    assert_int_equal(strncmp(faults.sentences.items[3], "a.jsonl:6: ", 11), 0);
    faults_fini(&faults);
    open_next(place);
  }
}

static void dry_run__stores_nothing(void **state) {
  struct place *place = *state;
  char *empty = export_all(place);
  struct faults faults = {0};
  struct rp_jsonl_counts counts;
  struct rp_jsonl_options options = {.dry_run = true};
  assert_int_equal(import_with(place, WORLD, options, &faults, &counts), RP_OK);
  assert_int_equal(counts.added, 7);
  char *after = export_all(place);
  assert_string_equal(empty, after);
  free(after);
  free(empty);
  faults_fini(&faults);
}

static void update__is_an_edit_that_undo_takes_back(void **state) {
  struct place *place = *state;
  import_ok(place, WORLD, 7, 0);
  char *before = export_all(place);
  struct faults faults = {0};
  struct rp_jsonl_counts counts;
  struct rp_jsonl_options options = {.update = true};
  const char *changed = HEADER "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oyj\"}\n";
  assert_int_equal(import_with(place, changed, options, &faults, &counts), RP_OK);
  assert_int_equal(counts.changed, 1);
  char *after = export_all(place);
  assert_non_null(strstr(after, "Saimaa Valves Oyj"));
  assert_non_null(strstr(after, "\"tier\":\"B\"")); /* what the line leaves out stays */
  struct rp_err err;
  char *label = NULL;
  assert_int_equal(rp_store_undo(place->store, &label, &err), RP_OK);
  char *again = export_all(place);
  assert_string_equal(before, again);
  free(label);
  free(before);
  free(after);
  free(again);
  faults_fini(&faults);
}

static bool stop(void *data, int64_t bytes) {
  (void)data;
  (void)bytes;
  return false;
}

static void stopped__stores_nothing(void **state) {
  struct place *place = *state;
  char *empty = export_all(place);
  struct rp_str text = {0};
  rp_str_add(&text, HEADER);
  for (int i = 0; i < 3000; i++)
    rp_str_addf(&text, "{\"type\":\"customer\",\"id\":\"c%d\",\"name\":\"Company %d\"}\n", i, i);
  FILE *in = stream_of(rp_str_text(&text));
  struct rp_jsonl_options options = {.progress = stop};
  struct rp_jsonl_counts counts;
  struct rp_err err;
  assert_int_equal(rp_jsonl_import(place->store, in, "a.jsonl", &options, &counts, &err), RP_EREFUSED);
  char *after = export_all(place);
  assert_string_equal(empty, after);
  fclose(in);
  free(empty);
  free(after);
  rp_str_fini(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(round_trip__gives_the_same_bytes, set_up, tear_down),
      cmocka_unit_test_setup_teardown(import__twice_changes_nothing, set_up, tear_down),
      cmocka_unit_test_setup_teardown(import__takes_records_in_any_order, set_up, tear_down),
      cmocka_unit_test_setup_teardown(import__maps_ids_by_their_source, set_up, tear_down),
      cmocka_unit_test_setup_teardown(undo__takes_a_whole_import_back, set_up, tear_down),
      cmocka_unit_test_setup_teardown(bad_line__is_named_and_nothing_is_stored, set_up, tear_down),
      cmocka_unit_test_setup_teardown(bad_header__ends_the_import, set_up, tear_down),
      cmocka_unit_test_setup_teardown(keep_going__imports_the_good_lines_and_keeps_the_bad, set_up, tear_down),
      cmocka_unit_test_setup_teardown(keep_going__keeps_lines_that_are_too_long, set_up, tear_down),
      cmocka_unit_test_setup_teardown(taken_back__counts_each_line_once, set_up, tear_down),
      cmocka_unit_test_setup_teardown(dry_run__stores_nothing, set_up, tear_down),
      cmocka_unit_test_setup_teardown(update__is_an_edit_that_undo_takes_back, set_up, tear_down),
      cmocka_unit_test_setup_teardown(stopped__stores_nothing, set_up, tear_down),
  };
  return cmocka_run_group_tests_name("jsonl", tests, NULL, NULL);
}
