#include "keys.h"

#include <assert.h>
#include <string.h>

#include "rapport/nearest.h"
#include "rapport/vec.h"

static void add_binding(struct keymap *keymap, enum rp_action action, struct rp_key key,
                        const struct rp_yaml_node *at) {
  *rp_vec_add(keymap) = (struct binding){action, key, at};
}

static bool is_changed(const struct rp_settings *settings, const char *action) {
  for (size_t i = 0; settings != NULL && i < settings->key_count; i++) {
    if (strcmp(settings->keys[i].action, action) == 0)
      return true;
  }
  return false;
}

/* A binding of another action with this key in one of the same views. */
static struct binding *find_rival(const struct keymap *keymap, enum rp_action action, struct rp_key key) {
  unsigned where = rp_action_row(action)->where;
  for (size_t i = 0; i < keymap->count; i++) {
    struct binding *binding = &keymap->items[i];
    if (binding->action != action && rp_key_equal(binding->key, key) &&
        (rp_action_row(binding->action)->where & where) != 0)
      return binding;
  }
  return NULL;
}

/* Whether the settings name a key of this action that could be taken; or take all of them away. */
static bool is_settled(const struct keymap *keymap, const struct rp_settings *settings, enum rp_action action) {
  for (size_t i = 0; i < keymap->count; i++) {
    if (keymap->items[i].action == action)
      return true;
  }
  for (size_t i = 0; settings != NULL && i < settings->key_count; i++) {
    if (settings->keys[i].key == NULL && strcmp(settings->keys[i].action, rp_action_row(action)->name) == 0)
      return true;
  }
  return false;
}

static void fail_action(const struct rp_settings *settings, const struct rp_settings_key *wanted, struct rp_err *err) {
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, wanted->action, strlen(wanted->action));
  for (int i = 0; i < RP_ACTION_COUNT; i++)
    rp_nearest_try(&nearest, rp_action_row((enum rp_action)i)->name);
  if (nearest.best != NULL)
    rp_settings_fail(settings, wanted->action_at, err, _("there is no action “%s”; did you mean %s?"), wanted->action,
                     nearest.best);
  else
    rp_settings_fail(settings, wanted->action_at, err,
                     _("there is no action “%s”; the help of the interface (?) names them"), wanted->action);
  rp_nearest_fini(&nearest);
}

static rp_status add_settings_key(struct keymap *keymap, const struct rp_settings *settings,
                                  const struct rp_settings_key *wanted, struct rp_err *err) {
  enum rp_action action = rp_action_find(wanted->action);
  if (action == RP_ACTION_NONE) {
    fail_action(settings, wanted, err);
    return RP_EREFUSED;
  }
  if (wanted->key == NULL)
    return RP_OK;
  struct rp_key key;
  struct rp_err reason;
  if (rp_key_parse(wanted->key, &key, &reason) != RP_OK)
    return rp_settings_fail(settings, wanted->key_at, err, "%s", reason.text);
  const struct binding *rival = find_rival(keymap, action, key);
  if (rival != NULL)
    return rp_settings_fail(
        settings, wanted->key_at, err,
        _("the key %s of “%s” is also the key of “%s” on the same screen, which keeps it; give one of them another"),
        wanted->key, wanted->action, rp_action_row(rival->action)->name);
  add_binding(keymap, action, key, wanted->key_at);
  return RP_OK;
}

/* The keys of the table, those that are free. */
static void add_defaults(struct keymap *keymap, enum rp_action action) {
  for (const char *at = rp_action_row(action)->keys; *at != '\0';) {
    size_t length = strcspn(at, " ");
    char name[32];
    assert(length < sizeof name);
    memcpy(name, at, length);
    name[length] = '\0';
    struct rp_key key;
    rp_status status = rp_key_parse(name, &key, NULL);
    assert(status == RP_OK);
    if (status == RP_OK && find_rival(keymap, action, key) == NULL)
      add_binding(keymap, action, key, NULL);
    at += length + strspn(at + length, " ");
  }
}

void keymap_init(struct keymap *keymap, const struct rp_settings *settings, struct rp_errs *faults) {
  *keymap = (struct keymap){0};
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    if (!is_changed(settings, rp_action_row((enum rp_action)i)->name))
      add_defaults(keymap, (enum rp_action)i);
  }
  for (size_t i = 0; settings != NULL && i < settings->key_count; i++) {
    struct rp_err fault = {0};
    if (add_settings_key(keymap, settings, &settings->keys[i], &fault) != RP_OK)
      *rp_vec_add(faults) = fault;
  }
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    if (!is_settled(keymap, settings, (enum rp_action)i))
      add_defaults(keymap, (enum rp_action)i);
  }
}

void keymap_fini(struct keymap *keymap) {
  rp_vec_fini(keymap);
}

enum rp_action keymap_find(const struct keymap *keymap, enum rp_view view, struct rp_key key) {
  for (size_t i = 0; i < keymap->count; i++) {
    const struct binding *binding = &keymap->items[i];
    if ((rp_action_row(binding->action)->where >> view & 1U) != 0 && rp_key_equal(binding->key, key))
      return binding->action;
  }
  return RP_ACTION_NONE;
}

bool keymap_key(const struct keymap *keymap, enum rp_action action, bool typing, struct rp_key *out) {
  for (size_t i = 0; i < keymap->count; i++) {
    const struct binding *binding = &keymap->items[i];
    if (binding->action != action || (typing && rp_key_character(binding->key) != RP_KEY_NONE))
      continue;
    *out = binding->key;
    return true;
  }
  return false;
}

void keymap_print(const struct keymap *keymap, enum rp_action action, bool typing, struct rp_str *out) {
  bool first = true;
  for (size_t i = 0; i < keymap->count; i++) {
    const struct binding *binding = &keymap->items[i];
    if (binding->action != action || (typing && rp_key_character(binding->key) != RP_KEY_NONE))
      continue;
    rp_str_add(out, first ? "" : " ");
    rp_key_format(binding->key, out);
    first = false;
  }
}
