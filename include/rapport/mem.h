/*
 * Memory that cannot fail. Out of memory ends the program (exit status 5) after the hook has restored the terminal;
 * saved data is safe by then, since every action is one transaction.
 */
#ifndef RAPPORT_MEM_H
#define RAPPORT_MEM_H

#include <stddef.h>

/* Like malloc, calloc, realloc, strdup and strndup; never return NULL. A size of 0 gives a pointer that can be freed.
 */
void *rp_mem_alloc(size_t size) __attribute__((malloc, returns_nonnull));
void *rp_mem_zero(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *rp_mem_grow(void *block, size_t count, size_t size) __attribute__((returns_nonnull));
char *rp_mem_text(const char *text) __attribute__((malloc, returns_nonnull));
char *rp_mem_textn(const char *text, size_t length) __attribute__((malloc, returns_nonnull));
/* Frees *text and puts a copy of `with` (NULL: NULL) in its place; `with` must not be a part of *text. */
void rp_mem_replace(char **text, const char *with);

/* Like qsort, for what is sorted most of the time: that costs one walk. `items` may be NULL when `count` is 0. */
void rp_mem_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

/* Ends the program for want of memory, as the functions above do: for libraries that report it themselves. */
_Noreturn void rp_mem_exhausted(void);
/* The hook called once before the program ends for want of memory. NULL removes it. */
void rp_mem_on_exhausted(void (*hook)(void));

#endif
