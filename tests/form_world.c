#include "form_world.h"

static const char *const lines[] = {
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-10-03\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Plant visit\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-10-20\",\"channel\":\"video\",\"contacts\":[\"p2\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Drawings, line 2\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-10-03\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\",\"text\":\"Old actuators\",\"interaction\":\"i1\"}",
    "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the offer\","
    "\"made\":\"2026-10-03\",\"due\":\"2026-11-20\"}",
    "{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"business\",\"code\":\"trade_fairs\",\"label\":\"Messut, "
    "näyttelyt\"}",
    NULL,
};

struct app_world world;

int form_set_up(void **state) {
  (void)state;
  app_world_init(&world, lines, 120, 60);
  return 0;
}

int form_tear_down(void **state) {
  (void)state;
  app_world_fini(&world);
  return 0;
}

int64_t form_count(enum rp_type type) {
  return world_count(world.journal.base.store, type);
}
