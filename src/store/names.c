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

/* ---- reading the names, a part at a time ------------------------------------------------------------------------- */

/* Each part is a millisecond or a few: keys are answered between them. */
enum { ROWS_AT_ONCE = 1000 };

struct row {
  struct rp_store_name name; /* but for its texts */
  size_t text, fold;         /* where they begin in the reader's */
};

struct names_reader {
  int64_t version; /* data_version, and own writes, when it began */
  uint64_t writes;
  size_t step;   /* of `steps` */
  size_t table;  /* that is read */
  int64_t rowid; /* the last that was read there */
  RP_VEC(struct row) rows;
  struct rp_str texts;
  size_t salespeople, marked;
  struct part_sort sort; /* of the names */
  struct words *words;
};

static const struct {
  enum rp_type type;
  enum statement statement;
} tables[] = {{RP_TYPE_SALESPERSON, STATEMENT_NAMES_SALESPERSON},
              {RP_TYPE_CUSTOMER, STATEMENT_NAMES_CUSTOMER},
              {RP_TYPE_CONTACT, STATEMENT_NAMES_CONTACT}};
enum { TABLE_COUNT = sizeof tables / sizeof *tables };

static void drop_reader(struct rp_store *store) {
  if (store->names_reader != NULL) {
    rp_vec_fini(&store->names_reader->rows);
    rp_str_fini(&store->names_reader->texts);
    part_sort_fini(&store->names_reader->sort);
    words_end(store->names_reader->words);
  }
  free(store->names_reader);
  store->names_reader = NULL;
}

static void drop_names(struct rp_store *store) {
  drop_reader(store);
  words_free(store);
  free(store->names);
  free(store->name_texts);
  id_map_fini(&store->names_by_id);
  store->names = NULL;
  store->name_texts = NULL;
  store->name_count = 0;
  store->names_version = -1;
}

static void read_row(struct names_reader *reader, enum rp_type type, sqlite3_stmt *statement) {
  char *name = column_text(statement, 1, RP_UTF8_ONE_LINE);
  struct row *row = rp_vec_add(&reader->rows);
  *row = (struct row){.name = {.type = type, .id = db_id(statement, 0), .company = RP_STORE_NO_NAME}};
  row->text = reader->texts.length;
  if (name != NULL)
    rp_str_add(&reader->texts, name);
  rp_str_addc(&reader->texts, '\0');
  row->fold = reader->texts.length;
  if (name != NULL)
    rp_utf8_fold(name, strlen(name), &reader->texts);
  rp_str_addc(&reader->texts, '\0');
  free(name);
  if (type == RP_TYPE_CONTACT)
    row->name.customer = db_id(statement, 2);
  if (type == RP_TYPE_SALESPERSON) {
    row->name.me = sqlite3_column_int(statement, 2) != 0;
    reader->marked += row->name.me;
    reader->salespeople++;
  }
}

/* The next rows of the table, or the next table. */
static rp_status read_rows(struct rp_store *store, struct names_reader *reader, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  int count = 0;
  rp_status status = db_get(store, tables[reader->table].statement, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, reader->rowid);
  db_bind_int(statement, 2, ROWS_AT_ONCE);
  while ((status = db_step(store, statement, &row, err)) == RP_OK && row) {
    read_row(reader, tables[reader->table].type, statement);
    reader->rowid = sqlite3_column_int64(statement, 3);
    count++;
  }
  if (status == RP_OK && count < ROWS_AT_ONCE) {
    reader->table++;
    reader->rowid = INT64_MIN;
  }
  return status;
}

static int compare_names(const void *a, const void *b) {
  const struct rp_store_name *left = a, *right = b;
  int order = strcmp(left->fold, right->fold);
  return order != 0 ? order : rp_id_compare(&left->id, &right->id);
}

static bool make_names(struct rp_store *store, struct names_reader *reader) {
  struct rp_store_name *names = rp_mem_alloc((reader->rows.count + 1) * sizeof *names);
  store->name_count = reader->rows.count;
  for (size_t i = 0; i < store->name_count; i++) {
    names[i] = reader->rows.items[i].name;
    names[i].name = reader->texts.data + reader->rows.items[i].text;
    names[i].fold = reader->texts.data + reader->rows.items[i].fold;
    /* When nobody is marked, the only one there is (domain.md). */
    if (names[i].type == RP_TYPE_SALESPERSON && reader->marked == 0 && reader->salespeople == 1)
      names[i].me = true;
  }
  rp_vec_fini(&reader->rows);
  reader->sort = (struct part_sort){
      .items = (char *)names, .count = store->name_count, .size = sizeof *names, .compare = compare_names};
  return true;
}

static bool sort_names(struct rp_store *store, struct names_reader *reader) {
  if (!part_sort_go_on(&reader->sort))
    return false;
  store->names = (void *)reader->sort.items;
  reader->sort.items = NULL;
  return true;
}

static char *move_text(char *from, char **to) {
  size_t size = strlen(from) + 1;
  char *moved = memcpy(*to, from, size);
  *to += size;
  return moved;
}

/* Moves the texts into one block, the folded ones first and in the order of the names: whoever looks through all of
 * them reads on and on. */
static bool gather_texts(struct rp_store *store, struct names_reader *reader) {
  char *to = store->name_texts = rp_mem_alloc(reader->texts.length);
  for (size_t i = 0; i < store->name_count; i++)
    store->names[i].fold = move_text(store->names[i].fold, &to);
  for (size_t i = 0; i < store->name_count; i++)
    store->names[i].name = move_text(store->names[i].name, &to);
  rp_str_fini(&reader->texts);
  return true;
}

static bool index_names(struct rp_store *store, struct names_reader *reader) {
  size_t company;
  id_map_reserve(&store->names_by_id, store->name_count);
  for (size_t i = 0; i < store->name_count; i++)
    id_map_add(&store->names_by_id, &store->names[i].id, i);
  for (size_t i = 0; i < store->name_count; i++) {
    if (id_map_find(&store->names_by_id, &store->names[i].customer, &company))
      store->names[i].company = (uint32_t)company;
  }
  reader->words = words_begin();
  return true;
}

static bool index_words(struct rp_store *store, struct names_reader *reader) {
  return words_go_on(store, reader->words);
}

/* One after the other, each as often as it is not done, when the rows are read. */
static bool (*const steps[])(struct rp_store *store, struct names_reader *reader) = {
    make_names, sort_names, gather_texts, index_names, index_words};
enum { STEP_COUNT = sizeof steps / sizeof *steps };

/* One part of the work; *done when the names can be used. */
static rp_status read_part(struct rp_store *store, struct names_reader *reader, bool *done, struct rp_err *err) {
  if (reader->table < TABLE_COUNT)
    return read_rows(store, reader, err);
  reader->step += steps[reader->step](store, reader);
  if (reader->step < STEP_COUNT)
    return RP_OK;
  store->names_version = reader->version;
  store->names_writes = reader->writes;
  drop_reader(store);
  *done = true;
  return RP_OK;
}

/* Goes on where it was left, or begins anew when something has changed since. */
static rp_status renew_names(struct rp_store *store, bool whole, bool *done, struct rp_err *err) {
  bool own;
  *done = false;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  int64_t version = db_data_version(store);
  struct names_reader *reader = store->names_reader;
  if (reader == NULL || reader->version != version || reader->writes != store->name_writes) {
    drop_names(store);
    reader = store->names_reader = rp_mem_zero(1, sizeof *reader);
    *reader = (struct names_reader){.version = version, .writes = store->name_writes, .rowid = INT64_MIN};
  }
  do
    status = read_part(store, reader, done, err);
  while (status == RP_OK && whole && !*done);
  db_read_end(store, own);
  if (status != RP_OK)
    drop_names(store);
  return status;
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

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
  bool done;
  rp_status status = are_names_of_now(store) ? RP_OK : renew_names(store, true, &done, err);
  *out = store->names;
  *count = store->name_count;
  return status;
}

bool rp_store_names_prepare(struct rp_store *store) {
  bool done;
  return are_names_of_now(store) || renew_names(store, false, &done, NULL) != RP_OK || done;
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

void names_free(struct rp_store *store) {
  drop_names(store);
  drop_topics(store);
}
