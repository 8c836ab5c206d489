/* The roster as a text, and who stands in it. */
#include "rapport/roster.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "signed_text.h"

#define MEMBERS_MOST 10000
#define COUNT_MOST (INT64_C(1) << 53)

void rp_roster_fini(struct rp_roster *roster) {
  for (size_t i = 0; i < roster->members.count; i++)
    free(roster->members.items[i].name);
  rp_vec_fini(&roster->members);
  free(roster->name);
  *roster = (struct rp_roster){0};
}

const struct rp_member *rp_roster_member(const struct rp_roster *roster, const struct rp_id *node) {
  for (size_t i = 0; i < roster->members.count; i++) {
    if (rp_id_equal(&roster->members.items[i].node, node))
      return &roster->members.items[i];
  }
  return NULL;
}

const struct rp_member *rp_roster_manager(const struct rp_roster *roster) {
  for (size_t i = 0; i < roster->members.count; i++) {
    if (roster->members.items[i].manager)
      return &roster->members.items[i];
  }
  return NULL;
}

/* ---- by name ----------------------------------------------------------------------------------------------------- */

/* 2: all of the name, 1: the beginning of a word of it, 0: neither. Both are folded. */
static int fit(const char *name, const char *wanted) {
  if (strcmp(name, wanted) == 0)
    return 2;
  for (const char *word = name; word != NULL; word = strchr(word, ' ')) {
    word += strspn(word, " ");
    if (strncmp(word, wanted, strlen(wanted)) == 0)
      return 1;
  }
  return 0;
}

/* How well it fits; those who were revoked fit worse than all others that do. */
static int fit_member(const struct rp_member *member, const char *wanted) {
  struct rp_str name = {0};
  rp_utf8_fold(member->name, strlen(member->name), &name);
  int found = member->manager ? 0 : fit(rp_str_text(&name), wanted);
  rp_str_fini(&name);
  return found == 0 || member->revoked ? found : found + 2;
}

static rp_status refuse_several(const struct rp_roster *roster, const char *wanted, int best, const char *name,
                                struct rp_err *err) {
  struct rp_str list = {0};
  for (size_t i = 0; i < roster->members.count; i++) {
    const struct rp_member *member = &roster->members.items[i];
    char id[RP_ID_TEXT_SIZE];
    if (fit_member(member, wanted) == best)
      rp_str_addf(&list, "%s%s (%s)", list.length > 0 ? ", " : "", member->name, rp_id_format(&member->node, id));
  }
  rp_status status = rp_err_set(err, RP_ENOTFOUND,
                                _("“%s” fits several members; name one by the id of their journal: "
                                  "%s"),
                                name, rp_str_text(&list));
  rp_str_fini(&list);
  return status;
}

static rp_status refuse_unknown(const struct rp_roster *roster, const char *name, struct rp_err *err) {
  struct rp_str list = {0};
  for (size_t i = 0; i < roster->members.count; i++) {
    if (!roster->members.items[i].manager)
      rp_str_addf(&list, "%s%s", list.length > 0 ? ", " : "", roster->members.items[i].name);
  }
  rp_status status =
      list.length > 0
          ? rp_err_set(err, RP_ENOTFOUND, _("there is no salesperson “%s” in “%s”; there are %s"), name, roster->name,
                       rp_str_text(&list))
          : rp_err_set(
                err, RP_ENOTFOUND,
                _("there is no salesperson “%s” in “%s”, nor anybody else yet; “rapport team admit” admits them"), name,
                roster->name);
  rp_str_fini(&list);
  return status;
}

rp_status rp_roster_find(const struct rp_roster *roster, const char *name, const struct rp_member **out,
                         struct rp_err *err) {
  struct rp_str wanted = {0};
  struct rp_id node;
  int best = 0;
  size_t count = 0;
  *out = rp_id_parse(name, &node) ? rp_roster_member(roster, &node) : NULL;
  if (*out != NULL)
    return RP_OK;
  rp_utf8_fold(name, strlen(name), &wanted);
  for (size_t i = 0; i < roster->members.count && wanted.length > 0; i++) {
    int found = fit_member(&roster->members.items[i], rp_str_text(&wanted));
    count = found > best ? 1 : count + (found == best && found > 0);
    *out = found > best ? &roster->members.items[i] : *out;
    best = found > best ? found : best;
  }
  rp_status status = count == 1  ? RP_OK
                     : count > 1 ? refuse_several(roster, rp_str_text(&wanted), best, name, err)
                                 : refuse_unknown(roster, name, err);
  rp_str_fini(&wanted);
  return status;
}

/* ---- as a text --------------------------------------------------------------------------------------------------- */

void member_to_json(const struct rp_member *member, json_t *object) {
  text_set_id(object, "node", &member->node);
  rp_json_set_text(object, "name", member->name);
  if (!rp_id_is_none(&member->salesperson))
    text_set_id(object, "salesperson", &member->salesperson);
  text_set_hex(object, "sign", member->keys.sign, sizeof member->keys.sign);
  text_set_hex(object, "box", member->keys.box, sizeof member->keys.box);
}

void rp_roster_print(const struct rp_roster *roster, struct rp_str *out) {
  json_t *object = json_object(), *members = json_array();
  text_set_id(object, "team", &roster->team);
  rp_json_set_text(object, "name", roster->name);
  rp_json_set(object, "version", json_integer((json_int_t)roster->version));
  for (size_t i = 0; i < roster->members.count; i++) {
    const struct rp_member *member = &roster->members.items[i];
    json_t *json = json_object();
    member_to_json(member, json);
    if (member->manager)
      rp_json_set(json, "manager", json_true());
    if (member->revoked)
      rp_json_set(json, "revoked_after", json_integer((json_int_t)member->revoked_after));
    json_array_append_new(members, json);
  }
  rp_json_set(object, "members", members);
  rp_json_add(out, object);
  json_decref(object);
}

rp_status member_from_json(const json_t *object, struct rp_member *out, struct rp_err *err) {
  rp_status status = text_get_id(object, "node", true, &out->node, err);
  if (status == RP_OK)
    status = text_get_line(object, "name", &out->name, err);
  if (status == RP_OK)
    status = text_get_id(object, "salesperson", false, &out->salesperson, err);
  if (status == RP_OK)
    status = text_get_hex(object, "sign", out->keys.sign, sizeof out->keys.sign, err);
  return status == RP_OK ? text_get_hex(object, "box", out->keys.box, sizeof out->keys.box, err) : status;
}

static rp_status read_member(const json_t *object, struct rp_member *out, struct rp_err *err) {
  const json_t *revoked = json_object_get(object, "revoked_after");
  rp_status status = member_from_json(object, out, err);
  if (status != RP_OK)
    return status;
  out->manager = json_is_true(json_object_get(object, "manager"));
  if (revoked == NULL)
    return RP_OK;
  if (!json_is_integer(revoked) || json_integer_value(revoked) < 0 || json_integer_value(revoked) > COUNT_MOST)
    return rp_err_set(err, RP_EREFUSED, _("revoked_after is no sequence number"));
  out->revoked = true;
  out->revoked_after = (uint64_t)json_integer_value(revoked);
  return RP_OK;
}

static rp_status read_members(const json_t *members, struct rp_roster *out, struct rp_err *err) {
  const json_t *json;
  size_t index, managers = 0;
  if (!json_is_array(members) || json_array_size(members) > MEMBERS_MOST)
    return rp_err_set(err, RP_EREFUSED, _("The roster has no list of members, or more than %d"), MEMBERS_MOST);
  json_array_foreach(members, index, json) {
    struct rp_member member = {0};
    rp_status status = read_member(json, &member, err);
    bool twice = status == RP_OK && rp_roster_member(out, &member.node) != NULL;
    *rp_vec_add(&out->members) = member;
    if (status != RP_OK)
      return status;
    if (twice)
      return rp_err_set(err, RP_EREFUSED, _("The roster has %s twice"), member.name);
    managers += member.manager;
  }
  return managers == 1 ? RP_OK : rp_err_set(err, RP_EREFUSED, _("The roster needs one manager; it has %zu"), managers);
}

rp_status rp_roster_parse(const char *text, size_t length, struct rp_roster *out, struct rp_err *err) {
  json_t *object = NULL;
  *out = (struct rp_roster){0};
  rp_status status = rp_json_parse(text, length, &object, err);
  if (status == RP_OK)
    status = text_get_id(object, "team", true, &out->team, err);
  if (status == RP_OK)
    status = text_get_line(object, "name", &out->name, err);
  if (status == RP_OK) {
    json_int_t version = json_integer_value(json_object_get(object, "version"));
    if (version < 1 || version > COUNT_MOST)
      status = rp_err_set(err, RP_EREFUSED, _("The roster has no version"));
    out->version = (uint64_t)version;
  }
  if (status == RP_OK)
    status = read_members(json_object_get(object, "members"), out, err);
  json_decref(object);
  if (status != RP_OK)
    rp_roster_fini(out);
  return status;
}
