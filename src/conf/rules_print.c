/* Rules as the text of a file, and what is other in one set of them than in another. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/rules_file.h"
#include "rapport/yaml.h"

/* ---- as a file --------------------------------------------------------------------------------------------------- */

#define COMMENT_COLUMN 36

static int32_t value_of(const struct rp_rules *rules, const struct rp_threshold *row) {
  int32_t value;
  memcpy(&value, (const char *)&rules->thresholds + row->offset, sizeof value);
  return value;
}

static const char *origin_comment(enum rp_rules_origin origin) {
  static const char *const comments[] = {
      [RP_RULES_SHIPPED] = NULL, [RP_RULES_TEAM] = N_("of the team"), [RP_RULES_OWN] = N_("your own")};
  return comments[origin] != NULL ? _(comments[origin]) : NULL;
}

static void print_threshold(const struct rp_rules *rules, const struct rp_threshold *row, size_t number,
                            const char *group, struct rp_str *out) {
  int32_t value = value_of(rules, row);
  const char *origin = origin_comment((enum rp_rules_origin)rules->origins[number]);
  const char *dot = strchr(row->path, '.');
  if (dot != NULL && strncmp(row->path, group, (size_t)(dot - row->path) + 1) != 0)
    rp_str_addf(out, "%.*s:\n", (int)(dot - row->path), row->path);
  size_t before = out->length;
  rp_str_addf(out, "%s%s: %d ", dot != NULL ? "  " : "", dot != NULL ? dot + 1 : row->path, (int)value);
  size_t width = out->length - before;
  rp_str_fill(out, ' ', width < COMMENT_COLUMN ? COMMENT_COLUMN - width : 0);
  rp_str_addf(out, "# %s", _(row->sentence));
  if (rules->set_aside[number])
    origin = _("of the team, instead of your own");
  if (origin != NULL)
    rp_str_addf(out, " (%s)", origin);
  rp_str_addc(out, '\n');
}

static void print_condition(const struct rp_condition *condition, size_t indent, struct rp_str *out) {
  static const char *const ops[] = {
      [RP_OP_EQ] = "=", [RP_OP_NE] = "!=", [RP_OP_LT] = "<", [RP_OP_LE] = "<=", [RP_OP_GT] = ">", [RP_OP_GE] = ">="};
  rp_str_fill(out, ' ', indent);
  if (condition->kind != RP_CONDITION_FACT) {
    rp_str_add(out, condition->kind == RP_CONDITION_ANY ? "- any:\n" : "- all:\n");
    for (size_t i = 0; i < condition->part_count; i++)
      print_condition(&condition->parts[i], indent + 4, out);
    return;
  }
  size_t count;
  const struct rp_fact *facts = rp_facts(&count);
  const struct rp_fact *fact = &facts[condition->fact];
  rp_str_addf(out, "- %s %s ", fact->name, ops[condition->op]);
  if (condition->other_fact >= 0)
    rp_str_add(out, facts[condition->other_fact].name);
  else if (fact->kind == RP_FACT_NUMBER)
    rp_str_addf(out, "%d", (int)condition->value);
  else if (fact->kind == RP_FACT_BOOL)
    rp_str_add(out, condition->value != 0 ? "true" : "false");
  else
    rp_str_add(out, rp_vocab_code(fact->vocab, condition->value));
  rp_str_addc(out, '\n');
}

static void print_text(const char *key, const char *text, struct rp_str *out) {
  rp_str_addf(out, "    %s: ", key);
  rp_yaml_quote(text, out);
  rp_str_addc(out, '\n');
}

static void print_asks(const struct rp_suggestion *suggestion, struct rp_str *out) {
  if (suggestion->asks == RP_ASKS_NONE) {
    rp_str_add(out, "    asks: none\n");
    return;
  }
  rp_str_addf(out, "    asks: {how: %s, domain: %s, layer: ", suggestion->asks == RP_ASKS_OFFER ? "offer" : "invite",
              suggestion->asks_domain == RP_ASKS_MATCHING ? "matching"
                                                          : rp_vocab_code(RP_VOCAB_DOMAIN, suggestion->asks_domain));
  if (suggestion->asks_layer == RP_ASKS_CUSTOMERS)
    rp_str_add(out, "customer}\n");
  else
    rp_str_addf(out, "%d}\n", suggestion->asks_layer);
}

static void print_suggestion(const struct rp_suggestion *suggestion, struct rp_str *out) {
  const char *origin = origin_comment(suggestion->origin);
  rp_str_add(out, "  - id: ");
  rp_yaml_quote(suggestion->id, out);
  if (origin != NULL)
    rp_str_addf(out, " # %s", origin);
  rp_str_add(out, "\n    when:\n");
  for (size_t i = 0; i < suggestion->when.part_count; i++)
    print_condition(&suggestion->when.parts[i], 6, out);
  print_text("text", suggestion->text, out);
  print_text("source", suggestion->source, out);
  print_text("kind", suggestion->kind, out);
  print_asks(suggestion, out);
}

/* What is shipped and was turned off must be turned off again by whoever reads the print. */
static void print_off(const struct rp_rules *rules, struct rp_str *out) {
  struct rp_rules shipped;
  rp_rules_file_shipped(&shipped);
  for (size_t i = 0; i < shipped.suggestion_count; i++) {
    size_t at = 0;
    while (at < rules->suggestion_count && strcmp(rules->suggestions[at].id, shipped.suggestions[i].id) != 0)
      at++;
    if (at == rules->suggestion_count)
      rp_str_addf(out, "  - {id: %s, off: true}\n", shipped.suggestions[i].id);
  }
  rp_rules_fini(&shipped);
}

void rp_rules_file_print(const struct rp_rules *rules, struct rp_str *out) {
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  for (size_t i = 0; i < count; i++)
    print_threshold(rules, &rows[i], i, i > 0 ? rows[i - 1].path : "", out);
  rp_str_add(out, "\nsuggestions:\n");
  for (size_t i = 0; i < rules->suggestion_count; i++)
    print_suggestion(&rules->suggestions[i], out);
  print_off(rules, out);
}

/* ---- what is other ----------------------------------------------------------------------------------------------- */

static const struct rp_suggestion *find_in(const struct rp_rules *rules, const char *id) {
  for (size_t i = 0; i < rules->suggestion_count; i++) {
    if (strcmp(rules->suggestions[i].id, id) == 0)
      return &rules->suggestions[i];
  }
  return NULL;
}

struct telling {
  void (*tell)(void *data, const char *sentence);
  void *data;
};

static void tell(const struct telling *telling, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void tell(const struct telling *telling, const char *format, ...) {
  va_list arguments;
  struct rp_str sentence = {0};
  va_start(arguments, format);
  rp_str_addv(&sentence, format, arguments);
  va_end(arguments);
  telling->tell(telling->data, rp_str_text(&sentence));
  rp_str_fini(&sentence);
}

struct rp_rules_difference rp_rules_file_difference(const struct rp_rules *before, const struct rp_rules *after,
                                                    void (*visit)(void *data, const char *sentence), void *data) {
  struct rp_rules_difference difference = {0};
  const struct telling telling = {visit, data};
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  for (size_t i = 0; i < count; i++) {
    int32_t old = value_of(before, &rows[i]), now = value_of(after, &rows[i]);
    if (old == now)
      continue;
    difference.thresholds++;
    tell(&telling, _("%s: %d instead of %d (%s)"), rows[i].path, (int)now, (int)old, _(rows[i].sentence));
  }
  for (size_t i = 0; i < after->suggestion_count; i++) {
    const struct rp_suggestion *now = &after->suggestions[i], *old = find_in(before, now->id);
    if (old != NULL && rp_suggestion_equal(old, now))
      continue;
    difference.suggestions++;
    tell(&telling, old == NULL ? _("%s is new: %s") : _("%s is another: %s"), now->id, _(now->text));
  }
  for (size_t i = 0; i < before->suggestion_count; i++) {
    const struct rp_suggestion *old = &before->suggestions[i];
    if (find_in(after, old->id) != NULL)
      continue;
    difference.suggestions++;
    tell(&telling, _("%s is taken away: %s"), old->id, _(old->text));
  }
  return difference;
}
