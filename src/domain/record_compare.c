/* In which fields two records differ. */
#include <assert.h>
#include <string.h>

#include "rapport/mem.h"
#include "record_internal.h"

bool rp_record_field_equal(const struct rp_record *a, const struct rp_record *b, int field) {
  const struct rp_record_type *type = rp_record_type_get(a->type);
  assert(a->type == b->type && field >= 0 && field < type->field_count);
  return value_equal(&type->fields[field], &a->values[field], &b->values[field]);
}

static void add_name(const char *name, int *count, struct rp_str *names) {
  if ((*count)++ > 0)
    rp_str_add(names, ", ");
  rp_str_add(names, name);
}

static void compare_extra(const struct rp_record *a, const struct rp_record *b, bool only_set, int *count,
                          struct rp_str *names) {
  if (rp_str_equal(a->extra, b->extra) || (only_set && b->extra == NULL))
    return;
  json_t *of_a = extra_parse(a);
  json_t *of_b = extra_parse(b);
  const char *name;
  json_t *value;
  json_object_foreach(of_b, name, value) {
    json_t *other = json_object_get(of_a, name);
    if (other == NULL || !json_equal(other, value))
      add_name(name, count, names);
  }
  json_object_foreach(of_a, name, value) {
    if (!only_set && json_object_get(of_b, name) == NULL)
      add_name(name, count, names);
  }
  json_decref(of_a);
  json_decref(of_b);
}

int rp_record_difference(const struct rp_record *a, const struct rp_record *b, bool only_set, struct rp_str *names) {
  const struct rp_record_type *type = rp_record_type_get(a->type);
  int count = 0;
  if (a->type != b->type) {
    add_name("type", &count, names);
    return count;
  }
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_value *value = &b->values[i];
    bool said = (value->set && !value->implied) || value->cleared;
    if ((said || !only_set) && !rp_record_field_equal(a, b, i))
      add_name(type->fields[i].name, &count, names);
  }
  if (a->audience != b->audience && (!only_set || b->audience != RP_CODE_NONE))
    add_name("audience", &count, names);
  compare_extra(a, b, only_set, &count, names);
  return count;
}

/* The x_ fields of both, in the order of `record`; those of `from` win. */
static void update_extra(struct rp_record *record, const struct rp_record *from) {
  if (from->extra == NULL)
    return;
  json_t *all = extra_parse(record);
  json_t *given = extra_parse(from);
  if (json_object_update(all, given) != 0)
    rp_mem_exhausted();
  extra_set(record, all);
  json_decref(all);
  json_decref(given);
}

void rp_record_update(struct rp_record *record, const struct rp_record *from) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  assert(record->type == from->type);
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_value *value = &from->values[i];
    if ((value->set && !value->implied) || value->cleared)
      rp_record_set_value(record, i, from);
  }
  if (from->audience != RP_CODE_NONE)
    record->audience = from->audience;
  update_extra(record, from);
}
