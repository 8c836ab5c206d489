/* What a parsed filter answers. */
#include <string.h>

#include "filter_internal.h"
#include "rapport/utf8.h"

typedef bool holds_function(void *data, const struct rp_filter_term *term);
typedef void visit_function(void *data, const struct rp_filter_term *term);

static bool node_holds(const struct rp_filter *filter, const struct node *node, holds_function *holds, void *data) {
  switch (node->kind) {
  case NODE_TERM:
    return holds(data, &filter->terms.items[node->term]);
  case NODE_NOT:
    return !node_holds(filter, &filter->nodes.items[node->first], holds, data);
  case NODE_ALL:
  case NODE_ANY:
    break;
  }
  bool any = node->kind == NODE_ANY;
  for (size_t child = node->first; child != NO_NODE; child = filter->nodes.items[child].next) {
    if (node_holds(filter, &filter->nodes.items[child], holds, data) == any)
      return any;
  }
  return !any;
}

bool rp_filter_match(const struct rp_filter *filter, holds_function *holds, void *data) {
  return node_holds(filter, &filter->nodes.items[filter->root], holds, data);
}

void rp_filter_visit(const struct rp_filter *filter, visit_function *visit, void *data) {
  for (size_t i = 0; i < filter->terms.count; i++)
    visit(data, &filter->terms.items[i]);
}

bool rp_filter_is_empty(const struct rp_filter *filter) {
  return filter->terms.count == 0;
}

static bool has_word(const char *text) {
  size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    int32_t code;
    at += rp_utf8_decode(text + at, length - at, &code);
    if (rp_utf8_is_word(code))
      return true;
  }
  return false;
}

static void add_full_text(const struct rp_filter *filter, const struct node *node, holds_function *wanted, void *data,
                          struct rp_str *out) {
  if (node->kind == NODE_ALL) {
    for (size_t child = node->first; child != NO_NODE; child = filter->nodes.items[child].next)
      add_full_text(filter, &filter->nodes.items[child], wanted, data, out);
  }
  const struct rp_filter_term *term = node->kind == NODE_TERM ? &filter->terms.items[node->term] : NULL;
  if (term == NULL || !term->is_text || !has_word(term->text) || (wanted != NULL && !wanted(data, term)))
    return;
  rp_str_add(out, out->length > 0 ? " AND \"" : "\"");
  for (const char *at = term->text; *at != '\0'; at++) {
    if (*at == '"')
      rp_str_addc(out, '"');
    rp_str_addc(out, *at);
  }
  rp_str_add(out, term->prefix ? "\"*" : "\"");
}

bool rp_filter_full_text(const struct rp_filter *filter, holds_function *wanted, void *data, struct rp_str *out) {
  struct rp_str query = {0};
  add_full_text(filter, &filter->nodes.items[filter->root], wanted, data, &query);
  bool any = query.length > 0;
  rp_str_addn(out, rp_str_text(&query), query.length);
  rp_str_fini(&query);
  return any;
}
