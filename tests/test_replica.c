/* Joining the states of a record that several journals hold: laws, by random histories over three journals, and what
 * each rule is for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance.h"
#include "rapport/json.h"
#include "rapport/replica.h"
#include "rounds.h"

enum { NODES = 3, RECORDS = 2, STEPS = 24, SENT_MOST = STEPS + NODES * RECORDS, ORDERS = 3 };

static struct rp_id numbered(int number) {
  struct rp_id id = {{0}};
  id.bytes[15] = (uint8_t)number;
  return id;
}

static struct rp_dot dot_of(int64_t clock, int node) {
  return (struct rp_dot){.clock = clock, .node = numbered(node)};
}

static struct rp_record *contact(int number, const char *name, enum rp_audience audience) {
  struct rp_record *record = rp_record_new(RP_TYPE_CONTACT);
  record->id = numbered(100 + number);
  record->created = record->changed = 1000 + number;
  record->audience = (int)audience;
  rp_record_set_text(record, RP_CONTACT_NAME, name);
  rp_record_set_ref(record, RP_CONTACT_CUSTOMER, numbered(200));
  return record;
}

/* The value a field is written with. */
static void write_text(struct rp_replica *replica, int field, const char *text, struct rp_dot dot) {
  struct rp_record *from = rp_record_new(replica->record->type);
  rp_record_set_text(from, field, text);
  rp_replica_write(replica, field, from, dot);
  rp_record_free(from);
}

static char *canonical(const struct rp_replica *replica) {
  struct rp_str text = {0};
  rp_replica_canonical(replica, &text);
  return rp_str_take(&text);
}

static void assert_same(const struct rp_replica *a, const struct rp_replica *b) {
  char *left = canonical(a), *right = canonical(b);
  assert_string_equal(left, right);
  free(left);
  free(right);
}

static struct rp_replica *sent(const struct rp_replica *replica) {
  struct rp_replica *copy = rp_replica_copy(replica);
  rp_replica_narrow(copy);
  return copy;
}

/* ---- random histories -------------------------------------------------------------------------------------------- */

/* Three journals that write, delete, share less and more, and hear of each other now and then; `sent` is every state
 * that ever left one. Clocks are slow, so that different journals often write at the same time. */
struct history {
  uint64_t state;
  int64_t clock[NODES];
  struct rp_replica *held[NODES][RECORDS];
  struct rp_replica *sent[SENT_MOST];
  int sent_count;
};

static struct rp_dot tick(struct history *history, int node) {
  history->clock[node] += 1 + chance(&history->state, 2);
  return dot_of(history->clock[node], node);
}

static void hear(struct history *history, int node, const struct rp_replica *news) {
  int record = news->record->id.bytes[15] - 100;
  struct rp_replica **held = &history->held[node][record];
  if (*held == NULL)
    *held = rp_replica_copy(news);
  else
    rp_replica_join(*held, news, NULL);
  /* The clock never runs behind what was heard. */
  if (news->made.clock > history->clock[node])
    history->clock[node] = news->made.clock;
  for (int field = 0; field < RP_CONTACT_FIELD_COUNT; field++) {
    if (news->fields[field].version.dot.clock > history->clock[node])
      history->clock[node] = news->fields[field].version.dot.clock;
  }
}

static void tell(struct history *history, int node, int record) {
  if (history->held[node][record] != NULL && history->sent_count < SENT_MOST)
    history->sent[history->sent_count++] = sent(history->held[node][record]);
}

static void edit(struct history *history, int node, struct rp_replica *held) {
  static const int fields[] = {RP_CONTACT_NAME, RP_CONTACT_TITLE, RP_CONTACT_NOTES, RP_CONTACT_NOTES};
  static const char *const texts[] = {"Maija", "Åsa", "ostopäällikkö", "👩‍👩‍👧", NULL};
  int field = fields[chance(&history->state, 4)];
  int text = chance(&history->state, field == RP_CONTACT_NAME ? 4 : 5);
  if (rp_replica_knows(held, field))
    write_text(held, field, texts[text], tick(history, node));
}

static void raise_again(struct history *history, int node, struct rp_replica *held) {
  int record = held->record->id.bytes[15] - 100;
  bool whole = held->whole;
  rp_replica_raise(held, contact(record, "back again", (enum rp_audience)chance(&history->state, RP_AUDIENCE_COUNT)),
                   tick(history, node));
  held->whole = whole;
  if (!whole)
    rp_replica_narrow(held);
}

static void step(struct history *history) {
  int node = chance(&history->state, NODES), record = chance(&history->state, RECORDS);
  struct rp_replica **held = &history->held[node][record];
  if (*held == NULL) {
    if (chance(&history->state, 3) == 0) { /* also the same record in two journals, from one imported file */
      *held = rp_replica_new(contact(record, "first", (enum rp_audience)chance(&history->state, RP_AUDIENCE_COUNT)),
                             tick(history, node));
      (*held)->whole = true;
    }
    return;
  }
  int what = chance(&history->state, 10);
  if (rp_replica_is_dead(*held)) {
    if (what < 3)
      raise_again(history, node, *held);
  } else if (what == 0) {
    rp_replica_kill(*held, tick(history, node),
                    chance(&history->state, 2) == 0 ? numbered(110 + node) : (struct rp_id){{0}});
  } else if (what < 3 && (*held)->whole) {
    rp_replica_set_audience(*held, (enum rp_audience)chance(&history->state, RP_AUDIENCE_COUNT));
  } else {
    edit(history, node, *held);
  }
  if (chance(&history->state, 2) == 0)
    tell(history, node, record);
  if (chance(&history->state, 2) == 0 && history->sent_count > 0)
    hear(history, chance(&history->state, NODES), history->sent[chance(&history->state, history->sent_count)]);
}

static void history_init(struct history *history, uint64_t seed) {
  *history = (struct history){.state = seed};
  for (int i = 0; i < STEPS; i++)
    step(history);
  for (int node = 0; node < NODES; node++) {
    for (int record = 0; record < RECORDS; record++)
      tell(history, node, record);
  }
}

static void history_fini(struct history *history) {
  for (int i = 0; i < history->sent_count; i++)
    rp_replica_free(history->sent[i]);
  for (int i = 0; i < NODES * RECORDS; i++)
    rp_replica_free(history->held[i / RECORDS][i % RECORDS]);
}

typedef void (*join_function)(struct rp_replica *into, const struct rp_replica *from);

static void true_join(struct rp_replica *into, const struct rp_replica *from) {
  rp_replica_join(into, from, NULL);
}

/* As a merge would be that has only clocks: of two writes at the same time the one that comes last stays. */
static void control_join(struct rp_replica *into, const struct rp_replica *from) {
  if (into->life != from->life || into->sharing != from->sharing || rp_replica_is_dead(into)) {
    rp_replica_join(into, from, NULL);
    return;
  }
  for (int field = 0; field < RP_CONTACT_FIELD_COUNT; field++) {
    if (rp_replica_knows(from, field) && rp_replica_knows(into, field) &&
        from->fields[field].version.dot.clock >= into->fields[field].version.dot.clock)
      rp_record_set_value(into->record, field, from->record);
  }
}

/* Everything that was sent of one record, in an order by chance, some of it twice. */
static struct rp_replica *joined(struct history *history, int record, join_function join) {
  struct rp_replica *result = NULL;
  int order[SENT_MOST * 2];
  int count = 0;
  for (int i = 0; i < history->sent_count; i++) {
    order[count++] = i;
    if (chance(&history->state, 3) == 0)
      order[count++] = i;
  }
  for (int i = count - 1; i > 0; i--) {
    int other = chance(&history->state, i + 1), kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
  for (int i = 0; i < count; i++) {
    const struct rp_replica *news = history->sent[order[i]];
    if (news->record->id.bytes[15] != 100 + record)
      continue;
    if (result == NULL)
      result = rp_replica_copy(news);
    else
      join(result, news);
  }
  return result;
}

/* Two heaps joined by themselves, then with each other. */
static struct rp_replica *joined_in_two(struct history *history, int record) {
  struct rp_replica *heaps[2] = {NULL, NULL};
  for (int i = 0; i < history->sent_count; i++) {
    const struct rp_replica *news = history->sent[i];
    struct rp_replica **heap = &heaps[chance(&history->state, 2)];
    if (news->record->id.bytes[15] != 100 + record)
      continue;
    if (*heap == NULL)
      *heap = rp_replica_copy(news);
    else
      rp_replica_join(*heap, news, NULL);
  }
  if (heaps[0] == NULL || heaps[1] == NULL)
    return heaps[0] != NULL ? heaps[0] : heaps[1];
  rp_replica_join(heaps[0], heaps[1], NULL);
  rp_replica_free(heaps[1]);
  return heaps[0];
}

static void any_order_any_repetition__same_state(void **state) {
  (void)state;
  for (int round = 0; round < rounds(12000); round++) {
    struct history history;
    history_init(&history, (uint64_t)round);
    for (int record = 0; record < RECORDS; record++) {
      struct rp_replica *first = joined(&history, record, true_join);
      if (first == NULL)
        continue;
      for (int i = 0; i < ORDERS; i++) {
        struct rp_replica *again = joined(&history, record, true_join);
        assert_same(first, again);
        assert_false(rp_replica_join(first, again, NULL));
        rp_replica_free(again);
      }
      struct rp_replica *heaps = joined_in_two(&history, record);
      assert_same(first, heaps);
      rp_replica_free(heaps);
      rp_replica_free(first);
    }
    history_fini(&history);
  }
}

static void control_without_tie_break__diverges(void **state) {
  (void)state;
  int diverged = 0;
  for (int round = 0; round < 500; round++) {
    struct history history;
    history_init(&history, (uint64_t)round);
    for (int record = 0; record < RECORDS; record++) {
      struct rp_replica *first = joined(&history, record, control_join);
      struct rp_replica *again = joined(&history, record, control_join);
      if (first != NULL) {
        char *left = canonical(first), *right = canonical(again);
        diverged += strcmp(left, right) != 0;
        free(left);
        free(right);
      }
      rp_replica_free(first);
      rp_replica_free(again);
    }
    history_fini(&history);
  }
  assert_true(diverged > 50);
}

/* ---- what each rule is for --------------------------------------------------------------------------------------- */

static void later_write_wins__earlier_is_listed_when_not_known(void **state) {
  (void)state;
  struct rp_replica *anna = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  struct rp_replica *erik = rp_replica_copy(anna);
  struct rp_losses losses = {0};
  write_text(anna, RP_CONTACT_TITLE, "buyer", dot_of(5, 1));
  write_text(erik, RP_CONTACT_TITLE, "purchasing director", dot_of(6, 2));
  assert_true(rp_replica_join(anna, erik, &losses));
  assert_string_equal(rp_record_text(anna->record, RP_CONTACT_TITLE), "purchasing director");
  assert_int_equal(losses.items.count, 1);
  assert_int_equal(losses.items.items[0].field, RP_CONTACT_TITLE);
  assert_string_equal(losses.items.items[0].value, "\"buyer\"");
  rp_losses_fini(&losses);
  /* Erik edits what he has seen: nothing is set aside by that. */
  struct rp_replica *news = rp_replica_copy(anna);
  write_text(news, RP_CONTACT_TITLE, "director", dot_of(9, 2));
  assert_true(rp_replica_join(anna, news, &losses));
  assert_int_equal(losses.items.count, 0);
  rp_losses_fini(&losses);
  rp_replica_free(news);
  rp_replica_free(anna);
  rp_replica_free(erik);
}

static void text_on_two_sides__kept_twice_until_joined(void **state) {
  (void)state;
  struct rp_replica *anna = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  struct rp_replica *erik = rp_replica_copy(anna);
  write_text(anna, RP_CONTACT_NOTES, "Purjehtii.", dot_of(5, 1));
  write_text(erik, RP_CONTACT_NOTES, "Gillar segling.", dot_of(6, 2));
  assert_true(rp_replica_join(anna, erik, NULL));
  assert_string_equal(rp_record_text(anna->record, RP_CONTACT_NOTES), "Gillar segling.");
  assert_int_equal(anna->fields[RP_CONTACT_NOTES].others.count, 1);
  assert_string_equal(anna->fields[RP_CONTACT_NOTES].others.items[0].text, "Purjehtii.");
  write_text(anna, RP_CONTACT_NOTES, "Purjehtii, ja pitää siitä.", dot_of(8, 1));
  assert_int_equal(anna->fields[RP_CONTACT_NOTES].others.count, 0);
  assert_true(rp_replica_join(erik, anna, NULL));
  assert_string_equal(rp_record_text(erik->record, RP_CONTACT_NOTES), "Purjehtii, ja pitää siitä.");
  assert_int_equal(erik->fields[RP_CONTACT_NOTES].others.count, 0);
  rp_replica_free(anna);
  rp_replica_free(erik);
}

static void deleted__not_brought_back_by_who_did_not_know(void **state) {
  (void)state;
  struct rp_replica *anna = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  struct rp_replica *erik = rp_replica_copy(anna);
  struct rp_losses losses = {0};
  rp_replica_kill(anna, dot_of(5, 1), (struct rp_id){{0}});
  write_text(erik, RP_CONTACT_TITLE, "buyer", dot_of(9, 2));
  assert_true(rp_replica_join(erik, anna, &losses));
  assert_true(rp_replica_is_dead(erik));
  assert_false(rp_replica_knows(erik, RP_CONTACT_NAME));
  assert_int_equal(losses.items.count, 1);
  rp_losses_fini(&losses);
  rp_replica_raise(anna, contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(12, 1));
  assert_true(rp_replica_join(erik, anna, NULL));
  assert_string_equal(rp_record_text(erik->record, RP_CONTACT_NAME), "Maija");
  rp_replica_free(anna);
  rp_replica_free(erik);
}

static void shared_less__content_goes_and_does_not_return(void **state) {
  (void)state;
  struct rp_replica *home = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  home->whole = true;
  write_text(home, RP_CONTACT_NOTES, "Confidential.", dot_of(2, 1));
  struct rp_replica *team = sent(home), *early = sent(home);
  assert_string_equal(rp_record_text(team->record, RP_CONTACT_NOTES), "Confidential.");
  rp_replica_set_audience(home, RP_AUDIENCE_SHAPE);
  struct rp_replica *news = sent(home);
  assert_true(rp_replica_join(team, news, NULL));
  assert_null(rp_record_text(team->record, RP_CONTACT_NOTES));
  assert_string_equal(rp_record_text(team->record, RP_CONTACT_NAME), "Maija");
  assert_false(rp_replica_join(team, early, NULL));
  rp_replica_free(news);
  rp_replica_set_audience(home, RP_AUDIENCE_ME);
  news = sent(home);
  assert_true(rp_replica_join(team, news, NULL));
  assert_null(rp_record_text(team->record, RP_CONTACT_NAME));
  assert_string_equal(rp_record_text(home->record, RP_CONTACT_NOTES), "Confidential.");
  assert_false(rp_replica_join(home, team, NULL)); /* it stays at home */
  assert_string_equal(rp_record_text(home->record, RP_CONTACT_NOTES), "Confidential.");
  rp_replica_free(news);
  rp_replica_set_audience(home, RP_AUDIENCE_TEAM);
  news = sent(home);
  assert_true(rp_replica_join(team, news, NULL));
  assert_string_equal(rp_record_text(team->record, RP_CONTACT_NOTES), "Confidential.");
  rp_replica_free(news);
  rp_replica_free(early);
  rp_replica_free(team);
  rp_replica_free(home);
}

static void x_fields__never_leave_and_stay_at_home(void **state) {
  (void)state;
  struct rp_replica *home = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  home->whole = true;
  home->record->extra = strdup("{\"x_crm\":7}");
  struct rp_replica *team = sent(home);
  assert_null(team->record->extra);
  rp_replica_kill(team, dot_of(3, 2), (struct rp_id){{0}});
  rp_replica_raise(team, contact(0, "Maija V.", RP_AUDIENCE_TEAM), dot_of(4, 2));
  assert_true(rp_replica_join(home, team, NULL));
  assert_string_equal(rp_record_text(home->record, RP_CONTACT_NAME), "Maija V.");
  assert_string_equal(home->record->extra, "{\"x_crm\":7}");
  rp_replica_free(team);
  rp_replica_free(home);
}

static void one_dot_two_values__same_everywhere(void **state) {
  (void)state;
  struct rp_replica *a = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  struct rp_replica *b = rp_replica_copy(a), *again;
  rp_record_set_text(b->record, RP_CONTACT_NAME, "Somebody else");
  rp_record_set_text(b->record, RP_CONTACT_NOTES, "Slipped in.");
  again = rp_replica_copy(a);
  rp_replica_join(a, b, NULL);
  rp_replica_join(b, again, NULL);
  assert_same(a, b);
  rp_replica_free(a);
  rp_replica_free(b);
  rp_replica_free(again);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(any_order_any_repetition__same_state),
      cmocka_unit_test(control_without_tie_break__diverges),
      cmocka_unit_test(later_write_wins__earlier_is_listed_when_not_known),
      cmocka_unit_test(text_on_two_sides__kept_twice_until_joined),
      cmocka_unit_test(deleted__not_brought_back_by_who_did_not_know),
      cmocka_unit_test(shared_less__content_goes_and_does_not_return),
      cmocka_unit_test(x_fields__never_leave_and_stay_at_home),
      cmocka_unit_test(one_dot_two_values__same_everywhere),
  };
  return cmocka_run_group_tests_name("replica", tests, NULL, NULL);
}
