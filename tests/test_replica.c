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

/* ---- one write, of which not everybody sees all -------------------------------------------------------------------
 */

static struct rp_replica *meeting(const int *people, int count) {
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  record->id = numbered(100);
  record->created = record->changed = 1000;
  record->audience = RP_AUDIENCE_SHAPE;
  for (int i = 0; i < count; i++)
    rp_record_add_id(record, RP_INTERACTION_CONTACTS, numbered(people[i]));
  return rp_replica_new(record, dot_of(1, 1));
}

static void assert_took_part(const struct rp_replica *replica, const int *people, size_t count) {
  const struct rp_value *value = &replica->record->values[RP_INTERACTION_CONTACTS];
  assert_int_equal(value->ids.count, count);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(value->ids.items[i].bytes[15], people[i]);
}

static void list_cut_for_some__all_that_anybody_has_seen_in_the_order_of_its_owner(void **state) {
  (void)state;
  struct rp_replica *home = meeting((const int[]){7, 3, 5, 4}, 4);
  struct rp_replica *anna = meeting((const int[]){7, 3}, 2), *erik = meeting((const int[]){3, 5}, 2);
  home->whole = true;
  assert_false(rp_replica_join(home, anna, NULL));
  assert_took_part(home, (const int[]){7, 3, 5, 4}, 4);
  assert_true(rp_replica_join(anna, erik, NULL));
  assert_took_part(anna, (const int[]){3, 5, 7}, 3);
  assert_false(rp_replica_join(anna, erik, NULL));
  assert_false(rp_replica_join(home, anna, NULL));
  assert_true(rp_replica_join(erik, home, NULL));
  assert_false(rp_replica_join(erik, anna, NULL));
  assert_took_part(erik, (const int[]){7, 3, 5, 4}, 4);
  /* a later write is what its writer says */
  struct rp_replica *later = rp_replica_copy(erik);
  struct rp_record *alone = rp_record_new(RP_TYPE_INTERACTION);
  rp_record_add_id(alone, RP_INTERACTION_CONTACTS, numbered(5));
  rp_replica_write(later, RP_INTERACTION_CONTACTS, alone, dot_of(4, 2));
  assert_true(rp_replica_join(home, later, NULL));
  assert_took_part(home, (const int[]){5}, 1);
  rp_record_free(alone);
  rp_replica_free(later);
  rp_replica_free(home);
  rp_replica_free(anna);
  rp_replica_free(erik);
}

static struct rp_replica *weighed(enum rp_audience audience, int score, const char *note) {
  struct rp_record *record = rp_record_new(RP_TYPE_EVALUATION), *item = rp_record_new(RP_TYPE_ITEM);
  record->id = numbered(100);
  record->created = record->changed = 1000;
  record->audience = (int)audience;
  rp_record_set_number(item, RP_ITEM_KIND, RP_ITEM_KIND_BENEFIT);
  rp_record_set_number(item, RP_ITEM_CODE, 1);
  rp_record_set_number(item, RP_ITEM_SCORE, score);
  rp_record_set_text(item, RP_ITEM_NOTE, note);
  rp_record_add_part(record, RP_EVALUATION_ITEMS, item);
  return rp_replica_new(record, dot_of(1, 1));
}

static const struct rp_record *item_of(const struct rp_replica *replica) {
  return replica->record->values[RP_EVALUATION_ITEMS].parts.items[0];
}

static void note_of_an_item__stays_at_home_when_only_the_shape_is_shared(void **state) {
  (void)state;
  struct rp_replica *home = weighed(RP_AUDIENCE_SHAPE, 4, "Told me why.");
  home->whole = true;
  struct rp_replica *team = sent(home);
  assert_int_equal(rp_record_number(item_of(team), RP_ITEM_SCORE, 0), 4);
  assert_null(rp_record_text(item_of(team), RP_ITEM_NOTE));
  assert_false(rp_replica_join(home, team, NULL));
  assert_string_equal(rp_record_text(item_of(home), RP_ITEM_NOTE), "Told me why.");
  rp_replica_set_audience(home, RP_AUDIENCE_TEAM);
  struct rp_replica *news = sent(home);
  assert_true(rp_replica_join(team, news, NULL));
  assert_string_equal(rp_record_text(item_of(team), RP_ITEM_NOTE), "Told me why.");
  rp_replica_free(home);
  rp_replica_free(team);
  rp_replica_free(news);
}

/* Somebody has tampered: who sees the notes and who does not must come to the same scores. */
static void items_of_one_dot__same_scores_with_and_without_notes(void **state) {
  (void)state;
  static const char *const notes[] = {NULL, "a", "b", "longer"};
  for (int i = 0; i < 16; i++) {
    struct rp_replica *a = weighed(RP_AUDIENCE_TEAM, 4, notes[i / 4]), *b = weighed(RP_AUDIENCE_TEAM, 3, notes[i % 4]);
    a->record->audience = b->record->audience = RP_AUDIENCE_SHAPE;
    a->whole = b->whole = true;
    struct rp_replica *told_a = sent(a), *told_b = sent(b);
    rp_replica_join(a, b, NULL);
    rp_replica_join(told_a, told_b, NULL);
    rp_replica_narrow(a);
    assert_same(a, told_a);
    rp_replica_free(a);
    rp_replica_free(b);
    rp_replica_free(told_a);
    rp_replica_free(told_b);
  }
}

static void stamps__the_first_making_and_the_last_change(void **state) {
  (void)state;
  struct rp_replica *a = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1)), *b = rp_replica_copy(a);
  a->record->created = 500;
  b->record->created = 400;
  b->record->changed = 900;
  assert_true(rp_replica_join(a, b, NULL));
  assert_int_equal(a->record->created, 400);
  assert_int_equal(a->record->changed, 1000);
  b->record->changed = 2000;
  assert_false(rp_replica_join(a, b, NULL)); /* which no digest has */
  assert_int_equal(a->record->changed, 2000);
  rp_replica_free(a);
  rp_replica_free(b);
}

static void new_life__begins_with_no_lowering(void **state) {
  (void)state;
  struct rp_replica *home = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  rp_replica_set_audience(home, RP_AUDIENCE_SHAPE);
  rp_replica_set_audience(home, RP_AUDIENCE_TEAM);
  assert_int_equal(home->sharing, 1);
  rp_replica_kill(home, dot_of(4, 1), numbered(101));
  assert_int_equal(home->life, 1);
  assert_int_equal(home->sharing, 0);
  rp_replica_raise(home, contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(6, 1));
  assert_int_equal(home->life, 2);
  assert_int_equal(home->sharing, 0);
  assert_true(rp_id_is_none(&home->joined));
  assert_int_equal(home->fields[RP_CONTACT_NAME].version.dot.clock, 6);
  rp_replica_free(home);
}

/* One who knew of two sides' texts wrote over both, though neither of them has heard of it. */
static void text_written_over_elsewhere__does_not_come_back(void **state) {
  (void)state;
  struct rp_replica *anna = rp_replica_new(contact(0, "Maija", RP_AUDIENCE_TEAM), dot_of(1, 1));
  struct rp_replica *erik = rp_replica_copy(anna);
  write_text(anna, RP_CONTACT_NOTES, "Purjehtii.", dot_of(5, 1));
  write_text(erik, RP_CONTACT_NOTES, "Seglar.", dot_of(6, 2));
  struct rp_replica *sofia = rp_replica_copy(anna), *late = rp_replica_copy(anna);
  rp_replica_join(sofia, erik, NULL);
  write_text(sofia, RP_CONTACT_NOTES, NULL, dot_of(7, 3));
  write_text(erik, RP_CONTACT_NOTES, "Seglar gärna.", dot_of(8, 2));
  rp_replica_join(erik, sofia, NULL);
  assert_string_equal(rp_record_text(erik->record, RP_CONTACT_NOTES), "Seglar gärna.");
  assert_int_equal(erik->fields[RP_CONTACT_NOTES].others.count, 1);
  assert_null(erik->fields[RP_CONTACT_NOTES].others.items[0].text); /* cleared there */
  assert_false(rp_replica_join(erik, late, NULL));
  assert_true(rp_version_covers(&erik->fields[RP_CONTACT_NOTES].version, &late->fields[RP_CONTACT_NOTES].version.dot));
  rp_replica_free(anna);
  rp_replica_free(erik);
  rp_replica_free(sofia);
  rp_replica_free(late);
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
      cmocka_unit_test(list_cut_for_some__all_that_anybody_has_seen_in_the_order_of_its_owner),
      cmocka_unit_test(note_of_an_item__stays_at_home_when_only_the_shape_is_shared),
      cmocka_unit_test(items_of_one_dot__same_scores_with_and_without_notes),
      cmocka_unit_test(stamps__the_first_making_and_the_last_change),
      cmocka_unit_test(new_life__begins_with_no_lowering),
      cmocka_unit_test(text_written_over_elsewhere__does_not_come_back),
  };
  return cmocka_run_group_tests_name("replica", tests, NULL, NULL);
}
