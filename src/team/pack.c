/* Packing what is shared into a bundle. */
#include <stdlib.h>
#include <string.h>

#include "account_set.h"
#include "erasure_news.h"
#include "news.h"
#include "rapport/assessment_json.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "rapport/merge.h"
#include "signed_text.h"
#include "team_rules_news.h"

struct concluded {
  struct rp_id relationship;
  char *text; /* NULL: it stays at home */
  bool gone;  /* there is no such relationship any more */
};

/* What leaves of a record, to be noted when the bundle is made. */
struct told {
  struct rp_id id;
  int audience;
};

struct pack {
  struct rp_journal *journal;
  struct rp_store *shared;
  struct rp_membership *membership;
  const struct rp_pack_options *options;
  const struct rp_member *to;
  struct account_set *accounts; /* of a member; NULL: everything */
  struct rp_pack_report *report;
  RP_VEC(struct concluded) concluded;
  RP_VEC(struct told) told;
  struct news_nodes nodes;
  struct rp_str bodies[RP_TYPE_RECORD_COUNT]; /* a type refers to those before it: whoever reads need not wait */
  struct rp_str conclusions, erasures;
  size_t bytes;
  unsigned long lines;
  rp_status status; /* of a visit */
  struct rp_err err;
};

/* ---- conclusions ------------------------------------------------------------------------------------------------- */

/* What this journal concludes now of one of its own relationships. */
static bool conclude(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct pack *pack = data;
  const struct rp_history *history = &dyad->history;
  struct rp_str text = {0};
  if (!rp_id_equal(&history->salesperson, &pack->to->salesperson))
    return true;
  bool leaves = rp_store_type(pack->shared, &history->relationship) != RP_TYPE_NONE;
  if (leaves)
    rp_told_write(assessment, &text);
  *rp_vec_add(&pack->concluded) = (struct concluded){.relationship = history->relationship, .text = text.data};
  pack->report->conclusions += leaves;
  pack->report->withheld += !leaves;
  return true;
}

static int by_relationship(const void *a, const void *b) {
  const struct concluded *first = a, *second = b;
  return rp_id_compare(&first->relationship, &second->relationship);
}

struct gone {
  struct pack *pack;
  size_t count; /* of those that are there, sorted */
};

/* What was told of a relationship that has been deleted is taken back. */
static bool forget_if_gone(void *data, const struct rp_store_conclusion *conclusion) {
  struct gone *gone = data;
  struct pack *pack = gone->pack;
  struct concluded wanted = {.relationship = conclusion->relationship, .gone = true};
  if (!rp_id_equal(&conclusion->dot.node, &pack->membership->node) || conclusion->text == NULL)
    return true;
  if (gone->count == 0 ||
      bsearch(&wanted, pack->concluded.items, gone->count, sizeof *pack->concluded.items, by_relationship) == NULL)
    *rp_vec_add(&pack->concluded) = wanted;
  return true;
}

static rp_status conclude_all(struct pack *pack, struct rp_err *err) {
  if (pack->membership->is_manager)
    return RP_OK;
  rp_status status = rp_journal_each(pack->journal, conclude, pack, err);
  struct gone gone = {pack, pack->concluded.count};
  rp_mem_sort(pack->concluded.items, gone.count, sizeof *pack->concluded.items, by_relationship);
  return status == RP_OK ? rp_store_each_conclusion(pack->journal->store, forget_if_gone, &gone, err) : status;
}

/* Noted when it is something else than before. */
static rp_status say_all(struct pack *pack, struct rp_err *err) {
  struct rp_store *store = pack->journal->store;
  rp_status status = RP_OK;
  for (size_t i = 0; i < pack->concluded.count && status == RP_OK; i++) {
    const struct concluded *concluded = &pack->concluded.items[i];
    struct rp_dot dot;
    bool changed;
    status = rp_store_tick(store, &dot, err);
    if (status == RP_OK)
      status = rp_store_conclusion_say(store, &concluded->relationship, &dot, concluded->text, &changed, err);
  }
  return status;
}

/* A salesperson tells what they have concluded themselves; a manager passes on what the others have, of the companies
 * that somebody is on. */
static bool passes_on(const struct pack *pack, const struct rp_store_conclusion *conclusion) {
  if (!pack->membership->is_manager)
    return rp_id_equal(&conclusion->dot.node, &pack->membership->node);
  return !rp_id_equal(&conclusion->dot.node, &pack->to->node) &&
         (conclusion->text == NULL || account_set_has_relationship(pack->accounts, &conclusion->relationship));
}

static bool write_conclusion(void *data, const struct rp_store_conclusion *conclusion) {
  struct pack *pack = data;
  if (!passes_on(pack, conclusion))
    return true;
  json_t *line = json_object(), *says = NULL;
  pack->report->conclusions += pack->membership->is_manager && conclusion->text != NULL;
  text_set_id(line, "conclusion", &conclusion->relationship);
  rp_json_set(line, "at", news_dot_to_json(&conclusion->dot, &pack->nodes));
  if (conclusion->text != NULL && rp_json_parse(conclusion->text, strlen(conclusion->text), &says, NULL) == RP_OK)
    rp_json_set(line, "says", says);
  else
    rp_json_set(line, "says", json_null());
  rp_json_add(&pack->conclusions, line);
  rp_str_addc(&pack->conclusions, '\n');
  json_decref(line);
  pack->lines++;
  return true;
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

static void count(struct rp_pack_report *report, const struct rp_replica *replica) {
  if (rp_replica_is_dead(replica))
    report->deleted++;
  else if (replica->record->audience == RP_AUDIENCE_TEAM)
    report->whole[replica->record->type]++;
  else if (replica->record->audience == RP_AUDIENCE_SHAPE)
    report->shape[replica->record->type]++;
  else
    report->withdrawn++;
}

static bool write_record(void *data, const struct rp_replica *replica) {
  struct pack *pack = data;
  if (pack->options->dry_run && pack->journal->is_dropped != NULL &&
      pack->journal->is_dropped(pack->journal->dropped_data))
    pack->status = rp_err_set(&pack->err, RP_ECHANGED, "-");
  if (pack->status != RP_OK)
    return false;
  if (pack->accounts != NULL && !account_set_has(pack->accounts, replica))
    return true;
  struct rp_replica *narrow = rp_replica_copy(replica);
  rp_replica_narrow(narrow);
  pack->status = rp_store_replica_as_written(pack->journal->store, pack->shared, narrow, &pack->err);
  struct rp_str *body = &pack->bodies[replica->record->type];
  size_t before = body->length;
  news_write(narrow, &pack->nodes, body);
  size_t length = body->length - before;
  pack->bytes += length;
  pack->lines++;
  count(pack->report, narrow);
  *rp_vec_add(&pack->told) =
      (struct told){.id = replica->record->id,
                    .audience = rp_replica_is_dead(replica) ? (int)RP_AUDIENCE_ME : replica->record->audience};
  if (pack->options->record != NULL)
    pack->options->record(pack->options->data, narrow);
  if (length > NEWS_LINE_MOST)
    pack->status =
        rp_err_set(&pack->err, RP_EREFUSED,
                   _("“%s” has more texts of several sides than a bundle can carry; join them by an edit, and "
                     "pack again"),
                   rp_record_name(narrow->record));
  rp_replica_free(narrow);
  if (pack->status != RP_OK || pack->bytes <= RP_BUNDLE_MOST_BYTES)
    return pack->status == RP_OK;
  pack->status = rp_err_set(&pack->err, RP_EREFUSED,
                            _("What is shared makes a bundle of more than %d MiB; share less, or less of it"),
                            RP_BUNDLE_MOST_BYTES >> 20);
  return false;
}

/* Whom it is sealed for. */
static const struct rp_member *receiver_of(const struct pack *pack) {
  return pack->membership->is_manager ? pack->to : rp_roster_manager(&pack->membership->roster);
}

static rp_status note_told(struct pack *pack, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < pack->told.count && status == RP_OK; i++)
    status = rp_store_share_note(pack->journal->store, &pack->told.items[i].id, &receiver_of(pack)->node,
                                 pack->told.items[i].audience, err);
  return status;
}

static rp_status write_head(struct pack *pack, const struct rp_bundle_head *head, struct rp_str *out,
                            struct rp_err *err) {
  rp_status status = RP_OK;
  json_t *line = json_object(), *nodes = json_array();
  rp_json_set_text(line, "format", NEWS_FORMAT);
  rp_json_set(line, "version", json_integer(1));
  text_set_id(line, "team", &head->team);
  text_set_id(line, "sender", &head->sender);
  rp_json_set(line, "sequence", json_integer((json_int_t)head->sequence));
  for (size_t i = 0; i < pack->nodes.ids.count; i++) {
    char text[RP_ID_TEXT_SIZE];
    json_array_append_new(nodes, json_string(rp_id_format(&pack->nodes.ids.items[i], text)));
  }
  rp_json_set(line, "nodes", nodes);
  if (pack->membership->is_manager) {
    rp_json_set_text(line, "roster", rp_str_text(&pack->membership->signed_roster));
    text_set_hex(line, "roster_signature", pack->membership->signature, sizeof pack->membership->signature);
  }
  status = team_rules_write(pack->journal->store, pack->membership->is_manager, line, err);
  rp_json_add(out, line);
  rp_str_addc(out, '\n');
  json_decref(line);
  return status;
}

/* ---- in order ---------------------------------------------------------------------------------------------------- */

static rp_status visited(struct pack *pack, rp_status status, struct rp_err *err) {
  if (status == RP_OK && pack->status != RP_OK) {
    if (err != NULL)
      *err = pack->err;
    return pack->status;
  }
  return status;
}

/* Before anything is read for the bundle: what is to be taken back counts as lowered, and what is concluded is noted.
 */
static rp_status prepare(struct pack *pack, struct rp_err *err) {
  struct rp_store *store = pack->journal->store;
  size_t withdrawn;
  rp_status status = rp_store_begin(store, NULL, err);
  if (status != RP_OK)
    return status;
  status = rp_store_share_withdraw(store, pack->shared, &withdrawn, err);
  if (status == RP_OK)
    status = say_all(pack, err);
  if (status == RP_OK)
    return rp_store_commit(store, err);
  rp_store_rollback(store);
  return status;
}

static void tell_conclusions(const struct pack *pack) {
  for (size_t i = 0; i < pack->concluded.count && pack->options->conclusion != NULL; i++) {
    const struct concluded *concluded = &pack->concluded.items[i];
    if (!concluded->gone)
      pack->options->conclusion(pack->options->data, &concluded->relationship, concluded->text);
  }
}

static rp_status write_content(struct pack *pack, const struct rp_bundle_head *head, struct rp_str *out,
                               struct rp_err *err) {
  rp_status status = visited(pack, rp_store_each_replica(pack->shared, write_record, pack, err), err);
  if (status == RP_OK)
    status = rp_store_each_conclusion(pack->journal->store, write_conclusion, pack, err);
  if (status == RP_OK)
    status = erasures_write(pack->journal->store, pack->membership, &pack->nodes, &pack->erasures,
                            &pack->report->erasures, err);
  if (status != RP_OK)
    return status;
  pack->lines += pack->report->erasures;
  status = write_head(pack, head, out, err);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    rp_str_addn(out, rp_str_text(&pack->bodies[type]), pack->bodies[type].length);
  rp_str_addn(out, rp_str_text(&pack->conclusions), pack->conclusions.length);
  rp_str_addn(out, rp_str_text(&pack->erasures), pack->erasures.length);
  rp_str_addf(out, "{\"end\":%lu}\n", pack->lines + 2);
  return status;
}

static rp_status seal(struct pack *pack, const struct rp_bundle_head *head, const struct rp_str *content,
                      struct rp_str *out, struct rp_err *err) {
  struct rp_store *store = pack->journal->store;
  const struct rp_member *receiver = receiver_of(pack);
  struct rp_bundle_recipient recipient = {.node = receiver->node};
  size_t before = out->length;
  memcpy(recipient.box, receiver->keys.box, sizeof recipient.box);
  rp_status status =
      rp_bundle_write(head, &recipient, 1, &pack->membership->keys, rp_str_text(content), content->length, out, err);
  if (status != RP_OK)
    return status;
  struct rp_bundle_hash hash = rp_bundle_hash(out->data + before, out->length - before);
  status = rp_store_begin(store, NULL, err);
  if (status != RP_OK)
    return status;
  status = note_told(pack, err);
  if (status == RP_OK)
    status = rp_store_bundle_note(store, &pack->membership->node, head->sequence, hash.bytes, err);
  if (status == RP_OK)
    return rp_store_commit(store, err);
  rp_store_rollback(store);
  return status;
}

static rp_status look_again(struct pack *pack, struct rp_err *err) {
  rp_store_close(pack->shared);
  pack->shared = NULL;
  return rp_store_open_shared(pack->journal->store, &pack->shared, err);
}

static rp_status pack_all(struct pack *pack, struct rp_str *out, struct rp_err *err) {
  struct rp_store *store = pack->journal->store;
  struct rp_bundle_head head = {.team = pack->membership->roster.team, .sender = pack->membership->node};
  struct rp_str content = {0};
  rp_status status = rp_store_bundle_last(store, &head.sender, &head.sequence, head.previous.bytes, err);
  head.sequence++;
  pack->report->sequence = head.sequence;
  if (status == RP_OK)
    status = look_again(pack, err);
  if (status == RP_OK)
    status = conclude_all(pack, err);
  if (status == RP_OK && !pack->options->dry_run)
    status = prepare(pack, err);
  if (status == RP_OK)
    status = look_again(pack, err);
  if (status == RP_OK && pack->membership->is_manager)
    status = account_set_new(pack->shared, &pack->to->salesperson, &pack->accounts, err);
  if (status == RP_OK)
    status = write_content(pack, &head, &content, err);
  if (status == RP_OK)
    tell_conclusions(pack);
  if (status == RP_OK && !pack->options->dry_run)
    status = seal(pack, &head, &content, out, err);
  rp_str_fini(&content);
  return status;
}

static rp_status find_receiver(const struct rp_membership *membership, const struct rp_pack_options *options,
                               const struct rp_member **out, struct rp_err *err) {
  if (!membership->in_team)
    return rp_err_set(err, RP_EREFUSED, _("This journal belongs to no team; begin with “rapport team join”"));
  if (membership->is_manager && options->member == NULL)
    return rp_err_set(err, RP_EREFUSED, _("A team file packs for one member; name them with --for"));
  *out = rp_roster_member(&membership->roster, membership->is_manager ? options->member : &membership->node);
  if (*out == NULL || (*out)->manager)
    return rp_err_set(err, RP_EREFUSED, _("A bundle goes to a salesperson of the roster"));
  if ((*out)->revoked)
    return rp_err_set(err, RP_EREFUSED, _("%s was revoked; nothing is packed"), (*out)->name);
  return RP_OK;
}

rp_status rp_team_pack(struct rp_journal *journal, const struct rp_pack_options *options, struct rp_str *out,
                       struct rp_pack_report *report, struct rp_err *err) {
  struct rp_membership membership;
  *report = (struct rp_pack_report){0};
  rp_status status = rp_membership_load(journal->store, &membership, err);
  if (status != RP_OK)
    return status;
  struct pack pack = {.journal = journal, .options = options, .membership = &membership, .report = report};
  status = find_receiver(&membership, options, &pack.to, err);
  if (status == RP_OK)
    status = pack_all(&pack, out, err);
  rp_store_close(pack.shared);
  account_set_free(pack.accounts);
  for (size_t i = 0; i < pack.concluded.count; i++)
    free(pack.concluded.items[i].text);
  rp_vec_fini(&pack.concluded);
  rp_vec_fini(&pack.nodes.ids);
  rp_vec_fini(&pack.told);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    rp_str_fini(&pack.bodies[type]);
  rp_str_fini(&pack.conclusions);
  rp_str_fini(&pack.erasures);
  rp_membership_fini(&membership);
  return status;
}
