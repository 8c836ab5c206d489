#include "reference_compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reference_engine.h"

/* ---- comparison: a sentence about the first difference, NULL when there is none ---- */

static char difference[256];

const char *differ(const char *what, int64_t ours, int64_t expected) {
  snprintf(difference, sizeof difference, "%s is %lld, expected %lld", what, (long long)ours, (long long)expected);
  return difference;
}

#define EXPECT(what, ours, expected) \
  if ((ours) != (expected)) \
    return differ(what, (int64_t)(ours), (int64_t)(expected));

static bool has_id(const struct reference_ids *ids, const struct rp_id *id) {
  for (size_t i = 0; i < ids->count; i++) {
    if (rp_id_equal(&ids->items[i], id))
      return true;
  }
  return false;
}

static const char *compare_changes(const struct rp_assessment *ours, const struct reference *page) {
  EXPECT("number of changes", ours->change_count, page->change_count)
  for (size_t i = 0; i < ours->change_count; i++) {
    const struct rp_change *change = &ours->changes[i];
    const struct reference_change *expected = &page->changes[i];
    EXPECT("date of a change", change->date, expected->date)
    EXPECT("from", change->from, expected->from)
    EXPECT("to", change->to, expected->to)
    EXPECT("same rule of a change", strcmp(rp_rule_id(change->rule), expected->rule), 0)
    EXPECT("number of records behind a change", change->evidence.count, expected->evidence.count)
    for (size_t j = 0; j < change->evidence.count; j++)
      EXPECT("record behind a change", has_id(&expected->evidence, &change->evidence.items[j]), true)
  }
  return NULL;
}

static const char *compare_lists(const struct rp_assessment *ours, const struct reference *page,
                                 const struct rp_rules *rules) {
  EXPECT("number missing", ours->missing_count, page->missing_count)
  for (size_t i = 0; i < ours->missing_count; i++) {
    EXPECT("condition missing", strcmp(rp_missing_code(ours->missing[i].condition), page->missing[i].condition), 0)
    EXPECT(page->missing[i].condition, ours->missing[i].now, page->missing[i].now)
    EXPECT("needed", ours->missing[i].needed, page->missing[i].needed)
  }
  EXPECT("number of reasons", ours->reason_count, page->reason_count)
  for (size_t i = 0; i < ours->reason_count; i++)
    EXPECT(page->reasons[i], strcmp(rp_rule_id(ours->reasons[i].rule), page->reasons[i]), 0)
  for (size_t i = 0; i < ours->suggestion_count || i < page->suggestion_count; i++) {
    const char *id = i < ours->suggestion_count ? rules->suggestions[ours->suggestions[i].suggestion].id : "none";
    const char *expected = i < page->suggestion_count ? page->suggestions[i] : "none";
    if (strcmp(id, expected) != 0) {
      snprintf(difference, sizeof difference, "suggestion %zu is %s, expected %s", i, id, expected);
      return difference;
    }
  }
  return NULL;
}

static const char *compare(const struct rp_assessment *ours, const struct reference *page,
                           const struct rp_rules *rules) {
  EXPECT("stage", ours->stage, page->stage)
  EXPECT("since", ours->since, page->since)
  EXPECT("status", ours->status, page->status)
  EXPECT("direction", ours->direction, page->direction)
  EXPECT("business_only", ours->business_only, page->business_only)
  EXPECT("silence", ours->silence, page->silence)
  EXPECT("one_sided", (ours->flags >> RP_FLAG_ONE_SIDED & 1), page->one_sided)
  EXPECT("premature", (ours->flags >> RP_FLAG_PREMATURE & 1), page->premature)
  EXPECT("evaluation_stale", (ours->flags >> RP_FLAG_EVALUATION_STALE & 1), page->evaluation_stale)
  EXPECT("held_by_choice", (ours->flags >> RP_FLAG_HELD_BY_CHOICE & 1), page->held_by_choice)
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    EXPECT("ceiling", ours->ceiling[domain], page->ceiling[domain])
    EXPECT("mutual depth", ours->depth[domain].mutual, page->mutual[domain])
    EXPECT("mutual depth now", ours->depth_now[domain].mutual, page->mutual_now[domain])
    for (int party = 0; party < RP_PARTY_COUNT; party++) {
      EXPECT("depth", ours->depth[domain].party[party], page->depth[domain][party])
      EXPECT("depth now", ours->depth_now[domain].party[party], page->depth_now[domain][party])
    }
  }
  const char *found = compare_changes(ours, page);
  return found != NULL ? found : compare_lists(ours, page, rules);
}

static const char *compare_ids(const struct rp_ids *ours, const struct rp_ids *other) {
  EXPECT("number of ids", ours->count, other->count)
  for (size_t i = 0; i < ours->count; i++)
    EXPECT("id", builder_number(&ours->items[i]), builder_number(&other->items[i]))
  return NULL;
}

/* Two assessments of the engine, to the last id. */
const char *compare_assessments(const struct rp_assessment *ours, const struct rp_assessment *other) {
  const char *found = NULL;
  EXPECT("stage", ours->stage, other->stage)
  EXPECT("since", ours->since, other->since)
  EXPECT("status", ours->status, other->status)
  EXPECT("direction", ours->direction, other->direction)
  EXPECT("flags", ours->flags, other->flags)
  EXPECT("silence", ours->silence, other->silence)
  EXPECT("last contact", ours->last_two_way, other->last_two_way)
  EXPECT("depth", memcmp(ours->depth, other->depth, sizeof ours->depth), 0)
  EXPECT("depth now", memcmp(ours->depth_now, other->depth_now, sizeof ours->depth_now), 0)
  EXPECT("ceiling", memcmp(ours->ceiling, other->ceiling, sizeof ours->ceiling), 0)
  EXPECT("number of changes", ours->change_count, other->change_count)
  for (size_t i = 0; i < ours->change_count && found == NULL; i++) {
    EXPECT("date of a change", ours->changes[i].date, other->changes[i].date)
    EXPECT("rule of a change", ours->changes[i].rule, other->changes[i].rule)
    found = compare_ids(&ours->changes[i].evidence, &other->changes[i].evidence);
  }
  EXPECT("number missing", ours->missing_count, other->missing_count)
  for (size_t i = 0; i < ours->missing_count; i++) {
    EXPECT("condition missing", ours->missing[i].condition, other->missing[i].condition)
    EXPECT("now", ours->missing[i].now, other->missing[i].now)
  }
  EXPECT("number of reasons", ours->reason_count, other->reason_count)
  for (size_t i = 0; i < ours->reason_count && found == NULL; i++) {
    EXPECT("rule of a reason", ours->reasons[i].rule, other->reasons[i].rule)
    found = compare_ids(&ours->reasons[i].evidence, &other->reasons[i].evidence);
  }
  EXPECT("number of suggestions", ours->suggestion_count, other->suggestion_count)
  for (size_t i = 0; i < ours->suggestion_count && found == NULL; i++) {
    EXPECT("suggestion", ours->suggestions[i].suggestion, other->suggestions[i].suggestion)
    EXPECT("largest cost", ours->suggestions[i].largest_cost.code, other->suggestions[i].largest_cost.code)
    EXPECT("hold", ours->suggestions[i].hold, other->suggestions[i].hold)
    found = compare_ids(&ours->suggestions[i].evidence, &other->suggestions[i].evidence);
  }
  return found;
}

/* ---- the smallest history that still differs, printed so that it can be pasted as calls of the builder ---- */

const char *differs_from_page(struct builder *builder, const struct rp_rules *rules, rp_date as_of) {
  static struct reference page;
  struct rp_assessment ours;
  const struct rp_history *history = builder_history(builder);
  reference_assess(history, &rules->thresholds, as_of, &page);
  rp_engine_assess(history, rules, as_of, &ours);
  const char *found = compare(&ours, &page, rules);
  rp_assessment_fini(&ours);
  return found;
}

#define SHRINK(list) \
  for (size_t i = builder->list.count; i-- > 0;) { \
    struct rp_history_##list##_item kept = {builder->list.items[i]}; \
    rp_vec_remove(&builder->list, i); \
    if (differs_from_page(builder, rules, as_of) == NULL) { \
      (void)rp_vec_add(&builder->list); \
      memmove(&builder->list.items[i + 1], &builder->list.items[i], \
              (builder->list.count - i - 1) * sizeof *builder->list.items); \
      builder->list.items[i] = kept.item; \
    } \
  }

struct rp_history_interactions_item {
  struct rp_history_interaction item;
};
struct rp_history_disclosures_item {
  struct rp_history_disclosure item;
};
struct rp_history_evaluations_item {
  struct rp_history_evaluation item;
};
struct rp_history_boundaries_item {
  struct rp_history_boundary item;
};
struct rp_history_promises_item {
  struct rp_history_promise item;
};
struct rp_history_incidents_item {
  struct rp_history_incident item;
};

void shrink_history(struct builder *builder, const struct rp_rules *rules, rp_date as_of) {
  for (int round = 0; round < 3; round++) {
    SHRINK(interactions)
    SHRINK(disclosures)
    SHRINK(evaluations)
    SHRINK(boundaries)
    SHRINK(promises)
    SHRINK(incidents)
  }
}

void print_history(struct builder *builder, const struct rp_rules *rules, rp_date as_of) {
  const struct rp_history *history = builder_history(builder);
  print_message("as of %d, cadence %d, tier %d, customer's %d, ended %d, left %d\n", as_of, history->cadence_days,
                history->tier, history->customer_tier, history->ended, history->left);
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  for (size_t i = 0; i < count; i++) {
    int32_t value;
    memcpy(&value, (const char *)&rules->thresholds + rows[i].offset, sizeof value);
    print_message("%s %d; ", rows[i].path, value);
  }
  print_message("\n");
  for (size_t i = 0; i < history->interaction_count; i++) {
    const struct rp_history_interaction *x = &history->interactions[i];
    print_message("%u: contact day %d minute %d two_way %d channel %d touchpoint %d phase %d outcome %d\n",
                  builder_number(&x->id), x->at.date, x->at.minute, x->two_way, x->channel, x->touchpoint, x->phase,
                  x->outcome);
  }
  for (size_t i = 0; i < history->disclosure_count; i++) {
    const struct rp_history_disclosure *x = &history->disclosures[i];
    print_message("%u: told day %d party %d domain %d layer %d certainty %d\n", builder_number(&x->id), x->date,
                  x->discloser, x->domain, x->layer, x->certainty);
  }
  for (size_t i = 0; i < history->evaluation_count; i++) {
    const struct rp_history_evaluation *x = &history->evaluations[i];
    print_message("%u: weighed day %d viewpoint %d:", builder_number(&x->id), x->date, x->viewpoint);
    for (int j = 0; j < x->item_count; j++)
      print_message(" %c%d %d", x->items[j].kind == RP_ITEM_KIND_BENEFIT ? '+' : '-', x->items[j].code,
                    x->items[j].score);
    print_message("\n");
  }
  for (size_t i = 0; i < history->boundary_count; i++) {
    const struct rp_history_boundary *x = &history->boundaries[i];
    print_message("%u: limit from %d until %d domain %d max %d\n", builder_number(&x->id), x->from, x->until, x->domain,
                  x->max_layer);
  }
  for (size_t i = 0; i < history->promise_count; i++) {
    const struct rp_history_promise *x = &history->promises[i];
    print_message("%u: promise made %d due %d settled %d by %d\n", builder_number(&x->id), x->made, x->due, x->settled,
                  x->by);
  }
  for (size_t i = 0; i < history->incident_count; i++) {
    const struct rp_history_incident *x = &history->incidents[i];
    print_message("%u: incident day %d repaired %d serious %d kind %d\n", builder_number(&x->id), x->date, x->repaired,
                  x->serious, x->kind);
  }
}
