#include "team_world.h"

#include <stdlib.h>
#include <string.h>

#include "default_rules.h"

void team_side_init(struct team_side *side, uint64_t seed) {
  struct rp_rules rules;
  rp_date today;
  world_init(&side->base, seed);
  assert_ok(rp_date_parse("2026-11-22", &today, err));
  side->base.clock.when = (struct rp_when){.date = today, .minute = 9 * 60 + 30};
  default_rules(&rules);
  assert_ok(rp_journal_new(side->base.store, &rules, &side->base.clock, RP_DATE_NONE, &side->journal, err));
  assert_ok(rp_store_node(side->base.store, &side->node, err));
}

void team_side_fini(struct team_side *side) {
  world_is_sound(side->base.store);
  side->base.store = NULL; /* the journal's */
  rp_journal_free(side->journal);
  world_fini(&side->base);
}

void team_side_join(struct team_side *side, struct team_side *manager, const char *short_id, const char *name) {
  struct rp_str request = {0}, invitation = {0};
  struct rp_member who;
  struct rp_id salesperson = world_id(short_id);
  char *line = rp_str_format("{\"type\":\"salesperson\",\"id\":\"%s\",\"name\":\"%s\",\"me\":true}", short_id, name);
  if (!team_has(side, short_id))
    team_put_line(side, line);
  free(line);
  assert_ok(rp_team_request(side->base.store, &salesperson, name, &request, err));
  assert_ok(rp_team_admit(manager->base.store, request.data, request.length, &who, &invitation, err));
  assert_string_equal(who.name, name);
  free(who.name);
  assert_ok(rp_team_accept(side->base.store, invitation.data, invitation.length, err));
  rp_str_fini(&request);
  rp_str_fini(&invitation);
}

void team_world_init(struct team_world *world) {
  team_side_init(&world->sofia, 1);
  team_side_init(&world->anna, 2);
  team_side_init(&world->erik, 3);
  assert_ok(rp_team_create(world->sofia.base.store, "Nordic Industry", "Sofia Berg", err));
  world->sofia.journal->team_file = true; /* as it is when it is opened again */
  team_side_join(&world->anna, &world->sofia, "s1", "Anna Laine");
  team_side_join(&world->erik, &world->sofia, "s2", "Erik Strand");
}

void team_world_fini(struct team_world *world) {
  team_side_fini(&world->sofia);
  team_side_fini(&world->anna);
  team_side_fini(&world->erik);
}

struct rp_str team_pack(struct team_side *side, const struct team_side *member) {
  struct rp_pack_options options = {.member = member != NULL ? &member->node : NULL};
  struct rp_pack_report report;
  struct rp_str bundle = {0};
  assert_ok(rp_team_pack(side->journal, &options, &bundle, &report, err));
  return bundle;
}

void team_take(struct team_side *side, const struct rp_str *bundle) {
  struct rp_merge_report report;
  assert_ok(rp_team_merge(side->journal, bundle->data, bundle->length, false, &report, err));
  rp_merge_report_fini(&report);
}

void team_tell(struct team_side *from, struct team_side *to) {
  struct rp_membership membership;
  assert_ok(rp_membership_load(from->base.store, &membership, err));
  struct rp_str bundle = team_pack(from, membership.is_manager ? to : NULL);
  team_take(to, &bundle);
  rp_str_fini(&bundle);
  rp_membership_fini(&membership);
}

char *team_digest(struct team_side *side) {
  char *digest = rp_mem_alloc(RP_DIGEST_TEXT_SIZE);
  assert_ok(rp_team_digest(side->base.store, digest, err));
  return digest;
}

void team_put(struct team_side *side, const char *const *lines) {
  world_put_lines(side->base.store, lines);
}

void team_put_line(struct team_side *side, const char *line) {
  world_put_line(side->base.store, line);
}

struct rp_record *team_get(struct team_side *side, const char *name) {
  struct rp_id id = world_id(name);
  struct rp_record *record = NULL;
  return rp_store_get(side->base.store, &id, &record, NULL) == RP_OK ? record : NULL;
}

bool team_has(struct team_side *side, const char *name) {
  struct rp_id id = world_id(name);
  return rp_store_type(side->base.store, &id) != RP_TYPE_NONE;
}

void team_delete(struct team_side *side, const char *name) {
  struct rp_id id = world_id(name);
  assert_ok(rp_store_begin(side->base.store, "delete", err));
  assert_ok(rp_store_delete(side->base.store, &id, 1, NULL, err));
  assert_ok(rp_store_commit(side->base.store, err));
}
