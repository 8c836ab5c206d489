/* What the record_*.c files share; nobody else includes this. */
#ifndef RECORD_INTERNAL_H
#define RECORD_INTERNAL_H

#include "rapport/record.h"

#define RECORD_MOST_FIELDS 32

/* ---- values (record_value.c) ---- */

void value_fini(const struct rp_field *field, struct rp_value *value);
/* Fills an empty value with a deep copy. */
void value_copy(const struct rp_field *field, const struct rp_value *from, struct rp_value *to);
bool value_equal(const struct rp_field *field, const struct rp_value *a, const struct rp_value *b);
/* Whether the value says nothing: an empty text, an empty list, a false that means the same as nothing. */
bool value_is_empty(const struct rp_field *field, const struct rp_value *value);

/* Lists grow by one; texts and parts are taken over. */
void value_add_line(struct rp_value *value, char *text);
void value_add_code(struct rp_value *value, int number);
void value_add_id(struct rp_value *value, struct rp_id id);
void value_add_part(struct rp_value *value, struct rp_record *part);

/* A birthday, "1970-05-04" or "--05-04"; false when there is no such day. */
bool birthday_parse(const char *text, int64_t *out);
bool birthday_exists(int64_t birthday);
void birthday_print(int64_t birthday, struct rp_str *out);

/* The x_ fields as a new object, empty when there are none; and back. (record_json.c) */
json_t *extra_parse(const struct rp_record *record);
void extra_set(struct rp_record *record, json_t *extra);

/* ---- sentences (record_say.c) ---- */

/* Appends a text as a sentence shows it: in quotation marks, at most 40 characters. */
void say_value(const char *text, size_t length, struct rp_str *out);
/* Whether a sentence is for somebody before a form. `context` may be NULL. */
bool in_words(const struct rp_record_context *context);
/* What a sentence calls a field, for whom the context (may be NULL) says: its name in files, or its label in quotation
 * marks. Borrowed, from the field or from `buffer`. */
#define FIELD_CALLED_SIZE 128
const char *field_called(const struct rp_field *field, const struct rp_record_context *context,
                         char buffer[FIELD_CALLED_SIZE]);
#define CALLED(field, context) field_called(field, context, (char[FIELD_CALLED_SIZE]){0})
/* A code, or its label; NULL when there is none. */
const char *code_called(enum rp_vocab_id vocab, int number, const struct rp_record_context *context);
/* Appends the codes, or their labels. */
void codes_called(enum rp_vocab_id vocab, const struct rp_record_context *context, struct rp_str *out);
/* Puts "WHERE: " before the sentence of an error that is set; RP_EREFUSED. */
rp_status say_where(struct rp_err *err, const char *where);
/* The value is none of those the field takes; `shown` as it is to be shown. RP_EREFUSED. */
rp_status say_wrong(const struct rp_field *field, const char *shown, const struct rp_record_context *context,
                    struct rp_err *err);
/* The code is not of the vocabulary: names the nearest one. `field` as it is called. RP_EREFUSED. */
rp_status say_unknown_code(const char *field, enum rp_vocab_id vocab, const char *code, size_t length,
                           const struct rp_record_context *context, struct rp_err *err);

/* ---- typed by a person ---- */

/* Lists as a person types them: elements between commas, in quotation marks when need be. (record_list.c) */
struct list_reader {
  const char *field; /* as sentences call it */
  const char *at;    /* NUL-terminated */
};
/* The next element in *out (emptied first); *more false at the end. Empty elements are passed over. */
rp_status list_next(struct list_reader *reader, struct rp_str *out, bool *more, struct rp_err *err);
/* Appends an element, with a comma and a space before it unless it is the first. */
void list_add(struct rp_str *list, const char *element, bool first);

/* A date as a person types it; RP_EREFUSED with a sentence that names the field. (record_parse.c) */
rp_status date_typed(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                     rp_date *out, struct rp_err *err);
/* Parts as a person types them. (record_part.c) */
rp_status part_typed(enum rp_type type, const char *text, const struct rp_record_context *context,
                     struct rp_record **out, struct rp_err *err);
void part_print(const struct rp_record *part, struct rp_str *out);

/* ---- rules (record_validate.c) ---- */

/* Whether a value that is set is one the field takes. */
rp_status value_check(const struct rp_field *field, const struct rp_value *value,
                      const struct rp_record_context *context, struct rp_err *err);
/* The vocabulary of an item's code. */
enum rp_vocab_id item_vocab(int kind);

#endif
