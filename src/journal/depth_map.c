/* Which topics each side has told of, and how deep. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/overview.h"

struct loader {
  struct rp_journal *journal;
  struct rp_depth_map *map;
  rp_date oldest;
};

static struct rp_depth_map_topic *find_topic(struct loader *loader, const char *topic, enum rp_domain domain) {
  struct rp_depth_map *map = loader->map;
  for (size_t i = 0; i < map->topics.count; i++) {
    if (map->topics.items[i].domain == domain && strcmp(map->topics.items[i].topic, topic) == 0)
      return &map->topics.items[i];
  }
  struct rp_depth_map_topic *added = rp_vec_add(&map->topics);
  added->topic = rp_mem_text(topic);
  added->label = rp_mem_text(*topic == '\0' ? "" : rp_topic_label(loader->journal, topic));
  added->domain = domain;
  added->last = RP_DATE_NONE;
  return added;
}

static bool count_disclosure(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date date = rp_record_date(record, RP_DISCLOSURE_DATE);
  if (date > loader->journal->as_of || date < loader->oldest)
    return true;
  const char *topic = rp_record_text(record, RP_DISCLOSURE_TOPIC);
  struct rp_depth_map_topic *to =
      find_topic(loader, topic == NULL ? "" : topic, (enum rp_domain)rp_record_code(record, RP_DISCLOSURE_DOMAIN));
  int party = rp_record_code(record, RP_DISCLOSURE_DISCLOSER);
  if (rp_record_code(record, RP_DISCLOSURE_CERTAINTY) == RP_CERTAINTY_HEARSAY)
    to->hearsay[party]++;
  else
    to->count[party][rp_record_number(record, RP_DISCLOSURE_LAYER, 1)]++;
  if (to->last == RP_DATE_NONE || date > to->last)
    to->last = date;
  return true;
}

/* The journal's own topics after the vocabulary's, what has no topic last. */
static int topic_rank(const struct rp_depth_map_topic *topic) {
  if (*topic->topic == '\0')
    return RP_TOPIC_COUNT + 1;
  int number = rp_vocab_find(RP_VOCAB_TOPIC, topic->topic, strlen(topic->topic));
  return number == RP_CODE_NONE ? (int)RP_TOPIC_COUNT : number;
}

static int compare_topics(const void *a, const void *b) {
  const struct rp_depth_map_topic *x = a;
  const struct rp_depth_map_topic *y = b;
  if (x->domain != y->domain)
    return x->domain < y->domain ? -1 : 1;
  int ranks = topic_rank(x) - topic_rank(y);
  return ranks != 0 ? ranks : strcmp(x->topic, y->topic);
}

rp_status rp_depth_map_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_depth_map **out,
                            struct rp_err *err) {
  struct rp_depth_map *map = rp_mem_zero(1, sizeof *map);
  struct loader loader = {journal, map, journal->as_of - journal->rules.thresholds.evidence_window_days};
  rp_status status = rp_journal_person(journal, relationship, &map->person, err);
  struct rp_store_query query = ask_by(RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, *relationship);
  if (status == RP_OK)
    status = rp_store_each(journal->store, &query, count_disclosure, &loader, err);
  if (status != RP_OK) {
    rp_depth_map_free(map);
    return status;
  }
  if (map->topics.count > 0)
    qsort(map->topics.items, map->topics.count, sizeof *map->topics.items, compare_topics);
  *out = map;
  return RP_OK;
}

void rp_depth_map_free(struct rp_depth_map *map) {
  if (map == NULL)
    return;
  rp_person_free(map->person);
  for (size_t i = 0; i < map->topics.count; i++) {
    free(map->topics.items[i].topic);
    free(map->topics.items[i].label);
  }
  rp_vec_fini(&map->topics);
  free(map);
}
