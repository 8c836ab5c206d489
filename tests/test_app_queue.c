/* What waits to be carried out: which goes first, what is dropped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../src/app/queue.h"

static void add(struct queue *queue, enum request_kind kind, uint64_t screen, const char *text) {
  struct request request = {.kind = kind, .screen = screen, .text = text == NULL ? NULL : rp_mem_text(text)};
  queue_add(queue, &request);
  assert_null(request.text); /* taken over */
}

/* The next one is this. */
static void assert_next(struct queue *queue, bool concluded, enum request_kind kind, uint64_t screen) {
  struct request request;
  bool left;
  assert_true(queue_take(queue, concluded, &request, &left));
  assert_int_equal(request.kind, kind);
  assert_int_equal(request.screen, screen);
  request_fini(&request);
}

static void assert_none(struct queue *queue, bool concluded, bool wanted_left) {
  struct request request;
  bool left;
  assert_false(queue_take(queue, concluded, &request, &left));
  assert_int_equal(left, wanted_left);
}

static void take__what_a_key_waits_for_goes_first(void **state) {
  (void)state;
  struct queue queue = {0};
  add(&queue, REQUEST_PEOPLE, 1, NULL);
  add(&queue, REQUEST_PEOPLE_NAMES, 1, NULL);
  add(&queue, REQUEST_TIMELINE_AHEAD, 2, NULL);
  add(&queue, REQUEST_SAVE, 3, "a");
  add(&queue, REQUEST_BRIEF, 1, NULL);
  add(&queue, REQUEST_SAVE, 3, "b"); /* each is kept */
  assert_next(&queue, false, REQUEST_SAVE, 3);
  assert_next(&queue, false, REQUEST_BRIEF, 1);
  assert_next(&queue, false, REQUEST_SAVE, 3);
  assert_next(&queue, false, REQUEST_PEOPLE_NAMES, 1);
  assert_next(&queue, false, REQUEST_TIMELINE_AHEAD, 2);
  assert_none(&queue, false, true);
  assert_next(&queue, true, REQUEST_PEOPLE, 1);
  assert_none(&queue, true, false);
  queue_fini(&queue);
}

static void add__a_newer_one_takes_the_place_of_an_older(void **state) {
  (void)state;
  struct queue queue = {0};
  struct request request;
  bool left;
  add(&queue, REQUEST_SEARCH, 1, "s");
  add(&queue, REQUEST_SEARCH, 2, "of another screen");
  add(&queue, REQUEST_SEARCH, 1, "sä");
  assert_true(queue_take(&queue, false, &request, &left));
  assert_string_equal(request.text, "sä");
  request_fini(&request);
  assert_next(&queue, false, REQUEST_SEARCH, 2);
  assert_none(&queue, false, false);
  queue_fini(&queue);
}

static void ask__whether_anybody_still_waits(void **state) {
  (void)state;
  static const struct {
    enum request_kind runs, comes;
    uint64_t screen; /* that asks for what comes; 1 asked for what runs */
    enum queue_verdict verdict;
  } cases[] = {
      /* A newer one of its kind. */
      {REQUEST_PERSON, REQUEST_PERSON, 1, QUEUE_DROP},
      {REQUEST_PERSON, REQUEST_PERSON, 2, QUEUE_GO_ON},
      {REQUEST_TIMELINE_AHEAD, REQUEST_TIMELINE_AHEAD, 1, QUEUE_DROP},
      {REQUEST_THEMES, REQUEST_THEMES, 1, QUEUE_GO_ON},
      /* What a key waits for. */
      {REQUEST_PEOPLE, REQUEST_BRIEF, 1, QUEUE_GIVE_WAY},
      {REQUEST_PEOPLE, REQUEST_PEOPLE_NAMES, 2, QUEUE_GIVE_WAY},
      {REQUEST_PEOPLE_NAMES, REQUEST_PERSON, 2, QUEUE_GIVE_WAY},
      {REQUEST_TIMELINE_AHEAD, REQUEST_BRIEF, 1, QUEUE_GIVE_WAY},
      {REQUEST_PEOPLE_NAMES, REQUEST_SAVE, 2, QUEUE_GIVE_WAY},
      {REQUEST_PERSON, REQUEST_PEOPLE, 2, QUEUE_GO_ON},
      {REQUEST_PERSON, REQUEST_BRIEF, 2, QUEUE_GO_ON},
      {REQUEST_PEOPLE_NAMES, REQUEST_CUSTOMERS_NAMES, 2, QUEUE_GO_ON},
      /* What is to be kept. */
      {REQUEST_SAVE, REQUEST_BRIEF, 2, QUEUE_GO_ON},
      {REQUEST_DRAFT, REQUEST_DRAFT, 1, QUEUE_GO_ON},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct queue queue = {0};
    add(&queue, cases[i].runs, 1, NULL);
    assert_next(&queue, true, cases[i].runs, 1);
    assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
    add(&queue, cases[i].comes, cases[i].screen, NULL);
    assert_int_equal(queue_ask(&queue), cases[i].verdict);
    queue_fini(&queue);
  }
}

static void leave__drops_what_a_closed_screen_has_asked(void **state) {
  (void)state;
  struct queue queue = {0};
  add(&queue, REQUEST_PERSON, 5, NULL);
  assert_next(&queue, false, REQUEST_PERSON, 5);
  add(&queue, REQUEST_BRIEF, 5, NULL);
  add(&queue, REQUEST_DRAFT, 5, "kept");
  add(&queue, REQUEST_BRIEF, 6, NULL);
  queue_leave(&queue, 7);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  queue_leave(&queue, 5);
  assert_int_equal(queue_ask(&queue), QUEUE_DROP);
  assert_next(&queue, false, REQUEST_DRAFT, 5);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  queue_leave(&queue, 5); /* a draft is kept all the same */
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  assert_next(&queue, false, REQUEST_BRIEF, 6);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON); /* it is another screen's */
  assert_none(&queue, true, false);
  queue_fini(&queue);
}

static void put_back__unless_nobody_waits(void **state) {
  (void)state;
  enum { AGAIN, NEWER, LEFT, HOWS };
  for (int how = 0; how < HOWS; how++) {
    struct queue queue = {0};
    struct request request;
    bool left;
    add(&queue, REQUEST_PEOPLE, 1, "old");
    assert_true(queue_take(&queue, true, &request, &left));
    add(&queue, REQUEST_BRIEF, 2, NULL);
    assert_int_equal(queue_ask(&queue), QUEUE_GIVE_WAY);
    if (how == NEWER)
      add(&queue, REQUEST_PEOPLE, 1, "new");
    if (how == LEFT)
      queue_leave(&queue, 1);
    queue_put_back(&queue, &request);
    request_fini(&request);
    assert_next(&queue, true, REQUEST_BRIEF, 2);
    bool found = queue_take(&queue, true, &request, &left);
    assert_int_equal(found, how != LEFT);
    if (found) {
      assert_string_equal(request.text, how == NEWER ? "new" : "old");
      request_fini(&request);
    }
    assert_none(&queue, true, false);
    queue_fini(&queue);
  }
}

static void stopping__only_what_is_kept_is_carried_out(void **state) {
  (void)state;
  struct queue queue = {0};
  add(&queue, REQUEST_PERSON, 1, NULL);
  assert_next(&queue, false, REQUEST_PERSON, 1);
  add(&queue, REQUEST_BRIEF, 1, NULL);
  add(&queue, REQUEST_PEOPLE, 1, NULL);
  add(&queue, REQUEST_SAVE, 1, NULL);
  queue.stopping = true;
  assert_int_equal(queue_ask(&queue), QUEUE_DROP);
  assert_next(&queue, false, REQUEST_SAVE, 1);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  assert_none(&queue, true, false);
  queue_fini(&queue);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(take__what_a_key_waits_for_goes_first),
      cmocka_unit_test(add__a_newer_one_takes_the_place_of_an_older),
      cmocka_unit_test(ask__whether_anybody_still_waits),
      cmocka_unit_test(leave__drops_what_a_closed_screen_has_asked),
      cmocka_unit_test(put_back__unless_nobody_waits),
      cmocka_unit_test(stopping__only_what_is_kept_is_carried_out),
  };
  return cmocka_run_group_tests_name("app_queue", tests, NULL, NULL);
}
