/*
 * A growable string: always NUL-terminated, may be empty. `struct rp_str s = {0};` is a valid empty string.
 */
#ifndef RAPPORT_STR_H
#define RAPPORT_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct rp_str {
  char *data;      /* NULL only while nothing was added; use rp_str_text to read */
  size_t length;   /* bytes without the NUL */
  size_t capacity; /* bytes allocated */
};

/* Frees the contents and makes the string empty again. NULL is taken. */
void rp_str_fini(struct rp_str *string);
/* Makes the string empty and keeps its memory. */
void rp_str_clear(struct rp_str *string);
/* The text, borrowed until the next change; "" for an empty string. */
const char *rp_str_text(const struct rp_str *string);
/* Hands the text to the caller, who frees it, and leaves the string empty. Never NULL. */
char *rp_str_take(struct rp_str *string);

/* Each appends: a text, `length` bytes, one byte. */
void rp_str_add(struct rp_str *string, const char *text);
void rp_str_addn(struct rp_str *string, const char *bytes, size_t length);
void rp_str_addc(struct rp_str *string, char byte);
/* Adds `byte` `count` times. */
void rp_str_fill(struct rp_str *string, char byte, size_t count);
void rp_str_addf(struct rp_str *string, const char *format, ...) __attribute__((format(printf, 2, 3)));
void rp_str_addv(struct rp_str *string, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
/* Cuts to `length` bytes; `length` must not be above the present one. */
void rp_str_cut(struct rp_str *string, size_t length);

/* A formatted string on the heap; the caller frees. */
char *rp_str_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Whether two texts are equal; NULL equals only NULL. */
bool rp_str_equal(const char *a, const char *b);

#endif
