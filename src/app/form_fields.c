#include "form_fields.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"

enum { LONG_FORM = 9 }; /* fields from which the rare ones are folded away */

static const struct rp_field audience_row = {
    .name = "audience",
    .kind = RP_KIND_CODE,
    .flags = RP_FIELD_RARE,
    .of = RP_VOCAB_AUDIENCE,
    .label = N_("audience"),
    .help = N_("who may see it: me, shape (names, dates and codes) or team"),
};

const struct rp_field *form_row(enum rp_type type, int field) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  return field < descriptor->field_count ? &descriptor->fields[field] : &audience_row;
}

const struct rp_field *form_field_row(const struct form_fields *fields, size_t index) {
  return form_row(fields->type, fields->fields.items[index].field);
}

/* ---- what a value looks like in a form ----------------------------------------------------------------------------
 */

void form_add_element(struct rp_str *out, const char *element) {
  for (const char *at = element; *at != '\0'; at++) {
    if (strchr(",\"\\", *at) != NULL)
      rp_str_addc(out, '\\');
    rp_str_addc(out, *at);
  }
}

static void add_element(struct rp_str *out, const char *element) {
  if (out->length > 0)
    rp_str_add(out, ", ");
  form_add_element(out, element);
}

static void add_title(const form_picks *picks, const struct rp_field *row, const struct rp_id *id, bool element,
                      struct rp_str *out) {
  char text[RP_ID_TEXT_SIZE];
  const char *title = form_pick_title(picks, row->of, id);
  if (title == NULL)
    title = rp_id_format(id, text);
  if (element)
    add_element(out, title);
  else
    rp_str_add(out, title);
}

static void add_when(struct rp_when when, struct rp_str *out) {
  rp_date_format(when.date, out);
  if (when.date != RP_DATE_NONE && when.minute != RP_MINUTE_NONE)
    rp_str_addf(out, " %02d:%02d", when.minute / 60, when.minute % 60);
}

/* As rp_record_print, with the words of the interface and the names of what is referred to. */
static char *text_of(const struct rp_record *record, int field, const form_picks *picks) {
  const struct rp_field *row = form_row(record->type, field);
  struct rp_str out = {0};
  if (row == &audience_row) {
    rp_str_add(&out, rp_vocab_label(RP_VOCAB_AUDIENCE, record->audience));
    return rp_str_take(&out);
  }
  const struct rp_value *value = &record->values[field];
  if (row->kind == RP_KIND_BOOL && !value->set && (row->flags & RP_FIELD_REQUIRED) == 0)
    rp_str_add(&out, "no"); /* the same as nothing */
  if (!value->set)
    return rp_str_take(&out);
  switch (row->kind) {
  case RP_KIND_CODE:
    rp_str_add(&out, rp_vocab_label((enum rp_vocab_id)row->of, (int)value->number));
    break;
  case RP_KIND_CODES:
    for (size_t i = 0; i < value->codes.count; i++)
      add_element(&out, rp_vocab_label((enum rp_vocab_id)row->of, value->codes.items[i]));
    break;
  case RP_KIND_REF:
    add_title(picks, row, &value->id, false, &out);
    break;
  case RP_KIND_REFS:
    for (size_t i = 0; i < value->ids.count; i++)
      add_title(picks, row, &value->ids.items[i], true, &out);
    break;
  case RP_KIND_WHEN:
    add_when(value->when, &out);
    break;
  default:
    rp_record_print(record, field, &out);
    break;
  }
  return rp_str_take(&out);
}

/* ---- making -------------------------------------------------------------------------------------------------------
 */

static enum rp_form_kind kind_of(const struct rp_field *row) {
  switch (row->kind) {
  case RP_KIND_TEXT:
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    return RP_FORM_TEXT;
  case RP_KIND_BOOL:
    return RP_FORM_SWITCH;
  default:
    return RP_FORM_LINE;
  }
}

static void add_field(struct form_fields *fields, const struct form_start *start, int field, bool folds) {
  const struct rp_field *row = form_row(fields->type, field);
  char *text = text_of(start->record, field, &fields->picks);
  struct rp_form_field *to = rp_form_add(&fields->form, _(row->label), kind_of(row), text);
  *rp_vec_add(&fields->fields) = (struct form_field){.field = field, .begun = text};
  bool filled = *text != '\0' && strcmp(text, "no") != 0;
  to->required = (row->flags & RP_FIELD_REQUIRED) != 0;
  bool tells = filled && row != &audience_row && !rp_id_is_none(&fields->id);
  to->rare = folds && (row->flags & RP_FIELD_RARE) != 0 && !tells;
  to->chooses = form_field_chooses(fields, fields->fields.count - 1);
}

static void add_picks(form_picks *to, const form_picks *from) {
  for (size_t i = 0; i < from->count; i++)
    (void)form_pick_add(to, from->items[i].of, from->items[i].title, &from->items[i].id);
}

void form_fields_init(struct form_fields *fields, const struct form_start *start, const struct rp_id *about,
                      rp_date today) {
  const struct rp_record *record = start->record;
  int count = rp_record_type_get(record->type)->field_count;
  *fields = (struct form_fields){
      .type = record->type, .id = record->id, .about = *about, .based_on = record->changed, .today = today};
  fields->of_note = start->quick != NULL;
  add_picks(&fields->picks, &start->picks);
  for (int pass = 0; pass < 3; pass++) {
    for (int field = 0; field <= count; field++) {
      unsigned flags = form_row(record->type, field)->flags;
      int place = (flags & RP_FIELD_REQUIRED) != 0 ? 0 : (flags & RP_FIELD_RARE) != 0 ? 2 : 1;
      if (place == pass && !(fields->of_note && field == RP_INTERACTION_PLANNED)) /* it follows from the day */
        add_field(fields, start, field, count >= LONG_FORM && !fields->of_note);
    }
  }
  for (size_t i = 0; i < fields->fields.count; i++)
    form_field_read(fields, i);
}

void form_fields_fini(struct form_fields *fields) {
  rp_form_fini(&fields->form);
  for (size_t i = 0; i < fields->fields.count; i++) {
    free(fields->fields.items[i].begun);
    free(fields->fields.items[i].theirs);
  }
  rp_vec_fini(&fields->fields);
  form_picks_fini(&fields->picks);
}

/* ---- what a field is -----------------------------------------------------------------------------------------------
 */

bool form_field_is_date(const struct form_fields *fields, size_t index) {
  enum rp_kind kind = form_field_row(fields, index)->kind;
  return kind == RP_KIND_DATE || kind == RP_KIND_WHEN;
}

bool form_field_is_list(const struct form_fields *fields, size_t index) {
  enum rp_kind kind = form_field_row(fields, index)->kind;
  return kind == RP_KIND_LINES || kind == RP_KIND_CODES || kind == RP_KIND_REFS || kind == RP_KIND_IDS;
}

bool form_field_chooses(const struct form_fields *fields, size_t index) {
  switch (form_field_row(fields, index)->kind) {
  case RP_KIND_CODE:
  case RP_KIND_CODES:
  case RP_KIND_TOPIC:
  case RP_KIND_REF:
  case RP_KIND_REFS:
    return true;
  default:
    return form_field_is_date(fields, index);
  }
}

size_t form_field_of(const struct form_fields *fields, int field) {
  size_t index = 0;
  while (index < fields->fields.count && fields->fields.items[index].field != field)
    index++;
  return index;
}

void form_field_help(const struct form_fields *fields, size_t index, struct rp_str *out) {
  const struct rp_field *row = form_field_row(fields, index);
  rp_str_add(out, _(row->help));
  switch (row->kind) {
  case RP_KIND_INT:
    rp_str_add(out, " · ");
    rp_field_allowed(row, out);
    break;
  case RP_KIND_BOOL:
    rp_str_add(out, _(" · Space, y, n"));
    break;
  case RP_KIND_DATE:
    rp_str_add(out, _(" · fri, 2w, 12.1. · Enter: calendar"));
    break;
  case RP_KIND_WHEN:
    rp_str_add(out, _(" · fri 14:30, 12.1. · Enter: calendar"));
    break;
  case RP_KIND_LINES:
    rp_str_add(out, _(" · several with commas between"));
    break;
  case RP_KIND_CODES:
  case RP_KIND_REFS:
    rp_str_add(out, _(" · Enter: list · several with commas between"));
    break;
  case RP_KIND_CODE:
  case RP_KIND_TOPIC:
  case RP_KIND_REF:
    rp_str_add(out, _(" · Enter: list"));
    break;
  case RP_KIND_OBJECTS:
    rp_str_add(out, _(" · +trust 4, -time 2: a note"));
    break;
  case RP_KIND_OBJECT:
    rp_str_add(out, _(" · collaborative partner 12.1.: why"));
    break;
  default:
    break;
  }
}

/* ---- reading ------------------------------------------------------------------------------------------------------
 */

static struct rp_record_context context_of(const struct form_fields *fields) {
  return (struct rp_record_context){.today = fields->today, .in_words = true};
}

/* Whether a text can be read without the journal. */
static bool is_plain(const struct form_fields *fields, size_t index) {
  enum rp_kind kind = form_field_row(fields, index)->kind;
  return kind != RP_KIND_REF && kind != RP_KIND_REFS && kind != RP_KIND_TOPIC &&
         form_field_row(fields, index) != &audience_row;
}

/* The value of a field in a record of its own; NULL when it is empty or cannot be read. The caller frees. */
static struct rp_record *read_value(const struct form_fields *fields, size_t index, struct rp_err *err) {
  struct rp_record *record = rp_record_new(fields->type);
  struct rp_record_context context = context_of(fields);
  int field = fields->fields.items[index].field;
  const char *text = rp_form_text(&fields->form, index);
  err->code = rp_record_parse(record, field, text, strlen(text), &context, err);
  if (err->code == RP_OK && record->values[field].set)
    return record;
  rp_record_free(record);
  return NULL;
}

static void say_items(const struct rp_value *value, struct rp_str *out) {
  int net = 0;
  for (size_t i = 0; i < value->parts.count; i++) {
    int score = (int)rp_record_number(value->parts.items[i], RP_ITEM_SCORE, 0);
    net += rp_record_code(value->parts.items[i], RP_ITEM_KIND) == RP_ITEM_KIND_COST ? -score : score;
  }
  /* TRANSLATORS: benefits minus costs */
  rp_str_addf(out, _("net %+d"), net);
}

/* How a value reads, where that is not what was typed. */
static void say_value(const struct form_fields *fields, size_t index, const struct rp_value *value,
                      struct rp_str *out) {
  const struct rp_field *row = form_field_row(fields, index);
  switch (row->kind) {
  case RP_KIND_DATE:
    rp_date_format_long((rp_date)value->number, out);
    break;
  case RP_KIND_WHEN:
    rp_date_format_long(value->when.date, out);
    if (value->when.minute != RP_MINUTE_NONE)
      rp_str_addf(out, " %02d:%02d", value->when.minute / 60, value->when.minute % 60);
    break;
  case RP_KIND_BIRTHDAY: {
    int year = (int)(value->number / 10000);
    rp_date date =
        rp_date_from_civil(year > 0 ? year : 2024, (int)(value->number / 100 % 100), (int)(value->number % 100));
    if (year > 0)
      rp_date_format_long(date, out);
    else
      rp_date_format_short(date, date, out);
    break;
  }
  case RP_KIND_CODE:
    if (!rp_str_equal(rp_vocab_label((enum rp_vocab_id)row->of, (int)value->number),
                      rp_form_text(&fields->form, index)))
      rp_str_add(out, rp_vocab_label((enum rp_vocab_id)row->of, (int)value->number));
    break;
  case RP_KIND_OBJECTS:
    say_items(value, out);
    break;
  default:
    break;
  }
}

void form_field_read(struct form_fields *fields, size_t index) {
  const struct form_field *field = &fields->fields.items[index];
  struct rp_str note = {0};
  struct rp_err err = {0};
  rp_form_error(&fields->form, index, NULL);
  if (is_plain(fields, index)) {
    struct rp_record *record = read_value(fields, index, &err);
    if (record != NULL)
      say_value(fields, index, &record->values[field->field], &note);
    rp_record_free(record);
    if (err.code != RP_OK && field->left)
      rp_form_error(&fields->form, index, err.text);
  }
  if (field->theirs != NULL) {
    /* TRANSLATORS: what a field became elsewhere while it was edited here */
    char *text = rp_str_format(_("elsewhere: %s"), field->theirs);
    rp_form_error(&fields->form, index, text);
    free(text);
  }
  rp_form_note(&fields->form, index, rp_str_text(&note));
  rp_str_fini(&note);
}

struct rp_record *form_field_value(const struct form_fields *fields, size_t index) {
  struct rp_err err;
  return is_plain(fields, index) ? read_value(fields, index, &err) : NULL;
}

void form_field_settled(struct form_fields *fields, size_t index) {
  rp_mem_replace(&fields->fields.items[index].begun, rp_form_text(&fields->form, index));
}

void form_field_begin(struct form_fields *fields, size_t index, const char *text) {
  rp_form_set(&fields->form, index, text);
  form_field_settled(fields, index);
  form_field_read(fields, index);
}

bool form_field_date(const struct form_fields *fields, size_t index, rp_date *out) {
  struct rp_err err;
  struct rp_record *record = form_field_is_date(fields, index) ? read_value(fields, index, &err) : NULL;
  if (record == NULL)
    return false;
  *out = rp_record_date(record, fields->fields.items[index].field);
  rp_record_free(record);
  return true;
}

static void set_text(struct form_fields *fields, size_t index, const char *text) {
  struct rp_editor *editor = &fields->form.items[index].editor;
  if (rp_str_equal(rp_str_text(&editor->text), text))
    return;
  editor->cursor = editor->text.length;
  rp_editor_complete(editor, 0, text); /* undo brings back what was typed */
}

/* The text of a date field as it stays the same tomorrow; NULL when there is none, or it cannot be read. */
static char *lasting_text(const struct form_fields *fields, size_t index) {
  struct rp_err err;
  struct rp_record *record = form_field_is_date(fields, index) ? read_value(fields, index, &err) : NULL;
  if (record == NULL)
    return NULL;
  char *text = text_of(record, fields->fields.items[index].field, &fields->picks);
  rp_record_free(record);
  return text;
}

void form_field_leave(struct form_fields *fields, size_t index) {
  if (index >= fields->fields.count)
    return;
  fields->fields.items[index].left = true;
  char *text = lasting_text(fields, index);
  if (text != NULL)
    set_text(fields, index, text);
  free(text);
  form_field_read(fields, index);
}

void form_field_set_date(struct form_fields *fields, size_t index, rp_date date) {
  struct rp_err err;
  struct rp_when when = {date, RP_MINUTE_NONE};
  struct rp_record *record = read_value(fields, index, &err);
  if (record != NULL && form_field_row(fields, index)->kind == RP_KIND_WHEN)
    when.minute = record->values[fields->fields.items[index].field].when.minute;
  rp_record_free(record);
  struct rp_str text = {0};
  add_when(when, &text);
  set_text(fields, index, rp_str_text(&text));
  rp_str_fini(&text);
  form_field_read(fields, index);
}

struct rp_id form_fields_relationship(const struct form_fields *fields) {
  struct rp_id id = {{0}};
  for (size_t i = 0; i < fields->fields.count; i++) {
    const struct rp_field *row = form_field_row(fields, i);
    if (row->kind == RP_KIND_REF && row->of == RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) &&
        form_pick_find(&fields->picks, row->of, rp_form_text(&fields->form, i), &id))
      return id;
  }
  return id;
}

/* ---- as a text ----------------------------------------------------------------------------------------------------
 */

bool form_field_is_changed(const struct form_fields *fields, size_t index) {
  return !rp_str_equal(rp_form_text(&fields->form, index), fields->fields.items[index].begun);
}

bool form_fields_are_changed(const struct form_fields *fields) {
  for (size_t i = 0; i < fields->fields.count; i++) {
    if (form_field_is_changed(fields, i))
      return true;
  }
  return false;
}

char *form_fields_print(const struct form_fields *fields) {
  struct form_text form = {
      .type = fields->type, .id = fields->id, .about = fields->about, .based_on = fields->based_on};
  bool is_new = rp_id_is_none(&fields->id) && !fields->of_note;
  for (size_t i = 0; i < fields->fields.count; i++) {
    const struct form_field *field = &fields->fields.items[i];
    const char *text = rp_form_text(&fields->form, i);
    if (!form_field_is_changed(fields, i) && (!is_new || *text == '\0'))
      continue;
    char *lasting = lasting_text(fields, i);
    *rp_vec_add(&form.fields) = (struct form_text_field){field->field, lasting != NULL ? lasting : rp_mem_text(text),
                                                         rp_mem_text(field->begun)};
  }
  add_picks(&form.picks, &fields->picks);
  char *text = form_text_print(&form);
  form_text_fini(&form);
  return text;
}

static void set_theirs(struct form_field *field, const char *text) {
  free(field->theirs);
  field->theirs = text == NULL ? NULL : rp_mem_text(text);
}

void form_fields_restore(struct form_fields *fields, const struct form_text *draft) {
  add_picks(&fields->picks, &draft->picks);
  for (size_t i = 0; i < draft->fields.count; i++) {
    const struct form_text_field *from = &draft->fields.items[i];
    size_t index = form_field_of(fields, from->field);
    if (index == fields->fields.count)
      continue; /* another version of the program has it here */
    struct form_field *field = &fields->fields.items[index];
    bool other = !rp_str_equal(field->begun, from->was) && !rp_str_equal(field->begun, from->text);
    if (other && !rp_id_is_none(&fields->id))
      set_theirs(field, field->begun);
    rp_form_set(&fields->form, index, from->text);
    fields->form.items[index].rare = false;
    form_field_read(fields, index);
  }
}

void form_fields_rebase(struct form_fields *fields, const struct form_start *start) {
  add_picks(&fields->picks, &start->picks);
  fields->based_on = start->record->changed;
  for (size_t i = 0; i < fields->fields.count; i++) {
    struct form_field *field = &fields->fields.items[i];
    char *now = text_of(start->record, field->field, &fields->picks);
    bool mine = form_field_is_changed(fields, i);
    if (!mine)
      set_text(fields, i, now);
    else if (rp_str_equal(rp_form_text(&fields->form, i), now))
      set_theirs(field, NULL);
    else if (!rp_str_equal(field->begun, now))
      set_theirs(field, now);
    free(field->begun);
    field->begun = now;
    form_field_read(fields, i);
  }
}

bool form_fields_differ(const struct form_fields *fields, size_t *first, size_t *count) {
  *count = 0;
  for (size_t i = 0; i < fields->fields.count; i++) {
    if (fields->fields.items[i].theirs != NULL && (*count)++ == 0)
      *first = i;
  }
  return *count > 0;
}

void form_fields_settle(struct form_fields *fields, bool theirs) {
  for (size_t i = 0; i < fields->fields.count; i++) {
    struct form_field *field = &fields->fields.items[i];
    if (field->theirs == NULL)
      continue;
    if (theirs)
      set_text(fields, i, field->theirs);
    set_theirs(field, NULL);
    form_field_read(fields, i);
  }
}

void form_fields_fault(struct form_fields *fields, const form_faults *faults, bool tried) {
  for (size_t i = 0; i < fields->fields.count; i++)
    form_field_read(fields, i);
  for (size_t i = 0; i < faults->count; i++) {
    size_t index = form_field_of(fields, faults->items[i].field);
    bool has_keys = index == fields->form.focus;
    if (tried || (fields->fields.items[index].left && !has_keys))
      rp_form_error(&fields->form, index, faults->items[i].text);
  }
}
