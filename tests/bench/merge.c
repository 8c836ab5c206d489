#include "merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare_inserts.h"
#include "journal_writer.h"
#include "rapport/io.h"
#include "rapport/jsonl.h"
#include "rapport/merge.h"
#include "rapport/rules_file.h"

enum { RELATIONSHIPS = 135, CHANGED = 10 };

struct side {
  struct rp_clock clock;
  struct rp_journal *journal;
  struct rp_id node;
};

static void need(rp_status status, const struct rp_err *err) {
  if (status == RP_OK)
    return;
  fprintf(stderr, "bench: %s\n", err->text);
  exit(1);
}

static void side_open(struct side *side, const char *path) {
  struct rp_err err;
  struct rp_store *store;
  struct rp_rules rules;
  need(rp_clock_init(&side->clock, &err), &err);
  struct rp_store_options options = {.clock = &side->clock, .create = true};
  need(rp_store_open(path, &options, &store, &err), &err);
  need(rp_store_node(store, &side->node, &err), &err);
  need(rp_rules_file_load(NULL, &rules, &err), &err);
  need(rp_journal_new(store, &rules, &side->clock, RP_DATE_NONE, &side->journal, &err), &err);
}

static void side_close(struct side *side) {
  rp_journal_free(side->journal);
}

static void fill(struct side *side, int number) {
  struct rp_err err;
  struct rp_jsonl_counts counts;
  struct rp_jsonl_options options = {0};
  char source[32];
  FILE *file = tmpfile();
  snprintf(source, sizeof source, "journal %d", number);
  bench_write_journal(file, RELATIONSHIPS, false, source);
  rewind(file);
  need(rp_jsonl_import(side->journal->store, file, source, &options, &counts, &err), &err);
  fclose(file);
}

static bool take_salesperson(void *data, const struct rp_record *record) {
  *(struct rp_id *)data = record->id;
  return false;
}

static void join(struct side *side, struct side *manager, int number) {
  struct rp_err err;
  struct rp_str request = {0}, invitation = {0};
  struct rp_member who;
  struct rp_id salesperson;
  char name[32];
  struct rp_store_query query = {.type = RP_TYPE_SALESPERSON, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  snprintf(name, sizeof name, "Myyjä %d", number);
  need(rp_store_each(side->journal->store, &query, take_salesperson, &salesperson, &err), &err);
  need(rp_team_request(side->journal->store, &salesperson, name, &request, &err), &err);
  need(rp_team_admit(manager->journal->store, request.data, request.length, &who, &invitation, &err), &err);
  need(rp_team_accept(side->journal->store, invitation.data, invitation.length, &err), &err);
  free(who.name);
  rp_str_fini(&request);
  rp_str_fini(&invitation);
}

struct packed {
  double seconds;
  long bundles, bytes, records, conclusions, conclusion_bytes;
};

static void take_conclusion(void *data, const struct rp_id *relationship, const char *says) {
  static const char around[] = "{\"conclusion\":\"01234567-0123-0123-0123-0123456789ab\",\"at\":[116380800000000001,0],"
                               "\"says\":}\n";
  struct packed *packed = data;
  (void)relationship;
  packed->conclusions++;
  packed->conclusion_bytes += (long)(sizeof around - 1 + strlen(says != NULL ? says : "null"));
}

static void take_record(void *data, const struct rp_replica *leaving) {
  (void)leaving;
  ((struct packed *)data)->records++;
}

static void pack(struct side *side, const char *path, struct packed *packed) {
  struct rp_err err;
  struct rp_str bundle = {0};
  struct rp_pack_report report;
  struct rp_pack_options options = {.record = take_record, .conclusion = take_conclusion, .data = packed};
  double start = bench_processor();
  need(rp_team_pack(side->journal, &options, &bundle, &report, &err), &err);
  packed->seconds += bench_processor() - start;
  packed->bundles++;
  packed->bytes += (long)bundle.length;
  need(rp_io_write(path, bundle.data, bundle.length, &err), &err);
  rp_str_fini(&bundle);
}

/* A few meetings more, as between two bundles. */
static void live(struct side *side) {
  struct rp_err err;
  struct rp_store *store = side->journal->store;
  struct rp_id salesperson, contact;
  struct rp_store_query query = {.type = RP_TYPE_SALESPERSON, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  need(rp_store_each(store, &query, take_salesperson, &salesperson, &err), &err);
  query.type = RP_TYPE_CONTACT;
  need(rp_store_each(store, &query, take_salesperson, &contact, &err), &err);
  need(rp_store_begin(store, "meetings", &err), &err);
  for (int i = 0; i < CHANGED; i++) {
    struct rp_record *meeting = rp_record_new(RP_TYPE_INTERACTION);
    struct rp_when when = rp_clock_now(&side->clock);
    rp_record_set_when(meeting, RP_INTERACTION_AT, when);
    rp_record_set_number(meeting, RP_INTERACTION_CHANNEL, RP_CHANNEL_PHONE);
    rp_record_add_id(meeting, RP_INTERACTION_CONTACTS, contact);
    rp_record_add_id(meeting, RP_INTERACTION_SALESPEOPLE, salesperson);
    need(rp_store_put(store, meeting, 0, &err), &err);
    rp_record_free(meeting);
  }
  need(rp_store_commit(store, &err), &err);
}

static char *path_of(const char *folder, int number, const char *suffix) {
  return rp_str_format("%s/side-%d.%s", folder, number, suffix);
}

static double seconds_of(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* As `team merge` does: as many files at once as it reads at once. */
static int merge_some(struct side *team, const char *folder, int from, int journals) {
  enum { AT_ONCE = 64, BYTES_AT_ONCE = 24 << 20 };
  struct rp_err err;
  struct rp_str bytes[AT_ONCE] = {0};
  struct rp_merge_input inputs[AT_ONCE] = {0};
  size_t count = 0, total = 0;
  for (; from < journals && count < AT_ONCE && total < BYTES_AT_ONCE; from++, count++) {
    char *path = path_of(folder, from, "rpb");
    need(rp_io_read(path, RP_BUNDLE_MOST_BYTES, &bytes[count], &err), &err);
    inputs[count].bytes = bytes[count].data;
    inputs[count].length = bytes[count].length;
    total += bytes[count].length;
    free(path);
  }
  need(rp_team_merge_all(team->journal, inputs, count, &err), &err);
  for (size_t i = 0; i < count; i++) {
    need(inputs[i].done ? RP_OK : inputs[i].status, &inputs[i].err);
    rp_merge_report_fini(&inputs[i].report);
    rp_str_fini(&bytes[i]);
  }
  return from;
}

static void merge_here(const char *file, const char *folder, int journals, struct bench_merge_round *out) {
  struct side team;
  struct rusage usage;
  side_open(&team, file);
  double start = bench_now();
  for (int i = 0; i < journals;) {
    bool early = i <= journals / 10;
    i = merge_some(&team, folder, i, journals);
    getrusage(RUSAGE_SELF, &usage);
    if (early)
      out->early_mib = (double)usage.ru_maxrss / 1024;
  }
  out->seconds = bench_now() - start;
  side_close(&team);
  getrusage(RUSAGE_SELF, &usage);
  out->late_mib = (double)usage.ru_maxrss / 1024;
  out->processor = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

/* In a process of its own, whose memory is told. */
static void merge_all(const char *file, const char *folder, int journals, struct bench_merge_round *out) {
  struct bench_merge_round *shared =
      mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int ended = 0;
  pid_t child = shared != MAP_FAILED ? fork() : -1;
  if (child == 0) {
    merge_here(file, folder, journals, shared);
    _exit(0);
  }
  if (child < 0 || waitpid(child, &ended, 0) != child || !WIFEXITED(ended) || WEXITSTATUS(ended) != 0) {
    fprintf(stderr, "bench: the merge failed\n");
    exit(1);
  }
  *out = *shared;
  munmap(shared, sizeof *shared);
}

/* Every journal lives on, in the first round from nothing, and packs. */
static void pack_all(const char *file, const char *folder, int journals, bool begin, struct packed *packed) {
  struct side team;
  side_open(&team, file);
  for (int i = 0; i < journals; i++) {
    struct side side;
    char *journal = path_of(folder, i, "db"), *bundle = path_of(folder, i, "rpb");
    side_open(&side, journal);
    if (begin) {
      fill(&side, i);
      join(&side, &team, i);
    } else {
      live(&side);
    }
    pack(&side, bundle, packed);
    side_close(&side);
    free(journal);
    free(bundle);
  }
  side_close(&team);
}

static void make_team(const char *file) {
  struct rp_err err;
  struct side team;
  side_open(&team, file);
  need(rp_team_create(team.journal->store, "Konepajat", "Johtaja", &err), &err);
  side_close(&team);
}

static double bare_inserts(const char *file, const char *folder) {
  struct side bare;
  char *path = path_of(folder, 0, "bare.db");
  side_open(&bare, path);
  side_close(&bare);
  double processor;
  bench_bare_inserts(file, path, &processor);
  unlink(path);
  free(path);
  return processor;
}

static void look(const char *file, struct bench_merge *out) {
  struct rp_err err;
  struct side team;
  struct stat info;
  int64_t records;
  side_open(&team, file);
  need(rp_store_count(team.journal->store, RP_TYPE_NONE, &records, &err), &err);
  side_close(&team);
  out->records = (long)records;
  out->file_bytes = stat(file, &info) == 0 ? (long)info.st_size : 0;
}

void bench_merge(const char *folder, int journals, struct bench_merge *out) {
  struct packed packed = {0}, again = {0};
  char *file = path_of(folder, 0, "team.db");
  *out = (struct bench_merge){0};
  make_team(file);
  pack_all(file, folder, journals, true, &packed);
  merge_all(file, folder, journals, &out->first);
  out->bare = bare_inserts(file, folder);
  look(file, out);
  pack_all(file, folder, journals, false, &again);
  merge_all(file, folder, journals, &out->next);
  out->packing = packed.seconds / (double)packed.bundles;
  out->bundle_bytes = packed.bytes / packed.bundles;
  out->bundle_records = packed.records / packed.bundles;
  out->conclusion_bytes = (double)packed.conclusion_bytes / (double)packed.conclusions;
  out->record_bytes = (double)(packed.bytes - packed.conclusion_bytes) / (double)packed.records;
  for (int i = 0; i < journals; i++) {
    char *journal = path_of(folder, i, "db"), *bundle = path_of(folder, i, "rpb");
    unlink(journal);
    unlink(bundle);
    free(journal);
    free(bundle);
  }
  unlink(file);
  free(file);
}
