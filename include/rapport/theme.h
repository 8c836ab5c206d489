/*
 * Themes: YAML files that give the slots of style.h their colours and attributes. Shipped ones are in themes/ and in
 * the binary; a person's own are XDG_CONFIG_HOME/rapport/themes/NAME.yaml and come before the shipped ones.
 *
 *     description: dark, with few muted colours
 *     inherits: default            # begin with another theme; with its own name: the shipped one of that name
 *     ascii: false                 # true: draw with ASCII only
 *     palette: {ink: "#d7dae0"}    # names for colours; those of the inheriting theme win everywhere
 *     slots:
 *       title: ink                 # the foreground alone, or
 *       late: {fg: red, bg: none, attributes: [bold, underline]}
 *
 * A colour is a name of the palette, black red green yellow blue magenta cyan white, bright-black to bright-white, a
 * number 0-255, "#rrggbb", `default` (the terminal's own) or `none` (as the layer below). Attributes are bold, dim,
 * italic, underline, reverse. What a slot leaves out stays as it was inherited, else as style.h says.
 */
#ifndef RAPPORT_THEME_H
#define RAPPORT_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/err.h"
#include "rapport/style.h"

#define RP_THEME_LEVELS 8 /* themes that inherit from one another */

/* The shipped theme `default`. */
void rp_theme_default(struct rp_theme *out);
/* A theme by name: the person's own, else a shipped one. RP_ENOTFOUND with the names there are; RP_EREFUSED with file,
 * line and column of a fault, also one in a theme it inherits from. *out is unchanged after an error. */
rp_status rp_theme_load(const char *name, struct rp_theme *out, struct rp_err *err);
/* A theme from a file, as `theme check` does; it is named after the file. Errors as above. */
rp_status rp_theme_load_file(const char *path, struct rp_theme *out, struct rp_err *err);
/* The same from bytes, named `name`; it may inherit from shipped themes only. */
rp_status rp_theme_parse(const char *name, const char *bytes, size_t length, struct rp_theme *out, struct rp_err *err);

struct rp_theme_entry {
  char *name;
  char *path;        /* of a person's own; NULL: shipped */
  char *description; /* "" when it has none; of a broken one the sentence that says why */
  bool broken;
};

struct rp_theme_list {
  struct rp_theme_entry *items; /* by name, no name twice */
  size_t count;
};

/* All themes that can be chosen. The caller calls rp_theme_list_fini. */
void rp_theme_list(struct rp_theme_list *out);
void rp_theme_list_fini(struct rp_theme_list *list);

#endif
