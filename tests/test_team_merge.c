/* Bundles between journals and a team file: what arrives, what stays at home, what nothing takes away, and what is
 * refused without a trace. */
#include <stdlib.h>
#include <string.h>

#include "team_world.h"

static const char *const of_anna[] = {
    "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
    "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\",\"role\":\"decision_maker\","
    "\"notes\":\"NEULA\"}",
    "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-12T10:00\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"NEULA\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":2,\"topic\":\"goals_and_strategy\",\"text\":\"NEULA\",\"interaction\":\"i1\"}",
    "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"self\",\"layer\":2,\"topic\":\"hobbies\",\"text\":\"NEULA\"}",
    "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\",\"max_layer\":"
    "2,\"reason\":\"strict_privacy\",\"from\":\"2026-11-12\",\"note\":\"NEULA\"}",
    NULL};

static void bundle__brings_what_is_shared_and_the_conclusion(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  struct rp_str bundle = team_pack(&team.anna, NULL);
  struct rp_merge_report report;
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, false, &report, err));
  assert_string_equal(report.sender_name, "Anna Laine");
  assert_int_equal(report.sequence, 1);
  assert_int_equal(report.made[RP_TYPE_DISCLOSURE], 1);
  assert_int_equal(report.made[RP_TYPE_BOUNDARY], 0);
  assert_int_equal(report.conclusions, 1);
  rp_merge_report_fini(&report);
  struct rp_record *contact = team_get(&team.sofia, "p1");
  assert_string_equal(rp_record_name(contact), "Maija Virtanen");
  assert_false(contact->values[RP_CONTACT_NOTES].set);
  rp_record_free(contact);
  struct rp_record *anna = team_get(&team.sofia, "s1");
  assert_false(rp_record_bool(anna, RP_SALESPERSON_ME));
  rp_record_free(anna);
  assert_false(team_has(&team.sofia, "d2"));
  assert_false(team_has(&team.sofia, "b1"));
  char *everything = world_export(team.sofia.base.store);
  assert_null(strstr(everything, "NEULA"));
  free(everything);
  /* The same again is known, and changes nothing. */
  char *before = team_digest(&team.sofia);
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, false, &report, err));
  assert_true(report.known);
  rp_merge_report_fini(&report);
  char *after = team_digest(&team.sofia);
  assert_string_equal(before, after);
  free(before);
  free(after);
  rp_str_fini(&bundle);
  team_world_fini(&team);
}

static void dry_run__changes_nothing(void **state) {
  (void)state;
  struct team_world team;
  struct rp_pack_report packed;
  struct rp_merge_report merged;
  struct rp_str nothing = {0};
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  struct rp_pack_options options = {.dry_run = true};
  assert_ok(rp_team_pack(team.anna.journal, &options, &nothing, &packed, err));
  assert_int_equal(nothing.length, 0);
  assert_int_equal(packed.sequence, 1);
  assert_int_equal(packed.shape[RP_TYPE_CONTACT], 1);
  assert_int_equal(packed.whole[RP_TYPE_CUSTOMER], 1);
  assert_int_equal(packed.conclusions, 1);
  struct rp_str bundle = team_pack(&team.anna, NULL);
  char *before = team_digest(&team.sofia);
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, true, &merged, err));
  assert_int_equal(merged.made[RP_TYPE_CONTACT], 1);
  rp_merge_report_fini(&merged);
  char *after = team_digest(&team.sofia);
  assert_string_equal(before, after);
  free(before);
  free(after);
  rp_str_fini(&bundle);
  team_world_fini(&team);
}

static void member__gets_the_accounts_they_are_on(void **state) {
  (void)state;
  static const char *const of_erik[] = {
      "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
      "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Pekka Salo\",\"customer\":\"c1\"}",
      "{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s2\",\"contact\":\"p2\"}", NULL};
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  team_put_line(&team.anna, "{\"type\":\"customer\",\"id\":\"c9\",\"name\":\"Lohja Steel\"}");
  team_put(&team.erik, of_erik); /* the same company, from the same list */
  team_tell(&team.anna, &team.sofia);
  team_tell(&team.erik, &team.sofia);
  team_tell(&team.sofia, &team.erik);
  assert_true(team_has(&team.erik, "p1"));
  assert_true(team_has(&team.erik, "r1"));
  assert_true(team_has(&team.erik, "s1"));
  assert_false(team_has(&team.erik, "c9"));
  struct rp_record *erik = team_get(&team.erik, "s2");
  assert_true(rp_record_bool(erik, RP_SALESPERSON_ME)); /* it is still his journal */
  rp_record_free(erik);
  team_world_fini(&team);
}

/* A field of a record may not be taken for what a line says of its state. */
static void every_type__travels(void **state) {
  (void)state;
  static const char *const shared[] = {
      "{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"business\",\"code\":\"seals\",\"label\":\"Seals\"}",
      "{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"viewpoint\":\"own\","
      "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}],\"audience\":\"team\"}",
      "{\"type\":\"boundary\",\"id\":\"b2\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"business\","
      "\"max_layer\":2,\"reason\":\"strict_privacy\",\"from\":\"2026-11-12\",\"audience\":\"team\"}",
      "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send it\","
      "\"made\":\"2026-11-12\",\"due\":\"2026-11-20\"}",
      "{\"type\":\"incident\",\"id\":\"n1\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"kind\":"
      "\"service_failure\",\"serious\":false,\"audience\":\"team\"}",
      "{\"type\":\"next_step\",\"id\":\"x1\",\"relationship\":\"r1\",\"text\":\"Call\",\"due\":\"2026-11-30\"}",
      "{\"type\":\"suggestion_hold\",\"id\":\"h1\",\"relationship\":\"r1\",\"suggestion\":\"N24\",\"state\":"
      "\"dismissed\",\"audience\":\"team\"}",
      "{\"type\":\"theme_note\",\"id\":\"m1\",\"customer\":\"c1\",\"theme\":\"concerns\",\"text\":\"Oulu\",\"date\":"
      "\"2026-11-12\"}",
      "{\"type\":\"offer_note\",\"id\":\"f1\",\"customer\":\"c1\",\"channel\":\"meeting\",\"by\":\"Anna\",\"subject\":\"Seals\","
      "\"value\":\"10 %\",\"date\":\"2026-11-12\"}",
      NULL};
  static const char *const ids[] = {"s1", "c1", "p1", "r1", "t1", "i1", "d1", "e1",
                                    "b2", "o1", "n1", "x1", "h1", "m1", "f1"};
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  team_put(&team.anna, shared);
  team_tell(&team.anna, &team.sofia);
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    if (!team_has(&team.sofia, ids[i]))
      fail_msg("%s did not come", ids[i]);
  }
  team_world_fini(&team);
}

struct heard {
  size_t leaving, concluded;
};

static void hear_record(void *data, const struct rp_replica *leaving) {
  struct heard *heard = data;
  struct rp_str text = {0};
  rp_replica_canonical(leaving, &text);
  assert_null(strstr(rp_str_text(&text), "NEULA"));
  rp_str_fini(&text);
  heard->leaving++;
}

static void hear_conclusion(void *data, const struct rp_id *relationship, const char *says) {
  struct heard *heard = data;
  struct rp_id r1 = world_id("r1");
  struct rp_str words = {0};
  rp_date today;
  assert_true(rp_id_equal(relationship, &r1));
  assert_ok(rp_date_parse("2026-11-22", &today, err));
  rp_team_conclusion_print(says, today, &words);
  assert_non_null(strstr(rp_str_text(&words), "prospect"));
  assert_non_null(strstr(rp_str_text(&words), "depth: business"));
  rp_str_fini(&words);
  heard->concluded++;
}

static void dry_run__tells_what_would_leave_and_what_would_come(void **state) {
  (void)state;
  struct team_world team;
  struct heard heard = {0};
  struct rp_pack_report packed;
  struct rp_merge_report merged;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  struct rp_pack_options options = {
      .dry_run = true, .record = hear_record, .conclusion = hear_conclusion, .data = &heard};
  assert_ok(rp_team_pack(team.anna.journal, &options, NULL, &packed, err));
  assert_int_equal(heard.leaving, 6);
  assert_int_equal(heard.concluded, 1);
  struct rp_str bundle = team_pack(&team.anna, NULL);
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, true, &merged, err));
  assert_int_equal(merged.items.count, 6);
  for (size_t i = 0; i < merged.items.count; i++) {
    assert_int_equal(merged.items.items[i].what, RP_MERGE_NEW);
    assert_true(*merged.items.items[i].title != '\0');
  }
  rp_merge_report_fini(&merged);
  team_take(&team.sofia, &bundle);
  rp_str_fini(&bundle);
  team_delete(&team.anna, "d1");
  bundle = team_pack(&team.anna, NULL);
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, true, &merged, err));
  assert_int_equal(merged.items.count, 1);
  assert_int_equal(merged.items.items[0].what, RP_MERGE_TAKEN_BACK);
  assert_string_equal(merged.items.items[0].title, "12 Nov disclosure"); /* as it was */
  rp_merge_report_fini(&merged);
  assert_true(team_has(&team.sofia, "d1"));
  rp_str_fini(&bundle);
  team_world_fini(&team);
}

static bool count_conclusion(void *data, const struct rp_store_conclusion *conclusion) {
  size_t *count = data;
  *count += conclusion->text != NULL;
  return true;
}

static void conclusion__of_a_relationship_that_is_gone_is_taken_back(void **state) {
  (void)state;
  struct team_world team;
  size_t count = 0;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  team_tell(&team.anna, &team.sofia);
  assert_ok(rp_store_each_conclusion(team.sofia.base.store, count_conclusion, &count, err));
  assert_int_equal(count, 1);
  team_delete(&team.anna, "p1");
  team_tell(&team.anna, &team.sofia);
  count = 0;
  assert_ok(rp_store_each_conclusion(team.sofia.base.store, count_conclusion, &count, err));
  assert_int_equal(count, 0);
  team_world_fini(&team);
}

static void conclusion__that_is_none_is_said_so(void **state) {
  (void)state;
  static const char *const texts[] = {
      "", "[]", "{}", "{\"stage\":9}", "\xff", "{\"stage\":1,\"since\":\"never\",\"status\":\"active\"}"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct rp_str words = {0};
    rp_team_conclusion_print(texts[i], 0, &words);
    assert_string_equal(rp_str_text(&words), "cannot be read");
    rp_str_fini(&words);
  }
}

/* ---- what nothing takes away ------------------------------------------------------------------------------------- */

static void deleted_by_another__stays_where_own_records_hang_on_it(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  team_put_line(&team.erik, "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}");
  team_put_line(&team.erik, "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Pekka Salo\",\"customer\":\"c1\"}");
  team_put_line(&team.erik, "{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s2\",\"contact\":\"p2\"}");
  team_tell(&team.anna, &team.sofia);
  team_tell(&team.erik, &team.sofia);
  team_tell(&team.sofia, &team.erik);
  /* A relationship of his own with somebody whom Anna brought in. */
  team_put_line(&team.erik, "{\"type\":\"relationship\",\"id\":\"r3\",\"salesperson\":\"s2\",\"contact\":\"p1\"}");
  team_delete(&team.anna, "p1");
  team_tell(&team.anna, &team.sofia);
  assert_false(team_has(&team.sofia, "p1"));
  struct rp_str bundle = team_pack(&team.sofia, &team.erik);
  struct rp_merge_report report;
  assert_ok(rp_team_merge(team.erik.journal, bundle.data, bundle.length, false, &report, err));
  assert_true(report.kept > 0);
  rp_merge_report_fini(&report);
  rp_str_fini(&bundle);
  assert_true(team_has(&team.erik, "p1"));
  assert_true(team_has(&team.erik, "r3"));
  assert_false(team_has(&team.erik, "r1")); /* Anna's own went */
  struct rp_record *contact = team_get(&team.erik, "p1");
  assert_int_equal(contact->audience, RP_AUDIENCE_ME);
  rp_record_free(contact);
  /* Nobody else hears of what he kept. */
  team_tell(&team.erik, &team.sofia);
  assert_false(team_has(&team.sofia, "p1"));
  team_tell(&team.sofia, &team.anna);
  assert_false(team_has(&team.anna, "p1"));
  team_world_fini(&team);
}

static void private_people__stay_in_lists_that_others_change(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  team_put_line(&team.anna,
                "{\"type\":\"contact\",\"id\":\"p7\",\"name\":\"NEULA\",\"customer\":\"c1\",\"audience\":\"me\"}");
  team_put_line(&team.anna, "{\"type\":\"contact\",\"id\":\"p8\",\"name\":\"Sari Koski\",\"customer\":\"c1\"}");
  team_put_line(&team.anna, "{\"type\":\"interaction\",\"id\":\"i7\",\"at\":\"2026-11-13\",\"channel\":\"meeting\","
                            "\"contacts\":[\"p7\",\"p1\"],\"salespeople\":[\"s1\"],\"audience\":\"team\"}");
  team_tell(&team.anna, &team.sofia);
  struct rp_record *meeting = team_get(&team.sofia, "i7");
  assert_int_equal(meeting->values[RP_INTERACTION_CONTACTS].ids.count, 1);
  rp_record_add_id(meeting, RP_INTERACTION_CONTACTS, world_id("p8"));
  assert_ok(rp_store_begin(team.sofia.base.store, "edit", err));
  assert_ok(rp_store_put(team.sofia.base.store, meeting, 0, err));
  assert_ok(rp_store_commit(team.sofia.base.store, err));
  rp_record_free(meeting);
  team_tell(&team.sofia, &team.anna);
  meeting = team_get(&team.anna, "i7");
  assert_int_equal(meeting->values[RP_INTERACTION_CONTACTS].ids.count, 3);
  rp_record_free(meeting);
  team_tell(&team.anna, &team.sofia);
  meeting = team_get(&team.sofia, "i7");
  assert_int_equal(meeting->values[RP_INTERACTION_CONTACTS].ids.count, 2);
  rp_record_free(meeting);
  team_world_fini(&team);
}

/* Both have it from the same list, and Erik shares more of it. */
static void shared_more_by_another__my_own_stays_as_i_decided(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna); /* p1 is shared as a shape */
  team_put_line(&team.erik, "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\"}");
  team_put_line(&team.erik, "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\","
                            "\"audience\":\"team\"}");
  team_tell(&team.erik, &team.sofia);
  team_tell(&team.anna, &team.sofia);
  team_tell(&team.sofia, &team.anna);
  struct rp_record *contact = team_get(&team.anna, "p1");
  assert_int_equal(contact->audience, RP_AUDIENCE_SHAPE);
  assert_string_equal(rp_record_text(contact, RP_CONTACT_NOTES), "NEULA");
  rp_record_free(contact);
  team_tell(&team.anna, &team.sofia);
  char *everything = world_export(team.sofia.base.store);
  assert_null(strstr(everything, "NEULA"));
  free(everything);
  team_world_fini(&team);
}

static void lowered_later__is_withdrawn_everywhere(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  team_tell(&team.anna, &team.sofia);
  assert_true(team_has(&team.sofia, "d1"));
  struct rp_record *told = team_get(&team.anna, "d1");
  told->audience = RP_AUDIENCE_ME;
  assert_ok(rp_store_begin(team.anna.base.store, "share less", err));
  assert_ok(rp_store_put(team.anna.base.store, told, 0, err));
  assert_ok(rp_store_commit(team.anna.base.store, err));
  rp_record_free(told);
  struct rp_str bundle = team_pack(&team.anna, NULL);
  struct rp_merge_report report;
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, false, &report, err));
  assert_int_equal(report.taken_back, 1);
  rp_merge_report_fini(&report);
  rp_str_fini(&bundle);
  assert_false(team_has(&team.sofia, "d1"));
  assert_true(team_has(&team.anna, "d1"));
  team_world_fini(&team);
}

/* ---- what is refused --------------------------------------------------------------------------------------------- */

static void assert_refused(struct team_side *side, const struct rp_str *bundle, const char *says) {
  struct rp_merge_report report;
  char *before = team_digest(side);
  assert_says(rp_team_merge(side->journal, bundle->data, bundle->length, false, &report, err), RP_EREFUSED, says);
  rp_merge_report_fini(&report);
  char *after = team_digest(side);
  assert_string_equal(before, after);
  free(before);
  free(after);
}

static void of_another_team_or_for_somebody_else__refused(void **state) {
  (void)state;
  struct team_world team, other;
  team_world_init(&team);
  team_world_init(&other);
  team_put(&team.anna, of_anna);
  struct rp_str bundle = team_pack(&team.anna, NULL);
  assert_refused(&other.sofia, &bundle, "another team");
  assert_refused(&team.erik, &bundle, "not for you");
  assert_refused(&team.anna, &bundle, "packed here");
  struct team_side alone;
  team_side_init(&alone, 9);
  assert_refused(&alone, &bundle, "no team");
  team_side_fini(&alone);
  rp_str_fini(&bundle);
  team_world_fini(&team);
  team_world_fini(&other);
}

static void revoked__only_what_came_before_counts(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  struct rp_str first = team_pack(&team.anna, NULL);
  team_take(&team.sofia, &first);
  assert_ok(rp_team_revoke(team.sofia.base.store, &team.anna.node, err));
  struct rp_str second = team_pack(&team.anna, NULL);
  assert_refused(&team.sofia, &second, "revoked after number 1");
  team_take(&team.sofia, &first);
  rp_str_fini(&first);
  rp_str_fini(&second);
  team_world_fini(&team);
}

static void numbers__missing_is_told_and_any_order_is_taken(void **state) {
  (void)state;
  struct team_world team;
  struct rp_merge_report report;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  struct rp_str one = team_pack(&team.anna, NULL);
  team_put_line(&team.anna, "{\"type\":\"customer\",\"id\":\"c9\",\"name\":\"Lohja Steel\"}");
  struct rp_str two = team_pack(&team.anna, NULL), three = team_pack(&team.anna, NULL);
  assert_ok(rp_team_merge(team.sofia.journal, three.data, three.length, false, &report, err));
  assert_int_equal(report.missing, 2);
  rp_merge_report_fini(&report);
  char *before = team_digest(&team.sofia);
  team_take(&team.sofia, &one);
  team_take(&team.sofia, &two);
  char *after = team_digest(&team.sofia);
  assert_string_equal(before, after); /* the last had it all */
  struct rp_received received;
  assert_ok(rp_team_received(team.sofia.base.store, &team.anna.node, &received, err));
  assert_int_equal(received.last, 3);
  assert_int_equal(received.missing.count, 0);
  rp_vec_fini(&received.missing);
  free(before);
  free(after);
  rp_str_fini(&one);
  rp_str_fini(&two);
  rp_str_fini(&three);
  team_world_fini(&team);
}

static void numbers__that_never_came_are_told(void **state) {
  (void)state;
  struct team_world team;
  struct rp_received received;
  struct rp_str bundles[6];
  team_world_init(&team);
  assert_ok(rp_team_received(team.sofia.base.store, &team.anna.node, &received, err));
  assert_int_equal(received.last, 0);
  for (int i = 0; i < 6; i++)
    bundles[i] = team_pack(&team.anna, NULL);
  team_take(&team.sofia, &bundles[5]);
  team_take(&team.sofia, &bundles[1]);
  assert_ok(rp_team_received(team.sofia.base.store, &team.anna.node, &received, err));
  assert_int_equal(received.last, 6);
  assert_true(received.at > 0);
  assert_int_equal(received.missing.count, 2);
  assert_int_equal(received.missing.items[0].first, 1);
  assert_int_equal(received.missing.items[0].last, 1);
  assert_int_equal(received.missing.items[1].first, 3);
  assert_int_equal(received.missing.items[1].last, 5);
  rp_vec_fini(&received.missing);
  for (int i = 0; i < 6; i++)
    rp_str_fini(&bundles[i]);
  team_world_fini(&team);
}

/* The manager's numbers go to all members: what the others got is not missing here. */
static void numbers__of_the_manager_are_not_missed(void **state) {
  (void)state;
  struct team_world team;
  struct rp_merge_report report;
  team_world_init(&team);
  team_tell(&team.sofia, &team.anna);
  struct rp_str bundle = team_pack(&team.sofia, &team.erik);
  assert_ok(rp_team_merge(team.erik.journal, bundle.data, bundle.length, false, &report, err));
  assert_int_equal(report.sequence, 2);
  assert_int_equal(report.missing, 0);
  rp_merge_report_fini(&report);
  rp_str_fini(&bundle);
  team_world_fini(&team);
}

/* A journal that was put back from a backup gives its numbers again. */
static void same_number_other_content__refused(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  char *backup = rp_str_format("%s/backup.db", team.anna.base.folder);
  assert_ok(rp_store_backup(team.anna.base.store, backup, false, err));
  struct rp_str one = team_pack(&team.anna, NULL);
  team_take(&team.sofia, &one);
  struct rp_store *old;
  assert_ok(rp_store_open(backup, &team.anna.base.options, &old, err));
  struct rp_store *kept = team.anna.journal->store;
  team.anna.journal->store = old;
  struct rp_str other = team_pack(&team.anna, NULL);
  team.anna.journal->store = kept;
  rp_store_close(old);
  assert_refused(&team.sofia, &other, "other content");
  rp_str_fini(&one);
  rp_str_fini(&other);
  free(backup);
  team_world_fini(&team);
}

static void clock_a_day_ahead__refused(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  team.anna.base.clock.when.date += 3653;
  team.anna.journal->today = team.anna.journal->as_of = team.anna.base.clock.when.date;
  team_put(&team.anna, of_anna);
  struct rp_str bundle = team_pack(&team.anna, NULL);
  assert_refused(&team.sofia, &bundle, "ahead of the clock here");
  rp_str_fini(&bundle);
  team_world_fini(&team);
}

static void every_truncation_and_every_bit__leaves_the_team_file_as_it_was(void **state) {
  (void)state;
  struct team_world team;
  struct rp_merge_report report;
  struct rp_err err;
  team_world_init(&team);
  team_put_line(&team.anna, "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa\"}");
  struct rp_str bundle = team_pack(&team.anna, NULL);
  char *before = team_digest(&team.sofia);
  for (size_t length = 0; length < bundle.length; length++) {
    assert_int_equal(rp_team_merge(team.sofia.journal, bundle.data, length, false, &report, &err), RP_EREFUSED);
    rp_merge_report_fini(&report);
  }
  for (size_t bit = 0; bit < bundle.length * 8; bit++) {
    bundle.data[bit / 8] = (char)(bundle.data[bit / 8] ^ 1 << bit % 8);
    assert_int_equal(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, false, &report, &err), RP_EREFUSED);
    rp_merge_report_fini(&report);
    bundle.data[bit / 8] = (char)(bundle.data[bit / 8] ^ 1 << bit % 8);
  }
  char *after = team_digest(&team.sofia);
  assert_string_equal(before, after);
  free(before);
  free(after);
  team_take(&team.sofia, &bundle);
  assert_true(team_has(&team.sofia, "c1"));
  rp_str_fini(&bundle);
  team_world_fini(&team);
}

/* ---- coming into a team ------------------------------------------------------------------------------------------ */

static void request_and_invitation__of_others_refused(void **state) {
  (void)state;
  struct team_world team, other;
  struct rp_str request = {0}, invitation = {0};
  struct rp_member who;
  team_world_init(&team);
  team_world_init(&other);
  struct rp_id salesperson = world_id("s1");
  assert_ok(rp_team_request(team.anna.base.store, &salesperson, "Anna Laine", &request, err));
  /* What she did not sign. */
  char *name = strstr(request.data, "Anna");
  memcpy(name, "Anne", 4);
  assert_says(rp_team_admit(team.sofia.base.store, request.data, request.length, &who, &invitation, err), RP_EREFUSED,
              "not what its sender signed");
  memcpy(name, "Anna", 4);
  /* Into another team. */
  assert_ok(rp_team_admit(other.sofia.base.store, request.data, request.length, &who, &invitation, err));
  free(who.name);
  assert_says(rp_team_accept(team.anna.base.store, invitation.data, invitation.length, err), RP_EREFUSED,
              "belongs to “Nordic Industry”");
  /* An invitation that was meant for Anna. */
  assert_says(rp_team_accept(team.erik.base.store, invitation.data, invitation.length, err), RP_EREFUSED,
              "does not have this journal");
  assert_says(rp_team_admit(team.erik.base.store, request.data, request.length, &who, &invitation, err), RP_EREFUSED,
              "no team file");
  assert_says(rp_team_accept(team.anna.base.store, request.data, request.length, err), RP_EREFUSED,
              "“rapport-team-invitation” is needed");
  assert_says(rp_team_accept(team.anna.base.store, "hello", 5, err), RP_EREFUSED, "no file of the form");
  assert_says(rp_team_create(team.anna.base.store, "Other", "Anna", err), RP_EREFUSED, "belongs to a team already");
  rp_str_fini(&request);
  rp_str_fini(&invitation);
  team_world_fini(&team);
  team_world_fini(&other);
}

static void name_of_a_member__is_found_as_typed(void **state) {
  (void)state;
  struct team_world team;
  struct rp_membership membership;
  const struct rp_member *found;
  team_world_init(&team);
  assert_ok(rp_membership_load(team.sofia.base.store, &membership, err));
  struct rp_roster *roster = &membership.roster;
  static const struct {
    const char *typed, *name;
  } cases[] = {{"Anna Laine", "Anna Laine"}, {"laine", "Anna Laine"}, {"ER", "Erik Strand"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_ok(rp_roster_find(roster, cases[i].typed, &found, err));
    assert_string_equal(found->name, cases[i].name);
  }
  char id[RP_ID_TEXT_SIZE];
  assert_ok(rp_roster_find(roster, rp_id_format(&team.erik.node, id), &found, err));
  assert_string_equal(found->name, "Erik Strand");
  static const char *const unknown[] = {"Sofia", "", "nna", "Maija"}; /* the manager is nobody's receiver */
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
    assert_says(rp_roster_find(roster, unknown[i], &found, err), RP_ENOTFOUND, "there are Anna Laine, Erik Strand");
  free(roster->members.items[2].name);
  roster->members.items[2].name = rp_mem_text("Anna Lind");
  assert_says(rp_roster_find(roster, "anna", &found, err), RP_ENOTFOUND, "fits several");
  roster->members.items[1].revoked = true;
  assert_ok(rp_roster_find(roster, "anna", &found, err)); /* she is not in it any more */
  assert_string_equal(found->name, "Anna Lind");
  rp_membership_fini(&membership);
  team_world_fini(&team);
}

static void team__without_a_name_is_refused(void **state) {
  (void)state;
  struct team_side alone;
  char many[1000];
  memset(many, 'x', sizeof many - 1);
  many[sizeof many - 1] = '\0';
  team_side_init(&alone, 9);
  assert_says(rp_team_create(alone.base.store, " ", "Sofia Berg", err), RP_EREFUSED, "missing or empty");
  assert_says(rp_team_create(alone.base.store, "Nordic", "", err), RP_EREFUSED, "missing or empty");
  assert_says(rp_team_create(alone.base.store, many, "Sofia Berg", err), RP_EREFUSED, "more than");
  assert_ok(rp_team_create(alone.base.store, "Nordic", "Sofia Berg", err));
  team_side_fini(&alone);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bundle__brings_what_is_shared_and_the_conclusion),
      cmocka_unit_test(dry_run__changes_nothing),
      cmocka_unit_test(dry_run__tells_what_would_leave_and_what_would_come),
      cmocka_unit_test(every_type__travels),
      cmocka_unit_test(conclusion__of_a_relationship_that_is_gone_is_taken_back),
      cmocka_unit_test(conclusion__that_is_none_is_said_so),
      cmocka_unit_test(member__gets_the_accounts_they_are_on),
      cmocka_unit_test(deleted_by_another__stays_where_own_records_hang_on_it),
      cmocka_unit_test(private_people__stay_in_lists_that_others_change),
      cmocka_unit_test(shared_more_by_another__my_own_stays_as_i_decided),
      cmocka_unit_test(lowered_later__is_withdrawn_everywhere),
      cmocka_unit_test(of_another_team_or_for_somebody_else__refused),
      cmocka_unit_test(revoked__only_what_came_before_counts),
      cmocka_unit_test(numbers__missing_is_told_and_any_order_is_taken),
      cmocka_unit_test(numbers__that_never_came_are_told),
      cmocka_unit_test(numbers__of_the_manager_are_not_missed),
      cmocka_unit_test(same_number_other_content__refused),
      cmocka_unit_test(clock_a_day_ahead__refused),
      cmocka_unit_test(every_truncation_and_every_bit__leaves_the_team_file_as_it_was),
      cmocka_unit_test(request_and_invitation__of_others_refused),
      cmocka_unit_test(name_of_a_member__is_found_as_typed),
      cmocka_unit_test(team__without_a_name_is_refused),
  };
  return cmocka_run_group_tests_name("team_merge", tests, NULL, NULL);
}
