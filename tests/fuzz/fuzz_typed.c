/* A field as somebody typed it: the first byte chooses the type, the second the field, the rest is the text. What is
 * taken is shown so that it is taken again; what is refused leaves the record as it was. */
#include <string.h>

#include "check.h"
#include "rapport/record.h"

enum { HEAD = 2 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < HEAD)
    return 0;
  enum rp_type type = (enum rp_type)(data[0] % RP_TYPE_COUNT);
  int field = data[1] % rp_record_type_get(type)->field_count;
  const char *text = (const char *)data + HEAD;
  const struct rp_record_context context = {.today = 20468};
  struct rp_record *record = rp_record_new(type);
  struct rp_err err = {0};
  rp_status status = rp_record_parse(record, field, text, size - HEAD, &context, &err);
  if (status != RP_OK) {
    CHECK(err.code == status && err.text[0] != '\0' && !record->values[field].set);
  } else {
    struct rp_record *again = rp_record_new(type);
    struct rp_str shown = {0};
    struct rp_str same = {0};
    rp_record_print(record, field, &shown);
    CHECK(rp_record_parse(again, field, rp_str_text(&shown), shown.length, &context, NULL) == RP_OK);
    CHECK(rp_record_field_equal(record, again, field));
    rp_record_print(again, field, &same);
    CHECK(strcmp(rp_str_text(&shown), rp_str_text(&same)) == 0);
    rp_str_fini(&shown);
    rp_str_fini(&same);
    rp_record_free(again);
  }
  rp_record_free(record);
  return 0;
}
