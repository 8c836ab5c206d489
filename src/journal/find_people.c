#include "find_people.h"

#include <stdlib.h>

#include "find_terms.h"

void find_people_fini(struct find_people *people) {
  free(people->bits);
  *people = (struct find_people){0};
}

void find_people_set(struct find_people *people, size_t name, size_t count) {
  if (people->bits == NULL)
    people->bits = rp_mem_zero(count / 64 + 1, sizeof *people->bits);
  people->count += !find_people_has(people, name);
  people->bits[name / 64] |= UINT64_C(1) << name % 64;
}

void find_people_add(const struct rp_journal *journal, const struct rp_store_name *names, size_t count,
                     const struct rp_filter_term *word, struct find_people *own, struct find_people *out) {
  bool has_companies = false;
  size_t first;
  size_t words = rp_store_words_with(journal->store, word->text, &first);
  for (size_t i = first; i < first + words; i++) {
    size_t name = rp_store_word_name(journal->store, i);
    if (names[name].type == RP_TYPE_SALESPERSON ||
        (!word->prefix && !find_contains(names[name].fold, word->text, false)))
      continue;
    find_people_set(own, name, count);
    has_companies = has_companies || names[name].type == RP_TYPE_CUSTOMER;
  }
  find_people_join(out, own, count);
  for (size_t i = 0; i < count && has_companies; i++) {
    if (names[i].company != RP_STORE_NO_NAME && find_people_has(own, names[i].company))
      find_people_set(out, i, count);
  }
}

void find_people_join(struct find_people *people, const struct find_people *others, size_t count) {
  for (size_t i = find_people_next(others, 0, count); i < count; i = find_people_next(others, i + 1, count))
    find_people_set(people, i, count);
}

size_t find_people_next(const struct find_people *people, size_t from, size_t count) {
  if (people->bits == NULL)
    return count;
  while (from < count && people->bits[from / 64] >> from % 64 == 0)
    from = (from / 64 + 1) * 64;
  while (from < count && !find_people_has(people, from))
    from++;
  return from < count ? from : count;
}
