/* Several records changed or deleted at once: which field, what it becomes, and a question that says how many. */
#include <stdlib.h>
#include <string.h>

#include "form_fields.h"
#include "pick.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

enum { COLUMNS = 66, LABEL_COLUMNS = 20, LEAST_ROWS = 3, NAME_ROWS = 9 };

enum step { STEP_DELETION, STEP_FIELD, STEP_VALUE };

struct choice {
  enum rp_type type;
  int field;
  enum rp_many_how how;
};

/* Something to choose from: a field, or a value of it. */
struct row {
  char *label, *detail;
  char *text; /* of a value, as it would be typed */
};

struct state {
  struct pick pick; /* first */
  struct several sets[SEVERAL_TYPES];
  size_t hidden; /* so many are behind the filter */
  enum step step;
  RP_VEC(struct choice) choices; /* one for each row of STEP_FIELD */
  struct choice choice;          /* of later steps */
  RP_VEC(struct row) rows;
  RP_VEC(size_t) shown; /* of the rows, those that have the words */
  bool enters;          /* Enter came before the names for what is typed */
  char *text, *said;    /* what the field becomes, as it is read and as it is called */
};

static const struct rp_field *field_of(const struct choice *choice) {
  return form_row(choice->type, choice->field);
}

static const struct several *set_of(const struct state *state, enum rp_type type) {
  const struct several *set = state->sets;
  while (set->type != type)
    set++;
  return set;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void clear_rows(struct state *state) {
  for (size_t i = 0; i < state->rows.count; i++) {
    free(state->rows.items[i].label);
    free(state->rows.items[i].detail);
    free(state->rows.items[i].text);
  }
  rp_vec_clear(&state->rows);
}

static void add_row(struct state *state, char *label, const char *detail, const char *text) {
  *rp_vec_add(&state->rows) = (struct row){label, rp_mem_text(detail), rp_mem_text(text)};
}

static enum rp_kind kind_of(const struct state *state) {
  return field_of(&state->choice)->kind;
}

/* People or companies, of whom the journal gives those that are called as is typed. */
static bool is_names(const struct state *state) {
  return state->step == STEP_VALUE && kind_of(state) == RP_KIND_REF;
}

static void search(struct state *state) {
  const char *typed = rp_str_text(&state->pick.input.text);
  rp_mem_replace(&state->pick.error, NULL);
  rp_vec_clear(&state->shown);
  for (size_t i = 0; i < state->rows.count; i++) {
    if (is_names(state) || rp_utf8_has_words(state->rows.items[i].label, typed))
      *rp_vec_add(&state->shown) = i;
  }
}

static void begin_step(struct state *state, enum step step) {
  state->step = step;
  rp_input_set(&state->pick.input, "");
  state->pick.list = (struct rp_list){0};
  clear_rows(state);
}

/* "tags: add" */
static char *label_of(const struct choice *choice) {
  static const char *const formats[] = {
      [RP_MANY_SET] = "%s", [RP_MANY_ADD] = N_("%s: add"), [RP_MANY_REMOVE] = N_("%s: take away")};
  struct rp_str label = {0};
  const char *format = formats[choice->how];
  rp_str_addf(&label, choice->how == RP_MANY_SET ? format : _(format), _(field_of(choice)->label));
  return rp_str_take(&label);
}

static void add_choice(struct state *state, enum rp_type type, int field, enum rp_many_how how) {
  struct choice choice = {type, field, how};
  bool names_type = state->sets[1].type != RP_TYPE_NONE;
  struct rp_str detail = {0};
  if (names_type)
    rp_str_addf(&detail, "%s · ", _(rp_record_type_get(type)->label));
  rp_str_add(&detail, _(field_of(&choice)->help));
  *rp_vec_add(&state->choices) = choice;
  add_row(state, label_of(&choice), rp_str_text(&detail), "");
  rp_str_fini(&detail);
}

/* What the tables say means the same for many records, and who may see them. */
static void list_fields(struct state *state) {
  begin_step(state, STEP_FIELD);
  rp_vec_clear(&state->choices);
  for (int audience = 0; audience < 2; audience++) {
    for (int set = 0; set < SEVERAL_TYPES && state->sets[set].type != RP_TYPE_NONE; set++) {
      enum rp_type type = state->sets[set].type;
      int count = rp_record_type_get(type)->field_count;
      for (int field = 0; field < count && audience == 0; field++) {
        const struct rp_field *row = form_row(type, field);
        if ((row->flags & RP_FIELD_MANY) == 0)
          continue;
        if (row->kind == RP_KIND_LINES) {
          add_choice(state, type, field, RP_MANY_ADD);
          add_choice(state, type, field, RP_MANY_REMOVE);
        } else {
          add_choice(state, type, field, RP_MANY_SET);
        }
      }
      if (audience == 1)
        add_choice(state, type, count, RP_MANY_SET);
    }
  }
  search(state);
}

static bool is_audience(const struct choice *choice) {
  return choice->field == rp_record_type_get(choice->type)->field_count;
}

static void add_nothing(struct state *state) {
  add_row(state, rp_mem_text(_("nothing")), _("as if it had never been said"), "");
}

static void list_codes(struct state *state) {
  const struct rp_field *row = field_of(&state->choice);
  enum rp_vocab_id id = (enum rp_vocab_id)row->of;
  for (int i = 0; i < rp_vocab_get(id)->count; i++)
    add_row(state, rp_mem_text(rp_vocab_label(id, i)), "", rp_vocab_label(id, i));
  if (!is_audience(&state->choice))
    add_nothing(state);
}

static void ask_names(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  struct request *request = model_ask(model, screen, REQUEST_CHOICES);
  request->number = form_choice(state->choice.type, state->choice.field);
  request->text = rp_mem_text(rp_str_text(&state->pick.input.text));
  request->named = true;
}

static void list_names(struct state *state, const struct answer *given) {
  const struct offers *offers = given->data;
  char id[RP_ID_TEXT_SIZE];
  if (offers == NULL || !is_names(state))
    return;
  clear_rows(state);
  for (size_t i = 0; i < offers->items.count; i++) {
    const struct offer *offer = &offers->items.items[i];
    add_row(state, rp_mem_text(offer->name), offer->customer, rp_id_format(&offer->id, id));
  }
  if (*given->request.text == '\0' && (field_of(&state->choice)->flags & RP_FIELD_REQUIRED) == 0)
    add_nothing(state);
  search(state);
}

static void copy_ids(const struct several *set, struct request *request) {
  request->ids = rp_mem_zero(set->count, sizeof *request->ids);
  memcpy(request->ids, set->ids, set->count * sizeof *request->ids);
  request->id_count = set->count;
}

static int number_of(const struct choice *choice) {
  return many_choice(choice->type, choice->field, choice->how);
}

static void list_values(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  begin_step(state, STEP_VALUE);
  if (is_names(state))
    ask_names(model, screen);
  if (kind_of(state) == RP_KIND_CODE)
    list_codes(state);
  if (kind_of(state) == RP_KIND_LINES) {
    struct request *request = model_ask(model, screen, REQUEST_LINES);
    request->number = number_of(&state->choice);
    if (state->choice.how == RP_MANY_REMOVE) /* only what is there */
      copy_ids(set_of(state, state->choice.type), request);
  }
  search(state);
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

void open_many(struct model *model, const struct several sets[SEVERAL_TYPES], size_t hidden, bool deletes) {
  struct screen *screen = model_open(model, RP_VIEW_MANY);
  struct state *state = screen->state;
  memcpy(state->sets, sets, sizeof state->sets);
  state->hidden = hidden;
  if (deletes)
    copy_ids(&state->sets[0], model_ask(model, screen, REQUEST_DELETION_MANY));
  else
    list_fields(state);
}

static void fini(void *data) {
  struct state *state = data;
  for (int i = 0; i < SEVERAL_TYPES; i++)
    free(state->sets[i].ids);
  pick_fini(&state->pick);
  rp_vec_fini(&state->choices);
  clear_rows(state);
  rp_vec_fini(&state->rows);
  rp_vec_fini(&state->shown);
  free(state->text);
  free(state->said);
}

/* ---- the question ------------------------------------------------------------------------------------------------ */

/* Title and text are freed. */
static void ask_question(struct model *model, struct screen *screen, char *title, struct rp_str *text,
                         const char *const *answers, ask_done *done) {
  rp_str_add(text, _(" Undo brings all of it back."));
  open_ask(model, screen, title, rp_str_text(text), answers, done, NULL);
  free(title);
  rp_str_fini(text);
}

static void add_hidden(const struct state *state, struct rp_str *text) {
  if (state->hidden > 0)
    rp_str_addf(text, P_(" The filter hides %zu of them.", " The filter hides %zu of them.", state->hidden),
                state->hidden);
}

static void change_answered(struct model *model, struct screen *screen, size_t answer, const struct rp_id *id) {
  (void)id;
  if (screen == NULL || answer != 0)
    return;
  const struct state *state = screen->state;
  struct request *request = model_ask(model, NULL, REQUEST_MANY);
  copy_ids(set_of(state, state->choice.type), request);
  request->number = number_of(&state->choice);
  request->text = rp_mem_text(state->text);
  model_close_screen(model, screen->serial);
}

static void ask_change(struct model *model, struct screen *screen, size_t changed) {
  static const char *const answers[] = {N_("Change"), N_("Back"), NULL};
  const struct state *state = screen->state;
  static const char *const sentences[] = {
      /* TRANSLATORS: a field, and its new value */
      [RP_MANY_SET] = N_("%s becomes “%s”."),
      [RP_MANY_ADD] = N_("%s: “%s” is added."),
      [RP_MANY_REMOVE] = N_("%s: “%s” is taken away."),
  };
  const struct several *set = set_of(state, state->choice.type);
  const char *label = _(field_of(&state->choice)->label);
  struct rp_str many = {0};
  struct rp_str text = {0};
  if (*state->text == '\0')
    rp_str_addf(&text, _("%s is emptied."), label);
  else
    rp_str_addf(&text, _(sentences[state->choice.how]), label, state->said);
  size_t same = set->count - changed;
  if (same > 0)
    rp_str_addf(&text,
                P_(" %zu has it so already and stays as it is.", " %zu have it so already and stay as they are.", same),
                same);
  add_hidden(state, &text);
  rp_sentence_many(state->choice.type, changed, &many);
  /* TRANSLATORS: "12 people" */
  ask_question(model, screen, rp_str_format(_("Change %s"), rp_str_text(&many)), &text, answers, change_answered);
  rp_str_fini(&many);
}

static void delete_answered(struct model *model, struct screen *screen, size_t answer, const struct rp_id *id) {
  (void)id;
  if (screen == NULL)
    return;
  if (answer == 0)
    copy_ids(&((const struct state *)screen->state)->sets[0], model_ask(model, NULL, REQUEST_DELETE_MANY));
  model_close_screen(model, screen->serial);
}

static void ask_delete(struct model *model, struct screen *screen, const struct deletion *deletion) {
  enum { DELETE, KEEP };
  static const char *const answers[] = {[DELETE] = N_("Delete"), [KEEP] = N_("Keep"), NULL};
  const struct state *state = screen->state;
  struct rp_str many = {0};
  struct rp_str text = {0};
  bool one = state->sets[0].count == 1;
  rp_sentence_many(state->sets[0].type, state->sets[0].count, &many);
  if (one)
    rp_str_addf(&text, _("“%s” will be deleted."), shown_text(model, deletion->title));
  else
    rp_str_addf(&text, _("%s will be deleted: %s."), rp_str_text(&many), shown_text(model, deletion->title));
  if (*deletion->with != '\0')
    rp_str_addf(&text, one ? _(" Goes with it: %s.") : _(" Goes with them: %s."), deletion->with);
  if (*deletion->without != '\0')
    rp_str_addf(&text, one ? _(" Stays without it: %s.") : _(" Stays without them: %s."), deletion->without);
  add_hidden(state, &text);
  ask_question(model, screen, rp_str_format(_("Delete %s"), rp_str_text(&many)), &text, answers, delete_answered);
  ask_prefer(model, KEEP);
  rp_str_fini(&many);
}

/* ---- choosing ---------------------------------------------------------------------------------------------------- */

/* What can be read without the journal is read now. */
static bool can_be_read(const struct model *model, struct state *state) {
  struct rp_record_context context = {.today = model->today};
  struct rp_record *record = rp_record_new(state->choice.type);
  struct rp_err err;
  rp_status status = RP_OK;
  if (!is_audience(&state->choice) && !is_names(state))
    status = rp_record_parse(record, state->choice.field, state->text, strlen(state->text), &context, &err);
  rp_record_free(record);
  if (status != RP_OK)
    rp_mem_replace(&state->pick.error, err.text);
  return status == RP_OK;
}

static bool is_list(const struct state *state) {
  return state->step == STEP_VALUE && kind_of(state) == RP_KIND_LINES;
}

/* The row that stands for what is typed itself: a value that nobody has yet. */
static bool is_new_value(const struct state *state) {
  const char *typed = rp_str_text(&state->pick.input.text);
  if (!is_list(state) || state->choice.how != RP_MANY_ADD || *typed == '\0')
    return false;
  for (size_t i = 0; i < state->shown.count; i++) {
    if (rp_str_equal(state->rows.items[state->shown.items[i]].label, typed))
      return false;
  }
  return true;
}

static void take(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  size_t selected = state->pick.list.selected;
  bool listed = selected < state->shown.count;
  if (state->step == STEP_FIELD) {
    if (!listed)
      return;
    state->choice = state->choices.items[state->shown.items[selected]];
    list_values(model, screen);
    return;
  }
  state->enters = is_names(state) && screen_waits(screen, REQUEST_CHOICES);
  if (state->enters)
    return;
  bool chooses = kind_of(state) == RP_KIND_CODE || is_names(state) || (is_list(state) && !is_new_value(state));
  if (!listed && chooses)
    return;
  const struct row *row = listed ? &state->rows.items[state->shown.items[selected]] : NULL;
  rp_mem_replace(&state->text, listed ? row->text : rp_str_text(&state->pick.input.text));
  rp_mem_replace(&state->said, listed ? row->label : rp_str_text(&state->pick.input.text));
  if (!can_be_read(model, state))
    return;
  struct request *request = model_ask(model, screen, REQUEST_MANY_CHECK);
  request->number = number_of(&state->choice);
  request->text = rp_mem_text(state->text);
  copy_ids(set_of(state, state->choice.type), request);
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  switch (given->request.kind) {
  case REQUEST_CHOICES:
    list_names(state, given);
    if (state->enters)
      take(model, screen);
    return given->status == RP_OK;
  case REQUEST_LINES: {
    const struct offers *offers = given->data;
    for (size_t i = 0; offers != NULL && state->step == STEP_VALUE && i < offers->items.count; i++) {
      struct rp_str element = {0};
      form_add_element(&element, offers->items.items[i].name);
      add_row(state, rp_mem_text(offers->items.items[i].name), offers->items.items[i].customer, rp_str_text(&element));
      rp_str_fini(&element);
    }
    search(state);
    return given->status == RP_OK;
  }
  case REQUEST_MANY_CHECK:
    if (given->status != RP_OK) {
      rp_mem_replace(&state->pick.error, given->err.text);
    } else if (*(const size_t *)given->data == 0) {
      model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("nothing to change: all are so already"));
      model_close_screen(model, screen->serial);
    } else {
      ask_change(model, screen, *(const size_t *)given->data);
    }
    return true;
  case REQUEST_DELETION_MANY:
    if (given->status == RP_OK) {
      ask_delete(model, screen, given->data);
    } else {
      model_notice(model, RP_SLOT_ERROR, "%s", given->err.text);
      model_close_screen(model, screen->serial);
    }
    return true;
  default:
    return false;
  }
}

static void typed(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  search(state);
  state->enters = false;
  if (is_names(state))
    ask_names(model, screen);
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (state->step == STEP_DELETION)
    return false;
  if (state->step == STEP_VALUE && rp_key_is(pressed, RP_KEY_ESCAPE)) {
    list_fields(state);
    return true;
  }
  return pick_key(model, screen, pressed);
}

static void paste(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  const struct state *state = screen->state;
  if (state->step != STEP_DELETION)
    pick_paste(model, screen, bytes, length);
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static struct rp_rect place(const void *data, int width, int height) {
  const struct state *state = data;
  struct rp_rect whole = {0, 0, width, height};
  int rows = is_names(state) ? NAME_ROWS : (int)state->rows.count + (is_list(state) ? 1 : 0);
  return rp_rect_centre(whole, COLUMNS, (rows < LEAST_ROWS ? LEAST_ROWS : rows) + PICK_FRAME_ROWS);
}

static size_t row_count(const void *data) {
  const struct state *state = data;
  return state->shown.count + (is_new_value(state) ? 1 : 0);
}

static void init(struct model *model, struct screen *screen) {
  static const struct pick_uses uses = {typed, take, place, row_count, PICK_BELOW};
  (void)model;
  pick_init(screen, &uses);
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  const struct state *state = screen->state;
  if (state->step != STEP_DELETION)
    pick_mouse(model, screen, event, x, y);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  const struct state *state = screen->state;
  if (state->step != STEP_DELETION)
    pick_fit(model, screen, width, height);
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct state *state = context;
  if (index >= state->shown.count) {
    rp_area_textf(area, 0, 0, RP_SLOT_STRONG, _("“%s”, which is new"), rp_str_text(&state->pick.input.text));
    return;
  }
  const struct row *row = &state->rows.items[state->shown.items[index]];
  bool alone = *row->detail == '\0';
  rp_area_text(alone ? area : rp_area_inside(area, (struct rp_rect){0, 0, LABEL_COLUMNS, 1}), 0, 0, RP_SLOT_STRONG,
               row->label);
  rp_area_text(area, LABEL_COLUMNS + 2, 0, RP_SLOT_DIM, row->detail);
}

/* What can be typed, where there is nothing to choose from. */
static char *say_none(const struct state *state) {
  struct rp_str text = {0};
  const struct rp_field *row = field_of(&state->choice);
  if (state->step == STEP_FIELD || row->kind == RP_KIND_CODE || row->kind == RP_KIND_REF) {
    rp_str_add(&text, _("Nothing is called so."));
  } else if (state->choice.how == RP_MANY_REMOVE) {
    rp_str_add(&text, _("None of them has any."));
  } else {
    rp_str_add(&text, _(row->help));
    rp_str_add(&text, row->kind == RP_KIND_LINES ? "" : _(" · an empty line takes it away"));
  }
  return rp_str_take(&text);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  if (state->step == STEP_DELETION) /* a question stands over it */
    return;
  struct rp_str title = {0};
  rp_sentence_many(state->sets[0].type, state->sets[0].count, &title);
  if (state->step == STEP_VALUE) {
    char *label = label_of(&state->choice);
    rp_str_addf(&title, " · %s", label);
    free(label);
  }
  char *none = say_none(state);
  const struct rp_list_source source = {.context = state, .draw = draw_row};
  pick_draw(screen, area, rp_str_text(&title), state->step == STEP_FIELD ? _("what to change") : _("what it becomes"),
            &source, screen_waits(screen, REQUEST_LINES) || screen_waits(screen, REQUEST_CHOICES) ? NULL : none);
  free(none);
  rp_str_fini(&title);
}

const struct view view_many = {
    .id = RP_VIEW_MANY,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .answer = answer,
    .key = key,
    .paste = paste,
    .mouse = mouse,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_TAKE, RP_ACTION_BACK, RP_ACTION_NONE},
};
