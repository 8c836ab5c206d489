/*
 * `make bench`: the numbers that rapport promises, each beside its bar or a peer measured in the same run. It judges
 * nothing by itself: machines are noisy; the ratios count.
 *
 *     bench RAPPORT [PART...]   measures the program at that path; PART is import, undo, stage, screen, keys, search
 * (of the keys only those of the search), merge or review, else all
 *
 * BENCH_JOURNAL names a file that keeps the journal of keys from one run to the next: to make it takes a few minutes.
 * BENCH_JOURNALS is the number of journals that are merged, for a quick look.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../temp_folder.h"
#include "../vt.h"
#include "bare_inserts.h"
#include "engine_alone.h"
#include "journal_writer.h"
#include "keys.h"
#include "merge.h"
#include "rapport/jsonl.h"
#include "rapport/vec.h"
#include "review.h"

#define RUNS 5
#define RELATIONSHIPS 10000 /* of the large journal; the other has half of them: 100,000 interactions */
#define UNDONE 2000         /* of the import that is taken back */

static char *folder;
static const char *program;

static char *in_folder(const char *name) {
  return rp_str_format("%s/%s", folder, name);
}

static void fail(const char *what) {
  fprintf(stderr, "bench: %s\n", what);
  exit(1);
}

static int compare_seconds(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static double median(double seconds[RUNS]) {
  qsort(seconds, RUNS, sizeof *seconds, compare_seconds);
  return seconds[RUNS / 2];
}

static void row(const char *what, double value, const char *unit, const char *bar) {
  printf("%-58s %10.2f %-6s %s\n", what, value, unit, bar);
  fflush(stdout);
}

/* Runs a command, its output read by nobody; returns its seconds. */
static double run_command(const char *const *argv) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child;
  int ended = 0;
  union {
    const char *const *constant;
    char *const *plain;
  } arguments = {.constant = argv}; /* posix_spawn promises not to change them, though its prototype cannot say so */
  double start = bench_now();
  if (posix_spawnp(&child, argv[0], &files, NULL, arguments.plain, environ) != 0)
    fail("the program cannot be started");
  waitpid(child, &ended, 0);
  double seconds = bench_now() - start;
  posix_spawn_file_actions_destroy(&files);
  if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
    fail("a command failed");
  return seconds;
}

/* ---- import ---- */

static void write_file(const char *path, int relationships, bool scattered) {
  FILE *out = fopen(path, "w");
  if (out == NULL)
    fail("the input cannot be written");
  bench_write_journal(out, relationships, scattered, "bench");
  fclose(out);
}

struct imported {
  int64_t records;
  double seconds, undo_seconds;
  double mebibytes; /* at most, of a process that does nothing else */
};

static void import_here(const char *file, const char *journal, bool undo, struct imported *out) {
  struct rp_clock clock = {0};
  struct rp_store_options options = {.create = true, .clock = &clock, .backup_folder = folder};
  struct rp_jsonl_options how = {0};
  struct rp_jsonl_counts counts;
  struct rp_store *store;
  struct rp_err err;
  FILE *in = fopen(file, "r");
  if (in == NULL || rp_store_open(journal, &options, &store, &err) != RP_OK)
    fail("the journal cannot be made");
  double start = bench_now();
  if (rp_jsonl_import(store, in, file, &how, &counts, &err) != RP_OK)
    fail(err.text);
  out->seconds = bench_now() - start;
  out->records = counts.added;
  fclose(in);
  char *label = NULL;
  start = bench_now();
  if (undo && rp_store_undo(store, &label, &err) != RP_OK)
    fail(err.text);
  out->undo_seconds = bench_now() - start;
  free(label);
  rp_store_close(store);
}

/* In a process of its own, whose memory is told. */
static struct imported import(const char *file, const char *journal, bool undo) {
  struct imported *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED)
    fail("there is no memory");
  pid_t child = fork();
  if (child == 0) {
    import_here(file, journal, undo, shared);
    _exit(0);
  }
  struct rusage usage;
  int ended = 0;
  if (child < 0 || wait4(child, &ended, 0, &usage) != child || !WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
    fail("an import failed");
  struct imported imported = *shared;
  imported.mebibytes = (double)usage.ru_maxrss / 1024;
  munmap(shared, sizeof *shared);
  return imported;
}

static void make_empty(const char *journal) {
  struct rp_clock clock = {0};
  struct rp_store_options options = {.create = true, .clock = &clock, .backup_folder = folder};
  struct rp_store *store;
  if (rp_store_open(journal, &options, &store, NULL) != RP_OK)
    fail("the journal cannot be made");
  rp_store_close(store);
}

static struct imported half_import, large_import;

/* The journals that everything else is measured on. */
static void make_journals(const char *half, const char *large) {
  char *file = in_folder("journal.jsonl");
  write_file(file, RELATIONSHIPS, false);
  large_import = import(file, large, false);
  write_file(file, RELATIONSHIPS / 2, false);
  half_import = import(file, half, false);
  unlink(file);
  free(file);
}

/* As measure_import, of a program that gives ids at random: nothing lies beside what belongs to it. */
static void measure_scattered(void) {
  char *file = in_folder("scattered.jsonl");
  char *journal = in_folder("scattered.db");
  char *bare = in_folder("bare.db");
  write_file(file, RELATIONSHIPS / 2, true);
  struct imported imported = import(file, journal, false);
  make_empty(bare);
  double bare_seconds = bench_bare_inserts(journal, bare, NULL);
  row("import / bare INSERTs where ids have no order", bare_seconds / imported.seconds, "", "");
  row("the same beside ids in order", imported.seconds / half_import.seconds, "x", "");
  unlink(file);
  unlink(journal);
  unlink(bare);
  free(file);
  free(journal);
  free(bare);
}

static void measure_import(const char *half) {
  char *bare = in_folder("bare.db");
  make_empty(bare);
  double bare_seconds = bench_bare_inserts(half, bare, NULL);
  row("import of JSON Lines", (double)half_import.records / half_import.seconds, "rec/s", "");
  row("bare prepared INSERTs of the same rows", (double)half_import.records / bare_seconds, "rec/s", "");
  row("import / bare INSERTs, rows a second", bare_seconds / half_import.seconds, "", "bar: >= 0.5");
  row("import of twice as many records, seconds", large_import.seconds / half_import.seconds, "x", "linear: 2");
  row("memory of the import", half_import.mebibytes, "MiB", "bar: <= 64");
  row("memory of the import of twice as many", large_import.mebibytes, "MiB", "flat");
  unlink(bare);
  free(bare);
}

static void measure_undo(void) {
  char *file = in_folder("undone.jsonl");
  char *journal = in_folder("undone.db");
  write_file(file, UNDONE, false);
  struct imported imported = import(file, journal, true);
  row("undo of an import of 104,501 records", imported.undo_seconds * 1000, "ms", "");
  row("the same beside the import", imported.undo_seconds / imported.seconds, "x", "");
  unlink(file);
  unlink(journal);
  free(file);
  free(journal);
}

/* ---- stage --all ---- */

static double stage_all(const char *journal) {
  const char *const argv[] = {program, "-j", journal, "stage", "--all", "--json", NULL};
  double seconds[RUNS];
  for (int i = 0; i < RUNS; i++)
    seconds[i] = run_command(argv);
  return median(seconds);
}

static void measure_stage(const char *half, const char *large) {
  double of_half = stage_all(half);
  double of_large = stage_all(large);
  row("stage --all, 10,000 relationships of 50 events", of_large * 1000, "ms", "bar: <= 1000");
  row("the same over half as many", of_large / of_half, "x", "linear: 2");
  int64_t events;
  double alone = bench_engine_alone(large, &events);
  row("the engine alone over the same histories", alone * 1000, "ms", "");
  row("the same, events a second", (double)events / alone, "", "");
}

/* ---- the first screen ---- */

static double first_screen(const char *const *argv, const char *const *env, const char *text) {
  double seconds[RUNS];
  for (int i = 0; i < RUNS; i++) {
    double start = bench_now();
    struct vt *vt = vt_start(argv, env, 120, 40);
    vt_wait_text(vt, text);
    seconds[i] = bench_now() - start;
    vt_free(vt);
  }
  return median(seconds);
}

static bool is_installed(const char *name) {
  char *command = rp_str_format("command -v %s >/dev/null 2>&1", name);
  bool there = system(command) == 0;
  free(command);
  return there;
}

/* abook with as many people as the journal has meetings. */
static void measure_abook(void) {
  if (!is_installed("abook")) {
    printf("%-58s %s\n", "first screen of abook with 100,000 contacts", "not installed");
    return;
  }
  char *book = in_folder("addressbook");
  FILE *out = fopen(book, "w");
  if (out == NULL)
    fail("the address book cannot be written");
  fputs("[format]\nprogram=abook\nversion=0.6.1\n\n", out);
  for (int i = 0; i < RELATIONSHIPS / 2 * BENCH_INTERACTIONS; i++)
    fprintf(out, "[%d]\nname=Person %06d\nemail=p%d@example.com\n\n", i, i, i);
  fclose(out);
  const char *const argv[] = {"abook", "--datafile", book, NULL};
  row("first screen of abook with 100,000 contacts", first_screen(argv, NULL, "Person 000000") * 1000, "ms", "peer");
  free(book);
}

/* What the program is started with: nothing of the user's own. */
struct environment {
  char *texts[3];
  const char *env[5];
};

static struct environment environment_make(void) {
  struct environment made = {{rp_str_format("XDG_DATA_HOME=%s", folder),
                              rp_str_format("XDG_CONFIG_HOME=%s/config", folder),
                              rp_str_format("XDG_STATE_HOME=%s/state", folder)},
                             {"RAPPORT_NOW=2026-11-22T09:30"}};
  for (size_t i = 0; i < 3; i++)
    made.env[i + 1] = made.texts[i];
  return made;
}

static void environment_free(struct environment *made) {
  for (size_t i = 0; i < 3; i++)
    free(made->texts[i]);
}

static void measure_first_screen(const char *half) {
  struct environment world = environment_make();
  const char *const argv[] = {program, "-j", half, NULL};
  row("first frame, 100,000 interactions", first_screen(argv, world.env, "Anna Laine") * 1000, "ms", "");
  row("first screen with the day listed, 600 things due", first_screen(argv, world.env, "Send the") * 1000, "ms",
      "bar: <= 50");
  measure_abook();
  environment_free(&world);
}

/* ---- keys ---- */

static void measure_keys(void (*measure)(const char *const *argv, const char *const *env)) {
  const char *kept = getenv("BENCH_JOURNAL");
  char *journal = kept != NULL ? rp_str_format("%s", kept) : in_folder("million.db");
  if (access(journal, F_OK) != 0) {
    char *file = in_folder("million.jsonl");
    write_file(file, BENCH_KEYS_RELATIONSHIPS, false);
    (void)import(file, journal, false);
    unlink(file);
    free(file);
  }
  struct environment world = environment_make();
  const char *const argv[] = {program, "-j", journal, NULL};
  measure(argv, world.env);
  environment_free(&world);
  if (kept == NULL)
    unlink(journal);
  free(journal);
}

/* ---- the team file ---- */

static double processor_of_children(void) {
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void measure_one_review(const char *file, const char *option, const char *what, const char *bar) {
  double seconds[RUNS], before = processor_of_children();
  const char *argv[] = {program, "team", "review", "--file", file, option, NULL};
  for (int i = 0; i < RUNS; i++)
    seconds[i] = run_command(argv);
  row(what, median(seconds) * 1000, "ms", bar);
  row("the same, of the processor", (processor_of_children() - before) / RUNS * 1000, "ms", "");
}

static void measure_review(void) {
  enum { REVIEWED = 100000 };
  char *file = in_folder("team.db");
  bench_make_team_file(file, REVIEWED);
  measure_one_review(file, NULL, "team review, 100,000 relationships", "bar: <= 2000");
  measure_one_review(file, "--json", "team review --json, the same", "");
  unlink(file);
  free(file);
}

static void measure_merge(void) {
  const char *given = getenv("BENCH_JOURNALS");
  int journals = given != NULL && atoi(given) > 0 ? atoi(given) : 200;
  struct bench_merge merged;
  bench_merge(folder, journals, &merged);
  printf("bundles of %d journals of %ld records each\n", journals, merged.bundle_records);
  row("merged, by the clock", merged.first.seconds, "s", "bar: <= 60 of 200");
  row("merged, of the processor", merged.first.processor, "s", "");
  row("bare prepared INSERTs of the same rows, of the processor", merged.bare, "s", "");
  row("merged / bare INSERTs, of the processor", merged.first.processor / merged.bare, "x", "");
  row("records merged a second", (double)merged.records / merged.first.seconds, "rec/s", "");
  row("memory of the merge, a tenth of the bundles in", merged.first.early_mib, "MiB", "");
  row("memory of the merge, all in", merged.first.late_mib, "MiB", "flat");
  row("the next bundles, each with 10 records more", merged.next.seconds, "s", "");
  row("the next bundles, of the processor", merged.next.processor, "s", "");
  row("packing a bundle, of the processor", merged.packing * 1000, "ms", "");
  row("a bundle", (double)merged.bundle_bytes / 1024, "KiB", "");
  row("a record in a bundle", merged.record_bytes, "bytes", "");
  row("a conclusion in a bundle", merged.conclusion_bytes, "bytes", "");
  row("records in the team file", (double)merged.records, "", "");
  row("a record in the team file", (double)merged.file_bytes / (double)merged.records, "bytes", "");
}

static bool is_wanted(int argc, char **argv, const char *part) {
  for (int i = 2; i < argc; i++) {
    if (strcmp(argv[i], part) == 0)
      return true;
  }
  return argc == 2;
}

int main(int argc, char **argv) {
  if (argc < 2)
    fail("bench RAPPORT [import] [undo] [stage] [screen] [keys] [search] [merge] [review]");
  program = argv[1];
  folder = temp_folder_make();
  if (folder == NULL)
    return 1;
  setenv("RAPPORT_NOW", "2026-11-22T09:30", 1);
  setvbuf(stdout, NULL, _IOLBF, 0);
  struct utsname machine;
  uname(&machine);
  printf("%s %s, %ld processors\n\n", machine.sysname, machine.machine, sysconf(_SC_NPROCESSORS_ONLN));
  char *half = in_folder("half.db");
  char *large = in_folder("large.db");
  bool own = argc == 3 && !is_wanted(argc, argv, "import") && !is_wanted(argc, argv, "undo") &&
             !is_wanted(argc, argv, "stage") && !is_wanted(argc, argv, "screen"); /* the others make theirs */
  if (!own)
    make_journals(half, large);
  if (is_wanted(argc, argv, "import"))
    measure_import(half);
  if (is_wanted(argc, argv, "import"))
    measure_scattered();
  if (is_wanted(argc, argv, "undo"))
    measure_undo();
  if (is_wanted(argc, argv, "stage"))
    measure_stage(half, large);
  if (is_wanted(argc, argv, "screen"))
    measure_first_screen(half);
  if (is_wanted(argc, argv, "keys"))
    measure_keys(bench_keys);
  else if (is_wanted(argc, argv, "search"))
    measure_keys(bench_search);
  if (is_wanted(argc, argv, "merge"))
    measure_merge();
  if (is_wanted(argc, argv, "review"))
    measure_review();
  free(half);
  free(large);
  return temp_folder_remove(folder);
}
