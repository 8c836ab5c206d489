/* People: everybody in a table, sorted and filtered; beside it what matters of the selected one. */
#include <stdlib.h>

#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "table.h"

enum { RATIO = 670, BAR_COLUMNS = 6 };

struct state {
  struct table table;
  struct people *people;
};

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static long stage_key(const void *of) {
  const struct people_row *row = of;
  return -row->stage;
}

/* The order of the engine's list is not that of interest: what fades first, what has ended last. */
static long direction_key(const void *of) {
  static const int ranks[RP_DIRECTION_COUNT] = {
      [RP_DIRECTION_FADING] = 0,  [RP_DIRECTION_DEEPENING] = 1, [RP_DIRECTION_STEADY] = 2,
      [RP_DIRECTION_FORMING] = 3, [RP_DIRECTION_ENDED] = 4,
  };
  const struct people_row *row = of;
  return row->direction < 0 || row->direction >= RP_DIRECTION_COUNT ? RP_DIRECTION_COUNT : ranks[row->direction];
}

/* Silence in hundredths of the rhythm, the longest first; who was never met is last. */
static long rhythm_key(const void *of) {
  const struct people_row *row = of;
  return row->silence < 0 ? 1 : -(row->silence * 100L / (row->cadence > 0 ? row->cadence : 1));
}

static long day_key(const void *of) {
  const struct people_row *row = of;
  return -(long)row->last;
}

static long depth_key(const void *of) {
  const struct people_row *row = of;
  return -(row->depth[0] + row->depth[1]);
}

static long people_tier_key(const void *of) {
  const struct people_row *row = of;
  return tier_key(row->tier);
}

static long company_key(const void *of) {
  const struct people_row *row = of;
  return row->customer_place;
}

static long owner_key(const void *of) {
  const struct people_row *row = of;
  return row->owner_place;
}

static void draw_name(const struct model *model, const void *of, struct rp_area cell) {
  const struct people_row *row = of;
  char buffer[SHOWN_NAME_SIZE];
  enum rp_slot slot;
  const char *glyph = stage_glyph(model, row->stage, &slot);
  rp_area_text(cell, 0, 0, slot, glyph);
  rp_area_text(cell, 2, 0, RP_SLOT_NAME, shown_name(model, row->name, buffer));
}

static void draw_stage(const struct model *model, const void *of, struct rp_area cell) {
  const struct people_row *row = of;
  if (row->derived && !model->folded)
    rp_area_text(cell, 0, 0, rp_slot_of_stage(row->stage), stage_word_short(row->stage));
}

static void draw_direction(const struct model *model, const void *of, struct rp_area cell) {
  const struct people_row *row = of;
  struct rp_rich text = {0};
  say_direction(model, &text, row->direction, true);
  rp_area_rich(cell, 0, 0, &text);
  rp_rich_fini(&text);
}

static void draw_rhythm(const struct model *model, const void *of, struct rp_area cell) {
  (void)model;
  const struct people_row *row = of;
  struct rp_rich text = {0};
  if (row->silence < 0) {
    rp_rich_add(&text, RP_SLOT_DIM, _("never met"));
  } else {
    enum rp_slot slot = row->silence > 3 * row->cadence ? RP_SLOT_FADING
                        : row->silence > row->cadence   ? RP_SLOT_DUE
                                                        : RP_SLOT_OK;
    rp_chart_bar(&text, slot, row->silence, 3.0 * row->cadence, BAR_COLUMNS);
    rp_rich_addf(&text, RP_SLOT_NORMAL, " %d/%d", row->silence, row->cadence);
  }
  rp_area_rich(cell, 0, 0, &text);
  rp_rich_fini(&text);
}

static void draw_last(const struct model *model, const void *of, struct rp_area cell) {
  const struct people_row *row = of;
  draw_day(model, row->last, cell);
}

static void draw_depth(const struct model *model, const void *of, struct rp_area cell) {
  const struct people_row *row = of;
  if (!row->derived || model->folded)
    return;
  struct rp_rich text = {0};
  rp_chart_depth(&text, RP_SLOT_BUSINESS, row->depth[RP_DOMAIN_BUSINESS], 0, 3 - row->depth[RP_DOMAIN_BUSINESS], 3);
  rp_rich_add(&text, RP_SLOT_NORMAL, " ");
  rp_chart_depth(&text, RP_SLOT_SELF, row->depth[RP_DOMAIN_SELF], 0, 3 - row->depth[RP_DOMAIN_SELF], 3);
  rp_area_rich(cell, 0, 0, &text);
  rp_rich_fini(&text);
}

static void draw_people_tier(const struct model *model, const void *of, struct rp_area cell) {
  (void)model;
  const struct people_row *row = of;
  draw_tier(row->tier, cell);
}

static void draw_company(const struct model *model, const void *of, struct rp_area cell) {
  (void)model;
  const struct people_row *row = of;
  rp_area_text(cell, 0, 0, RP_SLOT_DIM, row->customer);
}

static void draw_owner(const struct model *model, const void *of, struct rp_area cell) {
  const struct people_row *row = of;
  char buffer[SHOWN_NAME_SIZE];
  rp_area_text(cell, 0, 0, RP_SLOT_DIM, shown_name(model, row->owner, buffer));
}

/* How long somebody has been silent stands in the rhythm already: the day of it is the first to make room. */
static const struct table_column columns[] = {
    {N_("name"), {21, 3, 9}, NULL, draw_name},
    {N_("stage"), {10, 0, 6}, stage_key, draw_stage},
    {N_("direction"), {11, 0, 8}, direction_key, draw_direction},
    {N_("rhythm"), {13, 0, 7}, rhythm_key, draw_rhythm},
    {N_("last"), {11, 0, 4}, day_key, draw_last},
    {N_("depth"), {7, 0, 5}, depth_key, draw_depth},
    {N_("tier"), {5, 0, 5}, people_tier_key, draw_people_tier},
    {N_("company"), {14, 3, 2}, company_key, draw_company},
    {N_("owner"), {12, 1, 3}, owner_key, draw_owner},
};

/* Whose relationship it is matters only when they are not all one's own. */
static bool shows(const void *of, size_t column) {
  const struct state *state = of;
  return columns[column].draw != draw_owner || (state->people != NULL && state->people->has_owners);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static struct rp_id id_of(const void *of, enum rp_type type) {
  const struct people_row *row = of;
  return type == RP_TYPE_CONTACT ? row->contact : row->relationship;
}

static uint32_t place_of(const void *of) {
  const struct people_row *row = of;
  return row->place;
}

static bool about(const void *of, struct rp_id *out) {
  *out = id_of(of, RP_TYPE_RELATIONSHIP);
  return true;
}

static void note(const void *of, struct rp_rich *out) {
  const struct state *state = of;
  size_t others = state->people->others;
  if (others > 0)
    rp_rich_addf(out, RP_SLOT_DIM, P_(" · %zu more of a colleague", " · %zu more of colleagues", others), others);
}

static const struct table_kind kind = {
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .row_size = sizeof(struct people_row),
    .ratio = RATIO,
    .type = RP_TYPE_RELATIONSHIP,
    .types = {RP_TYPE_CONTACT, RP_TYPE_RELATIONSHIP},
    .id = id_of,
    .place = place_of,
    .nothing = N_("Nobody is here yet."),
    .none = N_("The filter lets nobody through."),
    .filter_hint = N_("stage>=2 last>30d tier:A direction:fading"),
    .note = note,
    .shows = shows,
    .about = about,
};

/* ---- the view ---------------------------------------------------------------------------------------------------- */

/* First who they are, which is there at once; then, with its answer, what is concluded of them. */
static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  bool concluded = state->people != NULL && state->people->concluded;
  model_ask(model, screen, concluded ? REQUEST_PEOPLE : REQUEST_PEOPLE_NAMES);
  table_load(model, screen);
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  enum request_kind of = given->request.kind;
  if ((of != REQUEST_PEOPLE_NAMES && of != REQUEST_PEOPLE) || given->status != RP_OK)
    return table_answer(model, screen, given);
  struct people *before = state->people;
  state->people = given->data;
  given->data = NULL;
  table_set(model, screen, state->people->rows.items, state->people->rows.count);
  people_free(before);
  if (!state->people->concluded)
    model_ask(model, screen, REQUEST_PEOPLE);
  return true;
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  const struct people_row *row = table_selected(&state->table);
  if (row == NULL)
    return false;
  *out = (struct target){.relationship = row->relationship,
                         .contact = row->name,
                         .customer = row->customer,
                         .record = row->contact,
                         .type = RP_TYPE_CONTACT};
  return true;
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  table_init(screen, &kind);
}

static void fini(void *data) {
  struct state *state = data;
  table_fini(&state->table);
  people_free(state->people);
}

const struct view view_people = {
    .id = RP_VIEW_PEOPLE,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .load = load,
    .answer = answer,
    .knows = table_knows,
    .act = table_act,
    .mouse = table_mouse,
    .target = target,
    .fit = table_fit,
    .draw = table_draw,
    .hints = {RP_ACTION_OPEN, RP_ACTION_LOG, RP_ACTION_FILTER, RP_ACTION_ORDER, RP_ACTION_MARK, RP_ACTION_BRIEF,
              RP_ACTION_SEARCH, RP_ACTION_NONE},
};
