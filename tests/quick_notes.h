/* Notes and what is expected of them, for the tests of quick entry: what is read is compared as it is printed. */
#ifndef RAPPORT_TESTS_QUICK_NOTES_H
#define RAPPORT_TESTS_QUICK_NOTES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/quick.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Sunday 2026-11-22. */
static inline rp_date today(void) {
  return rp_date_from_civil(2026, 11, 22);
}

/* ---- a journal that knows some people and topics ----------------------------------------------------------------- */

static const char *const known_names[] = {"Maija Virtanen", "Pekka Salo", "Lisa Su", "Örjan Åkesson"};

static inline enum rp_quick_fit known_fit(void *data, const char *text, size_t length) {
  (void)data;
  enum rp_quick_fit fit = RP_QUICK_NO_NAME;
  for (size_t i = 0; i < COUNT(known_names); i++) {
    if (strncmp(known_names[i], text, length) == 0)
      fit = known_names[i][length] == '\0' ? RP_QUICK_WHOLE_NAME : RP_QUICK_NAME_START;
    if (fit == RP_QUICK_WHOLE_NAME)
      break;
  }
  return fit;
}

static inline bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  (void)data;
  *special = false;
  *domain = RP_DOMAIN_BUSINESS;
  if (strcmp(code, "spare_parts") == 0)
    return true;
  *domain = RP_DOMAIN_SELF;
  return strcmp(code, "sauna") == 0;
}

static const struct rp_record_context records = {.own_topic = own_topic};

static inline struct rp_quick_context plain_context(void) {
  return (struct rp_quick_context){.today = today()};
}

static inline struct rp_quick_context journal_context(void) {
  return (struct rp_quick_context){.today = today(), .name_fit = known_fit, .records = &records};
}

static inline struct rp_quick *parse_in(const struct rp_quick_context *context, const char *note) {
  struct rp_quick *quick = NULL;
  struct rp_err err = {0};
  if (rp_quick_parse(note, strlen(note), context, &quick, &err) != RP_OK)
    fail_msg("%s\n%u:%u: %s", note, err.line, err.column, err.text);
  return quick;
}

static inline struct rp_quick *parse(const char *note) {
  struct rp_quick_context context = plain_context();
  return parse_in(&context, note);
}

static inline void assert_note(const struct rp_quick_context *context, const char *note, const char *expected) {
  struct rp_quick *quick = parse_in(context, note);
  struct rp_str printed = {0};
  rp_quick_print(quick, &printed);
  if (strcmp(rp_str_text(&printed), expected) != 0)
    fail_msg("%s\nprinted as\n%s\ninstead of\n%s", note, rp_str_text(&printed), expected);
  assert_int_equal(quick->planned, quick->when.date > context->today);
  rp_str_fini(&printed);
  rp_quick_free(quick);
}

struct reading {
  const char *note, *printed;
};

static inline void assert_readings(const struct rp_quick_context *context, const struct reading *rows, size_t count) {
  for (size_t i = 0; i < count; i++)
    assert_note(context, rows[i].note, rows[i].printed);
}

struct refusal {
  const char *note;
  unsigned line, column;
  const char *part; /* of the sentence */
};

static inline void assert_refusals(const struct rp_quick_context *context, const struct refusal *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    struct rp_quick *quick = NULL;
    struct rp_err err = {0};
    if (rp_quick_parse(rows[i].note, strlen(rows[i].note), context, &quick, &err) == RP_OK)
      fail_msg("%s\nis taken", rows[i].note);
    if (err.line != rows[i].line || err.column != rows[i].column || strstr(err.text, rows[i].part) == NULL)
      fail_msg("%s\nis refused at %u:%u: %s\ninstead of %u:%u: %s", rows[i].note, err.line, err.column, err.text,
               rows[i].line, rows[i].column, rows[i].part);
    assert_int_equal(err.code, RP_EREFUSED);
    assert_null(quick);
    assert_int_equal(rp_quick_parse(rows[i].note, strlen(rows[i].note), context, &quick, NULL), RP_EREFUSED);
    assert_null(quick);
  }
}

#endif
