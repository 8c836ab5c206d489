/*
 * The shipped rules for tests of the engine, which must not link the layer that reads YAML: a reader of just the shape
 * that rules/default.yaml is written in. Whatever it does not understand fails the test.
 */
#ifndef RAPPORT_DEFAULT_RULES_H
#define RAPPORT_DEFAULT_RULES_H

#include "rapport/rules.h"

/* Fills the rules from $top_srcdir/rules/default.yaml. The caller calls rp_rules_fini. */
void default_rules(struct rp_rules *rules);
/* The index of a suggestion; fails when there is none. */
int default_rules_find(const struct rp_rules *rules, const char *id);

#endif
