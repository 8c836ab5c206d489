/*
 * Records: values walked by the tables of record_types.h. Nothing here knows where a record is kept.
 */
#ifndef RAPPORT_RECORD_H
#define RAPPORT_RECORD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/id.h"
#include "rapport/record_types.h"
#include "rapport/str.h"
#include "rapport/vocab.h"
#include "rapport/when.h"

enum rp_type {
#define RP_DECLARE_TYPE(ENUM, name, label, flags, audience, FIELDS) RP_TYPE_##ENUM,
  RP_RECORD_TYPES(RP_DECLARE_TYPE) RP_TYPE_RECORD_COUNT,
  RP_TYPE_LAST_RECORD_ = RP_TYPE_RECORD_COUNT - 1,
  RP_PART_TYPES(RP_DECLARE_TYPE) RP_TYPE_COUNT,
#undef RP_DECLARE_TYPE
};
#define RP_TYPE_NONE ((enum rp_type)(-1))

/* The field enums: RP_CONTACT_NAME .. and RP_CONTACT_FIELD_COUNT, and so on. */
#define RP_DECLARE_FIELDS(ENUM, name, label, flags, audience, FIELDS) \
  enum rp_##name##_field{FIELDS(RP_FIELD_ENUM_##ENUM) RP_##ENUM##_FIELD_COUNT};
RP_RECORD_TYPES(RP_DECLARE_FIELDS)
RP_PART_TYPES(RP_DECLARE_FIELDS)
#undef RP_DECLARE_FIELDS

enum rp_kind {
  RP_KIND_LINE, /* one line of text, at most `high` characters (0: 200) */
  RP_KIND_TEXT, /* text of at most 64 KiB, newlines allowed */
  RP_KIND_INT,  /* low..high */
  RP_KIND_BOOL,
  RP_KIND_DATE,
  RP_KIND_WHEN,      /* date, or date and time */
  RP_KIND_BIRTHDAY,  /* date, or --MM-DD without a year */
  RP_KIND_CODE,      /* of one vocabulary */
  RP_KIND_ITEM_CODE, /* a benefit or a cost, by the `kind` beside it; the number is of that vocabulary */
  RP_KIND_TOPIC,     /* a topic of the vocabulary or of the journal: kept as text */
  RP_KIND_REF,       /* id of a record of the types in `of` */
  RP_KIND_LINES,     /* list of lines */
  RP_KIND_CODES,     /* list of codes, no code twice */
  RP_KIND_REFS,      /* list of ids of records, none twice, at least one when required */
  RP_KIND_IDS,       /* list of ids that need not be there any more */
  RP_KIND_OBJECT,    /* a part */
  RP_KIND_OBJECTS,   /* list of parts, at least one when required */
};

#define RP_LINE_CHARACTERS 200
#define RP_TEXT_BYTES 65536

struct rp_field {
  const char *name;
  enum rp_kind kind;
  unsigned flags; /* RP_FIELD_...; rp_field_default reads the default */
  int low, high, of;
  const char *label; /* to be translated when shown */
  const char *help;  /* to be translated when shown */
};

/* The default of a CODE or BOOL; RP_CODE_NONE when it has none. */
int rp_field_default(const struct rp_field *field);
/* Appends what the field takes, translated, for a sentence or a form: "1 to 3", "meeting, phone, video, ...". */
void rp_field_allowed(const struct rp_field *field, struct rp_str *out);

struct rp_record_type {
  enum rp_type type;
  const char *name;          /* snake_case, in every file */
  const char *label;         /* to be translated when shown */
  unsigned flags;            /* RP_TYPE_BY_HAND */
  enum rp_audience audience; /* default */
  const struct rp_field *fields;
  int field_count;
};

/* The descriptor of a type. Borrowed, constant. */
const struct rp_record_type *rp_record_type_get(enum rp_type type);
/* The record type of a name; RP_TYPE_NONE when there is none (parts are not found). */
enum rp_type rp_record_type_find(const char *name, size_t length);
/* The index of a field by its name; -1 when the type has none. */
int rp_record_field_find(enum rp_type type, const char *name, size_t length);
/* The index of the first field with the flag; -1 when there is none. */
int rp_record_field_flagged(enum rp_type type, unsigned flag);

struct rp_record;

/* A value. Which member counts follows from the field's kind; what it points to belongs to the record. */
struct rp_value {
  bool set;
  bool cleared; /* not set, and whoever made the record said so (null, false, "", []), rather than leaving it out */
  bool implied; /* set, but only because it is the default */
  union {
    int64_t number;      /* INT, BOOL (0, 1), CODE and ITEM_CODE (number in the vocabulary), DATE (rp_date),
                            BIRTHDAY (year * 10000 + month * 100 + day, year 0 when not known) */
    struct rp_when when; /* WHEN */
    struct rp_id id;     /* REF */
    char *text;          /* LINE, TEXT, TOPIC */
    struct {
      char **items;
      size_t count;
    } lines;
    struct {
      int *items;
      size_t count;
    } codes;
    struct {
      struct rp_id *items;
      size_t count;
    } ids; /* REFS, IDS */
    struct {
      struct rp_record **items;
      size_t count;
    } parts; /* OBJECT (count 1), OBJECTS */
  };
};

struct rp_record {
  enum rp_type type;
  struct rp_id id;          /* none until the store or an import gives one */
  int64_t created, changed; /* UTC milliseconds, 0 until stored */
  int audience;             /* enum rp_audience, or RP_CODE_NONE: the default of the journal is filled in when stored */
  char *extra;              /* the "x_..." fields as one JSON object, in their order; NULL when there are none */
  struct rp_value *values;  /* one for each field of the type */
};

/* A record of the type with nothing set. The caller frees. */
struct rp_record *rp_record_new(enum rp_type type);
struct rp_record *rp_record_copy(const struct rp_record *record);
void rp_record_free(struct rp_record *record);

/* Reading. A value that is not set reads as NULL, RP_CODE_NONE, RP_DATE_NONE, an id of zeros, or `missing`. The kind of
 * the field must be the one named. Texts are borrowed. */
const char *rp_record_text(const struct rp_record *record, int field);                /* LINE, TEXT, TOPIC */
int rp_record_code(const struct rp_record *record, int field);                        /* CODE, ITEM_CODE */
int64_t rp_record_number(const struct rp_record *record, int field, int64_t missing); /* INT, BIRTHDAY */
bool rp_record_bool(const struct rp_record *record, int field);                       /* BOOL; not set: its default */
rp_date rp_record_date(const struct rp_record *record, int field);                    /* DATE, the date of a WHEN */
struct rp_id rp_record_ref(const struct rp_record *record, int field);                /* REF */
/* What the record is called: its NAME field, else its text, else "" (a relationship is called after its contact by
 * whoever can look that up). Borrowed. */
const char *rp_record_name(const struct rp_record *record);

/* Writing, from values that are already of the right kind (asserted); text is copied and must be clean (rp_utf8_clean).
 * NULL and "", RP_CODE_NONE for a code, RP_DATE_NONE for a date, and an id of zeros unset the field. */
void rp_record_unset(struct rp_record *record, int field);
void rp_record_set_text(struct rp_record *record, int field, const char *text);
void rp_record_set_number(struct rp_record *record, int field, int64_t number); /* what rp_value.number is for */
void rp_record_set_when(struct rp_record *record, int field, struct rp_when when);
void rp_record_set_ref(struct rp_record *record, int field, struct rp_id id);
void rp_record_add_line(struct rp_record *record, int field, const char *text);
void rp_record_add_code(struct rp_record *record, int field, int number);
void rp_record_add_id(struct rp_record *record, int field, struct rp_id id);
void rp_record_add_part(struct rp_record *record, int field, struct rp_record *part); /* takes the part over */
/* Sets a field to what it is in `from`, a record of the same type. */
void rp_record_set_value(struct rp_record *record, int field, const struct rp_record *from);

/* Defaults of fields that are not set are filled in (implied); an optional BOOL that is false and has no default, an
 * empty text and an empty list become not set (cleared): so that equal content has one form. */
void rp_record_normalise(struct rp_record *record);

/* The audience of a new record: its type's of `defaults` (one enum rp_audience a record type; NULL: the descriptors'),
 * except that what somebody told of themselves stays with `me` until a person decides otherwise (domain.md). */
enum rp_audience rp_record_default_audience(const struct rp_record *record, const int *defaults);

/* What a validation may ask of the journal. */
struct rp_record_context {
  /* Whether `code` is one of the journal's own topics; fills its domain. NULL: there are none. */
  bool (*own_topic)(void *data, const char *code, enum rp_domain *domain, bool *special);
  /* For values typed by a person: the id for an id or a name, of one of the types in the mask; RP_ENOTFOUND with the
   * candidates. NULL: only ids are taken. */
  rp_status (*resolve)(void *data, int type_mask, const char *text, struct rp_id *out, struct rp_err *err);
  void *data;
  rp_date today;  /* natural dates typed by a person count from here */
  bool in_words;  /* sentences call fields and codes by their labels, as a form does; else by their names in files */
  bool elsewhere; /* it came from another journal, which may share only its shape (content that is required may be
                     missing) and has topics of its own; and several may have written it, each a field, so that rules
                     between fields need not hold */
};

/* Whether the record may be stored as far as it can tell by itself: required fields, ranges, lengths, and the rules
 * between fields of domain.md. RP_EREFUSED with one sentence naming the field, the value and what is allowed. */
rp_status rp_record_validate(const struct rp_record *record, const struct rp_record_context *context,
                             struct rp_err *err);
/* The same of one field: its value, and the rules between fields that it can break (a due date before `made` is the
 * fault of the due date). A record whose fields are all right may be stored. */
rp_status rp_record_validate_field(const struct rp_record *record, int field, const struct rp_record_context *context,
                                   struct rp_err *err);

/* Sets a field from text as a person types it (`add`, `edit`, forms): codes (or their labels), "yes"/"no", dates ISO or
 * natural, names or ids for references, lists separated by commas (what has a comma in it stands in quotation marks,
 * where \" and \\ mean the character; or has a \ before the comma), items as "+trust 4, -time 2" ("trust 4, time -2"
 * too), with a note as "trust 4: keeps his word"; an override as "collaborative_partner 2026-01-12: why". Empty text
 * unsets. RP_EREFUSED with a sentence (or what `resolve` says); the record is unchanged then. */
rp_status rp_record_parse(struct rp_record *record, int field, const char *text, size_t length,
                          const struct rp_record_context *context, struct rp_err *err);
/* Appends the value as a person would type it; rp_record_parse makes the same value of it, but for blanks around a
 * LINE. Nothing when not set. */
void rp_record_print(const struct rp_record *record, int field, struct rp_str *out);
/* Appends the texts that a search looks into (RP_FIELD_SEARCHED), folded, each with a line break behind it. */
void rp_record_words(const struct rp_record *record, struct rp_str *out);

/* Puts `instead` in the place of a person's name, given folded (rp_utf8_fold), wherever it stands in a text as a whole
 * phrase: without case or accents, with any blanks between its words. Appends the text to `out`, or only counts when
 * that is NULL. Returns how many times. */
size_t rp_text_redact(const char *text, const char *name, const char *instead, struct rp_str *out);
/* The same in all that is written in a record, x_ fields and parts too, but not in what it is called. */
size_t rp_record_redact(struct rp_record *record, const char *name, const char *instead);

/* The record as an object of the interchange format: type, id, created, changed, the fields that are set in the order
 * of the table, audience, x_ fields. New reference. */
json_t *rp_record_to_json(const struct rp_record *record);
/* Reads an object of the interchange format (only read, not changed), normalised, every rule checked except whether
 * references are there. Ids that are no UUIDs are mapped by `source` (rp_id_derive), refused when it is NULL. Unknown
 * fields are refused by name; null is the same as left out (but see `cleared`). The caller frees *out. RP_EREFUSED with
 * a sentence (no line: the caller knows it). */
rp_status rp_record_from_json(json_t *object, const char *source, const struct rp_record_context *context,
                              struct rp_record **out, struct rp_err *err);

/* One field of a record in the same form; NULL when it is not set. New reference. */
json_t *rp_record_field_to_json(const struct rp_record *record, int field);
/* Reads one field in that form, checking the value but no rule between fields; JSON null unsets. RP_EREFUSED with a
 * sentence; the record is unchanged then. */
rp_status rp_record_field_from_json(struct rp_record *record, int field, json_t *value, const char *source,
                                    const struct rp_record_context *context, struct rp_err *err);

/* Whether a field has the same value in both records (of one type). */
bool rp_record_field_equal(const struct rp_record *a, const struct rp_record *b, int field);
/* Appends the names of the fields (and "audience", "x_" names) in which the records differ, as "due, text"; returns how
 * many. With `only_set`, fields that `b` leaves out (not set and not cleared, or only implied) do not count. `created`
 * and `changed` never count. */
int rp_record_difference(const struct rp_record *a, const struct rp_record *b, bool only_set, struct rp_str *names);
/* Sets in `record` all that `from`, a record of the same type, does not leave out: the fields in which they differ with
 * `only_set`, but not id, `created` and `changed`. Normalise afterwards. */
void rp_record_update(struct rp_record *record, const struct rp_record *from);

/* ---- two records that are the same thing (record_join.c) ---- */

/* Gives `into` what `from`, a record of the same type about the same person, company or relationship, has besides: the
 * values it has not, all lines of both lists, the words of both texts, and that they objected or are restricted when
 * either says so. A relationship is only ended when both are. The audience stays. Where both have another value, that
 * of `into` stays, and the names of these fields are appended to `gave_way` (unless NULL), parted by blanks. */
void rp_record_join(struct rp_record *into, const struct rp_record *from, struct rp_str *gave_way);
/* The same of a text that belongs to the field: it comes behind the field's own, after an empty line, unless one holds
 * the other. NULL is taken. */
void rp_record_join_text(struct rp_record *record, int field, const char *text);

#endif
