#include "review.h"

#include <stdio.h>
#include <stdlib.h>

#include "rapport/jsonl.h"
#include "rapport/roster.h"
#include "rapport/vec.h"

enum { SALESPEOPLE = 50, AT_A_COMPANY = 5, MEETINGS = 3 };

static void need(rp_status status, const struct rp_err *err) {
  if (status == RP_OK)
    return;
  fprintf(stderr, "bench: %s\n", err->text);
  exit(1);
}

/* What is shared of a relationship: the two of them, meetings, a word on business from both, a promise of some. */
static void write_relationship(FILE *file, int n) {
  int salesperson = n % SALESPEOPLE, month = n % 10 + 1;
  fprintf(file, "{\"type\":\"contact\",\"id\":\"p%d\",\"name\":\"Asiakas %d\",\"customer\":\"c%d\"%s}\n", n, n,
          n / AT_A_COMPANY, n % 7 == 0 ? ",\"role\":\"decision_maker\"" : "");
  fprintf(file, "{\"type\":\"relationship\",\"id\":\"r%d\",\"salesperson\":\"s%d\",\"contact\":\"p%d\"}\n", n,
          salesperson, n);
  for (int i = 0; i < MEETINGS; i++)
    fprintf(
        file,
        "{\"type\":\"interaction\",\"id\":\"i%d-%d\",\"at\":\"2026-%02d-%02d\",\"channel\":\"meeting\",\"contacts\":"
        "[\"p%d\"],\"salespeople\":[\"s%d\"]}\n",
        n, i, month, 5 + i * 7, n, salesperson);
  for (int i = 0; i < 2; i++)
    fprintf(
        file,
        "{\"type\":\"disclosure\",\"id\":\"d%d-%d\",\"relationship\":\"r%d\",\"date\":\"2026-%02d-05\",\"discloser\":"
        "\"%s\",\"domain\":\"business\",\"layer\":1}\n",
        n, i, n, month, i == 0 ? "salesperson" : "customer");
  if (n % 20 == 0)
    fprintf(
        file,
        "{\"type\":\"promise\",\"id\":\"m%d\",\"relationship\":\"r%d\",\"by\":\"salesperson\",\"made\":\"2026-%02d-05\","
        "\"due\":\"2026-11-%02d\",\"text\":\"Tarjous\"}\n",
        n, n, month, n % 28 + 1);
}

static void fill(struct rp_store *store, int relationships) {
  struct rp_err err;
  struct rp_jsonl_counts counts;
  struct rp_jsonl_options options = {0};
  FILE *file = tmpfile();
  fputs("{\"format\":\"rapport-journal\",\"version\":1,\"source\":\"team\"}\n", file);
  for (int i = 0; i < SALESPEOPLE; i++)
    fprintf(file, "{\"type\":\"salesperson\",\"id\":\"s%d\",\"name\":\"Myyjä %d\"}\n", i, i);
  for (int i = 0; i <= relationships / AT_A_COMPANY; i++)
    fprintf(file, "{\"type\":\"customer\",\"id\":\"c%d\",\"name\":\"Yritys %d Oy\",\"tier\":\"B\"}\n", i, i);
  for (int i = 0; i < relationships; i++)
    write_relationship(file, i);
  rewind(file);
  need(rp_jsonl_import(store, file, "team", &options, &counts, &err), &err);
  fclose(file);
}

struct ids {
  RP_VEC(struct rp_id) items;
};

static bool take(void *data, const struct rp_store_relationship *relationship) {
  *rp_vec_add(&((struct ids *)data)->items) = relationship->id;
  return true;
}

/* Of each another stage, direction and last contact, by the journals of others. */
static void conclude(struct rp_store *store) {
  static const char *const directions[] = {"steady", "deepening", "fading"};
  struct rp_err err;
  struct ids ids = {0};
  need(rp_store_each_relationship(store, take, &ids, &err), &err);
  need(rp_store_begin(store, NULL, &err), &err);
  for (size_t i = 0; i < ids.items.count; i++) {
    int stage = (int)(i % 4), business = stage == 0 ? 0 : stage;
    struct rp_dot dot;
    bool changed;
    need(rp_store_tick(store, &dot, &err), &err);
    dot.node.bytes[15] ^= (uint8_t)(i % SALESPEOPLE + 1);
    struct rp_str says = {0};
    rp_str_addf(
        &says,
        "{\"stage\":%d,\"since\":\"2026-0%zu-05\",\"status\":\"active\",\"direction\":\"%s\",\"depth\":{\"business\":"
        "{\"salesperson\":%d,\"customer\":%d},\"self\":%d},\"ceiling\":{\"business\":3,\"self\":%zu},"
        "\"last_two_way\":\"2026-%02zu-12\",\"changes\":[",
        stage, i % 9 + 1, directions[i % 3], business, i % 11 == 0 ? 3 : business, stage, i % 5 == 0 ? 1 : (size_t)3,
        i % 11 + 1);
    for (int step = 0; step < stage; step++)
      rp_str_addf(&says, "%s{\"date\":\"202%d-0%zu-05\",\"from\":%d,\"to\":%d,\"rule\":\"U%d\"}", step > 0 ? "," : "",
                  6 - (stage - 1 - step), i % 9 + 1, step, step + 1, step + 1);
    rp_str_add(&says, "]}");
    need(rp_store_conclusion_put(store, &ids.items.items[i], &dot, rp_str_text(&says), &changed, &err), &err);
    rp_str_fini(&says);
  }
  need(rp_store_commit(store, &err), &err);
  rp_vec_fini(&ids.items);
}

void bench_make_team_file(const char *path, int relationships) {
  struct rp_err err;
  struct rp_clock clock;
  struct rp_store *store;
  need(rp_clock_init(&clock, &err), &err);
  struct rp_store_options options = {.clock = &clock, .create = true};
  need(rp_store_open(path, &options, &store, &err), &err);
  need(rp_team_create(store, "Konepajat", "Johtaja", &err), &err);
  fill(store, relationships);
  conclude(store);
  rp_store_close(store);
}
