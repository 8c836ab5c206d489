/* Rules with one suggestion of its own, for tests. */
#ifndef RAPPORT_OWN_RULES_H
#define RAPPORT_OWN_RULES_H

#include "rapport/rules.h"

/* `when` is one condition. The caller calls rp_rules_fini. */
void own_rules(struct rp_rules *own, const char *when, enum rp_asks_how how, int domain, int layer);

#endif
