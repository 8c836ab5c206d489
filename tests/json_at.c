/*
 * json_at [-l] CHECK...: for the tests of the command line. Reads one JSON value from standard input (-l: one on each
 * line, taken as one array) and tries each CHECK on it:
 *     PATH         there is something at PATH that is not null
 *     PATH=JSON    what is at PATH is equal to this
 * A PATH is made of `.member`, `[3]`, `[*]` (the rest of the path for each item, as an array), `@keys` (a member's
 * names in their order) and `@count` (of items or members); `.` alone is the value itself. Ends with 0 when all hold;
 * with 1, and a line that says which does not, otherwise. Without a CHECK it is the test of itself.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *at(json_t *value, const char *path);

static json_t *at_each(json_t *list, const char *path) {
  if (!json_is_array(list))
    return NULL;
  json_t *found = json_array();
  size_t index;
  json_t *item;
  json_array_foreach(list, index, item) {
    json_t *part = at(item, path);
    if (part == NULL || json_is_null(part)) {
      json_decref(part);
      json_decref(found);
      return NULL;
    }
    json_array_append_new(found, part);
  }
  return found;
}

static json_t *keys_of(json_t *object) {
  json_t *names = json_array();
  const char *name;
  json_t *value;
  json_object_foreach(object, name, value) json_array_append_new(names, json_string(name));
  return names;
}

static json_t *at_member(json_t *object, const char *path) {
  size_t length = strcspn(path, ".[@");
  char *name = strndup(path, length);
  json_t *member = name != NULL ? json_object_get(object, name) : NULL;
  free(name);
  return at(member, path + length);
}

/* What the path leads to, as a new reference; NULL when nothing is there. */
static json_t *at(json_t *value, const char *path) {
  if (value == NULL || *path == '\0' || strcmp(path, ".") == 0)
    return json_incref(value);
  if (strncmp(path, "[*]", 3) == 0)
    return at_each(value, path + 3);
  if (*path == '[') {
    char *end;
    unsigned long index = strtoul(path + 1, &end, 10);
    return end > path + 1 && *end == ']' ? at(json_array_get(value, index), end + 1) : NULL;
  }
  if (strcmp(path, "@keys") == 0)
    return json_is_object(value) ? keys_of(value) : NULL;
  if (strcmp(path, "@count") == 0)
    return json_integer((json_int_t)(json_is_array(value) ? json_array_size(value) : json_object_size(value)));
  return at_member(value, *path == '.' ? path + 1 : path);
}

/* The value as text, cut where it becomes too long to read. */
static void say(FILE *out, const char *words, json_t *value) {
  char *text = value != NULL ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
  fprintf(out, "%s%.2000s", words, text != NULL ? text : "nothing");
  free(text);
}

static bool check(json_t *value, const char *wanted, FILE *out) {
  size_t length = strcspn(wanted, "=");
  char *path = strndup(wanted, length);
  json_t *found = path != NULL ? at(value, path) : NULL;
  free(path);
  bool holds = found != NULL && !json_is_null(found);
  if (wanted[length] == '=') {
    json_error_t error;
    json_t *expected = json_loads(wanted + length + 1, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    holds = expected != NULL && json_equal(found, expected);
    if (expected == NULL)
      fprintf(out, "what is wanted is not JSON: %s\n", error.text);
    json_decref(expected);
  }
  if (!holds) {
    fprintf(out, "not so: %s", wanted);
    say(out, "; there is ", found);
    if (found == NULL)
      say(out, " in ", value);
    fputc('\n', out);
  }
  json_decref(found);
  return holds;
}

static json_t *read_value(const char *text, size_t length, size_t line, FILE *out) {
  json_error_t error;
  json_t *value = json_loadb(text, length, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
  if (value == NULL)
    fprintf(out, "line %zu: not JSON: %s: %.500s\n", line > 0 ? line : (size_t)error.line, error.text, text);
  return value;
}

static json_t *read_lines(FILE *in, FILE *out) {
  json_t *list = json_array();
  char *text = NULL;
  size_t room = 0;
  ssize_t length;
  for (size_t line = 1; list != NULL && (length = getline(&text, &room, in)) >= 0; line++) {
    json_t *value = read_value(text, (size_t)length, line, out);
    if (value != NULL) {
      json_array_append_new(list, value);
    } else {
      json_decref(list);
      list = NULL;
    }
  }
  free(text);
  return list;
}

static json_t *read_whole(FILE *in, FILE *out) {
  char *text = NULL;
  size_t room = 0;
  ssize_t length = getdelim(&text, &room, '\0', in);
  json_t *value = read_value(length > 0 ? text : "", length > 0 ? (size_t)length : 0, 0, out);
  free(text);
  return value;
}

static bool check_all(FILE *in, bool lines, char *const *checks, FILE *out) {
  json_t *value = lines ? read_lines(in, out) : read_whole(in, out);
  bool holds = value != NULL;
  for (; value != NULL && *checks != NULL; checks++)
    holds = check(value, *checks, out) && holds;
  json_decref(value);
  return holds;
}

/* ---- the test of itself ----------------------------------------------------------------------------------------- */

static const struct {
  const char *name, *text, *check;
  bool lines, holds;
} cases[] = {
    {"number__equal", "{\"a\":2}", "a=2", false, true},
    {"number__other", "{\"a\":2}", "a=3", false, false},
    {"number__of_another_kind", "{\"a\":2}", "a=\"2\"", false, false},
    {"text__with_an_equals_sign", "{\"a\":\"b=ä\"}", "a=\"b=ä\"", false, true},
    {"member__of_a_member", "{\"a\":{\"b\":[1,[2]]}}", "a.b[1][0]=2", false, true},
    {"member__missing", "{\"a\":1}", "b", false, false},
    {"member__missing_is_not_null", "{\"a\":1}", "b=null", false, false},
    {"member__null", "{\"a\":null}", "a=null", false, true},
    {"member__null_is_not_there", "{\"a\":null}", "a", false, false},
    {"member__of_a_list", "[1]", "a", false, false},
    {"item__beyond_the_end", "[1]", "[1]", false, false},
    {"item__of_no_number", "[1]", "[x]", false, false},
    {"item__of_none", "[1]", "[]", false, false},
    {"each__as_a_list", "[{\"a\":1},{\"a\":2}]", "[*].a=[1,2]", false, true},
    {"each__but_one_lacks_it", "[{\"a\":1},{\"b\":2}]", "[*].a", false, false},
    {"each__but_one_is_null", "[{\"a\":1},{\"a\":null}]", "[*].a", false, false},
    {"each__of_no_list", "{\"a\":1}", "[*]", false, false},
    {"keys__in_order", "{\"b\":1,\"a\":2}", "@keys=[\"b\",\"a\"]", false, true},
    {"keys__in_another_order", "{\"b\":1,\"a\":2}", "@keys=[\"a\",\"b\"]", false, false},
    {"keys__of_no_object", "[1]", "@keys", false, false},
    {"count__of_items", "[[1,2,3]]", "[0]@count=3", false, true},
    {"count__of_nothing", "[]", "@count=0", false, true},
    {"value__itself", "null", ".=null", false, true},
    {"wanted__is_not_json", "{\"a\":2}", "a=two", false, false},
    {"input__empty", "", ".", false, false},
    {"input__not_json", "{\"a\":2}x", "a", false, false},
    {"input__twice_the_same_key", "{\"a\":2,\"a\":2}", "a", false, false},
    {"lines__one_array", "{\"a\":1}\n{\"a\":2}\n", "[*].a=[1,2]", true, true},
    {"lines__one_is_broken", "{\"a\":1}\n{\"a\":\n", "@count", true, false},
    {"lines__none", "", "@count=0", true, true},
};

static int test_itself(void) {
  const size_t count = sizeof cases / sizeof *cases;
  size_t wrong = 0;
  printf("1..%zu\n", count);
  for (size_t i = 0; i < count; i++) {
    char *message = NULL;
    size_t length = 0;
    FILE *in = tmpfile();
    FILE *out = open_memstream(&message, &length);
    char *wanted = strdup(cases[i].check);
    if (in == NULL || out == NULL || wanted == NULL)
      abort();
    fputs(cases[i].text, in);
    rewind(in);
    bool holds = check_all(in, cases[i].lines, (char *[]){wanted, NULL}, out);
    fclose(in);
    fclose(out);
    bool fine = holds == cases[i].holds && (length == 0) == holds;
    wrong += !fine;
    printf("%s %zu - %s\n", fine ? "ok" : "not ok", i + 1, cases[i].name);
    if (!fine)
      printf("# %s\n", message);
    free(message);
    free(wanted);
  }
  return wrong > 0;
}

int main(int count, char **arguments) {
  bool lines = count > 1 && strcmp(arguments[1], "-l") == 0;
  if (count <= 1 + lines)
    return test_itself();
  return check_all(stdin, lines, arguments + 1 + lines, stdout) ? 0 : 1;
}
