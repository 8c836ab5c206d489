/* What another journal has concluded, carried on to a later day (docs/team.md, "The review"). */
#include <stdlib.h>

#include "engine_internal.h"

void rp_told_fini(struct rp_told *told) {
  free(told->changes);
  *told = (struct rp_told){0};
}

/* The last change on a day or before; NULL. */
static const struct rp_change *last_change(const struct rp_change *changes, size_t count, rp_date day) {
  while (count > 0 && changes[count - 1].date > day)
    count--;
  return count > 0 ? &changes[count - 1] : NULL;
}

struct rp_standing rp_told_standing(const struct rp_told *told, rp_date day) {
  const struct rp_change *last = last_change(told->changes, told->change_count, day);
  bool changes_later = last == NULL && told->change_count > 0;
  return (struct rp_standing){.begun = last != NULL || (told->since != RP_DATE_NONE && told->since <= day),
                              .stage = last != NULL    ? last->to
                                       : changes_later ? told->changes[0].from
                                                       : told->stage,
                              .status = RP_RELATIONSHIP_STATUS_ACTIVE,
                              .direction = told->direction,
                              .depth = {told->depth[0].mutual, told->depth[1].mutual}};
}

/* One that is there while it is carried on. */
struct carried {
  const struct rp_told *told;
  const struct rp_thresholds *thresholds;
  struct rp_assessment *out;
};

static bool is_recent(const struct carried *carried, rp_date date) {
  return rp_days_between(date, carried->out->as_of) <= carried->thresholds->direction_window_days;
}

static const struct rp_change *recent(const struct carried *carried, bool rise) {
  const struct rp_assessment *out = carried->out;
  for (size_t i = out->change_count; i-- > 0;) {
    if ((out->changes[i].to > out->changes[i].from) == rise && is_recent(carried, out->changes[i].date))
      return &out->changes[i];
  }
  return NULL;
}

static bool is_silent(const struct carried *carried) {
  const struct rp_assessment *out = carried->out;
  return out->silence > (int64_t)carried->thresholds->silence_fading_x * out->cadence_days;
}

/* Those up to the day; and D3 (engine.md), when the silence has grown too long since it was told. */
static void carry_changes(struct carried *carried) {
  const struct rp_told *told = carried->told;
  struct rp_assessment *out = carried->out;
  int64_t limit = (int64_t)carried->thresholds->silence_fall_x * out->cadence_days;
  int64_t falls = (int64_t)out->last_two_way + limit + 1;
  bool charged = false;
  out->changes = rp_arena_zero(out->memory, told->change_count + 1, sizeof *out->changes);
  for (size_t i = 0; i < told->change_count && told->changes[i].date <= out->as_of; i++) {
    out->changes[out->change_count++] = told->changes[i];
    charged = charged || (told->changes[i].rule == RP_RULE_D3 && told->changes[i].date > out->last_two_way);
  }
  if (out->status != RP_RELATIONSHIP_STATUS_ACTIVE || out->stage < RP_STAGE_COLLABORATIVE_PARTNER || charged ||
      out->last_two_way == RP_DATE_NONE || falls <= told->told || falls > out->as_of)
    return;
  out->since = (rp_date)falls;
  out->changes[out->change_count++] =
      (struct rp_change){.date = out->since, .from = out->stage, .to = (int8_t)(out->stage - 1), .rule = RP_RULE_D3};
  out->stage--;
}

/* What has no date stays as it was told, but that what had deepened has done so lately only for a while. */
static enum rp_direction direction_of(const struct carried *carried) {
  const struct rp_told *told = carried->told;
  const struct rp_assessment *out = carried->out;
  bool is_told = out->as_of >= told->told;
  if (out->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return RP_DIRECTION_ENDED;
  if (out->stage == 0 && out->last_two_way == RP_DATE_NONE)
    return RP_DIRECTION_FORMING;
  if ((is_told && told->direction == RP_DIRECTION_FADING) || is_silent(carried) || recent(carried, false) != NULL)
    return RP_DIRECTION_FADING;
  if (recent(carried, true) != NULL ||
      (is_told && told->direction == RP_DIRECTION_DEEPENING && is_recent(carried, told->told)))
    return RP_DIRECTION_DEEPENING;
  return RP_DIRECTION_STEADY;
}

static unsigned flags_of(const struct rp_assessment *out) {
  const struct rp_depth *business = &out->depth[RP_DOMAIN_BUSINESS];
  unsigned flags = 0;
  if (business->party[RP_PARTY_SALESPERSON] != business->party[RP_PARTY_CUSTOMER])
    flags |= 1U << RP_FLAG_ONE_SIDED;
  if (out->ceiling[RP_DOMAIN_BUSINESS] < RP_NO_CEILING || out->ceiling[RP_DOMAIN_SELF] < RP_NO_CEILING)
    flags |= 1U << RP_FLAG_HELD_BY_CHOICE;
  return flags;
}

/* In the order of engine.md; without evidence, which stays with whom it was concluded by. */
static void tell_reasons(const struct carried *carried) {
  enum { MOST = 6 };
  struct rp_assessment *out = carried->out;
  const struct rp_change *last = out->change_count > 0 ? &out->changes[out->change_count - 1] : NULL;
  const struct rp_change *rose = recent(carried, true);
  struct rp_reason *reasons = rp_arena_zero(out->memory, MOST, sizeof *reasons);
  size_t count = 0;
  if (last != NULL)
    reasons[count++].rule = last->rule;
  if (is_silent(carried) && (last == NULL || last->rule != RP_RULE_D3))
    reasons[count++].rule = RP_RULE_D3;
  if (rose != NULL && rose != last)
    reasons[count++].rule = rose->rule;
  if ((out->flags & 1U << RP_FLAG_ONE_SIDED) != 0)
    reasons[count++].rule = RP_RULE_H1;
  if ((out->flags & 1U << RP_FLAG_HELD_BY_CHOICE) != 0)
    reasons[count++].rule = RP_RULE_H4;
  out->reasons = reasons;
  out->reason_count = count;
}

void rp_engine_carry(const struct rp_told *told, const struct rp_history *history, const struct rp_rules *rules,
                     rp_date as_of, struct rp_assessment *out) {
  struct rp_history bare = *history;
  struct rp_view view;
  bare.interaction_count = bare.disclosure_count = bare.evaluation_count = bare.boundary_count = 0;
  bare.promise_count = bare.incident_count = 0;
  rp_view_init(&view, &bare, &rules->thresholds, as_of);
  struct rp_standing standing = rp_told_standing(told, as_of);
  bool is_told = as_of >= told->told; /* else it is looked back at */
  *out = (struct rp_assessment){.as_of = as_of,
                                .told = true,
                                .memory = rp_arena_new(1024),
                                .stage = is_told ? told->stage : standing.stage,
                                .since = told->since,
                                .status = view.status != RP_RELATIONSHIP_STATUS_ACTIVE || !is_told ? (int8_t)view.status
                                                                                                   : told->status,
                                .last_two_way = RP_DATE_NONE,
                                .silence = -1,
                                .cadence_days = view.cadence_days};
  rp_view_fini(&view);
  if (!is_told) {
    const struct rp_change *last = last_change(told->changes, told->change_count, as_of);
    out->since = last != NULL ? last->date : told->since <= as_of ? told->since : RP_DATE_NONE;
  }
  if (told->last_two_way != RP_DATE_NONE && told->last_two_way <= as_of) {
    out->last_two_way = told->last_two_way;
    out->silence = (int32_t)rp_days_between(told->last_two_way, as_of);
  }
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    out->depth[domain] = out->depth_now[domain] = told->depth[domain];
    out->ceiling[domain] = told->ceiling[domain];
  }
  struct carried carried = {told, &rules->thresholds, out};
  carry_changes(&carried);
  out->business_only = out->stage == RP_STAGE_COLLABORATIVE_PARTNER && out->ceiling[RP_DOMAIN_SELF] < 2;
  out->direction = (int8_t)direction_of(&carried);
  out->flags = flags_of(out);
  tell_reasons(&carried);
}

static bool is_for_others(const struct rp_assessment *out, enum rp_rule rule) {
  return rule != RP_RULE_H2 && rule != RP_RULE_H3 &&
         (rule != RP_RULE_H1 || (out->flags & 1U << RP_FLAG_ONE_SIDED) != 0);
}

void rp_engine_withhold(struct rp_assessment *assessment) {
  size_t kept = 0;
  assessment->flags = flags_of(assessment);
  for (size_t i = 0; i < assessment->reason_count; i++) {
    if (is_for_others(assessment, assessment->reasons[i].rule))
      assessment->reasons[kept++] = assessment->reasons[i];
  }
  assessment->reason_count = kept;
  assessment->missing_count = assessment->suggestion_count = 0;
}
