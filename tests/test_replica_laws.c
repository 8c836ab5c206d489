/* The laws of the join, each by itself, over records of every type: states of random histories, of readers who see less
 * of one write than others do, and of journals that somebody has tampered with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record_random.h"
#include "replica_random.h"
#include "rounds.h"

enum { NODES = 3, POOL = 24, STEPS = 16, SENT_MOST = 2 * STEPS, TRIPLES = 2, ROUNDS = 10000 };

/* Records to write from, so that not each write makes one. */
struct pool {
  struct rp_record *records[RP_TYPE_RECORD_COUNT][POOL];
};

/* Three journals and one record that each of them may make, write, delete, raise and share less or more. Their clocks
 * are slow, so that they often write at once. `sent` is all that they ever told, each time narrow. */
struct history {
  struct record_random random;
  const struct pool *pool;
  enum rp_type type;
  int64_t clock[NODES];
  struct rp_replica *held[NODES];
  struct rp_replica *sent[SENT_MOST];
  int sent_count;
};

static void pool_init(struct pool *pool) {
  struct record_random random = {.state = 7};
  struct rp_id id = {{1}};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    for (int i = 0; i < POOL; i++) {
      pool->records[type][i] = random_told(&random, (enum rp_type)type);
      pool->records[type][i]->id = id;
    }
  }
}

static void pool_fini(struct pool *pool) {
  for (int i = 0; i < RP_TYPE_RECORD_COUNT * POOL; i++)
    rp_record_free(pool->records[i / POOL][i % POOL]);
}

static int below(struct history *history, int limit) {
  return random_below(&history->random, limit);
}

static const struct rp_record *any(struct history *history) {
  return history->pool->records[history->type][below(history, POOL)];
}

static struct rp_dot tick(struct history *history, int node) {
  history->clock[node] += 1 + below(history, 2);
  return (struct rp_dot){.clock = history->clock[node], .node = random_node(node)};
}

/* Who is told may not see some of the people that a list names: the same write, with fewer of them. */
static void cut_lists(struct history *history, struct rp_replica *replica) {
  const struct rp_record_type *type = rp_record_type_get(history->type);
  for (int i = 0; i < type->field_count; i++) {
    struct rp_value *value = &replica->record->values[i];
    bool list = type->fields[i].kind == RP_KIND_REFS, one = type->fields[i].kind == RP_KIND_REF;
    if (!value->set || !rp_replica_knows(replica, i) || (!list && !one))
      continue;
    if (one && (type->fields[i].flags & RP_FIELD_REQUIRED) == 0 && below(history, 3) == 0)
      rp_record_unset(replica->record, i);
    for (size_t at = 0; list && at < value->ids.count && value->ids.count > 1;) {
      if (below(history, 2) != 0) {
        at++;
        continue;
      }
      memmove(&value->ids.items[at], &value->ids.items[at + 1], (value->ids.count - at - 1) * sizeof *value->ids.items);
      value->ids.count--;
    }
  }
}

static void tell(struct history *history, int node) {
  if (history->held[node] == NULL || history->sent_count == SENT_MOST)
    return;
  struct rp_replica *copy = rp_replica_copy(history->held[node]);
  rp_replica_narrow(copy);
  if (below(history, 2) == 0)
    cut_lists(history, copy);
  history->sent[history->sent_count++] = copy;
}

/* The clock never runs behind what was heard. */
static void hear(struct history *history, int node, const struct rp_replica *news) {
  struct rp_replica **held = &history->held[node];
  if (*held == NULL)
    *held = rp_replica_copy(news);
  else
    rp_replica_join(*held, news, NULL);
  if (news->made.clock > history->clock[node])
    history->clock[node] = news->made.clock;
  for (int i = 0; i < rp_record_type_get(history->type)->field_count; i++) {
    if (news->fields[i].version.dot.clock > history->clock[node])
      history->clock[node] = news->fields[i].version.dot.clock;
  }
}

static void act(struct history *history, int node, struct rp_replica *held) {
  int what = below(history, 12);
  if (rp_replica_is_dead(held)) {
    if (what > 3)
      return;
    struct rp_record *again = rp_record_copy(any(history));
    again->audience = below(history, RP_AUDIENCE_COUNT);
    rp_replica_raise(held, again, tick(history, node));
    rp_replica_narrow(held);
  } else if (what == 0) {
    rp_replica_kill(held, tick(history, node), below(history, 2) == 0 ? random_node(9) : (struct rp_id){{0}});
  } else if (what < 3 && held->whole) {
    rp_replica_set_audience(held, (enum rp_audience)below(history, RP_AUDIENCE_COUNT));
  } else {
    random_write(&history->random, held, any(history), tick(history, node));
  }
}

static void step(struct history *history) {
  int node = below(history, NODES);
  if (history->held[node] != NULL) {
    act(history, node, history->held[node]);
  } else if (below(history, 3) == 0) { /* also the same record in two journals, from one imported file */
    struct rp_record *record = rp_record_copy(any(history));
    record->audience = below(history, RP_AUDIENCE_COUNT);
    history->held[node] = rp_replica_new(record, tick(history, node));
    history->held[node]->whole = true;
  }
  if (below(history, 2) == 0)
    tell(history, node);
  if (below(history, 2) == 0 && history->sent_count > 0)
    hear(history, below(history, NODES), history->sent[below(history, history->sent_count)]);
}

static void history_init(struct history *history, const struct pool *pool, uint64_t seed) {
  *history =
      (struct history){.random = {.state = seed}, .pool = pool, .type = (enum rp_type)(seed % RP_TYPE_RECORD_COUNT)};
  while (history->sent_count == 0) {
    for (int i = 0; i < STEPS; i++)
      step(history);
  }
  for (int node = 0; node < NODES; node++)
    tell(history, node);
}

static void history_fini(struct history *history) {
  for (int i = 0; i < history->sent_count; i++)
    rp_replica_free(history->sent[i]);
  for (int i = 0; i < NODES; i++)
    rp_replica_free(history->held[i]);
}

/* ---- what somebody has tampered with ----------------------------------------------------------------------------- */

/* Another value, text or knowledge of the same write, as news_read lets pass. */
static void tamper_with_field(struct history *history, struct rp_replica *replica, int field) {
  struct rp_replica_field *state = &replica->fields[field];
  bool text = rp_record_type_get(history->type)->fields[field].kind == RP_KIND_TEXT;
  int what = below(history, 4);
  if (what == 0) {
    rp_record_set_value(replica->record, field, any(history));
  } else if (what == 1 && text && state->others.count > 0) {
    struct rp_sibling *other = &state->others.items[below(history, (int)state->others.count)];
    free(other->text);
    other->text = below(history, 2) == 0 ? NULL : rp_mem_text("slipped in");
  } else if (what == 2 && state->version.dot.clock > 1) {
    struct rp_version known = {.dot = {.clock = 1 + below(history, (int)state->version.dot.clock - 1),
                                       .node = random_node(below(history, NODES + 1))}};
    rp_version_see(&state->version, &known);
  } else if (what == 3) {
    state->version.dot = (struct rp_dot){.clock = 30 + below(history, 3), .node = random_node(below(history, NODES))};
    for (size_t i = 0; i < state->version.seen.count;) { /* nothing later than itself, nothing of its own node */
      if (rp_dot_compare(&state->version.seen.items[i], &state->version.dot) < 0 &&
          !rp_id_equal(&state->version.seen.items[i].node, &state->version.dot.node))
        i++;
      else
        rp_vec_remove(&state->version.seen, i);
    }
    for (size_t i = 0; i < state->others.count;) {
      if (rp_dot_compare(&state->others.items[i].dot, &state->version.dot) < 0) {
        i++;
        continue;
      }
      free(state->others.items[i].text);
      rp_vec_remove(&state->others, i);
    }
  }
  /* A value and a clock say that it was written (src/team/news.c). */
  state->written = state->written || what == 3 || replica->record->values[field].set || state->version.seen.count > 0;
}

static void tamper(struct history *history, struct rp_replica *replica) {
  if (below(history, 6) == 0)
    replica->sharing += below(history, 3);
  if (rp_replica_is_dead(replica)) {
    replica->joined = random_node(5 + below(history, 4));
    return;
  }
  if (replica->record->created != 0 && below(history, 6) == 0)
    replica->record->created = 1 + below(history, 1000);
  if (below(history, 6) == 0)
    replica->life += 2 * below(history, 3);
  if (below(history, 3) == 0)
    replica->made.clock += below(history, 2);
  for (int i = 0; i < rp_record_type_get(history->type)->field_count; i++) {
    if (rp_replica_knows(replica, i) && below(history, 3) == 0)
      tamper_with_field(history, replica, i);
  }
}

/* ---- the laws ---------------------------------------------------------------------------------------------------- */

/* All that a join goes by: the line of a digest, and what is known to each text. */
static char *all_of(const struct rp_replica *replica) {
  const struct rp_record_type *type = rp_record_type_get(replica->record->type);
  struct rp_str out = {0};
  char id[RP_ID_TEXT_SIZE];
  rp_replica_canonical(replica, &out);
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_version *version = &replica->fields[i].version;
    for (size_t j = 0; type->fields[i].kind == RP_KIND_TEXT && rp_replica_knows(replica, i) && j < version->seen.count;
         j++)
      rp_str_addf(&out, "\n%s %lld %s", type->fields[i].name, (long long)version->seen.items[j].clock,
                  rp_id_format(&version->seen.items[j].node, id));
  }
  return rp_str_take(&out);
}

static void assert_same(const struct rp_replica *a, const struct rp_replica *b) {
  char *left = all_of(a), *right = all_of(b);
  assert_string_equal(left, right);
  free(left);
  free(right);
}

static struct rp_replica *join(const struct rp_replica *a, const struct rp_replica *b) {
  struct rp_replica *joined = rp_replica_copy(a);
  char *before = all_of(joined);
  bool changed = rp_replica_join(joined, b, NULL);
  char *after = all_of(joined);
  assert_int_equal(changed, strcmp(before, after) != 0);
  free(before);
  free(after);
  return joined;
}

static void commutative(const struct rp_replica *a, const struct rp_replica *b, const struct rp_replica *c) {
  (void)c;
  struct rp_replica *one = join(a, b), *other = join(b, a);
  assert_same(one, other);
  rp_replica_free(one);
  rp_replica_free(other);
}

static void associative(const struct rp_replica *a, const struct rp_replica *b, const struct rp_replica *c) {
  struct rp_replica *ab = join(a, b), *bc = join(b, c), *one = join(ab, c), *other = join(a, bc);
  assert_same(one, other);
  rp_replica_free(ab);
  rp_replica_free(bc);
  rp_replica_free(one);
  rp_replica_free(other);
}

static void idempotent(const struct rp_replica *a, const struct rp_replica *b, const struct rp_replica *c) {
  (void)c;
  struct rp_replica *itself = join(a, a), *ab = join(a, b), *again = join(ab, b), *back = join(ab, a);
  assert_same(itself, a);
  assert_same(again, ab);
  assert_same(back, ab);
  rp_replica_free(itself);
  rp_replica_free(ab);
  rp_replica_free(again);
  rp_replica_free(back);
}

typedef void (*law)(const struct rp_replica *a, const struct rp_replica *b, const struct rp_replica *c);

static void try_law(law holds, bool tampered) {
  struct pool pool;
  pool_init(&pool);
  for (int round = 0; round < rounds(ROUNDS); round++) {
    struct history history;
    history_init(&history, &pool, (uint64_t)round);
    for (int i = 0; tampered && i < history.sent_count; i++)
      tamper(&history, history.sent[i]);
    for (int i = 0; i < TRIPLES; i++)
      holds(history.sent[below(&history, history.sent_count)], history.sent[below(&history, history.sent_count)],
            history.sent[below(&history, history.sent_count)]);
    history_fini(&history);
  }
  pool_fini(&pool);
}

static void told_states__join_is_commutative(void **state) {
  (void)state;
  try_law(commutative, false);
}

static void told_states__join_is_associative(void **state) {
  (void)state;
  try_law(associative, false);
}

static void told_states__join_is_idempotent(void **state) {
  (void)state;
  try_law(idempotent, false);
}

static void tampered_states__join_is_commutative(void **state) {
  (void)state;
  try_law(commutative, true);
}

static void tampered_states__join_is_associative(void **state) {
  (void)state;
  try_law(associative, true);
}

static void tampered_states__join_is_idempotent(void **state) {
  (void)state;
  try_law(idempotent, true);
}

/* What a home knows beside what it tells makes no difference to what it tells. */
static void home_joined_then_told__as_told_then_joined(void **state) {
  (void)state;
  struct pool pool;
  int tried = 0;
  pool_init(&pool);
  for (int round = 0; round < rounds(ROUNDS); round++) {
    struct history history;
    history_init(&history, &pool, (uint64_t)round);
    for (int i = 0; i < NODES * TRIPLES; i++) {
      const struct rp_replica *home = history.held[i % NODES];
      const struct rp_replica *news = history.sent[below(&history, history.sent_count)];
      if (home == NULL || !home->whole || news->record->audience > home->record->audience)
        continue;
      struct rp_replica *told = rp_replica_copy(home), *joined = join(home, news);
      rp_replica_narrow(told);
      rp_replica_narrow(joined);
      struct rp_replica *there = join(told, news);
      assert_same(joined, there);
      tried++;
      rp_replica_free(told);
      rp_replica_free(joined);
      rp_replica_free(there);
    }
    history_fini(&history);
  }
  pool_fini(&pool);
  assert_true(tried >= rounds(ROUNDS));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(told_states__join_is_commutative),
      cmocka_unit_test(told_states__join_is_associative),
      cmocka_unit_test(told_states__join_is_idempotent),
      cmocka_unit_test(tampered_states__join_is_commutative),
      cmocka_unit_test(tampered_states__join_is_associative),
      cmocka_unit_test(tampered_states__join_is_idempotent),
      cmocka_unit_test(home_joined_then_told__as_told_then_joined),
  };
  return cmocka_run_group_tests_name("replica_laws", tests, NULL, NULL);
}
