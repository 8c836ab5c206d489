/* JSON Lines: any bytes as a file are imported or refused, every line is counted once, every fault has its line, and a
 * dry run leaves the journal as it was. The first byte chooses: 1, the import goes on after a fault; 2, a known id is
 * an edit; 4, the file cannot be read twice. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../temp_folder.h"
#include "check.h"
#include "rapport/jsonl.h"

static struct rp_store *journal;
static char *folder;

static void close_journal(void) {
  rp_store_close(journal);
  temp_folder_remove(folder);
}

static void open_journal(void) {
  static struct rp_clock clock = {.fixed = true, .when = {20000, 0}};
  folder = temp_folder_make();
  CHECK(folder != NULL);
  char *path = rp_str_format("%s/journal.db", folder);
  struct rp_store_options options = {.create = true, .clock = &clock, .backup_folder = folder};
  CHECK(rp_store_open(path, &options, &journal, NULL) == RP_OK);
  free(path);
  atexit(close_journal);
}

static void check_fault(void *data, const char *sentence) {
  int64_t *faults = data;
  *faults += 1;
  CHECK(strncmp(sentence, "input:", 6) == 0);
  CHECK(sentence[6] >= '1' && sentence[6] <= '9');
}

/* A stream that cannot be read twice. */
static FILE *pipe_of(const struct rp_str *text) {
  int ends[2];
  CHECK(pipe(ends) == 0 && write(ends[1], text->data, text->length) == (ssize_t)text->length);
  close(ends[1]);
  return fdopen(ends[0], "r");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2)
    return 0;
  if (journal == NULL)
    open_journal();
  struct rp_str text = {0};
  rp_str_addn(&text, (const char *)data + 1, size - 1);
  FILE *in = (data[0] & 4) != 0 && text.length <= PIPE_BUF ? pipe_of(&text) : fmemopen(text.data, text.length, "r");
  CHECK(in != NULL);
  int64_t faults = 0;
  struct rp_jsonl_options options = {.keep_going = (data[0] & 1) != 0,
                                     .update = (data[0] & 2) != 0,
                                     .dry_run = true,
                                     .report = check_fault,
                                     .data = &faults};
  struct rp_jsonl_counts counts;
  struct rp_err err;
  rp_status status = rp_jsonl_import(journal, in, "input", &options, &counts, &err);
  fclose(in);
  rp_str_fini(&text);
  CHECK(status == RP_OK || status == RP_EREFUSED);
  CHECK(counts.bad == faults);
  CHECK(status != RP_OK || options.keep_going || counts.bad == 0);
  CHECK(status != RP_OK || counts.added + counts.changed + counts.same + counts.bad == counts.lines);
  CHECK(counts.added >= 0 && counts.changed >= 0 && counts.same >= 0);
  int64_t left = -1;
  CHECK(!rp_store_in_action(journal));
  CHECK(rp_store_count(journal, RP_TYPE_NONE, &left, NULL) == RP_OK && left == 0);
  return 0;
}
