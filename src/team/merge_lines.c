/* Bundles that come in, line by line: what each line is, and what becomes of it. */
#include "merge_lines.h"

#include <stdlib.h>
#include <string.h>

#include "erasure_news.h"
#include "home.h"
#include "rapport/assessment_json.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "signed_text.h"
#include "team_rules_news.h"

#define RECORDS_MOST 1000000

/* ---- the head ---------------------------------------------------------------------------------------------------- */

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

/* Only whose relationship it is concludes about it, in the journal that is theirs; the manager passes it on to the
 * others. */
static bool may_tell(const struct merge *merge, const struct rp_id *node) {
  const struct rp_roster *roster = &merge->membership->roster;
  const struct rp_member *by = rp_roster_member(roster, node);
  const struct rp_id *sender = &merge->bundle->head.sender;
  bool from_manager = rp_id_equal(sender, &rp_roster_manager(roster)->node);
  return from_manager ? by != NULL && !by->manager && !rp_id_equal(node, &merge->membership->node)
                      : rp_id_equal(node, sender);
}

/* What somebody says of another's relationship is not believed. */
static bool is_theirs(const struct merge *merge, const struct rp_id *relationship, const struct rp_id *node) {
  const struct rp_member *by = rp_roster_member(&merge->membership->roster, node);
  struct rp_record *record = NULL;
  if (rp_store_get_of(merge->store, RP_TYPE_RELATIONSHIP, relationship, &record, NULL) != RP_OK)
    return true; /* it is not here, or not any more */
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  rp_record_free(record);
  return by != NULL && rp_id_equal(&by->salesperson, &salesperson);
}

static rp_status read_conclusion(struct merge *merge, const json_t *line, struct rp_err *err) {
  json_t *says = json_object_get(line, "says");
  struct rp_id relationship;
  struct rp_dot dot;
  struct rp_str text = {0};
  struct rp_told told = {0};
  bool changed, erased;
  rp_status status = text_get_id(line, "conclusion", true, &relationship, err);
  if (status == RP_OK)
    status = news_dot_from_json(json_object_get(line, "at"), &merge->nodes, merge->latest, &dot, err);
  if (status == RP_OK && !may_tell(merge, &dot.node))
    status = rp_err_set(err, RP_EREFUSED, _("It has a conclusion that its sender did not come to"));
  if (status == RP_OK && !json_is_null(says))
    status = rp_told_from_json(says, &told, err);
  if (status == RP_OK)
    status = rp_store_is_erased(merge->store, &relationship, &erased, err);
  if (status == RP_OK && !erased && is_theirs(merge, &relationship, &dot.node)) {
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

/* Stores a state, as far as those who were erased are not in it. */
static rp_status put(struct merge *merge, struct rp_replica *replica, enum rp_store_fate *fate, struct rp_err *err) {
  rp_status status = rp_store_erasure_filter(merge->store, replica, fate, err);
  if (status == RP_OK && *fate == RP_STORE_GOES)
    merge->erases = true;
  return status == RP_OK && *fate != RP_STORE_GOES ? rp_store_replica_put(merge->store, replica, err) : status;
}

static rp_status join(struct merge *merge, struct rp_replica *held, const struct rp_replica *news, struct rp_err *err) {
  struct rp_losses losses = {0};
  enum rp_store_fate fate = RP_STORE_STAYS;
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
    status = put(merge, held, &fate, err);
  if (status == RP_OK && fate == RP_STORE_STAYS)
    status = note_losses(merge, held, &losses, err);
  rp_losses_fini(&losses);
  merge->report->kept += kept;
  if (fate == RP_STORE_GOES || fate == RP_STORE_EMPTIES) {
    merge->report->erased_records += told && fate == RP_STORE_EMPTIES;
  } else if (kept) {
    list(merge, held->record, RP_MERGE_KEPT, NULL);
  } else if (changed && told && rp_replica_is_dead(held) && !rp_id_is_none(&held->joined)) {
    merge->report->joined++;
    list(merge, held->record, RP_MERGE_JOINED, rp_str_text(&title));
  } else if (changed && told && !is_told(held)) {
    merge->report->taken_back++;
    list(merge, held->record, RP_MERGE_TAKEN_BACK, rp_str_text(&title));
  } else if (changed && !told && is_told(held)) {
    merge->report->made[held->record->type]++;
    if (is_own_open(merge, held))
      note_handed(merge, held->record, RP_MERGE_NEW);
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

static rp_status take_record(struct merge *merge, struct rp_replica *news, struct rp_err *err) {
  struct rp_replica *held = NULL;
  enum rp_store_fate fate;
  rp_status status = rp_store_replica(merge->store, &news->record->id, &held, err);
  if (status == RP_OK && held != NULL && held->record->type != news->record->type)
    status = rp_err_set(err, RP_EREFUSED, _("It has a %s with the id of a %s that is here"),
                        rp_record_type_get(news->record->type)->name, rp_record_type_get(held->record->type)->name);
  if (status == RP_OK && held != NULL) {
    status = join(merge, held, news, err);
  } else if (status == RP_OK) {
    status = put(merge, news, &fate, err);
    bool made = status == RP_OK && fate != RP_STORE_GOES && is_told(news);
    merge->report->made[news->record->type] += made;
    if (made && is_own_open(merge, news))
      note_handed(merge, news->record, RP_MERGE_NEW);
    if (made)
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

static rp_status read_erasure(struct merge *merge, const json_t *line, struct rp_err *err) {
  bool more;
  if (++merge->erasures > ERASURES_MOST)
    return rp_err_set(err, RP_EREFUSED, _("The bundle has more than %d erasures and answers, which none may have"),
                      ERASURES_MOST);
  rp_status status = erasure_read(merge->store, merge->membership, &merge->bundle->head.sender, &merge->nodes,
                                  merge->latest, line, &more, err);
  merge->erases = merge->erases || more;
  return status;
}

rp_status merge_take_joined(struct merge *merge, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < merge->joined.count && status == RP_OK; i++)
    status = take_record(merge, merge->joined.items[i], err);
  return status;
}

static struct place place_of(const struct merge *merge) {
  struct place place = {.type = merge->line == 1 ? -1 : RP_TYPE_RECORD_COUNT};
  const json_t *type = json_object_get(merge->next, "type"), *id = json_object_get(merge->next, "id");
  enum rp_type number =
      json_is_string(type) ? rp_record_type_find(json_string_value(type), json_string_length(type)) : RP_TYPE_NONE;
  if (merge->line > 1 && number != RP_TYPE_NONE && json_is_string(id) && rp_id_parse(json_string_value(id), &place.id))
    place.type = (int)number;
  return place;
}

bool merge_comes_before(const struct merge *a, const struct merge *b) {
  return a->place.type != b->place.type ? a->place.type < b->place.type : rp_id_compare(&a->place.id, &b->place.id) < 0;
}

rp_status merge_look_ahead(struct merge *merge, struct rp_err *err) {
  const char *text = merge->at, *end = rp_str_text(&merge->content) + merge->content.length;
  json_decref(merge->next);
  merge->next = NULL;
  if (text >= end)
    return merge->ended ? RP_OK : rp_err_set(err, RP_EREFUSED, _("Lines are missing"));
  const char *newline = memchr(text, '\n', (size_t)(end - text));
  size_t length = (size_t)((newline != NULL ? newline : end) - text);
  merge->at = newline != NULL ? newline + 1 : end;
  merge->line++;
  if (merge->ended)
    return rp_err_set(err, RP_EREFUSED, _("Something stands behind the last line"));
  if (length > NEWS_LINE_MOST)
    return rp_err_set(err, RP_EREFUSED, _("A line is longer than %d MiB, which none may be"), NEWS_LINE_MOST >> 20);
  rp_status status = rp_json_parse(text, length, &merge->next, err);
  if (status == RP_OK && !json_is_object(merge->next))
    status = rp_err_set(err, RP_EREFUSED, _("The line is no JSON object"));
  if (status == RP_OK)
    merge->place = place_of(merge);
  return status;
}

rp_status merge_take_next(struct merge *merge, struct rp_err *err) {
  json_t *line = merge->next;
  if (merge->line == 1)
    return read_head(merge, line, err);
  if (json_object_get(line, "end") != NULL) {
    merge->ended = true;
    return (unsigned long long)json_integer_value(json_object_get(line, "end")) == merge->line
               ? RP_OK
               : rp_err_set(err, RP_EREFUSED, _("Lines are missing"));
  }
  if (erasure_is_line(line))
    return read_erasure(merge, line, err);
  return json_object_get(line, "conclusion") != NULL ? read_conclusion(merge, line, err)
                                                     : read_record(merge, line, err);
}
