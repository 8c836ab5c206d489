/* One line of a bundle: refused with a sentence, or a state that is written and read again as the same, and that a join
 * with itself leaves alone. */
#include <string.h>

#include "../../src/team/news.h"
#include "check.h"
#include "rapport/json.h"

#define LATEST (INT64_C(1800000000000) << 16)

static rp_status read_line(const char *text, size_t length, const struct news_nodes *nodes, struct rp_replica **out,
                           struct rp_err *err) {
  json_t *json = NULL;
  *out = NULL;
  if (rp_json_parse(text, length, &json, err) != RP_OK)
    return RP_EREFUSED;
  rp_status status = news_read(json, nodes, LATEST, out, err);
  json_decref(json);
  return status;
}

static void check_same(const struct rp_replica *a, const struct rp_replica *b) {
  struct rp_str left = {0}, right = {0};
  rp_replica_canonical(a, &left);
  rp_replica_canonical(b, &right);
  CHECK(strcmp(rp_str_text(&left), rp_str_text(&right)) == 0);
  rp_str_fini(&left);
  rp_str_fini(&right);
}

static void try_again(struct rp_replica *replica) {
  struct news_nodes nodes = {0};
  struct rp_str line = {0}, same = {0};
  struct rp_replica *again, *copy = rp_replica_copy(replica);
  news_write(replica, &nodes, &line);
  CHECK(read_line(line.data, line.length, &nodes, &again, NULL) == RP_OK);
  check_same(replica, again);
  news_write(again, &nodes, &same);
  CHECK(strcmp(line.data, same.data) == 0);
  CHECK(!rp_replica_join(replica, copy, NULL));
  CHECK(!rp_replica_join(replica, again, NULL));
  check_same(replica, copy);
  rp_replica_narrow(copy); /* it was narrow already */
  check_same(replica, copy);
  rp_replica_free(again);
  rp_replica_free(copy);
  rp_str_fini(&line);
  rp_str_fini(&same);
  rp_vec_fini(&nodes.ids);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct news_nodes nodes = {0};
  struct rp_replica *replica;
  struct rp_err err = {0};
  for (uint8_t i = 1; i <= 5; i++)
    *rp_vec_add(&nodes.ids) = (struct rp_id){.bytes = {i}};
  rp_status status = read_line((const char *)data, size, &nodes, &replica, &err);
  CHECK(status == RP_OK || (status == RP_EREFUSED && err.text[0] != '\0' && replica == NULL));
  if (status == RP_OK)
    try_again(replica);
  rp_replica_free(replica);
  rp_vec_fini(&nodes.ids);
  return 0;
}
