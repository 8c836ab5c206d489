#include "xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/str.h"
#include "rapport/utf8.h"
#include "rapport/vec.h"

struct word {
  const char *at;
  size_t length;
};
typedef RP_VEC(struct word) words;

struct reader {
  const char *page, *at, *end;
  words open, ids, links;
};

static void refuse(const struct reader *reader, const char *why) {
  size_t left = (size_t)(reader->end - reader->at);
  fail_msg("byte %zu: %s: %.*s", (size_t)(reader->at - reader->page), why, (int)(left < 80 ? left : 80), reader->at);
}

static bool is_name(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-';
}

static struct word read_name(struct reader *reader) {
  struct word name = {reader->at, 0};
  while (reader->at < reader->end && is_name(*reader->at))
    reader->at++;
  name.length = (size_t)(reader->at - name.at);
  if (name.length == 0)
    refuse(reader, "no name");
  return name;
}

static bool is_word(struct word word, const char *text) {
  return word.length == strlen(text) && memcmp(word.at, text, word.length) == 0;
}

static bool is_same(struct word a, struct word b) {
  return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

/* One character of text or of a value. */
static void read_character(struct reader *reader) {
  static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  int32_t code;
  if (*reader->at == '&') {
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
      if (strncmp(reader->at, entities[i], strlen(entities[i])) == 0) {
        reader->at += strlen(entities[i]);
        return;
      }
    }
    refuse(reader, "no entity of XML");
  }
  size_t length = rp_utf8_decode(reader->at, (size_t)(reader->end - reader->at), &code);
  bool steers = (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0) || code == 0xfffd ||
                code == 0xfffe || code == 0xffff || (code >= 0x200b && code <= 0x200f) ||
                (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
  if (steers)
    refuse(reader, "a character that steers or is none");
  reader->at += length;
}

static struct word read_value(struct reader *reader) {
  if (strncmp(reader->at, "=\"", 2) != 0)
    refuse(reader, "an attribute without a value in quotes");
  reader->at += 2;
  struct word value = {reader->at, 0};
  while (reader->at < reader->end && *reader->at != '"') {
    if (*reader->at == '<')
      refuse(reader, "< in a value");
    read_character(reader);
  }
  value.length = (size_t)(reader->at - value.at);
  reader->at++;
  return value;
}

static void take_attribute(struct reader *reader, words *given) {
  struct word name = read_name(reader);
  for (size_t i = 0; i < given->count; i++) {
    if (is_same(given->items[i], name))
      refuse(reader, "an attribute twice");
  }
  *rp_vec_add(given) = name;
  struct word value = read_value(reader);
  if (is_word(name, "id")) {
    for (size_t i = 0; i < reader->ids.count; i++) {
      if (is_same(reader->ids.items[i], value))
        refuse(reader, "an id twice");
    }
    *rp_vec_add(&reader->ids) = value;
  }
  if (is_word(name, "href")) {
    if (value.length < 2 || *value.at != '#')
      refuse(reader, "a link that leaves the page");
    *rp_vec_add(&reader->links) = (struct word){value.at + 1, value.length - 1};
  }
  if (is_word(name, "src") || is_word(name, "style") || (name.length > 2 && memcmp(name.at, "on", 2) == 0))
    refuse(reader, "an attribute that fetches or runs");
}

static void read_start(struct reader *reader) {
  words given = {0};
  struct word name = read_name(reader);
  if (is_word(name, "script") || is_word(name, "link") || is_word(name, "img") || is_word(name, "iframe"))
    refuse(reader, "an element that fetches or runs");
  while (reader->at < reader->end && *reader->at == ' ') {
    reader->at++;
    take_attribute(reader, &given);
  }
  rp_vec_fini(&given);
  if (strncmp(reader->at, "/>", 2) == 0) {
    reader->at += 2;
    return;
  }
  if (*reader->at != '>')
    refuse(reader, "a tag that does not end");
  reader->at++;
  *rp_vec_add(&reader->open) = name;
}

static void read_end(struct reader *reader) {
  struct word name = read_name(reader);
  if (reader->open.count == 0 || !is_same(reader->open.items[reader->open.count - 1], name))
    refuse(reader, "the end of another element");
  reader->open.count--;
  if (*reader->at != '>')
    refuse(reader, "a tag that does not end");
  reader->at++;
}

void assert_page(const char *page, size_t length) {
  struct reader reader = {.page = page, .at = page, .end = page + length};
  static const char doctype[] = "<!DOCTYPE html>\n";
  if (strncmp(page, doctype, sizeof doctype - 1) != 0)
    refuse(&reader, "no document type");
  reader.at += sizeof doctype - 1;
  while (reader.at < reader.end) {
    if (strncmp(reader.at, "</", 2) == 0) {
      reader.at += 2;
      read_end(&reader);
    } else if (*reader.at == '<') {
      reader.at++;
      read_start(&reader);
    } else if (*reader.at == '>') {
      reader.at++; /* in the style */
    } else {
      if (reader.open.count == 0 && *reader.at != '\n')
        refuse(&reader, "text outside of the page");
      read_character(&reader);
    }
  }
  if (reader.open.count > 0)
    refuse(&reader, "an element stands open");
  for (size_t i = 0; i < reader.links.count; i++) {
    bool found = false;
    for (size_t j = 0; j < reader.ids.count && !found; j++)
      found = is_same(reader.links.items[i], reader.ids.items[j]);
    reader.at = reader.links.items[i].at;
    if (!found)
      refuse(&reader, "a link to nowhere");
  }
  assert_int_equal(count_text(page, "http://") + count_text(page, "https://") + count_text(page, "url("), 0);
  rp_vec_fini(&reader.open);
  rp_vec_fini(&reader.ids);
  rp_vec_fini(&reader.links);
}

size_t count_text(const char *page, const char *text) {
  size_t count = 0;
  for (const char *at = page; (at = strstr(at, text)) != NULL; at += strlen(text))
    count++;
  return count;
}
