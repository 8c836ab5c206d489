/* Taking a bundle in. */
#include "rapport/merge.h"

#include <stdlib.h>
#include <string.h>

#include "home.h"
#include "news.h"
#include "rapport/assessment_json.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "signed_text.h"
#include "team_rules_news.h"

#define RECORDS_MOST 1000000
#define AHEAD_MOST (INT64_C(24) * 60 * 60 * 1000) /* milliseconds */
#define STAMP_MOST (INT64_MAX / 65536 - AHEAD_MOST)

struct merge {
  struct rp_journal *journal;
  struct rp_store *store;
  struct rp_membership *membership;
  const struct rp_bundle *bundle;
  struct rp_merge_report *report;
  struct news_nodes nodes;
  RP_VEC(struct rp_replica *) joined; /* into others, which are to be here before: they come last */
  int64_t latest;                     /* clock */
  unsigned long line;
  bool ended, dry_run;
};

void rp_merge_report_fini(struct rp_merge_report *report) {
  for (size_t i = 0; i < report->items.count; i++)
    free(report->items.items[i].title);
  rp_vec_fini(&report->items);
  for (size_t i = 0; i < report->handed.count; i++)
    free(report->handed.items[i].title);
  rp_vec_fini(&report->handed);
  for (size_t i = 0; i < report->rules.lines.count; i++)
    free(report->rules.lines.items[i]);
  rp_vec_fini(&report->rules.lines);
  free(report->rules.fault);
  free(report->sender_name);
  *report = (struct rp_merge_report){0};
}

/* ---- who it is from ---------------------------------------------------------------------------------------------- */

static rp_status check_sender(const struct merge *merge, const struct rp_member **out, struct rp_err *err) {
  const struct rp_bundle_head *head = &merge->bundle->head;
  const struct rp_roster *roster = &merge->membership->roster;
  if (!rp_id_equal(&head->team, &roster->team))
    return rp_err_set(err, RP_EREFUSED, _("The bundle is of another team, not of “%s”"), roster->name);
  if (rp_id_equal(&head->sender, &merge->membership->node))
    return rp_err_set(err, RP_EREFUSED, _("The bundle was packed here; it is for the others"));
  *out = rp_roster_member(roster, &head->sender);
  if (*out == NULL)
    return rp_err_set(err, RP_EREFUSED,
                      _("The sender of the bundle is not in the roster of “%s”; the manager admits people by “rapport "
                        "team admit”"),
                      roster->name);
  if ((*out)->revoked && head->sequence > (*out)->revoked_after)
    return rp_err_set(err, RP_EREFUSED, _("The bundle is number %llu of %s, who was revoked after number %llu"),
                      (unsigned long long)head->sequence, (*out)->name, (unsigned long long)(*out)->revoked_after);
  return RP_OK;
}

/* Whether it came before. */
static rp_status check_number(struct merge *merge, const char *bytes, size_t length, struct rp_err *err) {
  const struct rp_bundle_head *head = &merge->bundle->head;
  struct rp_bundle_hash hash = rp_bundle_hash(bytes, length);
  uint8_t other[RP_STORE_HASH_SIZE];
  uint64_t last;
  rp_status status =
      rp_store_bundle_find(merge->store, &head->sender, head->sequence, other, &merge->report->known, err);
  if (status == RP_OK && merge->report->known && memcmp(hash.bytes, other, sizeof other) != 0)
    return rp_err_set(err, RP_EREFUSED,
                      _("Bundle %llu of %s came before with other content; one of the two is not theirs. Ask them"),
                      (unsigned long long)head->sequence, merge->report->sender_name);
  if (status == RP_OK)
    status = rp_store_bundle_last(merge->store, &head->sender, &last, other, err);
  if (status == RP_OK && merge->membership->is_manager && head->sequence > last + 1)
    merge->report->missing = head->sequence - last - 1;
  return status;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static rp_status read_nodes(struct merge *merge, const json_t *list, struct rp_err *err) {
  const json_t *json;
  size_t index;
  if (!json_is_array(list) || json_array_size(list) > RP_BUNDLE_MOST_RECIPIENTS * 10)
    return rp_err_set(err, RP_EREFUSED, _("nodes is missing or too long"));
  json_array_foreach(list, index, json) {
    struct rp_id node;
    if (!json_is_string(json) || !rp_id_parse(json_string_value(json), &node) || rp_id_is_none(&node))
      return rp_err_set(err, RP_EREFUSED, _("nodes has something that is no id"));
    *rp_vec_add(&merge->nodes.ids) = node;
  }
  return RP_OK;
}

static rp_status read_roster(struct merge *merge, const json_t *head, struct rp_err *err) {
  const json_t *roster = json_object_get(head, "roster");
  uint8_t signature[RP_SIGNATURE_SIZE];
  uint64_t before = merge->membership->roster.version;
  if (roster == NULL)
    return RP_OK;
  if (!json_is_string(roster))
    return rp_err_set(err, RP_EREFUSED, _("%s is missing or no text"), "roster");
  rp_status status = text_get_hex(head, "roster_signature", signature, sizeof signature, err);
  if (status == RP_OK)
    status = rp_team_take_roster(merge->store, merge->membership, json_string_value(roster), json_string_length(roster),
                                 signature, err);
  merge->report->roster = merge->membership->roster.version != before;
  return status;
}

/* The first line says again who sent it, so that nobody can put what was sealed into an envelope of their own. */
static rp_status read_head(struct merge *merge, const json_t *head, struct rp_err *err) {
  const struct rp_bundle_head *outside = &merge->bundle->head;
  const char *format = json_string_value(json_object_get(head, "format"));
  struct rp_id team, sender;
  if (format == NULL || strcmp(format, NEWS_FORMAT) != 0)
    return rp_err_set(err, RP_EREFUSED, _("The content is not of the form “%s”"), NEWS_FORMAT);
  if (json_integer_value(json_object_get(head, "version")) != 1)
    return rp_err_set(err, RP_EREFUSED, _("The content is of version %lld, of a newer rapport; update rapport"),
                      (long long)json_integer_value(json_object_get(head, "version")));
  rp_status status = text_get_id(head, "team", true, &team, err);
  if (status == RP_OK)
    status = text_get_id(head, "sender", true, &sender, err);
  if (status == RP_OK && (!rp_id_equal(&team, &outside->team) || !rp_id_equal(&sender, &outside->sender) ||
                          (uint64_t)json_integer_value(json_object_get(head, "sequence")) != outside->sequence))
    status = rp_err_set(err, RP_EREFUSED, _("The content was packed by somebody else than who sent it"));
  if (status == RP_OK)
    status = read_nodes(merge, json_object_get(head, "nodes"), err);
  if (status == RP_OK)
    status = read_roster(merge, head, err);
  return status == RP_OK ? team_rules_read(merge->store, merge->membership, head, &merge->report->rules, err) : status;
}

/* Only whose relationship it is concludes about it, in the journal that is theirs. */
static rp_status read_conclusion(struct merge *merge, const json_t *line, struct rp_err *err) {
  json_t *says = json_object_get(line, "says");
  struct rp_id relationship;
  struct rp_dot dot;
  struct rp_str text = {0};
  struct rp_told told = {0};
  bool changed;
  rp_status status = text_get_id(line, "conclusion", true, &relationship, err);
  if (status == RP_OK)
    status = news_dot_from_json(json_object_get(line, "at"), &merge->nodes, merge->latest, &dot, err);
  if (status == RP_OK && !rp_id_equal(&dot.node, &merge->bundle->head.sender))
    status = rp_err_set(err, RP_EREFUSED, _("It has a conclusion that its sender did not come to"));
  if (status == RP_OK && !json_is_null(says))
    status = rp_told_from_json(says, &told, err);
  if (status == RP_OK) {
    if (json_is_object(says))
      rp_json_add(&text, says);
    status = rp_store_conclusion_put(merge->store, &relationship, &dot, text.data, &changed, err);
    merge->report->conclusions += status == RP_OK && changed;
  }
  rp_told_fini(&told);
  rp_str_fini(&text);
  return status;
}

static rp_status note_losses(struct merge *merge, const struct rp_replica *replica, const struct rp_losses *losses,
                             struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get(replica->record->type);
  rp_status status = RP_OK;
  for (size_t i = 0; i < losses->items.count && status == RP_OK; i++) {
    const struct rp_loss *loss = &losses->items.items[i];
    status = rp_store_conflict_add(merge->store, &replica->record->id,
                                   loss->field >= 0 ? type->fields[loss->field].name : "", &loss->dot, &loss->winner,
                                   loss->value, err);
    merge->report->conflicts++;
  }
  return status;
}

static bool is_told(const struct rp_replica *replica) {
  return !rp_replica_is_dead(replica) && (replica->whole || replica->record->audience >= RP_AUDIENCE_SHAPE);
}

/* Called what it is before it goes, or when all is in (name_items). */
static void list(struct merge *merge, const struct rp_record *record, enum rp_merge_what what, const char *title) {
  if (merge->dry_run)
    *rp_vec_add(&merge->report->items) = (struct rp_merge_item){
        .id = record->id, .type = record->type, .what = what, .title = title != NULL ? rp_mem_text(title) : NULL};
}

/* What a colleague does to relationships of this journal's own is said, whatever else comes (rapport/handover.h). */
static bool is_own_open(const struct merge *merge, const struct rp_replica *replica) {
  const struct rp_record *record = replica->record;
  if (record->type != RP_TYPE_RELATIONSHIP || !is_told(replica) || rp_id_is_none(&merge->journal->salesperson) ||
      record->values[RP_RELATIONSHIP_ENDED].set)
    return false;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  return rp_id_equal(&salesperson, &merge->journal->salesperson);
}

static void note_handed(struct merge *merge, const struct rp_record *record, enum rp_merge_what what) {
  if (!merge->membership->is_manager)
    *rp_vec_add(&merge->report->handed) = (struct rp_merge_item){.id = record->id, .type = record->type, .what = what};
}

static rp_status join(struct merge *merge, struct rp_replica *held, const struct rp_replica *news, struct rp_err *err) {
  struct rp_losses losses = {0};
  bool told = is_told(held), kept = false, changed = false, open = is_own_open(merge, held);
  struct rp_str title = {0};
  rp_status status = RP_OK;
  if (merge->dry_run && told)
    rp_journal_title(merge->journal, held->record, &title);
  if (!merge->membership->is_manager)
    status = home_join(merge->store, held, news, &losses, &changed, &kept, err);
  else
    changed = rp_replica_join(held, news, &losses);
  if (status == RP_OK && changed)
    status = rp_store_replica_put(merge->store, held, err);
  if (status == RP_OK)
    status = note_losses(merge, held, &losses, err);
  rp_losses_fini(&losses);
  merge->report->kept += kept;
  if (kept) {
    list(merge, held->record, RP_MERGE_KEPT, NULL);
  } else if (changed && told && rp_replica_is_dead(held) && !rp_id_is_none(&held->joined)) {
    merge->report->joined++;
    list(merge, held->record, RP_MERGE_JOINED, rp_str_text(&title));
  } else if (changed && told && !is_told(held)) {
    merge->report->taken_back++;
    list(merge, held->record, RP_MERGE_TAKEN_BACK, rp_str_text(&title));
  } else if (changed && !told && is_told(held)) {
    merge->report->made[held->record->type]++;
    list(merge, held->record, RP_MERGE_NEW, NULL);
  } else if (changed && is_told(held)) {
    merge->report->changed[held->record->type]++;
    if (open && held->record->values[RP_RELATIONSHIP_ENDED].set)
      note_handed(merge, held->record, RP_MERGE_CHANGED);
    list(merge, held->record, RP_MERGE_CHANGED, NULL);
  }
  rp_str_fini(&title);
  return status;
}

static rp_status take_record(struct merge *merge, const struct rp_replica *news, struct rp_err *err) {
  struct rp_replica *held = NULL;
  rp_status status = rp_store_replica(merge->store, &news->record->id, &held, err);
  if (status == RP_OK && held != NULL && held->record->type != news->record->type)
    status = rp_err_set(err, RP_EREFUSED, _("It has a %s with the id of a %s that is here"),
                        rp_record_type_get(news->record->type)->name, rp_record_type_get(held->record->type)->name);
  if (status == RP_OK && held != NULL) {
    status = join(merge, held, news, err);
  } else if (status == RP_OK) {
    status = rp_store_replica_put(merge->store, news, err);
    merge->report->made[news->record->type] += is_told(news);
    if (is_own_open(merge, news))
      note_handed(merge, news->record, RP_MERGE_NEW);
    if (is_told(news))
      list(merge, news->record, RP_MERGE_NEW, NULL);
  }
  rp_replica_free(held);
  return status;
}

static rp_status read_record(struct merge *merge, json_t *line, struct rp_err *err) {
  struct rp_replica *news = NULL;
  if (++merge->report->records > RECORDS_MOST)
    return rp_err_set(err, RP_EREFUSED, _("The bundle has more than %d records, which none may have"), RECORDS_MOST);
  rp_status status = news_read(line, &merge->nodes, merge->latest, &news, err);
  if (status == RP_OK && !rp_id_is_none(&news->joined)) {
    *rp_vec_add(&merge->joined) = news;
    return RP_OK;
  }
  if (status == RP_OK)
    status = take_record(merge, news, err);
  rp_replica_free(news);
  return status;
}

static rp_status take_joined(struct merge *merge, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < merge->joined.count && status == RP_OK; i++)
    status = take_record(merge, merge->joined.items[i], err);
  return status;
}

static rp_status read_line(struct merge *merge, const char *text, size_t length, struct rp_err *err) {
  json_t *line = NULL;
  if (merge->ended)
    return rp_err_set(err, RP_EREFUSED, _("Something stands behind the last line"));
  if (length > NEWS_LINE_MOST)
    return rp_err_set(err, RP_EREFUSED, _("A line is longer than %d MiB, which none may be"), NEWS_LINE_MOST >> 20);
  rp_status status = rp_json_parse(text, length, &line, err);
  if (status == RP_OK && !json_is_object(line))
    status = rp_err_set(err, RP_EREFUSED, _("The line is no JSON object"));
  if (status == RP_OK && merge->line == 1) {
    status = read_head(merge, line, err);
  } else if (status == RP_OK && json_object_get(line, "end") != NULL) {
    merge->ended = true;
    if ((unsigned long long)json_integer_value(json_object_get(line, "end")) != merge->line)
      status = rp_err_set(err, RP_EREFUSED, _("Lines are missing"));
  } else if (status == RP_OK && json_object_get(line, "conclusion") != NULL) {
    status = read_conclusion(merge, line, err);
  } else if (status == RP_OK) {
    status = read_record(merge, line, err);
  }
  json_decref(line);
  return status;
}

static rp_status read_content(struct merge *merge, const char *text, size_t length, struct rp_err *err) {
  rp_status status = RP_OK;
  const char *end = text + length;
  while (status == RP_OK && text < end) {
    const char *newline = memchr(text, '\n', (size_t)(end - text));
    size_t part = (size_t)((newline != NULL ? newline : end) - text);
    merge->line++;
    status = read_line(merge, text, part, err);
    text += part + 1;
  }
  if (status == RP_OK && !merge->ended)
    status = rp_err_set(err, RP_EREFUSED, _("Lines are missing"));
  if (status == RP_EREFUSED && err != NULL) { /* which line of what: nobody but the two programs sees them */
    char *sentence = rp_mem_text(err->text);
    rp_err_set(err, RP_EREFUSED, _("Line %lu of the bundle is refused, and with it the bundle: %s"), merge->line,
               sentence);
    free(sentence);
  }
  return status;
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

/* A title can hold the name of what came later. */
static rp_status name_items(struct merge *merge, struct rp_merge_item *items, size_t count, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    struct rp_replica *replica = NULL;
    struct rp_str title = {0};
    if (items[i].title != NULL)
      continue;
    status = rp_store_replica(merge->store, &items[i].id, &replica, err);
    if (status == RP_OK && replica != NULL)
      rp_journal_title(merge->journal, replica->record, &title);
    items[i].title = rp_str_take(&title);
    rp_replica_free(replica);
  }
  return status;
}

static rp_status take_in(struct merge *merge, const char *content, size_t length, const char *bytes, size_t size,
                         struct rp_err *err) {
  const struct rp_bundle_head *head = &merge->bundle->head;
  struct rp_bundle_hash hash = rp_bundle_hash(bytes, size);
  rp_status status = rp_store_begin(merge->store, NULL, err);
  if (status != RP_OK)
    return status;
  rp_store_defer_references(merge->store);
  status = read_content(merge, content, length, err);
  if (status == RP_OK)
    status = take_joined(merge, err);
  if (status == RP_OK)
    status = rp_store_conflict_forget_old(merge->store, err);
  if (status == RP_OK)
    status = rp_store_bundle_note(merge->store, &head->sender, head->sequence, hash.bytes, err);
  if (status == RP_OK)
    status = name_items(merge, merge->report->handed.items, merge->report->handed.count, err);
  if (status == RP_OK && !merge->dry_run)
    return rp_store_commit(merge->store, err);
  if (status == RP_OK)
    status = name_items(merge, merge->report->items.items, merge->report->items.count, err);
  rp_store_rollback(merge->store);
  return status;
}

static rp_status merge_bundle(struct merge *merge, const char *bytes, size_t length, struct rp_err *err) {
  const struct rp_member *sender = NULL;
  struct rp_str content = {0};
  rp_status status = check_sender(merge, &sender, err);
  if (status != RP_OK)
    return status;
  merge->report->sender = sender->node;
  merge->report->sender_name = rp_mem_text(sender->name);
  merge->report->sequence = merge->bundle->head.sequence;
  status = rp_bundle_verify(merge->bundle, sender->keys.sign, err);
  if (status == RP_OK)
    status = check_number(merge, bytes, length, err);
  if (status != RP_OK || merge->report->known)
    return status;
  status = rp_bundle_unseal(merge->bundle, &merge->membership->node, &merge->membership->keys, &content, err);
  if (status == RP_OK)
    status = take_in(merge, rp_str_text(&content), content.length, bytes, length, err);
  if (status == RP_OK && merge->report->rules.changed &&
      !merge->dry_run) /* a fault of an own file is none of the merge */
    (void)rp_journal_renew_rules(merge->journal, NULL);
  rp_str_fini(&content);
  return status;
}

rp_status rp_team_merge(struct rp_journal *journal, const char *bytes, size_t length, bool dry_run,
                        struct rp_merge_report *report, struct rp_err *err) {
  struct rp_membership membership;
  struct rp_bundle bundle;
  *report = (struct rp_merge_report){0};
  rp_status status = rp_membership_load(journal->store, &membership, err);
  if (status != RP_OK)
    return status;
  if (!membership.in_team)
    status = rp_err_set(err, RP_EREFUSED, _("%s belongs to no team; begin with “rapport team join”"),
                        rp_store_path(journal->store));
  if (status == RP_OK)
    status = rp_bundle_open(bytes, length, &bundle, err);
  if (status == RP_OK) {
    int64_t now = rp_clock_stamp(journal->clock);
    struct merge merge = {.journal = journal,
                          .store = journal->store,
                          .dry_run = dry_run,
                          .membership = &membership,
                          .bundle = &bundle,
                          .report = report,
                          .latest = ((now < STAMP_MOST ? now : STAMP_MOST) + AHEAD_MOST) * 65536};
    status = merge_bundle(&merge, bytes, length, err);
    rp_vec_fini(&merge.nodes.ids);
    for (size_t i = 0; i < merge.joined.count; i++)
      rp_replica_free(merge.joined.items[i]);
    rp_vec_fini(&merge.joined);
  }
  rp_membership_fini(&membership);
  return status;
}
