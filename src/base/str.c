#include "rapport/str.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"

static void make_room(struct rp_str *string, size_t more) {
  if (more >= SIZE_MAX / 2 - string->length)
    rp_mem_exhausted();
  size_t needed = string->length + more + 1;
  if (needed <= string->capacity)
    return;
  size_t capacity = string->capacity < 32 ? 32 : string->capacity;
  while (capacity < needed)
    capacity += capacity / 2;
  string->data = rp_mem_grow(string->data, capacity, 1);
  string->capacity = capacity;
}

void rp_str_fini(struct rp_str *string) {
  if (string == NULL)
    return;
  free(string->data);
  *string = (struct rp_str){0};
}

void rp_str_clear(struct rp_str *string) {
  string->length = 0;
  if (string->data != NULL)
    string->data[0] = '\0';
}

const char *rp_str_text(const struct rp_str *string) {
  return string->data != NULL ? string->data : "";
}

char *rp_str_take(struct rp_str *string) {
  char *text = string->data != NULL ? string->data : rp_mem_text("");
  *string = (struct rp_str){0};
  return text;
}

void rp_str_add(struct rp_str *string, const char *text) {
  rp_str_addn(string, text, strlen(text));
}

void rp_str_addn(struct rp_str *string, const char *bytes, size_t length) {
  make_room(string, length);
  if (length > 0)
    memcpy(string->data + string->length, bytes, length);
  string->length += length;
  string->data[string->length] = '\0';
}

void rp_str_addc(struct rp_str *string, char byte) {
  rp_str_addn(string, &byte, 1);
}

void rp_str_fill(struct rp_str *string, char byte, size_t count) {
  make_room(string, count);
  memset(string->data + string->length, byte, count);
  string->length += count;
  string->data[string->length] = '\0';
}

void rp_str_addf(struct rp_str *string, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(string, format, arguments);
  va_end(arguments);
}

void rp_str_addv(struct rp_str *string, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  make_room(string, 0);
  size_t room = string->capacity - string->length;
  int wanted = vsnprintf(string->data + string->length, room, format, arguments);
  assert(wanted >= 0); /* the formats are ours and use no wide characters */
  size_t length = wanted > 0 ? (size_t)wanted : 0;
  if (length >= room) {
    make_room(string, length);
    vsnprintf(string->data + string->length, length + 1, format, again);
  }
  string->length += length;
  string->data[string->length] = '\0';
  va_end(again);
}

void rp_str_cut(struct rp_str *string, size_t length) {
  assert(length <= string->length);
  if (string->data == NULL)
    return;
  string->length = length;
  string->data[length] = '\0';
}

char *rp_str_format(const char *format, ...) {
  struct rp_str string = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&string, format, arguments);
  va_end(arguments);
  return rp_str_take(&string);
}

bool rp_str_equal(const char *a, const char *b) {
  if (a == NULL || b == NULL)
    return a == b;
  return strcmp(a, b) == 0;
}
