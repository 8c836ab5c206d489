/* The interface with some records, for the tests of forms: a window of 120x60 that is made anew for each. */
#ifndef FORM_WORLD_H
#define FORM_WORLD_H

#include "app_world.h"

extern struct app_world world;
#define FORM_TEST(name) cmocka_unit_test_setup_teardown(name, form_set_up, form_tear_down)
int form_set_up(void **state);
int form_tear_down(void **state);
int64_t form_count(enum rp_type type);

#endif
