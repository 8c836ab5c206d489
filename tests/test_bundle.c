/* The envelope of a bundle: what goes in comes out for whom it was sealed, and nothing else is taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/bundle.h"
#include "rapport/mem.h"

struct world {
  struct rp_member_keys anna, sofia, stranger;
  struct rp_id anna_node, sofia_node, stranger_node, team;
};

static struct rp_id numbered(int number) {
  struct rp_id id = {{0}};
  id.bytes[15] = (uint8_t)number;
  return id;
}

static void world_init(struct world *world) {
  *world = (struct world){
      .anna_node = numbered(1), .sofia_node = numbered(2), .stranger_node = numbered(3), .team = numbered(9)};
  rp_member_keys_new(&world->anna);
  rp_member_keys_new(&world->sofia);
  rp_member_keys_new(&world->stranger);
}

/* From Anna, for Sofia. */
static void pack(const struct world *world, const char *content, size_t length, struct rp_str *out) {
  struct rp_bundle_head head = {.team = world->team, .sender = world->anna_node, .sequence = 7};
  struct rp_bundle_recipient sofia = {.node = world->sofia_node};
  memcpy(sofia.box, world->sofia.open.box, sizeof sofia.box);
  memset(head.previous.bytes, 0xAB, sizeof head.previous.bytes);
  assert_int_equal(rp_bundle_write(&head, &sofia, 1, &world->anna, content, length, out, NULL), RP_OK);
}

/* As Sofia reads it. */
static rp_status unpack(const struct world *world, const char *bytes, size_t length, struct rp_str *out,
                        struct rp_err *err) {
  struct rp_bundle bundle;
  rp_status status = rp_bundle_open(bytes, length, &bundle, err);
  if (status == RP_OK &&
      (!rp_id_equal(&bundle.head.team, &world->team) || !rp_id_equal(&bundle.head.sender, &world->anna_node)))
    return rp_err_set(err, RP_EREFUSED, "another team or sender");
  if (status == RP_OK)
    status = rp_bundle_verify(&bundle, world->anna.open.sign, err);
  if (status == RP_OK)
    status = rp_bundle_unseal(&bundle, &world->sofia_node, &world->sofia, out, err);
  return status;
}

static char *random_content(size_t length) {
  char *content = rp_mem_alloc(length + 1);
  uint64_t state = length;
  for (size_t i = 0; i < length; i++) {
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407U;
    content[i] = (char)(state >> 56);
  }
  return content;
}

static void any_length__comes_out_as_it_went_in(void **state) {
  (void)state;
  static const size_t lengths[] = {0, 1, 65535, 65536, 65537, 131072, 1000000};
  struct world world;
  world_init(&world);
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    struct rp_str bytes = {0}, content = {0};
    struct rp_err err;
    char *given = random_content(lengths[i]);
    pack(&world, given, lengths[i], &bytes);
    assert_int_equal(unpack(&world, bytes.data, bytes.length, &content, &err), RP_OK);
    assert_int_equal(content.length, lengths[i]);
    assert_memory_equal(rp_str_text(&content), given, lengths[i]);
    free(given);
    rp_str_fini(&bytes);
    rp_str_fini(&content);
  }
}

static void outside__is_what_was_written(void **state) {
  (void)state;
  struct world world;
  struct rp_str bytes = {0};
  struct rp_bundle bundle;
  world_init(&world);
  pack(&world, "x", 1, &bytes);
  assert_int_equal(rp_bundle_open(bytes.data, bytes.length, &bundle, NULL), RP_OK);
  assert_true(rp_id_equal(&bundle.head.team, &world.team));
  assert_true(rp_id_equal(&bundle.head.sender, &world.anna_node));
  assert_int_equal(bundle.head.sequence, 7);
  assert_int_equal(bundle.head.previous.bytes[31], 0xAB);
  assert_int_equal(bundle.recipients, 1);
  rp_str_fini(&bytes);
}

static void every_truncation__refused(void **state) {
  (void)state;
  struct world world;
  struct rp_str bytes = {0}, content = {0};
  world_init(&world);
  pack(&world, "{\"type\":\"customer\"}\n", 20, &bytes);
  for (size_t length = 0; length < bytes.length; length++) {
    struct rp_err err = {0};
    char *cut = rp_mem_alloc(length + 1); /* of its own, so that reading behind its end is seen */
    memcpy(cut, bytes.data, length);
    assert_int_equal(unpack(&world, cut, length, &content, &err), RP_EREFUSED);
    assert_true(err.text[0] != '\0');
    assert_int_equal(content.length, 0);
    free(cut);
  }
  rp_str_fini(&bytes);
}

static void every_flipped_bit__refused(void **state) {
  (void)state;
  struct world world;
  struct rp_str bytes = {0}, content = {0};
  world_init(&world);
  pack(&world, "{\"type\":\"customer\"}\n", 20, &bytes);
  for (size_t bit = 0; bit < bytes.length * 8; bit++) {
    struct rp_err err = {0};
    bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
    assert_int_equal(unpack(&world, bytes.data, bytes.length, &content, &err), RP_EREFUSED);
    assert_true(err.text[0] != '\0');
    assert_int_equal(content.length, 0);
    bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
  }
  assert_int_equal(unpack(&world, bytes.data, bytes.length, &content, NULL), RP_OK);
  rp_str_fini(&bytes);
  rp_str_fini(&content);
}

static void something_added_behind__refused(void **state) {
  (void)state;
  struct world world;
  struct rp_str bytes = {0}, content = {0};
  world_init(&world);
  pack(&world, "x", 1, &bytes);
  rp_str_addc(&bytes, '\0');
  assert_int_equal(unpack(&world, bytes.data, bytes.length, &content, NULL), RP_EREFUSED);
  rp_str_fini(&bytes);
}

static void who_it_is_not_for__cannot_open_it(void **state) {
  (void)state;
  struct world world;
  struct rp_str bytes = {0}, content = {0};
  struct rp_bundle bundle;
  struct rp_err err;
  world_init(&world);
  pack(&world, "x", 1, &bytes);
  assert_int_equal(rp_bundle_open(bytes.data, bytes.length, &bundle, NULL), RP_OK);
  assert_int_equal(rp_bundle_unseal(&bundle, &world.stranger_node, &world.stranger, &content, &err), RP_EREFUSED);
  assert_non_null(strstr(err.text, "not for you"));
  assert_int_equal(rp_bundle_unseal(&bundle, &world.sofia_node, &world.stranger, &content, &err), RP_EREFUSED);
  assert_non_null(strstr(err.text, "another key"));
  assert_int_equal(rp_bundle_verify(&bundle, world.stranger.open.sign, &err), RP_EREFUSED);
  rp_str_fini(&bytes);
}

static void content__is_nowhere_in_the_file(void **state) {
  (void)state;
  static const char needle[] = "Maija Virtanen told me in confidence";
  struct world world;
  struct rp_str bytes = {0};
  world_init(&world);
  pack(&world, needle, sizeof needle, &bytes);
  for (size_t i = 0; i + 8 < bytes.length; i++)
    assert_true(memcmp(bytes.data + i, needle, 8) != 0);
  rp_str_fini(&bytes);
}

static void what_is_no_bundle__said_what_it_is(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t length;
    const char *said;
  } files[] = {
      {"", 0, "empty"},
      {"SQLite format 3", 16, "database"},
      {"hello", 5, "no bundle"},
      {"\x89RPB\n\x1A\n", 7, "sent as text"},
      {"\x89RPB\r\n\x1A\n", 8, "cut short"},
      {"\x89RPB\r\n\x1A\n\x02", 9, "newer rapport"},
      {"\x89RPB\r\n\x1A\n\x00", 9, "never was"},
      {"\x89RPB\r\n\x1A\n\x01", 9, "cut short"},
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    struct rp_bundle bundle;
    struct rp_err err;
    assert_int_equal(rp_bundle_open(files[i].bytes, files[i].length, &bundle, &err), RP_EREFUSED);
    if (strstr(err.text, files[i].said) == NULL)
      fail_msg("“%s” does not say “%s”", err.text, files[i].said);
  }
}

static void nobody_and_too_many__refused(void **state) {
  (void)state;
  struct world world;
  struct rp_bundle_head head = {.sequence = 1};
  struct rp_bundle_recipient *many = rp_mem_zero(RP_BUNDLE_MOST_RECIPIENTS + 1, sizeof *many);
  struct rp_str out = {0};
  world_init(&world);
  for (int i = 0; i <= RP_BUNDLE_MOST_RECIPIENTS; i++)
    memcpy(many[i].box, world.sofia.open.box, sizeof many[i].box);
  assert_int_equal(rp_bundle_write(&head, many, 0, &world.anna, "", 0, &out, NULL), RP_EREFUSED);
  assert_int_equal(rp_bundle_write(&head, many, RP_BUNDLE_MOST_RECIPIENTS + 1, &world.anna, "", 0, &out, NULL),
                   RP_EREFUSED);
  assert_int_equal(rp_bundle_write(&head, many, RP_BUNDLE_MOST_RECIPIENTS, &world.anna, "", 0, &out, NULL), RP_OK);
  rp_str_fini(&out);
  free(many);
}

static void too_large__refused_before_anything_is_made(void **state) {
  (void)state;
  struct world world;
  struct rp_bundle_head head = {.sequence = 1};
  struct rp_bundle_recipient sofia = {.node = numbered(2)};
  struct rp_str out = {0};
  struct rp_bundle bundle;
  world_init(&world);
  memcpy(sofia.box, world.sofia.open.box, sizeof sofia.box);
  assert_int_equal(rp_bundle_write(&head, &sofia, 1, &world.anna, "", RP_BUNDLE_MOST_BYTES, &out, NULL), RP_EREFUSED);
  assert_int_equal(rp_bundle_write(&head, &sofia, 1, &world.anna, "", SIZE_MAX, &out, NULL), RP_EREFUSED);
  assert_int_equal(out.length, 0);
  assert_int_equal(rp_bundle_open("", (size_t)RP_BUNDLE_MOST_BYTES + 1, &bundle, NULL), RP_EREFUSED);
}

static void number_that_cannot_be_kept__refused(void **state) {
  (void)state;
  static const uint64_t numbers[] = {0, (uint64_t)INT64_MAX + 1, UINT64_MAX};
  struct world world;
  world_init(&world);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct rp_bundle_head head = {.sequence = numbers[i]};
    struct rp_bundle_recipient sofia = {.node = world.sofia_node};
    struct rp_str bytes = {0};
    struct rp_bundle bundle;
    memcpy(sofia.box, world.sofia.open.box, sizeof sofia.box);
    assert_int_equal(rp_bundle_write(&head, &sofia, 1, &world.anna, "", 0, &bytes, NULL), RP_OK);
    assert_int_equal(rp_bundle_open(bytes.data, bytes.length, &bundle, NULL), RP_EREFUSED);
    rp_str_fini(&bytes);
  }
}

static void fingerprint__of_both_keys(void **state) {
  (void)state;
  struct world world;
  struct rp_str anna = {0}, other = {0};
  world_init(&world);
  rp_member_fingerprint(&world.anna.open, &anna);
  assert_int_equal(anna.length, 12 * 6 - 1);
  struct rp_member_public changed = world.anna.open;
  changed.box[0] ^= 1;
  rp_member_fingerprint(&changed, &other);
  assert_string_not_equal(anna.data, other.data);
  rp_str_clear(&other);
  rp_member_fingerprint(&world.anna.open, &other);
  assert_string_equal(anna.data, other.data);
  rp_str_fini(&anna);
  rp_str_fini(&other);
}

static void signed_text__only_as_it_was_and_by_whom(void **state) {
  (void)state;
  struct world world;
  uint8_t signature[RP_SIGNATURE_SIZE];
  world_init(&world);
  rp_sign_text(&world.sofia, "roster", 6, signature);
  assert_true(rp_sign_check(world.sofia.open.sign, "roster", 6, signature));
  assert_false(rp_sign_check(world.sofia.open.sign, "rooster", 7, signature));
  assert_false(rp_sign_check(world.anna.open.sign, "roster", 6, signature));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(any_length__comes_out_as_it_went_in),
      cmocka_unit_test(outside__is_what_was_written),
      cmocka_unit_test(every_truncation__refused),
      cmocka_unit_test(every_flipped_bit__refused),
      cmocka_unit_test(something_added_behind__refused),
      cmocka_unit_test(who_it_is_not_for__cannot_open_it),
      cmocka_unit_test(content__is_nowhere_in_the_file),
      cmocka_unit_test(what_is_no_bundle__said_what_it_is),
      cmocka_unit_test(nobody_and_too_many__refused),
      cmocka_unit_test(too_large__refused_before_anything_is_made),
      cmocka_unit_test(number_that_cannot_be_kept__refused),
      cmocka_unit_test(fingerprint__of_both_keys),
      cmocka_unit_test(signed_text__only_as_it_was_and_by_whom),
  };
  return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
