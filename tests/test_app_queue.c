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

enum { NOTHING = 0, NAMES = REQUEST_NAMED, ALL = REQUEST_NAMED | REQUEST_CONCLUDED };

/* The next one is this. */
static void assert_next(struct queue *queue, unsigned ready, enum request_kind kind, uint64_t screen) {
  struct request request;
  unsigned needed;
  assert_true(queue_take(queue, ready, &request, &needed));
  assert_int_equal(request.kind, kind);
  assert_int_equal(request.screen, screen);
  request_fini(&request);
}

static void assert_none(struct queue *queue, unsigned ready, unsigned wanted) {
  struct request request;
  unsigned needed;
  assert_false(queue_take(queue, ready, &request, &needed));
  assert_int_equal(needed, wanted);
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
  assert_next(&queue, NAMES, REQUEST_SAVE, 3);
  assert_next(&queue, NAMES, REQUEST_BRIEF, 1);
  assert_next(&queue, NAMES, REQUEST_SAVE, 3);
  assert_next(&queue, NAMES, REQUEST_PEOPLE_NAMES, 1);
  assert_next(&queue, NAMES, REQUEST_TIMELINE_AHEAD, 2);
  assert_none(&queue, NAMES, REQUEST_CONCLUDED);
  assert_next(&queue, ALL, REQUEST_PEOPLE, 1);
  assert_none(&queue, ALL, 0);
  queue_fini(&queue);
}

static void take__what_needs_the_names_waits_for_them(void **state) {
  (void)state;
  struct queue queue = {0};
  add(&queue, REQUEST_PREVIEW, 1, "a note");
  add(&queue, REQUEST_PEOPLE_NAMES, 2, NULL);
  add(&queue, REQUEST_SEARCH, 3, "maija");
  queue.waiting.items[2].named = true;
  add(&queue, REQUEST_TIMELINE_AHEAD, 4, NULL);
  add(&queue, REQUEST_PERSON, 4, NULL);
  assert_next(&queue, NOTHING, REQUEST_PERSON, 4);
  assert_next(&queue, NOTHING, REQUEST_TIMELINE_AHEAD, 4);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON); /* they could not go before it */
  assert_none(&queue, NOTHING, REQUEST_NAMED);
  add(&queue, REQUEST_PEOPLE, 2, NULL);
  assert_none(&queue, NOTHING, ALL);
  assert_next(&queue, NAMES, REQUEST_PREVIEW, 1);
  assert_next(&queue, NAMES, REQUEST_SEARCH, 3);
  assert_next(&queue, NAMES, REQUEST_PEOPLE_NAMES, 2);
  assert_none(&queue, NAMES, REQUEST_CONCLUDED);
  assert_next(&queue, ALL, REQUEST_PEOPLE, 2);
  queue_fini(&queue);
}

static void put_back__what_waits_for_the_names_gives_its_place_up(void **state) {
  (void)state;
  struct queue queue = {0};
  struct request rest = {.kind = REQUEST_SEARCH, .screen = 1, .text = rp_mem_text("m"), .named = true};
  struct request request;
  unsigned needed;
  add(&queue, REQUEST_SEARCH, 1, "m");
  assert_next(&queue, NOTHING, REQUEST_SEARCH, 1);
  queue_put_back(&queue, &rest);
  request_fini(&rest);
  assert_none(&queue, NOTHING, REQUEST_NAMED);
  add(&queue, REQUEST_SEARCH, 1, "ma"); /* typed meanwhile: told at once again */
  assert_true(queue_take(&queue, NOTHING, &request, &needed));
  assert_string_equal(request.text, "ma");
  request_fini(&request);
  assert_none(&queue, ALL, 0);
  queue_fini(&queue);
}

static void add__a_newer_one_takes_the_place_of_an_older(void **state) {
  (void)state;
  struct queue queue = {0};
  struct request request;
  unsigned needed;
  add(&queue, REQUEST_SEARCH, 1, "s");
  add(&queue, REQUEST_SEARCH, 2, "of another screen");
  add(&queue, REQUEST_SEARCH, 1, "sä");
  assert_true(queue_take(&queue, NAMES, &request, &needed));
  assert_string_equal(request.text, "sä");
  request_fini(&request);
  assert_next(&queue, NAMES, REQUEST_SEARCH, 2);
  assert_none(&queue, NAMES, 0);
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
    assert_next(&queue, ALL, cases[i].runs, 1);
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
  assert_next(&queue, NAMES, REQUEST_PERSON, 5);
  add(&queue, REQUEST_BRIEF, 5, NULL);
  add(&queue, REQUEST_DRAFT, 5, "kept");
  add(&queue, REQUEST_BRIEF, 6, NULL);
  queue_leave(&queue, 7);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  queue_leave(&queue, 5);
  assert_int_equal(queue_ask(&queue), QUEUE_DROP);
  assert_next(&queue, NAMES, REQUEST_DRAFT, 5);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  queue_leave(&queue, 5); /* a draft is kept all the same */
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  assert_next(&queue, NAMES, REQUEST_BRIEF, 6);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON); /* it is another screen's */
  assert_none(&queue, ALL, 0);
  queue_fini(&queue);
}

static void put_back__unless_nobody_waits(void **state) {
  (void)state;
  enum { AGAIN, NEWER, LEFT, HOWS };
  for (int how = 0; how < HOWS; how++) {
    struct queue queue = {0};
    struct request request;
    unsigned needed;
    add(&queue, REQUEST_PEOPLE, 1, "old");
    assert_true(queue_take(&queue, ALL, &request, &needed));
    add(&queue, REQUEST_BRIEF, 2, NULL);
    assert_int_equal(queue_ask(&queue), QUEUE_GIVE_WAY);
    if (how == NEWER)
      add(&queue, REQUEST_PEOPLE, 1, "new");
    if (how == LEFT)
      queue_leave(&queue, 1);
    queue_put_back(&queue, &request);
    request_fini(&request);
    assert_next(&queue, ALL, REQUEST_BRIEF, 2);
    bool found = queue_take(&queue, ALL, &request, &needed);
    assert_int_equal(found, how != LEFT);
    if (found) {
      assert_string_equal(request.text, how == NEWER ? "new" : "old");
      request_fini(&request);
    }
    assert_none(&queue, ALL, 0);
    queue_fini(&queue);
  }
}

static void stopping__only_what_is_kept_is_carried_out(void **state) {
  (void)state;
  struct queue queue = {0};
  add(&queue, REQUEST_PERSON, 1, NULL);
  assert_next(&queue, NAMES, REQUEST_PERSON, 1);
  add(&queue, REQUEST_BRIEF, 1, NULL);
  add(&queue, REQUEST_PEOPLE, 1, NULL);
  add(&queue, REQUEST_SAVE, 1, NULL);
  queue.stopping = true;
  assert_int_equal(queue_ask(&queue), QUEUE_DROP);
  assert_next(&queue, NAMES, REQUEST_SAVE, 1);
  assert_int_equal(queue_ask(&queue), QUEUE_GO_ON);
  assert_none(&queue, ALL, 0);
  queue_fini(&queue);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(take__what_a_key_waits_for_goes_first),
      cmocka_unit_test(take__what_needs_the_names_waits_for_them),
      cmocka_unit_test(put_back__what_waits_for_the_names_gives_its_place_up),
      cmocka_unit_test(add__a_newer_one_takes_the_place_of_an_older),
      cmocka_unit_test(ask__whether_anybody_still_waits),
      cmocka_unit_test(leave__drops_what_a_closed_screen_has_asked),
      cmocka_unit_test(put_back__unless_nobody_waits),
      cmocka_unit_test(stopping__only_what_is_kept_is_carried_out),
  };
  return cmocka_run_group_tests_name("app_queue", tests, NULL, NULL);
}
