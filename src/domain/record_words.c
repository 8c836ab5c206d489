/* What of a record a search looks into. */
#include <string.h>

#include "rapport/record.h"
#include "rapport/utf8.h"

static void add_folded(const char *text, struct rp_str *out) {
  rp_utf8_fold(text, strlen(text), out);
  rp_str_addc(out, '\n');
}

void rp_record_words(const struct rp_record *record, struct rp_str *out) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  for (int i = 0; i < descriptor->field_count; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    const struct rp_value *value = &record->values[i];
    if (!value->set)
      continue;
    if (field->kind == RP_KIND_OBJECT || field->kind == RP_KIND_OBJECTS) {
      for (size_t j = 0; j < value->parts.count; j++)
        rp_record_words(value->parts.items[j], out);
    } else if ((field->flags & RP_FIELD_SEARCHED) == 0) {
      continue;
    } else if (field->kind == RP_KIND_LINES) {
      for (size_t j = 0; j < value->lines.count; j++)
        add_folded(value->lines.items[j], out);
    } else {
      add_folded(value->text, out);
    }
  }
}
