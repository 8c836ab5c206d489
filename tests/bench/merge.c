#include "merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static long pack(struct side *side, const char *path) {
  struct rp_err err;
  struct rp_str bundle = {0};
  struct rp_pack_report report;
  struct rp_pack_options options = {0};
  need(rp_team_pack(side->journal, &options, &bundle, &report, &err), &err);
  need(rp_io_write(path, bundle.data, bundle.length, &err), &err);
  long bytes = (long)bundle.length;
  rp_str_fini(&bundle);
  return bytes;
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

/* Kilobytes in memory now. */
static long held(void) {
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file != NULL && fscanf(file, "%*d %ld", &pages) != 1)
    pages = 0;
  if (file != NULL)
    fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static double merge_all(struct side *team, const char *folder, int journals, struct bench_merge *out) {
  struct rp_err err;
  double seconds = 0;
  for (int i = 0; i < journals; i++) {
    struct rp_merge_report report;
    struct rp_str bundle = {0};
    char *path = path_of(folder, i, "rpb");
    double start = bench_now();
    need(rp_io_read(path, RP_BUNDLE_MOST_BYTES, &bundle, &err), &err);
    need(rp_team_merge(team->journal, bundle.data, bundle.length, false, &report, &err), &err);
    seconds += bench_now() - start;
    rp_merge_report_fini(&report);
    rp_str_fini(&bundle);
    free(path);
    if (i == journals / 2)
      out->half = held();
  }
  out->whole = held();
  return seconds;
}

void bench_merge(const char *folder, int journals, struct bench_merge *out) {
  struct side team;
  struct rp_err err;
  int64_t records;
  char *file = path_of(folder, 0, "team.db");
  *out = (struct bench_merge){0};
  side_open(&team, file);
  need(rp_team_create(team.journal->store, "Konepajat", "Johtaja", &err), &err);
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < journals; i++) {
      struct side side;
      char *journal = path_of(folder, i, "db"), *bundle = path_of(folder, i, "rpb");
      side_open(&side, journal);
      if (round == 0) {
        fill(&side, i);
        join(&side, &team, i);
      } else {
        live(&side);
      }
      long bytes = pack(&side, bundle);
      out->bytes = bytes > out->bytes ? bytes : out->bytes;
      side_close(&side);
      free(journal);
      free(bundle);
    }
    if (round == 0)
      out->seconds = merge_all(&team, folder, journals, out);
    else
      out->again = merge_all(&team, folder, journals, &(struct bench_merge){0});
  }
  need(rp_store_count(team.journal->store, RP_TYPE_NONE, &records, &err), &err);
  out->records = (long)records;
  side_close(&team);
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
