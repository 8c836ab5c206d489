/* One record of two that are the same thing: what either knows, and nothing of the words of both is lost. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rapport/json.h"
#include "rapport/mem.h"
#include "rapport/record.h"

static bool has_line(const struct rp_value *value, const char *line) {
  for (size_t i = 0; value->set && i < value->lines.count; i++) {
    if (strcasecmp(value->lines.items[i], line) == 0) /* e-mail addresses in another case */
      return true;
  }
  return false;
}

static void join_lines(struct rp_record *into, const struct rp_record *from, int field) {
  const struct rp_value *lines = &from->values[field];
  for (size_t i = 0; lines->set && i < lines->lines.count; i++) {
    if (!has_line(&into->values[field], lines->lines.items[i]))
      rp_record_add_line(into, field, lines->lines.items[i]);
  }
}

void rp_record_join_text(struct rp_record *record, int field, const char *text) {
  const char *own = rp_record_text(record, field);
  if (text == NULL || (own != NULL && strstr(own, text) != NULL))
    return;
  if (own == NULL || strstr(text, own) != NULL) {
    rp_record_set_text(record, field, text);
    return;
  }
  char *both = rp_str_format("%s\n\n%s", own, text);
  rp_record_set_text(record, field, both);
  free(both);
}

/* The x_ fields that `into` has not. */
static void join_extra(struct rp_record *into, const struct rp_record *from) {
  json_t *ours = NULL, *theirs = NULL;
  if (from->extra == NULL)
    return;
  if (into->extra == NULL) {
    into->extra = rp_mem_text(from->extra);
    return;
  }
  if (rp_json_parse(into->extra, strlen(into->extra), &ours, NULL) == RP_OK &&
      rp_json_parse(from->extra, strlen(from->extra), &theirs, NULL) == RP_OK) {
    struct rp_str text = {0};
    json_object_update_missing(ours, theirs);
    rp_json_add(&text, ours);
    rp_mem_replace(&into->extra, rp_str_text(&text));
    rp_str_fini(&text);
  }
  json_decref(ours);
  json_decref(theirs);
}

/* A relationship that only one of the two has as ended goes on. */
static bool is_end(const struct rp_record *record, int field) {
  return record->type == RP_TYPE_RELATIONSHIP && (field == RP_RELATIONSHIP_ENDED || field == RP_RELATIONSHIP_LEFT);
}

static void join_field(struct rp_record *into, const struct rp_record *from, int field) {
  const struct rp_field *descriptor = &rp_record_type_get(into->type)->fields[field];
  const struct rp_value *value = &into->values[field], *other = &from->values[field];
  if (descriptor->kind == RP_KIND_LINES) {
    join_lines(into, from, field);
  } else if (descriptor->kind == RP_KIND_TEXT) {
    rp_record_join_text(into, field, rp_record_text(from, field));
  } else if (is_end(into, field)) {
    if (!other->set)
      rp_record_unset(into, field);
  } else if (other->set && (!value->set || value->implied)) { /* a BOOL that is set is true */
    rp_record_set_value(into, field, from);
  }
}

void rp_record_join(struct rp_record *into, const struct rp_record *from, struct rp_str *gave_way) {
  const struct rp_record_type *type = rp_record_type_get(into->type);
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_value *value = &into->values[i], *other = &from->values[i];
    enum rp_kind kind = type->fields[i].kind;
    bool one = kind != RP_KIND_LINES && kind != RP_KIND_TEXT && kind != RP_KIND_REF && value->set && other->set &&
               !rp_record_field_equal(into, from, i);
    if (one && gave_way != NULL)
      rp_str_addf(gave_way, "%s%s", gave_way->length > 0 ? " " : "", type->fields[i].name);
    join_field(into, from, i);
  }
  join_extra(into, from);
  rp_record_normalise(into);
}
