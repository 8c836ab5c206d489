/* Random records that may be stored: any type, any field, text of many scripts. Deterministic for a seed. */
#ifndef RECORD_RANDOM_H
#define RECORD_RANDOM_H

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/json.h"
#include "rapport/record.h"
#include "rapport/utf8.h"

struct record_random {
  uint64_t state;
  rp_date last; /* dates of one record rise, so that what must follow follows */
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint64_t random_next(struct record_random *random) {
  uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static inline int random_below(struct record_random *random, int limit) {
  return (int)(random_next(random) % (uint64_t)limit);
}

/* Clean text of at most 60 characters; lines have no blanks around them, as a person would type them. */
static inline void random_text(struct record_random *random, bool lines, struct rp_str *out) {
  static const char *const words[] = {
      "Maija",
      "Åsa Öhman",
      "sähköposti",
      "två linjer",
      "Saimaa Valves Oy",
      "👩‍👩‍👧",
      "🇫🇮",
      "日本語",
      "עברית",
      "العربية",
      "e\u0301",
      "\u202e",
      "a\u200bb",
      "\"lainaus\"",
      "“”",
      "a, b",
      "C:\\dir",
      "\\",
      "\\\"",
      "+trust 4",
      "-time 2",
      ": ",
      "{\"json\":[1,null]}",
      "=1+1",
      "%s%n",
      "'; DROP",
      "ﬁ ß ł",
      "\u0323\u0301",
      "—",
      "yes",
      "2026-01-12",
      "\u00a0",
      "x_",
      "null",
      ",",
      "\"",
  };
  struct rp_str raw = {0};
  int count = 1 + random_below(random, 4);
  for (int i = 0; i < count; i++) {
    if (i > 0)
      rp_str_add(&raw, lines && random_below(random, 3) == 0 ? "\n" : " ");
    if (random_below(random, 8) == 0) {
      int32_t code = 0xA0 + random_below(random, 0x1FFFF);
      rp_utf8_add(&raw, code >= 0xD800 && code <= 0xDFFF ? 0x2603 : code);
    } else {
      rp_str_add(&raw, words[random_below(random, (int)(sizeof words / sizeof *words))]);
    }
  }
  if (lines && random_below(random, 6) == 0)
    rp_str_add(&raw, "\n \t\n");
  size_t before = out->length;
  rp_status status =
      rp_utf8_clean(rp_str_text(&raw), raw.length, lines ? RP_UTF8_MANY_LINES : RP_UTF8_ONE_LINE, out, NULL);
  assert(status == RP_OK);
  if (status != RP_OK || out->length == before)
    rp_str_add(out, "x");
  rp_str_fini(&raw);
}

static inline struct rp_id random_id(struct record_random *random) {
  struct rp_id id;
  for (size_t i = 0; i < sizeof id.bytes; i++)
    id.bytes[i] = (uint8_t)(random_next(random) >> 24);
  id.bytes[0] |= 1;
  return id;
}

static inline struct rp_record *random_fields(struct record_random *random, enum rp_type type);

static inline void random_field(struct record_random *random, struct rp_record *record, int index) {
  const struct rp_field *field = &rp_record_type_get(record->type)->fields[index];
  struct rp_str text = {0};
  int count = 1 + random_below(random, 3);
  int first;
  switch (field->kind) {
  case RP_KIND_LINE:
    if (field->high > 0 && field->high <= 40) {
      for (int i = 0; i <= random_below(random, field->high); i++)
        rp_str_addc(&text, (char)('a' + random_below(random, 26)));
    } else {
      random_text(random, false, &text);
    }
    rp_record_set_text(record, index, rp_str_text(&text));
    break;
  case RP_KIND_TEXT:
    random_text(random, true, &text);
    rp_record_set_text(record, index, rp_str_text(&text));
    break;
  case RP_KIND_TOPIC:
    rp_record_set_text(record, index, rp_vocab_code(RP_VOCAB_TOPIC, random_below(random, RP_TOPIC_COUNT)));
    break;
  case RP_KIND_INT:
    rp_record_set_number(record, index, field->low + random_below(random, field->high - field->low + 1));
    break;
  case RP_KIND_BOOL:
    rp_record_set_number(record, index, random_below(random, 2));
    break;
  case RP_KIND_DATE:
    rp_record_set_number(record, index, random->last += 1 + random_below(random, 400));
    break;
  case RP_KIND_WHEN:
    random->last += random_below(random, 400);
    rp_record_set_when(record, index, (struct rp_when){.date = random->last, .minute = random_below(random, 1441) - 1});
    break;
  case RP_KIND_BIRTHDAY:
    first = random_below(random, 2) == 0 ? 0 : 1900 + random_below(random, 120);
    rp_record_set_number(record, index,
                         first * 10000 + (1 + random_below(random, 12)) * 100 + 1 + random_below(random, 28));
    break;
  case RP_KIND_CODE:
    rp_record_set_number(record, index, random_below(random, rp_vocab_get((enum rp_vocab_id)field->of)->count));
    break;
  case RP_KIND_ITEM_CODE:
    rp_record_set_number(record, index, random_below(random, RP_COST_COUNT)); /* fewer than the benefits */
    break;
  case RP_KIND_REF:
    rp_record_set_ref(record, index, random_id(random));
    break;
  case RP_KIND_LINES:
    for (int i = 0; i < count; i++) {
      rp_str_clear(&text);
      random_text(random, false, &text);
      rp_record_add_line(record, index, rp_str_text(&text));
    }
    break;
  case RP_KIND_CODES:
    first = random_below(random, 3);
    for (int i = first; i < first + count; i++)
      rp_record_add_code(record, index, i);
    break;
  case RP_KIND_REFS:
  case RP_KIND_IDS:
    for (int i = 0; i < count; i++)
      rp_record_add_id(record, index, random_id(random));
    break;
  case RP_KIND_OBJECT:
    count = 1;
    /* fall through */
  case RP_KIND_OBJECTS:
    for (int i = 0; i < count; i++)
      rp_record_add_part(record, index, random_fields(random, (enum rp_type)field->of));
    break;
  }
  rp_str_fini(&text);
}

static inline struct rp_record *random_fields(struct record_random *random, enum rp_type type) {
  struct rp_record *record = rp_record_new(type);
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int i = 0; i < descriptor->field_count; i++) {
    if ((descriptor->fields[i].flags & RP_FIELD_REQUIRED) != 0 || random_below(random, 2) == 0)
      random_field(random, record, i);
  }
  return record;
}

/* A random record of the type that may be stored, normalised. The caller frees. */
static inline struct rp_record *random_record(struct record_random *random, enum rp_type type) {
  for (;;) {
    random->last = -20000 + random_below(random, 60000);
    struct rp_record *record = random_fields(random, type);
    record->id = random_id(random);
    record->created = 1 + random_below(random, 2000000000) * INT64_C(1000);
    record->changed = record->created + random_below(random, 1000000);
    record->audience = random_below(random, RP_AUDIENCE_COUNT + 1) - 1;
    if (random_below(random, 3) == 0) {
      struct rp_str text = {0};
      random_text(random, true, &text);
      json_t *extra = json_pack("{s:s,s:[n,b,f,{s:i}]}", "x_text", rp_str_text(&text), "x_ä", 1, 0.1, "a",
                                random_below(random, 100));
      rp_str_clear(&text);
      rp_json_add(&text, extra);
      record->extra = rp_str_take(&text);
      json_decref(extra);
    }
    rp_record_normalise(record);
    if (rp_record_validate(record, NULL, NULL) == RP_OK)
      return record;
    rp_record_free(record);
  }
}

#endif
