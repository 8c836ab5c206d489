/* What a member of the team seals: any lines behind a good first one, the last one made to match when the first byte is
 * odd. Refused with a sentence and nothing changed; or taken in, the team file is sound, and a second time nothing is
 * other than after the first. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../temp_folder.h"
#include "check.h"
#include "rapport/io.h"
#include "rapport/json.h"
#include "rapport/merge.h"

static struct rp_clock clock_at = {.fixed = true, .when = {20000, 600}};
static char *folder, *scratch;
static struct rp_str pristine; /* the bytes of the team file */
static struct rp_membership anna;
static struct rp_id sofia_node;

static void leave(void) {
  unlink(scratch);
  free(scratch);
  rp_membership_fini(&anna);
  rp_str_fini(&pristine);
  temp_folder_remove(folder);
}

static struct rp_store *open_store(const char *path, bool create) {
  struct rp_store_options options = {.create = create, .clock = &clock_at, .backup_folder = folder};
  struct rp_store *store;
  CHECK(rp_store_open(path, &options, &store, NULL) == RP_OK);
  return store;
}

static void put(struct rp_store *store, const char *line) {
  json_t *json;
  struct rp_record *record;
  CHECK(rp_json_parse(line, strlen(line), &json, NULL) == RP_OK);
  CHECK(rp_record_from_json(json, "fuzz", NULL, &record, NULL) == RP_OK);
  CHECK(rp_store_begin(store, NULL, NULL) == RP_OK);
  CHECK(rp_store_put(store, record, 0, NULL) == RP_OK);
  CHECK(rp_store_commit(store, NULL) == RP_OK);
  rp_record_free(record);
  json_decref(json);
}

static void make_team(void) {
  struct rp_str request = {0}, invitation = {0};
  struct rp_member who;
  folder = temp_folder_make();
  CHECK(folder != NULL);
  scratch = rp_str_format("%s/team.db", folder);
  char *path = rp_str_format("%s/anna.db", folder);
  rp_id_seed(1);
  struct rp_store *team = open_store(scratch, true), *journal = open_store(path, true);
  struct rp_id salesperson = rp_id_derive("fuzz", "s1");
  put(journal, "{\"type\":\"salesperson\",\"id\":\"s1\",\"name\":\"Anna Laine\",\"me\":true}");
  put(team, "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\"}");
  put(team, "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija\",\"customer\":\"c1\",\"notes\":\"Purjehtii\"}");
  CHECK(rp_team_create(team, "Nordic Industry", "Sofia Berg", NULL) == RP_OK);
  CHECK(rp_team_request(journal, &salesperson, "Anna Laine", &request, NULL) == RP_OK);
  CHECK(rp_team_admit(team, request.data, request.length, &who, &invitation, NULL) == RP_OK);
  CHECK(rp_team_accept(journal, invitation.data, invitation.length, NULL) == RP_OK);
  CHECK(rp_membership_load(journal, &anna, NULL) == RP_OK);
  CHECK(rp_store_node(team, &sofia_node, NULL) == RP_OK);
  free(who.name);
  rp_store_close(journal);
  rp_store_close(team);
  CHECK(rp_io_read(scratch, 64 << 20, &pristine, NULL) == RP_OK);
  rp_str_fini(&request);
  rp_str_fini(&invitation);
  free(path);
  atexit(leave);
}

static void add_head(uint64_t sequence, struct rp_str *out) {
  char team[RP_ID_TEXT_SIZE], node[RP_ID_TEXT_SIZE], other[RP_ID_TEXT_SIZE];
  rp_id_format(&anna.node, node);
  rp_str_addf(
      out,
      "{\"format\":\"rapport-team\",\"version\":1,\"team\":\"%s\",\"sender\":\"%s\",\"sequence\":%llu,\"nodes\":"
      "[\"%s\",\"%s\",\"00000000-0000-4000-8000-000000000001\"]}\n",
      rp_id_format(&anna.roster.team, team), node, (unsigned long long)sequence, node,
      rp_id_format(&sofia_node, other));
}

/* The lines as a bundle of Anna's. */
static struct rp_str seal(uint64_t sequence, const char *lines, size_t length, bool end) {
  struct rp_bundle_head head = {.team = anna.roster.team, .sender = anna.node, .sequence = sequence};
  const struct rp_member *manager = rp_roster_manager(&anna.roster);
  struct rp_bundle_recipient to = {.node = manager->node};
  struct rp_str content = {0}, bundle = {0};
  unsigned long count = 2;
  memcpy(to.box, manager->keys.box, sizeof to.box);
  add_head(sequence, &content);
  rp_str_addn(&content, lines, length);
  for (size_t i = 0; i < length; i++)
    count += lines[i] == '\n';
  if (end && length > 0 && lines[length - 1] != '\n') {
    rp_str_addc(&content, '\n');
    count++;
  }
  if (end)
    rp_str_addf(&content, "{\"end\":%lu}\n", count);
  CHECK(rp_bundle_write(&head, &to, 1, &anna.keys, content.data, content.length, &bundle, NULL) == RP_OK);
  rp_str_fini(&content);
  return bundle;
}

static rp_status merge(struct rp_journal *team, const struct rp_str *bundle, bool dry_run, struct rp_err *err) {
  struct rp_merge_report report;
  rp_status status = rp_team_merge(team, bundle->data, bundle->length, dry_run, &report, err);
  rp_merge_report_fini(&report);
  CHECK(!rp_store_in_action(team->store));
  return status;
}

static void tell(void *data, const char *sentence) {
  (void)data;
  fprintf(stderr, "%s\n", sentence);
}

static void check_sound(struct rp_store *store, char digest[RP_DIGEST_TEXT_SIZE]) {
  CHECK(rp_store_check(store, tell, NULL, NULL) == RP_OK);
  CHECK(rp_team_digest(store, digest, NULL) == RP_OK);
}

static struct rp_journal *open_team(void) {
  struct rp_rules rules;
  struct rp_journal *team;
  rp_rules_init(&rules);
  CHECK(rp_journal_new(open_store(scratch, false), &rules, &clock_at, RP_DATE_NONE, &team, NULL) == RP_OK);
  return team;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct rp_journal *team; /* as it was made */
  static char digest[RP_DIGEST_TEXT_SIZE];
  char now[RP_DIGEST_TEXT_SIZE], again[RP_DIGEST_TEXT_SIZE];
  struct rp_err err = {0};
  if (size < 1)
    return 0;
  if (team == NULL) {
    make_team();
    team = open_team();
    check_sound(team->store, digest);
  }
  const char *lines = (const char *)data + 1;
  struct rp_str bundle = seal(1, lines, size - 1, data[0] % 2 != 0);
  rp_status status = merge(team, &bundle, true, &err);
  CHECK(status == RP_OK || (status == RP_EREFUSED && err.text[0] != '\0'));
  CHECK(rp_team_digest(team->store, now, NULL) == RP_OK && strcmp(now, digest) == 0);
  if (status == RP_OK) {
    char *kept = scratch;
    scratch = rp_str_format("%s/other.db", folder);
    CHECK(rp_io_write(scratch, pristine.data, pristine.length, NULL) == RP_OK);
    struct rp_journal *other = open_team();
    CHECK(merge(other, &bundle, false, &err) == RP_OK);
    check_sound(other->store, now);
    struct rp_str second = seal(2, lines, size - 1, data[0] % 2 != 0);
    CHECK(merge(other, &second, false, &err) == RP_OK);
    check_sound(other->store, again);
    CHECK(strcmp(now, again) == 0);
    rp_str_fini(&second);
    rp_journal_free(other);
    unlink(scratch);
    free(scratch);
    scratch = kept;
  }
  rp_str_fini(&bundle);
  return 0;
}
