/* The lines of a bundle: every state that a journal can tell is read as it was written, and nothing else is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../src/team/news.h"
#include "record_random.h"
#include "replica_random.h"
#include "rounds.h"

#define LATEST (INT64_C(1800000000000) << 16)
#define ID "018f0000-0000-7000-8000-000000000001"
#define OTHER "018f0000-0000-7000-8000-000000000002"
#define SMALLER "018f0000-0000-7000-8000-000000000000"

static char *canonical(const struct rp_replica *replica) {
  struct rp_str text = {0};
  rp_replica_canonical(replica, &text);
  return rp_str_take(&text);
}

static rp_status read_line(const char *line, size_t length, const struct news_nodes *nodes, struct rp_replica **out,
                           struct rp_err *err) {
  json_t *json = NULL;
  *out = NULL;
  rp_status status = rp_json_parse(line, length, &json, err);
  if (status == RP_OK)
    status = news_read(json, nodes, LATEST, out, err);
  json_decref(json);
  return status;
}

/* ---- what is written is read ------------------------------------------------------------------------------------- */

static void assert_comes_back(const struct rp_replica *replica) {
  struct news_nodes nodes = {0};
  struct rp_str line = {0}, same = {0};
  struct rp_err err = {0};
  struct rp_replica *again;
  news_write(replica, &nodes, &line);
  assert_int_equal(line.data[line.length - 1], '\n');
  assert_null(memchr(line.data, '\n', line.length - 1));
  if (read_line(line.data, line.length, &nodes, &again, &err) != RP_OK)
    fail_msg("%s: %s", line.data, err.text);
  char *given = canonical(replica), *got = canonical(again);
  assert_string_equal(given, got);
  assert_int_equal(replica->record->changed, again->record->changed);
  news_write(again, &nodes, &same);
  assert_string_equal(line.data, same.data);
  assert_false(rp_replica_join(again, replica, NULL));
  for (int i = 0; i < rp_record_type_get(replica->record->type)->field_count; i++) {
    const struct rp_version *version = &replica->fields[i].version, *read = &again->fields[i].version;
    assert_int_equal(version->seen.count, read->seen.count);
    for (size_t j = 0; j < version->seen.count; j++)
      assert_int_equal(rp_dot_compare(&version->seen.items[j], &read->seen.items[j]), 0);
  }
  free(given);
  free(got);
  rp_replica_free(again);
  rp_str_fini(&line);
  rp_str_fini(&same);
  rp_vec_fini(&nodes.ids);
}

static void random_states__come_back_as_they_were(void **state) {
  (void)state;
  struct record_random random = {.state = 1};
  for (int round = 0; round < rounds(600); round++) {
    for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
      struct rp_replica *replica = random_replica(&random, (enum rp_type)type);
      assert_comes_back(replica);
      rp_replica_free(replica);
    }
  }
}

/* Two who each change one date of a promise come to what no single one may write. */
static void dates_of_two_sides__come_back_though_one_is_before_the_other(void **state) {
  (void)state;
  struct rp_record *promise = rp_record_new(RP_TYPE_PROMISE), *change = rp_record_new(RP_TYPE_PROMISE);
  rp_id_parse(ID, &promise->id);
  promise->created = promise->changed = 1000;
  promise->audience = RP_AUDIENCE_SHAPE;
  struct rp_id node = promise->id, other = promise->id;
  other.bytes[0] = 9;
  rp_record_set_ref(promise, RP_PROMISE_RELATIONSHIP, node);
  rp_record_set_number(promise, RP_PROMISE_BY, RP_PARTY_CUSTOMER);
  rp_record_set_number(promise, RP_PROMISE_MADE, 20000);
  rp_record_set_number(promise, RP_PROMISE_DUE, 20010);
  rp_record_normalise(promise);
  struct rp_replica *anna = rp_replica_new(promise, (struct rp_dot){.clock = 5, .node = node});
  rp_replica_narrow(anna);
  struct rp_replica *erik = rp_replica_copy(anna);
  rp_record_set_number(change, RP_PROMISE_MADE, 20008);
  rp_replica_write(anna, RP_PROMISE_MADE, change, (struct rp_dot){.clock = 8, .node = node});
  rp_record_set_number(change, RP_PROMISE_DUE, 20002);
  rp_replica_write(erik, RP_PROMISE_DUE, change, (struct rp_dot){.clock = 7, .node = other});
  assert_true(rp_replica_join(anna, erik, NULL));
  assert_int_equal(rp_record_date(anna->record, RP_PROMISE_MADE), 20008);
  assert_int_equal(rp_record_date(anna->record, RP_PROMISE_DUE), 20002);
  assert_comes_back(anna);
  rp_record_free(change);
  rp_replica_free(anna);
  rp_replica_free(erik);
}

/* What a line says beside the fields of its record. */
static void no_field__is_called_as_what_a_line_says_of_it(void **state) {
  (void)state;
  static const char *const names[] = {"born", "life", "sharing", "joined", "clocks", "also", "conclusion", "end"};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      assert_int_equal(rp_record_field_find((enum rp_type)type, names[i], strlen(names[i])), -1);
  }
}

static void node__is_named_once(void **state) {
  (void)state;
  struct news_nodes nodes = {0};
  struct rp_id a = {{1}}, b = {{2}};
  assert_int_equal(news_node(&nodes, &a), 0);
  assert_int_equal(news_node(&nodes, &b), 1);
  assert_int_equal(news_node(&nodes, &a), 0);
  assert_int_equal(nodes.ids.count, 2);
  rp_vec_fini(&nodes.ids);
}

/* ---- what is refused --------------------------------------------------------------------------------------------- */

#define STAMPS "\"created\":\"2026-01-12T08:30:00.123Z\",\"changed\":\"2026-01-12T08:30:00.123Z\""
#define HEAD "{\"type\":\"contact\",\"id\":\"" ID "\"," STAMPS ","
#define FIELDS "\"name\":\"Maija\",\"customer\":\"" OTHER "\""
#define TEAM HEAD FIELDS ",\"audience\":\"team\","
#define SHAPE HEAD FIELDS ",\"audience\":\"shape\","
#define NOTHING "{\"type\":\"contact\",\"id\":\"" ID "\",\"audience\":\"me\","
#define NOTES TEAM "\"notes\":\"Purjehtii\",\"clocks\":{\"notes\":[900,1]},\"born\":[500,0],\"also\":{\"notes\":["

static const char *const good[] = {
    TEAM "\"born\":[500,0]}",
    SHAPE "\"born\":[500,1],\"life\":2,\"sharing\":7}",
    NOTHING "\"born\":[500,0],\"life\":1}",
    NOTHING "\"born\":[500,0],\"life\":1,\"joined\":\"" SMALLER "\"}",
    NOTHING "\"born\":[500,0],\"sharing\":1}",
    TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,1]}}",
    TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,1,[]],\"notes\":[901,1,[[900,0],[3,2]]]}}",
    NOTES "]}}",
    NOTES "{\"text\":\"Seglar\",\"clock\":[800,2]},{\"text\":null,\"clock\":[700,0]}]}}",
    NOTES "{\"text\":\"a\\n\\tb\",\"clock\":[900,0]}]}}", /* the same clock, a smaller node */
    "{\"type\":\"promise\",\"id\":\"" ID "\"," STAMPS ",\"relationship\":\"" OTHER
    "\",\"by\":\"customer\",\"made\":\"2026-01-12\",\"due\":\"2026-01-13\",\"audience\":\"shape\",\"born\":[500,0]}",
};

static const struct {
  const char *line, *said;
} bad[] = {
    /* clocks */
    {TEAM "\"life\":2}", "clock is not"},
    {TEAM "\"born\":null}", "clock is not"},
    {TEAM "\"born\":500}", "clock is not"},
    {TEAM "\"born\":\"500\"}", "clock is not"},
    {TEAM "\"born\":{\"clock\":500}}", "clock is not"},
    {TEAM "\"born\":[]}", "clock is not"},
    {TEAM "\"born\":[500]}", "clock is not"},
    {TEAM "\"born\":[500,0,[]]}", "clock is not"},
    {TEAM "\"born\":[500,3]}", "clock is not"},
    {TEAM "\"born\":[500,-1]}", "clock is not"},
    {TEAM "\"born\":[500,1.0]}", "clock is not"},
    {TEAM "\"born\":[500,\"0\"]}", "clock is not"},
    {TEAM "\"born\":[500,9223372036854775807]}", "clock is not"},
    {TEAM "\"born\":[0,0]}", "clock is not"},
    {TEAM "\"born\":[-500,0]}", "clock is not"},
    {TEAM "\"born\":[5e2,0]}", "clock is not"},
    {TEAM "\"born\":[[500],0]}", "clock is not"},
    {TEAM "\"born\":[[[[[[[[500]]]]]]],0]}", "clock is not"},
    {TEAM "\"born\":[117964800000000001,0]}", "more than a day ahead"},
    {TEAM "\"born\":[9223372036854775807,0]}", "more than a day ahead"},
    {TEAM "\"born\":[500,0],\"clocks\":[]}", "clocks is not"},
    {TEAM "\"born\":[500,0],\"clocks\":null}", "clocks is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[0,0]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":null}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,5]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,{}]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,null]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,[],0]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,[800]]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,[[800,1,[]]]]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,[[800,1],[800,2],[800,1],[800,2]]]}}", "clock is not"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,[[900,1]]]}}", "later than all that was known"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[900,0,[[901,0]]]}}", "later than all that was known"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"name\":[9223372036854775807,0]}}", "more than a day ahead"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"nobody\":[900,0]}}", "a clock for nobody"},
    {TEAM "\"born\":[500,0],\"clocks\":{\"created\":[900,0]}}", "a clock for created"},
    {SHAPE "\"born\":[500,0],\"clocks\":{\"notes\":[900,0]}}", "a clock for notes"},
    {NOTHING "\"born\":[500,0],\"clocks\":{\"name\":[900,0]}}", "a clock for name"},
    {NOTHING "\"born\":[500,0],\"life\":1,\"clocks\":{\"name\":[900,0]}}", "a clock for name"},
    /* lives and lowerings */
    {TEAM "\"born\":[500,0],\"life\":0}", "life is not"},
    {TEAM "\"born\":[500,0],\"life\":-2}", "life is not"},
    {TEAM "\"born\":[500,0],\"life\":2.0}", "life is not"},
    {TEAM "\"born\":[500,0],\"life\":\"2\"}", "life is not"},
    {TEAM "\"born\":[500,0],\"life\":null}", "life is not"},
    {TEAM "\"born\":[500,0],\"life\":[2]}", "life is not"},
    {TEAM "\"born\":[500,0],\"life\":4294967296}", "life is not"},
    {TEAM "\"born\":[500,0],\"life\":9223372036854775806}", "life is not"},
    {TEAM "\"born\":[500,0],\"sharing\":0}", "sharing is not"},
    {TEAM "\"born\":[500,0],\"sharing\":true}", "sharing is not"},
    {TEAM "\"born\":[500,0],\"sharing\":9223372036854775807}", "sharing is not"},
    {TEAM "\"born\":[500,0],\"joined\":\"" SMALLER "\"}", "joined is not"},
    {NOTHING "\"born\":[500,0],\"joined\":\"" SMALLER "\"}", "joined is not"},
    {NOTHING "\"born\":[500,0],\"life\":1,\"joined\":\"" OTHER "\"}", "joined is not"},
    {NOTHING "\"born\":[500,0],\"life\":1,\"joined\":null}", "joined is not"},
    {NOTHING "\"born\":[500,0],\"life\":1,\"joined\":7}", "joined is not"},
    {NOTHING "\"born\":[500,0],\"life\":1,\"joined\":\"p2\"}", "joined is not"},
    {NOTHING "\"born\":[500,0],\"life\":1,\"joined\":\"" ID "\"}", "joined is not"},
    {NOTHING "\"born\":[500,0],\"life\":1,\"joined\":\"00000000-0000-0000-0000-000000000000\"}", "joined is not"},
    /* content where none may be */
    {TEAM "\"born\":[500,0],\"life\":1}", "has content"},
    {SHAPE "\"born\":[500,0],\"life\":3}", "has content"},
    {HEAD FIELDS ",\"audience\":\"me\",\"born\":[500,0]}", "has content"},
    {"{\"type\":\"contact\",\"id\":\"" ID "\",\"name\":\"Maija\",\"born\":[500,0],\"life\":1}", "has content"},
    {"{\"type\":\"contact\",\"id\":\"" ID "\",\"audience\":\"team\",\"born\":[500,0],\"life\":1}", "has content"},
    {"{\"type\":\"contact\",\"id\":\"" ID "\",\"audience\":[],\"born\":[500,0],\"life\":1}", "has content"},
    {NOTHING STAMPS ",\"born\":[500,0],\"life\":1}", "has content"},
    {NOTHING "\"x_crm\":7,\"born\":[500,0]}", "has content"},
    {SHAPE "\"notes\":\"Purjehtii\",\"born\":[500,0]}", "It has notes"},
    {SHAPE "\"birthday\":\"--05-04\",\"born\":[500,0]}", "It has birthday"},
    {SHAPE "\"x_crm\":7,\"born\":[500,0]}", "x_ fields"},
    {TEAM "\"x_crm\":null,\"born\":[500,0]}", "x_ fields"},
    {"{\"type\":\"salesperson\",\"id\":\"" ID "\"," STAMPS
     ",\"name\":\"Anna\",\"me\":true,\"audience\":\"team\",\"born\":[500,0]}",
     "It has me"},
    {"{\"type\":\"evaluation\",\"id\":\"" ID "\"," STAMPS ",\"relationship\":\"" OTHER
     "\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\",\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":4,"
     "\"note\":\"Kertoi\"}],\"audience\":\"shape\",\"born\":[500,0]}",
     "It has items"},
    /* texts of others */
    {TEAM "\"born\":[500,0],\"also\":[]}", "also is not"},
    {TEAM "\"born\":[500,0],\"also\":null}", "also is not"},
    {TEAM "\"born\":[500,0],\"also\":{\"notes\":null}}", "also is not"},
    {TEAM "\"born\":[500,0],\"also\":{\"notes\":{\"text\":\"a\",\"clock\":[400,1]}}}", "also is not"},
    {TEAM "\"born\":[500,0],\"also\":{\"nobody\":[]}}", "also is not"},
    {TEAM "\"born\":[500,0],\"also\":{\"name\":[]}}", "also is not"},
    {SHAPE "\"born\":[500,0],\"also\":{\"notes\":[]}}", "also is not"},
    {NOTHING "\"born\":[500,0],\"also\":{\"notes\":[]}}", "also is not"},
    {NOTES "7]}}", "also is not"},
    {NOTES "[[[[[]]]]]]}}", "also is not"},
    {NOTES "{\"text\":\"a\"}]}}", "also is not"},
    {NOTES "{\"text\":7,\"clock\":[800,0]}]}}", "also is not"},
    {NOTES "{\"text\":[],\"clock\":[800,0]}]}}", "also is not"},
    {NOTES "{\"txet\":\"a\",\"clock\":[800,0]}]}}", "also is not"},
    {NOTES "{\"text\":\"a\",\"clock\":[800,0],\"by\":\"Erik\"}]}}", "also is not"},
    {NOTES "{\"text\":\"a\",\"clock\":null}]}}", "clock is not"},
    {NOTES "{\"text\":\"a\",\"clock\":[800,0,[]]}]}}", "clock is not"},
    {NOTES "{\"text\":\"a\",\"clock\":[800,9]}]}}", "clock is not"},
    {NOTES "{\"text\":\"a\",\"clock\":[901,0]}]}}", "the latest text first"},
    {NOTES "{\"text\":\"a\",\"clock\":[900,1]}]}}", "the latest text first"},
    {NOTES "{\"text\":\"a\",\"clock\":[700,0]},{\"text\":\"b\",\"clock\":[800,0]}]}}", "the latest text first"},
    {NOTES "{\"text\":\"a\",\"clock\":[700,0]},{\"text\":\"a\",\"clock\":[700,0]}]}}", "the latest text first"},
    {NOTES "{\"text\":\"a\\u001bb\",\"clock\":[800,0]}]}}", "U+001B"},
    {NOTES "{\"text\":\"a\\u009bb\",\"clock\":[800,0]}]}}", "U+009B"},
    /* the record */
    {"null", "clock is not"},
    {"[]", "clock is not"},
    {"\"contact\"", "clock is not"},
    {"{}", "clock is not"},
    {"{\"born\":[500,0]}", "type is missing"},
    {"{\"born\":[500,0],\"life\":1}", "type and the id"},
    {"{\"type\":7,\"id\":\"" ID "\",\"audience\":\"me\",\"born\":[500,0],\"life\":1}", "type and the id"},
    {"{\"type\":\"item\",\"id\":\"" ID "\",\"audience\":\"me\",\"born\":[500,0],\"life\":1}", "type and the id"},
    {"{\"type\":\"contact\",\"id\":7,\"audience\":\"me\",\"born\":[500,0],\"life\":1}", "type and the id"},
    {"{\"type\":\"contact\",\"id\":\"p1\",\"audience\":\"me\",\"born\":[500,0],\"life\":1}", "type and the id"},
    {"{\"type\":\"contact\",\"id\":\"00000000-0000-0000-0000-000000000000\",\"audience\":\"me\",\"born\":[500,0],\"life\":"
     "1}",
     "type and the id"},
    {"{\"type\":\"contact\",\"id\":\"p1\"," STAMPS "," FIELDS ",\"audience\":\"team\",\"born\":[500,0]}",
     "only a UUID"},
    {"{\"type\":\"contact\"," STAMPS "," FIELDS ",\"audience\":\"team\",\"born\":[500,0]}", "id is missing"},
    {HEAD "\"customer\":\"" OTHER "\",\"audience\":\"team\",\"born\":[500,0]}", "name is missing"},
    {HEAD "\"name\":\"Maija\",\"audience\":\"team\",\"born\":[500,0]}", "customer is missing"},
    {HEAD FIELDS ",\"born\":[500,0]}", "audience is missing"},
    {HEAD FIELDS ",\"audience\":\"all\",\"born\":[500,0]}", "audience"},
    {HEAD FIELDS ",\"audience\":3,\"born\":[500,0]}", "audience"},
    {"{\"type\":\"contact\",\"id\":\"" ID "\"," FIELDS ",\"audience\":\"team\",\"born\":[500,0]}", "created, changed"},
    {"{\"type\":\"contact\",\"id\":\"" ID "\",\"created\":\"2026-01-12T08:30:00.123Z\"," FIELDS
     ",\"audience\":\"team\",\"born\":[500,0]}",
     "created, changed"},
    {"{\"type\":\"contact\",\"id\":\"" ID
     "\",\"created\":\"2026-01-12T08:30:00.123Z\",\"changed\":\"2999-01-12T08:30:00.123Z\"," FIELDS
     ",\"audience\":\"team\",\"born\":[500,0]}",
     "more than a day ahead"},
    {TEAM "\"born\":[500,0],\"made\":[500,0]}", "no field “made”"},
    {TEAM "\"born\":[500,0],\"\\u001b[2J\":1}", "no field “␛[2J”"},
    {TEAM "\"title\":\"a\\u0007b\",\"born\":[500,0]}", "U+0007"},
    {TEAM "\"role\":\"king\",\"born\":[500,0]}", "role"},
    {TEAM "\"tags\":{},\"born\":[500,0]}", "tags"},
    {TEAM "\"tags\":[[]],\"born\":[500,0]}", "tags"},
    {"{\"type\":\"interaction\",\"id\":\"" ID "\"," STAMPS
     ",\"at\":\"2026-01-12\",\"channel\":\"meeting\",\"contacts\":"
     "[\"" OTHER "\",\"" OTHER "\"],\"salespeople\":[\"" OTHER "\"],\"audience\":\"shape\",\"born\":[500,0]}",
     "the same record"},
    {"{\"type\":\"disclosure\",\"id\":\"" ID "\"," STAMPS ",\"relationship\":\"" OTHER
     "\",\"date\":\"2026-01-12\",\"discloser\":\"customer\",\"domain\":\"business\",\"layer\":1,\"topic\":\"Mitä "
     "vain\",\"audience\":\"team\",\"born\":[500,0]}",
     "topic"},
    {"{\"type\":\"next_step\",\"id\":\"" ID "\"," STAMPS
     ",\"text\":\"Soita\",\"due\":\"2026-01-12\",\"audience\":\"team\",\"born\":[500,0]}",
     "relationship and customer"},
};

static struct news_nodes three_nodes(void) {
  struct news_nodes nodes = {0};
  for (uint8_t i = 0; i < 3; i++)
    *rp_vec_add(&nodes.ids) = (struct rp_id){.bytes = {i == 1 ? 9 : i + 1U}};
  return nodes;
}

static void good_lines__read(void **state) {
  (void)state;
  struct news_nodes nodes = three_nodes();
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    struct rp_replica *replica;
    struct rp_err err = {0};
    if (read_line(good[i], strlen(good[i]), &nodes, &replica, &err) != RP_OK)
      fail_msg("%s: %s", good[i], err.text);
    assert_comes_back(replica);
    rp_replica_free(replica);
  }
  rp_vec_fini(&nodes.ids);
}

static void bad_lines__refused_with_a_sentence(void **state) {
  (void)state;
  struct news_nodes nodes = three_nodes();
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct rp_replica *replica;
    struct rp_err err = {0};
    if (read_line(bad[i].line, strlen(bad[i].line), &nodes, &replica, &err) != RP_EREFUSED)
      fail_msg("not refused: %s", bad[i].line);
    assert_null(replica);
    assert_int_equal(err.code, RP_EREFUSED);
    if (strstr(err.text, bad[i].said) == NULL)
      fail_msg("%s: “%s” does not say “%s”", bad[i].line, err.text, bad[i].said);
  }
  rp_vec_fini(&nodes.ids);
}

/* As `good`, with a text of so many bytes beside the notes. */
static rp_status read_long(size_t length, const char *piece, struct rp_replica **out, struct rp_err *err) {
  struct news_nodes nodes = three_nodes();
  struct rp_str line = {0};
  rp_str_add(&line, NOTES "{\"clock\":[800,0],\"text\":\"");
  for (size_t i = 0; i < length; i += strlen(piece))
    rp_str_add(&line, piece);
  rp_str_add(&line, "\"}]}}");
  rp_status status = read_line(line.data, line.length, &nodes, out, err);
  rp_str_fini(&line);
  rp_vec_fini(&nodes.ids);
  return status;
}

static void text_beside__of_64_kib_and_no_more(void **state) {
  (void)state;
  struct rp_replica *replica;
  struct rp_err err = {0};
  assert_int_equal(read_long(RP_TEXT_BYTES, "ä", &replica, &err), RP_OK);
  assert_int_equal(strlen(replica->fields[RP_CONTACT_NOTES].others.items[0].text), RP_TEXT_BYTES);
  rp_replica_free(replica);
  assert_int_equal(read_long(RP_TEXT_BYTES + 1, "a", &replica, &err), RP_EREFUSED);
  assert_non_null(strstr(err.text, "64 KiB"));
  /* U+0958 is two characters in NFC */
  assert_int_equal(read_long(RP_TEXT_BYTES - 2, "\u0958", &replica, &err), RP_EREFUSED);
  assert_non_null(strstr(err.text, "64 KiB"));
}

/* As everywhere: brought to NFC; what deceives is kept, and shown visibly; an empty text is none. */
static void text_beside__cleaned_as_elsewhere(void **state) {
  (void)state;
  static const struct {
    const char *given, *kept;
  } texts[] = {{"A\u030Asa\u0308", "Åsä"},
               {"a\\r\\nb", "a\nb"},
               {"\u202Eoy\u200B", "\u202Eoy\u200B"},
               {"👩‍👩‍👧", "👩‍👩‍👧"},
               {"", NULL}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct rp_replica *replica;
    struct rp_err err = {0};
    assert_int_equal(read_long(texts[i].given[0] != '\0', texts[i].given, &replica, &err), RP_OK);
    const char *kept = replica->fields[RP_CONTACT_NOTES].others.items[0].text;
    assert_true(rp_str_equal(kept, texts[i].kept));
    assert_comes_back(replica);
    rp_replica_free(replica);
  }
}

/* Every line of the table above, cut at every byte and with every byte left out, is read or refused with a sentence. */
static void damaged_lines__refused_or_read_and_nothing_leaks(void **state) {
  (void)state;
  struct news_nodes nodes = three_nodes();
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    size_t length = strlen(good[i]);
    char *line = rp_mem_alloc(length);
    for (size_t at = 0; at < length; at++) {
      struct rp_replica *replica;
      struct rp_err err = {0};
      memcpy(line, good[i], at);
      memcpy(line + at, good[i] + at + 1, length - at - 1);
      if (read_line(line, length - 1, &nodes, &replica, &err) == RP_OK)
        assert_comes_back(replica);
      else
        assert_true(replica == NULL && err.text[0] != '\0');
      rp_replica_free(replica);
      assert_int_equal(read_line(line, at, &nodes, &replica, &err), RP_EREFUSED);
    }
    free(line);
  }
  rp_vec_fini(&nodes.ids);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_states__come_back_as_they_were),
      cmocka_unit_test(dates_of_two_sides__come_back_though_one_is_before_the_other),
      cmocka_unit_test(no_field__is_called_as_what_a_line_says_of_it),
      cmocka_unit_test(node__is_named_once),
      cmocka_unit_test(good_lines__read),
      cmocka_unit_test(bad_lines__refused_with_a_sentence),
      cmocka_unit_test(text_beside__of_64_kib_and_no_more),
      cmocka_unit_test(text_beside__cleaned_as_elsewhere),
      cmocka_unit_test(damaged_lines__refused_or_read_and_nothing_leaks),
  };
  return cmocka_run_group_tests_name("news", tests, NULL, NULL);
}
