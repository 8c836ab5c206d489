#include "find_world.h"

#include <stdlib.h>

const char *const find_lines[] = {
    "{\"type\":\"customer\",\"id\":\"c3\",\"name\":\"Lohja Steel\",\"tier\":\"A\",\"country\":\"Finland\","
    "\"industry\":\"Steel, heavy\",\"tags\":[\"OEM\",\"big one\"]}",
    "{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Liisa Aho\",\"customer\":\"c3\",\"role\":\"decision_maker\","
    "\"birthday\":\"--05-04\",\"tags\":[\"VIP\"],\"title\":\"purchasing director\"}",
    "{\"type\":\"contact\",\"id\":\"p5\",\"name\":\"Oona Objekti\",\"customer\":\"c3\",\"objected\":true}",
    "{\"type\":\"relationship\",\"id\":\"r4\",\"salesperson\":\"s1\",\"contact\":\"p4\",\"tier\":\"C\","
    "\"override\":{\"stage\":\"collaborative_partner\",\"reason\":\"years\",\"date\":\"2026-01-01\"}}",
    "{\"type\":\"relationship\",\"id\":\"r5\",\"salesperson\":\"s1\",\"contact\":\"p5\"}",
    "{\"type\":\"relationship\",\"id\":\"r6\",\"salesperson\":\"s2\",\"contact\":\"p2\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-20\",\"channel\":\"video\",\"contacts\":[\"p1\",\"p4\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Budget round opens in January. Sähköposti åäö\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-03-01\",\"channel\":\"phone\",\"contacts\":[\"p3\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"sailing season\"}",
    "{\"type\":\"interaction\",\"id\":\"i3\",\"at\":\"2026-11-19T10:00\",\"channel\":\"email\",\"contacts\":[\"p5\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"they object\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-11-20\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\",\"text\":\"budget for actuators\",\"audience\":\"team\"}",
    "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2026-11-20\",\"discloser\":"
    "\"salesperson\","
    "\"domain\":\"business\",\"layer\":1,\"text\":\"our roadmap\"}",
    "{\"type\":\"disclosure\",\"id\":\"d3\",\"relationship\":\"r4\",\"date\":\"2026-11-18\",\"discloser\":\"customer\","
    "\"domain\":\"self\",\"layer\":2,\"topic\":\"hobbies\",\"text\":\"has started sailing\"}",
    "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the offer\","
    "\"made\":\"2026-11-10\",\"due\":\"2026-11-20\"}",
    "{\"type\":\"promise\",\"id\":\"o2\",\"relationship\":\"r4\",\"by\":\"customer\",\"text\":\"drawings\","
    "\"made\":\"2026-11-10\",\"due\":\"2026-12-20\"}",
    "{\"type\":\"promise\",\"id\":\"o3\",\"relationship\":\"r3\",\"by\":\"salesperson\",\"text\":\"call\","
    "\"made\":\"2026-11-10\",\"due\":\"2026-11-12\",\"settled\":\"2026-11-12\",\"settled_how\":\"kept\"}",
    "{\"type\":\"promise\",\"id\":\"o4\",\"relationship\":\"r3\",\"by\":\"salesperson\",\"kind\":\"question\",\"text\":"
    "\"which seals\",\"made\":\"2026-11-10\",\"due\":\"2026-11-12\"}",
    "{\"type\":\"next_step\",\"id\":\"t1\",\"relationship\":\"r1\",\"text\":\"prepare\",\"due\":\"2026-11-21\"}",
    "{\"type\":\"next_step\",\"id\":\"t2\",\"relationship\":\"r4\",\"text\":\"old\",\"due\":\"2026-11-01\","
    "\"done\":\"2026-11-01\"}",
    "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\","
    "\"max_layer\":1,\"reason\":\"strict_privacy\",\"from\":\"2026-01-12\"}",
    "{\"type\":\"boundary\",\"id\":\"b2\",\"relationship\":\"r4\",\"owner\":\"salesperson\",\"domain\":\"business\","
    "\"max_layer\":2,\"reason\":\"law\",\"from\":\"2026-01-12\"}",
    "{\"type\":\"boundary\",\"id\":\"b3\",\"relationship\":\"r3\",\"owner\":\"salesperson\",\"domain\":\"self\","
    "\"max_layer\":2,\"reason\":\"law\",\"from\":\"2026-01-12\",\"until\":\"2026-02-01\"}",
    "{\"type\":\"incident\",\"id\":\"n1\",\"relationship\":\"r4\",\"date\":\"2026-02-02\",\"kind\":\"conflict\","
    "\"serious\":true,\"repaired\":\"2026-02-05\"}",
    "{\"type\":\"incident\",\"id\":\"n2\",\"relationship\":\"r3\",\"date\":\"2026-02-02\",\"kind\":\"payment\","
    "\"serious\":false}",
    "{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r1\",\"date\":\"2026-11-20\",\"viewpoint\":\"own\","
    "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}]}",
    "{\"type\":\"evaluation\",\"id\":\"e2\",\"relationship\":\"r3\",\"date\":\"2026-01-20\",\"viewpoint\":\"own\","
    "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}]}",
    "{\"type\":\"offer_note\",\"id\":\"f1\",\"customer\":\"c3\",\"date\":\"2026-11-17\",\"channel\":\"email\","
    "\"by\":\"Anna\",\"subject\":\"line 2\",\"value\":\"12 €\"}",
    NULL};

bool find_add_title(void *data, const struct rp_row *row, const struct rp_record *record) {
  struct rp_str *out = data;
  assert_true(rp_id_equal(&row->id, &record->id));
  rp_str_addf(out, "%s%s", out->length > 0 ? ", " : "", row->title);
  return true;
}

char *find_list(struct journal_world *world, enum rp_type type, const char *filter) {
  struct rp_str found = {0};
  struct rp_err err = {0};
  if (rp_journal_list(world->journal, type, filter, 0, find_add_title, &found, &err) != RP_OK)
    fail_msg("%s: %s", filter, err.text);
  return rp_str_take(&found);
}

char *find_search(struct journal_world *world, const char *filter, long limit) {
  struct rp_str found = {0};
  struct rp_err err = {0};
  if (rp_journal_search(world->journal, filter, limit, find_add_title, &found, &err) != RP_OK)
    fail_msg("%s: %s", filter, err.text);
  return rp_str_take(&found);
}

void find_put_many(struct journal_world *world) {
  assert_ok(rp_store_begin(world->base.store, "many", err));
  for (int i = 0; i < FIND_MANY; i++) {
    char *line = rp_str_format("{\"type\":\"contact\",\"id\":\"x%d\",\"name\":\"Testi %04d\",\"customer\":\"c%d\"}", i,
                               i, i % 3 + 1);
    char *dyad = rp_str_format("{\"type\":\"relationship\",\"id\":\"y%d\",\"salesperson\":\"s%d\",\"contact\":\"x%d\","
                               "\"tier\":\"%c\"}",
                               i, i % 2 + 1, i, 'A' + i % 3);
    const char *const both[] = {line, dyad};
    for (int j = 0; j < 2; j++) {
      struct rp_record *record = world_line(both[j]);
      assert_ok(rp_store_put(world->base.store, record, 0, err));
      rp_record_free(record);
    }
    free(line);
    free(dyad);
  }
  assert_ok(rp_store_commit(world->base.store, err));
}
