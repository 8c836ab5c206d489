/* Bytes from a terminal through the decoder: the first byte says how many come at a time. What comes does not depend on
 * that, pastes are bounded, keys have names that are read back. */
#include <string.h>

#include "check.h"
#include "rapport/event.h"

static void check_key(struct rp_key key) {
  struct rp_str name = {0};
  rp_key_format(key, &name);
  CHECK(name.length > 0);
  CHECK(key.code > 0 && key.code <= RP_KEY_F12);
  CHECK(key.code >= RP_KEY_ENTER || (key.modifiers & RP_MOD_SHIFT) == 0);
  struct rp_key again;
  if (rp_key_parse(rp_str_text(&name), &again, NULL) == RP_OK)
    CHECK(rp_key_equal(key, again));
  rp_str_fini(&name);
}

static void note_event(const struct rp_event *event, struct rp_str *out) {
  switch (event->kind) {
  case RP_EVENT_KEY:
    check_key(event->key);
    rp_str_addf(out, "key %d %u\n", (int)event->key.code, event->key.modifiers);
    break;
  case RP_EVENT_MOUSE:
    CHECK(event->mouse.x >= 0 && event->mouse.y >= 0 && event->mouse.button >= 0 && event->mouse.button <= 3);
    rp_str_addf(out, "mouse %d %d %d %d %u\n", (int)event->mouse.action, event->mouse.button, event->mouse.x,
                event->mouse.y, event->mouse.modifiers);
    break;
  case RP_EVENT_PASTE:
    CHECK(event->paste_length <= RP_PASTE_LIMIT);
    rp_str_addf(out, "paste %zu %zu ", event->paste_length, event->paste_dropped);
    rp_str_addn(out, event->paste, event->paste_length);
    rp_str_addc(out, '\n');
    break;
  default:
    CHECK(event->kind == RP_EVENT_FOCUS);
    rp_str_addf(out, "focus %d\n", event->focused);
    break;
  }
}

static void decode(const char *bytes, size_t size, size_t step, struct rp_str *out) {
  struct rp_decoder *decoder = rp_decoder_new();
  rp_decoder_learn(decoder, "\033[25~", (struct rp_key){RP_KEY_F1 + 2, RP_MOD_SHIFT});
  rp_decoder_learn(decoder, "\033Oa", (struct rp_key){RP_KEY_UP, RP_MOD_CTRL});
  struct rp_event event;
  for (size_t at = 0; at < size; at += step) {
    rp_decoder_feed(decoder, bytes + at, size - at < step ? size - at : step);
    while ((event = rp_decoder_next(decoder)).kind != RP_EVENT_NONE)
      note_event(&event, out);
  }
  for (size_t i = 0; rp_decoder_is_waiting(decoder); i++) {
    CHECK(i <= size);
    rp_decoder_settle(decoder);
    while ((event = rp_decoder_next(decoder)).kind != RP_EVENT_NONE)
      note_event(&event, out);
  }
  rp_decoder_free(decoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1)
    return 0;
  struct rp_str whole = {0};
  struct rp_str parts = {0};
  decode((const char *)data + 1, size - 1, size, &whole);
  decode((const char *)data + 1, size - 1, 1 + data[0] % 16, &parts);
  CHECK(rp_str_equal(rp_str_text(&whole), rp_str_text(&parts)));
  rp_str_fini(&whole);
  rp_str_fini(&parts);
  return 0;
}
