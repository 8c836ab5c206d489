#include "engine_alone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bare_inserts.h"
#include "rapport/engine.h"
#include "rapport/rules_file.h"
#include "rapport/store.h"
#include "rapport/vec.h"

struct histories {
  RP_VEC(struct rp_history) list;
};

static void *copy(const void *items, size_t count, size_t size) {
  void *copied = rp_mem_zero(count, size);
  if (count > 0)
    memcpy(copied, items, count * size);
  return copied;
}
#define COPY(history, list, count) (history).list = copy((history).list, (history).count, sizeof *(history).list)

/* The journals of the bench have no holds, and of a customer only relationships. */
static bool add(void *data, const struct rp_store_dyad *dyad) {
  struct histories *histories = data;
  struct rp_history history = dyad->history;
  COPY(history, interactions, interaction_count);
  COPY(history, disclosures, disclosure_count);
  COPY(history, evaluations, evaluation_count);
  COPY(history, boundaries, boundary_count);
  COPY(history, promises, promise_count);
  COPY(history, incidents, incident_count);
  struct rp_history_account *account = copy(history.account, 1, sizeof *account);
  COPY(*account, relationships, relationship_count);
  history.account = account;
  *rp_vec_add(&histories->list) = history;
  return true;
}

static void history_fini(struct rp_history *history) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): `add` has made it
  struct rp_history_account *account = (struct rp_history_account *)(uintptr_t)history->account;
  free(account->relationships);
  free(account);
  free(history->interactions);
  free(history->disclosures);
  free(history->evaluations);
  free(history->boundaries);
  free(history->promises);
  free(history->incidents);
}

static void load(const char *path, struct histories *histories) {
  struct rp_clock clock = {0};
  struct rp_store_options options = {.read_only = true, .clock = &clock};
  struct rp_store *store;
  struct rp_err err;
  if (rp_store_open(path, &options, &store, &err) != RP_OK ||
      rp_store_each_dyad(store, add, histories, &err) != RP_OK) {
    fprintf(stderr, "bench: %s\n", err.text);
    exit(1);
  }
  rp_store_close(store);
}

double bench_engine_alone(const char *path, int64_t *events) {
  struct histories histories = {0};
  struct rp_rules rules;
  rp_rules_file_shipped(&rules);
  load(path, &histories);
  *events = 0;
  double start = bench_now();
  for (size_t i = 0; i < histories.list.count; i++) {
    struct rp_assessment assessment;
    rp_engine_assess(&histories.list.items[i], &rules, rp_date_from_civil(2026, 11, 22), &assessment);
    rp_assessment_fini(&assessment);
  }
  double seconds = bench_now() - start;
  for (size_t i = 0; i < histories.list.count; i++) {
    const struct rp_history *history = &histories.list.items[i];
    *events += (int64_t)(history->interaction_count + history->disclosure_count + history->evaluation_count +
                         history->promise_count + history->boundary_count + history->incident_count);
    history_fini(&histories.list.items[i]);
  }
  rp_vec_fini(&histories.list);
  rp_rules_fini(&rules);
  return seconds;
}
