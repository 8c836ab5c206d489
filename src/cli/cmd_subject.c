/* subject: what a person may ask of those who keep data about them. */
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "rapport/assessment_json.h"
#include "rapport/privacy.h"
#include "rapport/roster.h"
#include "rapport/utf8.h"

#define TYPE_COLUMNS 20

static bool wants_json(const struct rp_cli *cli) {
  return rp_cli_has(cli, RP_OPTION_JSON);
}

/* ---- what goes --------------------------------------------------------------------------------------------------- */

static void print_items(struct rp_cli *cli, const char *heading, const struct rp_erasure_item *items, size_t count) {
  if (count > 0)
    rp_cli_heading(cli, heading);
  for (size_t i = 0; i < count; i++) {
    struct rp_str line = {0};
    rp_utf8_fit(_(rp_record_type_get(items[i].type)->label), TYPE_COLUMNS, true, &line);
    rp_cli_print(cli, "  %s%s", rp_str_text(&line), items[i].title);
    rp_str_fini(&line);
  }
}

static bool is_in_team(struct rp_cli *cli) {
  struct rp_membership membership;
  bool in_team = rp_membership_load(cli->journal->store, &membership, NULL) == RP_OK && membership.in_team;
  if (in_team)
    rp_membership_fini(&membership);
  return in_team;
}

static void print_preview(struct rp_cli *cli, const char *name, const struct rp_erasure *erasure) {
  struct rp_str counts = {0};
  rp_sentence_counts(erasure->what.records.gone, &counts);
  rp_cli_print(cli, _("Erasing %s takes for good:"), name);
  rp_cli_print_wrapped(cli, 2, rp_str_text(&counts));
  if (erasure->what.notes > 0)
    rp_cli_print(cli,
                 P_("  %zu draft or saved filter with the name", "  %zu drafts or saved filters with the name",
                    (unsigned long)erasure->what.notes),
                 erasure->what.notes);
  print_items(cli, _("Stays without them"), erasure->left.items, erasure->left.count);
  print_items(cli, _("Their whole name becomes “[erased]” in"), erasure->mentions.items, erasure->mentions.count);
  if (erasure->what.namesake)
    rp_cli_print_wrapped(cli, 0,
                         _("Somebody else here is called the same; texts with the name stay as they are. Look through "
                           "them yourself: rapport search."));
  rp_cli_print_wrapped(cli, 0,
                       _("What you have done before cannot be undone any more, and one new backup takes the place of "
                         "the automatic ones. Copies, exports and bundles that you have written yourself are yours to "
                         "delete. Texts that use another form of the name, or only a part of it, stay."));
  if (is_in_team(cli))
    rp_cli_print_wrapped(cli, 0,
                         _("With the next bundles it goes from the team file and from the journals of the others."));
  rp_str_fini(&counts);
}

static json_t *counts_json(const size_t counts[RP_TYPE_RECORD_COUNT]) {
  json_t *object = json_object();
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (counts[type] > 0)
      rp_json_set(object, rp_record_type_get((enum rp_type)type)->name, json_integer((json_int_t)counts[type]));
  }
  return object;
}

static json_t *items_json(const struct rp_erasure_item *items, size_t count) {
  json_t *array = json_array();
  for (size_t i = 0; i < count; i++) {
    json_t *object = json_object();
    rp_json_set_text(object, "type", rp_record_type_get(items[i].type)->name);
    rp_json_set(object, "id", rp_id_json(&items[i].id));
    rp_json_set_text(object, "title", items[i].title);
    json_array_append_new(array, object);
  }
  return array;
}

/* `items` is what a preview has told. */
static void print_json(struct rp_cli *cli, bool erased, const struct rp_erasure *items, const struct rp_err *unclean) {
  json_t *object = json_object();
  rp_json_set(object, "erased", json_boolean(erased));
  rp_json_set(object, "records", counts_json(items->what.records.gone));
  rp_json_set(object, "stays", items_json(items->left.items, items->left.count));
  rp_json_set(object, "mentions", items_json(items->mentions.items, items->mentions.count));
  rp_json_set(object, "notes", json_integer((json_int_t)items->what.notes));
  rp_json_set(object, "namesake", json_boolean(items->what.namesake));
  if (erased)
    rp_json_set(object, "purged", json_boolean(unclean->code == RP_OK));
  rp_cli_print_json(cli, object);
}

/* ---- erase ------------------------------------------------------------------------------------------------------- */

static rp_status ask(struct rp_cli *cli, const char *name, struct rp_err *err) {
  if (rp_cli_has(cli, RP_OPTION_YES))
    return RP_OK;
  char *question = rp_str_format(_("Erase %s for good?"), name);
  bool yes = rp_cli_ask(cli, question);
  free(question);
  return yes ? RP_OK : rp_err_set(err, RP_EREFUSED, _("nothing was erased; --yes erases %s for good"), name);
}

static rp_status erase(struct rp_cli *cli, const struct rp_id *contact, const char *name,
                       const struct rp_erasure *preview, struct rp_err *err) {
  struct rp_store_erased erased;
  struct rp_err unclean;
  size_t count = 0;
  rp_cli_hold_interrupt();
  rp_status status = rp_privacy_erase(cli->journal, contact, &erased, &unclean, err);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT && status == RP_OK; type++)
    count += erased.records.gone[type];
  if (status == RP_OK && wants_json(cli)) {
    print_json(cli, true, preview, &unclean);
  } else if (status == RP_OK) {
    rp_cli_print(cli, P_("erased %s: %zu record", "erased %s: %zu records", (unsigned long)count), name, count);
    if (is_in_team(cli))
      rp_cli_print(cli, "%s",
                   cli->journal->team_file
                       ? _("Next: rapport team pack --for NAME OUT.rpb for each salesperson, which has it erased there")
                       : _("Next: rapport team pack OUT.rpb, which has it erased by the team"));
  }
  if (status == RP_OK && unclean.code != RP_OK) {
    rp_cli_say("rapport: %s", unclean.text);
    rp_cli_say("rapport: %s", _("what was erased is still in the pages of a file; the next start removes it there"));
  }
  rp_store_erased_fini(&erased);
  return status;
}

rp_status rp_cmd_subject(struct rp_cli *cli, struct rp_err *err) {
  struct rp_erasure preview = {0};
  struct rp_str name = {0};
  struct rp_id id;
  if (strcmp(cli->arguments[0], "erase") != 0)
    return rp_err_set(err, RP_EUSAGE, _("there is no “%s” of rapport subject; allowed is %s"), cli->arguments[0],
                      "erase");
  char *typed = rp_cli_join(cli, 1);
  rp_status status = rp_journal_find(cli->journal, RP_TYPE_MASK(RP_TYPE_CONTACT), typed, &id, err);
  if (status == RP_OK)
    status = rp_privacy_erase_preview(cli->journal, &id, &preview, err);
  if (status == RP_OK) {
    rp_journal_name(cli->journal, &id, &name);
    if (!wants_json(cli))
      print_preview(cli, rp_str_text(&name), &preview);
    else if (rp_cli_has(cli, RP_OPTION_DRY_RUN))
      print_json(cli, false, &preview, NULL);
  }
  if (status == RP_OK && !rp_cli_has(cli, RP_OPTION_DRY_RUN)) {
    status = ask(cli, rp_str_text(&name), err);
    if (status == RP_OK)
      status = erase(cli, &id, rp_str_text(&name), &preview, err);
  }
  rp_erasure_fini(&preview);
  rp_str_fini(&name);
  free(typed);
  return status;
}
