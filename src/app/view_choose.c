/* Which record to enter, or which to change: a list searched by typing. */
#include <stdlib.h>

#include "pick.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

struct entry {
  enum rp_type type;
  struct rp_id id; /* the record that leads to it; of a new one what it is about, or none */
  bool of_company; /* it is about the company rather than the person */
};

struct state {
  struct pick pick; /* first */
  bool edits;
  char *person, *company;   /* what is selected; "" */
  RP_VEC(struct entry) all; /* what there is to choose from */
  RP_VEC(size_t) shown;     /* of them, those that have the words */
};

/* ---- what there is to choose from ---------------------------------------------------------------------------------
 */

static void add(struct state *state, enum rp_type type, const struct rp_id *id, bool of_company) {
  *rp_vec_add(&state->all) = (struct entry){type, *id, of_company};
}

/* Whether a type refers to one of the types of a mask. */
static bool refers_to(enum rp_type type, int mask) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int i = 0; i < descriptor->field_count; i++) {
    enum rp_kind kind = descriptor->fields[i].kind;
    if ((kind == RP_KIND_REF || kind == RP_KIND_REFS) && (descriptor->fields[i].of & mask) != 0)
      return true;
  }
  return false;
}

enum about { ABOUT_PERSON, ABOUT_COMPANY, ABOUT_NOTHING, ABOUT_COUNT };

/* What a new record of a type is about; there is one relationship with a person already. */
static enum about about_of(enum rp_type type) {
  bool person = refers_to(type, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP)) || type == RP_TYPE_INTERACTION;
  return person ? ABOUT_PERSON : refers_to(type, RP_TYPE_MASK(RP_TYPE_CUSTOMER)) ? ABOUT_COMPANY : ABOUT_NOTHING;
}

/* Every type that is entered by hand, first those about the person that is selected, then those about the company. */
static void add_types(struct state *state, const struct target *target) {
  bool person = !rp_id_is_none(&target->relationship);
  const struct rp_id *id = person ? &target->relationship : &target->company;
  const struct rp_id nothing = {{0}};
  for (int about = ABOUT_PERSON; about < ABOUT_COUNT; about++) {
    for (int i = 0; i < RP_TYPE_RECORD_COUNT; i++) {
      enum rp_type type = (enum rp_type)i;
      enum about own = about_of(type);
      bool by_hand = (rp_record_type_get(type)->flags & RP_TYPE_BY_HAND) != 0;
      if (by_hand && (int)own == about)
        add(state, type, own == ABOUT_NOTHING ? &nothing : id, own == ABOUT_COMPANY || !person);
    }
  }
}

/* The selected record, and what it belongs to. */
static void add_records(struct state *state, const struct target *target) {
  bool person = !rp_id_is_none(&target->relationship);
  if (target->type != RP_TYPE_NONE && target->type != RP_TYPE_CONTACT && target->type != RP_TYPE_CUSTOMER)
    add(state, target->type, &target->record, false);
  if (person) {
    add(state, RP_TYPE_CONTACT, &target->relationship, false);
    add(state, RP_TYPE_RELATIONSHIP, &target->relationship, false);
    add(state, RP_TYPE_CUSTOMER, &target->relationship, true);
  } else if (!rp_id_is_none(&target->company)) {
    add(state, RP_TYPE_CUSTOMER, &target->company, true);
  }
}

static void search(struct state *state) {
  rp_vec_clear(&state->shown);
  for (size_t i = 0; i < state->all.count; i++) {
    const struct rp_record_type *type = rp_record_type_get(state->all.items[i].type);
    const char *typed = rp_str_text(&state->pick.input.text);
    if (rp_utf8_has_words(_(type->label), typed) || rp_utf8_has_words(type->name, typed))
      *rp_vec_add(&state->shown) = i;
  }
}

void open_choose(struct model *model, const struct target *target, bool edits) {
  struct state *state = model_open(model, RP_VIEW_CHOOSE)->state;
  state->edits = edits;
  state->person = rp_mem_text(target->contact == NULL ? "" : target->contact);
  state->company = rp_mem_text(target->customer == NULL ? "" : target->customer);
  if (edits)
    add_records(state, target);
  else
    add_types(state, target);
  search(state);
}

static void fini(void *data) {
  struct state *state = data;
  pick_fini(&state->pick);
  free(state->person);
  free(state->company);
  rp_vec_fini(&state->all);
  rp_vec_fini(&state->shown);
}

/* ---- using --------------------------------------------------------------------------------------------------------
 */

/* Closes first, so that the form lies over what was selected. */
static void take(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->pick.list.selected >= state->shown.count)
    return;
  struct entry entry = state->all.items[state->shown.items[state->pick.list.selected]];
  bool edits = state->edits;
  model_close_screen(model, screen->serial);
  if (edits)
    open_form_of(model, entry.type, &entry.id);
  else
    open_form_new(model, entry.type, &entry.id);
}

static void typed(struct model *model, struct screen *screen) {
  (void)model;
  search(screen->state);
}

static struct rp_rect place(const void *data, int width, int height) {
  enum { COLUMNS = 60 };
  const struct state *state = data;
  struct rp_rect whole = {0, 0, width, height};
  return rp_rect_centre(whole, COLUMNS, (int)state->all.count + PICK_FRAME_ROWS);
}

static size_t count(const void *data) {
  const struct state *state = data;
  return state->shown.count;
}

static void init(struct model *model, struct screen *screen) {
  static const struct pick_uses uses = {typed, take, place, count, PICK_BELOW};
  (void)model;
  pick_init(screen, &uses);
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

struct drawing {
  const struct model *model;
  const struct state *state;
};

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct state *state = drawing->state;
  const struct entry *entry = &state->all.items[state->shown.items[index]];
  char buffer[SHOWN_NAME_SIZE];
  const char *about = entry->of_company ? state->company : state->person;
  bool fits = !rp_id_is_none(&entry->id);
  int x = rp_area_text(area, 0, 0, fits ? RP_SLOT_STRONG : RP_SLOT_NORMAL, _(rp_record_type_get(entry->type)->label));
  if (fits && *about != '\0')
    rp_area_textf(area, x, 0, RP_SLOT_DIM, " · %s",
                  entry->of_company ? about : shown_name(drawing->model, about, buffer));
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = {.context = &drawing, .draw = draw_row};
  pick_draw(screen, area, state->edits ? _("Edit") : _("New"), _("what it is"), &source, _("Nothing is called so."));
}

const struct view view_choose = {
    .id = RP_VIEW_CHOOSE,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .key = pick_key,
    .paste = pick_paste,
    .mouse = pick_mouse,
    .fit = pick_fit,
    .draw = draw,
    .hints = {RP_ACTION_TAKE, RP_ACTION_BACK, RP_ACTION_NONE},
};
