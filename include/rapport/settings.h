/*
 * Settings: XDG_CONFIG_HOME/rapport/config.yaml. One table of options says what there is; reading, `rapport config`,
 * the manual and the editing of the file walk it.
 *
 *     language: fi
 *     theme: light
 *     audience: {interaction: team}
 *     keys:
 *       undo: U
 *       log: [m, Ctrl-N]
 *       palette: []        # no key
 */
#ifndef RAPPORT_SETTINGS_H
#define RAPPORT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/err.h"
#include "rapport/record.h"
#include "rapport/str.h"
#include "rapport/yaml.h"

struct rp_option {
  const char *name;         /* with a dot: in a nested map of the file */
  enum rp_yaml_type type;   /* RP_YAML_BOOL, RP_YAML_NUMBER, RP_YAML_WORD, RP_YAML_STRING */
  const char *const *words; /* RP_YAML_WORD: what is allowed, ends in NULL */
  const char *help;         /* one line; to be translated when shown */
  int standard;             /* of a BOOL, NUMBER or WORD */
  int high;                 /* of a NUMBER: 0 to this */
  size_t offset;            /* in struct rp_settings */
};

/* A key that the file gives to an action. Whether both exist is for the interface to say (rp_settings_fail_key). */
struct rp_settings_key {
  const char *action;
  const char *key; /* NULL: the action has no key */
  const struct rp_yaml_node *action_at, *key_at;
};

struct rp_settings {
  int language; /* index in the option's words; rp_settings_language reads it */
  char *theme;
  bool ascii;
  bool mouse;
  int32_t lock_after_minutes;          /* nobody has typed; 0: never */
  int week_start;                      /* index in the option's words; rp_settings_first_weekday reads it */
  int audiences[RP_TYPE_RECORD_COUNT]; /* enum rp_audience of new records, by type */
  struct rp_settings_key *keys;        /* in the order of the file; an action's keys stand together */
  size_t key_count;
  struct rp_yaml *document; /* what was read; NULL: nothing */
  char *path;               /* of the file, also when it is not there; NULL: parsed from bytes, or no home */
};

/* The options, in the order in which they are shown. Borrowed, constant. */
const struct rp_option *rp_options(size_t *count);

/* Every option at its default. */
void rp_settings_init(struct rp_settings *out);
void rp_settings_fini(struct rp_settings *settings);
/* The settings of a file, NULL: of config.yaml in the configuration folder. That a file is not there is no error. The
 * caller calls rp_settings_fini. RP_EREFUSED with file, line and column; RP_EIO. *out is unchanged after an error. */
rp_status rp_settings_load(const char *path, struct rp_settings *out, struct rp_err *err);
/* The same from bytes. */
rp_status rp_settings_parse(const char *bytes, size_t length, struct rp_settings *out, struct rp_err *err);

/* The language for rp_i18n_init: "fi", "" when the environment decides. Borrowed. */
const char *rp_settings_language(const struct rp_settings *settings);
/* The day with which a week begins: 0 Monday .. 6 Sunday. */
int rp_settings_first_weekday(const struct rp_settings *settings);
/* Appends an option's present value as the file would have it. */
void rp_settings_print(const struct rp_settings *settings, const struct rp_option *option, struct rp_str *out);
/* The line of the file that sets an option, 0: it has its default. */
unsigned rp_settings_line(const struct rp_settings *settings, const struct rp_option *option);

/* Says that a key of the file cannot be used: sets the error (RP_EREFUSED) with its place in the file. `at` is
 * action_at or key_at. */
rp_status rp_settings_fail(const struct rp_settings *settings, const struct rp_yaml_node *at, struct rp_err *err,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Sets one option in the file, NULL: config.yaml in the configuration folder, which is made when it is not there; "" as
 * value takes the option out, so that it has its default. Comments and order stay. The file is written whole or not at
 * all. RP_EUSAGE: no such option, or a value that is not allowed (a theme must be there); RP_EREFUSED: the file has
 * errors, or is written in a way that only a person can change; RP_EIO. */
rp_status rp_settings_set(const char *path, const char *name, const char *value, struct rp_err *err);
/* The same on a text: appends the changed one to `out`. */
rp_status rp_settings_edit(const char *text, size_t length, const char *name, const char *value, struct rp_str *out,
                           struct rp_err *err);

#endif
