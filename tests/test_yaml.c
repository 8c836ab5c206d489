/* Reading YAML: the tree, its places, and what hostile files get to hear. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/mem.h"
#include "rapport/str.h"
#include "rapport/yaml.h"

/* A literal with its length, for texts that hold NUL. */
#define BYTES(text) (text), sizeof(text) - 1

/* Appends the tree on one line: texts as they are (quoted ones in quotes), [lists], {maps}. */
static void print(const struct rp_yaml_node *node, struct rp_str *out) {
  switch (node->kind) {
  case RP_YAML_TEXT:
    rp_str_addf(out, node->quoted ? "'%s'" : "%s", node->text);
    break;
  case RP_YAML_LIST:
    rp_str_addc(out, '[');
    for (size_t i = 0; i < node->count; i++) {
      rp_str_add(out, i > 0 ? ", " : "");
      print(&node->items[i], out);
    }
    rp_str_addc(out, ']');
    break;
  case RP_YAML_MAP:
    rp_str_addc(out, '{');
    for (size_t i = 0; i < node->count; i++) {
      rp_str_add(out, i > 0 ? ", " : "");
      print(&node->pairs[i].key, out);
      rp_str_add(out, ": ");
      print(&node->pairs[i].value, out);
    }
    rp_str_addc(out, '}');
    break;
  }
}

static void parse__gives_the_tree(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t length;
    const char *tree;
  } cases[] = {
      {BYTES(""), "{}"},
      {BYTES("\n\n"), "{}"},
      {BYTES("# only a comment\n"), "{}"},
      {BYTES("---\n"), "{}"},
      {BYTES("~\n"), "{}"},
      {BYTES("\xEF\xBB\xBF"), "{}"},
      {BYTES("\xEF\xBB\xBFlanguage: fi\n"), "{language: fi}"},
      {BYTES("a: 1\r\nb: [x,\r\n  y]\r\n"), "{a: 1, b: [x, y]}"},
      {BYTES("a:\n  - b: 'yes'\n    c:\n  -\n"), "{a: [{b: 'yes', c: }, ]}"},
      {BYTES("{a: , b: ~}"), "{a: , b: ~}"},
      {BYTES("a: |\n  one\n  two\n"), "{a: 'one\ntwo\n'}"},
      {BYTES("a: >\n  one\n  two\n"), "{a: 'one two\n'}"},
      {BYTES("n: Äijä 👩🏽‍🔧\n"), "{n: Äijä 👩🏽‍🔧}"},
      {BYTES("n: A\xCC\x8Aland\n"), "{n: Åland}"}, /* NFC */
      {BYTES("n: \"\\u00e5\\n\\x41\"\n"), "{n: 'å\nA'}"},
      {BYTES("%YAML 1.1\n---\na: b\n...\n"), "{a: b}"},
      {BYTES("- 1\n- 2"), "[1, 2]"},
      {BYTES("'quoted': \"\"\n"), "{'quoted': ''}"},
      {BYTES("? a\n: b\n"), "{a: b}"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_yaml *yaml = NULL;
    struct rp_err err = {0};
    struct rp_str tree = {0};
    if (rp_yaml_parse(cases[i].bytes, cases[i].length, &yaml, &err) != RP_OK)
      fail_msg("case %zu: %u:%u: %s", i, err.line, err.column, err.text);
    print(rp_yaml_root(yaml), &tree);
    assert_string_equal(rp_str_text(&tree), cases[i].tree);
    rp_str_fini(&tree);
    rp_yaml_free(yaml);
  }
}

#define ANCHORS \
  "anchors (&), aliases (*) and tags (!) are not used here; write the value itself, a text that begins with one of " \
  "these " \
  "in quotes"
#define COMMENT "a # begins a comment; put a value that begins with one in quotes, as "

static void parse__refuses_with_the_place(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t length;
    unsigned line, column;
    const char *sentence;
  } cases[] = {
      /* what could cost memory or time, or mean two things */
      {BYTES("a: &x [1]\nb: *x\n"), 1, 4, ANCHORS},
      {BYTES("&x [*x]"), 1, 1, ANCHORS},
      {BYTES("a: *x\n"), 1, 4, ANCHORS},
      {BYTES("a: !!python/object:os.system [rm]\n"), 1, 4, ANCHORS},
      {BYTES("a: !x y\n"), 1, 4, ANCHORS},
      {BYTES("a: 1\nb: 2\na: 3\n"), 3, 1, "a is given twice, first in line 1; keep one of them"},
      {BYTES("{\"a\": 1, 'a': 2}"), 1, 10, "a is given twice, first in line 1; keep one of them"},
      {BYTES("å: 1\na\xCC\x8A: 2\n"), 2, 1, "å is given twice, first in line 1; keep one of them"},
      {BYTES("[a]: b\n"), 1, 1, "a key must be a word, not a list or a map"},
      {BYTES("a: b\n---\nc: d\n"), 2, 1, "nothing may follow here: a file is one document"},
      {BYTES("[a] b\n"), 1, 5, "nothing may follow here: a file is one document"},
      /* bytes */
      {BYTES("a: b\nc: \0d\n"), 2, 4, "character 4 is the control character U+0000; remove it"},
      {BYTES("a: \x1B[2J\n"), 1, 4, "character 4 is the control character U+001B; remove it"},
      {BYTES("a: b\rc: d\n"), 1, 5, "character 5 is the control character U+000D; remove it"},
      {BYTES("ä: b\r\nä: \xFF\n"), 2, 4, "character 4 is not UTF-8 (byte 0xFF); save the text as UTF-8 and try again"},
      {BYTES("\xFF\xFE"
             "a\0"),
       1, 1, "character 1 is not UTF-8 (byte 0xFF); save the text as UTF-8 and try again"},
      {BYTES("a: \xED\xA0\x80\n"), 1, 4, "character 4 is not UTF-8 (byte 0xED); save the text as UTF-8 and try again"},
      {BYTES("a: 1\nb: ä\xEF\xBF\xBF\n"), 2, 5, "the character U+FFFF is not allowed in a file; remove it"},
      {BYTES("a: 1\nb: ä\xE2\x80\xA8 c\n"), 2, 5,
       "a line or paragraph separator (U+2028, U+2029) is not allowed; use a line break"},
      {BYTES("a: \"\\x1b]0;evil\\a\"\n"), 1, 4, "an escape in this text makes a control character; remove it"},
      {BYTES("a: \"x\\0y\"\n"), 1, 4, "an escape in this text makes a control character; remove it"},
      /* faults of the hand */
      {BYTES("a: b: c\n"), 1, 5, "a colon cannot stand here; put a text with “: ” in quotes, or begin a new line"},
      {BYTES("a: 1\nb\nc: 2\n"), 2, 1, "there is no colon after this key; write “key: value”"},
      {BYTES("a:\n  b: 1\n c: 2\n"), 3, 2,
       "this does not fit what stands above; check that the lines of one group begin in the same column"},
      {BYTES("a:\n\tb: 1\n"), 2, 1, "a tab cannot indent; use spaces"},
      {BYTES("a: 1\nb: @x\n"), 2, 4, "a text that begins with @ must be in quotes"},
      {BYTES("a: [1, 2\nb: 3\n"), 2, 2, "the list in [ ] needs a comma between its items and a ] at its end"},
      {BYTES("ä: [1, 2\n"), 1, 4, "the list in [ ] needs a comma between its items and a ] at its end"},
      {BYTES("a: {b: 1\n"), 1, 4, "the map in { } needs a comma between its entries and a } at its end"},
      {BYTES("a: 'b\nc: d\n"), 1, 4, "the quote that opens here is never closed"},
      {BYTES("a: \"\\w\"\n"), 1, 5, "in double quotes a \\ must be written \\\\; or use single quotes"},
      {BYTES("a: - b\n"), 1, 4, "a “- ” item cannot stand here; begin a new line for it"},
      {BYTES("a: {fg: #ff0000, bg: red}\n"), 1, 9, COMMENT "\"#ff0000\""},
      {BYTES("a: ['x #000000', #00ff00]\n"), 1, 18, COMMENT "\"#00ff00\""},
      {BYTES("a: [#ff0000]\n"), 1, 5, COMMENT "\"#ff0000\""},
      {BYTES("a: {b: 1 # note\n"), 1, 4, "the map in { } needs a comma between its entries and a } at its end"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_yaml *yaml = NULL;
    struct rp_err err = {0};
    if (rp_yaml_parse(cases[i].bytes, cases[i].length, &yaml, &err) != RP_EREFUSED)
      fail_msg("case %zu was read", i);
    if (strcmp(err.text, cases[i].sentence) != 0 || err.line != cases[i].line || err.column != cases[i].column)
      fail_msg("case %zu: %u:%u: %s", i, err.line, err.column, err.text);
    assert_int_equal(err.code, RP_EREFUSED);
    assert_true(err.caret > 0);
    assert_null(yaml);
    assert_int_equal(rp_yaml_parse(cases[i].bytes, cases[i].length, &yaml, NULL), RP_EREFUSED);
  }
}

static char *repeat(const char *before, const char *piece, size_t count, const char *after) {
  struct rp_str text = {0};
  rp_str_add(&text, before);
  for (size_t i = 0; i < count; i++)
    rp_str_add(&text, piece);
  rp_str_add(&text, after);
  return rp_str_take(&text);
}

static void parse__bounds_depth_and_size(void **state) {
  (void)state;
  static const struct {
    const char *before, *piece;
    size_t count;
    const char *after;
    const char *sentence; /* NULL: read */
  } cases[] = {
      {"", "[", 10000, "", "this is nested more than 32 levels deep"},
      {"", "[\n", 400000, "", "this is nested more than 32 levels deep"},
      {"", "{a: ", 10000, "", "this is nested more than 32 levels deep"},
      {"", "- ", 300000, "x", "this is nested more than 32 levels deep"},
      {"", "? ", 300000, "x", "this is nested more than 32 levels deep"},
      {"", "[", 32, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", NULL},
      {"", "[", 33, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "this is nested more than 32 levels deep"},
      {"", "#\n", 524288, "", NULL},
      {"", "#\n", 524288, "#", "a YAML file may have at most 1 MiB; this one has 1048577 bytes"},
      {"a: \"", "x", 2 * 1024 * 1024, "\"", "a YAML file may have at most 1 MiB; this one has 2097157 bytes"},
      {"[", "1,", 500000, "]", NULL},
      {"a: ", "word ", 200000, "", NULL},
      {"", "\xEF\xBB\xBF", 100000, "", NULL}, /* only the first is a mark */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *text = repeat(cases[i].before, cases[i].piece, cases[i].count, cases[i].after);
    struct rp_yaml *yaml = NULL;
    struct rp_err err = {0};
    rp_status status = rp_yaml_parse(text, strlen(text), &yaml, &err);
    if (status == RP_OK)
      assert_null(cases[i].sentence);
    else if (cases[i].sentence != NULL)
      assert_string_equal(err.text, cases[i].sentence);
    rp_yaml_free(yaml);
    free(text);
  }
}

static void parse__finds_a_duplicate_among_many_keys(void **state) {
  (void)state;
  struct rp_str text = {0};
  for (int i = 0; i < 60000; i++)
    rp_str_addf(&text, "k%d: 1\n", i);
  rp_str_add(&text, "k123: 2\n");
  struct rp_yaml *yaml = NULL;
  struct rp_err err = {0};
  assert_int_equal(rp_yaml_parse(rp_str_text(&text), text.length, &yaml, &err), RP_EREFUSED);
  assert_string_equal(err.text, "k123 is given twice, first in line 124; keep one of them");
  assert_int_equal(err.line, 60001);
  rp_str_fini(&text);
}

/* What a slow search would make a matter of minutes. */
static void parse__takes_a_megabyte_on_one_line(void **state) {
  (void)state;
  struct rp_str text = {0};
  rp_str_addc(&text, '{');
  for (int i = 0; text.length < RP_YAML_BYTES - 20; i++)
    rp_str_addf(&text, "ä%d: , ", i);
  rp_str_addc(&text, '}');
  struct rp_yaml *yaml = NULL;
  struct rp_err err = {0};
  assert_int_equal(rp_yaml_parse(rp_str_text(&text), text.length, &yaml, &err), RP_OK);
  const struct rp_yaml_node *root = rp_yaml_root(yaml);
  assert_true(root->count > 80000);
  const struct rp_yaml_pair *last = &root->pairs[root->count - 1];
  assert_int_equal(last->value.column, last->key.end_column + 1);
  rp_yaml_fail(&last->value, &err, "nothing");
  assert_int_equal(err.column, last->value.column);
  rp_yaml_free(yaml);
  rp_str_fini(&text);
}

static void place__points_into_a_text(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned character, line, column;
  } cases[] = {
      {"when: stage >= 9\n", 10, 1, 16},
      {"when: 'stage >= 9'\n", 10, 1, 17},
      {"\n  when: \"stage >= 9\"\n", 10, 2, 19},
      {"when: \"\\x73tage >= 9\"\n", 10, 1, 7}, /* an escape before it: the text as a whole */
      {"when: >\n  stage >= 9\n", 10, 1, 7},
      {"when: stage\n  >= 9\n", 10, 1, 7},
      {"when: ääkköset >= 9\n", 13, 1, 19},
      {"when: stage\n", 99, 1, 12}, /* not behind the text's end */
      {"when: stage\n", 0, 1, 7},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_yaml *yaml = NULL;
    struct rp_err err = {0};
    assert_int_equal(rp_yaml_parse(cases[i].text, strlen(cases[i].text), &yaml, &err), RP_OK);
    rp_err_set(&err, RP_EREFUSED, "nine is too many");
    err.line = 1;
    err.column = cases[i].character;
    rp_yaml_place(&rp_yaml_find(rp_yaml_root(yaml), "when")->value, &err);
    if (err.line != cases[i].line || err.column != cases[i].column)
      fail_msg("case %zu: %u:%u", i, err.line, err.column);
    rp_yaml_free(yaml);
  }
}

/* ---- decoding ---- */

struct thing {
  int32_t number, deep, deeper;
  bool flag;
  int word;
  char *text;
};

static const char *const words[] = {"me", "shape", "team", NULL};
static const struct rp_yaml_field fields[] = {
    {.key = "number", .type = RP_YAML_NUMBER, .offset = offsetof(struct thing, number), .low = -5, .high = 100},
    {.key = "group.deep", .type = RP_YAML_NUMBER, .offset = offsetof(struct thing, deep), .low = 0, .high = INT32_MAX},
    {.key = "group.deeper", .type = RP_YAML_NUMBER, .offset = offsetof(struct thing, deeper), .low = 0, .high = 9},
    {.key = "flag", .type = RP_YAML_BOOL, .offset = offsetof(struct thing, flag)},
    {.key = "word", .type = RP_YAML_WORD, .offset = offsetof(struct thing, word), .words = words},
    {.key = "text", .type = RP_YAML_STRING, .offset = offsetof(struct thing, text), .high = 10, .required = true},
};

static rp_status decode(const char *text, struct thing *thing, struct rp_err *err) {
  struct rp_yaml *yaml = NULL;
  rp_status status = rp_yaml_parse(text, strlen(text), &yaml, err);
  if (status == RP_OK)
    status = rp_yaml_decode(rp_yaml_root(yaml), fields, sizeof fields / sizeof *fields, thing, err);
  rp_yaml_free(yaml);
  return status;
}

static void decode__fills_what_is_given(void **state) {
  (void)state;
  struct thing thing = {.number = 7, .deeper = 3};
  struct rp_err err = {0};
  assert_int_equal(decode("text: Åland 🏝️\ngroup: {deep: 2147483647}\nflag: on\nword: team\n", &thing, &err),
                   RP_OK);
  assert_int_equal(thing.number, 7);
  assert_int_equal(thing.deep, INT32_MAX);
  assert_int_equal(thing.deeper, 3);
  assert_true(thing.flag);
  assert_int_equal(thing.word, 2);
  assert_string_equal(thing.text, "Åland 🏝️");
  assert_int_equal(decode("text: >-\n  folded\n  x\nnumber: -5\nflag: 'no'\ngroup:\n", &thing, &err), RP_OK);
  assert_int_equal(thing.number, -5);
  assert_false(thing.flag);
  assert_string_equal(thing.text, "folded x");
  free(thing.text);
}

static void decode__refuses_with_the_place(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned line, column;
    const char *sentence;
  } cases[] = {
      {"text: x\nnumber: 101\n", 2, 9, "number must be a whole number from -5 to 100, not “101”"},
      {"text: x\nnumber: -6\n", 2, 9, "number must be a whole number from -5 to 100, not “-6”"},
      {"text: x\nnumber: 1.5\n", 2, 9, "number must be a whole number from -5 to 100, not “1.5”"},
      {"text: x\nnumber: 0x10\n", 2, 9, "number must be a whole number from -5 to 100, not “0x10”"},
      {"text: x\nnumber: -\n", 2, 9, NULL}, /* a list item without a value */
      {"text: x\nnumber: 99999999999999999999\n", 2, 9,
       "number must be a whole number from -5 to 100, not “99999999999999999999”"},
      {"text: x\nnumber:\n", 2, 8, "number must be a whole number from -5 to 100, not nothing"},
      {"text: x\nnumber: [1]\n", 2, 9, "number must be a whole number from -5 to 100, not a list"},
      {"text: x\nnumber: {a: 1}\n", 2, 9, "number must be a whole number from -5 to 100, not a map"},
      {"text: x\ngroup: {deep: 2147483648}\n", 2, 15,
       "group.deep must be a whole number from 0 to 2147483647, not “2147483648”"},
      {"text: x\ngroup: 3\n", 2, 8, "group must be a map, not “3”"},
      {"text: x\ngroup: {dep: 3}\n", 2, 9, "there is no key “dep”; did you mean deep?"},
      {"text: x\ngroup: {other: 3}\n", 2, 9, "there is no key “other”; the keys here are deep, deeper"},
      {"text: x\ngroup.deep: 3\n", 2, 1,
       "there is no key “group.deep”; the keys here are number, group, flag, word, text"},
      {"text: x\nnubmer: 3\n", 2, 1, "there is no key “nubmer”; did you mean number?"},
      {"text: x\nflag: maybe\n", 2, 7, "flag must be true or false, not “maybe”"},
      {"text: x\nword: all\n", 2, 7, "word must be me, shape or team, not “all”"},
      {"text: x\nword: #all\n", 2, 7, COMMENT "\"#all\""},
      {"text: #ff0000 # red\n", 1, 7, COMMENT "\"#ff0000\""},
      {"text: elevenchars\n", 1, 7, "text must be a text of at most 10 characters, not “elevenchars”"},
      {"text: \"a\\nb\"\n", 1, 7, "text must be a text of one line, not “a␊b”"},
      {"text: ''\n", 1, 7, "text must be a text, not “”"},
      {"text: ~\n", 1, 7, "text must be a text, not nothing"},
      {"number: 1\n", 1, 1, "text is missing here; add it"},
      {"", 1, 1, "text is missing here; add it"},
      {"- 1\n", 1, 1, "a map is expected here: lines of “key: value”"},
      {"just words\n", 1, 1, "a map is expected here: lines of “key: value”"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct thing thing = {0};
    struct rp_err err = {0};
    if (decode(cases[i].text, &thing, &err) != RP_EREFUSED)
      fail_msg("case %zu was read", i);
    if ((cases[i].sentence != NULL && strcmp(err.text, cases[i].sentence) != 0) || err.line != cases[i].line ||
        err.column != cases[i].column)
      fail_msg("case %zu: %u:%u: %s", i, err.line, err.column, err.text);
    free(thing.text);
  }
}

static void error__is_shown_with_line_and_caret(void **state) {
  (void)state;
  struct thing thing = {0};
  struct rp_err err = {0};
  struct rp_str shown = {0};
  assert_int_equal(decode("text: ok\n# 漢\n{\"text\": x, nro: 7}", &thing, &err), RP_EREFUSED);
  free(thing.text);
  thing.text = NULL;
  assert_int_equal(decode("group: {\"漢\": 7, deep: many}\ntext: x", &thing, &err), RP_EREFUSED);
  rp_err_format(&err, &shown);
  assert_string_equal(rp_str_text(&shown), "1:9: there is no key “漢”; the keys here are deep, deeper\n"
                                           "  group: {\"漢\": 7, deep: many}\n"
                                           "          ^\n");
  rp_str_clear(&shown);
  free(thing.text);
  thing.text = NULL;
  assert_int_equal(decode("text: 漢字\nword: 漢字 # 漢\n", &thing, &err), RP_EREFUSED);
  rp_err_in(&err, "/home/anna/räätälöity\x1B.yaml");
  rp_err_in(&err, "another");
  rp_err_format(&err, &shown);
  assert_string_equal(rp_str_text(&shown),
                      "/home/anna/räätälöity␛.yaml:2:7: word must be me, shape or team, not “漢字”\n"
                      "  word: 漢字 # 漢\n"
                      "        ^\n");
  free(thing.text);
  rp_str_fini(&shown);
}

static void quote__is_read_back(void **state) {
  (void)state;
  static const char *const texts[] = {
      "plain", "two words", "true",         "no",       "12",         "",      " x",  "x ",   "a: b",   "#ff0000",
      "a #b",  "- x",       "ä 漢 👍",       "\"q\" \\", "two\nlines", "tab\t", "~",   "null", "[x, y]", "{x}",
      "*x",    "&x",        "!x",           "%x",       "@x",         "`x",    "'x'", "?",    "a = b",  "a > b",
      "-5",    "1:30",      "\xE2\x80\xA8", "Y",        "x]",         "é"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct rp_str line = {0};
    struct rp_yaml *yaml = NULL;
    struct rp_err err = {0};
    rp_str_add(&line, "key: ");
    rp_yaml_quote(texts[i], &line);
    rp_str_add(&line, "\n");
    if (rp_yaml_parse(rp_str_text(&line), line.length, &yaml, &err) != RP_OK)
      fail_msg("%s: %s", rp_str_text(&line), err.text);
    const struct rp_yaml_node *value = &rp_yaml_root(yaml)->pairs[0].value;
    assert_string_equal(value->text, texts[i]);
    assert_false(rp_yaml_is_empty(value));
    rp_yaml_free(yaml);
    rp_str_fini(&line);
  }
}

static void read__names_the_file(void **state) {
  (void)state;
  struct rp_yaml *yaml = NULL;
  struct rp_err err = {0};
  assert_int_equal(rp_yaml_read("/nowhere/x.yaml", &yaml, &err), RP_ENOTFOUND);
  assert_string_equal(err.file, "");
  char *path = rp_str_format("%s/Makefile.am", getenv("top_srcdir"));
  assert_int_equal(rp_yaml_read(path, &yaml, &err), RP_EREFUSED); /* no YAML, whatever else it is */
  assert_string_equal(err.file, path);
  free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parse__gives_the_tree),
      cmocka_unit_test(parse__refuses_with_the_place),
      cmocka_unit_test(parse__bounds_depth_and_size),
      cmocka_unit_test(parse__finds_a_duplicate_among_many_keys),
      cmocka_unit_test(parse__takes_a_megabyte_on_one_line),
      cmocka_unit_test(place__points_into_a_text),
      cmocka_unit_test(decode__fills_what_is_given),
      cmocka_unit_test(decode__refuses_with_the_place),
      cmocka_unit_test(error__is_shown_with_line_and_caret),
      cmocka_unit_test(quote__is_read_back),
      cmocka_unit_test(read__names_the_file),
  };
  return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
