/*
 * Files that are shipped and also held in the binary: rules/default.yaml and themes/. build-aux/embed.sh makes the
 * source at build time from the files themselves, so that there is one source for both.
 */
#ifndef RAPPORT_EMBEDDED_H
#define RAPPORT_EMBEDDED_H

#include <stddef.h>

struct rp_embedded {
  const char *name; /* the file's name without folder and extension; NULL in the row that ends a table */
  const char *text; /* the file, ended by a NUL */
  size_t length;    /* bytes without that NUL */
};

/* rules/default.yaml. */
extern const char rp_embedded_rules_default[];
extern const size_t rp_embedded_rules_default_length; /* bytes without the NUL */

/* All of themes/, by name, ended by a row of NULL. */
extern const struct rp_embedded rp_embedded_themes[];

#endif
