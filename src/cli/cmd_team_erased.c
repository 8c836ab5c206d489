/* Erased people in team status: when, and by how many of the team, and nothing of who they were. */
#include "cmd_team.h"
#include "rapport/erasure.h"

enum { SHOWN = 4 }; /* bytes of a hash: to tell two of a day apart */

static const char *name_of(const struct rp_membership *membership, const struct rp_id *node) {
  const struct rp_member *member = rp_roster_member(&membership->roster, node);
  return member != NULL ? member->name : "";
}

static void add_key(const struct rp_team_erasure *erasure, struct rp_str *out) {
  for (int i = 0; i < SHOWN; i++)
    rp_str_addf(out, "%02x", erasure->hash[i]);
}

/* "22 Nov, 3fa9c1d2: erased on 2 of 3; not yet on that of Erik Strand" */
static void print_erasure(struct rp_cli *cli, const struct rp_membership *membership,
                          const struct rp_team_erasure *erasure) {
  struct rp_str line = {0}, names = {0};
  rp_date_format_short(rp_clock_date(&cli->clock, erasure->at), cli->today, &line);
  rp_str_add(&line, ", ");
  add_key(erasure, &line);
  rp_str_add(&line, ": ");
  /* TRANSLATORS: a person was erased in so many journals and team files of the team's */
  rp_str_addf(&line, _("erased on %zu of %zu"), erasure->asked - erasure->open.count, erasure->asked);
  for (size_t i = 0; i < erasure->open.count; i++)
    rp_str_addf(&names, "%s%s", i > 0 ? ", " : "", name_of(membership, &erasure->open.items[i]));
  if (names.length > 0) {
    rp_str_add(&line, "; ");
    rp_str_addf(&line, _("no answer yet: %s"), rp_str_text(&names));
  }
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  rp_str_fini(&names);
  rp_str_fini(&line);
}

static json_t *erasure_json(const struct rp_membership *membership, const struct rp_team_erasure *erasure) {
  json_t *object = json_object(), *open = json_array();
  struct rp_str key = {0}, at = {0};
  add_key(erasure, &key);
  rp_stamp_format(erasure->at, &at);
  rp_json_set_text(object, "key", rp_str_text(&key));
  rp_json_set_text(object, "at", rp_str_text(&at));
  rp_json_set(object, "erased", json_integer((json_int_t)(erasure->asked - erasure->open.count)));
  rp_json_set(object, "of", json_integer((json_int_t)erasure->asked));
  for (size_t i = 0; i < erasure->open.count; i++)
    json_array_append_new(open, json_string(name_of(membership, &erasure->open.items[i])));
  rp_json_set(object, "open", open);
  rp_str_fini(&key);
  rp_str_fini(&at);
  return object;
}

rp_status team_erasures(struct rp_cli *cli, const struct rp_membership *membership, json_t *object,
                        struct rp_err *err) {
  struct rp_team_erasures erasures;
  json_t *array = json_array();
  rp_status status = rp_team_erasures(cli->journal->store, membership, &erasures, err);
  if (erasures.items.count > 0 && !rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_heading(cli, _("Erased people"));
  for (size_t i = 0; i < erasures.items.count; i++) {
    if (!rp_cli_has(cli, RP_OPTION_JSON))
      print_erasure(cli, membership, &erasures.items.items[i]);
    json_array_append_new(array, erasure_json(membership, &erasures.items.items[i]));
  }
  rp_json_set(object, "erasures", array);
  rp_team_erasures_fini(&erasures);
  return status;
}
