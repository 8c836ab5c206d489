/* Taking bundles in. */
#include <stdlib.h>
#include <string.h>

#include "erasure_news.h"
#include "merge_lines.h"
#include "rapport/handover.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

#define AHEAD_MOST (INT64_C(24) * 60 * 60 * 1000) /* milliseconds */
#define STAMP_MOST (INT64_MAX / 65536 - AHEAD_MOST)

void rp_merge_report_fini(struct rp_merge_report *report) {
  for (size_t i = 0; i < report->items.count; i++)
    free(report->items.items[i].title);
  rp_vec_fini(&report->items);
  for (size_t i = 0; i < report->handed.count; i++) {
    free(report->handed.items[i].title);
    free(report->handed.items[i].successor);
  }
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
static rp_status check_number(struct merge *merge, struct rp_err *err) {
  const struct rp_bundle_head *head = &merge->bundle->head;
  struct rp_bundle_hash hash = rp_bundle_hash(merge->bytes, merge->length);
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

/* All at once: the first that tells of anybody counts them. */
static rp_status erase(struct merge *merges, size_t count, struct rp_err *err) {
  for (size_t i = 0; i < count; i++) {
    if (merges[i].erases)
      return erasures_apply(merges->store, merges->membership, merges[i].report, err);
  }
  return RP_OK;
}

/* Which line of what: nobody but the two programs sees them. */
static void say_line(const struct merge *merge, struct rp_err *err) {
  char *sentence = rp_mem_text(err->text);
  rp_err_set(err, RP_EREFUSED, _("Line %lu of the bundle is refused, and with it the bundle: %s"), merge->line,
             sentence);
  free(sentence);
}

/* Several bundles line by line, in the order of their records: what stands together in the file is written together,
 * which spares a large one most of its work. */
static rp_status read_contents(struct merge *merges, size_t count, struct rp_err *err) {
  rp_status status = RP_OK;
  struct merge *next = NULL;
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    next = &merges[i];
    next->at = rp_str_text(&next->content);
    status = merge_look_ahead(next, err);
  }
  while (status == RP_OK) {
    struct merge *first = NULL;
    for (size_t i = 0; i < count; i++) {
      if (merges[i].next != NULL && (first == NULL || merge_comes_before(&merges[i], first)))
        first = &merges[i];
    }
    if (first == NULL)
      break;
    next = first;
    status = merge_take_next(next, err);
    if (status == RP_OK)
      status = merge_look_ahead(next, err);
  }
  if (status == RP_EREFUSED && err != NULL)
    say_line(next, err);
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

static rp_status name_handed(struct merge *merge, struct rp_err *err) {
  struct rp_merge_report *report = merge->report;
  rp_status status = name_items(merge, report->handed.items, report->handed.count, err);
  for (size_t i = 0; i < report->handed.count && status == RP_OK; i++) {
    struct rp_merge_item *item = &report->handed.items[i];
    struct rp_id to;
    struct rp_str name = {0};
    if (item->what != RP_MERGE_CHANGED || rp_store_type(merge->store, &item->id) != RP_TYPE_RELATIONSHIP)
      continue;
    status = rp_journal_handed_to(merge->journal, &item->id, &to, err);
    if (status != RP_OK || rp_id_is_none(&to))
      continue;
    rp_journal_name(merge->journal, &to, &name);
    item->successor = rp_str_take(&name);
  }
  return status;
}

static rp_status note_bundle(struct merge *merge, struct rp_err *err) {
  const struct rp_bundle_head *head = &merge->bundle->head;
  struct rp_bundle_hash hash = rp_bundle_hash(merge->bytes, merge->length);
  return rp_store_bundle_note(merge->store, &head->sender, head->sequence, hash.bytes, err);
}

/* All of them or none. */
static rp_status take_in(struct merge *merges, size_t count, struct rp_err *err) {
  struct rp_store *store = merges->store;
  rp_status status = rp_store_begin(store, NULL, err);
  if (status != RP_OK)
    return status;
  rp_store_defer_references(store);
  status = read_contents(merges, count, err);
  for (size_t i = 0; i < count && status == RP_OK; i++)
    status = merge_take_joined(&merges[i], err);
  if (status == RP_OK)
    status = erase(merges, count, err);
  if (status == RP_OK)
    status = rp_store_conflict_forget_old(store, err);
  for (size_t i = 0; i < count && status == RP_OK; i++)
    status = note_bundle(&merges[i], err);
  for (size_t i = 0; i < count && status == RP_OK; i++)
    status = name_handed(&merges[i], err);
  if (status == RP_OK && !merges->dry_run)
    return rp_store_commit(store, err);
  if (status == RP_OK)
    status = name_items(merges, merges->report->items.items, merges->report->items.count, err);
  rp_store_rollback(store);
  return status;
}

/* Who it is from, and what it says; when it is known, nothing. */
static rp_status open_bundle(struct merge *merge, struct rp_err *err) {
  const struct rp_member *sender = NULL;
  rp_status status = check_sender(merge, &sender, err);
  if (status != RP_OK)
    return status;
  merge->report->sender = sender->node;
  merge->report->sender_name = rp_mem_text(sender->name);
  merge->report->sequence = merge->bundle->head.sequence;
  status = rp_bundle_verify(merge->bundle, sender->keys.sign, err);
  if (status == RP_OK)
    status = check_number(merge, err);
  return status != RP_OK || merge->report->known ? status
                                                 : rp_bundle_unseal(merge->bundle, &merge->membership->node,
                                                                    &merge->membership->keys, &merge->content, err);
}

static struct merge begin(struct rp_journal *journal, const char *bytes, size_t length,
                          struct rp_merge_report *report) {
  int64_t now = rp_clock_stamp(journal->clock);
  return (struct merge){.journal = journal,
                        .store = journal->store,
                        .bytes = bytes,
                        .length = length,
                        .report = report,
                        .latest = ((now < STAMP_MOST ? now : STAMP_MOST) + AHEAD_MOST) * 65536};
}

static void merge_fini(struct merge *merge) {
  json_decref(merge->next);
  rp_str_fini(&merge->content);
  rp_vec_fini(&merge->nodes.ids);
  for (size_t i = 0; i < merge->joined.count; i++)
    rp_replica_free(merge->joined.items[i]);
  rp_vec_fini(&merge->joined);
}

static rp_status load_membership(const struct rp_journal *journal, struct rp_membership *out, struct rp_err *err) {
  rp_status status = rp_membership_load(journal->store, out, err);
  if (status == RP_OK && !out->in_team) {
    rp_membership_fini(out);
    status = rp_err_set(err, RP_EREFUSED, _("%s belongs to no team; begin with “rapport team join”"),
                        rp_store_path(journal->store));
  }
  return status;
}

/* What can only be done when it is stored; a fault of an own file is none of the merge. */
static void follow(const struct merge *merge) {
  if (merge->dry_run)
    return;
  if (rp_store_purge(merge->store, &merge->report->unclean) == RP_OK)
    merge->report->unclean.code = RP_OK;
  if (merge->report->rules.changed)
    (void)rp_journal_renew_rules(merge->journal, NULL);
}

rp_status rp_team_merge(struct rp_journal *journal, const char *bytes, size_t length, bool dry_run,
                        struct rp_merge_report *report, struct rp_err *err) {
  struct rp_membership membership;
  struct rp_bundle bundle;
  *report = (struct rp_merge_report){0};
  rp_status status = load_membership(journal, &membership, err);
  if (status != RP_OK)
    return status;
  struct merge merge = begin(journal, bytes, length, report);
  merge.dry_run = dry_run;
  merge.membership = &membership;
  merge.bundle = &bundle;
  status = rp_bundle_open(bytes, length, &bundle, err);
  if (status == RP_OK)
    status = open_bundle(&merge, err);
  if (status == RP_OK && !report->known) {
    status = take_in(&merge, 1, err);
    if (status == RP_OK)
      follow(&merge);
  }
  merge_fini(&merge);
  rp_membership_fini(&membership);
  return status;
}

/* ---- several at once --------------------------------------------------------------------------------------------- */

static bool is_from(const struct merge *merges, size_t count, const struct rp_id *sender) {
  for (size_t i = 0; i < count; i++) {
    if (rp_id_equal(&merges[i].bundle->head.sender, sender))
      return true;
  }
  return false;
}

/* Those that could be opened come in together, one of each sender; none of them when one is refused. */
static void take_together(struct rp_journal *journal, struct rp_membership *membership, struct rp_merge_input *inputs,
                          size_t count) {
  struct merge *merges = rp_mem_zero(count, sizeof *merges);
  struct rp_bundle *bundles = rp_mem_zero(count, sizeof *bundles);
  struct rp_merge_input **whose = rp_mem_zero(count, sizeof(struct rp_merge_input *));
  size_t ready = 0;
  for (size_t i = 0; i < count; i++) {
    struct merge *merge = &merges[ready];
    *merge = begin(journal, inputs[i].bytes, inputs[i].length, &inputs[i].report);
    merge->membership = membership;
    merge->bundle = &bundles[ready];
    bool opened = inputs[i].status == RP_OK &&
                  rp_bundle_open(inputs[i].bytes, inputs[i].length, &bundles[ready], NULL) == RP_OK &&
                  !is_from(merges, ready, &bundles[ready].head.sender) && open_bundle(merge, NULL) == RP_OK &&
                  !inputs[i].report.known;
    if (opened) {
      whose[ready++] = &inputs[i];
    } else {
      merge_fini(merge);
      rp_merge_report_fini(&inputs[i].report);
    }
  }
  bool together = ready > 1 && take_in(merges, ready, NULL) == RP_OK;
  for (size_t i = 0; i < ready; i++) {
    whose[i]->done = together;
    if (together)
      follow(&merges[i]);
    else
      rp_merge_report_fini(&whose[i]->report);
    merge_fini(&merges[i]);
  }
  free(merges);
  free(bundles);
  free(whose);
}

rp_status rp_team_merge_all(struct rp_journal *journal, struct rp_merge_input *inputs, size_t count,
                            struct rp_err *err) {
  struct rp_membership membership;
  if (count > 1 && load_membership(journal, &membership, NULL) == RP_OK) {
    take_together(journal, &membership, inputs, count);
    rp_membership_fini(&membership);
  }
  for (size_t i = 0; i < count; i++) {
    struct rp_merge_input *input = &inputs[i];
    if (input->done || input->status != RP_OK)
      continue;
    input->status = rp_team_merge(journal, input->bytes, input->length, false, &input->report, &input->err);
    input->done = input->status == RP_OK;
    if (input->status != RP_OK && input->status != RP_EREFUSED) {
      if (err != NULL)
        *err = input->err;
      return input->status;
    }
  }
  return RP_OK;
}
