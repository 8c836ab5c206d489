#include "table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"

enum { HEAD_ROWS = 2, GAP = 2 };

/* What the functions of the list get. */
struct scene {
  const struct model *model;
  const void *state;
  const struct table *table;
};

static struct table *table_of(const struct screen *screen) {
  return screen->state;
}

static struct scene scene_of(const struct model *model, const struct screen *screen) {
  return (struct scene){model, screen->state, table_of(screen)};
}

void table_init(struct screen *screen, const struct table_kind *kind) {
  struct table *table = table_of(screen);
  assert(kind->column_count <= TABLE_COLUMNS);
  table->kind = kind;
  browse_init(&table->browse, kind->ratio, HEAD_ROWS);
}

void table_fini(struct table *table) {
  matches_free(table->matches);
  rp_vec_fini(&table->ordered);
  rp_vec_fini(&table->shown);
  rp_vec_fini(&table->marks);
  free(table->ids);
  free(table->passing);
  browse_fini(&table->browse);
  free(table->filter);
}

/* ---- which rows, in which order ---------------------------------------------------------------------------------- */

static const void *row_at(const struct table *table, size_t index) {
  return index < table->shown.count ? table->shown.items[index] : NULL;
}

const void *table_selected(const struct table *table) {
  return row_at(table, table->browse.list.selected);
}

static struct rp_id id_of(const struct table *table, const void *row) {
  return table->kind->id(row, table->kind->type);
}

static struct rp_id id_at(const struct table *table, size_t index) {
  const void *row = row_at(table, index);
  return row != NULL ? id_of(table, row) : (struct rp_id){{0}};
}

static const void *any_row(const struct table *table, size_t index) {
  return (const char *)table->rows + index * table->kind->row_size;
}

/* Numbers only, and the rows lie in the order of their names: however many there are, a key does not wait for it. */
static int compare_entries(const void *a, const void *b) {
  const struct table_entry *x = a;
  const struct table_entry *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

static bool holds(const struct matches *ids, const struct rp_id *id) {
  return ids->count > 0 && bsearch(id, ids->items, ids->count, sizeof *ids->items, compare_ids) != NULL;
}

static bool passes(const struct table *table, const void *row) {
  return table->passing == NULL || table->passing[table->kind->place(row)];
}

static void list_ids(struct table *table) {
  free(table->ids);
  table->ids = rp_mem_zero(table->count + 1, sizeof *table->ids);
  for (size_t i = 0; i < table->count; i++) {
    const void *row = any_row(table, i);
    table->ids[table->kind->place(row)] = id_of(table, row);
  }
}

/* The ids of the rows and those of the filter are in the same order: one walk along both. */
static void apply_filter(struct table *table) {
  free(table->passing);
  table->passing = NULL;
  if (table->filter == NULL || table->matches == NULL)
    return;
  const struct matches *matches = table->matches;
  table->passing = rp_mem_zero(table->count + 1, sizeof *table->passing);
  for (size_t i = 0, at = 0; i < table->count && at < matches->count;) {
    int order = rp_id_compare(&table->ids[i], &matches->items[at]);
    if (order > 0)
      at++;
    else
      table->passing[i++] = order == 0;
  }
}

static void sort_rows(struct table *table) {
  const struct table_column *column = &table->kind->columns[table->order];
  rp_vec_clear(&table->ordered);
  for (size_t i = 0; i < table->count; i++) {
    const void *row = any_row(table, i);
    *rp_vec_add(&table->ordered) = (struct table_entry){column->key == NULL ? 0 : column->key(row), row};
  }
  rp_mem_sort(table->ordered.items, table->ordered.count, sizeof *table->ordered.items, compare_entries);
}

static void count_marks(struct table *table) {
  table->marks_shown = 0;
  for (size_t i = 0; table->marks.count > 0 && i < table->shown.count; i++) {
    struct rp_id id = id_at(table, i);
    table->marks_shown += holds(&table->marks, &id);
  }
}

/* Chooses the rows. The selection stays with whom it was, also when they come back from behind a filter; it goes to
 * whoever stands in their place when they are gone. */
static void arrange(struct table *table) {
  const struct rp_id *kept =
      table->count == 0 ? NULL : bsearch(&table->kept, table->ids, table->count, sizeof *table->ids, compare_ids);
  size_t selected = table->browse.list.selected;
  rp_vec_clear(&table->shown);
  for (size_t i = 0; i < table->ordered.count; i++) {
    const void *row = table->ordered.items[i].row;
    if (!passes(table, row))
      continue;
    if (kept != NULL && table->kind->place(row) == (size_t)(kept - table->ids))
      selected = table->shown.count;
    *rp_vec_add(&table->shown) = row;
  }
  if (selected >= table->shown.count)
    selected = table->shown.count > 0 ? table->shown.count - 1 : 0;
  table->browse.list.selected = selected;
  if (kept == NULL)
    table->kept = id_at(table, selected);
  count_marks(table);
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

static void sort_marks(struct table *table) {
  rp_mem_sort(table->marks.items, table->marks.count, sizeof *table->marks.items, compare_ids);
}

/* Of those who are not there any more. */
static void forget_marks(struct table *table) {
  struct matches marks = {0};
  for (size_t i = 0; table->marks.count > 0 && i < table->count; i++) {
    struct rp_id id = id_of(table, any_row(table, i));
    if (holds(&table->marks, &id))
      *rp_vec_add(&marks) = id;
  }
  rp_vec_fini(&table->marks);
  table->marks = marks;
  sort_marks(table);
}

static bool is_marked(const struct table *table, size_t index) {
  struct rp_id id = id_at(table, index);
  return holds(&table->marks, &id);
}

static void mark(struct table *table, size_t index) {
  struct rp_id id = id_at(table, index);
  size_t at = 0;
  while (at < table->marks.count && !rp_id_equal(&table->marks.items[at], &id))
    at++;
  if (at < table->marks.count)
    rp_vec_remove(&table->marks, at);
  else
    *rp_vec_add(&table->marks) = id;
  sort_marks(table);
  count_marks(table);
}

/* All that are shown; when they all are, none of them. */
static void mark_all(struct table *table) {
  bool all = table->marks_shown == table->shown.count;
  struct matches marks = {0};
  for (size_t i = 0; i < table->count; i++) {
    const void *row = any_row(table, i);
    struct rp_id id = id_of(table, row);
    if (passes(table, row) ? !all : holds(&table->marks, &id))
      *rp_vec_add(&marks) = id;
  }
  rp_vec_fini(&table->marks);
  table->marks = marks;
  sort_marks(table);
  count_marks(table);
}

static void add_several(const struct table *table, const void *row, struct several sets[SEVERAL_TYPES]) {
  for (int set = 0; set < SEVERAL_TYPES && sets[set].type != RP_TYPE_NONE; set++)
    sets[set].ids[sets[set].count++] = table->kind->id(row, sets[set].type);
}

/* Changes or deletes what is marked, in the order that is seen, then what is hidden; else what is selected. */
static void act_on_marks(struct model *model, const struct table *table, bool deletes) {
  struct several sets[SEVERAL_TYPES];
  size_t marks = table->marks.count;
  if (model_refuses(model))
    return;
  for (int set = 0; set < SEVERAL_TYPES; set++) {
    enum rp_type type = table->kind->types[set];
    sets[set] = (struct several){type, type == RP_TYPE_NONE ? NULL : rp_mem_zero(marks + 1, sizeof *sets->ids), 0};
  }
  for (size_t i = 0; i < table->shown.count; i++) {
    if (marks > 0 ? is_marked(table, i) : i == table->browse.list.selected)
      add_several(table, row_at(table, i), sets);
  }
  for (size_t i = 0; marks > 0 && i < table->count; i++) {
    const void *row = any_row(table, i);
    struct rp_id id = id_of(table, row);
    if (!passes(table, row) && holds(&table->marks, &id))
      add_several(table, row, sets);
  }
  open_many(model, sets, marks - table->marks_shown, deletes);
}

/* ---- the journal or the order is another ------------------------------------------------------------------------- */

static struct browse_rows rows_of(const struct scene *scene);

/* The same journal in another order or through another filter. */
static void rearrange(struct model *model, struct screen *screen) {
  struct table *table = table_of(screen);
  struct rp_id before = id_at(table, table->browse.list.selected);
  arrange(table);
  const struct scene scene = scene_of(model, screen);
  const struct browse_rows rows = rows_of(&scene);
  struct rp_id after = id_at(table, table->browse.list.selected);
  rp_list_fit(&table->browse.list, rows.count, table->browse.list.rows, &rows.list);
  if (!rp_id_equal(&before, &after))
    browse_select(model, screen, &table->browse, &rows, table->browse.list.selected);
}

void table_set(struct model *model, struct screen *screen, const void *rows, size_t count) {
  struct table *table = table_of(screen);
  table->rows = rows;
  table->count = count;
  table->is_read = true;
  list_ids(table);
  apply_filter(table);
  forget_marks(table);
  sort_rows(table);
  arrange(table);
  const struct scene scene = scene_of(model, screen);
  const struct browse_rows of = rows_of(&scene);
  browse_renew(model, screen, &table->browse, &of);
}

static void set_order(struct model *model, struct screen *screen, size_t order) {
  struct table *table = table_of(screen);
  table->order = order;
  sort_rows(table);
  rearrange(model, screen);
}

static bool shows(const struct scene *scene, size_t column) {
  const struct table_kind *kind = scene->table->kind;
  return kind->shows == NULL || kind->shows(scene->state, column);
}

static size_t next_order(const struct scene *scene) {
  size_t next = scene->table->order;
  do
    next = (next + 1) % scene->table->kind->column_count;
  while (!shows(scene, next));
  return next;
}

/* ---- the filter -------------------------------------------------------------------------------------------------- */

static void ask_matches(struct model *model, struct screen *screen) {
  const struct table *table = table_of(screen);
  if (table->filter == NULL)
    return;
  struct request *request = model_ask(model, screen, REQUEST_MATCHES);
  request->text = rp_mem_text(table->filter);
  request->number = (int)table->kind->type;
}

static void set_filter(struct model *model, struct screen *screen, const char *text) {
  struct table *table = table_of(screen);
  rp_mem_replace(&table->filter, *text == '\0' ? NULL : text);
  if (table->filter == NULL) {
    matches_free(table->matches);
    table->matches = NULL;
    apply_filter(table);
    rearrange(model, screen);
  } else {
    ask_matches(model, screen);
  }
}

void table_load(struct model *model, struct screen *screen) {
  ask_matches(model, screen);
}

bool table_answer(struct model *model, struct screen *screen, struct answer *given) {
  struct table *table = table_of(screen);
  if (given->request.kind == REQUEST_MATCHES && given->status == RP_EUSAGE)
    return true; /* the filter is still being typed; Enter says what is wrong */
  if (browse_answer(&table->browse, given))
    return true;
  if (given->request.kind != REQUEST_MATCHES || given->status != RP_OK)
    return false;
  matches_free(table->matches);
  table->matches = given->data;
  given->data = NULL;
  apply_filter(table);
  rearrange(model, screen);
  return true;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct scene *scene = context;
  const struct table *table = scene->table;
  const void *row = row_at(table, index);
  int x = 0;
  for (size_t column = 0; row != NULL && column < table->kind->column_count; column++) {
    int width = table->widths[column];
    if (width == 0)
      continue;
    table->kind->columns[column].draw(scene->model, row, rp_area_inside(area, (struct rp_rect){x, 0, width, 1}));
    x += width + GAP;
  }
}

static bool about(const void *context, size_t index, struct rp_id *out) {
  const struct scene *scene = context;
  const void *row = row_at(scene->table, index);
  return row != NULL && scene->table->kind->about(row, out);
}

static bool marked(const void *context, size_t index) {
  const struct scene *scene = context;
  return is_marked(scene->table, index);
}

static void ask(struct model *model, struct screen *screen, size_t index) {
  const struct table *table = table_of(screen);
  const void *row = row_at(table, index);
  if (row != NULL)
    table->kind->ask(model, screen, row);
}

static void tell(const void *context, size_t index, struct page *page) {
  const struct scene *scene = context;
  const void *row = row_at(scene->table, index);
  if (row != NULL)
    scene->table->kind->tell(scene->model, scene->state, row, page);
}

static struct browse_rows rows_of(const struct scene *scene) {
  const struct table_kind *kind = scene->table->kind;
  return (struct browse_rows){.list = {.context = scene, .draw = draw_row, .marked = marked},
                              .count = scene->table->shown.count,
                              .about = kind->about == NULL ? NULL : about,
                              .ask = kind->ask == NULL ? NULL : ask,
                              .tell = kind->tell == NULL ? NULL : tell};
}

static void draw_labels(const struct table *table, struct rp_area row) {
  int x = 1;
  for (size_t column = 0; column < table->kind->column_count; column++) {
    int width = table->widths[column];
    if (width == 0)
      continue;
    struct rp_area cell = rp_area_inside(row, (struct rp_rect){x, 0, width + GAP, 1}); /* the mark may hang over */
    bool sorted = column == table->order;
    int end = rp_area_text(cell, 0, 0, sorted ? RP_SLOT_HEADING : RP_SLOT_DIM, _(table->kind->columns[column].label));
    if (sorted)
      rp_area_text(cell, end, 0, RP_SLOT_HEADING, " ▾");
    x += width + GAP;
  }
}

/* "3 selected, 1 of them hidden · " */
static void add_marked(const struct table *table, struct rp_rich *line) {
  size_t count = table->marks.count;
  size_t hidden = count - table->marks_shown;
  if (count == 0)
    return;
  rp_rich_addf(line, RP_SLOT_MARKED, P_("%zu selected", "%zu selected", count), count);
  if (hidden > 0)
    rp_rich_addf(line, RP_SLOT_WARNING, P_(", %zu of them hidden", ", %zu of them hidden", hidden), hidden);
  rp_rich_add(line, RP_SLOT_DIM, " · ");
}

/* "3 selected · 12 of 60 · by rhythm · stage>=2" */
static void draw_count(const struct scene *scene, struct rp_area row) {
  const struct table *table = scene->table;
  struct rp_rich line = {0};
  add_marked(table, &line);
  if (table->filter != NULL) {
    rp_rich_addf(&line, RP_SLOT_DIM, _("%zu of %zu"), table->shown.count, table->count);
  } else {
    struct rp_str count = {0};
    rp_sentence_many(table->kind->type, table->count, &count);
    rp_rich_add(&line, RP_SLOT_DIM, rp_str_text(&count));
    rp_str_fini(&count);
  }
  /* TRANSLATORS: the order of a table: "by rhythm" */
  rp_rich_addf(&line, RP_SLOT_DIM, _(" · by %s"), _(table->kind->columns[table->order].label));
  if (table->filter != NULL) {
    rp_rich_add(&line, RP_SLOT_DIM, " · ");
    rp_rich_add(&line, RP_SLOT_TAG, table->filter);
  }
  if (table->kind->note != NULL)
    table->kind->note(scene->state, &line);
  rp_area_rich(row, 1, 0, &line);
  rp_rich_fini(&line);
}

void table_draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct scene scene = scene_of(model, screen);
  const struct table *table = scene.table;
  if (!table->is_read) {
    browse_draw_empty(area, NULL, _("reading …"));
    return;
  }
  if (table->count == 0) {
    browse_draw_empty(area, _(table->kind->nothing),
                      _("Log a first meeting: “Maija Virtanen @ Saimaa Valves: what it was about” makes the person and "
                        "the company."));
    return;
  }
  const struct browse_rows rows = rows_of(&scene);
  struct rp_area pane;
  browse_draw(&table->browse, &rows, area, &pane);
  draw_count(&scene, rp_area_row(pane, 0, 0));
  draw_labels(table, rp_area_row(pane, 0, 1));
  if (rows.count == 0)
    rp_area_text(pane, 1, HEAD_ROWS + 1, RP_SLOT_DIM, _(table->kind->none));
}

void table_fit(const struct model *model, struct screen *screen, int width, int height) {
  struct table *table = table_of(screen);
  const struct scene scene = scene_of(model, screen);
  const struct browse_rows rows = rows_of(&scene);
  browse_fit(model, &table->browse, &rows, width, height);
  struct rp_column wanted[TABLE_COLUMNS];
  for (size_t i = 0; i < table->kind->column_count; i++) {
    wanted[i] = table->kind->columns[i].width;
    if (!shows(&scene, i)) /* as if it were too wide, and the first to go */
      wanted[i] = (struct rp_column){.least = width};
  }
  rp_layout_columns(wanted, table->kind->column_count, table->browse.panes.layout.first.width - RP_LIST_MARGINS, GAP,
                    table->widths);
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

/* Whoever is selected now is whom the selection stays with. */
static void keep(struct table *table) {
  if (table_selected(table) != NULL)
    table->kept = id_at(table, table->browse.list.selected);
}

bool table_knows(const struct model *model, const struct screen *screen, enum rp_action action, bool *can) {
  (void)model;
  const struct table *table = screen->state;
  bool any = table->marks.count > 0; /* perhaps behind the filter */
  *can = table->shown.count > 0 || (any && action != RP_ACTION_MARK && action != RP_ACTION_MARK_ALL);
  return action == RP_ACTION_DELETE || action == RP_ACTION_MARK || action == RP_ACTION_MARK_ALL ||
         (action == RP_ACTION_EDIT && any);
}

bool table_act(struct model *model, struct screen *screen, enum rp_action action) {
  struct table *table = table_of(screen);
  const struct scene scene = scene_of(model, screen);
  const struct browse_rows rows = rows_of(&scene);
  bool can;
  if (table_knows(model, screen, action, &can) && !can)
    return true;
  if (browse_act(model, screen, &table->browse, &rows, action)) {
    keep(table);
    return true;
  }
  switch (action) {
  case RP_ACTION_ORDER:
    set_order(model, screen, next_order(&scene));
    return true;
  case RP_ACTION_FILTER:
    open_filter(model, screen, _(table->kind->filter_hint), table->filter == NULL ? "" : table->filter, set_filter);
    return true;
  case RP_ACTION_MARK:
    if (table_selected(table) != NULL)
      mark(table, table->browse.list.selected);
    rp_list_move(&table->browse.list, RP_MOVE_DOWN, &rows.list);
    browse_select(model, screen, &table->browse, &rows, table->browse.list.selected);
    keep(table);
    return true;
  case RP_ACTION_MARK_ALL:
    mark_all(table);
    return true;
  case RP_ACTION_EDIT:
    if (table->marks.count == 0)
      return false;
    act_on_marks(model, table, false);
    return true;
  case RP_ACTION_DELETE:
    act_on_marks(model, table, true);
    return true;
  case RP_ACTION_BACK: /* first what was chosen last */
    if (table->marks.count > 0) {
      rp_vec_clear(&table->marks);
      count_marks(table);
    } else if (table->filter != NULL) {
      set_filter(model, screen, "");
    } else {
      return false;
    }
    return true;
  default:
    return false;
  }
}

void table_mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct table *table = table_of(screen);
  size_t column;
  if (browse_heading_at(&table->browse, event, x, y, table->widths, table->kind->column_count, GAP, &column)) {
    set_order(model, screen, column);
    return;
  }
  const struct scene scene = scene_of(model, screen);
  const struct browse_rows rows = rows_of(&scene);
  browse_mouse(model, screen, &table->browse, &rows, event, x, y);
  keep(table);
}

/* ---- for columns ------------------------------------------------------------------------------------------------- */

long tier_key(int tier) {
  return tier == RP_CODE_NONE ? RP_TIER_COUNT : tier;
}

void draw_day(const struct model *model, rp_date date, struct rp_area cell) {
  struct rp_str text = {0};
  if (date != RP_DATE_NONE)
    rp_date_format_short(date, model->as_of, &text);
  rp_area_text(cell, 0, 0, RP_SLOT_DATE, rp_str_text(&text));
  rp_str_fini(&text);
}

void draw_tier(int tier, struct rp_area cell) {
  if (tier != RP_CODE_NONE)
    rp_area_text(cell, 0, 0, RP_SLOT_NORMAL, rp_vocab_code(RP_VOCAB_TIER, tier));
}
