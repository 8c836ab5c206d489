/* People who were erased, as bundles tell it: by keyed hashes of which there are only ever more. */
#include "rapport/erasure.h"

#include <stdlib.h>
#include <string.h>

#include "erasure_news.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "signed_text.h"

/* ---- writing ----------------------------------------------------------------------------------------------------- */

struct writing {
  const struct rp_membership *membership;
  struct news_nodes *nodes;
  struct rp_str *out;
  unsigned long *lines;
  bool purged; /* what was erased here is out of the files too */
  uint8_t hash[RP_STORE_ERASURE_SIZE];
  json_t *by; /* who has erased whoever `hash` stands for; NULL: nobody yet */
};

static void write_line(struct writing *writing, json_t *line) {
  rp_json_add(writing->out, line);
  rp_str_addc(writing->out, '\n');
  json_decref(line);
  ++*writing->lines;
}

static bool write_erasure(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at) {
  json_t *line = json_object();
  text_set_hex(line, "erasure", hash, RP_STORE_ERASURE_SIZE);
  if (at > 0)
    rp_json_set(line, "at", json_integer(at));
  write_line(data, line);
  return true;
}

static void write_answers(struct writing *writing) {
  if (writing->by == NULL)
    return;
  json_t *line = json_object();
  text_set_hex(line, "erased", writing->hash, sizeof writing->hash);
  rp_json_set(line, "by", writing->by);
  writing->by = NULL;
  write_line(writing, line);
}

static bool take_answer(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], const struct rp_id *node) {
  struct writing *writing = data;
  bool own = rp_id_equal(node, &writing->membership->node);
  if (own ? !writing->purged : !writing->membership->is_manager)
    return true;
  if (writing->by != NULL && memcmp(hash, writing->hash, sizeof writing->hash) != 0)
    write_answers(writing);
  if (writing->by == NULL)
    writing->by = json_array();
  memcpy(writing->hash, hash, sizeof writing->hash);
  json_array_append_new(writing->by, json_integer((json_int_t)news_node(writing->nodes, node)));
  return true;
}

rp_status erasures_write(struct rp_store *store, const struct rp_membership *membership, struct news_nodes *nodes,
                         struct rp_str *out, unsigned long *lines, struct rp_err *err) {
  struct writing writing = {.membership = membership, .nodes = nodes, .out = out, .lines = lines};
  bool due;
  rp_status status = rp_store_purge_is_due(store, &due, err);
  writing.purged = !due;
  if (status == RP_OK)
    status = rp_store_each_erasure(store, write_erasure, &writing, err);
  if (status == RP_OK)
    status = rp_store_each_erasure_answer(store, take_answer, &writing, err);
  write_answers(&writing);
  return status;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

bool erasure_is_line(const json_t *line) {
  return json_object_get(line, "erasure") != NULL || json_object_get(line, "erased") != NULL;
}

static rp_status read_erasure(struct rp_store *store, const json_t *line, int64_t latest, bool *more,
                              struct rp_err *err) {
  uint8_t hash[RP_STORE_ERASURE_SIZE];
  const json_t *at = json_object_get(line, "at");
  rp_status status = text_get_hex(line, "erasure", hash, sizeof hash, err);
  if (status == RP_OK && (json_object_size(line) != (at != NULL ? 2 : 1) ||
                          (at != NULL && (!json_is_integer(at) || json_integer_value(at) <= 0))))
    status = rp_err_set(err, RP_EREFUSED, _("It has an erasure with something else than a hash and when it was"));
  if (status == RP_OK && json_integer_value(at) > latest / 65536)
    status = rp_err_set(err, RP_EREFUSED, _("It has an erasure of more than a day ahead of the clock here"));
  return status == RP_OK ? rp_store_erasure_add(store, hash, json_integer_value(at), more, err) : status;
}

/* Whoever keeps the team file passes on what all have answered; the others answer for themselves. */
static rp_status read_answers(struct rp_store *store, const struct rp_membership *membership,
                              const struct rp_id *sender, const struct news_nodes *nodes, const json_t *line,
                              struct rp_err *err) {
  uint8_t hash[RP_STORE_ERASURE_SIZE];
  const json_t *by = json_object_get(line, "by"), *json;
  const struct rp_member *from = rp_roster_member(&membership->roster, sender);
  size_t index;
  rp_status status = text_get_hex(line, "erased", hash, sizeof hash, err);
  if (status == RP_OK &&
      (json_object_size(line) != 2 || json_array_size(by) == 0 || json_array_size(by) > nodes->ids.count))
    status = rp_err_set(err, RP_EREFUSED, _("It has an answer to an erasure that is not a hash and a list of nodes"));
  json_array_foreach(by, index, json) {
    json_int_t number = json_integer_value(json);
    if (status == RP_OK && (!json_is_integer(json) || number < 0 || (size_t)number >= nodes->ids.count))
      status = rp_err_set(err, RP_EREFUSED, _("It has an answer to an erasure that is not a hash and a list of nodes"));
    if (status != RP_OK)
      break;
    const struct rp_id *node = &nodes->ids.items[number];
    if (from == NULL || (!from->manager && !rp_id_equal(node, sender)))
      return rp_err_set(err, RP_EREFUSED, _("It answers an erasure for somebody else than its sender"));
    status = rp_store_erasure_answer(store, hash, node, err);
  }
  return status;
}

rp_status erasure_read(struct rp_store *store, const struct rp_membership *membership, const struct rp_id *sender,
                       const struct news_nodes *nodes, int64_t latest, const json_t *line, bool *more,
                       struct rp_err *err) {
  *more = false;
  return json_object_get(line, "erasure") != NULL ? read_erasure(store, line, latest, more, err)
                                                  : read_answers(store, membership, sender, nodes, line, err);
}

rp_status erasures_apply(struct rp_store *store, const struct rp_membership *membership, struct rp_merge_report *report,
                         struct rp_err *err) {
  struct rp_store_erased erased;
  rp_status status = rp_store_erasure_apply(store, !membership->is_manager, &erased, err);
  report->erased_people += erased.people;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    report->erased_records += erased.records.gone[type];
  rp_store_erased_fini(&erased);
  return status;
}

/* ---- who has answered -------------------------------------------------------------------------------------------- */

void rp_team_erasures_fini(struct rp_team_erasures *erasures) {
  for (size_t i = 0; i < erasures->items.count; i++)
    rp_vec_fini(&erasures->items.items[i].open);
  rp_vec_fini(&erasures->items);
}

static bool add_erasure(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at) {
  struct rp_team_erasures *erasures = data;
  if (at == 0) /* it hung on a person */
    return true;
  struct rp_team_erasure *erasure = rp_vec_add(&erasures->items);
  erasure->at = at;
  memcpy(erasure->hash, hash, sizeof erasure->hash);
  return true;
}

struct answers {
  const struct rp_membership *membership;
  struct rp_team_erasures *erasures;
  size_t at; /* both come in the order of their hashes */
  bool purged;
  RP_VEC(struct rp_id) nodes; /* of the one that is looked at */
};

static bool has_node(const struct answers *answers, const struct rp_id *node) {
  for (size_t i = 0; i < answers->nodes.count; i++) {
    if (rp_id_equal(&answers->nodes.items[i], node))
      return true;
  }
  return false;
}

/* Those who are asked are in the roster and were not revoked. */
static void close_erasure(struct answers *answers) {
  struct rp_team_erasure *erasure = &answers->erasures->items.items[answers->at++];
  const struct rp_roster *roster = &answers->membership->roster;
  for (size_t i = 0; i < roster->members.count; i++) {
    const struct rp_member *member = &roster->members.items[i];
    if (member->revoked)
      continue;
    erasure->asked++;
    if (!has_node(answers, &member->node))
      *rp_vec_add(&erasure->open) = member->node;
  }
  rp_vec_clear(&answers->nodes);
}

static bool add_answer(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], const struct rp_id *node) {
  struct answers *answers = data;
  struct rp_team_erasures *erasures = answers->erasures;
  while (answers->at < erasures->items.count &&
         memcmp(erasures->items.items[answers->at].hash, hash, RP_STORE_ERASURE_SIZE) < 0)
    close_erasure(answers);
  bool own = rp_id_equal(node, &answers->membership->node);
  if (answers->at < erasures->items.count &&
      memcmp(erasures->items.items[answers->at].hash, hash, RP_STORE_ERASURE_SIZE) == 0 && (!own || answers->purged))
    *rp_vec_add(&answers->nodes) = *node;
  return true;
}

rp_status rp_team_erasures(struct rp_store *store, const struct rp_membership *membership, struct rp_team_erasures *out,
                           struct rp_err *err) {
  struct answers answers = {.membership = membership, .erasures = out};
  bool due;
  *out = (struct rp_team_erasures){0};
  rp_status status = rp_store_purge_is_due(store, &due, err);
  answers.purged = !due;
  if (status == RP_OK)
    status = rp_store_each_erasure(store, add_erasure, out, err);
  if (status == RP_OK)
    status = rp_store_each_erasure_answer(store, add_answer, &answers, err);
  while (status == RP_OK && answers.at < out->items.count)
    close_erasure(&answers);
  rp_vec_fini(&answers.nodes);
  return status;
}
