/* Where themes are: shared by theme.c and theme_find.c only. */
#ifndef RAPPORT_THEME_INTERNAL_H
#define RAPPORT_THEME_INTERNAL_H

#include <stdbool.h>

#include "rapport/err.h"
#include "rapport/yaml.h"

struct theme_source {
  char *name;
  char *file; /* what an error calls it: its path, "themes/NAME.yaml" for a shipped one */
  bool own;   /* a person's, not shipped */
  struct rp_yaml *yaml;
};

/* Finds a theme by name and reads its document: the person's own unless `shipped_only`, else the shipped one. */
rp_status theme_source_open(const char *name, bool shipped_only, struct theme_source *out, struct rp_err *err);
void theme_source_fini(struct theme_source *source);

#endif
