/* One line of the interchange format: refused with a sentence, or a record that is written and read back the same. */
#include <string.h>

#include "check.h"
#include "rapport/json.h"
#include "rapport/record.h"

static void try_typed(const struct rp_record *record) {
  int count = rp_record_type_get(record->type)->field_count;
  struct rp_record *typed = rp_record_new(record->type);
  struct rp_str text = {0};
  for (int i = 0; i < count; i++) {
    rp_str_clear(&text);
    rp_record_print(record, i, &text);
    CHECK(rp_record_parse(typed, i, rp_str_text(&text), text.length, NULL, NULL) == RP_OK);
    if (rp_record_type_get(record->type)->fields[i].kind != RP_KIND_LINE) /* which loses the blanks around it */
      CHECK(rp_record_field_equal(record, typed, i));
  }
  rp_str_fini(&text);
  rp_record_free(typed);
}

static void try_again(const struct rp_record *record) {
  struct rp_record *again = NULL;
  struct rp_str line = {0};
  struct rp_str same = {0};
  json_t *json = rp_record_to_json(record);
  rp_json_add(&line, json);
  json_decref(json);
  CHECK(rp_json_parse(line.data, line.length, &json, NULL) == RP_OK);
  CHECK(rp_record_from_json(json, NULL, NULL, &again, NULL) == RP_OK);
  json_decref(json);
  CHECK(rp_record_difference(record, again, false, &same) == 0);
  CHECK(rp_record_difference(record, again, true, &same) == 0);
  json = rp_record_to_json(again);
  rp_json_add(&same, json);
  json_decref(json);
  CHECK(strcmp(line.data, same.data) == 0);
  rp_record_free(again);
  rp_str_fini(&line);
  rp_str_fini(&same);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  json_t *json = NULL;
  struct rp_record *record = NULL;
  struct rp_err err = {0};
  if (rp_json_parse((const char *)data, size, &json, NULL) != RP_OK)
    return 0;
  rp_status status = rp_record_from_json(json, "fuzz", NULL, &record, &err);
  CHECK(status == RP_OK || (status == RP_EREFUSED && err.code == status && err.text[0] != '\0' && record == NULL));
  if (status == RP_OK) {
    CHECK(rp_record_validate(record, NULL, NULL) == RP_OK);
    try_again(record);
    try_typed(record);
  }
  rp_record_free(record);
  json_decref(json);
  return 0;
}
