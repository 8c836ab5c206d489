/* What is asked for all the time and is small: names of people and companies, and the journal's own topics. Kept until
 * a record changes. */
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
  store->topics_state.version = -1;
}

/* ---- whether what is kept is of now ------------------------------------------------------------------------------ */

/* To be asked in the transaction in which it is read. */
static struct names_state state_of_now(struct rp_store *store) {
  struct names_state state = {.version = db_data_version(store), .writes = store->name_writes};
  if (rp_store_version(store, &state.clock, NULL) != RP_OK)
    state.version = -1;
  return state;
}

/* Asked once in a transaction: within one, others change nothing. Where others have written, but no record (a draft,
 * when the last backup was made), nothing is read anew. */
static bool is_of_now(struct rp_store *store, struct names_state *state) {
  int64_t clock;
  bool inside = sqlite3_get_autocommit(store->db) == 0;
  if (state->version == -1 || state->writes != store->name_writes)
    return false;
  if (inside && state->transaction == store->transactions)
    return true;
  int64_t version = db_data_version(store);
  if (version != state->version) {
    if (version == -1 || rp_store_version(store, &clock, NULL) != RP_OK || clock != state->clock)
      return false;
    state->version = version;
  }
  state->transaction = inside ? store->transactions : 0;
  return true;
}

/* ---- reading the names, a part at a time ------------------------------------------------------------------------- */

/* Each part is a millisecond or a few: keys are answered between them. */
enum { ROWS_AT_ONCE = 1000, NAMES_AT_ONCE = 8192 };

struct row {
  struct rp_store_name name; /* but for its texts */
  size_t text, order;        /* where they begin in the reader's: the name and its fold, and what it is sorted by */
};

struct names_reader {
  struct names_state state; /* when it began */
  size_t step;              /* of `steps` */
  size_t at;                /* the first of the names that the step has not come to */
  size_t table;             /* that is read */
  int64_t rowid;            /* the last that was read there */
  RP_VEC(struct row) rows;
  struct rp_str texts;
  size_t salespeople, marked;
  struct rp_store_name *names; /* until they are sorted */
  char *next_text;             /* where the next text is moved to */
  struct part_sort sort;       /* of the names */
  struct words *words;
};

static const struct {
  enum rp_type type;
  enum statement all, one;
} tables[] = {{RP_TYPE_SALESPERSON, STATEMENT_NAMES_SALESPERSON, STATEMENT_NAME_SALESPERSON},
              {RP_TYPE_CUSTOMER, STATEMENT_NAMES_CUSTOMER, STATEMENT_NAME_CUSTOMER},
              {RP_TYPE_CONTACT, STATEMENT_NAMES_CONTACT, STATEMENT_NAME_CONTACT}};
enum { TABLE_COUNT = sizeof tables / sizeof *tables };

static void drop_reader(struct rp_store *store) {
  if (store->names_reader != NULL) {
    rp_vec_fini(&store->names_reader->rows);
    rp_str_fini(&store->names_reader->texts);
    free(store->names_reader->names);
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
  store->names_state.version = -1;
}

static void read_row(struct names_reader *reader, enum rp_type type, sqlite3_stmt *statement) {
  char *name = column_text(statement, 1, RP_UTF8_ONE_LINE);
  struct row *row = rp_vec_add(&reader->rows);
  *row = (struct row){.name = {.type = type, .id = db_id(statement, 0), .company = RP_STORE_NO_NAME}};
  row->text = reader->texts.length;
  if (name != NULL)
    rp_str_add(&reader->texts, name);
  rp_str_addc(&reader->texts, '\0');
  if (name != NULL)
    rp_utf8_fold(name, strlen(name), &reader->texts);
  rp_str_addc(&reader->texts, '\0');
  row->order = reader->texts.length;
  if (name != NULL)
    rp_utf8_order(name, strlen(name), &reader->texts);
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
  rp_status status = db_get(store, tables[reader->table].all, &statement, err);
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

/* The end of what a step does at once from where it is. */
static size_t end_of_part(const struct rp_store *store, const struct names_reader *reader) {
  return store->name_count - reader->at < NAMES_AT_ONCE ? store->name_count : reader->at + NAMES_AT_ONCE;
}

/* Whether the step has come to the end of the names; the next begins in front again. */
static bool has_ended(const struct rp_store *store, struct names_reader *reader) {
  if (reader->at < store->name_count)
    return false;
  reader->at = 0;
  return true;
}

static bool make_names(struct rp_store *store, struct names_reader *reader) {
  if (reader->names == NULL) {
    store->name_count = reader->rows.count;
    reader->names = rp_mem_alloc((store->name_count + 1) * sizeof *reader->names);
  }
  for (size_t end = end_of_part(store, reader); reader->at < end; reader->at++) {
    const struct row *row = &reader->rows.items[reader->at];
    struct rp_store_name *name = &reader->names[reader->at];
    *name = row->name;
    name->name = reader->texts.data + row->text;
    name->fold = reader->texts.data + row->order; /* until they are sorted */
    /* When nobody is marked, the only one there is (domain.md). */
    if (name->type == RP_TYPE_SALESPERSON && reader->marked == 0 && reader->salespeople == 1)
      name->me = true;
  }
  if (!has_ended(store, reader))
    return false;
  rp_vec_fini(&reader->rows);
  reader->sort = (struct part_sort){.items = (char *)reader->names,
                                    .count = store->name_count,
                                    .size = sizeof *reader->names,
                                    .compare = compare_names};
  reader->names = NULL;
  return true;
}

static bool sort_names(struct rp_store *store, struct names_reader *reader) {
  if (!part_sort_go_on(&reader->sort))
    return false;
  store->names = (void *)reader->sort.items;
  reader->sort.items = NULL;
  reader->next_text = store->name_texts = rp_mem_alloc(reader->texts.length + 1);
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
static bool gather_folds(struct rp_store *store, struct names_reader *reader) {
  for (size_t end = end_of_part(store, reader); reader->at < end; reader->at++) {
    struct rp_store_name *name = &store->names[reader->at];
    name->fold = move_text(name->name + strlen(name->name) + 1, &reader->next_text);
  }
  return has_ended(store, reader);
}

static bool gather_texts(struct rp_store *store, struct names_reader *reader) {
  for (size_t end = end_of_part(store, reader); reader->at < end; reader->at++)
    store->names[reader->at].name = move_text(store->names[reader->at].name, &reader->next_text);
  if (!has_ended(store, reader))
    return false;
  rp_str_fini(&reader->texts);
  id_map_reserve(&store->names_by_id, store->name_count);
  return true;
}

static bool index_names(struct rp_store *store, struct names_reader *reader) {
  for (size_t end = end_of_part(store, reader); reader->at < end; reader->at++)
    id_map_add(&store->names_by_id, &store->names[reader->at].id, reader->at);
  return has_ended(store, reader);
}

static bool find_companies(struct rp_store *store, struct names_reader *reader) {
  size_t company;
  for (size_t end = end_of_part(store, reader); reader->at < end; reader->at++) {
    struct rp_store_name *name = &store->names[reader->at];
    if (id_map_find(&store->names_by_id, &name->customer, &company))
      name->company = (uint32_t)company;
  }
  if (!has_ended(store, reader))
    return false;
  reader->words = words_begin();
  return true;
}

static bool index_words(struct rp_store *store, struct names_reader *reader) {
  return words_go_on(store, reader->words);
}

/* One after the other, each as often as it is not done, when the rows are read. */
static bool (*const steps[])(struct rp_store *store, struct names_reader *reader) = {
    make_names, sort_names, gather_folds, gather_texts, index_names, find_companies, index_words};
enum { STEP_COUNT = sizeof steps / sizeof *steps };

/* One part of the work; *done when the names can be used. */
static rp_status read_part(struct rp_store *store, struct names_reader *reader, bool *done, struct rp_err *err) {
  if (reader->table < TABLE_COUNT)
    return read_rows(store, reader, err);
  reader->step += steps[reader->step](store, reader);
  if (reader->step < STEP_COUNT)
    return RP_OK;
  store->names_state = reader->state;
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
  struct names_reader *reader = store->names_reader;
  if (reader == NULL || !is_of_now(store, &reader->state)) {
    drop_names(store);
    reader = store->names_reader = rp_mem_zero(1, sizeof *reader);
    *reader = (struct names_reader){.state = state_of_now(store), .rowid = INT64_MIN};
  }
  do
    status = read_part(store, reader, done, err);
  while (status == RP_OK && whole && !*done);
  db_read_end(store, own);
  if (status != RP_OK)
    drop_names(store);
  return status;
}

/* ---- one of them ------------------------------------------------------------------------------------------------- */

/* So many are read one by one before it is better to read them all. */
enum { NAMES_READ_ALONE = 1024 };

static void drop_alone(struct rp_store *store) {
  for (size_t i = 0; i < store->names_alone.count; i++)
    free(store->names_alone.items[i]);
  rp_vec_fini(&store->names_alone);
  id_map_fini(&store->names_alone_by_id);
  store->names_alone_state.version = -1;
}

static struct rp_store_name *make_alone(enum rp_type type, sqlite3_stmt *statement) {
  struct rp_str fold = {0};
  char *text = column_text(statement, 1, RP_UTF8_ONE_LINE);
  size_t length = text == NULL ? 0 : strlen(text);
  if (text != NULL)
    rp_utf8_fold(text, length, &fold);
  struct rp_store_name *name = rp_mem_zero(1, sizeof *name + length + fold.length + 2);
  *name = (struct rp_store_name){.type = type, .id = db_id(statement, 0), .company = RP_STORE_NO_NAME};
  name->name = (char *)(name + 1);
  name->fold = name->name + length + 1;
  memcpy(name->name, text == NULL ? "" : text, length);
  memcpy(name->fold, rp_str_text(&fold), fold.length);
  if (type == RP_TYPE_CONTACT)
    name->customer = db_id(statement, 2);
  rp_str_fini(&fold);
  free(text);
  return name;
}

static rp_status read_alone(struct rp_store *store, const struct rp_id *id, struct rp_store_name **out) {
  rp_status status = RP_OK;
  *out = NULL;
  for (size_t i = TABLE_COUNT; i > 0 && *out == NULL && status == RP_OK; i--) {
    sqlite3_stmt *statement;
    bool row;
    status = db_get(store, tables[i - 1].one, &statement, NULL);
    if (status != RP_OK)
      break;
    db_bind_id(statement, 1, id);
    status = db_step(store, statement, &row, NULL);
    if (status == RP_OK && row) {
      *out = make_alone(tables[i - 1].type, statement);
      db_reset(statement);
    }
  }
  return status;
}

/* As long as not all of them were read: who shows a few rows need not wait for that. */
static const struct rp_store_name *name_alone(struct rp_store *store, const struct rp_id *id) {
  struct names_state *state = &store->names_alone_state;
  struct rp_store_name *name = NULL;
  size_t at;
  bool own;
  if (rp_id_is_none(id) || db_read_begin(store, &own, NULL) != RP_OK)
    return NULL;
  if (!is_of_now(store, state)) {
    drop_alone(store);
    *state = state_of_now(store);
  }
  if (id_map_find(&store->names_alone_by_id, id, &at)) {
    name = store->names_alone.items[at];
  } else if (state->version != -1 && read_alone(store, id, &name) == RP_OK && name != NULL) {
    id_map_add(&store->names_alone_by_id, id, store->names_alone.count);
    *rp_vec_add(&store->names_alone) = name;
  }
  db_read_end(store, own);
  return name;
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

rp_status rp_store_names(struct rp_store *store, const struct rp_store_name **out, size_t *count, struct rp_err *err) {
  bool done;
  rp_status status = is_of_now(store, &store->names_state) ? RP_OK : renew_names(store, true, &done, err);
  *out = store->names;
  *count = store->name_count;
  return status;
}

bool rp_store_names_ready(struct rp_store *store) {
  return is_of_now(store, &store->names_state);
}

bool rp_store_names_prepare(struct rp_store *store) {
  bool done;
  return rp_store_names_ready(store) || renew_names(store, false, &done, NULL) != RP_OK || done;
}

const struct rp_store_name *rp_store_name_by_id(struct rp_store *store, const struct rp_id *id) {
  const struct rp_store_name *names;
  const struct rp_id wanted = *id; /* it may be that of a name which goes */
  size_t count, at;
  if (!rp_store_names_ready(store) && store->names_alone.count < NAMES_READ_ALONE)
    return name_alone(store, &wanted);
  if (rp_store_names(store, &names, &count, NULL) != RP_OK || !id_map_find(&store->names_by_id, &wanted, &at))
    return NULL;
  return &names[at];
}

/* ---- topics ------------------------------------------------------------------------------------------------------ */

static void renew_topics(struct rp_store *store) {
  RP_VEC(struct own_topic) topics = {0};
  sqlite3_stmt *statement;
  bool row;
  drop_topics(store);
  store->topics_state = state_of_now(store);
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
    store->topics_state.version = -1;
}

static const struct own_topic *find_topic(struct rp_store *store, const char *code) {
  if (!is_of_now(store, &store->topics_state))
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
  drop_alone(store);
  drop_topics(store);
}
