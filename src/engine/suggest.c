/*
 * Next steps (engine.md, "Next steps"): which suggestions of the rules file fit, on which records they stand, and
 * whether they are on hold.
 */
#include <stdlib.h>
#include <string.h>

#include "engine_internal.h"

#define ANY_DOMAIN RP_CODE_NONE

/* ---- conditions ---- */

static bool compare(int32_t left, enum rp_condition_op op, int32_t right) {
  switch (op) {
  case RP_OP_EQ:
    return left == right;
  case RP_OP_NE:
    return left != right;
  case RP_OP_LT:
    return left < right;
  case RP_OP_LE:
    return left <= right;
  case RP_OP_GT:
    return left > right;
  case RP_OP_GE:
    return left >= right;
  }
  return false;
}

/* The value of a fact; facts of another domain than `domain` count as undefined. */
static bool see_fact(struct rp_case *context, int fact, int domain, int32_t *out) {
  size_t count;
  int of_domain = rp_facts(&count)[fact].domain;
  return (domain == ANY_DOMAIN || of_domain == RP_CODE_NONE || of_domain == domain) &&
         rp_fact_value(context, fact, out);
}

static bool holds(struct rp_case *context, const struct rp_condition *condition, int domain) {
  int32_t left, right = condition->value;
  switch (condition->kind) {
  case RP_CONDITION_FACT:
    return see_fact(context, condition->fact, domain, &left) &&
           (condition->other_fact < 0 || see_fact(context, condition->other_fact, domain, &right)) &&
           compare(left, condition->op, right);
  case RP_CONDITION_ALL:
    for (size_t i = 0; i < condition->part_count; i++) {
      if (!holds(context, &condition->parts[i], domain))
        return false;
    }
    return true;
  case RP_CONDITION_ANY:
    for (size_t i = 0; i < condition->part_count; i++) {
      if (holds(context, &condition->parts[i], domain))
        return true;
    }
    return false;
  }
  return false;
}

/* Adds the records behind the conditions that hold, and tells whether the negative viewpoints are among them. */
static void add_evidence(struct rp_case *context, const struct rp_condition *condition, int domain, rp_refs *refs,
                         bool *names_cost) {
  if (!holds(context, condition, domain))
    return;
  if (condition->kind != RP_CONDITION_FACT) {
    for (size_t i = 0; i < condition->part_count; i++)
      add_evidence(context, &condition->parts[i], domain, refs, names_cost);
    return;
  }
  static const char cost_fact[] = "negative_viewpoints";
  size_t count;
  rp_fact_evidence(context, condition->fact, refs);
  if (condition->other_fact >= 0)
    rp_fact_evidence(context, condition->other_fact, refs);
  *names_cost = *names_cost || strcmp(rp_facts(&count)[condition->fact].name, cost_fact) == 0;
}

/* ---- holds ---- */

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

/* Sorts the ids of a copy; returns how many different ones there are. */
static size_t sort_ids(struct rp_arena *scratch, const struct rp_id *ids, size_t count, struct rp_id **out) {
  struct rp_id *sorted = rp_arena_zero(scratch, count, sizeof *sorted);
  if (count > 0)
    memcpy(sorted, ids, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, compare_ids);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (kept == 0 || !rp_id_equal(&sorted[kept - 1], &sorted[i]))
      sorted[kept++] = sorted[i];
  }
  *out = sorted;
  return kept;
}

static bool is_same_evidence(struct rp_arena *scratch, const struct rp_ids *evidence,
                             const struct rp_history_hold *hold) {
  struct rp_id *now, *then;
  size_t now_count = sort_ids(scratch, evidence->items, evidence->count, &now);
  size_t then_count = sort_ids(scratch, hold->evidence, hold->evidence_count, &then);
  if (now_count != then_count)
    return false;
  for (size_t i = 0; i < now_count; i++) {
    if (!rp_id_equal(&now[i], &then[i]))
      return false;
  }
  return true;
}

/* A snooze ends with its date. What was dismissed, or accepted and so became a dated next step, comes back when the
 * records behind it change. */
static bool is_in_force(const struct rp_case *context, const struct rp_history_hold *hold,
                        const struct rp_ids *evidence) {
  if (hold->made != RP_DATE_NONE && hold->made > context->view.as_of)
    return false;
  switch (hold->state) {
  case RP_HOLD_STATE_SNOOZED:
    return hold->until != RP_DATE_NONE && context->view.as_of < hold->until;
  case RP_HOLD_STATE_DISMISSED:
  case RP_HOLD_STATE_ACCEPTED:
    return is_same_evidence(context->view.scratch, evidence, hold);
  default:
    return false;
  }
}

/* The latest hold in force, of the same day the strongest. */
static void find_hold(const struct rp_case *context, const char *id, struct rp_suggested *suggested) {
  const struct rp_history *history = context->view.history;
  suggested->hold = RP_CODE_NONE;
  suggested->hold_index = -1;
  for (size_t i = 0; i < history->hold_count; i++) {
    const struct rp_history_hold *hold = &history->holds[i];
    if (strncmp(hold->suggestion, id, sizeof hold->suggestion) != 0 ||
        !is_in_force(context, hold, &suggested->evidence))
      continue;
    if (suggested->hold_index >= 0) {
      const struct rp_history_hold *best = &history->holds[suggested->hold_index];
      if (hold->made < best->made || (hold->made == best->made && hold->state <= best->state))
        continue;
    }
    suggested->hold = hold->state;
    suggested->hold_index = (int)i;
  }
}

/* ---- suggestions ---- */

/* N01 to N04 are also made when a relationship has ended or the contact has left. */
static bool is_made_after_end(const char *id) {
  static const char *const made[] = {"N01", "N02", "N03", "N04"};
  for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
    if (strcmp(made[i], id) == 0)
      return true;
  }
  return false;
}

/* The largest cost of the fresh negative evaluations; of equal ones your own, then the first of the vocabulary. */
static void name_cost(const struct rp_case *context, struct rp_suggested *suggested) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    const struct rp_weighed *weighed = rp_view_fresh(&context->view, (enum rp_viewpoint)viewpoint);
    if (weighed == NULL || weighed->net >= 0)
      continue;
    int own_score = suggested->largest_cost.score;
    for (int i = 0; i < weighed->record->item_count && i < RP_HISTORY_ITEM_COUNT; i++) {
      const struct rp_history_item *item = &weighed->record->items[i];
      int best = suggested->largest_cost.score;
      bool is_first = item->score == best && item->score > own_score && item->code < (int)suggested->largest_cost.code;
      if (item->kind == RP_ITEM_KIND_COST && (item->score > best || is_first)) {
        suggested->largest_cost.code = (enum rp_cost)item->code;
        suggested->largest_cost.score = item->score;
      }
    }
  }
}

/* What a suggestion asks for in a domain. */
static int layer_asked(const struct rp_case *context, const struct rp_suggestion *suggestion, int domain) {
  if (suggestion->asks_layer == RP_ASKS_CUSTOMERS)
    return context->out->depth[domain].party[RP_PARTY_CUSTOMER];
  return suggestion->asks_layer;
}

/* Gathers what a suggestion asks for and the records behind it; false when it does not fit or all that it asks for lies
 * above a limit. */
static bool fits(struct rp_case *context, const struct rp_suggestion *suggestion, struct rp_suggested *suggested,
                 bool *names_cost) {
  bool is_matching = suggestion->asks != RP_ASKS_NONE && suggestion->asks_domain == RP_ASKS_MATCHING;
  bool does_fit = false;
  if (suggestion->asks == RP_ASKS_NONE) {
    does_fit = holds(context, &suggestion->when, ANY_DOMAIN);
    if (does_fit)
      add_evidence(context, &suggestion->when, ANY_DOMAIN, &context->refs, names_cost);
    return does_fit;
  }
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    int seen = is_matching ? domain : ANY_DOMAIN, layer = layer_asked(context, suggestion, domain);
    if ((!is_matching && domain != suggestion->asks_domain) || layer > context->out->ceiling[domain] ||
        !holds(context, &suggestion->when, seen))
      continue;
    add_evidence(context, &suggestion->when, seen, &context->refs, names_cost);
    suggested->asks[domain] = (int8_t)layer;
    does_fit = true;
  }
  return does_fit;
}

void rp_case_suggest(struct rp_case *context, const struct rp_rules *rules) {
  struct rp_assessment *out = context->out;
  const struct rp_history *history = context->view.history;
  if (history->objected || history->restricted || rules->suggestion_count == 0)
    return;
  size_t fact_count;
  (void)rp_facts(&fact_count);
  context->values = rp_arena_zero(context->view.scratch, fact_count, sizeof *context->values);
  struct rp_suggested *suggestions = rp_arena_zero(context->view.scratch, rules->suggestion_count, sizeof *suggestions);
  for (size_t i = 0; i < rules->suggestion_count; i++) {
    const struct rp_suggestion *suggestion = &rules->suggestions[i];
    struct rp_suggested suggested = {.suggestion = (int)i};
    bool names_cost = false;
    if ((out->status != RP_RELATIONSHIP_STATUS_ACTIVE && !is_made_after_end(suggestion->id)) ||
        !fits(context, suggestion, &suggested, &names_cost))
      continue;
    suggested.evidence = rp_refs_take(&context->refs, out->memory);
    if (names_cost)
      name_cost(context, &suggested);
    find_hold(context, suggestion->id, &suggested);
    suggestions[out->suggestion_count++] = suggested;
  }
  if (out->suggestion_count > 0) {
    out->suggestions = rp_arena_zero(out->memory, out->suggestion_count, sizeof *out->suggestions);
    memcpy(out->suggestions, suggestions, out->suggestion_count * sizeof *out->suggestions);
  }
}
