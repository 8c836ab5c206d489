/*
 * The engine beside its page (reference_engine.c) and beside itself. What differs comes as a sentence about the first
 * difference, kept until the next comparison; NULL when nothing does.
 */
#ifndef RAPPORT_REFERENCE_COMPARE_H
#define RAPPORT_REFERENCE_COMPARE_H

#include "history_builder.h"
#include "rapport/engine.h"

/* "WHAT is OURS, expected EXPECTED". */
const char *differ(const char *what, int64_t ours, int64_t expected);
/* The engine and the page on one history. */
const char *differs_from_page(struct builder *builder, const struct rp_rules *rules, rp_date as_of);
/* Two assessments of the engine, to the last id. */
const char *compare_assessments(const struct rp_assessment *ours, const struct rp_assessment *other);

/* Takes out of the history what it can lose and still differ from the page. */
void shrink_history(struct builder *builder, const struct rp_rules *rules, rp_date as_of);
/* Prints it so that it can be written again as calls of the builder. */
void print_history(struct builder *builder, const struct rp_rules *rules, rp_date as_of);

#endif
