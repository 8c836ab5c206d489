/* The vocabularies, against the words of the design and the studies behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/nearest.h"
#include "rapport/vocab.h"

static void every_vocabulary__has_these_codes_in_this_order(void **state) {
  (void)state;
  static const struct {
    enum rp_vocab_id id;
    const char *codes;
  } rows[] = {
      {RP_VOCAB_STAGE, "prospect, business_partner, collaborative_partner, collaborative_personal_partner"},
      {RP_VOCAB_PARTY, "salesperson, customer"},
      {RP_VOCAB_DOMAIN, "business, self"},
      {RP_VOCAB_TOPIC,
       "needs, price_and_terms, organisation, processes, goals_and_strategy, finances_and_risk, alternatives, "
       "future_plans, complaints, background, work_and_studies, hobbies, family, parents, health, money, politics, "
       "religion, values, feelings, other_relationships, life_crisis"},
      {RP_VOCAB_VALENCE, "negative, neutral, positive"},
      {RP_VOCAB_CERTAINTY, "first_hand, hearsay"},
      {RP_VOCAB_INTENT, "deliberate, incidental"},
      {RP_VOCAB_VIEWPOINT, "own, customer"},
      {RP_VOCAB_ITEM_KIND, "benefit, cost"},
      {RP_VOCAB_BENEFIT,
       "revenue, cost_benefit, time_saving, efficiency, learning, referral, trust, easy_communication, joint_goals, "
       "commitment, conflict_handling, self_confidence, enjoyment"},
      {RP_VOCAB_COST, "time, money, emotional_load, privacy_risk, role_conflict, reciprocity_clash, self_image_threat, "
                      "concession_pressure, dependence, opportunity, conflict"},
      {RP_VOCAB_BOUNDARY_REASON,
       "lack_of_trust, strict_privacy, not_personal_fit, company_policy, law, culture, unknown"},
      {RP_VOCAB_CHANNEL, "meeting, phone, video, email, chat, message, social, portal, event, post"},
      {RP_VOCAB_PHASE, "before, during, after"},
      {RP_VOCAB_TOUCHPOINT,
       "social_media, recommendation, offer_news, user_content, first_meeting, demo, negotiation, "
       "digital_communication, payment, purchase, delivery, greeting, return, repurchase, reference, support"},
      {RP_VOCAB_THEME,
       "communication, communality, product_recommendations, customer_experiences, product_information, "
       "data_collection, transparency, timeliness, customization, concerns"},
      {RP_VOCAB_CUE, "interactive, affective, relationship_maintenance, domestic_supplier, known_brand, known_person, "
                     "honest_conduct, service_quality"},
      {RP_VOCAB_ROLE, "decision_maker, champion, evaluator, influencer, procurement, user, gatekeeper"},
      {RP_VOCAB_TIER, "A, B, C"},
      {RP_VOCAB_INCIDENT_KIND, "breach_of_confidence, conflict, service_failure, payment, other"},
      {RP_VOCAB_LEGAL_BASIS, "consent, contract, legal_obligation, vital_interests, public_task, legitimate_interests"},
      {RP_VOCAB_OUTCOME, "met, exceeded, fell_short"},
      {RP_VOCAB_PROMISE_KIND, "promise, question"},
      {RP_VOCAB_SETTLEMENT, "kept, renegotiated, cancelled"},
      {RP_VOCAB_HOLD_STATE, "snoozed, dismissed, accepted"},
      {RP_VOCAB_AUDIENCE, "me, shape, team"},
      {RP_VOCAB_DIRECTION, "ended, forming, fading, deepening, steady"},
      {RP_VOCAB_RELATIONSHIP_STATUS, "active, ended, left"},
      {RP_VOCAB_FLAG, "one_sided, premature, evaluation_stale, held_by_choice"},
  };
  assert_int_equal(sizeof rows / sizeof *rows, RP_VOCAB_COUNT);
  for (size_t i = 0; i < RP_VOCAB_COUNT; i++) {
    struct rp_str list = {0};
    assert_int_equal(rows[i].id, i);
    rp_vocab_list(rows[i].id, &list);
    assert_string_equal(rp_str_text(&list), rows[i].codes);
    rp_str_fini(&list);
  }
}

static void code__is_found_by_its_word_and_named_by_its_number(void **state) {
  (void)state;
  for (int id = 0; id < RP_VOCAB_COUNT; id++) {
    const struct rp_vocab *vocab = rp_vocab_get((enum rp_vocab_id)id);
    assert_true(vocab->name[0] != '\0' && vocab->label[0] != '\0');
    for (int i = 0; i < vocab->count; i++) {
      const char *code = vocab->codes[i].code;
      assert_int_equal(rp_vocab_find((enum rp_vocab_id)id, code, strlen(code)), i);
      assert_string_equal(rp_vocab_code((enum rp_vocab_id)id, i), code);
      assert_true(rp_vocab_label((enum rp_vocab_id)id, i)[0] != '\0');
    }
  }
}

static void code__that_is_not_there_is_none(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t length;
  } rows[] = {{"", 0},       {"vide", 4},   {"videos", 6},   {"Video", 5},
              {"video ", 6}, {"vi\0eo", 5}, {"\xff\xfe", 2}, {"video\0after its end", 19}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(rp_vocab_find(RP_VOCAB_CHANNEL, rows[i].text, rows[i].length), RP_CODE_NONE);
  assert_int_equal(rp_vocab_find(RP_VOCAB_CHANNEL, "video tomorrow", 5), RP_CHANNEL_VIDEO); /* only `length` bytes */
  static const int numbers[] = {RP_CODE_NONE, RP_CHANNEL_COUNT, INT32_MAX, INT32_MIN};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    assert_null(rp_vocab_code(RP_VOCAB_CHANNEL, numbers[i]));
    assert_string_equal(rp_vocab_label(RP_VOCAB_CHANNEL, numbers[i]), "");
    assert_int_equal(rp_vocab_flags(RP_VOCAB_CHANNEL, numbers[i]), 0);
  }
}

/* The codes that carry a flag, as a list. */
static void assert_flagged(enum rp_vocab_id id, unsigned flag, const char *expected) {
  struct rp_str list = {0};
  for (int i = 0; i < rp_vocab_get(id)->count; i++) {
    if ((rp_vocab_flags(id, i) & flag) != 0)
      rp_str_addf(&list, "%s%s", list.length > 0 ? " " : "", rp_vocab_code(id, i));
  }
  assert_string_equal(rp_str_text(&list), expected);
  rp_str_fini(&list);
}

static void flags__mark_what_the_studies_and_the_law_mark(void **state) {
  (void)state;
  assert_flagged(RP_VOCAB_TOPIC, RP_CODE_SPECIAL, "health politics religion");
  assert_flagged(RP_VOCAB_TOPIC, RP_CODE_BUSINESS,
                 "needs price_and_terms organisation processes goals_and_strategy finances_and_risk alternatives "
                 "future_plans complaints");
  assert_flagged(RP_VOCAB_TOPIC, RP_CODE_SELF,
                 "background work_and_studies hobbies family parents health money politics religion values feelings "
                 "other_relationships life_crisis");
  assert_flagged(RP_VOCAB_BENEFIT, RP_CODE_RELATIONAL,
                 "trust easy_communication joint_goals commitment conflict_handling self_confidence enjoyment");
  assert_flagged(RP_VOCAB_CHANNEL, RP_CODE_TEXT, "email chat message social portal post");
  assert_flagged(RP_VOCAB_TOUCHPOINT, RP_CODE_BEFORE,
                 "social_media recommendation offer_news user_content first_meeting demo");
  assert_flagged(RP_VOCAB_TOUCHPOINT, RP_CODE_DURING, "negotiation digital_communication payment purchase");
  assert_flagged(RP_VOCAB_TOUCHPOINT, RP_CODE_AFTER, "delivery greeting return repurchase reference support");
}

static void layer__has_the_name_of_its_domain(void **state) {
  (void)state;
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_BUSINESS, 1), "general");
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_BUSINESS, 2), "strategic");
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_BUSINESS, 3), "synergistic");
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_SELF, 1), "general");
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_SELF, 2), "personal life");
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_SELF, 3), "private");
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_SELF, 0), "");
  assert_string_equal(rp_vocab_layer(RP_DOMAIN_SELF, 4), "");
  assert_string_equal(rp_vocab_layer((enum rp_domain)RP_CODE_NONE, 1), "");
}

static void nearest__is_what_was_meant(void **state) {
  (void)state;
  static const struct {
    const char *word;
    const char *meant; /* among the channels; NULL: none */
  } rows[] = {
      {"vidoe", "video"}, {"VIDEO", "video"}, {"emial", "email"},   {"meetings", "meeting"}, {"mee", "meeting"},
      {"phon", "phone"},  {"phoen", "phone"}, {"protal", "portal"}, {"massage", "message"},  {"fax", NULL},
      {"", NULL},         {"e", NULL},        {"em", NULL},         {"telephone", NULL},     {"\xff\xfe\xff", NULL},
      {"kokous", NULL},   {"möte", NULL},     {"vídeo", "video"},   {"🎥🎥🎥", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_nearest nearest;
    rp_nearest_init(&nearest, rows[i].word, strlen(rows[i].word));
    for (int code = 0; code < RP_CHANNEL_COUNT; code++)
      rp_nearest_try(&nearest, rp_vocab_code(RP_VOCAB_CHANNEL, code));
    if (rows[i].meant == NULL)
      assert_null(nearest.best);
    else
      assert_string_equal(nearest.best, rows[i].meant);
    rp_nearest_fini(&nearest);
  }
}

static void nearest__does_not_look_at_endless_words(void **state) {
  (void)state;
  char word[100000];
  struct rp_nearest nearest;
  memset(word, 'a', sizeof word);
  rp_nearest_init(&nearest, word, sizeof word);
  rp_nearest_try(&nearest, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  assert_null(nearest.best);
  rp_nearest_fini(&nearest);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_vocabulary__has_these_codes_in_this_order),
      cmocka_unit_test(code__is_found_by_its_word_and_named_by_its_number),
      cmocka_unit_test(code__that_is_not_there_is_none),
      cmocka_unit_test(flags__mark_what_the_studies_and_the_law_mark),
      cmocka_unit_test(layer__has_the_name_of_its_domain),
      cmocka_unit_test(nearest__is_what_was_meant),
      cmocka_unit_test(nearest__does_not_look_at_endless_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
