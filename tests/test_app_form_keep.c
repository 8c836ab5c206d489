/* Forms: what was typed and not saved is kept, also against what others did meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "form_world.h"

/* ---- drafts
 * ---------------------------------------------------------------------------------------------------------- */

static void draft__is_kept_and_goes_on_after_a_kill(void **state) {
  (void)state;
  app_press(&world, "3 n");
  app_type(&world, "promise\n");
  app_type(&world, "Send the dra\nwings");
  app_pause(&world);
  assert_shows(&world, "draft kept");
  app_stop(&world); /* killed */
  app_start(&world, &(struct rp_app_options){0});
  assert_shows(&world, "Unfinished form");
  assert_shows(&world, "“promise: Send the dra”");
  app_press(&world, "w Enter");
  assert_shows(&world, "New: promise · Maija Virtanen");
  assert_shows(&world, "by whom *       salesperson");
  assert_shows(&world, "wings");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: promise");
  assert_int_equal(form_count(RP_TYPE_PROMISE), 2);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  assert_view(&world, RP_VIEW_TODAY); /* it is offered no more */
}

static void draft__of_an_edit_asks_when_the_record_changed_since(void **state) {
  (void)state;
  struct rp_id o1 = world_id("o1");
  app_press(&world, "e Tab Tab End");
  app_type(&world, " today");
  app_pause(&world);
  app_stop(&world);
  journal_edit(&world.journal, &o1, "text=Send the other offer");
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "w Enter");
  assert_shows(&world, "Send the offer today");
  assert_shows(&world, "changed elsewhere meanwhile");
  assert_shows(&world, "elsewhere: Send the other offer");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "the other offer”");
  app_press(&world, "k"); /* Keep mine */
  assert_shows(&world, "saved: promise");
  struct rp_record *record = journal_only(&world.journal, RP_TYPE_PROMISE);
  assert_string_equal(rp_record_text(record, RP_PROMISE_TEXT), "Send the offer today");
  rp_record_free(record);
}

static void escape__asks_only_when_something_was_typed(void **state) {
  (void)state;
  app_press(&world, "3 e Esc");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, "e Tab Tab");
  app_type(&world, "boss");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_ASK);
  app_press(&world, "t"); /* Throw away */
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, "e Tab Tab");
  app_type(&world, "boss");
  app_press(&world, "Backspace Backspace Backspace Backspace Esc");
  assert_view(&world, RP_VIEW_PEOPLE);
}

static void saving__takes_no_keys_and_loses_nothing(void **state) {
  (void)state;
  app_press(&world, "3 e Tab Tab");
  app_type(&world, "boss");
  world.hold_answers = true;
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saving …");
  app_type(&world, "more");
  app_press(&world, "Ctrl-D Ctrl-D");
  assert_int_equal(world.asked[REQUEST_FILL], 1);
  app_answer(&world);
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "saved: contact");
}

static void typing__before_the_fields_are_there_is_not_lost(void **state) {
  (void)state;
  app_press(&world, "3");
  world.hold_answers = true; /* a slow disk */
  app_press(&world, "e Tab Tab");
  app_type(&world, "boss");
  assert_shows(&world, "reading …");
  app_answer(&world);
  assert_shows(&world, "title              boss");
}

/* ---- what others did
 * ------------------------------------------------------------------------------------------------- */

static void change__of_another_field_is_taken_over(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  app_press(&world, "3 e Tab Tab");
  app_type(&world, "boss");
  journal_edit(&world.journal, &p1, "phones=09 123");
  app_changed(&world);
  assert_shows(&world, "09 123");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: contact");
  journal_edit(&world.journal, &p1, "language=fi"); /* nobody has told yet when it is saved */
  app_press(&world, "e Tab Tab End");
  app_type(&world, "!");
  journal_edit(&world.journal, &p1, "language=sv");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: contact");
  struct rp_record *record;
  assert_ok(rp_store_get(world.journal.base.store, &p1, &record, err));
  assert_string_equal(rp_record_text(record, RP_CONTACT_TITLE), "boss!");
  assert_string_equal(rp_record_text(record, RP_CONTACT_LANGUAGE), "sv");
  rp_record_free(record);
}

static void change__of_the_same_field_is_asked_about(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  app_press(&world, "3 e Tab Tab");
  app_type(&world, "boss");
  journal_edit(&world.journal, &p1, "title=chief");
  app_press(&world, "Ctrl-D"); /* before anybody has told */
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "This contact was changed elsewhere");
  assert_shows(&world, "chief”");
  app_press(&world, "s"); /* Show theirs */
  assert_shows(&world, "elsewhere: chief");
  assert_shows(&world, "boss");
  app_press(&world, "Ctrl-D t"); /* Take theirs */
  assert_view(&world, RP_VIEW_FORM);
  assert_hides(&world, "boss");
  app_press(&world, "Ctrl-Z");
  assert_shows(&world, "boss");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: contact");
  struct rp_record *record;
  assert_ok(rp_store_get(world.journal.base.store, &p1, &record, err));
  assert_string_equal(rp_record_text(record, RP_CONTACT_TITLE), "boss");
  rp_record_free(record);
}

static void deleted_record__is_saved_as_new_or_not(void **state) {
  (void)state;
  struct rp_id o1 = world_id("o1");
  struct rp_store *store = world.journal.base.store;
  app_press(&world, "e Tab Tab End");
  app_type(&world, " today");
  assert_ok(rp_store_begin(store, "delete", err));
  assert_ok(rp_store_delete(store, &o1, 1, NULL, err));
  assert_ok(rp_store_commit(store, err));
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "This promise was deleted elsewhere");
  app_press(&world, "s"); /* Save as new */
  assert_shows(&world, "saved: promise");
  struct rp_record *record = journal_only(&world.journal, RP_TYPE_PROMISE);
  assert_string_equal(rp_record_text(record, RP_PROMISE_TEXT), "Send the offer today");
  rp_record_free(record);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FORM_TEST(draft__is_kept_and_goes_on_after_a_kill),
      FORM_TEST(draft__of_an_edit_asks_when_the_record_changed_since),
      FORM_TEST(escape__asks_only_when_something_was_typed),
      FORM_TEST(saving__takes_no_keys_and_loses_nothing),
      FORM_TEST(typing__before_the_fields_are_there_is_not_lost),
      FORM_TEST(change__of_another_field_is_taken_over),
      FORM_TEST(change__of_the_same_field_is_asked_about),
      FORM_TEST(deleted_record__is_saved_as_new_or_not),
  };
  return cmocka_run_group_tests_name("form_keep", tests, NULL, NULL);
}
