/* Notes on the worker thread: what one would become, as far as it can be read, and storing it. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "request.h"

enum { MOST_ERRORS = 8 };

void preview_free(struct preview *preview) {
  if (preview == NULL)
    return;
  for (size_t i = 0; i < preview->records.count; i++) {
    free(preview->records.items[i].kind);
    free(preview->records.items[i].text);
  }
  for (size_t i = 0; i < preview->changes.count; i++)
    free(preview->changes.items[i].text);
  for (size_t i = 0; i < preview->errors.count; i++)
    free(preview->errors.items[i].text);
  rp_vec_fini(&preview->records);
  rp_vec_fini(&preview->changes);
  rp_vec_fini(&preview->errors);
  form_faults_fini(&preview->faults);
  free(preview->newcomers);
  free(preview);
}

static void add_error(note_errors *errors, const struct rp_err *err) {
  *rp_vec_add(errors) = (struct note_error){err->line > 0 ? err->line - 1 : 0, err->column, rp_mem_text(err->text)};
}

struct preview *preview_of_error(const struct rp_err *err) {
  struct preview *preview = rp_mem_zero(1, sizeof *preview);
  add_error(&preview->errors, err);
  return preview;
}

static void add_changes(struct rp_journal *journal, const struct rp_log *log, struct preview *preview) {
  for (size_t i = 0; i < log->changes.count; i++) {
    const struct rp_log_change *change = &log->changes.items[i];
    struct rp_str lines = {0};
    rp_log_change_print(journal, change, &lines);
    if (lines.length > 0)
      rp_vec_add(&preview->changes)->text = rp_str_format("%s\n%s", change->contact_name, rp_str_text(&lines));
    rp_str_fini(&lines);
  }
}

/* The fields beside the note, as they were typed. */
static void add_fields(const struct form_given *beside, struct preview *preview) {
  const struct rp_record_type *type = rp_record_type_get(RP_TYPE_INTERACTION);
  for (size_t i = 0; i < beside->fields.count; i++) {
    const struct rp_fill_field *field = &beside->fields.items[i];
    const char *label = field->field < type->field_count ? _(type->fields[field->field].label) : _("audience");
    *rp_vec_add(&preview->records) =
        (struct preview_line){rp_mem_text(label), rp_mem_text(*field->text != '\0' ? field->text : "–")};
  }
}

static struct preview *make_preview(struct rp_journal *journal, const struct rp_log *log,
                                    const struct form_given *beside) {
  struct preview *preview = rp_mem_zero(1, sizeof *preview);
  preview->needs_create = log->needs_create;
  struct rp_str newcomers = {0};
  for (size_t i = 0; i < log->records.count; i++) {
    const struct rp_record *record = log->records.items[i];
    struct rp_str text = {0};
    rp_log_print(journal, log, record, &text);
    if (record->type == RP_TYPE_CONTACT)
      rp_str_addf(&newcomers, "%s%s", newcomers.length > 0 ? ", " : "", rp_str_text(&text));
    *rp_vec_add(&preview->records) = (struct preview_line){rp_mem_text(rp_log_kind(record)), rp_str_take(&text)};
    if (record->type == RP_TYPE_INTERACTION && log->faults.count == 0)
      add_fields(beside, preview);
  }
  for (size_t i = 0; i < log->faults.count; i++)
    *rp_vec_add(&preview->faults) =
        (struct form_fault){log->faults.items[i].field, rp_mem_text(log->faults.items[i].text)};
  if (newcomers.length > 0)
    preview->newcomers = rp_str_take(&newcomers);
  rp_str_fini(&newcomers);
  add_changes(journal, log, preview);
  return preview;
}

static rp_status log_note(struct rp_journal *journal, const struct request *request, const char *text, bool dry_run,
                          struct preview **out, struct rp_err *err) {
  struct form_given beside;
  struct rp_log *log = NULL;
  rp_status status = form_given_init(journal, request->fields, &beside, err);
  struct rp_log_options options = {.create = request->number != 0,
                                   .dry_run = dry_run,
                                   .replaces = request->id,
                                   .based_on = request->base,
                                   .fields = beside.fields.items,
                                   .field_count = beside.fields.count,
                                   .fields_based_on = dry_run ? 0 : beside.form.based_on,
                                   .context = &beside.context};
  if (status == RP_OK)
    status = rp_journal_log(journal, text, strlen(text), &options, &log, err);
  if (status == RP_OK)
    *out = make_preview(journal, log, &beside);
  rp_log_free(log);
  form_given_fini(&beside);
  return status;
}

/* Takes a line of a text out, so that the others keep their numbers; false when it is empty or not there. */
static bool blank_line(struct rp_str *text, size_t line) {
  const char *at = rp_str_text(text);
  for (size_t i = 0; i < line && at != NULL; i++) {
    at = strchr(at, '\n');
    at = at == NULL ? NULL : at + 1;
  }
  size_t length = at == NULL ? 0 : strcspn(at, "\n");
  if (length == 0)
    return false;
  size_t start = (size_t)(at - text->data);
  memmove(text->data + start, text->data + start + length, text->length - start - length);
  rp_str_cut(text, text->length - length);
  return true;
}

unsigned note_head_line(const char *text) {
  unsigned line = 1;
  for (; *text == ' ' || *text == '\t' || *text == '\n'; text++)
    line += *text == '\n';
  return line;
}

static int compare_errors(const void *a, const void *b) {
  const struct note_error *x = a;
  const struct note_error *y = b;
  return x->line < y->line ? -1 : x->line > y->line ? 1 : 0;
}

/* A marked line that cannot be read is told and passed over, so that all of them are told at once; without a head that
 * can be read there is nothing to tell of the others. */
struct preview *preview_note(struct rp_journal *journal, const struct request *request) {
  struct preview *preview = NULL;
  note_errors errors = {0};
  struct rp_str text = {0};
  rp_str_add(&text, request->text);
  struct rp_err err;
  while (log_note(journal, request, rp_str_text(&text), true, &preview, &err) != RP_OK) {
    add_error(&errors, &err);
    if (err.line <= note_head_line(request->text) || errors.count == MOST_ERRORS || !blank_line(&text, err.line - 1))
      break;
  }
  rp_str_fini(&text);
  if (preview == NULL)
    preview = rp_mem_zero(1, sizeof *preview);
  if (errors.count > 1)
    qsort(errors.items, errors.count, sizeof *errors.items, compare_errors);
  preview->errors = errors;
  return preview;
}

rp_status store_note(struct rp_journal *journal, const struct request *request, struct preview **out,
                     struct rp_err *err) {
  return log_note(journal, request, request->text, false, out, err);
}

/* ---- the fields of a note -----------------------------------------------------------------------------------------
 */

/* The meeting that a note describes, as far as it is typed: who it was with stays as it is written there. */
static void describe(const struct rp_quick *quick, struct rp_record *record) {
  rp_record_set_when(record, RP_INTERACTION_AT, quick->when);
  rp_record_set_number(record, RP_INTERACTION_CHANNEL, quick->channel);
  rp_record_set_text(record, RP_INTERACTION_SUMMARY, quick->summary);
  rp_record_unset(record, RP_INTERACTION_CONTACTS);
}

rp_status run_note_fields(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_quick *quick = NULL;
  struct rp_record *record = NULL;
  rp_status status = rp_journal_log_read(journal, request->text, strlen(request->text), &quick, err);
  if (status == RP_OK)
    status = rp_id_is_none(&request->id)
                 ? rp_journal_begin(journal, RP_TYPE_INTERACTION, &(struct rp_id){{0}}, &record, err)
                 : rp_store_get(journal->store, &request->id, &record, err);
  if (status != RP_OK) {
    rp_quick_free(quick);
    return status;
  }
  describe(quick, record);
  struct form_start *start = rp_mem_zero(1, sizeof *start);
  start->record = record;
  start->quick = quick;
  start->title = rp_mem_text("");
  form_start_add_picks(journal, start);
  *out = start;
  return RP_OK;
}
