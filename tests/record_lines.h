/* What the tests of the interchange format share: a smallest record of each type, and reading with its sentence. */
#ifndef RECORD_LINES_H
#define RECORD_LINES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/json.h"
#include "rapport/record.h"

#define SOURCE "test"

/* One of the journal's own topics: trade_fairs, business. */
static inline bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  (void)data;
  *domain = RP_DOMAIN_BUSINESS;
  *special = false;
  return strcmp(code, "trade_fairs") == 0;
}

static const struct rp_record_context context = {.own_topic = own_topic};

/* A record of each type with what it must have. */
static const char *const least[RP_TYPE_RECORD_COUNT] = {
    [RP_TYPE_SALESPERSON] = "{\"type\":\"salesperson\",\"id\":\"s1\",\"name\":\"Anna Laine\"}",
    [RP_TYPE_CUSTOMER] = "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\"}",
    [RP_TYPE_CONTACT] = "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\"}",
    [RP_TYPE_RELATIONSHIP] = "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\"}",
    [RP_TYPE_TOPIC] = "{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"business\",\"code\":\"trade_fairs\",\"label\":"
                      "\"messut\"}",
    [RP_TYPE_INTERACTION] = "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-01-12\",\"channel\":\"meeting\","
                            "\"contacts\":[\"p1\"],\"salespeople\":[\"s1\"]}",
    [RP_TYPE_DISCLOSURE] = "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-01-12\","
                           "\"discloser\":\"customer\",\"domain\":\"business\",\"layer\":1}",
    [RP_TYPE_EVALUATION] = "{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r1\",\"date\":\"2026-01-12\","
                           "\"viewpoint\":\"own\",\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}]}",
    [RP_TYPE_BOUNDARY] = "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"salesperson\","
                         "\"domain\":\"self\",\"max_layer\":1,\"reason\":\"law\",\"from\":\"2026-01-12\"}",
    [RP_TYPE_PROMISE] = "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"customer\",\"text\":"
                        "\"Piirustukset\",\"made\":\"2026-01-12\",\"due\":\"2026-01-16\"}",
    [RP_TYPE_INCIDENT] =
        "{\"type\":\"incident\",\"id\":\"n1\",\"relationship\":\"r1\",\"date\":\"2026-02-02\",\"kind\":"
        "\"payment\",\"serious\":false}",
    [RP_TYPE_NEXT_STEP] = "{\"type\":\"next_step\",\"id\":\"x1\",\"relationship\":\"r1\",\"text\":\"Ring upp\",\"due\":"
                          "\"2026-03-01\"}",
    [RP_TYPE_SUGGESTION_HOLD] = "{\"type\":\"suggestion_hold\",\"id\":\"h1\",\"relationship\":\"r1\",\"suggestion\":"
                                "\"N24\",\"state\":\"dismissed\"}",
    [RP_TYPE_THEME_NOTE] = "{\"type\":\"theme_note\",\"id\":\"m1\",\"customer\":\"c1\",\"theme\":\"concerns\",\"date\":"
                           "\"2026-01-12\",\"text\":\"Toimitusajat\"}",
    [RP_TYPE_OFFER_NOTE] = "{\"type\":\"offer_note\",\"id\":\"f1\",\"customer\":\"c1\",\"date\":\"2026-01-12\","
                           "\"channel\":\"email\",\"by\":\"Anna Laine\",\"subject\":\"DN50\",\"value\":\"1 240 €\"}",
};

static inline json_t *parse(const char *text) {
  json_t *json;
  struct rp_err err;
  if (rp_json_parse(text, strlen(text), &json, &err) != RP_OK)
    fail_msg("%s: %s", text, err.text);
  return json;
}

/* Reads and frees the object. Says "" when it was taken. */
static inline void read_says(json_t *object, struct rp_record **record, char *says, size_t size) {
  struct rp_err err = {0};
  rp_status status = rp_record_from_json(object, SOURCE, &context, record, &err);
  snprintf(says, size, "%s", status == RP_OK ? "" : err.text);
  if (status != RP_OK) {
    assert_int_equal(status, RP_EREFUSED);
    assert_int_equal(err.code, RP_EREFUSED);
    assert_true(err.text[0] != '\0');
    /* The sentence must not be needed for the answer. */
    struct rp_record *none = NULL;
    assert_int_equal(rp_record_from_json(object, SOURCE, &context, &none, NULL), RP_EREFUSED);
    assert_null(none);
    *record = NULL;
  }
  json_decref(object);
}

#endif
