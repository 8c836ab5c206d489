/*
 * The rules as YAML: rules/default.yaml is shipped and in the binary; a person's file changes what it names and leaves
 * the rest. Thresholds that are absent keep their defaults. Suggestions merge by id: a known id replaces the shipped
 * one at its place, a new one comes behind all others, `off: true` takes one away. The format is described in
 * rules/default.yaml; its keys are the thresholds of rules.h and `suggestions`.
 */
#ifndef RAPPORT_RULES_FILE_H
#define RAPPORT_RULES_FILE_H

#include <stddef.h>

#include "rapport/err.h"
#include "rapport/rules.h"
#include "rapport/str.h"

/* The shipped rules. The caller calls rp_rules_fini. */
void rp_rules_file_shipped(struct rp_rules *out);
/* The shipped rules with those of a file laid over them; NULL: of XDG_CONFIG_HOME/rapport/rules.yaml if that is there.
 * The caller calls rp_rules_fini. RP_ENOTFOUND for a named file that is not there; RP_EREFUSED with file, line and
 * column, in a condition the column of what is wrong in it; RP_EIO. *out is unchanged after an error. */
rp_status rp_rules_file_load(const char *path, struct rp_rules *out, struct rp_err *err);
/* The same from bytes. */
rp_status rp_rules_file_parse(const char *bytes, size_t length, struct rp_rules *out, struct rp_err *err);
/* Appends the rules as a file that rp_rules_file_parse reads back as the same rules, each threshold with what it means.
 */
void rp_rules_file_print(const struct rp_rules *rules, struct rp_str *out);

#endif
