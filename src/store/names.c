/* What is asked for all the time and is small: names of people and companies, and the journal's own topics. Kept until
 * the journal changes. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/mem.h"

struct own_topic {
  char *code, *label;
  enum rp_domain domain;
  bool special;
};

static void drop_names(struct rp_store *store) {
  free(store->names);
  free(store->name_texts);
  id_map_fini(&store->names_by_id);
  store->names = NULL;
  store->name_texts = NULL;
  store->name_count = 0;
  store->names_version = -1;
}

static void drop_topics(struct rp_store *store) {
  for (size_t i = 0; i < store->topic_count; i++) {
    free(store->topics[i].code);
    free(store->topics[i].label);
  }
  free(store->topics);
  store->topics = NULL;
  store->topic_count = 0;
  store->topics_version = -1;
}

void names_free(struct rp_store *store) {
  drop_names(store);
  drop_topics(store);
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

struct names {
  RP_VEC(struct rp_store_name) items;
  size_t salespeople, marked;
};

static rp_status read_names(struct rp_store *store, enum rp_type type, enum statement which, struct names *names,
                            struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  rp_status status = db_get(store, which, &statement, err);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    struct rp_str fold = {0};
    struct rp_store_name *name = rp_vec_add(&names->items);
    name->type = type;
    name->id = db_id(statement, 0);
    name->name = column_text(statement, 1, RP_UTF8_ONE_LINE);
    if (name->name == NULL)
      name->name = rp_mem_text("");
    rp_utf8_fold(name->name, strlen(name->name), &fold);
    name->fold = rp_str_take(&fold);
    if (type == RP_TYPE_CONTACT)
      name->customer = db_id(statement, 2);
    if (type == RP_TYPE_SALESPERSON) {
      name->me = sqlite3_column_int(statement, 2) != 0;
      names->marked += name->me;
      names->salespeople++;
    }
  }
  return status;
}

static int compare_names(const void *a, const void *b) {
  const struct rp_store_name *left = a, *right = b;
  int order = strcmp(left->fold, right->fold);
  return order != 0 ? order : rp_id_compare(&left->id, &right->id);
}

/* Moves the texts into one block, the folded ones first and in the order of the names: whoever looks through all of
 * them reads on and on. */
static char *gather_texts(struct names *names, size_t *folded_bytes) {
  struct rp_str texts = {0};
  for (size_t i = 0; i < names->items.count; i++)
    rp_str_addn(&texts, names->items.items[i].fold, strlen(names->items.items[i].fold) + 1);
  *folded_bytes = texts.length;
  for (size_t i = 0; i < names->items.count; i++)
    rp_str_addn(&texts, names->items.items[i].name, strlen(names->items.items[i].name) + 1);
  char *block = rp_str_take(&texts);
  char *fold = block;
  char *at = block + *folded_bytes;
  for (size_t i = 0; i < names->items.count; i++) {
    struct rp_store_name *name = &names->items.items[i];
    free(name->fold);
    free(name->name);
    name->fold = fold;
    name->name = at;
    fold += strlen(fold) + 1;
    at += strlen(at) + 1;
  }
  return block;
}

static rp_status renew_names(struct rp_store *store, struct rp_err *err) {
  struct names names = {0};
  bool own;
  drop_names(store);
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  store->names_version = db_data_version(store);
  store->names_writes = store->name_writes;
  status = read_names(store, RP_TYPE_SALESPERSON, STATEMENT_NAMES_SALESPERSON, &names, err);
  if (status == RP_OK)
    status = read_names(store, RP_TYPE_CUSTOMER, STATEMENT_NAMES_CUSTOMER, &names, err);
  if (status == RP_OK)
    status = read_names(store, RP_TYPE_CONTACT, STATEMENT_NAMES_CONTACT, &names, err);
  db_read_end(store, own);
  if (names.items.count > 0)
    qsort(names.items.items, names.items.count, sizeof *names.items.items, compare_names);
  store->name_texts = gather_texts(&names, &store->folded_bytes);
  store->names = names.items.items;
  store->name_count = names.items.count;
  for (size_t i = 0; i < store->name_count; i++) {
    id_map_add(&store->names_by_id, &store->names[i].id, i);
    /* When nobody is marked, the only one there is (domain.md). */
    if (store->names[i].type == RP_TYPE_SALESPERSON && names.marked == 0 && names.salespeople == 1)
      store->names[i].me = true;
  }
  if (status != RP_OK)
    drop_names(store);
  return status;
}

/* Asked once in a transaction: within one, others change nothing. */
static bool are_names_of_now(struct rp_store *store) {
  bool inside = sqlite3_get_autocommit(store->db) == 0;
  if (store->names_version == -1 || store->names_writes != store->name_writes)
    return false;
  if (inside && store->names_transaction == store->transactions)
    return true;
  store->names_transaction = inside ? store->transactions : 0;
  return store->names_version == db_data_version(store);
}

rp_status rp_store_names(struct rp_store *store, const struct rp_store_name **out, size_t *count, struct rp_err *err) {
  rp_status status = are_names_of_now(store) ? RP_OK : renew_names(store, err);
  *out = store->names;
  *count = store->name_count;
  return status;
}

size_t rp_store_name_with(const struct rp_store *store, const char *text, size_t from) {
  if (from >= store->name_count)
    return store->name_count;
  const char *begin = store->names[from].fold;
  const char *end = store->name_texts + store->folded_bytes;
  const char *at = memmem(begin, (size_t)(end - begin), text, strlen(text));
  if (at == NULL)
    return store->name_count;
  size_t low = from, high = store->name_count; /* the name is in [low, high) */
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (store->names[middle].fold <= at)
      low = middle;
    else
      high = middle;
  }
  return low;
}

const struct rp_store_name *rp_store_name_by_id(struct rp_store *store, const struct rp_id *id) {
  const struct rp_store_name *names;
  size_t count, at;
  if (rp_store_names(store, &names, &count, NULL) != RP_OK || !id_map_find(&store->names_by_id, id, &at))
    return NULL;
  return &names[at];
}

/* ---- topics ------------------------------------------------------------------------------------------------------ */

static void renew_topics(struct rp_store *store) {
  RP_VEC(struct own_topic) topics = {0};
  sqlite3_stmt *statement;
  bool row;
  drop_topics(store);
  store->topics_version = db_data_version(store);
  store->topics_writes = store->name_writes;
  rp_status status = db_get(store, STATEMENT_TOPICS, &statement, NULL);
  while (status == RP_OK && (status = db_step(store, statement, &row, NULL)) == RP_OK && row) {
    char *code = column_text(statement, 0, RP_UTF8_ONE_LINE);
    int domain = column_code(statement, 1, RP_VOCAB_DOMAIN);
    if (code != NULL && domain != RP_CODE_NONE)
      *rp_vec_add(&topics) = (struct own_topic){.code = code,
                                                .label = column_text(statement, 3, RP_UTF8_ONE_LINE),
                                                .domain = (enum rp_domain)domain,
                                                .special = sqlite3_column_int(statement, 2) != 0};
    else
      free(code);
  }
  store->topics = topics.items;
  store->topic_count = topics.count;
  if (status != RP_OK)
    store->topics_version = -1;
}

static const struct own_topic *find_topic(struct rp_store *store, const char *code) {
  if (store->topics_version == -1 || store->topics_writes != store->name_writes ||
      store->topics_version != db_data_version(store))
    renew_topics(store);
  for (size_t i = 0; i < store->topic_count; i++) {
    if (strcmp(store->topics[i].code, code) == 0)
      return &store->topics[i];
  }
  return NULL;
}

bool rp_store_own_topic(struct rp_store *store, const char *code, enum rp_domain *domain, bool *special) {
  const struct own_topic *topic = find_topic(store, code);
  if (topic == NULL)
    return false;
  *domain = topic->domain;
  *special = topic->special;
  return true;
}

const char *rp_store_own_topic_label(struct rp_store *store, const char *code) {
  const struct own_topic *topic = find_topic(store, code);
  return topic != NULL ? topic->label : NULL;
}
