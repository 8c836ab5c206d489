/* Filters: any text is a filter or is refused at a place inside it, and what completion offers is a filter. */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "rapport/filter.h"
#include "rapport/utf8.h"

static const rp_date today = 20779; /* 2026-11-22 */

struct count {
  size_t terms;
  uint32_t random;
};

static void check_term(void *data, const struct rp_filter_term *term) {
  struct count *count = data;
  count->terms++;
  if (term->is_text) {
    struct rp_str folded = {0};
    rp_utf8_fold(term->text, strlen(term->text), &folded);
    CHECK(*term->text != '\0' && strcmp(rp_str_text(&folded), term->text) == 0);
    rp_str_fini(&folded);
    return;
  }
  CHECK((unsigned)term->field < RP_FILTER_FIELD_COUNT && (unsigned)term->op <= RP_FILTER_NE);
  CHECK(term->number >= RP_FILTER_NEVER || term->field == RP_FILTER_FIELD_DATE);
  CHECK(term->field != RP_FILTER_FIELD_HAS || (term->number < RP_FILTER_HAS_COUNT && term->text != NULL));
}

static bool holds(void *data, const struct rp_filter_term *term) {
  (void)term;
  struct count *count = data;
  count->terms--;
  count->random = count->random * 1664525 + 1013904223;
  return count->random >> 31;
}

static long cost(void *data, const struct rp_filter_term *term) {
  (void)data;
  return (long)strlen(term->text);
}

static void check_word(void *data, const struct rp_filter_term *term) {
  (void)data;
  CHECK(term->is_text && !term->negated);
}

/* An offer stands where the last term stood. */
static void check_offer(void *data, const char *term, const char *help) {
  (void)data;
  CHECK(help != NULL);
  size_t length = strlen(term);
  if (term[length - 1] == ':')
    return;
  struct rp_filter *filter = NULL;
  struct rp_err err = {0};
  /* the operator is the typed one, and may be one that the field does not take */
  if (rp_filter_parse(term, length, today, &filter, &err) != RP_OK)
    CHECK(strpbrk(term, "<>=!") != NULL || strstr(term, "::") != NULL);
  rp_filter_free(filter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  struct rp_filter *filter = NULL;
  struct rp_err err = {0};
  rp_status status = rp_filter_parse(text, size, today, &filter, &err);
  if (status != RP_OK) {
    CHECK(status == RP_EUSAGE && err.code == status && filter == NULL && err.text[0] != '\0');
    CHECK(size > RP_FILTER_BYTES || (err.column >= 1 && err.column <= rp_utf8_count(text, size) + 1));
  } else {
    struct count count = {.random = (uint32_t)size};
    rp_filter_visit(filter, check_term, &count);
    CHECK(count.terms <= RP_FILTER_TERMS && rp_filter_is_empty(filter) == (count.terms == 0));
    size_t terms = count.terms;
    rp_filter_match(filter, holds, &count);
    CHECK(count.terms <= terms); /* each is asked at most once */
    struct rp_str query = {0};
    CHECK(rp_filter_full_text(filter, NULL, NULL, &query) == (query.length > 0));
    CHECK(rp_filter_cover(filter, cost, check_word, &count) == (query.length > 0));
    rp_str_fini(&query);
  }
  rp_filter_free(filter);
  size_t from = 0;
  rp_filter_complete(text, size, &from, check_offer, NULL);
  CHECK(from <= size);
  return 0;
}
