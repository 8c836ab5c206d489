/* Forms without a terminal: what to enter, what opens beside a field, errors, small windows. */
#include <stdlib.h>
#include <string.h>

#include "form_world.h"

/* ---- what to enter --------------------------------------------------------------------------------------------------
 */

static void new__offers_every_type_that_is_entered_by_hand(void **state) {
  (void)state;
  app_press(&world, "3 n");
  assert_view(&world, RP_VIEW_CHOOSE);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *row = rp_record_type_get((enum rp_type)type);
    if ((row->flags & RP_TYPE_BY_HAND) != 0)
      assert_shows(&world, row->label);
    else
      assert_hides(&world, row->label);
  }
  assert_shows(&world, "limit · Maija Virtanen");
  assert_shows(&world, "offer note · Saimaa Valves Oy");
  app_type(&world, "st");
  assert_shows(&world, "next step");
  assert_hides(&world, "limit");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "New: next step · Maija Virtanen");
  app_press(&world, "Esc"); /* nothing was typed */
  assert_view(&world, RP_VIEW_PEOPLE);
}

static void new__about_a_company_or_nothing(void **state) {
  (void)state;
  app_press(&world, "2 n");
  assert_shows(&world, "theme note · Åbo Pumpar Ab");
  app_type(&world, "theme");
  app_press(&world, "Enter");
  assert_shows(&world, "Åbo Pumpar Ab");
  app_press(&world, "Esc n");
  app_type(&world, "topic\n");
  assert_shows(&world, "New: topic");
  assert_hides(&world, "New: topic ·");
}

static void edit__is_about_what_is_selected(void **state) {
  (void)state;
  app_press(&world, "3 e");
  assert_shows(&world, "Edit: contact · Maija Virtanen");
  app_press(&world, "Esc Enter E");
  assert_view(&world, RP_VIEW_CHOOSE);
  app_type(&world, "relation\n");
  assert_shows(&world, "Edit: relationship · Maija Virtanen");
  app_press(&world, "Esc E");
  app_type(&world, "customer\n");
  assert_shows(&world, "Edit: customer · Saimaa Valves Oy");
  app_press(&world, "Esc 2 e");
  assert_shows(&world, "Edit: customer · Åbo Pumpar Ab");
  app_press(&world, "Esc 1 e"); /* the promise that is due */
  assert_shows(&world, "Edit: promise");
  assert_shows(&world, "Send the offer");
}

static void edit__of_a_meeting_is_its_note_or_its_fields(void **state) {
  (void)state;
  app_press(&world, "4 e");
  assert_view(&world, RP_VIEW_LOG);
  app_press(&world, "Esc E Enter");
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "Edit: interaction");
  assert_shows(&world, "Pekka Salo");
}

/* ---- beside a field -------------------------------------------------------------------------------------------------
 */

/* A new record of a type, nothing selected. */
static void open_new(enum rp_type type) {
  open_form_new(&world.model, type, &(struct rp_id){{0}});
  app_run(&world);
}

static void list__narrows_down_while_it_is_typed(void **state) {
  (void)state;
  open_new(RP_TYPE_PROMISE);
  app_type(&world, "örj");
  assert_shows(&world, "Örjan Ålander");
  assert_shows(&world, "Åbo Pumpar Ab");
  app_press(&world, "Enter"); /* taken: the next field has the keys */
  assert_shows(&world, "relationship *  Örjan Ålander");
  assert_shows(&world, "by whom *       salesperson"); /* as most people mean it */
  app_press(&world, "Ctrl-U");
  app_type(&world, "cus");
  app_press(&world, "Tab");
  assert_shows(&world, "by whom *       customer");
  app_type(&world, "x");
  assert_shows(&world, "text *          x");
}

static void list__opens_with_enter_and_closes_with_escape(void **state) {
  (void)state;
  open_new(RP_TYPE_DISCLOSURE);
  app_press(&world, "Enter");
  assert_shows(&world, "Maija Virtanen");
  assert_shows(&world, "Pekka Salo");
  app_press(&world, "Down Down Enter Tab"); /* by name: Maija, Örjan, Pekka; the date is filled in */
  assert_shows(&world, "relationship *  Pekka Salo");
  app_press(&world, "Enter");
  assert_shows(&world, "salesperson");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_FORM);
  assert_hides(&world, "▌salesperson");
  app_type(&world, "cust\nbus\n2\n\n"); /* and the list of topics */
  assert_shows(&world, "goals and strategy");
  assert_hides(&world, "hobbies"); /* not of this domain */
  app_type(&world, "mess");
  assert_shows(&world, "Messut, näyttelyt");
  app_press(&world, "Enter");
  assert_shows(&world, "trade_fairs");
}

static void list__of_several_takes_one_after_another(void **state) {
  (void)state;
  open_new(RP_TYPE_INTERACTION);
  app_type(&world, "vid\nmaija");
  app_press(&world, "Enter");
  app_type(&world, ", pek");
  app_press(&world, "Enter");
  assert_shows(&world, "Maija Virtanen, Pekka Salo");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: interaction");
  assert_int_equal(form_count(RP_TYPE_INTERACTION), 3);
}

static bool keep_one(void *data, const struct rp_record *record) {
  *(struct rp_record **)data = rp_record_copy(record);
  return false;
}

static void list__tells_two_of_a_name_apart(void **state) {
  (void)state;
  static const char *const more[] = {
      "{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Maija Virtanen\",\"customer\":\"c2\"}", NULL};
  journal_world_put(&world.journal, more);
  app_changed(&world);
  open_new(RP_TYPE_INTERACTION);
  app_type(&world, "meeting\nmaija");
  app_press(&world, "Enter");
  app_type(&world, ", maija");
  app_press(&world, "Down Enter Ctrl-D");
  assert_shows(&world, "saved: interaction");
  struct rp_store_query query = world_all(RP_TYPE_INTERACTION);
  query.order = RP_STORE_NEWEST_FIRST;
  struct rp_record *newest = NULL;
  assert_ok(rp_store_each(world.journal.base.store, &query, keep_one, &newest, err));
  assert_non_null(newest);
  assert_int_equal(newest->values[RP_INTERACTION_CONTACTS].ids.count, 2);
  rp_record_free(newest);
}

static void reference__is_chosen_among_what_happened_with_the_person(void **state) {
  (void)state;
  open_form_new(&world.model, RP_TYPE_PROMISE, &(struct rp_id){{0}});
  app_run(&world);
  app_type(&world, "maija\n");
  app_press(&world, "Tab");
  app_type(&world, "Send it");
  app_press(&world, "Tab Tab Tab Tab Enter"); /* unfolds: settled, how, interaction */
  app_press(&world, "Tab Tab Enter");
  assert_shows(&world, "Plant visit");
  assert_hides(&world, "Drawings, line 2"); /* Pekka's */
  app_press(&world, "Enter Ctrl-D");
  assert_shows(&world, "saved: promise");
}

static void date__is_read_while_it_is_typed(void **state) {
  (void)state;
  open_form_of(&world.model, RP_TYPE_PROMISE, &(struct rp_id){{0}});
  app_run(&world); /* what is not there is said */
  assert_view(&world, RP_VIEW_TODAY);
  app_press(&world, "e Down Down Down Down Ctrl-U");
  app_type(&world, "fri");
  assert_shows(&world, "Fri 27 Nov 2026");
  app_press(&world, "Tab");
  assert_shows(&world, "2026-11-27"); /* the same day tomorrow */
  app_press(&world, "Shift-Tab Ctrl-U");
  app_type(&world, "someday");
  assert_hides(&world, "is not a date"); /* not yet */
  app_press(&world, "Tab");
  assert_shows(&world, "“due”: “someday” is not a date");
}

static void calendar__puts_a_day_into_the_field(void **state) {
  (void)state;
  app_press(&world, "e Down Down Down Down Enter");
  assert_shows(&world, "─ Nov 2026 ─");
  assert_shows(&world, "47 16 17 18 19 20 21 22*");
  app_press(&world, "PgDn Right Esc");
  assert_hides(&world, "Dec 2026");
  assert_shows(&world, "2026-11-20");
  app_press(&world, "Enter PgDn Right Enter");
  assert_shows(&world, "2026-12-21");
  assert_shows(&world, "Mon 21 Dec 2026");
  assert_shows(&world, "▌kind"); /* the keys went on */
  world.model.first_weekday = 6;
  app_press(&world, "Up Enter");
  assert_shows(&world, "Su Mo Tu We Th Fr Sa");
  app_press(&world, "3"); /* it is typed after all */
  assert_shows(&world, "2026-12-213");
}

/* ---- errors ---------------------------------------------------------------------------------------------------------
 */

static void errors__stand_below_their_fields(void **state) {
  (void)state;
  open_new(RP_TYPE_PROMISE);
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "not saved");
  assert_int_equal(app_row(&world, "“relationship” is still empty"), app_row(&world, "▌relationship *") + 1);
  assert_int_equal(app_row(&world, "“text” is still empty"), app_row(&world, " text *") + 1);
  app_type(&world, "nobody like that");
  app_press(&world, "Tab");
  app_pause(&world);
  assert_shows(&world, "“nobody like that” is not in the journal");
  app_press(&world, "Shift-Tab Ctrl-U");
  app_type(&world, "maija\n");
  app_pause(&world);
  assert_hides(&world, "is not in the journal");
  assert_int_equal(form_count(RP_TYPE_PROMISE), 1);
}

static void error__in_a_folded_field_unfolds_the_form(void **state) {
  (void)state;
  app_press(&world, "e Tab Tab Tab Tab Tab Tab Enter"); /* settled on, how settled */
  app_press(&world, "Tab");
  app_type(&world, "kept\n");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "“how settled” is given without “settled on”");
  assert_shows(&world, "▌how settled");
}

static void error__of_the_whole_stands_above(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    open_new(RP_TYPE_EVALUATION);
    app_type(&world, "maija\n");
    app_press(&world, "Down Down");
    app_type(&world, "+trust 4, -time 2: travel");
    assert_shows(&world, "net +2");
    app_press(&world, "Ctrl-D");
  }
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "not saved");
  assert_true(app_row(&world, "evaluation") < app_row(&world, "relationship *"));
  assert_int_equal(form_count(RP_TYPE_EVALUATION), 1);
}

/* ---- boundaries
 * ------------------------------------------------------------------------------------------------------ */

static void boundary__says_what_it_holds_back(void **state) {
  (void)state;
  app_press(&world, "3 n");
  app_type(&world, "boundary\ncustomer\nself\n0\nstrict\n");
  app_pause(&world);
  assert_shows(&world, "What it holds back");
  assert_shows(&world, "Maija Virtanen keeps business and");
  app_resize(&world, 80, 24);
  assert_shows(&world, "Maija Virtanen keeps business and themselves apart: a choice to respect.");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: limit");
}

/* ---- small windows
 * ---------------------------------------------------------------------------------------------------- */

static void form__is_used_in_the_least_window(void **state) {
  (void)state;
  app_resize(&world, 40, 10);
  app_press(&world, "3 e");
  assert_shows(&world, "Edit: contact");
  for (int i = 0; i < 12; i++) {
    app_press(&world, "Tab");
    assert_shows(&world, "▌");
  }
  app_press(&world, "Esc n");
  app_type(&world, "promise\n");
  app_press(&world, "Shift-Tab Enter");
  assert_shows(&world, "by whom *");
  assert_shows(&world, "salesperson");
  assert_shows(&world, "customer");
  app_press(&world, "Esc Down Down Down Enter");
  assert_shows(&world, "Nov 2026");
  assert_shows(&world, "23 24 25 26 27 28 29"); /* the week of the day */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FORM_TEST(new__offers_every_type_that_is_entered_by_hand),
      FORM_TEST(new__about_a_company_or_nothing),
      FORM_TEST(edit__is_about_what_is_selected),
      FORM_TEST(edit__of_a_meeting_is_its_note_or_its_fields),
      FORM_TEST(list__narrows_down_while_it_is_typed),
      FORM_TEST(list__opens_with_enter_and_closes_with_escape),
      FORM_TEST(list__of_several_takes_one_after_another),
      FORM_TEST(list__tells_two_of_a_name_apart),
      FORM_TEST(reference__is_chosen_among_what_happened_with_the_person),
      FORM_TEST(date__is_read_while_it_is_typed),
      FORM_TEST(calendar__puts_a_day_into_the_field),
      FORM_TEST(errors__stand_below_their_fields),
      FORM_TEST(error__in_a_folded_field_unfolds_the_form),
      FORM_TEST(error__of_the_whole_stands_above),
      FORM_TEST(boundary__says_what_it_holds_back),
      FORM_TEST(form__is_used_in_the_least_window),
  };
  return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
