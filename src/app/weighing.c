#include "weighing.h"

#include "rapport/i18n.h"

struct weighing_row weighing_row(size_t index) {
  static const char *const headings[] = {N_("Benefits"), N_("Costs"), N_("Compared, -2 to 2")};
  static const char *const versus[] = {N_("with what was expected"), N_("with the best other choice")};
  static const size_t sizes[] = {RP_BENEFIT_COUNT, RP_COST_COUNT, 2};
  size_t part = 0;
  while (index > sizes[part]) {
    index -= sizes[part] + 1;
    part++;
  }
  if (index == 0)
    return (struct weighing_row){.kind = WEIGHING_HEADING, .label = _(headings[part])};
  int code = (int)index - 1;
  if (part == 2)
    return (struct weighing_row){.kind = WEIGHING_VERSUS, .item = code, .label = _(versus[code])};
  bool costs = part == 1;
  return (struct weighing_row){.kind = WEIGHING_SCORE,
                               .item = costs ? RP_ITEM_KIND_COST : RP_ITEM_KIND_BENEFIT,
                               .code = code,
                               .label = rp_vocab_label(costs ? RP_VOCAB_COST : RP_VOCAB_BENEFIT, code)};
}

int8_t *weighing_value(struct rp_weighing *weighing, const struct weighing_row *row) {
  if (row->kind == WEIGHING_SCORE)
    return &weighing->scores[row->item][row->code];
  return row->item == 0 ? &weighing->versus_expectation : &weighing->versus_alternative;
}

int8_t weighing_nothing(const struct weighing_row *row) {
  return row->kind == WEIGHING_SCORE ? 0 : RP_VERSUS_NONE;
}

/* ---- before -------------------------------------------------------------------------------------------------------
 */

void weighing_read(const struct rp_history *history, rp_date day, struct rp_weighing out[RP_VIEWPOINT_COUNT]) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++)
    rp_weighing_init(&out[viewpoint]);
  for (size_t i = 0; i < history->evaluation_count; i++) {
    if (history->evaluations[i].date == day)
      rp_weighing_of(&history->evaluations[i], &out[history->evaluations[i].viewpoint]);
  }
}

const struct rp_history_evaluation *weighing_before(const struct rp_history *history, int viewpoint, rp_date day) {
  const struct rp_history_evaluation *best = NULL;
  for (size_t i = 0; i < history->evaluation_count; i++) {
    const struct rp_history_evaluation *evaluation = &history->evaluations[i];
    if (evaluation->viewpoint == viewpoint && evaluation->date < day && (best == NULL || evaluation->date > best->date))
      best = evaluation;
  }
  return best;
}

int8_t weighing_last(const struct rp_history *history, int viewpoint, rp_date day, const struct weighing_row *row) {
  const struct rp_history_evaluation *last = weighing_before(history, viewpoint, day);
  struct rp_weighing weighing;
  rp_weighing_init(&weighing);
  if (last != NULL)
    rp_weighing_of(last, &weighing);
  return *weighing_value(&weighing, row);
}

size_t weighing_earlier(const struct rp_history *history, int viewpoint, rp_date day, const struct weighing_row *row,
                        double *values, size_t most) {
  const struct rp_history_evaluation *found[16];
  size_t count = 0;
  while (count < most && count < sizeof found / sizeof *found &&
         (found[count] = weighing_before(history, viewpoint, day)) != NULL)
    day = found[count++]->date;
  for (size_t i = 0; i < count; i++) {
    struct rp_weighing weighing;
    rp_weighing_of(found[count - 1 - i], &weighing);
    values[i] = *weighing_value(&weighing, row);
  }
  return count;
}

/* ---- now ----------------------------------------------------------------------------------------------------------
 */

void weighing_sums(const struct rp_weighing *weighing, int sums[RP_ITEM_KIND_COUNT]) {
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    sums[kind] = 0;
    for (int code = 0; code < RP_WEIGHING_CODES; code++)
      sums[kind] += weighing->scores[kind][code];
  }
}

bool weighing_is_changed(const struct weighing_text *weighing) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    if (!rp_weighing_equal(&weighing->now[viewpoint], &weighing->begun[viewpoint]))
      return true;
  }
  return false;
}

bool weighing_rebase(struct weighing_text *weighing, const struct rp_weighing day[RP_VIEWPOINT_COUNT]) {
  bool differs = false;
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    for (size_t i = 0; i < WEIGHING_ROWS; i++) {
      const struct weighing_row row = weighing_row(i);
      struct rp_weighing theirs = day[viewpoint];
      if (row.kind == WEIGHING_HEADING)
        continue;
      int8_t *now = weighing_value(&weighing->now[viewpoint], &row);
      int8_t *begun = weighing_value(&weighing->begun[viewpoint], &row);
      int8_t other = *weighing_value(&theirs, &row);
      if (*now == *begun)
        *now = other;
      else
        differs = differs || (*begun != other && *now != other);
      *begun = other;
    }
  }
  return differs;
}
