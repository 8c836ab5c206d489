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

/* ---- what the index is asked ------------------------------------------------------------------------------------- */

/* A word that a record must have in its text or its names, and that the index can be asked for. */
static bool is_word(const struct rp_filter_term *term) {
  return term->is_text && has_word(term->text);
}

static void add_quoted(const struct rp_filter_term *term, struct rp_str *out) {
  rp_str_addc(out, '"');
  for (const char *at = term->text; *at != '\0'; at++) {
    if (*at == '"')
      rp_str_addc(out, '"');
    rp_str_addc(out, *at);
  }
  rp_str_add(out, term->prefix ? "\"*" : "\"");
}

struct full_text {
  const struct rp_filter *filter;
  holds_function *wanted;
  void *data;
};

/* Appends what a node demands of the text of a record; false, with nothing appended, when it demands nothing. */
static bool add_full_text(const struct full_text *ask, const struct node *node, struct rp_str *out) {
  size_t before = out->length;
  size_t parts = 0;
  if (node->kind == NODE_TERM) {
    const struct rp_filter_term *term = &ask->filter->terms.items[node->term];
    if (!is_word(term) || (ask->wanted != NULL && !ask->wanted(ask->data, term)))
      return false;
    add_quoted(term, out);
    return true;
  }
  if (node->kind == NODE_NOT)
    return false;
  bool any = node->kind == NODE_ANY;
  rp_str_addc(out, '(');
  for (size_t child = node->first; child != NO_NODE; child = ask->filter->nodes.items[child].next) {
    size_t here = out->length;
    if (parts > 0)
      rp_str_add(out, any ? " OR " : " AND ");
    if (add_full_text(ask, &ask->filter->nodes.items[child], out)) {
      parts++;
      continue;
    }
    rp_str_cut(out, here);
    if (any) { /* what holds otherwise may have any text */
      parts = 0;
      break;
    }
  }
  rp_str_addc(out, ')');
  if (parts == 0)
    rp_str_cut(out, before);
  return parts > 0;
}

bool rp_filter_full_text(const struct rp_filter *filter, holds_function *wanted, void *data, struct rp_str *out) {
  const struct full_text ask = {filter, wanted, data};
  return add_full_text(&ask, &filter->nodes.items[filter->root], out);
}

struct cover {
  const struct rp_filter *filter;
  long (*cost)(void *data, const struct rp_filter_term *term);
  void *data;
};
enum { NO_COVER = -1 };

/* The least cost of words of which a record has one when the node holds; takes them. */
static long cover(const struct cover *ask, const struct node *node, visit_function *take) {
  long best = NO_COVER;
  const struct node *cheapest = NULL;
  if (node->kind == NODE_TERM) {
    const struct rp_filter_term *term = &ask->filter->terms.items[node->term];
    if (!is_word(term))
      return NO_COVER;
    if (take != NULL)
      take(ask->data, term);
    return ask->cost(ask->data, term);
  }
  if (node->kind == NODE_NOT)
    return NO_COVER;
  for (size_t at = node->first; at != NO_NODE; at = ask->filter->nodes.items[at].next) {
    const struct node *child = &ask->filter->nodes.items[at];
    long cost = cover(ask, child, node->kind == NODE_ANY ? take : NULL);
    if (node->kind == NODE_ANY && cost == NO_COVER)
      return NO_COVER;
    if (node->kind == NODE_ANY) {
      best = (best == NO_COVER ? 0 : best) + cost;
    } else if (cost != NO_COVER && (best == NO_COVER || cost < best)) {
      best = cost;
      cheapest = child;
    }
  }
  if (cheapest != NULL && take != NULL)
    cover(ask, cheapest, take);
  return best;
}

bool rp_filter_cover(const struct rp_filter *filter, long (*cost)(void *data, const struct rp_filter_term *term),
                     visit_function *take, void *data) {
  const struct cover ask = {.filter = filter, .cost = cost, .data = data};
  const struct node *root = &filter->nodes.items[filter->root];
  if (cover(&ask, root, NULL) == NO_COVER)
    return false;
  cover(&ask, root, take);
  return true;
}
