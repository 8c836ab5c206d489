/* team pack and team merge: bundles that are written and taken in. */
#include <stdlib.h>
#include <string.h>

#include "cmd_team.h"
#include "rapport/assessment_json.h"
#include "rapport/io.h"
#include "rapport/leaving.h"
#include "rapport/utf8.h"

#define TYPE_COLUMNS 20

static bool wants_json(const struct rp_cli *cli) {
  return rp_cli_has(cli, RP_OPTION_JSON);
}

/* ---- what both list ---------------------------------------------------------------------------------------------- */

/* "  person              Maija Virtanen · shape" */
static void print_item(struct rp_cli *cli, enum rp_type type, const char *title, const char *how) {
  const char *label = _(rp_record_type_get(type)->label);
  struct rp_str line = {0};
  rp_utf8_fit(label, TYPE_COLUMNS, true, &line);
  rp_cli_print(cli, "  %s%s%s%s", rp_str_text(&line), title, *how != '\0' ? " · " : "", how);
  rp_str_fini(&line);
}

static json_t *counts_json(const size_t counts[RP_TYPE_RECORD_COUNT]) {
  json_t *object = json_object();
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (counts[type] > 0)
      rp_json_set(object, rp_record_type_get((enum rp_type)type)->name, json_integer((json_int_t)counts[type]));
  }
  return object;
}

static void set_count(json_t *object, const char *key, size_t count) {
  rp_json_set(object, key, json_integer((json_int_t)count));
}

/* "  new: 1 company, 2 people"; nothing without any. `format` has the place for them. */
static void print_counts(struct rp_cli *cli, const char *format, const size_t counts[RP_TYPE_RECORD_COUNT]) {
  struct rp_str text = {0};
  rp_sentence_counts(counts, &text);
  if (text.length > 0)
    rp_cli_print(cli, format, rp_str_text(&text));
  rp_str_fini(&text);
}

static void print_count(struct rp_cli *cli, const char *format, size_t count) {
  if (count > 0)
    rp_cli_print(cli, format, count);
}

/* ---- pack -------------------------------------------------------------------------------------------------------- */

static void print_records(struct rp_cli *cli, const struct rp_leaving *leaving, bool taken_back, const char *heading) {
  bool any = false;
  for (size_t i = 0; i < leaving->records.count; i++) {
    const struct rp_leaving_record *record = &leaving->records.items[i];
    if (rp_leaving_takes_back(record->how) != taken_back)
      continue;
    if (!any)
      rp_cli_heading(cli, heading);
    any = true;
    print_item(cli, record->type, record->title, rp_leaving_label(record->how));
  }
}

static void print_concluded(struct rp_cli *cli, const struct rp_leaving *leaving, bool leaves, const char *heading) {
  bool any = false;
  for (size_t i = 0; i < leaving->dyads.count; i++) {
    const struct rp_leaving_dyad *dyad = &leaving->dyads.items[i];
    struct rp_str line = {0};
    if ((dyad->says != NULL) != leaves)
      continue;
    if (!any)
      rp_cli_heading(cli, heading);
    any = true;
    rp_str_addf(&line, "%s: ", dyad->name);
    if (leaves)
      rp_team_conclusion_print(dyad->says, cli->today, &line);
    else
      rp_str_add(&line, rp_leaving_label(dyad->how));
    rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
    rp_str_fini(&line);
  }
}

static json_t *records_json(const struct rp_leaving *leaving) {
  json_t *array = json_array();
  for (size_t i = 0; i < leaving->records.count; i++) {
    const struct rp_leaving_record *record = &leaving->records.items[i];
    json_t *object = json_object();
    rp_json_set_text(object, "type", rp_record_type_get(record->type)->name);
    team_set_id(object, "id", &record->id);
    rp_json_set_text(object, "title", record->title);
    rp_json_set_text(object, "leaves", rp_leaving_code(record->how));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *concluded_json(const struct rp_leaving *leaving) {
  json_t *array = json_array();
  for (size_t i = 0; i < leaving->dyads.count; i++) {
    const struct rp_leaving_dyad *dyad = &leaving->dyads.items[i];
    json_t *object = json_object(), *says = NULL;
    team_set_id(object, "relationship", &dyad->relationship);
    rp_json_set_text(object, "contact", dyad->name);
    if (dyad->says != NULL)
      rp_json_parse(dyad->says, strlen(dyad->says), &says, NULL);
    rp_json_set(object, "says", says != NULL ? says : json_null());
    if (dyad->says == NULL)
      rp_json_set_text(object, "stays", rp_leaving_code(dyad->how));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *report_json(const struct rp_member *receiver, const struct rp_pack_report *report) {
  json_t *object = json_object();
  rp_json_set_text(object, "for", receiver->name);
  set_count(object, "sequence", (size_t)report->sequence);
  rp_json_set(object, "whole", counts_json(report->whole));
  rp_json_set(object, "shape", counts_json(report->shape));
  set_count(object, "deleted", report->deleted);
  set_count(object, "withdrawn", report->withdrawn);
  set_count(object, "conclusions", report->conclusions);
  set_count(object, "withheld", report->withheld);
  return object;
}

static void print_leaving(struct rp_cli *cli, const struct rp_member *receiver, const struct rp_leaving *leaving) {
  if (wants_json(cli)) {
    json_t *object = report_json(receiver, &leaving->report);
    rp_json_set(object, "written", json_false());
    rp_json_set(object, "records", records_json(leaving));
    rp_json_set(object, "concluded", concluded_json(leaving));
    rp_cli_print_json(cli, object);
    return;
  }
  rp_cli_page(cli);
  rp_cli_print(cli, _("Bundle %llu for %s would hold this, and nothing else:"),
               (unsigned long long)leaving->report.sequence, receiver->name);
  print_records(cli, leaving, false, _("Leaves"));
  print_concluded(cli, leaving, true, _("What is concluded leaves"));
  print_records(cli, leaving, true, _("Is taken back"));
  print_concluded(cli, leaving, false, _("Stays at home, with all that hangs on it"));
  print_count(cli, _("Erased people and answers, by numbers that name nobody: %zu"), leaving->report.erasures);
}

static void print_packed(struct rp_cli *cli, const char *file, const struct rp_member *receiver,
                         const struct rp_pack_report *report) {
  if (wants_json(cli)) {
    json_t *object = report_json(receiver, report);
    rp_cli_set_path(object, "bundle", file);
    rp_json_set(object, "written", json_true());
    rp_cli_print_json(cli, object);
    return;
  }
  rp_cli_print(cli, _("wrote %s: bundle %llu, which only %s can read"), file, (unsigned long long)report->sequence,
               receiver->name);
  print_counts(cli, _("  whole: %s"), report->whole);
  print_counts(cli, _("  as shape (names, dates and codes): %s"), report->shape);
  print_count(cli, _("  taken back: %zu"), report->deleted + report->withdrawn);
  print_count(cli, _("  relationships whose conclusion is told: %zu"), report->conclusions);
  print_count(cli, _("  relationships that stay at home: %zu"), report->withheld);
  print_count(cli, _("  erased people and answers, by numbers that name nobody: %zu"), report->erasures);
}

/* The file is begun before the bundle is, which gets its number for good. */
static rp_status write_bundle(struct rp_cli *cli, const char *file, const struct rp_pack_options *options,
                              struct rp_pack_report *report, struct rp_err *err) {
  struct rp_str bundle = {0};
  struct rp_io_writer *writer;
  FILE *stream;
  rp_status status = rp_io_writer_open(file, &writer, &stream, err);
  if (status != RP_OK)
    return status;
  status = rp_team_pack(cli->journal, options, &bundle, report, err);
  if (status == RP_OK) {
    fwrite(rp_str_text(&bundle), 1, bundle.length, stream); /* the commit tells whether it came through */
    status = rp_io_writer_commit(writer, err);
  } else {
    rp_io_writer_abandon(writer);
  }
  rp_str_fini(&bundle);
  return status;
}

rp_status team_pack(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  const char *file = cli->argument_count > 1 ? cli->arguments[1] : NULL;
  const struct rp_member *receiver = rp_roster_manager(&membership->roster);
  bool dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN);
  struct rp_pack_options options = {0};
  struct rp_leaving *leaving = NULL;
  struct rp_pack_report report;
  rp_status status = RP_OK;
  if (file == NULL && !dry_run)
    return rp_err_set(err, RP_EUSAGE, _("something is missing: rapport %s %s"), "team", "pack OUT.rpb");
  if (membership->is_manager && !rp_cli_has(cli, RP_OPTION_FOR))
    return rp_err_set(err, RP_EUSAGE, _("whom is the bundle for? rapport team pack --for NAME OUT.rpb"));
  if (membership->is_manager)
    status = rp_roster_find(&membership->roster, cli->values[RP_OPTION_FOR], &receiver, err);
  if (status == RP_OK && !dry_run)
    status = rp_cli_check_output(cli, file, err);
  if (status != RP_OK)
    return status;
  if (membership->is_manager)
    options.member = &receiver->node;
  rp_cli_hold_interrupt();
  status = dry_run ? rp_leaving_load(cli->journal, options.member, &leaving, err)
                   : write_bundle(cli, file, &options, &report, err);
  if (status == RP_OK && dry_run)
    print_leaving(cli, receiver, leaving);
  else if (status == RP_OK)
    print_packed(cli, file, receiver, &report);
  rp_leaving_free(leaving);
  return status;
}

/* ---- merge ------------------------------------------------------------------------------------------------------- */

static const char *const what_codes[RP_MERGE_WHAT_COUNT] = {[RP_MERGE_NEW] = "new",
                                                            [RP_MERGE_CHANGED] = "changed",
                                                            [RP_MERGE_TAKEN_BACK] = "taken_back",
                                                            [RP_MERGE_KEPT] = "kept",
                                                            [RP_MERGE_JOINED] = "joined"};
static const char *const what_labels[RP_MERGE_WHAT_COUNT] = {[RP_MERGE_NEW] = N_("would be new"),
                                                             [RP_MERGE_CHANGED] = N_("would change"),
                                                             [RP_MERGE_TAKEN_BACK] = N_("would be taken back"),
                                                             [RP_MERGE_KEPT] = N_("would be kept as your own"),
                                                             [RP_MERGE_JOINED] = N_("would be joined into another")};

static json_t *items_json(const struct rp_merge_report *report) {
  json_t *array = json_array();
  for (size_t i = 0; i < report->items.count; i++) {
    const struct rp_merge_item *item = &report->items.items[i];
    json_t *object = json_object();
    rp_json_set_text(object, "type", rp_record_type_get(item->type)->name);
    team_set_id(object, "id", &item->id);
    rp_json_set_text(object, "title", item->title);
    rp_json_set_text(object, "what", what_codes[item->what]);
    json_array_append_new(array, object);
  }
  return array;
}

/* Relationships of one's own that a colleague or the manager has made or ended. */
static json_t *handed_json(const struct rp_merge_report *report) {
  json_t *array = json_array();
  for (size_t i = 0; i < report->handed.count; i++) {
    const struct rp_merge_item *item = &report->handed.items[i];
    json_t *object = json_object();
    team_set_id(object, "relationship", &item->id);
    rp_json_set_text(object, "contact", item->title);
    rp_json_set_text(object, "what", item->what == RP_MERGE_NEW ? "new" : "ended");
    rp_json_set_text(object, "successor", item->successor);
    json_array_append_new(array, object);
  }
  return array;
}

static void print_handed(struct rp_cli *cli, const struct rp_merge_report *report) {
  for (size_t i = 0; i < report->handed.count; i++) {
    const struct rp_merge_item *item = &report->handed.items[i];
    if (item->successor != NULL)
      rp_cli_print(cli, _("  %s is %s's now, handed over; your own entries stay with you"), item->title,
                   item->successor);
    else
      rp_cli_print(cli,
                   item->what == RP_MERGE_NEW
                       ? _("  yours now, see “rapport brief”: %s")
                       : _("  yours until now, marked as ended in the team; your own entries stay with you: %s"),
                   item->title);
  }
}

static json_t *merged_json(const struct rp_cli *cli, const char *file, const struct rp_merge_report *report) {
  json_t *object = json_object();
  bool dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN);
  rp_cli_set_path(object, "bundle", file);
  rp_json_set_text(object, "sender", report->sender_name);
  team_set_id(object, "sender_id", &report->sender);
  set_count(object, "sequence", (size_t)report->sequence);
  set_count(object, "missing", (size_t)report->missing);
  rp_json_set(object, "known", json_boolean(report->known));
  set_count(object, "records", report->records);
  rp_json_set(object, "new", counts_json(report->made));
  rp_json_set(object, "changed", counts_json(report->changed));
  set_count(object, "taken_back", report->taken_back);
  set_count(object, "joined", report->joined);
  set_count(object, "kept", report->kept);
  set_count(object, "conflicts", report->conflicts);
  set_count(object, "conclusions", report->conclusions);
  set_count(object, "erased_people", report->erased_people);
  set_count(object, "erased_records", report->erased_records);
  rp_json_set(object, "roster", json_boolean(report->roster));
  rp_json_set(object, "handed", handed_json(report));
  rp_json_set(object, "rules", team_rules_news_json(&report->rules));
  rp_json_set(object, "stored", json_boolean(!dry_run && !report->known));
  if (dry_run)
    rp_json_set(object, "items", items_json(report));
  return object;
}

static void print_merged(struct rp_cli *cli, const char *file, const struct rp_merge_report *report) {
  bool dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN);
  if (report->known) {
    rp_cli_print(cli, _("%s: bundle %llu of %s is here already"), file, (unsigned long long)report->sequence,
                 report->sender_name);
    return;
  }
  rp_cli_print(cli, dry_run ? _("%s: bundle %llu of %s would be taken in") : _("%s: bundle %llu of %s"), file,
               (unsigned long long)report->sequence, report->sender_name);
  for (size_t i = 0; i < report->items.count; i++) {
    const struct rp_merge_item *item = &report->items.items[i];
    print_item(cli, item->type, item->title, _(what_labels[item->what]));
  }
  if (!dry_run) {
    print_counts(cli, _("  new: %s"), report->made);
    print_counts(cli, _("  changed: %s"), report->changed);
    print_count(cli, _("  taken back: %zu"), report->taken_back);
    print_count(cli, _("  joined into others that are the same: %zu"), report->joined);
    print_count(cli, _("  kept as your own, since your records need it: %zu"), report->kept);
  }
  if (report->erased_people > 0)
    rp_cli_print(cli,
                 P_("  erased at a colleague's request: %zu person, %zu records",
                    "  erased at a colleague's request: %zu people, %zu records", (unsigned long)report->erased_people),
                 report->erased_people, report->erased_records);
  if (report->unclean.code != RP_OK) {
    rp_cli_say("rapport: %s", report->unclean.text);
    rp_cli_say("rapport: %s", _("what was erased is still in the pages of a file; the next start removes it there"));
  }
  print_count(cli, _("  conclusions: %zu"), report->conclusions);
  print_count(cli, _("  set aside, see “rapport team conflicts”: %zu"), report->conflicts);
  print_count(cli, _("  earlier bundles that never came: %zu; this one holds what they held"), (size_t)report->missing);
  if (report->roster)
    rp_cli_print(cli, "%s", _("  the manager's list of members is newer"));
  print_handed(cli, report);
  team_print_rules_news(cli, &report->rules);
}

/* Files that come in at once: as many as do not fill the memory. */
enum { AT_ONCE = 64, BYTES_AT_ONCE = 24 << 20 };
struct files {
  const char *names[AT_ONCE];
  struct rp_str bytes[AT_ONCE];
  struct rp_merge_input inputs[AT_ONCE];
  bool read[AT_ONCE];
  int count;
};

static void files_fini(struct files *files) {
  for (int i = 0; i < files->count; i++) {
    rp_merge_report_fini(&files->inputs[i].report);
    rp_str_fini(&files->bytes[i]);
  }
  files->count = 0;
}

static void add_refused(json_t *array, const char *file, const struct rp_err *err) {
  json_t *object = json_object();
  rp_cli_set_path(object, "bundle", file);
  rp_json_set_text(object, "refused", err->text);
  json_array_append_new(array, object);
}

/* One that is refused does not keep out the others; when the disk or another program is in the way, none comes in. */
static bool goes_on(rp_status status) {
  return status == RP_EREFUSED || status == RP_ENOTFOUND;
}

/* What is said of a file that did not come in: all of it but the last is said at once, that by the program's end. */
static void refuse_file(struct rp_cli *cli, json_t *array, const char *file, const struct rp_err *fault,
                        rp_status *status, struct rp_err *err) {
  if (*status != RP_OK)
    rp_cli_print_error(err);
  *status = cli->argument_count > 2 && goes_on(fault->code) ? RP_EREFUSED : fault->code;
  *err = *fault;
  add_refused(array, file, fault);
}

/* Reads files from `from` on, one that cannot be read with its fault; returns the first that was not tried. */
static int read_files(struct rp_cli *cli, int from, struct files *files) {
  size_t bytes = 0;
  int at = from;
  while (at < cli->argument_count && files->count < AT_ONCE && bytes < BYTES_AT_ONCE) {
    struct rp_str *content = &files->bytes[files->count];
    struct rp_merge_input *input = &files->inputs[files->count];
    *content = (struct rp_str){0};
    *input = (struct rp_merge_input){0};
    files->names[files->count++] = cli->arguments[at];
    input->status = rp_io_read(cli->arguments[at++], RP_BUNDLE_MOST_BYTES, content, &input->err);
    input->bytes = rp_str_text(content);
    input->length = content->length;
    files->read[files->count - 1] = input->status == RP_OK;
    bytes += content->length;
    if (input->status != RP_OK && !goes_on(input->status))
      break;
  }
  return at;
}

static void merge_files(struct rp_cli *cli, struct files *files) {
  rp_status status = RP_OK;
  if (!rp_cli_has(cli, RP_OPTION_DRY_RUN)) {
    rp_team_merge_all(cli->journal, files->inputs, (size_t)files->count, NULL);
    return;
  }
  for (int i = 0; i < files->count && (status == RP_OK || goes_on(status)); i++) {
    struct rp_merge_input *input = &files->inputs[i];
    if (input->status != RP_OK)
      continue;
    status = rp_team_merge(cli->journal, input->bytes, input->length, true, &input->report, &input->err);
    input->done = status == RP_OK;
    input->status = status;
  }
}

/* What came in, and why what did not. */
static void say_files(struct rp_cli *cli, const struct files *files, json_t *array, rp_status *status,
                      struct rp_err *err) {
  for (int i = 0; i < files->count; i++) {
    const struct rp_merge_input *input = &files->inputs[i];
    if (input->done && wants_json(cli)) {
      json_array_append_new(array, merged_json(cli, files->names[i], &input->report));
    } else if (input->done) {
      print_merged(cli, files->names[i], &input->report);
    } else if (input->status != RP_OK) {
      struct rp_err fault = input->err;
      if (fault.code == RP_EREFUSED && files->read[i]) /* which of several */
        rp_err_set(&fault, RP_EREFUSED, "%s: %s", files->names[i], input->err.text);
      refuse_file(cli, array, files->names[i], &fault, status, err);
    }
  }
}

rp_status team_merge(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  json_t *array = json_array();
  rp_status status = RP_OK;
  struct files *files = rp_mem_zero(1, sizeof *files);
  (void)membership;
  rp_cli_hold_interrupt();
  if (!wants_json(cli) && rp_cli_has(cli, RP_OPTION_DRY_RUN))
    rp_cli_page(cli);
  for (int i = 1; i < cli->argument_count && (status == RP_OK || goes_on(status)) && !rp_cli_interrupted();) {
    i = read_files(cli, i, files);
    merge_files(cli, files);
    say_files(cli, files, array, &status, err);
    files_fini(files);
  }
  free(files);
  if (status == RP_OK && rp_cli_interrupted())
    status = rp_err_set(err, RP_EREFUSED, _("stopped; what was not named above was not taken in"));
  if (wants_json(cli))
    rp_cli_print_json(cli, json_incref(array));
  json_decref(array);
  return status;
}
