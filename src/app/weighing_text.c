#include "weighing_text.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"

static const char expectation[] = "versus_expectation";
static const char alternative[] = "versus_alternative";

/* No benefit is called as a cost. */
static json_t *print_one(const struct rp_weighing *weighing) {
  json_t *object = json_object();
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    const struct rp_vocab *vocab = rp_vocab_get(kind == RP_ITEM_KIND_COST ? RP_VOCAB_COST : RP_VOCAB_BENEFIT);
    for (int code = 0; code < vocab->count; code++) {
      if (weighing->scores[kind][code] != 0)
        rp_json_set(object, vocab->codes[code].code, json_integer(weighing->scores[kind][code]));
    }
  }
  if (weighing->versus_expectation != RP_VERSUS_NONE)
    rp_json_set(object, expectation, json_integer(weighing->versus_expectation));
  if (weighing->versus_alternative != RP_VERSUS_NONE)
    rp_json_set(object, alternative, json_integer(weighing->versus_alternative));
  return object;
}

static json_t *print_both(const struct rp_weighing *weighings) {
  json_t *object = json_object();
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++)
    rp_json_set(object, rp_vocab_code(RP_VOCAB_VIEWPOINT, viewpoint), print_one(&weighings[viewpoint]));
  return object;
}

char *weighing_text_print(const struct weighing_text *weighing) {
  char id[RP_ID_TEXT_SIZE];
  struct rp_str text = {0};
  json_t *object = json_object();
  rp_date_format(weighing->date, &text);
  rp_json_set_text(object, "relationship", rp_id_format(&weighing->relationship, id));
  rp_json_set_text(object, "name", weighing->name);
  rp_json_set_text(object, "date", rp_str_text(&text));
  rp_json_set(object, "now", print_both(weighing->now));
  rp_json_set(object, "begun", print_both(weighing->begun));
  rp_str_clear(&text);
  rp_json_add(&text, object);
  json_decref(object);
  return rp_str_take(&text);
}

static int8_t number_at(const json_t *object, const char *key, int low, int high, int8_t missing) {
  const json_t *value = json_object_get(object, key);
  json_int_t number = json_integer_value(value);
  return json_is_integer(value) && number >= low && number <= high ? (int8_t)number : missing;
}

static void parse_both(const json_t *object, struct rp_weighing *out) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    const json_t *one = json_object_get(object, rp_vocab_code(RP_VOCAB_VIEWPOINT, viewpoint));
    rp_weighing_init(&out[viewpoint]);
    for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
      const struct rp_vocab *vocab = rp_vocab_get(kind == RP_ITEM_KIND_COST ? RP_VOCAB_COST : RP_VOCAB_BENEFIT);
      for (int code = 0; code < vocab->count; code++)
        out[viewpoint].scores[kind][code] = number_at(one, vocab->codes[code].code, 0, 5, 0);
    }
    out[viewpoint].versus_expectation = number_at(one, expectation, -2, 2, RP_VERSUS_NONE);
    out[viewpoint].versus_alternative = number_at(one, alternative, -2, 2, RP_VERSUS_NONE);
  }
}

rp_status weighing_text_parse(const char *text, struct weighing_text *out, struct rp_err *err) {
  *out = (struct weighing_text){.date = RP_DATE_NONE};
  json_t *object = NULL;
  rp_status status = rp_json_parse(text, strlen(text), &object, err);
  if (status != RP_OK)
    return status;
  const char *id = json_string_value(json_object_get(object, "relationship"));
  const char *date = json_string_value(json_object_get(object, "date"));
  const char *name = json_string_value(json_object_get(object, "name"));
  if (id == NULL || date == NULL || !rp_id_parse(id, &out->relationship) ||
      rp_date_parse(date, &out->date, NULL) != RP_OK)
    status = rp_err_set(err, RP_EREFUSED, _("this is no weighing that was begun with this program"));
  out->name = rp_mem_text(name == NULL ? "" : name);
  parse_both(json_object_get(object, "now"), out->now);
  parse_both(json_object_get(object, "begun"), out->begun);
  json_decref(object);
  return status;
}

void weighing_text_fini(struct weighing_text *weighing) {
  free(weighing->name);
  weighing->name = NULL;
}

char *weighing_text_line(const char *text) {
  struct weighing_text weighing;
  char *line = weighing_text_parse(text, &weighing, NULL) == RP_OK ? rp_mem_text(weighing.name) : rp_mem_text("");
  weighing_text_fini(&weighing);
  return line;
}
