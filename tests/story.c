#include "story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The number after a mark in a word; RP_DATE_NONE when there is no such mark. */
static rp_date number_after(const char *word, char mark) {
  const char *at = strchr(word, mark);
  return at != NULL ? (rp_date)strtol(at + 1, NULL, 10) : RP_DATE_NONE;
}

static enum rp_domain domain_of(char letter) {
  return letter == 's' ? RP_DOMAIN_SELF : RP_DOMAIN_BUSINESS;
}

static void tell_disclosure(struct builder *builder, rp_date day, const char *word) {
  bool is_hearsay = word[strlen(word) - 1] == 'h';
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    if ((word[0] == 'o' && party == RP_PARTY_CUSTOMER) || (word[0] == 't' && party == RP_PARTY_SALESPERSON))
      continue;
    struct rp_history_disclosure *told =
        builder_told(builder, day, (enum rp_party)party, domain_of(word[1]), word[2] - '0');
    told->certainty = is_hearsay ? RP_CERTAINTY_HEARSAY : RP_CERTAINTY_FIRST_HAND;
  }
}

static void tell_evaluation(struct builder *builder, rp_date day, const char *word) {
  enum rp_viewpoint viewpoint = word[0] == 'w' ? RP_VIEWPOINT_OWN : RP_VIEWPOINT_CUSTOMER;
  int net = abs((int)strtol(word + 1, NULL, 10));
  char kind = word[strlen(word) - 1], items[80];
  if (net == 0)
    strcpy(items, "+trust 1 -time 1");
  else if (word[1] == '-')
    snprintf(items, sizeof items, "-time %d", net);
  else if (kind == 'r')
    snprintf(items, sizeof items, "+revenue %d", net);
  else if (kind == 'j')
    snprintf(items, sizeof items, "+trust %d +joint_goals 1", net - 1);
  else
    snprintf(items, sizeof items, "+trust %d", net);
  builder_weighed(builder, day, viewpoint, items);
}

static void tell_incident(struct builder *builder, rp_date day, const char *word) {
  enum rp_incident_kind kind = word[0] == 'k' ? RP_INCIDENT_KIND_BREACH_OF_CONFIDENCE : RP_INCIDENT_KIND_CONFLICT;
  builder_incident(builder, day, kind, word[0] == 'i')->repaired = number_after(word, '/');
}

static void tell_promise(struct builder *builder, rp_date day, const char *word) {
  struct rp_history_promise *promise = builder_promise(builder, day, (rp_date)strtol(word + 1, NULL, 10));
  promise->by = word[0] == 'p' ? RP_PARTY_SALESPERSON : RP_PARTY_CUSTOMER;
  promise->settled = number_after(word, '/');
}

static void tell_word(struct builder *builder, rp_date day, const char *word) {
  if (strcmp(word, "end") == 0)
    builder->history.ended = day;
  else if (strcmp(word, "left") == 0)
    builder->history.left = day;
  else if (strcmp(word, "c") == 0)
    builder_contact(builder, day);
  else if (strcmp(word, "m") == 0)
    *builder_contact(builder, day) = (struct rp_history_interaction){.id = builder_id(builder->last_id),
                                                                     .at = {.date = day, .minute = RP_MINUTE_NONE},
                                                                     .channel = RP_CHANNEL_EMAIL,
                                                                     .touchpoint = RP_CODE_NONE,
                                                                     .phase = RP_CODE_NONE,
                                                                     .outcome = RP_CODE_NONE};
  else if (strchr("otb", word[0]) != NULL)
    tell_disclosure(builder, day, word);
  else if (strchr("wv", word[0]) != NULL)
    tell_evaluation(builder, day, word);
  else if (strchr("ink", word[0]) != NULL)
    tell_incident(builder, day, word);
  else if (strchr("pq", word[0]) != NULL)
    tell_promise(builder, day, word);
  else if (word[0] == 'l')
    builder_limit(builder, day, domain_of(word[1]), word[2] - '0')->until = number_after(word, '/');
  else
    fail_msg("no such word of a story: %s", word);
}

void tell_more(struct builder *builder, const char *story) {
  char *words = rp_mem_text(story), *rest = NULL;
  rp_date day = 0;
  for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
    if (word[0] == '@')
      day = (rp_date)strtol(word + 1, NULL, 10);
    else
      tell_word(builder, day, word);
  }
  free(words);
}

void tell(struct builder *builder, const char *story) {
  builder_init(builder);
  tell_more(builder, story);
}

/* ---- what an assessment says ---- */

static const char *space(const struct rp_str *out) {
  return out->length > 0 ? " " : "";
}

void say_ids(const struct rp_ids *ids, struct rp_str *out) {
  for (size_t i = 0; i < ids->count; i++)
    rp_str_addf(out, "%s%u", space(out), builder_number(&ids->items[i]));
}

void say_changes(const struct rp_assessment *assessment, struct rp_str *out) {
  for (size_t i = 0; i < assessment->change_count; i++)
    rp_str_addf(out, "%s%s@%d", space(out), rp_rule_id(assessment->changes[i].rule), assessment->changes[i].date);
}

void say_missing(const struct rp_assessment *assessment, struct rp_str *out) {
  for (size_t i = 0; i < assessment->missing_count; i++) {
    const struct rp_missing *missing = &assessment->missing[i];
    rp_str_addf(out, "%s%s ", space(out), rp_missing_code(missing->condition));
    if (missing->now == RP_NOW_NULL)
      rp_str_addf(out, "null/%d", missing->needed);
    else
      rp_str_addf(out, "%d/%d", missing->now, missing->needed);
  }
}

void say_flags(const struct rp_assessment *assessment, struct rp_str *out) {
  for (int flag = 0; flag < RP_FLAG_COUNT; flag++) {
    if ((assessment->flags >> flag & 1) != 0)
      rp_str_addf(out, "%s%s", space(out), rp_vocab_code(RP_VOCAB_FLAG, flag));
  }
}

void say_reasons(const struct rp_assessment *assessment, struct rp_str *out) {
  for (size_t i = 0; i < assessment->reason_count; i++)
    rp_str_addf(out, "%s%s", space(out), rp_rule_id(assessment->reasons[i].rule));
}

void say_suggestions(const struct rp_assessment *assessment, const struct rp_rules *rules, struct rp_str *out) {
  for (size_t i = 0; i < assessment->suggestion_count; i++)
    rp_str_addf(out, "%s%s", space(out), rules->suggestions[assessment->suggestions[i].suggestion].id);
}

/* ---- tables ---- */

void check_stories(const struct story_row *rows, size_t count, story_sayer *say) {
  struct rp_rules rules;
  size_t wrong = 0;
  rp_rules_init(&rules);
  for (size_t i = 0; i < count; i++) {
    struct builder builder;
    struct rp_assessment assessment;
    struct rp_str said = {0};
    tell(&builder, rows[i].story);
    rp_engine_assess(builder_history(&builder), &rules, rows[i].as_of, &assessment);
    say(&assessment, &said);
    if (strcmp(rp_str_text(&said), rows[i].expected) != 0) {
      print_message("\"%s\" as of %d: \"%s\", expected \"%s\"\n", rows[i].story, rows[i].as_of, rp_str_text(&said),
                    rows[i].expected);
      wrong++;
    }
    rp_str_fini(&said);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
  }
  if (wrong > 0)
    fail_msg("%zu of %zu rows are wrong", wrong, count);
}
