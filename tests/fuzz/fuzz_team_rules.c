/* A team's rules as a manager has signed them: refused with a sentence and nothing kept, left aside with a sentence, or
 * in force, and then rules that may be. The first byte says whether the rest is the whole text or the file in it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/team/team_rules_news.h"
#include "../temp_folder.h"
#include "check.h"
#include "rapport/json.h"
#include "rapport/team_rules.h"

static struct rp_clock clock_at = {.fixed = true, .when = {20000, 600}};
static char *folder;
static struct rp_store *journal;
static struct rp_membership member; /* as if the manager's keys were the journal's own */

static void leave(void) {
  rp_store_close(journal);
  rp_membership_fini(&member);
  temp_folder_remove(folder);
}

static void begin(void) {
  folder = temp_folder_make();
  CHECK(folder != NULL);
  char *path = rp_str_format("%s/anna.db", folder);
  struct rp_store_options options = {.create = true, .clock = &clock_at, .backup_folder = folder};
  rp_id_seed(1);
  CHECK(rp_store_open(path, &options, &journal, NULL) == RP_OK);
  CHECK(rp_team_create(journal, "Nordic Industry", "Sofia Berg", NULL) == RP_OK);
  CHECK(rp_membership_load(journal, &member, NULL) == RP_OK);
  member.is_manager = false;
  free(path);
  atexit(leave);
}

/* The file as it stands in what is signed; NULL when JSON cannot hold it. */
static char *around(const char *bytes, size_t size) {
  char team[RP_ID_TEXT_SIZE];
  struct rp_str text = {0};
  json_t *json = json_stringn(bytes, size);
  if (json == NULL)
    return NULL;
  rp_str_addf(&text,
              "{\"format\":\"rapport-team-rules\",\"team\":\"%s\",\"version\":1,\"since\":\"2026-11-23\",\"text\":",
              rp_id_format(&member.roster.team, team));
  rp_json_add(&text, json);
  rp_str_addc(&text, '}');
  json_decref(json);
  return rp_str_take(&text);
}

static json_t *head_of(const char *text) {
  uint8_t signature[RP_SIGNATURE_SIZE];
  char hex[RP_SIGNATURE_SIZE * 2 + 1];
  json_t *head = json_object();
  rp_sign_text(&member.keys, text, strlen(text), signature);
  rp_json_set_text(head, "rules", text);
  rp_json_set_text(head, "rules_signature", sodium_bin2hex(hex, sizeof hex, signature, sizeof signature));
  return head;
}

static void check_kept(const struct rp_rules_news *news) {
  struct rp_team_rules kept;
  struct rp_rules rules;
  CHECK(rp_team_rules_get(journal, &kept, NULL) == RP_OK);
  CHECK(kept.version == (news->changed ? news->version : 0));
  CHECK((news->fault != NULL) == (news->version != 0 && !news->changed));
  if (news->changed && !news->taken_back) {
    CHECK(rp_rules_file_parse(kept.text, strlen(kept.text), RP_RULES_TEAM, &rules, NULL) == RP_OK);
    CHECK(rp_rules_validate(&rules, NULL) == RP_OK);
    for (size_t i = 0; i < rules.suggestion_count; i++)
      CHECK(rules.suggestions[i].asks != RP_ASKS_INVITE || rules.suggestions[i].asks_domain == RP_DOMAIN_BUSINESS);
    rp_rules_fini(&rules);
  }
  rp_team_rules_fini(&kept);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct rp_merge_report report = {0};
  struct rp_err err = {0};
  if (journal == NULL)
    begin();
  if (size < 1)
    return 0;
  char *text = data[0] % 2 != 0 ? around((const char *)data + 1, size - 1)
                                : rp_str_format("%.*s", (int)(size - 1), (const char *)data + 1);
  json_t *utf8 = text != NULL ? json_string(text) : NULL;
  if (utf8 != NULL) {
    json_t *head = head_of(text);
    CHECK(rp_store_begin(journal, NULL, NULL) == RP_OK);
    rp_status status = team_rules_read(journal, &member, head, &report.rules, &err);
    CHECK(status == RP_OK || (status == RP_EREFUSED && err.text[0] != '\0' && !report.rules.changed));
    check_kept(&report.rules);
    rp_store_rollback(journal);
    json_decref(head);
  }
  rp_merge_report_fini(&report);
  json_decref(utf8);
  free(text);
  return 0;
}
