/* JSON: strict in, one compact line out. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/json.h"

static void parse__round_trips_compact_lines(void **state) {
  (void)state;
  static const char *const rows[] = {
      "{\"b\":1,\"a\":\"ä\",\"c\":[true,false,null,-2,2.5]}", /* order kept */
      "{}",
      "[]",
      "\"😀 \\u0001 \\\"\\\\ \\n\"",
      "null",
      "9223372036854775807",
      "[0.4,0.1,-2.0,1e22,0.3333333333333333,4.94065645841247e-324,1.7976931348623157e308]",
      "{\"x\\n\":[{\"y\":0.5},\"ä\",null,true]}",
      "{\"x\":{\"y\":[[{}]]}}",
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    json_t *value = NULL;
    struct rp_err err;
    struct rp_str line = {0};
    assert_int_equal(rp_json_parse(rows[i], strlen(rows[i]), &value, &err), RP_OK);
    rp_json_add(&line, value);
    assert_string_equal(rp_str_text(&line), rows[i]);
    rp_str_fini(&line);
    json_decref(value);
  }
}

static void parse__refuses_with_position(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t length; /* 0: all of it */
    unsigned line;
    const char *source;
  } rows[] = {
      {"", 0, 1, ""},
      {"{\"a\":1", 0, 1, "{\"a\":1"},
      {"{\"a\":1}x", 0, 1, "{\"a\":1}x"},
      {"{\"a\":1,\"a\":2}", 0, 1, "{\"a\":1,\"a\":2}"},
      {"{\n \"a\": tru\n}", 0, 2, " \"a\": tru"},
      {"{'a':1}", 0, 1, "{'a':1}"},
      {"[1,]", 0, 1, "[1,]"},
      {"[01]", 0, 1, "[01]"},
      {"[NaN]", 0, 1, "[NaN]"},
      {"[1e999]", 0, 1, "[1e999]"},
      {"[9223372036854775808]", 0, 1, "[9223372036854775808]"},
      {"\"\xff\"", 0, 1, "\"\ufffd\""},
      {"\"\xed\xa0\x80\"", 0, 1, "\"\ufffd\ufffd\ufffd\""},
      {"\"\\ud800\"", 0, 1, "\"\\ud800\""},
      {"\"a\\u0000b\"", 0, 1, "\"a\\u0000b\""},
      {"\"a\nb\"", 0, 1, "\"a"},
      {"{}\0{}", 5, 1, "{}␀{}"},
      {"\"\u202e", 0, 1, "\"\ufffd"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    json_t *value = NULL;
    struct rp_err err = {0};
    size_t length = rows[i].length > 0 ? rows[i].length : strlen(rows[i].text);
    assert_int_equal(rp_json_parse(rows[i].text, length, &value, &err), RP_EREFUSED);
    assert_null(value);
    assert_int_equal(err.code, RP_EREFUSED);
    assert_int_equal(err.line, rows[i].line);
    assert_true(err.column >= 1);
    assert_string_equal(err.source, rows[i].source);
    assert_non_null(strstr(err.text, "not valid JSON"));
    assert_null(strpbrk(err.text, "\x1b\n"));
    assert_int_equal(rp_json_parse(rows[i].text, length, &value, NULL), RP_EREFUSED);
  }
}

static void parse__refuses_what_nests_without_end(void **state) {
  (void)state;
  struct rp_str deep = {0};
  rp_str_fill(&deep, '[', 1000000);
  json_t *value = NULL;
  struct rp_err err;
  assert_int_equal(rp_json_parse(rp_str_text(&deep), deep.length, &value, &err), RP_EREFUSED);
  assert_null(value);
  rp_str_fini(&deep);
}

static void parse__reads_no_further_than_the_length(void **state) {
  (void)state;
  json_t *value = NULL;
  assert_int_equal(rp_json_parse("[1]garbage", 3, &value, NULL), RP_OK);
  assert_int_equal(json_array_size(value), 1);
  json_decref(value);
}

static void set__keeps_order_and_nulls(void **state) {
  (void)state;
  json_t *object = json_object();
  rp_json_set_text(object, "name", "Öberg\t\"x\"\x7f");
  rp_json_set_text(object, "email", NULL);
  rp_json_set(object, "score", json_integer(4));
  rp_json_set_text(object, "name", "Åberg"); /* replaced in its place */
  struct rp_str line = {0};
  rp_str_add(&line, "> ");
  rp_json_add(&line, object);
  assert_string_equal(rp_str_text(&line), "> {\"name\":\"Åberg\",\"email\":null,\"score\":4}");
  rp_str_fini(&line);
  json_decref(object);
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parse__round_trips_compact_lines),
      cmocka_unit_test(parse__refuses_with_position),
      cmocka_unit_test(parse__refuses_what_nests_without_end),
      cmocka_unit_test(parse__reads_no_further_than_the_length),
      cmocka_unit_test(set__keeps_order_and_nulls),
  };
  return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
