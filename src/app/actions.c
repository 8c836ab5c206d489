/* The tables of views and actions. */
#include "rapport/actions.h"

#include <string.h>

#define ROW(NAME, name, keys, label, sentence, where) {#name, keys, label, sentence, where},
static const struct rp_action_row rows[] = {RP_ACTIONS(ROW)};

#define VIEW(NAME, name, label) label,
static const char *const views[] = {RP_VIEWS(VIEW)};

const struct rp_action_row *rp_action_row(enum rp_action action) {
  return &rows[action];
}

enum rp_action rp_action_find(const char *name) {
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    if (strcmp(rows[i].name, name) == 0)
      return (enum rp_action)i;
  }
  return RP_ACTION_NONE;
}

const char *rp_view_label(enum rp_view view) {
  return _(views[view]);
}
