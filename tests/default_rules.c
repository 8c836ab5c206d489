#include "default_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/vec.h"

/* The rest of a line after its key; NULL when it has another key. */
static char *after(char *line, const char *key) {
  return strncmp(line, key, strlen(key)) == 0 ? line + strlen(key) : NULL;
}

static char *unquoted(char *text) {
  size_t length = strlen(text);
  if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
    text[length - 1] = '\0';
    text++;
  }
  return text;
}

static struct rp_condition *add_part(struct rp_condition *group) {
  group->parts = rp_mem_grow(group->parts, group->part_count + 1, sizeof *group->parts);
  group->parts[group->part_count] = (struct rp_condition){0};
  return &group->parts[group->part_count++];
}

/* "[a, b]" as parts of a group. */
static void read_list(char *text, struct rp_condition *group) {
  size_t length = strlen(text);
  assert_true(length > 2 && text[0] == '[' && text[length - 1] == ']');
  text[length - 1] = '\0';
  char *rest = NULL;
  for (char *word = strtok_r(text + 1, ",", &rest); word != NULL; word = strtok_r(NULL, ",", &rest)) {
    struct rp_err err = {0};
    if (rp_condition_parse(word, strlen(word), add_part(group), &err) != RP_OK)
      fail_msg("%s: %s", word, err.text);
  }
}

static void read_asks(const char *text, struct rp_suggestion *suggestion) {
  char how[8], domain[12], layer[12];
  if (strcmp(text, "none") == 0)
    return;
  assert_int_equal(sscanf(text, "{how: %7[a-z], domain: %11[a-z], layer: %11[a-z0-9]}", how, domain, layer), 3);
  suggestion->asks = strcmp(how, "invite") == 0 ? RP_ASKS_INVITE : RP_ASKS_OFFER;
  suggestion->asks_domain = rp_vocab_find(RP_VOCAB_DOMAIN, domain, strlen(domain));
  assert_true(suggestion->asks_domain != RP_CODE_NONE || strcmp(domain, "matching") == 0);
  suggestion->asks_layer = (int)strtol(layer, NULL, 10);
  assert_true(suggestion->asks_layer != 0 || strcmp(layer, "customer") == 0);
}

static void read_line(char *line, struct rp_suggestion *suggestion) {
  char *text;
  if ((text = after(line, "    when: ")) != NULL) {
    read_list(text, &suggestion->when);
  } else if (after(line, "    when:") != NULL) {
    /* the list follows */
  } else if ((text = after(line, "      - any: ")) != NULL) {
    struct rp_condition *any = add_part(&suggestion->when);
    any->kind = RP_CONDITION_ANY;
    read_list(text, any);
  } else if ((text = after(line, "    text: ")) != NULL) {
    suggestion->text = rp_mem_text(unquoted(text));
  } else if ((text = after(line, "    source: ")) != NULL) {
    suggestion->source = rp_mem_text(unquoted(text));
  } else if ((text = after(line, "    kind: ")) != NULL) {
    suggestion->kind = rp_mem_text(unquoted(text));
  } else if ((text = after(line, "    asks: ")) != NULL) {
    read_asks(text, suggestion);
  } else {
    fail_msg("not understood: %s", line);
  }
}

void default_rules(struct rp_rules *rules) {
  const char *folder = getenv("top_srcdir");
  char path[4096], line[1024], *id;
  snprintf(path, sizeof path, "%s/rules/default.yaml", folder != NULL ? folder : ".");
  FILE *file = fopen(path, "r");
  if (file == NULL)
    fail_msg("%s is not there", path);
  rp_rules_init(rules);
  while (fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    if ((id = after(line, "  - id: ")) != NULL) {
      rules->suggestions = rp_mem_grow(rules->suggestions, rules->suggestion_count + 1, sizeof *rules->suggestions);
      rules->suggestions[rules->suggestion_count++] =
          (struct rp_suggestion){.id = rp_mem_text(id), .when = {.kind = RP_CONDITION_ALL}};
    } else if (rules->suggestion_count > 0) {
      read_line(line, &rules->suggestions[rules->suggestion_count - 1]);
    }
  }
  fclose(file);
  struct rp_err err = {0};
  if (rp_rules_validate(rules, &err) != RP_OK)
    fail_msg("%s", err.text);
}

int default_rules_find(const struct rp_rules *rules, const char *id) {
  for (size_t i = 0; i < rules->suggestion_count; i++) {
    if (strcmp(rules->suggestions[i].id, id) == 0)
      return (int)i;
  }
  fail_msg("no suggestion %s", id);
  return -1;
}
