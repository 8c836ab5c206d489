#include "own_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/mem.h"

void own_rules(struct rp_rules *own, const char *when, enum rp_asks_how how, int domain, int layer) {
  rp_rules_init(own);
  own->suggestions = rp_mem_zero(1, sizeof *own->suggestions);
  own->suggestion_count = 1;
  struct rp_suggestion *suggestion = &own->suggestions[0];
  *suggestion = (struct rp_suggestion){
      .id = rp_mem_text("X1"),
      .when = {.kind = RP_CONDITION_ALL, .parts = rp_mem_zero(1, sizeof(struct rp_condition)), .part_count = 1},
      .text = rp_mem_text("Käy kylässä"),
      .source = rp_mem_text("OWN"),
      .kind = rp_mem_text("depth"),
      .asks = how,
      .asks_domain = domain,
      .asks_layer = layer,
  };
  assert_int_equal(rp_condition_parse(when, strlen(when), &suggestion->when.parts[0], NULL), RP_OK);
}
