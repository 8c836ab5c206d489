/* Strings, arrays, and memory that cannot fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/mem.h"
#include "rapport/str.h"
#include "rapport/vec.h"

static void str__starts_empty(void **state) {
  (void)state;
  struct rp_str string = {0};
  assert_string_equal(rp_str_text(&string), "");
  rp_str_clear(&string);
  rp_str_cut(&string, 0);
  char *taken = rp_str_take(&string);
  assert_string_equal(taken, "");
  free(taken);
  rp_str_fini(&string);
  rp_str_fini(NULL);
}

static void str__grows_and_stays_terminated(void **state) {
  (void)state;
  struct rp_str string = {0};
  for (size_t i = 0; i < 5000; i++) {
    rp_str_addc(&string, (char)('a' + i % 26));
    assert_int_equal(string.length, i + 1);
    assert_int_equal(string.data[i + 1], '\0');
    assert_true(string.capacity > string.length);
  }
  for (size_t i = 0; i < 5000; i++)
    assert_int_equal(string.data[i], 'a' + (int)(i % 26));
  rp_str_fini(&string);
  assert_null(string.data);
  assert_int_equal(string.length, 0);
}

static void str__adds_every_kind(void **state) {
  (void)state;
  struct rp_str string = {0};
  rp_str_add(&string, "Mäki");
  rp_str_addn(&string, "nen\0x", 5);
  rp_str_fill(&string, '-', 3);
  rp_str_fill(&string, '-', 0);
  rp_str_addf(&string, "%s %d", "é", 42);
  assert_int_equal(string.length, 5 + 5 + 3 + 5);
  assert_memory_equal(string.data, "Mäkinen\0x---é 42", string.length + 1);
  rp_str_cut(&string, 4);
  assert_string_equal(rp_str_text(&string), "Mäk");
  size_t capacity = string.capacity;
  rp_str_clear(&string);
  assert_string_equal(rp_str_text(&string), "");
  assert_int_equal(string.capacity, capacity);
  rp_str_addn(&string, NULL, 0);
  assert_string_equal(rp_str_text(&string), "");
  rp_str_fini(&string);
}

static void str__formats_at_every_length_around_its_room(void **state) {
  (void)state;
  for (int length = 0; length < 200; length++) {
    struct rp_str string = {0};
    rp_str_add(&string, "x");
    rp_str_addf(&string, "%*s|", length, "");
    assert_int_equal(string.length, (size_t)length + 2);
    assert_int_equal(string.data[string.length - 1], '|');
    assert_int_equal(strlen(string.data), string.length);
    rp_str_fini(&string);
  }
}

static void str__take_hands_over(void **state) {
  (void)state;
  struct rp_str string = {0};
  rp_str_add(&string, "given");
  char *taken = rp_str_take(&string);
  assert_string_equal(taken, "given");
  assert_string_equal(rp_str_text(&string), "");
  rp_str_add(&string, "anew");
  assert_string_equal(taken, "given");
  free(taken);
  rp_str_fini(&string);
  char *formatted = rp_str_format("%s-%03d", "id", 7);
  assert_string_equal(formatted, "id-007");
  free(formatted);
}

static void str__equal_takes_null(void **state) {
  (void)state;
  assert_true(rp_str_equal("a", "a"));
  assert_false(rp_str_equal("a", "A"));
  assert_true(rp_str_equal(NULL, NULL));
  assert_false(rp_str_equal(NULL, ""));
  assert_false(rp_str_equal("", NULL));
}

static void vec__keeps_order_and_zeroes(void **state) {
  (void)state;
  struct pair {
    int key;
    const char *name;
  };
  RP_VEC(struct pair) pairs = {0};
  for (int i = 0; i < 1000; i++) {
    struct pair *pair = rp_vec_add(&pairs);
    assert_int_equal(pair->key, 0);
    assert_null(pair->name);
    *pair = (struct pair){.key = i + 1, .name = "x"};
  }
  assert_int_equal(pairs.count, 1000);
  for (int i = 0; i < 1000; i++)
    assert_int_equal(pairs.items[i].key, i + 1);
  rp_vec_clear(&pairs);
  assert_int_equal(pairs.count, 0);
  assert_int_equal(rp_vec_add(&pairs)->key, 0); /* zeroed although the memory was used before */
  rp_vec_fini(&pairs);
  assert_null(pairs.items);
  assert_int_equal(pairs.capacity, 0);
}

static void vec__removes_anywhere(void **state) {
  (void)state;
  for (size_t removed = 0; removed < 5; removed++) {
    RP_VEC(int) numbers = {0};
    for (int i = 0; i < 5; i++)
      *rp_vec_add(&numbers) = i;
    rp_vec_remove(&numbers, removed);
    assert_int_equal(numbers.count, 4);
    for (size_t i = 0; i < 4; i++)
      assert_int_equal(numbers.items[i], (int)(i < removed ? i : i + 1));
    rp_vec_fini(&numbers);
  }
}

static void mem__size_zero_can_be_freed(void **state) {
  (void)state;
  void *blocks[] = {rp_mem_alloc(0), rp_mem_zero(0, 8), rp_mem_zero(8, 0), rp_mem_grow(NULL, 0, 8)};
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
    assert_non_null(blocks[i]);
    free(blocks[i]);
  }
}

static void mem__copies_text(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t length;
    const char *copy;
  } rows[] = {{"Åke", 10, "Åke"}, {"abcdef", 3, "abc"}, {"abc", 0, ""}, {"a\0b", 3, "a"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *copy = rp_mem_textn(rows[i].text, rows[i].length);
    assert_string_equal(copy, rows[i].copy);
    free(copy);
  }
  char *copy = rp_mem_text("ÅKE");
  assert_string_equal(copy, "ÅKE");
  free(copy);
}

static int hook_pipe[2];

static void tell_hook(void) {
  if (write(hook_pipe[1], "h", 1) != 1)
    _exit(99);
  free(rp_mem_grow(NULL, SIZE_MAX, 2)); /* must end the program, not call the hook again */
}

static void grow_too_far(void) {
  free(rp_mem_grow(NULL, SIZE_MAX, 2));
}

static void fill_too_far(void) {
  struct rp_str string = {0};
  rp_str_fill(&string, 'x', SIZE_MAX - 1);
}

static void mem__exhaustion_calls_the_hook_once_and_exits_5(void **state) {
  (void)state;
  static void (*const ways[])(void) = {grow_too_far, fill_too_far, rp_mem_exhausted};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    assert_int_equal(pipe(hook_pipe), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      if (freopen("/dev/null", "w", stderr) == NULL)
        _exit(98);
      rp_mem_on_exhausted(tell_hook);
      ways[i]();
      _exit(97);
    }
    close(hook_pipe[1]);
    char calls[4];
    ssize_t count = read(hook_pipe[0], calls, sizeof calls);
    close(hook_pipe[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 5);
    assert_int_equal(count, 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(str__starts_empty),
      cmocka_unit_test(str__grows_and_stays_terminated),
      cmocka_unit_test(str__adds_every_kind),
      cmocka_unit_test(str__formats_at_every_length_around_its_room),
      cmocka_unit_test(str__take_hands_over),
      cmocka_unit_test(str__equal_takes_null),
      cmocka_unit_test(vec__keeps_order_and_zeroes),
      cmocka_unit_test(vec__removes_anywhere),
      cmocka_unit_test(mem__size_zero_can_be_freed),
      cmocka_unit_test(mem__copies_text),
      cmocka_unit_test(mem__exhaustion_calls_the_hook_once_and_exits_5),
  };
  return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
