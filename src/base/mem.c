#include "rapport/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rapport/err.h"
#include "rapport/vec.h"

static void (*exhausted_hook)(void);

void rp_mem_on_exhausted(void (*hook)(void)) {
  exhausted_hook = hook;
}

void rp_mem_exhausted(void) {
  static const char message[] = "rapport: out of memory\n";
  void (*hook)(void) = exhausted_hook;
  exhausted_hook = NULL; /* a hook that runs out of memory itself must not come back here */
  if (hook != NULL)
    hook();
  if (write(STDERR_FILENO, message, sizeof message - 1) < 0) { /* nothing is left to tell it to */
  }
  _exit(rp_err_exit_status(RP_EIO));
}

void *rp_mem_alloc(size_t size) {
  void *block = malloc(size > 0 ? size : 1);
  if (block == NULL)
    rp_mem_exhausted();
  return block;
}

void *rp_mem_zero(size_t count, size_t size) {
  void *block = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
  if (block == NULL)
    rp_mem_exhausted();
  return block;
}

void *rp_mem_grow(void *block, size_t count, size_t size) {
  if (size > 0 && count > SIZE_MAX / size)
    rp_mem_exhausted();
  size_t bytes = count * size;
  void *grown = realloc(block, bytes > 0 ? bytes : 1);
  if (grown == NULL)
    rp_mem_exhausted();
  return grown;
}

char *rp_mem_text(const char *text) {
  return rp_mem_textn(text, strlen(text));
}

char *rp_mem_textn(const char *text, size_t length) {
  size_t kept = strnlen(text, length);
  char *copy = rp_mem_alloc(kept + 1);
  memcpy(copy, text, kept);
  copy[kept] = '\0';
  return copy;
}

void rp_mem_replace(char **text, const char *with) {
  free(*text);
  *text = with == NULL ? NULL : rp_mem_text(with);
}

void rp_mem_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *)) {
  const char *item = items;
  for (size_t i = 1; i < count; i++, item += size) {
    if (compare(item, item + size) > 0) {
      qsort(items, count, size, compare);
      return;
    }
  }
}

void *rp_vec_room_(void *items, size_t count, size_t *capacity, size_t size) {
  if (count == *capacity) {
    size_t wanted = count < 8 ? 8 : count + count / 2;
    items = rp_mem_grow(items, wanted, size);
    *capacity = wanted;
  }
  memset((char *)items + count * size, 0, size);
  return items;
}
