#include "rapport/rules_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/embedded.h"
#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"
#include "rapport/nearest.h"
#include "rapport/vec.h"
#include "rapport/yaml.h"

#define SUGGESTION_TEXT_CHARACTERS 300
#define SUGGESTION_WORD_CHARACTERS 60
#define SUGGESTIONS_MOST 1000

/* ---- conditions -------------------------------------------------------------------------------------------------- */

static rp_status read_condition(const struct rp_yaml_node *node, struct rp_condition *out, struct rp_err *err);

/* A list of conditions as the parts of a group, which is changed only when all are in order. */
static rp_status read_parts(const struct rp_yaml_node *list, const char *key, struct rp_condition *group,
                            struct rp_err *err) {
  if (list->kind != RP_YAML_LIST || list->count == 0)
    return rp_yaml_fail(list, err, _("%s must be a list of conditions, as [stage >= 1, status = active]"), key);
  struct rp_condition read = {.kind = group->kind};
  read.parts = rp_mem_zero(list->count, sizeof *read.parts);
  rp_status status = RP_OK;
  while (read.part_count < list->count && status == RP_OK) {
    status = read_condition(&list->items[read.part_count], &read.parts[read.part_count], err);
    if (status == RP_OK)
      read.part_count++;
  }
  if (status != RP_OK)
    return rp_condition_fini(&read), status;
  rp_condition_fini(group);
  *group = read;
  return RP_OK;
}

static rp_status read_condition(const struct rp_yaml_node *node, struct rp_condition *out, struct rp_err *err) {
  if (node->kind == RP_YAML_TEXT && !rp_yaml_is_empty(node)) {
    rp_status status = rp_condition_parse(node->text, strlen(node->text), out, err);
    return status == RP_OK ? status : rp_yaml_place(node, err);
  }
  if (node->kind != RP_YAML_MAP || node->count != 1)
    return rp_yaml_fail(node, err, _("a condition is a comparison, as stage >= 1, or a group, as any: [...]"));
  static const char *const groups[] = {"all", "any", NULL};
  int word;
  rp_status status = rp_yaml_find_word(&node->pairs[0].key, groups, &word, err);
  if (status != RP_OK)
    return status;
  *out = (struct rp_condition){.kind = word == 0 ? RP_CONDITION_ALL : RP_CONDITION_ANY};
  return read_parts(&node->pairs[0].value, groups[word], out, err);
}

/* ---- one suggestion ---------------------------------------------------------------------------------------------- */

/* A suggestion while it is read. */
struct entry {
  struct rp_suggestion suggestion;
  bool off;
};

static rp_status read_when(const struct rp_yaml_node *value, void *member, struct rp_err *err) {
  struct rp_condition *when = member;
  when->kind = RP_CONDITION_ALL;
  return read_parts(value, "when", when, err);
}

struct asks {
  int how, domain, layer; /* indexes of the words below */
};

static rp_status read_asks(const struct rp_yaml_node *value, void *member, struct rp_err *err) {
  static const char *const hows[] = {"offer", "invite", NULL};
  static const char *const domains[] = {"business", "self", "matching", NULL};
  static const char *const layers[] = {"customer", "1", "2", "3", NULL};
  static const enum rp_asks_how how_values[] = {RP_ASKS_OFFER, RP_ASKS_INVITE};
  static const int domain_values[] = {RP_DOMAIN_BUSINESS, RP_DOMAIN_SELF, RP_ASKS_MATCHING};
  static const int layer_values[] = {RP_ASKS_CUSTOMERS, 1, 2, 3};
  static const struct rp_yaml_field fields[] = {
      {.key = "how", .type = RP_YAML_WORD, .offset = offsetof(struct asks, how), .words = hows, .required = true},
      {.key = "domain",
       .type = RP_YAML_WORD,
       .offset = offsetof(struct asks, domain),
       .words = domains,
       .required = true},
      {.key = "layer", .type = RP_YAML_WORD, .offset = offsetof(struct asks, layer), .words = layers, .required = true},
  };
  struct rp_suggestion *suggestion = member;
  suggestion->asks = RP_ASKS_NONE;
  if (value->kind == RP_YAML_TEXT && strcmp(value->text, "none") == 0)
    return RP_OK;
  if (value->kind != RP_YAML_MAP)
    return rp_yaml_fail(value, err, _("asks must be none or a map, as {how: offer, domain: business, layer: 2}"));
  struct asks asks = {0};
  rp_status status = rp_yaml_decode(value, fields, sizeof fields / sizeof *fields, &asks, err);
  if (status != RP_OK)
    return status;
  suggestion->asks = how_values[asks.how];
  suggestion->asks_domain = domain_values[asks.domain];
  suggestion->asks_layer = layer_values[asks.layer];
  return RP_OK;
}

/* The engine's own check, placed at the key that it is about. */
static rp_status validate(const struct rp_yaml_node *map, const struct rp_suggestion *suggestion, struct rp_err *err) {
  char filler[] = "x";
  const struct rp_suggestion id_alone = {
      .id = suggestion->id, .when.part_count = 1, .text = filler, .source = filler, .kind = filler};
  struct rp_suggestion without_asks = *suggestion;
  without_asks.asks = RP_ASKS_NONE;
  const char *at = NULL;
  if (rp_suggestion_validate(&id_alone, err) != RP_OK)
    at = "id";
  else if (rp_suggestion_validate(&without_asks, err) != RP_OK)
    return rp_yaml_place(map, err);
  else if (rp_suggestion_validate(suggestion, err) != RP_OK)
    at = "asks";
  return at == NULL ? RP_OK : rp_yaml_place(&rp_yaml_find(map, at)->value, err);
}

#define MEMBER(name) offsetof(struct entry, suggestion.name)

static rp_status read_entry(const struct rp_yaml_node *map, struct entry *out, struct rp_err *err) {
  static const struct rp_yaml_field fields[] = {
      {.key = "id", .type = RP_YAML_STRING, .offset = MEMBER(id), .high = RP_SUGGESTION_ID_MAX, .required = true},
      {.key = "when", .type = RP_YAML_OTHER, .offset = MEMBER(when), .read = read_when},
      {.key = "text", .type = RP_YAML_STRING, .offset = MEMBER(text), .high = SUGGESTION_TEXT_CHARACTERS},
      {.key = "source", .type = RP_YAML_STRING, .offset = MEMBER(source), .high = SUGGESTION_WORD_CHARACTERS},
      {.key = "kind", .type = RP_YAML_STRING, .offset = MEMBER(kind), .high = SUGGESTION_WORD_CHARACTERS},
      {.key = "asks", .type = RP_YAML_OTHER, .offset = offsetof(struct entry, suggestion), .read = read_asks},
      {.key = "off", .type = RP_YAML_BOOL, .offset = offsetof(struct entry, off)},
  };
  if (map->kind != RP_YAML_MAP)
    return rp_yaml_fail(map, err, _("a suggestion is a map with id, when, text, source, kind and asks"));
  rp_status status = rp_yaml_decode(map, fields, sizeof fields / sizeof *fields, out, err);
  if (status != RP_OK || out->off)
    return status;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (fields[i].type != RP_YAML_BOOL && rp_yaml_find(map, fields[i].key) == NULL)
      return rp_yaml_fail(map, err, _("%s is missing here; add it"), fields[i].key);
  }
  return validate(map, &out->suggestion, err);
}

/* ---- merging ----------------------------------------------------------------------------------------------------- */

/* The rules while a file is laid over them. */
struct target {
  struct rp_thresholds thresholds; /* first: the offsets of rp_thresholds count from here */
  RP_VEC(struct rp_suggestion) suggestions;
  enum rp_rules_origin origin; /* of the file */
  bool of_team;                /* a team's rules are below: what it has taken away need not be there */
};

static size_t find_suggestion(const struct target *target, const char *id) {
  size_t i = 0;
  while (i < target->suggestions.count && strcmp(target->suggestions.items[i].id, id) != 0)
    i++;
  return i;
}

static rp_status fail_unknown_off(const struct target *target, const struct rp_yaml_node *id, struct rp_err *err) {
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, id->text, strlen(id->text));
  for (size_t i = 0; i < target->suggestions.count; i++)
    rp_nearest_try(&nearest, target->suggestions.items[i].id);
  rp_status status = nearest.best != NULL
                         ? rp_yaml_fail(id, err, _("there is no suggestion “%s” to turn off; did you mean %s?"),
                                        id->text, nearest.best)
                         : rp_yaml_fail(id, err, _("there is no suggestion “%s” to turn off"), id->text);
  rp_nearest_fini(&nearest);
  return status;
}

/* Takes the entry over. */
static rp_status merge(struct target *target, const struct rp_yaml_node *map, struct entry *entry, struct rp_err *err) {
  size_t at = find_suggestion(target, entry->suggestion.id);
  if (entry->off && at == target->suggestions.count) {
    rp_status status = target->of_team ? RP_OK : fail_unknown_off(target, &rp_yaml_find(map, "id")->value, err);
    rp_suggestion_fini(&entry->suggestion);
    return status;
  }
  entry->suggestion.origin = target->origin;
  if (at == target->suggestions.count) {
    (void)rp_vec_add(&target->suggestions);
  } else {
    struct rp_suggestion *below = &target->suggestions.items[at];
    if (!entry->off && rp_suggestion_equal(below, &entry->suggestion))
      entry->suggestion.origin = below->origin;
    rp_suggestion_fini(below);
  }
  if (entry->off) {
    rp_vec_remove(&target->suggestions, at);
    rp_suggestion_fini(&entry->suggestion);
  } else {
    target->suggestions.items[at] = entry->suggestion;
  }
  return RP_OK;
}

/* Each id once in one file, whatever the rules below it hold. */
static rp_status refuse_twice(const struct rp_yaml_node *list, size_t index, struct rp_err *err) {
  const struct rp_yaml_node *id = &rp_yaml_find(&list->items[index], "id")->value;
  for (size_t i = 0; i < index; i++) {
    const struct rp_yaml_node *earlier = &rp_yaml_find(&list->items[i], "id")->value;
    if (strcmp(earlier->text, id->text) == 0)
      return rp_yaml_fail(id, err, _("suggestion %s is given twice, first in line %u; keep one of them"), id->text,
                          earlier->line);
  }
  return RP_OK;
}

static rp_status read_suggestions(const struct rp_yaml_node *list, void *member, struct rp_err *err) {
  struct target *target = member;
  if (rp_yaml_is_empty(list))
    return RP_OK;
  if (list->kind != RP_YAML_LIST)
    return rp_yaml_fail(list, err, _("suggestions must be a list of suggestions"));
  if (list->count > SUGGESTIONS_MOST)
    return rp_yaml_fail(list, err, _("there may be at most %d suggestions; these are %zu"), SUGGESTIONS_MOST,
                        list->count);
  rp_status status = RP_OK;
  for (size_t i = 0; i < list->count && status == RP_OK; i++) {
    struct entry entry = {0};
    status = read_entry(&list->items[i], &entry, err);
    if (status == RP_OK)
      status = refuse_twice(list, i, err);
    if (status == RP_OK)
      status = merge(target, &list->items[i], &entry, err);
    else
      rp_suggestion_fini(&entry.suggestion);
  }
  return status;
}

/* The thresholds' rows come from the engine's table, so that a new threshold needs no word here. */
static rp_status decode(const struct rp_yaml_node *root, struct target *target, struct rp_err *err) {
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  struct rp_yaml_field *fields = rp_mem_zero(count + 1, sizeof *fields);
  for (size_t i = 0; i < count; i++)
    fields[i] = (struct rp_yaml_field){.key = rows[i].path,
                                       .type = RP_YAML_NUMBER,
                                       .offset = rows[i].offset,
                                       .low = rows[i].low,
                                       .high = rows[i].high};
  fields[count] = (struct rp_yaml_field){.key = "suggestions", .type = RP_YAML_OTHER, .read = read_suggestions};
  rp_status status = rp_yaml_decode(root, fields, count + 1, target, err);
  free(fields);
  return status;
}

static void free_target(struct target *target) {
  for (size_t i = 0; i < target->suggestions.count; i++)
    rp_suggestion_fini(&target->suggestions.items[i]);
  rp_vec_fini(&target->suggestions);
}

static int32_t threshold_of(const struct rp_thresholds *thresholds, const struct rp_threshold *row) {
  int32_t value;
  memcpy(&value, (const char *)thresholds + row->offset, sizeof value);
  return value;
}

/* What the file says of thresholds; nothing of it where they are the team's. */
static void lay_thresholds(const struct target *target, struct rp_rules *rules) {
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  for (size_t i = 0; i < count; i++) {
    if (threshold_of(&target->thresholds, &rows[i]) == threshold_of(&rules->thresholds, &rows[i]))
      continue;
    rules->set_aside[i] = target->of_team;
    if (!target->of_team)
      rules->origins[i] = (uint8_t)target->origin;
  }
  if (!target->of_team)
    rules->thresholds = target->thresholds;
}

/* Lays a document over the rules, which are taken over; after an error they are gone. */
static rp_status lay_over(const struct rp_yaml *yaml, enum rp_rules_origin origin, bool of_team, struct rp_rules *rules,
                          struct rp_err *err) {
  const struct rp_yaml_node *root = rp_yaml_root(yaml);
  struct target target = {.thresholds = rules->thresholds,
                          .suggestions = {rules->suggestions, rules->suggestion_count, rules->suggestion_count},
                          .origin = origin,
                          .of_team = of_team};
  rp_status status = decode(root, &target, err);
  if (status != RP_OK) {
    free_target(&target);
    rp_rules_init(rules);
    return status;
  }
  rules->suggestions = target.suggestions.items;
  rules->suggestion_count = target.suggestions.count;
  lay_thresholds(&target, rules);
  status = rp_rules_validate(rules, err);
  if (status == RP_OK)
    return RP_OK;
  /* each value is in order by itself: it is about the two limits of silence */
  const struct rp_yaml_pair *silence = rp_yaml_find(root, "silence");
  rp_rules_fini(rules);
  return rp_yaml_place(silence != NULL ? &silence->value : root, err);
}

static rp_status load(const struct rp_yaml *yaml, enum rp_rules_origin origin, struct rp_rules *out,
                      struct rp_err *err) {
  struct rp_rules rules;
  rp_rules_file_shipped(&rules);
  rp_status status = lay_over(yaml, origin, false, &rules, err);
  if (status == RP_OK)
    *out = rules;
  return status;
}

/* ---- the ways in ------------------------------------------------------------------------------------------------- */

void rp_rules_file_shipped(struct rp_rules *out) {
  struct rp_yaml *yaml = NULL;
  rp_rules_init(out);
  rp_status status = rp_yaml_parse(rp_embedded_rules_default, rp_embedded_rules_default_length, &yaml, NULL);
  if (status == RP_OK)
    status = lay_over(yaml, RP_RULES_SHIPPED, false, out, NULL);
  assert(status == RP_OK); /* shipped files are tested */
  (void)status;
  rp_yaml_free(yaml);
}

rp_status rp_rules_file_parse(const char *bytes, size_t length, enum rp_rules_origin origin, struct rp_rules *out,
                              struct rp_err *err) {
  struct rp_yaml *yaml = NULL;
  rp_status status = rp_yaml_parse(bytes, length, &yaml, err);
  if (status == RP_OK)
    status = load(yaml, origin, out, err);
  rp_yaml_free(yaml);
  return status;
}

/* The named file, else the person's own when there is one; *yaml is NULL when there is not. */
static rp_status read_own(const char *path, struct rp_yaml **yaml, struct rp_str *name, struct rp_err *err) {
  char *own = NULL;
  rp_status status = RP_ENOTFOUND;
  *yaml = NULL;
  if (path != NULL || rp_io_path(RP_IO_CONFIG, "rules.yaml", &own, NULL) == RP_OK) {
    rp_str_add(name, path != NULL ? path : own);
    status = rp_yaml_read(rp_str_text(name), yaml, err);
  }
  free(own);
  return status == RP_ENOTFOUND && path == NULL ? RP_OK : status;
}

static rp_status load_over(struct rp_rules *below, bool of_team, const char *path, struct rp_rules *out,
                           struct rp_err *err) {
  struct rp_yaml *yaml;
  struct rp_str name = {0};
  rp_status status = read_own(path, &yaml, &name, err);
  if (status != RP_OK) {
    rp_rules_fini(below);
  } else if (yaml != NULL) {
    status = lay_over(yaml, RP_RULES_OWN, of_team, below, err);
    if (status != RP_OK)
      rp_err_in(err, rp_str_text(&name));
  }
  if (status == RP_OK)
    *out = *below;
  rp_yaml_free(yaml);
  rp_str_fini(&name);
  return status;
}

rp_status rp_rules_file_load_over(struct rp_rules *team, const char *path, struct rp_rules *out, struct rp_err *err) {
  struct rp_rules below = *team;
  rp_rules_init(team);
  return load_over(&below, true, path, out, err);
}

rp_status rp_rules_file_load(const char *path, struct rp_rules *out, struct rp_err *err) {
  struct rp_rules below;
  rp_rules_file_shipped(&below);
  return load_over(&below, false, path, out, err);
}
