/* The rules that a manager gives a team: signed, carried in bundles, and laid under a person's own. */
#include "rapport/team_rules.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "signed_text.h"
#include "team_rules_news.h"

#define FORMAT "rapport-team-rules"
#define KEY_RULES "rules"
#define KEY_SIGNATURE "rules signature"
#define VERSION_MOST (INT64_C(1) << 53) /* more changes than anybody makes */

void rp_team_rules_fini(struct rp_team_rules *rules) {
  free(rules->text);
  *rules = (struct rp_team_rules){0};
}

/* ---- the text that is signed ------------------------------------------------------------------------------------- */

static void print(const struct rp_team_rules *rules, const struct rp_id *team, struct rp_str *out) {
  struct rp_str day = {0};
  json_t *object = json_object();
  if (object == NULL)
    rp_mem_exhausted();
  rp_date_format(rules->since, &day);
  rp_json_set_text(object, "format", FORMAT);
  text_set_id(object, "team", team);
  rp_json_set(object, "version", json_integer((json_int_t)rules->version));
  rp_json_set_text(object, "since", rp_str_text(&day));
  if (rules->text != NULL)
    rp_json_set_text(object, "text", rules->text);
  rp_json_add(out, object);
  json_decref(object);
  rp_str_fini(&day);
}

static rp_status read_text(const json_t *json, char **out, struct rp_err *err) {
  struct rp_str clean = {0};
  if (json == NULL)
    return RP_OK;
  if (!json_is_string(json))
    return rp_err_set(err, RP_EREFUSED, _("%s is missing or no text"), "text");
  if (json_string_length(json) > RP_TEAM_RULES_MOST)
    return rp_err_set(err, RP_EREFUSED, _("The team's rules have more than %d KiB, which none may have"),
                      RP_TEAM_RULES_MOST >> 10);
  rp_status status = rp_utf8_clean(json_string_value(json), json_string_length(json), RP_UTF8_MANY_LINES, &clean, err);
  if (status == RP_OK)
    *out = rp_str_take(&clean);
  rp_str_fini(&clean);
  return status;
}

/* `team`: whose they must be; NULL: they were looked at before. */
static rp_status parse(const char *text, size_t length, const struct rp_id *team, struct rp_team_rules *out,
                       struct rp_err *err) {
  struct rp_id of;
  json_t *object = NULL;
  *out = (struct rp_team_rules){0};
  rp_status status = rp_json_parse(text, length, &object, err);
  const char *format = json_string_value(json_object_get(object, "format"));
  const char *since = json_string_value(json_object_get(object, "since"));
  json_int_t version = json_integer_value(json_object_get(object, "version"));
  if (status == RP_OK && (format == NULL || strcmp(format, FORMAT) != 0 || version < 1 || version > VERSION_MOST))
    status = rp_err_set(err, RP_EREFUSED, _("The team's rules have no version"));
  if (status == RP_OK)
    status = text_get_id(object, "team", true, &of, err);
  if (status == RP_OK && team != NULL && !rp_id_equal(&of, team))
    status = rp_err_set(err, RP_EREFUSED, _("The rules are of another team"));
  if (status == RP_OK)
    status = rp_date_parse(since != NULL ? since : "", &out->since, err);
  out->version = (uint64_t)version;
  if (status == RP_OK)
    status = read_text(json_object_get(object, "text"), &out->text, err);
  json_decref(object);
  if (status != RP_OK)
    rp_team_rules_fini(out);
  return status;
}

/* ---- what is kept ------------------------------------------------------------------------------------------------ */

struct kept {
  struct rp_str text; /* that is signed; empty: there is none */
  uint8_t signature[RP_SIGNATURE_SIZE];
};

static rp_status load_kept(struct rp_store *store, struct kept *out, struct rp_err *err) {
  struct rp_str signature = {0};
  bool found, is_signed = false;
  *out = (struct kept){0};
  rp_status status = rp_store_team_get(store, KEY_RULES, &out->text, &found, err);
  if (status == RP_OK && found)
    status = rp_store_team_get(store, KEY_SIGNATURE, &signature, &is_signed, err);
  if (status == RP_OK && found && (!is_signed || signature.length != sizeof out->signature))
    status = rp_err_set(err, RP_EREFUSED, _("%s is damaged; “rapport check --repair” saves what can be read"),
                        rp_store_path(store));
  if (status == RP_OK && found)
    memcpy(out->signature, signature.data, sizeof out->signature);
  rp_str_fini(&signature);
  if (status != RP_OK)
    rp_str_fini(&out->text);
  return status;
}

/* Inside an action. With a tick, so that whoever has the journal open concludes anew. */
static rp_status save(struct rp_store *store, const char *text, size_t length, const uint8_t *signature,
                      struct rp_err *err) {
  struct rp_dot dot;
  rp_status status = rp_store_team_set(store, KEY_RULES, text, length, err);
  if (status == RP_OK)
    status = rp_store_team_set(store, KEY_SIGNATURE, (const char *)signature, RP_SIGNATURE_SIZE, err);
  return status == RP_OK ? rp_store_tick(store, &dot, err) : status;
}

static rp_status get(struct rp_store *store, struct kept *kept, struct rp_team_rules *out, struct rp_err *err) {
  *out = (struct rp_team_rules){0};
  rp_status status = load_kept(store, kept, err);
  return status == RP_OK && kept->text.length > 0 ? parse(rp_str_text(&kept->text), kept->text.length, NULL, out, err)
                                                  : status;
}

rp_status rp_team_rules_get(struct rp_store *store, struct rp_team_rules *out, struct rp_err *err) {
  struct kept kept;
  rp_status status = get(store, &kept, out, err);
  rp_str_fini(&kept.text);
  return status;
}

/* ---- the manager gives them -------------------------------------------------------------------------------------- */

static rp_status check(const char *text, size_t length, struct rp_str *clean, struct rp_err *err) {
  struct rp_rules rules;
  if (length > RP_TEAM_RULES_MOST)
    return rp_err_set(err, RP_EREFUSED, _("The team's rules have more than %d KiB, which none may have"),
                      RP_TEAM_RULES_MOST >> 10);
  rp_status status = rp_rules_file_parse(text, length, RP_RULES_TEAM, &rules, err);
  if (status != RP_OK)
    return status;
  rp_rules_fini(&rules);
  return rp_utf8_clean(text, length, RP_UTF8_MANY_LINES, clean, err);
}

static rp_status sign(struct rp_store *store, const struct rp_membership *membership, const struct rp_team_rules *rules,
                      struct rp_err *err) {
  uint8_t signature[RP_SIGNATURE_SIZE];
  struct rp_str text = {0};
  print(rules, &membership->roster.team, &text);
  rp_sign_text(&membership->keys, rp_str_text(&text), text.length, signature);
  rp_status status = rp_store_begin(store, NULL, err);
  if (status == RP_OK) {
    status = save(store, rp_str_text(&text), text.length, signature, err);
    if (status == RP_OK)
      status = rp_store_commit(store, err);
    else
      rp_store_rollback(store);
  }
  rp_str_fini(&text);
  return status;
}

rp_status rp_team_rules_set(struct rp_store *store, const char *text, size_t length, rp_date today, bool *changed,
                            struct rp_err *err) {
  struct rp_membership membership;
  struct rp_team_rules rules = {0};
  struct rp_str clean = {0};
  *changed = false;
  rp_status status = rp_membership_load(store, &membership, err);
  if (status != RP_OK)
    return status;
  if (!membership.is_manager)
    status = rp_err_set(err, RP_EREFUSED, _("%s is no team file; only the manager gives a team its rules"),
                        rp_store_path(store));
  if (status == RP_OK && text != NULL)
    status = check(text, length, &clean, err);
  if (status == RP_OK)
    status = rp_team_rules_get(store, &rules, err);
  if (status == RP_OK && !rp_str_equal(rules.text, text != NULL ? rp_str_text(&clean) : NULL)) {
    free(rules.text);
    rules.text = text != NULL ? rp_str_take(&clean) : NULL;
    rules.version++;
    rules.since = today;
    status = sign(store, &membership, &rules, err);
    *changed = status == RP_OK;
  }
  rp_team_rules_fini(&rules);
  rp_str_fini(&clean);
  rp_membership_fini(&membership);
  return status;
}

/* ---- in bundles -------------------------------------------------------------------------------------------------- */

rp_status team_rules_write(struct rp_store *store, bool is_manager, json_t *head, struct rp_err *err) {
  struct rp_team_rules rules;
  struct kept kept;
  rp_status status = get(store, &kept, &rules, err);
  if (status == RP_OK && rules.version > 0 && !is_manager) {
    rp_json_set(head, "rules_version", json_integer((json_int_t)rules.version));
  } else if (status == RP_OK && rules.version > 0) {
    rp_json_set_text(head, "rules", rp_str_text(&kept.text));
    text_set_hex(head, "rules_signature", kept.signature, sizeof kept.signature);
  }
  rp_team_rules_fini(&rules);
  rp_str_fini(&kept.text);
  return status;
}

static char *member_key(const struct rp_id *node) {
  char id[RP_ID_TEXT_SIZE];
  return rp_str_format("rules of %s", rp_id_format(node, id));
}

rp_status rp_team_rules_of_member(struct rp_store *store, const struct rp_id *node, uint64_t *version,
                                  struct rp_err *err) {
  char *key = member_key(node);
  struct rp_str text = {0};
  bool found;
  rp_status status = rp_store_team_get(store, key, &text, &found, err);
  *version = status == RP_OK && found ? strtoull(rp_str_text(&text), NULL, 10) : 0;
  rp_str_fini(&text);
  free(key);
  return status;
}

/* An earlier bundle that comes later says nothing of today. */
static rp_status note_version(struct rp_store *store, const json_t *head, struct rp_err *err) {
  const json_t *json = json_object_get(head, "rules_version");
  json_int_t version = json_integer_value(json);
  uint8_t hash[RP_STORE_HASH_SIZE];
  struct rp_id sender;
  uint64_t last = 0;
  if (json == NULL)
    return RP_OK;
  if (!json_is_integer(json) || version < 1 || version > VERSION_MOST)
    return rp_err_set(err, RP_EREFUSED, _("The team's rules have no version"));
  rp_status status = text_get_id(head, "sender", true, &sender, err);
  if (status == RP_OK)
    status = rp_store_bundle_last(store, &sender, &last, hash, err);
  if (status != RP_OK || last > (uint64_t)json_integer_value(json_object_get(head, "sequence")))
    return status;
  char *key = member_key(&sender), *text = rp_str_format("%lld", (long long)version);
  status = rp_store_team_set(store, key, text, strlen(text), err);
  free(text);
  free(key);
  return status;
}

static void add_line(void *data, const char *sentence) {
  struct rp_rules_news *news = data;
  *rp_vec_add(&news->lines) = rp_mem_text(sentence);
}

/* The rules of the team without anybody's own. */
static rp_status of_team(const struct rp_team_rules *rules, struct rp_rules *out, struct rp_err *err) {
  if (rules->text != NULL)
    return rp_rules_file_parse(rules->text, strlen(rules->text), RP_RULES_TEAM, out, err);
  rp_rules_file_shipped(out);
  return RP_OK;
}

static rp_status compare(const struct rp_team_rules *before, const struct rp_team_rules *after,
                         struct rp_rules_news *news, struct rp_err *err) {
  struct rp_rules old, now;
  rp_status status = of_team(after, &now, err);
  if (status != RP_OK)
    return status;
  if (of_team(before, &old, NULL) != RP_OK) /* which this rapport has never understood */
    rp_rules_file_shipped(&old);
  news->difference = rp_rules_file_difference(&old, &now, add_line, news);
  rp_rules_fini(&old);
  rp_rules_fini(&now);
  return RP_OK;
}

/* A newer rapport may have facts and keys that this one does not know: then all else of the bundle is still news. */
static rp_status take(struct rp_store *store, const char *text, size_t length, const uint8_t *signature,
                      const struct rp_team_rules *before, const struct rp_team_rules *after, struct rp_rules_news *news,
                      struct rp_err *err) {
  struct rp_err fault = {0};
  if (compare(before, after, news, &fault) != RP_OK) {
    struct rp_str sentence = {0};
    rp_err_format(&fault, &sentence);
    while (sentence.length > 0 && sentence.data[sentence.length - 1] == '\n')
      rp_str_cut(&sentence, sentence.length - 1);
    news->fault = rp_str_take(&sentence);
    return RP_OK;
  }
  news->changed = true;
  return save(store, text, length, signature, err);
}

static rp_status read_signed(struct rp_store *store, const struct rp_membership *membership, const char *text,
                             size_t length, const uint8_t *signature, struct rp_rules_news *news, struct rp_err *err) {
  struct rp_team_rules after = {0}, before = {0};
  struct kept kept = {0};
  if (!rp_sign_check(rp_roster_manager(&membership->roster)->keys.sign, text, length, signature))
    return rp_err_set(err, RP_EREFUSED, _("The team's rules are not signed by its manager; nothing was taken over"));
  rp_status status = parse(text, length, &membership->roster.team, &after, err);
  if (status == RP_OK)
    status = get(store, &kept, &before, err);
  bool same = status == RP_OK && strcmp(rp_str_text(&kept.text), text) == 0;
  if (status == RP_OK && after.version == before.version && !same)
    status = rp_err_set(err, RP_EREFUSED,
                        _("Version %llu of the team's rules came before with another text; ask the manager"),
                        (unsigned long long)after.version);
  if (status == RP_OK && after.version > before.version) {
    news->version = after.version;
    news->since = after.since;
    news->taken_back = after.text == NULL;
    status = take(store, text, length, signature, &before, &after, news, err);
  }
  rp_team_rules_fini(&after);
  rp_team_rules_fini(&before);
  rp_str_fini(&kept.text);
  return status;
}

rp_status team_rules_read(struct rp_store *store, const struct rp_membership *membership, const json_t *head,
                          struct rp_rules_news *news, struct rp_err *err) {
  const json_t *json = json_object_get(head, "rules");
  uint8_t signature[RP_SIGNATURE_SIZE];
  if (membership->is_manager) /* a team file has its own */
    return note_version(store, head, err);
  if (json == NULL)
    return RP_OK;
  if (!json_is_string(json))
    return rp_err_set(err, RP_EREFUSED, _("%s is missing or no text"), "rules");
  rp_status status = text_get_hex(head, "rules_signature", signature, sizeof signature, err);
  return status == RP_OK
             ? read_signed(store, membership, json_string_value(json), json_string_length(json), signature, news, err)
             : status;
}

/* ---- in force ---------------------------------------------------------------------------------------------------- */

rp_status rp_team_rules_load(struct rp_store *store, struct rp_team_rules_source *source, struct rp_rules *out,
                             struct rp_err *err) {
  struct rp_team_rules team;
  struct rp_rules below;
  rp_status status = rp_team_rules_get(store, &team, err);
  if (status != RP_OK)
    return status;
  if (team.text != NULL && of_team(&team, &below, NULL) == RP_OK)
    status = rp_rules_file_load_over(&below, source->path, out, err);
  else
    status = rp_rules_file_load(source->path, out, err);
  if (status == RP_OK) {
    source->version = team.version;
    source->read = true;
  }
  rp_team_rules_fini(&team);
  return status;
}

rp_status rp_team_rules_renew(void *data, struct rp_store *store, struct rp_rules *rules, bool *changed,
                              struct rp_err *err) {
  struct rp_team_rules_source *source = data;
  struct rp_team_rules team;
  struct rp_rules now;
  *changed = false;
  rp_status status = rp_team_rules_get(store, &team, err);
  if (status != RP_OK)
    return status;
  bool same = source->read && team.version == source->version;
  rp_team_rules_fini(&team);
  if (same)
    return RP_OK;
  status = rp_team_rules_load(store, source, &now, err);
  if (status != RP_OK)
    return status;
  rp_rules_fini(rules);
  *rules = now;
  *changed = true;
  return RP_OK;
}
