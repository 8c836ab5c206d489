/* Parsing costs as much as a third of storing, so it is done ahead, by one thread, in bounded batches. */
#include "jsonl_reader.h"

#include <pthread.h>
#include <signal.h>

#include "rapport/io.h"
#include "rapport/json.h"
#include "rapport/vec.h"

enum { BATCHES = 4, BATCH_LINES = 256, BATCH_BYTES = 256 * 1024 };

struct batch {
  struct jsonl_line lines[BATCH_LINES];
  size_t starts[BATCH_LINES]; /* of the lines in `text`, which moves as it grows */
  size_t count;
  struct rp_str text;
  rp_status status; /* of the reading */
  bool last;
};

struct jsonl_reader {
  struct rp_io_lines lines;
  char *source;
  pthread_t thread;
  bool has_thread;
  pthread_mutex_t lock;
  pthread_cond_t moved;
  struct batch batches[BATCHES]; /* a ring */
  unsigned long filled, taken;   /* batches, ever */
  bool stop;                     /* nobody wants more */
  size_t at;                     /* line of the batch at hand */
  struct rp_err err;             /* of the reading */
};

/* ---- ahead ------------------------------------------------------------------------------------------------------- */

/* The topics of the journal are not known here: the importer reads such a line itself. */
// NOLINTNEXTLINE(readability-non-const-parameter): the type of rp_record_context
static bool ask_importer(void *data, const char *code, enum rp_domain *domain, bool *special) {
  (void)code, (void)domain, (void)special;
  *(bool *)data = true;
  return false;
}

static struct rp_record *read_record(const char *source, const char *text, size_t length) {
  bool asked = false;
  struct rp_record_context context = {.own_topic = ask_importer, .data = &asked};
  struct rp_record *record = NULL;
  json_t *object = NULL;
  if (rp_json_parse(text, length, &object, NULL) == RP_OK)
    (void)rp_record_from_json(object, source, &context, &record, NULL);
  json_decref(object);
  if (asked) {
    rp_record_free(record);
    record = NULL;
  }
  return record;
}

static void fill(struct jsonl_reader *reader, struct batch *batch) {
  bool more = true;
  batch->count = 0;
  batch->status = RP_OK;
  rp_str_clear(&batch->text);
  while (batch->count < BATCH_LINES && batch->text.length < BATCH_BYTES) {
    struct rp_err fault;
    rp_status status = rp_io_lines_next(&reader->lines, &more, &fault);
    if (!more) {
      batch->status = status;
      if (status != RP_OK)
        reader->err = fault;
      break;
    }
    struct rp_str *line = &reader->lines.line;
    batch->starts[batch->count] = batch->text.length;
    batch->lines[batch->count++] = (struct jsonl_line){
        .number = reader->lines.number,
        .length = line->length,
        .too_long = status != RP_OK ? rp_mem_text(fault.text) : NULL,
        .record = status == RP_OK ? read_record(reader->source, rp_str_text(line), line->length) : NULL};
    rp_str_addn(&batch->text, rp_str_text(line), line->length + 1);
  }
  batch->last = !more;
  for (size_t i = 0; i < batch->count; i++)
    batch->lines[i].text = batch->text.data + batch->starts[i];
}

static void *read_ahead(void *data) {
  struct jsonl_reader *reader = data;
  bool last = false;
  pthread_mutex_lock(&reader->lock);
  while (!last) {
    while (!reader->stop && reader->filled - reader->taken == BATCHES)
      pthread_cond_wait(&reader->moved, &reader->lock);
    if (reader->stop)
      break;
    struct batch *batch = &reader->batches[reader->filled % BATCHES];
    pthread_mutex_unlock(&reader->lock);
    fill(reader, batch);
    pthread_mutex_lock(&reader->lock);
    last = batch->last;
    reader->filled++;
    pthread_cond_signal(&reader->moved);
  }
  pthread_mutex_unlock(&reader->lock);
  return NULL;
}

struct jsonl_reader *jsonl_reader_new(FILE *in, const char *source, unsigned long lines_before) {
  struct jsonl_reader *reader = rp_mem_zero(1, sizeof *reader);
  reader->lines = (struct rp_io_lines){.stream = in, .limit = JSONL_LINE_BYTES, .number = lines_before};
  reader->source = rp_mem_text(source);
  pthread_mutex_init(&reader->lock, NULL);
  pthread_cond_init(&reader->moved, NULL);
  sigset_t all, before; /* signals are the program's, not this thread's */
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  reader->has_thread = pthread_create(&reader->thread, NULL, read_ahead, reader) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return reader;
}

/* ---- behind ------------------------------------------------------------------------------------------------------ */

static void empty(struct batch *batch) {
  for (size_t i = 0; i < batch->count; i++) {
    rp_record_free(batch->lines[i].record);
    free(batch->lines[i].too_long);
  }
  batch->count = 0;
}

void jsonl_reader_free(struct jsonl_reader *reader) {
  if (reader == NULL)
    return;
  pthread_mutex_lock(&reader->lock);
  reader->stop = true;
  pthread_cond_signal(&reader->moved);
  pthread_mutex_unlock(&reader->lock);
  if (reader->has_thread)
    pthread_join(reader->thread, NULL);
  for (int i = 0; i < BATCHES; i++) {
    empty(&reader->batches[i]);
    rp_str_fini(&reader->batches[i].text);
  }
  pthread_cond_destroy(&reader->moved);
  pthread_mutex_destroy(&reader->lock);
  rp_io_lines_fini(&reader->lines);
  free(reader->source);
  free(reader);
}

/* Waits for the batch after the one at hand. */
static struct batch *wait_batch(struct jsonl_reader *reader) {
  struct batch *batch = &reader->batches[reader->taken % BATCHES];
  if (!reader->has_thread) {
    fill(reader, batch);
    reader->filled++;
    return batch;
  }
  pthread_mutex_lock(&reader->lock);
  while (reader->filled == reader->taken)
    pthread_cond_wait(&reader->moved, &reader->lock);
  pthread_mutex_unlock(&reader->lock);
  return batch;
}

static void give_back(struct jsonl_reader *reader, struct batch *batch) {
  empty(batch);
  pthread_mutex_lock(&reader->lock);
  reader->taken++;
  reader->at = 0;
  pthread_cond_signal(&reader->moved);
  pthread_mutex_unlock(&reader->lock);
}

struct jsonl_line *jsonl_reader_next(struct jsonl_reader *reader, rp_status *status, struct rp_err *err) {
  for (;;) {
    struct batch *batch = reader->at > 0 ? &reader->batches[reader->taken % BATCHES] : wait_batch(reader);
    if (reader->at < batch->count)
      return &batch->lines[reader->at++];
    *status = batch->status;
    if (batch->status != RP_OK && err != NULL)
      *err = reader->err;
    if (batch->last)
      return NULL;
    give_back(reader, batch);
  }
}
