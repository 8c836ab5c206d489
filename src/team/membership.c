/* How a journal comes into a team, and what it keeps of it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "signed_text.h"

#define REQUEST "rapport-team-request"
#define INVITATION "rapport-team-invitation"

#define KEY_KEYS "keys"
#define KEY_ROSTER "roster"
#define KEY_SIGNATURE "roster signature"
#define KEY_ERASURE RP_STORE_ERASURE_KEY
#define KEY_ROLE RP_STORE_TEAM_ROLE
#define ROLE_MANAGER RP_STORE_TEAM_MANAGER
#define ROLE_MEMBER "member"

enum { SEALED_SIZE = RP_ERASURE_KEY_SIZE + crypto_box_SEALBYTES };

/* ---- what is kept ------------------------------------------------------------------------------------------------ */

/* A value of a fixed size; *found is false when it is not there. */
static rp_status get_bytes(struct rp_store *store, const char *key, void *out, size_t size, bool *found,
                           struct rp_err *err) {
  struct rp_str bytes = {0};
  rp_status status = rp_store_team_get(store, key, &bytes, found, err);
  if (status == RP_OK && *found && bytes.length != size)
    status = rp_err_set(err, RP_EREFUSED, _("%s is damaged; “rapport check --repair” saves what can be read"),
                        rp_store_path(store));
  if (status == RP_OK && *found)
    memcpy(out, bytes.data, size);
  if (bytes.data != NULL)
    sodium_memzero(bytes.data, bytes.length);
  rp_str_fini(&bytes);
  return status;
}

static rp_status load_team(struct rp_store *store, struct rp_membership *out, struct rp_err *err) {
  struct rp_str role = {0};
  bool found;
  rp_status status = rp_store_team_get(store, KEY_ROSTER, &out->signed_roster, &out->in_team, err);
  if (status != RP_OK || !out->in_team)
    return status;
  status = rp_roster_parse(rp_str_text(&out->signed_roster), out->signed_roster.length, &out->roster, err);
  if (status == RP_OK)
    status = get_bytes(store, KEY_SIGNATURE, out->signature, sizeof out->signature, &found, err);
  if (status == RP_OK)
    status = get_bytes(store, KEY_ERASURE, out->erasure_key, sizeof out->erasure_key, &found, err);
  if (status == RP_OK)
    status = rp_store_team_get(store, KEY_ROLE, &role, &found, err);
  out->is_manager = strcmp(rp_str_text(&role), ROLE_MANAGER) == 0;
  rp_str_fini(&role);
  return status;
}

rp_status rp_membership_load(struct rp_store *store, struct rp_membership *out, struct rp_err *err) {
  *out = (struct rp_membership){0};
  rp_status status = rp_store_node(store, &out->node, err);
  if (status == RP_OK)
    status = get_bytes(store, KEY_KEYS, &out->keys, sizeof out->keys, &out->has_keys, err);
  if (status == RP_OK)
    status = load_team(store, out, err);
  if (status != RP_OK)
    rp_membership_fini(out);
  return status;
}

void rp_membership_fini(struct rp_membership *membership) {
  rp_roster_fini(&membership->roster);
  rp_str_fini(&membership->signed_roster);
  sodium_memzero(membership, sizeof *membership);
}

static rp_status set_bytes(struct rp_store *store, const char *key, const void *bytes, size_t size,
                           struct rp_err *err) {
  return rp_store_team_set(store, key, bytes, size, err);
}

static rp_status set_role(struct rp_store *store, const char *role, struct rp_err *err) {
  return rp_store_team_set(store, KEY_ROLE, role, strlen(role), err);
}

/* The roster as it is now: signed here by a manager, else as it was signed. */
static rp_status save_roster(struct rp_store *store, struct rp_membership *membership, struct rp_err *err) {
  if (membership->is_manager) {
    rp_str_clear(&membership->signed_roster);
    rp_roster_print(&membership->roster, &membership->signed_roster);
    rp_sign_text(&membership->keys, membership->signed_roster.data, membership->signed_roster.length,
                 membership->signature);
  }
  rp_status status =
      rp_store_team_set(store, KEY_ROSTER, membership->signed_roster.data, membership->signed_roster.length, err);
  return status == RP_OK ? set_bytes(store, KEY_SIGNATURE, membership->signature, sizeof membership->signature, err)
                         : status;
}

static rp_status end(struct rp_store *store, rp_status status, struct rp_err *err) {
  if (status == RP_OK)
    return rp_store_commit(store, err);
  rp_store_rollback(store);
  return status;
}

/* ---- a team file ------------------------------------------------------------------------------------------------- */

static rp_status make_team(struct rp_store *store, struct rp_membership *membership, struct rp_err *err) {
  rp_status status = rp_store_begin(store, NULL, err);
  if (status != RP_OK)
    return status;
  status = set_bytes(store, KEY_KEYS, &membership->keys, sizeof membership->keys, err);
  if (status == RP_OK)
    status = set_bytes(store, KEY_ERASURE, membership->erasure_key, sizeof membership->erasure_key, err);
  if (status == RP_OK)
    status = set_role(store, ROLE_MANAGER, err);
  if (status == RP_OK)
    status = save_roster(store, membership, err);
  return end(store, status, err);
}

rp_status rp_team_create(struct rp_store *store, const char *team, const char *manager, struct rp_err *err) {
  struct rp_membership membership;
  rp_status status = rp_membership_load(store, &membership, err);
  if (status != RP_OK)
    return status;
  if (membership.in_team || membership.has_keys) {
    status = rp_err_set(err, RP_EREFUSED, _("%s belongs to a team already; a team file is a file of its own"),
                        rp_store_path(store));
    goto out;
  }
  rp_member_keys_new(&membership.keys);
  randombytes_buf(membership.erasure_key, sizeof membership.erasure_key);
  membership.is_manager = membership.in_team = true;
  membership.roster = (struct rp_roster){.team = rp_id_new((int64_t)0), .version = 1};
  struct rp_member *self = rp_vec_add(&membership.roster.members);
  *self = (struct rp_member){.node = membership.node, .keys = membership.keys.open, .manager = true};
  status = text_clean_line(team, strlen(team), _("The name of the team"), &membership.roster.name, err);
  if (status == RP_OK)
    status = text_clean_line(manager, strlen(manager), _("The manager's name"), &self->name, err);
  if (status == RP_OK)
    status = make_team(store, &membership, err);
out:
  rp_membership_fini(&membership);
  return status;
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static rp_status need_keys(struct rp_store *store, struct rp_membership *membership, struct rp_err *err) {
  if (membership->has_keys)
    return RP_OK;
  rp_member_keys_new(&membership->keys);
  rp_status status = rp_store_begin(store, NULL, err);
  if (status != RP_OK)
    return status;
  return end(store, set_bytes(store, KEY_KEYS, &membership->keys, sizeof membership->keys, err), err);
}

rp_status rp_team_request(struct rp_store *store, const struct rp_id *salesperson, const char *name, struct rp_str *out,
                          struct rp_err *err) {
  struct rp_membership membership;
  rp_status status = rp_membership_load(store, &membership, err);
  if (status != RP_OK)
    return status;
  if (membership.is_manager)
    status = rp_err_set(err, RP_EREFUSED, _("%s is a team file; a salesperson joins with their own journal"),
                        rp_store_path(store));
  if (status == RP_OK)
    status = need_keys(store, &membership, err);
  if (status == RP_OK) {
    struct rp_member self = {
        .node = membership.node, .salesperson = *salesperson, .name = rp_mem_text(name), .keys = membership.keys.open};
    struct rp_str text = {0};
    json_t *object = json_object();
    member_to_json(&self, object);
    rp_json_add(&text, object);
    signed_write(REQUEST, rp_str_text(&text), &membership.keys, NULL, out);
    json_decref(object);
    rp_str_fini(&text);
    free(self.name);
  }
  rp_membership_fini(&membership);
  return status;
}

/* ---- admitting --------------------------------------------------------------------------------------------------- */

static rp_status read_request(const char *bytes, size_t length, struct rp_member *who, struct rp_err *err) {
  json_t *object, *inner = NULL;
  const char *text;
  uint8_t signature[RP_SIGNATURE_SIZE];
  *who = (struct rp_member){0};
  rp_status status = signed_read(REQUEST, bytes, length, &object, &text, signature, err);
  if (status == RP_OK)
    status = rp_json_parse(text, strlen(text), &inner, err);
  if (status == RP_OK)
    status = member_from_json(inner, who, err);
  if (status == RP_OK && rp_id_is_none(&who->salesperson))
    status = rp_err_set(err, RP_EREFUSED, _("%s is missing or no id"), "salesperson");
  if (status == RP_OK && !rp_sign_check(who->keys.sign, text, strlen(text), signature))
    status =
        rp_err_set(err, RP_EREFUSED, _("The request is not what its sender signed; ask %s for it again"), who->name);
  json_decref(inner);
  json_decref(object);
  if (status != RP_OK) {
    free(who->name);
    who->name = NULL;
  }
  return status;
}

static rp_status enter(struct rp_roster *roster, const struct rp_member *who, bool *changed, struct rp_err *err) {
  *changed = false;
  for (size_t i = 0; i < roster->members.count; i++) {
    struct rp_member *member = &roster->members.items[i];
    if (!rp_id_equal(&member->node, &who->node))
      continue;
    bool other_keys = memcmp(&member->keys, &who->keys, sizeof who->keys) != 0;
    if (other_keys && !member->revoked)
      return rp_err_set(err, RP_EREFUSED,
                        _("%s is in the team with other keys; revoke the old ones first when this is really them"),
                        member->name);
    *changed = member->revoked;
    member->revoked = false;
    member->keys = who->keys;
    return RP_OK;
  }
  if (roster->members.count >= RP_BUNDLE_MOST_RECIPIENTS)
    return rp_err_set(err, RP_EREFUSED, _("A team has at most %d members"), RP_BUNDLE_MOST_RECIPIENTS);
  struct rp_member *member = rp_vec_add(&roster->members);
  *member = *who;
  member->name = rp_mem_text(who->name);
  member->manager = member->revoked = false;
  *changed = true;
  return RP_OK;
}

static void invite(const struct rp_membership *membership, const struct rp_member *who, struct rp_str *out) {
  uint8_t sealed[SEALED_SIZE];
  json_t *more = json_object();
  crypto_box_seal(sealed, membership->erasure_key, sizeof membership->erasure_key, who->keys.box);
  text_set_id(more, "for", &who->node);
  text_set_hex(more, "secret", sealed, sizeof sealed);
  signed_write(INVITATION, rp_str_text(&membership->signed_roster), &membership->keys, more, out);
}

static rp_status need_manager(const struct rp_store *store, const struct rp_membership *membership,
                              struct rp_err *err) {
  return membership->is_manager ? RP_OK
                                : rp_err_set(err, RP_EREFUSED,
                                             _("%s is no team file; name one with --file, or make one by “rapport team "
                                               "create”"),
                                             rp_store_path(store));
}

static rp_status change_roster(struct rp_store *store, struct rp_membership *membership, struct rp_err *err) {
  membership->roster.version++;
  rp_status status = rp_store_begin(store, NULL, err);
  return status == RP_OK ? end(store, save_roster(store, membership, err), err) : status;
}

rp_status rp_team_admit(struct rp_store *store, const char *request, size_t length, struct rp_member *who,
                        struct rp_str *out, struct rp_err *err) {
  struct rp_membership membership;
  bool changed = false;
  *who = (struct rp_member){0};
  rp_status status = rp_membership_load(store, &membership, err);
  if (status != RP_OK)
    return status;
  status = need_manager(store, &membership, err);
  if (status == RP_OK)
    status = read_request(request, length, who, err);
  if (status == RP_OK)
    status = enter(&membership.roster, who, &changed, err);
  if (status == RP_OK && changed)
    status = change_roster(store, &membership, err);
  if (status == RP_OK)
    invite(&membership, who, out);
  if (status != RP_OK) {
    free(who->name);
    who->name = NULL;
  }
  rp_membership_fini(&membership);
  return status;
}

rp_status rp_team_revoke(struct rp_store *store, const struct rp_id *node, struct rp_err *err) {
  struct rp_membership membership;
  uint8_t hash[RP_STORE_HASH_SIZE];
  rp_status status = rp_membership_load(store, &membership, err);
  if (status != RP_OK)
    return status;
  status = need_manager(store, &membership, err);
  const struct rp_member *found = status == RP_OK ? rp_roster_member(&membership.roster, node) : NULL;
  if (status == RP_OK && found == NULL)
    status = rp_err_set(err, RP_ENOTFOUND, _("Nobody of that journal is in the team"));
  if (status == RP_OK && found->manager)
    status = rp_err_set(err, RP_EREFUSED, _("The manager cannot be revoked; the team file is theirs"));
  if (status == RP_OK && !found->revoked) {
    struct rp_member *member = &membership.roster.members.items[found - membership.roster.members.items];
    member->revoked = true;
    status = rp_store_bundle_last(store, node, &member->revoked_after, hash, err);
    if (status == RP_OK)
      status = change_roster(store, &membership, err);
  }
  rp_membership_fini(&membership);
  return status;
}

/* ---- accepting --------------------------------------------------------------------------------------------------- */

/* Whether the roster is signed by the manager it names, and this journal stands in it with its own keys. */
static rp_status check_roster(const struct rp_membership *membership, const struct rp_roster *roster, const char *text,
                              size_t length, const uint8_t signature[RP_SIGNATURE_SIZE], struct rp_err *err) {
  const struct rp_member *self = rp_roster_member(roster, &membership->node);
  if (!rp_sign_check(rp_roster_manager(roster)->keys.sign, text, length, signature))
    return rp_err_set(err, RP_EREFUSED, _("The roster is not signed by the manager it names; nothing was taken over"));
  if (self == NULL || memcmp(&self->keys, &membership->keys.open, sizeof self->keys) != 0)
    return rp_err_set(err, RP_EREFUSED,
                      _("The roster does not have this journal with its keys; send a new request (rapport team join)"));
  return RP_OK;
}

/* A team has one manager's key for good: whoever changes it is somebody else. */
static rp_status check_same_team(const struct rp_membership *membership, const struct rp_roster *roster,
                                 struct rp_err *err) {
  if (!membership->in_team)
    return RP_OK;
  if (!rp_id_equal(&membership->roster.team, &roster->team))
    return rp_err_set(err, RP_EREFUSED, _("This is of the team “%s”; the journal belongs to “%s”"), roster->name,
                      membership->roster.name);
  if (memcmp(&rp_roster_manager(&membership->roster)->keys, &rp_roster_manager(roster)->keys,
             sizeof(struct rp_member_public)) != 0)
    return rp_err_set(err, RP_EREFUSED,
                      _("The roster is signed by another manager than before; nothing was taken over"));
  return RP_OK;
}

static rp_status open_secret(const json_t *object, struct rp_membership *membership, struct rp_err *err) {
  uint8_t sealed[SEALED_SIZE];
  rp_status status = text_get_hex(object, "secret", sealed, sizeof sealed, err);
  if (status == RP_OK && crypto_box_seal_open(membership->erasure_key, sealed, sizeof sealed, membership->keys.open.box,
                                              membership->keys.box) != 0)
    status = rp_err_set(err, RP_EREFUSED, _("The invitation was made for somebody else, or damaged on its way"));
  return status;
}

static rp_status save_team(struct rp_store *store, struct rp_membership *membership, struct rp_err *err) {
  rp_status status = rp_store_begin(store, NULL, err);
  if (status != RP_OK)
    return status;
  status = set_bytes(store, KEY_ERASURE, membership->erasure_key, sizeof membership->erasure_key, err);
  if (status == RP_OK)
    status = set_role(store, ROLE_MEMBER, err);
  if (status == RP_OK)
    status = save_roster(store, membership, err);
  return end(store, status, err);
}

static void take_over(struct rp_membership *membership, struct rp_roster *roster, const char *text, size_t length,
                      const uint8_t signature[RP_SIGNATURE_SIZE]) {
  rp_str_clear(&membership->signed_roster);
  rp_str_addn(&membership->signed_roster, text, length);
  rp_roster_fini(&membership->roster);
  membership->roster = *roster;
  *roster = (struct rp_roster){0};
  memcpy(membership->signature, signature, RP_SIGNATURE_SIZE);
  membership->in_team = true;
}

rp_status rp_team_accept(struct rp_store *store, const char *invitation, size_t length, struct rp_err *err) {
  struct rp_membership membership;
  struct rp_roster roster = {0};
  json_t *object = NULL;
  const char *text;
  uint8_t signature[RP_SIGNATURE_SIZE];
  rp_status status = rp_membership_load(store, &membership, err);
  if (status != RP_OK)
    return status;
  status = signed_read(INVITATION, invitation, length, &object, &text, signature, err);
  if (status == RP_OK && !membership.has_keys)
    status = rp_err_set(err, RP_EREFUSED, _("This journal has sent no request; begin with “rapport team join”"));
  if (status == RP_OK)
    status = rp_roster_parse(text, strlen(text), &roster, err);
  if (status == RP_OK)
    status = check_roster(&membership, &roster, text, strlen(text), signature, err);
  if (status == RP_OK)
    status = check_same_team(&membership, &roster, err);
  if (status == RP_OK && membership.in_team && roster.version < membership.roster.version)
    status = rp_err_set(err, RP_EREFUSED, _("The invitation is older than the roster that is here already"));
  if (status == RP_OK)
    status = open_secret(object, &membership, err);
  if (status == RP_OK) {
    take_over(&membership, &roster, text, strlen(text), signature);
    status = save_team(store, &membership, err);
  }
  json_decref(object);
  rp_roster_fini(&roster);
  rp_membership_fini(&membership);
  return status;
}

rp_status rp_team_take_roster(struct rp_store *store, struct rp_membership *membership, const char *text, size_t length,
                              const uint8_t signature[RP_SIGNATURE_SIZE], struct rp_err *err) {
  struct rp_roster roster;
  rp_status status = rp_roster_parse(text, length, &roster, err);
  if (status != RP_OK)
    return status;
  status = check_roster(membership, &roster, text, length, signature, err);
  if (status == RP_OK)
    status = check_same_team(membership, &roster, err);
  if (status == RP_OK && !membership->is_manager && roster.version > membership->roster.version) {
    take_over(membership, &roster, text, length, signature);
    status = save_roster(store, membership, err);
  }
  rp_roster_fini(&roster);
  return status;
}
