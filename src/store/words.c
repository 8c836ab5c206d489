/* The words of the names in the order of their letters: who is called so is found without looking at everybody. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"

struct word {
  uint32_t at;   /* where it begins in the texts of the names */
  uint32_t name; /* in which it stands */
};

/* The first letters in one number, so that few words need be looked at further. */
struct sorted {
  uint64_t letters;
  const char *text;
  uint32_t name;
};

/* While they are gathered. */
struct words {
  RP_VEC(struct sorted) items;
  size_t next; /* the first of the names that was not looked at */
  bool is_sorting;
  struct part_sort sort;
};

enum { NAMES_AT_ONCE = 2000 };

static uint64_t first_letters(const char *text) {
  uint64_t letters = 0;
  for (int i = 0; i < 8; i++) {
    letters = letters << 8 | (unsigned char)*text;
    text += *text != '\0';
  }
  return letters;
}

static int compare_sorted(const void *a, const void *b) {
  const struct sorted *left = a, *right = b;
  if (left->letters != right->letters)
    return left->letters < right->letters ? -1 : 1;
  int order = (left->letters & 0xff) == 0 ? 0 : strcmp(left->text, right->text);
  return order != 0 ? order : (left->name > right->name) - (left->name < right->name);
}

/* Appends the words of a name. */
static void add_words(struct words *words, const struct rp_store_name *name, uint32_t place) {
  size_t length = strlen(name->fold);
  bool begins = true;
  for (size_t at = 0; at < length;) {
    const char *text = name->fold + at;
    int32_t code;
    if (begins)
      *rp_vec_add(&words->items) = (struct sorted){first_letters(text), text, place};
    at += rp_utf8_decode(text, length - at, &code);
    begins = !rp_utf8_is_word(code);
  }
}

struct words *words_begin(void) {
  return rp_mem_zero(1, sizeof(struct words));
}

void words_end(struct words *words) {
  if (words == NULL)
    return;
  rp_vec_fini(&words->items);
  part_sort_fini(&words->sort);
  free(words);
}

static void take_over(struct rp_store *store, const struct part_sort *sort) {
  const struct sorted *sorted = (const void *)sort->items;
  store->words = rp_mem_alloc(sort->count * sizeof *store->words);
  store->word_count = sort->count;
  for (size_t i = 0; i < sort->count; i++)
    store->words[i] = (struct word){(uint32_t)(sorted[i].text - store->name_texts), sorted[i].name};
}

bool words_go_on(struct rp_store *store, struct words *words) {
  if (words->is_sorting) {
    if (!part_sort_go_on(&words->sort))
      return false;
    take_over(store, &words->sort);
    return true;
  }
  for (int i = 0; i < NAMES_AT_ONCE && words->next < store->name_count; i++, words->next++)
    add_words(words, &store->names[words->next], (uint32_t)words->next);
  if (words->next == store->name_count) {
    words->sort = (struct part_sort){.items = (char *)words->items.items,
                                     .count = words->items.count,
                                     .size = sizeof(struct sorted),
                                     .compare = compare_sorted};
    words->items.items = NULL;
    words->is_sorting = true;
  }
  return false;
}

void words_free(struct rp_store *store) {
  free(store->words);
  store->words = NULL;
  store->word_count = 0;
}

/* The first word of which as many letters as the text has come after it, or (unless `behind`) are the same. */
static size_t bound(const struct rp_store *store, const char *text, bool behind) {
  size_t length = strlen(text);
  size_t low = 0, high = store->word_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strncmp(store->name_texts + store->words[middle].at, text, length);
    if (order < 0 || (order == 0 && behind))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

size_t rp_store_words_with(const struct rp_store *store, const char *text, size_t *first) {
  *first = bound(store, text, false);
  return bound(store, text, true) - *first;
}

size_t rp_store_word_name(const struct rp_store *store, size_t number) {
  return store->words[number].name;
}
