/* Bundles whose envelope is in order, by a member's own keys, with a content that no rapport would write. */
#include <stdlib.h>
#include <string.h>

#include "rapport/bundle.h"
#include "team_world.h"

enum { MANY = 1000000 };

/* Anna's bundle for the manager, whose content is `head` (its beginning may be given, with a comma), `line` so many
 * times and an end that counts them. Whether it could be made. */
static rp_status forge(struct team_world *team, const char *head, const char *line, size_t times, struct rp_str *bundle,
                       struct rp_err *fault) {
  struct rp_membership sofia, anna;
  struct rp_str content = {0};
  char id[RP_ID_TEXT_SIZE], node[RP_ID_TEXT_SIZE];
  assert_ok(rp_membership_load(team->sofia.base.store, &sofia, err));
  assert_ok(rp_membership_load(team->anna.base.store, &anna, err));
  struct rp_bundle_head outside = {.team = sofia.roster.team, .sender = anna.node, .sequence = 1};
  struct rp_bundle_recipient to = {.node = sofia.node};
  memcpy(to.box, sofia.keys.open.box, sizeof to.box);
  if (head != NULL)
    rp_str_addf(&content, "%s\n", head);
  else
    rp_str_addf(&content,
                "{\"format\":\"rapport-team\",\"version\":1,\"team\":\"%s\",\"sender\":\"%s\",\"sequence\":1,\"nodes\":"
                "[\"%s\"]}\n",
                rp_id_format(&sofia.roster.team, id), rp_id_format(&anna.node, node), rp_id_format(&anna.node, node));
  for (size_t i = 0; i < times; i++)
    rp_str_add(&content, line);
  rp_str_addf(&content, "{\"end\":%zu}\n", times + 2);
  rp_status status = rp_bundle_write(&outside, &to, 1, &anna.keys, content.data, content.length, bundle, fault);
  rp_str_fini(&content);
  rp_membership_fini(&sofia);
  rp_membership_fini(&anna);
  return status;
}

static void assert_refused(struct team_world *team, const char *head, const char *line, size_t times,
                           const char *says) {
  struct rp_str bundle = {0};
  struct rp_merge_report report;
  char *before = team_digest(&team->sofia);
  assert_ok(forge(team, head, line, times, &bundle, err));
  assert_says(rp_team_merge(team->sofia.journal, bundle.data, bundle.length, false, &report, err), RP_EREFUSED, says);
  rp_merge_report_fini(&report);
  char *after = team_digest(&team->sofia);
  assert_string_equal(before, after);
  free(before);
  free(after);
  rp_str_fini(&bundle);
}

static void content_that_may_not_be__changes_nothing(void **state) {
  (void)state;
  static const struct {
    const char *head, *line;
    size_t times;
    const char *says;
  } cases[] = {
      {NULL, "{}\n", MANY, "Line 2 of the bundle is refused"},
      {NULL, "\n", MANY, "Line 2 of the bundle is refused"},
      {NULL, "{\"type\":\"customer\"}\n", 1, "Line 2"},
      {NULL, "{\"type\":\"mood\",\"id\":\"0192e4a0-0000-7000-8000-000000000001\"}\n", 1, "Line 2"},
      {NULL, "{\"end\":2}\n", 1, "Something stands behind the last line"},
      {NULL, "{\"end\":3}\n", 1, "Lines are missing"},
      {"{\"format\":\"rapport-team\",\"version\":2}", "", 0, "update rapport"},
      {"{\"format\":\"diary\",\"version\":1}", "", 0, "not of the form"},
      {"{\"format\":\"rapport-team\",\"version\":1,\"team\":\"0192e4a0-0000-7000-8000-000000000001\",\"sender\":\"0192e4a0-"
       "0000-7000-8000-000000000002\",\"sequence\":1,\"nodes\":[]}",
       "", 0, "packed by somebody else"},
      {"[[[[[[", "", 0, "Line 1"},
  };
  struct team_world team;
  team_world_init(&team);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_refused(&team, cases[i].head, cases[i].line, cases[i].times, cases[i].says);
  team_world_fini(&team);
}

/* The shortest record there is: a million of them are more than a bundle may hold, and are not even sealed. */
static void a_million_tiny_records__are_larger_than_a_bundle_may_be(void **state) {
  (void)state;
  struct team_world team;
  struct rp_str bundle = {0};
  team_world_init(&team);
  static const char *const tiny =
      "{\"type\":\"promise\",\"id\":\"0192e4a0-0000-7000-8000-000000000001\",\"audience\":\"me\",\"born\":[1,0]}\n";
  assert_says(forge(&team, NULL, tiny, MANY, &bundle, err), RP_EREFUSED, "64 MiB");
  rp_str_fini(&bundle);
  team_world_fini(&team);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(content_that_may_not_be__changes_nothing),
      cmocka_unit_test(a_million_tiny_records__are_larger_than_a_bundle_may_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
