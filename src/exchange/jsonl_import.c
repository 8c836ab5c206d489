/* JSON Lines into a journal: one action, every fault with its line, memory that does not grow with the file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "jsonl_reader.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/jsonl.h"
#include "rapport/vec.h"

#define PROGRESS_LINES 1024
#define DEFERRED_LINES 100000 /* lines that wait for the journal's own topics */

/* A record and the line it came from: kept only where the file cannot be read twice. */
struct origin {
  struct rp_id id;
  unsigned long line;
};

/* What became of a line, two bits for each. */
enum fate { FATE_BAD, FATE_ADDED, FATE_CHANGED, FATE_SAME };

struct deferred {
  unsigned long number;
  char *text;
};

/* A record taken back for a reference that nothing answers. */
struct unanswered {
  struct rp_id id;
  char *reason;
};

struct importer {
  struct rp_store *store;
  FILE *in;
  const char *name;
  const struct rp_jsonl_options *options;
  struct rp_jsonl_counts *counts;
  char *source;
  struct rp_record_context context;
  bool unknown_topic; /* the line at hand names a topic that is not known yet */
  bool seekable;
  RP_VEC(struct origin) origins;
  RP_VEC(uint8_t) fates; /* by line, four in a byte */
  RP_VEC(struct deferred) deferred;
  RP_VEC(struct unanswered) unanswered; /* by id */
  RP_VEC(unsigned long) too_long;       /* lines of which nothing was kept */
};

static bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  struct importer *importer = data;
  bool known = rp_store_own_topic(importer->store, code, domain, special);
  importer->unknown_topic = importer->unknown_topic || !known;
  return known;
}

/* ---- faults ---- */

static void report(struct importer *importer, unsigned long line, const char *sentence) {
  importer->counts->bad++;
  if (importer->options->report == NULL)
    return;
  char *text = line > 0 ? rp_str_format("%s:%lu: %s", importer->name, line, sentence)
                        : rp_str_format("%s: %s", importer->name, sentence);
  importer->options->report(importer->options->data, text);
  free(text);
}

/* Where bad lines go, after a header of its own; NULL: nowhere. */
static FILE *rejects(const struct importer *importer) {
  FILE *rejected = importer->options->rejected;
  if (!importer->options->keep_going || rejected == NULL)
    return NULL;
  if (ftell(rejected) == 0) {
    struct rp_str source = {0};
    json_t *value = json_string(importer->source);
    rp_json_add(&source, value);
    json_decref(value);
    fprintf(rejected, "{\"format\":\"%s\",\"version\":%d,\"source\":%s}\n", RP_JSONL_FORMAT, RP_JSONL_VERSION,
            rp_str_text(&source));
    rp_str_fini(&source);
  }
  return rejected;
}

static void reject(const struct importer *importer, const char *line, size_t length) {
  FILE *rejected = rejects(importer);
  if (rejected == NULL)
    return;
  fwrite(line, 1, length, rejected);
  fputc('\n', rejected);
}

/* A line that does not fit in memory goes from the file to the file. */
static rp_status reject_too_long(struct importer *importer, struct rp_err *err) {
  FILE *rejected = importer->too_long.count > 0 && importer->seekable ? rejects(importer) : NULL;
  if (rejected == NULL)
    return RP_OK;
  if (fseek(importer->in, 0, SEEK_SET) != 0)
    return rp_err_errno(err, _("%s cannot be read again"), importer->name);
  unsigned long line = 1;
  size_t next = 0;
  for (int byte; next < importer->too_long.count && (byte = getc_unlocked(importer->in)) != EOF;) {
    bool wanted = line == importer->too_long.items[next];
    if (wanted)
      putc_unlocked(byte, rejected);
    if (byte != '\n')
      continue;
    line++;
    next += wanted;
  }
  if (next < importer->too_long.count) /* the last line, without an end */
    fputc('\n', rejected);
  return RP_OK;
}

static void refuse_line(struct importer *importer, unsigned long number, const char *line, size_t length,
                        const struct rp_err *fault) {
  report(importer, number, fault->text);
  reject(importer, line, length);
}

/* ---- the header ---- */

static const char byte_order_mark[] = "\xEF\xBB\xBF"; /* some editors put it before the first line */

static void refuse_header(const struct importer *importer, struct rp_err *err) {
  rp_err_at(err, 1, 0, NULL, 0);
  if (err != NULL)
    rp_err_in(err, importer->name);
}

static rp_status read_header(struct importer *importer, const char *line, size_t length, struct rp_err *err) {
  json_t *header = NULL;
  struct rp_err fault;
  if (strncmp(line, byte_order_mark, strlen(byte_order_mark)) == 0) {
    line += strlen(byte_order_mark);
    length -= strlen(byte_order_mark);
  }
  rp_status status = rp_json_parse(line, length, &header, &fault);
  const char *format = json_string_value(json_object_get(header, "format"));
  const json_t *source = json_object_get(header, "source");
  const char *key;
  json_t *value;
  const char *unknown = NULL;
  json_object_foreach(header, key, value) {
    if (strcmp(key, "format") != 0 && strcmp(key, "version") != 0 && strcmp(key, "source") != 0 &&
        strncmp(key, "x_", 2) != 0)
      unknown = key;
  }
  if (status != RP_OK || format == NULL || strcmp(format, RP_JSONL_FORMAT) != 0)
    status = rp_err_set(err, RP_EREFUSED,
                        _("the first line must be the header {\"format\":\"%s\",\"version\":%d}; this is no such file"),
                        RP_JSONL_FORMAT, RP_JSONL_VERSION);
  else if (json_integer_value(json_object_get(header, "version")) != RP_JSONL_VERSION)
    status = rp_err_set(err, RP_EREFUSED, _("the format has another version than %d; a newer rapport may read it"),
                        RP_JSONL_VERSION);
  else if (unknown != NULL)
    status =
        rp_err_set(err, RP_EREFUSED, _("the header has no field “%s”; allowed are format, version, source"), unknown);
  else if (source != NULL &&
           (!json_is_string(source) || json_string_length(source) == 0 || json_string_length(source) > 200))
    status = rp_err_set(err, RP_EREFUSED, _("source must be a text of 1 to 200 bytes"));
  if (status == RP_OK)
    importer->source = rp_mem_text(source != NULL ? json_string_value(source) : rp_store_journal_id(importer->store));
  else
    refuse_header(importer, err);
  json_decref(header);
  return status;
}

/* ---- one line ---- */

static int64_t *counter(struct importer *importer, enum fate fate) {
  struct rp_jsonl_counts *counts = importer->counts;
  return fate == FATE_ADDED     ? &counts->added
         : fate == FATE_CHANGED ? &counts->changed
         : fate == FATE_SAME    ? &counts->same
                                : &counts->bad;
}

static void note_fate(struct importer *importer, unsigned long line, enum fate fate) {
  while (importer->fates.count <= line / 4)
    *rp_vec_add(&importer->fates) = 0;
  importer->fates.items[line / 4] |= (uint8_t)((unsigned)fate << line % 4 * 2);
  *counter(importer, fate) += 1;
}

static enum fate fate_of(const struct importer *importer, unsigned long line) {
  if (line / 4 >= importer->fates.count)
    return FATE_BAD;
  unsigned four = importer->fates.items[line / 4];
  return (enum fate)(four >> line % 4 * 2 & 3U);
}

/* A record that the journal has already: the same, an edit, or a fault. */
static rp_status meet(struct importer *importer, struct rp_record *record, struct rp_record *present, enum fate *fate,
                      struct rp_err *err) {
  if (present->type != record->type)
    return rp_err_set(err, RP_EREFUSED, _("the id belongs to another record, of the type %s"),
                      rp_record_type_get(present->type)->name);
  struct rp_str names = {0};
  rp_status status = RP_OK;
  if (rp_record_difference(present, record, true, &names) == 0) {
    *fate = FATE_SAME;
  } else if (!importer->options->update) {
    status = rp_err_set(err, RP_EREFUSED, _("the journal has this record with other content: %s; --update changes it"),
                        rp_str_text(&names));
  } else {
    rp_record_update(present, record);
    rp_record_normalise(present);
    status = rp_store_put(importer->store, present, 0, err);
    *fate = FATE_CHANGED;
  }
  rp_str_fini(&names);
  return status;
}

static rp_status store_record(struct importer *importer, struct rp_record *record, unsigned long number,
                              struct rp_err *err) {
  struct rp_record *present = NULL;
  enum fate fate = FATE_ADDED;
  rp_status status = rp_store_add(importer->store, record, &present, err);
  if (status != RP_OK)
    return status;
  if (present != NULL) {
    status = meet(importer, record, present, &fate, err);
    rp_record_free(present);
  }
  if (status != RP_OK)
    return status;
  note_fate(importer, number, fate);
  if (!importer->seekable)
    *rp_vec_add(&importer->origins) = (struct origin){record->id, number};
  return RP_OK;
}

static rp_status read_record(struct importer *importer, const char *line, size_t length, struct rp_record **out,
                             struct rp_err *err) {
  json_t *object = NULL;
  rp_status status = rp_json_parse(line, length, &object, err);
  if (status == RP_OK)
    status = rp_record_from_json(object, importer->source, &importer->context, out, err);
  json_decref(object);
  return status;
}

/* Takes `record` over; it is NULL when the line has still to be read. RP_OK also for a bad line, which is reported;
 * anything else ends the import. */
static rp_status take_line(struct importer *importer, unsigned long number, const char *line, size_t length,
                           struct rp_record *record, bool again, struct rp_err *err) {
  struct rp_err fault;
  importer->unknown_topic = false;
  rp_status status = record == NULL ? read_record(importer, line, length, &record, &fault) : RP_OK;
  if (status == RP_OK)
    status = store_record(importer, record, number, &fault);
  rp_record_free(record);
  if (status == RP_OK)
    return RP_OK;
  if (status != RP_EREFUSED) { /* the disk, not the line */
    if (err != NULL)
      *err = fault;
    return status;
  }
  if (importer->unknown_topic && !again && importer->deferred.count < DEFERRED_LINES)
    *rp_vec_add(&importer->deferred) = (struct deferred){number, rp_mem_textn(line, length)};
  else
    refuse_line(importer, number, line, length, &fault);
  return RP_OK;
}

static bool is_blank(const struct jsonl_line *line) {
  return strspn(line->text, " \t") == line->length;
}

static rp_status take_read_line(struct importer *importer, struct jsonl_line *line, struct rp_err *err) {
  if (line->too_long == NULL && is_blank(line))
    return RP_OK;
  importer->counts->lines++;
  if (line->too_long != NULL) {
    report(importer, line->number, line->too_long);
    *rp_vec_add(&importer->too_long) = line->number;
    return RP_OK;
  }
  struct rp_record *record = line->record;
  line->record = NULL;
  return take_line(importer, line->number, line->text, line->length, record, false, err);
}

static rp_status take_header(struct importer *importer, int64_t *bytes, struct rp_err *err) {
  struct rp_io_lines lines = {.stream = importer->in, .limit = JSONL_LINE_BYTES};
  bool more;
  rp_status status = rp_io_lines_next(&lines, &more, err);
  *bytes = (int64_t)lines.line.length + 1;
  if (more)
    status = read_header(importer, rp_str_text(&lines.line), lines.line.length, err);
  else if (status == RP_OK)
    status = rp_err_set(err, RP_EREFUSED, _("%s is empty; the first line must be the header of %s"), importer->name,
                        RP_JSONL_FORMAT);
  rp_io_lines_fini(&lines);
  return status;
}

static rp_status take_lines(struct importer *importer, struct rp_err *err) {
  int64_t bytes;
  rp_status status = take_header(importer, &bytes, err);
  if (status != RP_OK)
    return status;
  struct jsonl_reader *reader = jsonl_reader_new(importer->in, importer->source, 1);
  struct jsonl_line *line;
  while (status == RP_OK && (line = jsonl_reader_next(reader, &status, err)) != NULL) {
    bytes += (int64_t)line->length + 1;
    status = take_read_line(importer, line, err);
    bool ask = importer->options->progress != NULL && line->number % PROGRESS_LINES == 0;
    if (status == RP_OK && ask && !importer->options->progress(importer->options->data, bytes))
      status = rp_err_set(err, RP_EREFUSED, _("stopped; nothing was stored"));
  }
  jsonl_reader_free(reader);
  if (status == RP_OK)
    status = reject_too_long(importer, err);
  /* The journal's own topics may stand behind what names them. */
  for (size_t i = 0; status == RP_OK && i < importer->deferred.count; i++) {
    const struct deferred *waiting = &importer->deferred.items[i];
    status = take_line(importer, waiting->number, waiting->text, strlen(waiting->text), NULL, true, err);
  }
  return status;
}

/* ---- references that nothing answers ---- */

static void note_unanswered(void *data, const struct rp_id *id, const struct rp_err *why) {
  struct importer *importer = data;
  *rp_vec_add(&importer->unanswered) = (struct unanswered){*id, rp_mem_text(why->text)};
}

static int compare_unanswered(const void *a, const void *b) {
  const struct unanswered *x = a;
  const struct unanswered *y = b;
  return rp_id_compare(&x->id, &y->id);
}

/* The sentence with the id as the line has it, where that is no UUID: nobody would find the UUID in the file. */
static char *as_written(const struct importer *importer, const char *reason, const char *written) {
  struct rp_id id;
  char mapped[RP_ID_TEXT_SIZE];
  if (written == NULL || rp_id_parse(written, &id))
    return NULL;
  id = rp_id_derive(importer->source, written);
  const char *at = strstr(reason, rp_id_format(&id, mapped));
  return at == NULL ? NULL : rp_str_format("%.*s“%s”%s", (int)(at - reason), reason, written, at + strlen(mapped));
}

static char *reason_as_written(const struct importer *importer, const char *reason, json_t *line) {
  const char *key;
  json_t *value;
  json_t *element;
  size_t index;
  char *text = NULL;
  json_object_foreach(line, key, value) {
    if (text == NULL)
      text = as_written(importer, reason, json_string_value(value));
    json_array_foreach(value, index, element) {
      if (text == NULL)
        text = as_written(importer, reason, json_string_value(element));
    }
  }
  return text != NULL ? text : rp_mem_text(reason);
}

/* Reports a line that was good until its record was taken back; returns whether it was. `line` is NULL where it is
 * gone. */
static bool report_if_unanswered(struct importer *importer, const struct rp_id *id, unsigned long number,
                                 json_t *line) {
  struct unanswered key = {.id = *id};
  const struct unanswered *found =
      bsearch(&key, importer->unanswered.items, importer->unanswered.count, sizeof key, compare_unanswered);
  enum fate fate = fate_of(importer, number);
  if (found == NULL || fate == FATE_BAD)
    return false;
  *counter(importer, fate) -= 1;
  char *reason = reason_as_written(importer, found->reason, line);
  report(importer, number, reason);
  free(reason);
  return true;
}

static bool id_of_line(const struct importer *importer, json_t *line, struct rp_id *out) {
  const char *text = json_string_value(json_object_get(line, "id"));
  if (text != NULL && !rp_id_parse(text, out))
    *out = rp_id_derive(importer->source, text);
  return text != NULL;
}

/* Finds the lines of the records that were taken back by reading the file again. */
static rp_status report_unanswered(struct importer *importer, struct rp_err *err) {
  struct rp_io_lines lines = {.stream = importer->in, .limit = JSONL_LINE_BYTES};
  bool more = true;
  rp_status status = RP_OK;
  if (fseek(importer->in, 0, SEEK_SET) != 0)
    return rp_err_errno(err, _("%s cannot be read again"), importer->name);
  while (status != RP_EIO && more) {
    status = rp_io_lines_next(&lines, &more, err);
    struct rp_id id;
    json_t *object = NULL;
    if (status != RP_OK || !more || rp_json_parse(rp_str_text(&lines.line), lines.line.length, &object, NULL) != RP_OK)
      continue;
    if (id_of_line(importer, object, &id) && report_if_unanswered(importer, &id, lines.number, object))
      reject(importer, rp_str_text(&lines.line), lines.line.length);
    json_decref(object);
  }
  rp_io_lines_fini(&lines);
  return status == RP_EIO ? RP_EIO : RP_OK;
}

static rp_status drop_unanswered(struct importer *importer, struct rp_err *err) {
  rp_status status = rp_store_drop_unanswered(importer->store, note_unanswered, importer, err);
  if (status != RP_OK || importer->unanswered.count == 0)
    return status;
  qsort(importer->unanswered.items, importer->unanswered.count, sizeof *importer->unanswered.items, compare_unanswered);
  if (importer->seekable)
    return report_unanswered(importer, err);
  for (size_t i = 0; i < importer->origins.count; i++)
    (void)report_if_unanswered(importer, &importer->origins.items[i].id, importer->origins.items[i].line, NULL);
  return RP_OK;
}

/* ---- the whole ---- */

static void importer_fini(struct importer *importer) {
  free(importer->source);
  rp_vec_fini(&importer->origins);
  rp_vec_fini(&importer->fates);
  for (size_t i = 0; i < importer->deferred.count; i++)
    free(importer->deferred.items[i].text);
  rp_vec_fini(&importer->deferred);
  for (size_t i = 0; i < importer->unanswered.count; i++)
    free(importer->unanswered.items[i].reason);
  rp_vec_fini(&importer->unanswered);
  rp_vec_fini(&importer->too_long);
}

rp_status rp_jsonl_import(struct rp_store *store, FILE *in, const char *name, const struct rp_jsonl_options *options,
                          struct rp_jsonl_counts *counts, struct rp_err *err) {
  struct importer importer = {.store = store, .in = in, .name = name, .options = options, .counts = counts};
  importer.context = (struct rp_record_context){.own_topic = own_topic, .data = &importer};
  importer.seekable = fseek(in, 0, SEEK_CUR) == 0;
  *counts = (struct rp_jsonl_counts){0};
  /* TRANSLATORS: names an action for undo; a file's name follows */
  char *label = rp_str_format(_("import %s"), name);
  rp_status status = rp_store_begin(store, label, err);
  free(label);
  if (status != RP_OK)
    return status;
  rp_store_defer_references(store);
  status = take_lines(&importer, err);
  if (status == RP_OK)
    status = drop_unanswered(&importer, err);
  if (status == RP_OK && counts->bad > 0 && !options->keep_going)
    status = rp_err_set(err, RP_EREFUSED,
                        P_("nothing was imported: %lld line is bad; --keep-going imports the others",
                           "nothing was imported: %lld lines are bad; --keep-going imports the others",
                           (unsigned long)counts->bad),
                        (long long)counts->bad);
  if (status == RP_OK && !options->dry_run)
    status = rp_store_commit(store, err);
  else
    rp_store_rollback(store);
  importer_fini(&importer);
  return status;
}
