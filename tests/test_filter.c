/* The search language: what its terms say, how they are joined, what is refused and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/filter.h"
#include "rapport/record.h"
#include "rapport/utf8.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Sunday 2026-11-22. */
static rp_date today(void) {
  return rp_date_from_civil(2026, 11, 22);
}

static struct rp_filter *parse(const char *text) {
  struct rp_filter *filter = NULL;
  struct rp_err err = {0};
  if (rp_filter_parse(text, strlen(text), today(), &filter, &err) != RP_OK)
    fail_msg("%s\n%u: %s", text, err.column, err.text);
  return filter;
}

/* ---- terms ------------------------------------------------------------------------------------------------------- */

/* "-stage>=2 tag=oem has=promise(overdue) [word*] [a phrase]": each term with its number or text. */
static void add_term(void *data, const struct rp_filter_term *term) {
  static const char *const ops[] = {"=", "<", "<=", ">", ">=", "!="};
  struct rp_str *out = data;
  rp_str_addf(out, "%s%s", out->length > 0 ? " " : "", term->negated ? "-" : "");
  if (term->is_text) {
    rp_str_addf(out, "[%s%s]", term->text, term->prefix ? "*" : "");
    return;
  }
  rp_str_addf(out, "%s%s", rp_filter_field_word(term->field), ops[term->op]);
  switch (term->field) {
  case RP_FILTER_FIELD_TYPE:
    rp_str_add(out, rp_record_type_get((enum rp_type)term->number)->name);
    break;
  case RP_FILTER_FIELD_DATE:
    rp_date_format((rp_date)term->number, out);
    break;
  case RP_FILTER_FIELD_TOPIC:
  case RP_FILTER_FIELD_TAG:
  case RP_FILTER_FIELD_CUSTOMER:
  case RP_FILTER_FIELD_CONTACT:
  case RP_FILTER_FIELD_SALESPERSON:
  case RP_FILTER_FIELD_COUNTRY:
  case RP_FILTER_FIELD_INDUSTRY:
    rp_str_add(out, term->text);
    break;
  case RP_FILTER_FIELD_HAS:
    rp_str_addf(out, "%lld(%s)", term->number, term->text);
    break;
  default:
    rp_str_addf(out, "%lld", term->number);
  }
}

static void terms__say_field_operator_and_value(void **state) {
  (void)state;
  static const struct {
    const char *filter, *terms;
  } rows[] = {
      {"", ""},
      {"  \t\n ", ""},
      {"stage>=2 last>30d tier:A tag:oem direction:fading has:promise(overdue)",
       "stage>=2 last>30 tier=0 tag=oem direction=2 has=0(overdue)"},
      /* operators */
      {"stage:1 stage=1 stage!=1 stage<1 stage<=1 stage>1 stage>=1",
       "stage=1 stage=1 stage!=1 stage<1 stage<=1 stage>1 stage>=1"},
      {"STAGE:1 Tag:OEM", "stage=1 tag=oem"},
      /* stages */
      {"stage:prospect stage:business_partner stage:3", "stage=0 stage=1 stage=3"},
      {"stage>=\"collaborative partner\"", "stage>=2"},
      /* days */
      {"last>30 last>2w last>3m last>1y last<0d", "last>30 last>14 last>90 last>365 last<0"},
      {"last>2vk last>3KK last>5pv", "last>14 last>90 last>5"},
      {"last:never last!=never", "last=-1 last!=-1"},
      /* dates */
      {"date>=2026-01-01 date<today", "date>=2026-01-01 date<2026-11-22"},
      {"date:yesterday date>30d date>12.1.", "date=2026-11-21 date>2026-10-23 date>2026-01-12"},
      {"date>\"last tue\" date>\"viime ti\"", "date>2026-11-17 date>2026-11-17"},
      /* codes */
      {"type:promise type:Theme-Note type:\"suggestion hold\"", "type=promise type=theme_note type=suggestion_hold"},
      {"tier:b role:decision_maker channel:video", "tier=1 role=0 channel=2"},
      {"status:active flag:one_sided domain:self audience:team", "status=0 flag=0 domain=1 audience=2"},
      {"role:\"Decision maker\" flag:one-sided", "role=0 flag=0"},
      /* numbers */
      {"layer>=2 layer:1", "layer>=2 layer=1"},
      /* texts */
      {"topic:hobbies customer:\"Saimaa Valves\" contact:Örjan", "topic=hobbies customer=saimaa valves contact=orjan"},
      {"customer:a:b tag:x=y tag:-", "customer=a:b tag=x=y tag=-"},
      {"tag:\"with \\\"marks\\\" and \\\\\"", "tag=with \"marks\" and \\"},
      /* has */
      {"has:promise has:Question(own) has:step(open) has:birthday", "has=0() has=1(own) has=2(open) has=6()"},
      {"has!=boundary(self)", "has!=3(self)"},
      /* text */
      {"Saimaa öljy", "[saimaa*] [oljy*]"},
      {"\"Budget round\"", "[budget round]"},
      {"\"stage:2\" \"or\" \"-x\"", "[stage:2] [or] [-x]"},
      {"12:30 http://saimaa.example B12:x DN50=2", "[12:30*] [http://saimaa.example*] [b12:x*] [dn50=2*]"},
      {"maija@saimaa.example C++ a-b", "[maija@saimaa.example*] [c++*] [a-b*]"},
      {"hello! 田中 🚀", "[hello!*] [田中*] [🚀*]"},
      {"orchard ore oR", "[orchard*] [ore*] [or*]"},
      /* negation */
      {"-tag:oem -word -\"a phrase\" --word", "-tag=oem -[word*] -[a phrase] [word*]"},
      {"-(a -b (c or -(d)))", "-[a*] [b*] -[c*] [d*]"},
      {"a\tb\nc", "[a*] [b*] [c*]"},
      {"a\"b\"c", "[a*] [b] [c*]"},
      {"(a)(b)", "[a*] [b*]"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_filter *filter = parse(rows[i].filter);
    struct rp_str terms = {0};
    rp_filter_visit(filter, add_term, &terms);
    if (strcmp(rp_str_text(&terms), rows[i].terms) != 0)
      fail_msg("%s\nis %s\nnot %s", rows[i].filter, rp_str_text(&terms), rows[i].terms);
    assert_int_equal(rp_filter_is_empty(filter), *rows[i].terms == '\0');
    rp_str_fini(&terms);
    rp_filter_free(filter);
  }
}

/* ---- joining ----------------------------------------------------------------------------------------------------- */

struct asked {
  const char *there; /* the letters that hold */
  struct rp_str order;
};

static bool letter_holds(void *data, const struct rp_filter_term *term) {
  struct asked *asked = data;
  rp_str_addc(&asked->order, term->text[0]);
  return strchr(asked->there, term->text[0]) != NULL;
}

static void match__and_or_not_brackets(void **state) {
  (void)state;
  static const struct {
    const char *filter, *there;
    bool holds;
    const char *asked; /* left to right, only as far as needed */
  } rows[] = {
      {"", "", true, ""},
      {"a", "a", true, "a"},
      {"a", "b", false, "a"},
      {"a b", "ab", true, "ab"},
      {"a b", "b", false, "a"},
      {"a or b", "b", true, "ab"},
      {"a or b", "a", true, "a"},
      {"a OR b", "", false, "ab"},
      {"a b or c d", "cd", true, "acd"}, /* or binds weaker */
      {"a b or c d", "ad", false, "abc"},
      {"a (b or c) d", "acd", true, "abcd"},
      {"a (b or c) d", "a", false, "abc"},
      {"-a", "", true, "a"},
      {"-a b", "b", true, "ab"},
      {"-(a b)", "a", true, "ab"},
      {"-(a or b)", "b", false, "ab"},
      {"-(a or b)", "", true, "ab"},
      {"--a", "a", true, "a"},
      {"-a or -b", "a", true, "ab"},
      {"((((a))))", "a", true, "a"},
      {"(a or b) (c or d)", "bd", true, "abcd"},
      {"a or b or c", "c", true, "abc"},
      {"(a or(b)or c)", "b", true, "ab"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_filter *filter = parse(rows[i].filter);
    struct asked asked = {.there = rows[i].there};
    if (rp_filter_match(filter, letter_holds, &asked) != rows[i].holds ||
        strcmp(rp_str_text(&asked.order), rows[i].asked) != 0)
      fail_msg("%s of %s: asked %s", rows[i].filter, rows[i].there, rp_str_text(&asked.order));
    rp_str_fini(&asked.order);
    rp_filter_free(filter);
  }
}

/* ---- refusals ---------------------------------------------------------------------------------------------------- */

static void refuse__says_where_and_what_is_allowed(void **state) {
  (void)state;
  static const struct {
    const char *filter;
    unsigned column;
    const char *part;
  } rows[] = {
      {"stge:2", 1, "“stge” is no field; did you mean stage? Fields are type, stage"},
      {"x stge>=2", 3, "did you mean stage"},
      {"Re:", 1, "as text it stands in quotation marks"},
      {"kenttä:x", 1, "“kenttä” is no field"},
      {"öö stage:", 10, "stage needs one of 0-3, prospect"},
      {"stage:4", 7, "it is one of 0-3, prospect, business_partner"},
      {"stage:prospct", 7, "did you mean prospect"},
      {"stage:\"no such\"", 7, "stage cannot be “no such”"},
      {"stage: 2", 7, "stage needs one of"},
      {"stage >= 2", 7, "right behind its field"},
      {":x", 1, "right behind its field"},
      {"<3", 1, "right behind its field"},
      {"tier>A", 5, "tier has no order"},
      {"tag<oem", 4, "tag has no order; write tag: or tag!="},
      {"has>promise", 4, "has has no order"},
      {"tier:D", 6, "it is one of A, B, C"},
      {"direction:fadin", 11, "did you mean fading? It is one of ended, forming, fading"},
      {"type:promises", 6, "did you mean promise? It is one of salesperson, customer"},
      {"type:item", 6, "type cannot be “item”"}, /* a part, not a record */
      {"layer:0", 7, "layer is 1, 2 or 3"},
      {"layer:4", 7, "layer is 1, 2 or 3, not “4”"},
      {"layer:two", 7, "layer is 1, 2 or 3"},
      {"last>", 6, "write 30d, 2w, 3m, 1y or never"},
      {"last>x", 6, "last counts days"},
      {"last>3q", 6, "last counts days"},
      {"last>9999999d", 6, "last counts days"},
      {"last>never", 6, "write : or != before it"},
      {"date>never", 6, "“never” is not a date"},
      {"date:2026-02-30", 6, "not in the calendar"},
      {"tag:", 5, "what must tag be?"},
      {"tag:\"\"", 5, "what must tag be?"},
      {"tag: oem", 5, "what must tag be?"},
      {"has:", 5, "has needs one of promise, question"},
      {"has:promises", 5, "did you mean promise"},
      {"has:promise(late)", 13, "has:promise cannot be “late”; it is one of open, overdue, own, theirs"},
      {"has:promise()", 13, "has:promise needs one of open, overdue, own, theirs"},
      {"has:promise(overdu)", 13, "did you mean overdue"},
      {"has:promise(own theirs)", 13, "it is one of open"},
      {"has:birthday(own)", 14, "has:birthday takes nothing in brackets"},
      {"has:promise(own", 12, "the bracket that closes this one is missing"},
      {"\"phrase", 1, "the quotation mark that closes"},
      {"a customer:\"Saimaa", 12, "the quotation mark that closes"},
      {"\"ends in \\\"", 1, "the quotation mark that closes"},
      {"\"\"", 1, "nothing stands between"},
      {"a \"  \"", 3, "nothing stands between"},
      {"(a", 1, "the bracket that closes"},
      {"a (b (c) d", 3, "the bracket that closes"},
      {"(", 1, "the bracket that closes"},
      {"a)", 2, "no bracket was opened"},
      {")", 1, "no bracket was opened"},
      {"()", 2, "a term is missing in the brackets"},
      {"a ( ) b", 5, "a term is missing in the brackets"},
      {"or a", 1, "a term is missing before or"},
      {"a or", 5, "a term is missing behind or"},
      {"a or or b", 6, "a term is missing"},
      {"(a or) b", 6, "a term is missing"},
      {"-", 1, "right behind -"},
      {"a - b", 3, "right behind -"},
      {"(-)", 2, "right behind -"},
      {"-()", 3, "a term is missing in the brackets"},
      {"a\x01", 2, "U+0001"},
      {"\xff", 1, "UTF-8"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_filter *filter = NULL;
    struct rp_err err = {0};
    if (rp_filter_parse(rows[i].filter, strlen(rows[i].filter), today(), &filter, &err) == RP_OK)
      fail_msg("%s is taken", rows[i].filter);
    if (err.column != rows[i].column || strstr(err.text, rows[i].part) == NULL)
      fail_msg("%s is refused at %u: %s", rows[i].filter, err.column, err.text);
    assert_int_equal(err.code, RP_EUSAGE);
    assert_null(filter);
    assert_int_equal(rp_filter_parse(rows[i].filter, strlen(rows[i].filter), today(), &filter, NULL), RP_EUSAGE);
  }
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static void assert_limit(const struct rp_str *good, const struct rp_str *bad, const char *part) {
  rp_filter_free(parse(rp_str_text(good)));
  struct rp_filter *filter = NULL;
  struct rp_err err = {0};
  assert_int_equal(rp_filter_parse(bad->data, bad->length, today(), &filter, &err), RP_EUSAGE);
  if (strstr(err.text, part) == NULL)
    fail_msg("%s", err.text);
}

static void limits__levels_terms_bytes(void **state) {
  (void)state;
  struct rp_str good = {0};
  struct rp_str bad = {0};
  rp_str_fill(&good, '(', RP_FILTER_LEVELS - 1);
  rp_str_addc(&good, 'a');
  rp_str_fill(&good, ')', RP_FILTER_LEVELS - 1);
  rp_str_fill(&bad, '(', 60000);
  assert_limit(&good, &bad, "64 levels");

  rp_str_clear(&good);
  rp_str_clear(&bad);
  rp_str_fill(&good, '-', RP_FILTER_LEVELS - 1);
  rp_str_addc(&good, 'a');
  rp_str_fill(&bad, '-', 60000);
  rp_str_addc(&bad, 'a');
  assert_limit(&good, &bad, "64 levels");

  rp_str_clear(&good);
  for (int i = 0; i < RP_FILTER_TERMS; i++)
    rp_str_add(&good, "a ");
  rp_str_clear(&bad);
  rp_str_add(&bad, rp_str_text(&good));
  rp_str_add(&bad, "b");
  assert_limit(&good, &bad, "1000 terms");

  rp_str_clear(&good);
  rp_str_clear(&bad);
  rp_str_fill(&good, 'x', RP_FILTER_BYTES);
  rp_str_fill(&bad, 'x', RP_FILTER_BYTES + 1);
  assert_limit(&good, &bad, "65536");
  rp_str_fini(&good);
  rp_str_fini(&bad);
}

/* ---- full text --------------------------------------------------------------------------------------------------- */

static void full_text__only_what_must_hold(void **state) {
  (void)state;
  static const struct {
    const char *filter, *query;
  } rows[] = {
      {"", ""},
      {"stage:2", ""},
      {"Saimaa", "\"saimaa\"*"},
      {"Saimaa \"Budget Round\" stage:2", "(\"saimaa\"* AND \"budget round\")"},
      {"(a (b c))", "(\"a\"* AND (\"b\"* AND \"c\"*))"},
      {"a (b or c)", "(\"a\"* AND (\"b\"* OR \"c\"*))"},
      {"a or b", "(\"a\"* OR \"b\"*)"},
      {"a or b stage:2", "(\"a\"* OR (\"b\"*))"},
      {"a or stage:2", ""},
      {"a or -b", ""},
      {"a (b or & or c)", "(\"a\"*)"},
      {"(a or b) -(c or d) (e or type:promise)", "((\"a\"* OR \"b\"*))"},
      {"a -b -(c d)", "(\"a\"*)"},
      {"--a", ""},
      {"\"say \\\"yes\\\"\"", "\"say \"\"yes\"\"\""},
      {"AND NOT NEAR", "(\"and\"* AND \"not\"* AND \"near\"*)"}, /* words, not the index's operators */
      {"— & 🚀 öljy", "(\"oljy\"*)"},                             /* the index knows only letters and digits */
      {"& —", ""},
      {"a* ^b", "(\"a*\"* AND \"^b\"*)"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_filter *filter = parse(rows[i].filter);
    struct rp_str query = {0};
    rp_str_add(&query, "kept ");
    bool any = rp_filter_full_text(filter, NULL, NULL, &query);
    if (strncmp(query.data, "kept ", 5) != 0 || strcmp(query.data + 5, rows[i].query) != 0)
      fail_msg("%s\nasks %s", rows[i].filter, query.data);
    assert_int_equal(any, *rows[i].query != '\0');
    rp_str_fini(&query);
    rp_filter_free(filter);
  }
}

/* Those of which `dear` begins the text cost more. */
static long cost_of(void *data, const struct rp_filter_term *term) {
  (void)data;
  return strncmp(term->text, "dear", 4) == 0 ? 100 : 1;
}

static void add_taken(void *data, const struct rp_filter_term *term) {
  rp_str_addf(data, " %s", term->text);
}

static void cover__the_cheapest_words_without_which_nothing_holds(void **state) {
  (void)state;
  static const struct {
    const char *filter, *words; /* NULL: none */
  } rows[] = {
      {"", NULL},
      {"stage:2", NULL},
      {"-a", NULL},
      {"--a", NULL},
      {"& stage:2", NULL},
      {"a or stage:2", NULL},
      {"a or -b", NULL},
      {"Äiti", " aiti"},
      {"dear a", " a"},
      {"dear -a", " dear"},
      {"dear stage:2 & -(b or c)", " dear"},
      {"dear (a or b)", " a b"},
      {"dear (a or dearer)", " dear"},
      {"a or b or dear", " a b dear"},
      {"(dear a) or (dear (b or c)) or \"d e\"", " a b c d e"},
      {"((dear ((a))) dear)", " a"},
      {"(a or stage:2) (dear or b)", " dear b"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_filter *filter = parse(rows[i].filter);
    struct rp_str words = {0};
    bool any = rp_filter_cover(filter, cost_of, add_taken, &words);
    if (any != (rows[i].words != NULL) || strcmp(rp_str_text(&words), any ? rows[i].words : "") != 0)
      fail_msg("%s\ntakes%s", rows[i].filter, rp_str_text(&words));
    rp_str_fini(&words);
    rp_filter_free(filter);
  }
}

/* ---- completion and help ----------------------------------------------------------------------------------------- */

static void add_offer(void *data, const char *term, const char *help) {
  struct rp_str *out = data;
  assert_non_null(help);
  rp_str_addf(out, "%s%s", out->length > 0 ? " " : "", term);
}

static void complete__the_last_term(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t from;
    const char *offers;
  } rows[] = {
      {"sta", 0, "stage: status:"},
      {"ST", 0, "stage: status:"},
      {"x -ta", 3, "tag:"},
      {"(la", 1, "last: layer:"},
      {"a -(la", 4, "last: layer:"},
      {"direction:", 0, "direction:ended direction:forming direction:fading direction:deepening direction:steady"},
      {"direction:f", 0, "direction:forming direction:fading"},
      {"stage>=c", 0, "stage>=collaborative_partner stage>=collaborative_personal_partner"},
      {"type:s", 0, "type:salesperson type:suggestion_hold"},
      {"has:prom", 0, "has:promise has:promise(open) has:promise(overdue) has:promise(own) has:promise(theirs)"},
      {"a has:promise(o", 2, "has:promise(open) has:promise(overdue) has:promise(own)"},
      {"has:birth", 0, "has:birthday"},
      {"tag:o", 0, ""},
      {"nofield:x", 0, ""},
      {"\"a st", 0, ""},
      {"\"a\" st", 4, "stage: status:"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_str offers = {0};
    size_t from = 999;
    rp_filter_complete(rows[i].text, strlen(rows[i].text), &from, add_offer, &offers);
    if (from != rows[i].from || strcmp(rp_str_text(&offers), rows[i].offers) != 0)
      fail_msg("%s: from %zu: %s", rows[i].text, from, rp_str_text(&offers));
    rp_str_fini(&offers);
  }
}

static void add_and_parse(void *data, const char *term, const char *help) {
  (void)help;
  size_t *count = data;
  size_t length = strlen(term);
  if (term[length - 1] != ':')
    rp_filter_free(parse(term));
  (*count)++;
}

static void complete__offers_only_what_parses(void **state) {
  (void)state;
  for (int field = 0; field < RP_FILTER_FIELD_COUNT; field++) {
    char *text = rp_str_format("%s:", rp_filter_field_word((enum rp_filter_field)field));
    size_t from;
    size_t count = 0;
    rp_filter_complete(text, strlen(text), &from, add_and_parse, &count);
    assert_true(*rp_filter_field_help((enum rp_filter_field)field) != '\0');
    free(text);
  }
}

/* ---- random ------------------------------------------------------------------------------------------------------ */

static uint32_t random_state;

static uint32_t random_below(uint32_t most) {
  random_state = random_state * 1664525 + 1013904223;
  return (random_state >> 8) % most;
}

static bool random_holds(void *data, const struct rp_filter_term *term) {
  (void)data;
  assert_true(!term->is_text || term->text != NULL);
  return random_below(2) == 0;
}

static void random__is_taken_or_refused_inside(void **state) {
  (void)state;
  enum { FILTERS = 50000 };
  static const char *const parts[] = {"stage", "last", "has",   "promise", "tag",  ":",      ">=",   "<",
                                      "!=",    "(",    ")",     "-",       " or ", " ",      "\"",   "\\",
                                      "2",     "30d",  "never", "ä",       "oem",  "x",      "\xff", "\x01",
                                      "\n",    "date", "fri",   "tier",    "A",    "overdue"};
  random_state = 3;
  size_t taken = 0;
  for (int i = 0; i < FILTERS; i++) {
    struct rp_str text = {0};
    for (uint32_t count = random_below(10); count > 0; count--)
      rp_str_add(&text, parts[random_below(COUNT(parts))]);
    struct rp_filter *filter = NULL;
    struct rp_err err = {0};
    const char *bytes = rp_str_text(&text);
    if (rp_filter_parse(bytes, text.length, today(), &filter, &err) == RP_OK) {
      struct rp_str query = {0};
      rp_filter_match(filter, random_holds, NULL);
      bool asks = rp_filter_full_text(filter, NULL, NULL, &query);
      rp_str_clear(&query);
      assert_true(rp_filter_cover(filter, cost_of, add_taken, &query) == asks);
      rp_str_fini(&query);
      taken++;
    } else if (err.column < 1 || err.column > rp_utf8_count(bytes, text.length) + 1 || err.text[0] == '\0') {
      fail_msg("%s is refused at %u: %s", bytes, err.column, err.text);
    }
    rp_filter_free(filter);
    rp_str_fini(&text);
  }
  assert_true(taken > FILTERS / 50);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(terms__say_field_operator_and_value),
      cmocka_unit_test(match__and_or_not_brackets),
      cmocka_unit_test(refuse__says_where_and_what_is_allowed),
      cmocka_unit_test(limits__levels_terms_bytes),
      cmocka_unit_test(full_text__only_what_must_hold),
      cmocka_unit_test(cover__the_cheapest_words_without_which_nothing_holds),
      cmocka_unit_test(complete__the_last_term),
      cmocka_unit_test(complete__offers_only_what_parses),
      cmocka_unit_test(random__is_taken_or_refused_inside),
  };
  return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
