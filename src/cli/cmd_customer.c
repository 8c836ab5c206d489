/* map, journey, themes: depth by topic, and one picture of a customer over all channels. */
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "rapport/assessment_json.h"
#include "rapport/overview.h"
#include "rapport/utf8.h"

#define LABEL_COLUMNS 26

/* A label padded to its column; the caller frees. */
static char *padded(const char *text, size_t columns) {
  struct rp_str safe = {0};
  struct rp_str out = {0};
  rp_utf8_safe(text, strlen(text), &safe);
  rp_utf8_fit(rp_str_text(&safe), columns, true, &out);
  rp_str_fini(&safe);
  return rp_str_take(&out);
}

/* ---- map ---- */

static json_t *topic_json(const struct rp_depth_map_topic *topic) {
  json_t *object = json_object();
  rp_json_set_text(object, "domain", rp_vocab_code(RP_VOCAB_DOMAIN, (int)topic->domain));
  rp_json_set_text(object, "topic", *topic->topic == '\0' ? NULL : topic->topic);
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    json_t *counts = json_array();
    for (int layer = 1; layer <= 3; layer++)
      json_array_append_new(counts, json_integer(topic->count[party][layer]));
    rp_json_set(object, rp_vocab_code(RP_VOCAB_PARTY, party), counts);
  }
  rp_json_set(object, "hearsay",
              json_integer(topic->hearsay[RP_PARTY_SALESPERSON] + topic->hearsay[RP_PARTY_CUSTOMER]));
  rp_json_set(object, "last", rp_date_json(topic->last));
  return object;
}

static void print_map(struct rp_cli *cli, const struct rp_depth_map *map) {
  rp_cli_heading(cli, map->person->dyad->contact_name);
  int domain = -1;
  for (size_t i = 0; i < map->topics.count; i++) {
    const struct rp_depth_map_topic *topic = &map->topics.items[i];
    if ((int)topic->domain != domain) {
      domain = (int)topic->domain;
      char *label = padded(rp_vocab_label(RP_VOCAB_DOMAIN, domain), LABEL_COLUMNS);
      rp_cli_print(cli, "  %s  %s", label, _("you 1 2 3    they 1 2 3"));
      free(label);
    }
    const int *own = topic->count[RP_PARTY_SALESPERSON];
    const int *theirs = topic->count[RP_PARTY_CUSTOMER];
    char *label = padded(*topic->label == '\0' ? _("(no topic)") : topic->label, LABEL_COLUMNS);
    rp_cli_print(cli, "    %s    %d %d %d         %d %d %d", label, own[1], own[2], own[3], theirs[1], theirs[2],
                 theirs[3]);
    free(label);
  }
  if (map->topics.count == 0)
    rp_cli_print(cli, "  %s", _("Nothing has been told yet."));
}

rp_status rp_cmd_map(struct rp_cli *cli, struct rp_err *err) {
  char *name = rp_cli_join(cli, 0);
  struct rp_id relationship;
  struct rp_depth_map *map = NULL;
  rp_status status = rp_journal_find_relationship(cli->journal, name, &relationship, err);
  if (status == RP_OK)
    status = rp_depth_map_load(cli->journal, &relationship, &map, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_object();
    json_t *topics = json_array();
    for (size_t i = 0; i < map->topics.count; i++)
      json_array_append_new(topics, topic_json(&map->topics.items[i]));
    rp_json_set(object, "relationship", rp_id_json(&relationship));
    rp_json_set_text(object, "contact", map->person->dyad->contact_name);
    rp_json_set(object, "topics", topics);
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    print_map(cli, map);
  }
  rp_depth_map_free(map);
  free(name);
  return status;
}

/* ---- one customer ---- */

static rp_status load_customer(struct rp_cli *cli, struct rp_customer **out, struct rp_err *err) {
  char *name = rp_cli_join(cli, 0);
  struct rp_id id;
  rp_status status = rp_journal_find(cli->journal, RP_TYPE_MASK(RP_TYPE_CUSTOMER), name, &id, err);
  if (status == RP_OK)
    status = rp_customer_load(cli->journal, &id, out, err);
  free(name);
  return status;
}

static json_t *customer_json(const struct rp_customer *customer) {
  return rp_account_json(rp_record_name(customer->record), &customer->record->id, &customer->account);
}

static json_t *counts_json(const int *counts, enum rp_vocab_id vocab) {
  json_t *object = json_object();
  for (int i = 0; i < rp_vocab_get(vocab)->count; i++)
    rp_json_set(object, rp_vocab_code(vocab, i), json_integer(counts[i]));
  return object;
}

static json_t *journey_json(const struct rp_customer *customer) {
  json_t *object = customer_json(customer);
  json_t *journey = json_array();
  for (size_t i = 0; i < customer->journey.count; i++) {
    const struct rp_customer_touchpoint *point = &customer->journey.items[i];
    json_t *entry = json_object();
    rp_json_set_text(entry, "phase", rp_vocab_code(RP_VOCAB_PHASE, point->phase));
    rp_json_set_text(entry, "touchpoint", rp_vocab_code(RP_VOCAB_TOUCHPOINT, point->touchpoint));
    rp_json_set(entry, "count", json_integer(point->count));
    rp_json_set(entry, "first", rp_date_json(point->first));
    rp_json_set(entry, "last", rp_date_json(point->last));
    json_array_append_new(journey, entry);
  }
  rp_json_set(object, "journey", journey);
  json_t *channels = json_array();
  for (size_t i = 0; i < customer->channels.count; i++) {
    const struct rp_customer_channel *channel = &customer->channels.items[i];
    json_t *entry = json_object();
    rp_json_set_text(entry, "channel", rp_vocab_code(RP_VOCAB_CHANNEL, channel->channel));
    rp_json_set(entry, "count", json_integer(channel->count));
    rp_json_set(entry, "two_way", json_integer(channel->two_way));
    rp_json_set(entry, "last", rp_date_json(channel->last));
    json_array_append_new(channels, entry);
  }
  rp_json_set(object, "channels", channels);
  rp_json_set(object, "cues", counts_json(customer->cues, RP_VOCAB_CUE));
  rp_json_set(object, "outcomes", counts_json(customer->outcomes, RP_VOCAB_OUTCOME));
  json_t *offers = json_array();
  for (size_t i = 0; i < customer->offers.count; i++) {
    const struct rp_customer_offer *offer = &customer->offers.items[i];
    json_t *entry = json_object();
    rp_json_set(entry, "id", rp_id_json(&offer->id));
    rp_json_set(entry, "date", rp_date_json(offer->date));
    rp_json_set_text(entry, "channel", rp_vocab_code(RP_VOCAB_CHANNEL, offer->channel));
    rp_json_set_text(entry, "by", offer->by);
    rp_json_set_text(entry, "subject", offer->subject);
    rp_json_set_text(entry, "value", offer->value);
    rp_json_set(entry, "contradicts", json_boolean(offer->contradicts));
    json_array_append_new(offers, entry);
  }
  rp_json_set(object, "offers", offers);
  return object;
}

static void print_counts(struct rp_cli *cli, const char *heading, const int *counts, enum rp_vocab_id vocab) {
  bool headed = false;
  for (int i = 0; i < rp_vocab_get(vocab)->count; i++) {
    if (counts[i] == 0)
      continue;
    if (!headed)
      rp_cli_heading(cli, heading);
    headed = true;
    char *label = padded(rp_vocab_label(vocab, i), LABEL_COLUMNS);
    rp_cli_print(cli, "  %s %4d", label, counts[i]);
    free(label);
  }
}

static void print_journey(struct rp_cli *cli, const struct rp_customer *customer) {
  rp_cli_heading(cli, rp_record_name(customer->record));
  int phase = -2;
  for (size_t i = 0; i < customer->journey.count; i++) {
    const struct rp_customer_touchpoint *point = &customer->journey.items[i];
    if (point->phase != phase) {
      phase = point->phase;
      rp_cli_print(cli, "  %s", phase == RP_CODE_NONE ? _("phase not given") : rp_vocab_label(RP_VOCAB_PHASE, phase));
    }
    char *label = padded(point->touchpoint == RP_CODE_NONE ? _("(no touchpoint)")
                                                           : rp_vocab_label(RP_VOCAB_TOUCHPOINT, point->touchpoint),
                         LABEL_COLUMNS);
    struct rp_str last = {0};
    rp_date_format_short(point->last, cli->as_of, &last);
    rp_cli_print(cli, "    %s %4d  %s", label, point->count, rp_str_text(&last));
    rp_str_fini(&last);
    free(label);
  }
  if (customer->channels.count > 0)
    rp_cli_heading(cli, _("Channels"));
  for (size_t i = 0; i < customer->channels.count; i++) {
    const struct rp_customer_channel *channel = &customer->channels.items[i];
    char *label = padded(rp_vocab_label(RP_VOCAB_CHANNEL, channel->channel), LABEL_COLUMNS);
    struct rp_str last = {0};
    rp_date_format_short(channel->last, cli->as_of, &last);
    rp_cli_print(cli, _("  %s %4d, answered %d, last %s"), label, channel->count, channel->two_way, rp_str_text(&last));
    rp_str_fini(&last);
    free(label);
  }
  print_counts(cli, _("Social presence and trust"), customer->cues, RP_VOCAB_CUE);
  print_counts(cli, _("Expectations"), customer->outcomes, RP_VOCAB_OUTCOME);
  if (customer->offers.count > 0)
    rp_cli_heading(cli, _("Offers by channel"));
  for (size_t i = 0; i < customer->offers.count; i++) {
    const struct rp_customer_offer *offer = &customer->offers.items[i];
    struct rp_str date = {0};
    rp_date_format_short(offer->date, cli->as_of, &date);
    rp_cli_print(cli, "  %s  %s · %s: %s (%s)%s", rp_str_text(&date), rp_vocab_label(RP_VOCAB_CHANNEL, offer->channel),
                 offer->subject, offer->value, offer->by,
                 offer->contradicts ? _("  ! another channel says otherwise") : "");
    rp_str_fini(&date);
  }
}

rp_status rp_cmd_journey(struct rp_cli *cli, struct rp_err *err) {
  struct rp_customer *customer;
  rp_status status = load_customer(cli, &customer, err);
  if (status != RP_OK)
    return status;
  if (rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, journey_json(customer));
  else
    print_journey(cli, customer);
  rp_customer_free(customer);
  return RP_OK;
}

rp_status rp_cmd_themes(struct rp_cli *cli, struct rp_err *err) {
  struct rp_customer *customer;
  rp_status status = load_customer(cli, &customer, err);
  if (status != RP_OK)
    return status;
  bool json = rp_cli_has(cli, RP_OPTION_JSON);
  json_t *themes = json_array();
  if (!json)
    rp_cli_heading(cli, rp_record_name(customer->record));
  for (int i = 0; i < RP_THEME_COUNT; i++) {
    const struct rp_customer_theme *theme = &customer->themes[i];
    if (json) {
      json_t *entry = json_object();
      rp_json_set_text(entry, "theme", rp_vocab_code(RP_VOCAB_THEME, i));
      rp_json_set(entry, "notes", json_integer(theme->notes));
      rp_json_set(entry, "interactions", json_integer(theme->interactions));
      rp_json_set(entry, "last", rp_date_json(theme->last));
      json_array_append_new(themes, entry);
      continue;
    }
    char *label = padded(rp_vocab_label(RP_VOCAB_THEME, i), LABEL_COLUMNS);
    struct rp_str last = {0};
    rp_date_format_short(theme->last, cli->as_of, &last);
    rp_cli_print(cli, _("  %s notes %2d, meetings %2d  %s"), label, theme->notes, theme->interactions,
                 last.length > 0 ? rp_str_text(&last) : _("empty"));
    rp_str_fini(&last);
    free(label);
  }
  if (json) {
    json_t *object = customer_json(customer);
    rp_json_set(object, "themes", json_incref(themes));
    rp_cli_print_json(cli, object);
  }
  json_decref(themes);
  rp_customer_free(customer);
  return RP_OK;
}
