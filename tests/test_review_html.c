/* The review as a page: every number leads to its relationships, what is hostile does nothing, and nothing is added up
 * or sorted by salesperson. */
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"
#include "rapport/review_html.h"
#include "team_world.h"
#include "xml.h"

/* A review by hand: two salespeople, two companies, three relationships. */
struct made {
  struct rp_team_review review;
  struct rp_team_cell cells[2][2];
};

static void add_member(struct made *made, const char *name) {
  *rp_vec_add(&made->review.members) = (struct rp_team_member){.name = rp_mem_text(name), .heard = RP_DATE_NONE};
}

static void add_customer(struct made *made, const char *name, size_t first, size_t count) {
  size_t at = made->review.customers.count;
  for (size_t i = 0; i < 2; i++)
    made->cells[at][i] = (struct rp_team_cell){.stage = RP_CODE_NONE, .direction = RP_CODE_NONE};
  *rp_vec_add(&made->review.customers) = (struct rp_team_customer){.name = rp_mem_text(name),
                                                                   .account = {.deepest = -1},
                                                                   .alone = RP_TEAM_NOBODY,
                                                                   .cells = made->cells[at],
                                                                   .first = first,
                                                                   .count = count,
                                                                   .active = count};
}

static void add_relationship(struct made *made, const char *contact, size_t member, size_t customer, int stage,
                             int direction) {
  struct rp_team_relationship relationship = {.contact_name = rp_mem_text(contact),
                                              .member = member,
                                              .customer = customer,
                                              .stage = (int8_t)stage,
                                              .direction = (int8_t)direction,
                                              .depth = {2, 1},
                                              .since = made->review.since,
                                              .last = made->review.since,
                                              .silence = 94,
                                              .cadence = 30,
                                              .active = true,
                                              .told = true};
  relationship.id = world_id(contact);
  *rp_vec_add(&made->review.relationships) = relationship;
  made->review.members.items[member].stages[stage]++;
  made->cells[customer][member] = (struct rp_team_cell){.stage = (int8_t)stage, .direction = (int8_t)direction};
}

static void add_item(struct made *made, enum rp_team_list list, size_t relationship) {
  *rp_vec_add(&made->review.items) = (struct rp_team_item){.list = list,
                                                           .relationship = relationship,
                                                           .date = made->review.until - 3,
                                                           .from = list == RP_TEAM_CHANGED ? 0 : 2,
                                                           .to = 1,
                                                           .rule = RP_RULE_U1};
}

static void make(struct made *made, const char *anna, const char *company, const char *maija, const char *question) {
  *made = (struct made){0};
  made->review.team = rp_mem_text(company);
  made->review.is_team_file = true;
  made->review.until = rp_date_from_civil(2026, 11, 23);
  made->review.since = rp_date_from_civil(2026, 10, 26);
  made->review.since_is = RP_TEAM_SINCE_LAST;
  made->review.journals = 2;
  made->review.heard = 1;
  add_member(made, anna);
  add_member(made, "Erik Öberg");
  add_customer(made, company, 0, 2);
  add_customer(made, "Öresund Stål AB", 2, 1);
  add_relationship(made, maija, 0, 0, RP_STAGE_COLLABORATIVE_PARTNER, RP_DIRECTION_DEEPENING);
  add_relationship(made, "Pekka Salo", 1, 0, RP_STAGE_PROSPECT, RP_DIRECTION_FORMING);
  add_relationship(made, "Åsa Lind", 1, 1, RP_STAGE_BUSINESS_PARTNER, RP_DIRECTION_FADING);
  made->review.customers.items[1].alone = 2;
  made->review.customers.items[0].account =
      (struct rp_account){.deepest = RP_STAGE_COLLABORATIVE_PARTNER, .active_dyads = 1, .decision_maker = true};
  for (int list = 0; list < RP_TEAM_LIST_COUNT; list++)
    add_item(made, (enum rp_team_list)list, list == RP_TEAM_CHANGED ? 0 : 2);
  *rp_vec_add(&made->review.questions) = (struct rp_team_question){
      .relationship = 0, .suggestion = rp_mem_text("N02"), .text = rp_mem_text(question), .because = rp_mem_text(anna)};
}

static void made_fini(struct made *made) {
  struct rp_team_review *review = &made->review;
  for (size_t i = 0; i < review->members.count; i++)
    free(review->members.items[i].name);
  for (size_t i = 0; i < review->customers.count; i++)
    free(review->customers.items[i].name);
  for (size_t i = 0; i < review->relationships.count; i++)
    free(review->relationships.items[i].contact_name);
  for (size_t i = 0; i < review->questions.count; i++) {
    free(review->questions.items[i].suggestion);
    free(review->questions.items[i].text);
    free(review->questions.items[i].because);
  }
  rp_vec_fini(&review->members);
  rp_vec_fini(&review->customers);
  rp_vec_fini(&review->relationships);
  rp_vec_fini(&review->items);
  rp_vec_fini(&review->questions);
  free(review->team);
}

/* The page, looked at as any page is. The caller frees. */
static char *page_of(const struct rp_team_review *review) {
  struct team_side alone;
  struct rp_str out = {0};
  team_side_init(&alone, 7);
  assert_ok(rp_review_html(alone.journal, review, &out, err));
  team_side_fini(&alone);
  assert_page(out.data, out.length);
  return rp_str_take(&out);
}

static void numbers__lead_to_their_relationships(void **state) {
  (void)state;
  struct made made;
  make(&made, "Anna Laine", "Saimaa Valves Oy", "Maija Virtanen", "What do they expect of us next year?");
  char *page = page_of(&made.review);
  assert_int_equal(count_text(page, "href=\"#m0-s2\""), 1); /* in the picture */
  assert_int_equal(count_text(page, "id=\"m0-s2\""), 1);
  assert_int_equal(count_text(page, "href=\"#m0-s0\""), 0); /* a zero leads nowhere */
  assert_int_equal(count_text(page, "href=\"#c0\""), 4);    /* its name twice, a sign of each salesperson */
  assert_int_equal(count_text(page, "Since the last review, "), 1);
  assert_int_equal(count_text(page, "from 1 of 2 journals"), 1);
  assert_int_equal(count_text(page, "pay or employment"), 1);
  assert_int_equal(count_text(page, "What do they expect of us next year?"), 1);
  assert_int_equal(count_text(page, "class=\"mark\""), 1); /* one has gone quiet */
  assert_int_equal(count_text(page, "collaborative partner, deepening"), 1);
  free(page);
  made_fini(&made);
}

static void salespeople__stand_in_the_order_of_the_roster(void **state) {
  (void)state;
  struct made made;
  make(&made, "Anna Laine", "Saimaa Valves Oy", "Maija Virtanen", "?");
  char *page = page_of(&made.review);
  const char *picture = strstr(page, "<svg"), *end = strstr(page, "</svg>");
  const char *anna = strstr(picture, ">Anna Laine</text>"), *erik = strstr(picture, ">Erik Öberg</text>");
  assert_true(anna < erik && erik < end); /* although Erik has more */
  assert_int_equal(count_text(page, "<tfoot"), 0);
  free(page);
  made_fini(&made);
}

/* Whose relationships need somebody else is said wherever they are named. */
static void who_is_not_in_the_team__is_marked(void **state) {
  (void)state;
  struct made made;
  make(&made, "Anna Laine", "Saimaa Valves Oy", "Maija Virtanen", "?");
  char *page = page_of(&made.review);
  assert_int_equal(count_text(page, "(revoked)") + count_text(page, "(not a member)"), 0);
  free(page);
  made.review.members.items[0].outside = true;
  made.review.members.items[1].revoked = true;
  page = page_of(&made.review);
  assert_int_equal(count_text(page, ">Anna Laine (not a member)</text>"), 1);
  assert_int_equal(count_text(page, ">Erik Öberg (revoked)</text>"), 1);
  assert_int_equal(count_text(page, "Anna Laine"),
                   count_text(page, "Anna Laine (not a member)") + 1); /* a question rests on a text that is hers */
  assert_int_equal(count_text(page, "Erik Öberg"), count_text(page, "Erik Öberg (revoked)"));
  free(page);
  made_fini(&made);
}

static void hostile_names__are_shown_and_do_nothing(void **state) {
  (void)state;
  static const char *const hostile[][2] = {
      {"</title><script>alert('x')</script>", "&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
      {"\" onload=\"x", "&quot; onload=&quot;x"},
      {"gpj.\xe2\x80\xae"
       "exe",
       "gpj.⟨U+202E⟩exe"},
      {"a\x01\x1b[2J", "a␁␛[2J"},
      {"%s%n%d", "%s%n%d"},
  };
  for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
    struct made made;
    const char *text = hostile[i][0];
    make(&made, text, text, text, text);
    char *page = page_of(&made.review);
    assert_true(count_text(page, hostile[i][1]) >= 10);
    assert_int_equal(count_text(page, "<script"), 0);
    free(page);
    made_fini(&made);
  }
}

static void empty_team__is_a_page_too(void **state) {
  (void)state;
  struct rp_team_review review = {.since = 0, .until = 30};
  char *page = page_of(&review);
  assert_int_equal(count_text(page, "id=\"questions\""), 0);
  free(page);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers__lead_to_their_relationships),
      cmocka_unit_test(salespeople__stand_in_the_order_of_the_roster),
      cmocka_unit_test(who_is_not_in_the_team__is_marked),
      cmocka_unit_test(hostile_names__are_shown_and_do_nothing),
      cmocka_unit_test(empty_team__is_a_page_too),
  };
  return cmocka_run_group_tests_name("review_html", tests, NULL, NULL);
}
