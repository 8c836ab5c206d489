#include "note_fields.h"

#include <stdlib.h>

#include "note_page.h"
#include "rapport/i18n.h"

/* What the note itself says; its summary last. */
static const int written[] = {RP_INTERACTION_AT, RP_INTERACTION_CHANNEL, RP_INTERACTION_CONTACTS,
                              RP_INTERACTION_SUMMARY};
enum { WRITTEN = sizeof written / sizeof *written };

void note_fields_close(struct note_fields *fields) {
  form_edit_fini(&fields->edit);
  rp_quick_free(fields->quick);
  fields->quick = NULL;
  fields->open = fields->tried = false;
}

void note_fields_fini(struct note_fields *fields) {
  note_fields_close(fields);
  free(fields->beside);
  fields->beside = NULL;
}

void note_fields_open(struct model *model, struct screen *screen, struct note_fields *fields, const char *text,
                      const struct rp_id *replaces) {
  note_fields_close(fields);
  fields->open = true;
  struct request *request = model_ask(model, screen, REQUEST_FIELDS);
  request->text = rp_mem_text(text);
  request->id = *replaces;
}

static void restore(struct note_fields *fields) {
  struct form_text form;
  if (fields->beside != NULL && form_text_parse(fields->beside, &form, NULL) == RP_OK)
    form_fields_restore(&fields->edit.fields, &form);
  if (fields->beside != NULL)
    form_text_fini(&form);
}

bool note_fields_take(struct model *model, struct screen *screen, struct note_fields *fields,
                      const struct answer *given) {
  if (!fields->open || fields->edit.ready)
    return true;
  if (given->status != RP_OK) {
    note_fields_close(fields);
    return false;
  }
  struct form_start *start = given->data;
  struct form_fields *form = &fields->edit.fields;
  struct rp_str names = {0};
  form_fields_init(form, start, &(struct rp_id){{0}}, model->today);
  fields->quick = start->quick;
  start->quick = NULL;
  rp_quick_names_print(fields->quick, &names);
  form_field_begin(form, form_field_of(form, RP_INTERACTION_CONTACTS), rp_str_text(&names));
  rp_str_fini(&names);
  restore(fields);
  form_edit_begin(&fields->edit, true);
  form_edit_catch_up(model, screen, &fields->edit);
  model->pause_wanted = true;
  return true;
}

/* ---- into the text ------------------------------------------------------------------------------------------------
 */

/* Takes over what a field says; false when it cannot be read. */
static bool read_field(struct note_fields *fields, int field) {
  const struct form_fields *form = &fields->edit.fields;
  struct rp_quick *quick = fields->quick;
  size_t index = form_field_of(form, field);
  const char *text = rp_form_text(&form->form, index);
  if (field == RP_INTERACTION_SUMMARY) {
    rp_mem_replace(&quick->summary, note_is_blank(text) ? NULL : text);
    return true;
  }
  if (field == RP_INTERACTION_CONTACTS)
    return rp_quick_names_parse(quick, text, NULL) == RP_OK;
  struct rp_record *value = form_field_value(form, index);
  if (value != NULL && field == RP_INTERACTION_AT)
    quick->when = value->values[field].when;
  else if (value != NULL)
    quick->channel = rp_record_code(value, field);
  rp_record_free(value);
  return value != NULL;
}

void note_fields_write(struct note_fields *fields, struct rp_editor *editor) {
  struct form_fields *form = &fields->edit.fields;
  bool read[WRITTEN] = {0};
  bool any = false;
  if (!fields->open || !fields->edit.ready || !form_fields_are_changed(form)) {
    if (fields->open && fields->edit.ready)
      rp_mem_replace(&fields->beside, NULL);
    return;
  }
  for (size_t i = 0; i < WRITTEN; i++) {
    read[i] = form_field_is_changed(form, form_field_of(form, written[i])) && read_field(fields, written[i]);
    any = any || read[i];
    if (read[i] && written[i] != RP_INTERACTION_SUMMARY)
      rp_mem_replace(&fields->quick->head, NULL);
  }
  if (any || fields->quick->head == NULL) { /* what stands beside a note needs one */
    struct rp_str text = {0};
    rp_quick_print(fields->quick, &text);
    bool fits = text.length <= RP_EDITOR_LIMIT;
    if (fits && !rp_str_equal(rp_str_text(&editor->text), rp_str_text(&text))) {
      editor->cursor = editor->text.length;
      rp_editor_complete(editor, 0, rp_str_text(&text));
    }
    for (size_t i = 0; fits && i < WRITTEN; i++) {
      if (read[i])
        form_field_settled(form, form_field_of(form, written[i]));
    }
    rp_str_fini(&text);
  }
  free(fields->beside);
  fields->beside = form_fields_are_changed(form) ? form_fields_print(form) : NULL;
}

bool note_fields_finish(struct note_fields *fields, struct rp_editor *editor) {
  struct form_fields *form = &fields->edit.fields;
  if (!fields->open || !fields->edit.ready)
    return true;
  form_popup_close(&fields->edit.popup);
  form_field_leave(form, form->form.focus);
  note_fields_write(fields, editor);
  for (size_t i = 0; i < WRITTEN; i++) {
    size_t index = form_field_of(form, written[i]);
    if (!form_field_is_changed(form, index))
      continue;
    if (written[i] == RP_INTERACTION_SUMMARY)
      rp_form_error(&form->form, index, _("a note holds 64 KiB, with its marked lines; this is more"));
    else if (*rp_form_text(&form->form, index) == '\0')
      rp_form_error(&form->form, index, _("a note needs this"));
    rp_form_focus(&form->form, index);
    return false;
  }
  return true;
}

void note_fields_fault(struct note_fields *fields, const char *head, const form_faults *faults) {
  struct form_fields *form = &fields->edit.fields;
  if (!fields->open || !fields->edit.ready)
    return;
  form_fields_fault(form, faults, fields->tried);
  size_t contacts = form_field_of(form, RP_INTERACTION_CONTACTS);
  bool has_keys = form->form.focus == contacts;
  if (head != NULL && (fields->tried || (form->fields.items[contacts].left && !has_keys)))
    rp_form_error(&form->form, contacts, head);
}
