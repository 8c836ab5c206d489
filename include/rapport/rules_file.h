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
/* The same from the bytes of a file of that origin. */
rp_status rp_rules_file_parse(const char *bytes, size_t length, enum rp_rules_origin origin, struct rp_rules *out,
                              struct rp_err *err);
/* A person's own file over the rules of their team (rp_rules_file_parse), which are taken over, also by an error. The
 * thresholds stay the team's, since stages are compared in it; suggestions are the person's to change, and one that the
 * team has taken away may be turned off all the same. Else as rp_rules_file_load. */
rp_status rp_rules_file_load_over(struct rp_rules *team, const char *path, struct rp_rules *out, struct rp_err *err);
/* Appends the rules as a file that rp_rules_file_parse reads back as the same rules, each threshold with what it means
 * and, beside what is not shipped, whose it is. */
void rp_rules_file_print(const struct rp_rules *rules, struct rp_str *out);

/* How many thresholds and suggestions are others in `after`; `visit` is told each in a sentence, translated, which is
 * borrowed. */
struct rp_rules_difference {
  size_t thresholds, suggestions;
};
struct rp_rules_difference rp_rules_file_difference(const struct rp_rules *before, const struct rp_rules *after,
                                                    void (*visit)(void *data, const char *sentence), void *data);

#endif
