/* Which key means which action: the defaults of the table, changed by the settings. */
#ifndef APP_KEYS_H
#define APP_KEYS_H

#include "rapport/actions.h"
#include "rapport/key.h"
#include "rapport/settings.h"

struct binding {
  enum rp_action action;
  struct rp_key key;
  const struct rp_yaml_node *at; /* where the settings say so; NULL: a default */
};

struct keymap {
  struct binding *items;
  size_t count;
  size_t capacity;
};

/* The default keys, those of `settings` (may be NULL) in place of an action's defaults. Adds a fault, with file, line
 * and column, for each action or key that there is not, and for each key that another action has in one of the same
 * views: that one keeps it. What is at fault is left aside; an action that has no key of its own then gets its defaults
 * as far as they are free. */
void keymap_init(struct keymap *keymap, const struct rp_settings *settings, struct rp_errs *faults);
void keymap_fini(struct keymap *keymap);
/* The action of a key in a view; RP_ACTION_NONE when it has none. */
enum rp_action keymap_find(const struct keymap *keymap, enum rp_view view, struct rp_key key);
/* The first key of an action in a view; false when it has none. `typing`: letters are text there. */
bool keymap_key(const struct keymap *keymap, enum rp_action action, bool typing, struct rp_key *out);
/* Appends the names of all keys of an action, with blanks between. `typing` as above. */
void keymap_print(const struct keymap *keymap, enum rp_action action, bool typing, struct rp_str *out);

#endif
