/* From the bytes of a terminal to events. The buffer holds what is not decoded yet; a paste collects apart from it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/event.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "rapport/vec.h"

enum {
  ESCAPE = 0x1B,
  MOST_SEQUENCE = 64, /* bytes; a longer one is no sequence of any terminal and is passed over */
  MOST_LEARNT = 128,
};

struct learnt {
  char *sequence;
  size_t length;
  struct rp_key key;
};

struct rp_decoder {
  struct rp_str buffer;
  size_t at; /* what is before is decoded */
  RP_VEC(struct learnt) learnt;
  bool pasting;
  bool pasted; /* the paste was handed out with the last event */
  bool after_cr;
  struct rp_str paste;
  size_t paste_dropped;
  bool settled; /* what is in the buffer is all there is */
};

struct rp_decoder *rp_decoder_new(void) {
  return rp_mem_zero(1, sizeof(struct rp_decoder));
}

void rp_decoder_free(struct rp_decoder *decoder) {
  if (decoder == NULL)
    return;
  for (size_t i = 0; i < decoder->learnt.count; i++)
    free(decoder->learnt.items[i].sequence);
  rp_vec_fini(&decoder->learnt);
  rp_str_fini(&decoder->buffer);
  rp_str_fini(&decoder->paste);
  free(decoder);
}

void rp_decoder_learn(struct rp_decoder *decoder, const char *sequence, struct rp_key key) {
  size_t length = strlen(sequence);
  if (length < 2 || length > MOST_SEQUENCE || sequence[0] != ESCAPE || decoder->learnt.count == MOST_LEARNT)
    return;
  *rp_vec_add(&decoder->learnt) = (struct learnt){rp_mem_text(sequence), length, key};
}

void rp_decoder_feed(struct rp_decoder *decoder, const char *bytes, size_t length) {
  if (decoder->at > 0) {
    size_t rest = decoder->buffer.length - decoder->at;
    memmove(decoder->buffer.data, decoder->buffer.data + decoder->at, rest);
    rp_str_cut(&decoder->buffer, rest);
    decoder->at = 0;
  }
  rp_str_addn(&decoder->buffer, bytes, length);
  decoder->settled = false;
}

bool rp_decoder_is_waiting(const struct rp_decoder *decoder) {
  return !decoder->pasting && decoder->at < decoder->buffer.length;
}

void rp_decoder_settle(struct rp_decoder *decoder) {
  decoder->settled = true;
}

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

static struct rp_event key_event(int32_t code, unsigned modifiers) {
  return (struct rp_event){.kind = RP_EVENT_KEY, .key = {code, modifiers}};
}

/* A control character, ECMA-48 C0 or DEL. */
static struct rp_event control_event(unsigned char byte, unsigned modifiers) {
  switch (byte) {
  case '\r':
  case '\n':
    return key_event(RP_KEY_ENTER, modifiers);
  case '\t':
    return key_event(RP_KEY_TAB, modifiers);
  case '\b':
  case 0x7F:
    return key_event(RP_KEY_BACKSPACE, modifiers);
  case ESCAPE:
    return key_event(RP_KEY_ESCAPE, modifiers);
  case 0:
    return key_event(' ', modifiers | RP_MOD_CTRL);
  default:
    return key_event(byte < 0x1B ? byte - 1 + 'a' : byte + '@', modifiers | RP_MOD_CTRL);
  }
}

/* The final byte of "CSI A" and "SS3 A". */
static int32_t final_code(char final) {
  switch (final) {
  case 'A':
    return RP_KEY_UP;
  case 'B':
    return RP_KEY_DOWN;
  case 'C':
    return RP_KEY_RIGHT;
  case 'D':
    return RP_KEY_LEFT;
  case 'F':
    return RP_KEY_END;
  case 'H':
    return RP_KEY_HOME;
  case 'M':
    return RP_KEY_ENTER; /* keypad */
  case 'P':
  case 'Q':
  case 'R':
  case 'S':
    return RP_KEY_F1 + (final - 'P');
  default:
    return RP_KEY_NONE;
  }
}

/* The number of "CSI 5 ~" (VT220, rxvt, linux). */
static int32_t tilde_code(int number) {
  static const int32_t codes[] = {
      [1] = RP_KEY_HOME,      [2] = RP_KEY_INSERT,  [3] = RP_KEY_DELETE,  [4] = RP_KEY_END,      [5] = RP_KEY_PAGE_UP,
      [6] = RP_KEY_PAGE_DOWN, [7] = RP_KEY_HOME,    [8] = RP_KEY_END,     [11] = RP_KEY_F1,      [12] = RP_KEY_F1 + 1,
      [13] = RP_KEY_F1 + 2,   [14] = RP_KEY_F1 + 3, [15] = RP_KEY_F1 + 4, [17] = RP_KEY_F1 + 5,  [18] = RP_KEY_F1 + 6,
      [19] = RP_KEY_F1 + 7,   [20] = RP_KEY_F1 + 8, [21] = RP_KEY_F1 + 9, [23] = RP_KEY_F1 + 10, [24] = RP_KEY_F1 + 11,
  };
  return number >= 0 && (size_t)number < sizeof codes / sizeof *codes ? codes[number] : RP_KEY_NONE;
}

/* xterm's modifier parameter: 1 + Shift 1, Alt 2, Ctrl 4, Meta 8. */
static unsigned xterm_modifiers(int parameter) {
  unsigned bits = parameter > 0 ? (unsigned)parameter - 1 : 0;
  return ((bits & 1) != 0 ? RP_MOD_SHIFT : 0U) | ((bits & 10) != 0 ? RP_MOD_ALT : 0U) |
         ((bits & 4) != 0 ? RP_MOD_CTRL : 0U);
}

/* ---- sequences ----------------------------------------------------------------------------------------------------
 */

enum { MOST_PARAMETERS = 4 };

struct sequence {
  size_t length; /* bytes, the introducer included */
  char private;  /* "<", "?", or 0 */
  char final;
  int parameters[MOST_PARAMETERS];
  size_t count;
};

enum parsed { PARSED, PARSED_PART, PARSED_NOT };

/* "ESC [ parameters intermediates final" (ECMA-48, 5.4). */
static enum parsed parse_csi(const char *bytes, size_t length, struct sequence *out) {
  *out = (struct sequence){0};
  for (size_t at = 2; at < length && at < MOST_SEQUENCE; at++) {
    unsigned char byte = (unsigned char)bytes[at];
    if (byte >= '0' && byte <= '9') {
      if (out->count == 0)
        out->count = 1;
      int *value = &out->parameters[out->count - 1];
      *value = *value < 100000 ? *value * 10 + byte - '0' : *value;
    } else if (byte == ';' || byte == ':') {
      out->count += out->count == 0 ? 2 : 1;
      if (out->count > MOST_PARAMETERS)
        out->count = MOST_PARAMETERS;
    } else if (byte >= '<' && byte <= '?' && at == 2) {
      out->private = (char)byte;
    } else if (byte >= 0x40 && byte <= 0x7E && !(byte == '[' && at == 2)) {
      out->final = (char)byte;
      out->length = at + 1;
      return PARSED;
    } else if (byte == '[' && at == 2) {
      /* the Linux console's F1 to F5: ESC [ [ A */
      if (length == 3)
        return PARSED_PART;
      out->private = '[';
      out->final = bytes[3];
      out->length = 4;
      return PARSED;
    } else if (byte < 0x20 || byte > 0x7E) {
      return PARSED_NOT;
    }
  }
  return length < MOST_SEQUENCE ? PARSED_PART : PARSED_NOT;
}

/* SGR mouse report: "CSI < button ; column ; row M", "m" for a release. */
static struct rp_event mouse_event(const struct sequence *sequence) {
  int code = sequence->parameters[0];
  struct rp_mouse mouse = {.x = sequence->parameters[1] - 1, .y = sequence->parameters[2] - 1};
  mouse.modifiers = ((code & 4) != 0 ? RP_MOD_SHIFT : 0U) | ((code & 8) != 0 ? RP_MOD_ALT : 0U) |
                    ((code & 16) != 0 ? RP_MOD_CTRL : 0U);
  int button = code & 3;
  bool wheel = (code & 64) != 0;
  bool known = sequence->count == 3 && mouse.x >= 0 && mouse.y >= 0 && code < 128 && (wheel ? button < 2 : button < 3);
  if (!known)
    return (struct rp_event){0};
  if (wheel) {
    mouse.action = button == 0 ? RP_MOUSE_WHEEL_UP : RP_MOUSE_WHEEL_DOWN;
    if (sequence->final == 'm')
      return (struct rp_event){0};
  } else {
    mouse.button = button + 1;
    mouse.action = sequence->final == 'm' ? RP_MOUSE_RELEASE : (code & 32) != 0 ? RP_MOUSE_DRAG : RP_MOUSE_PRESS;
  }
  return (struct rp_event){.kind = RP_EVENT_MOUSE, .mouse = mouse};
}

static struct rp_event csi_event(struct rp_decoder *decoder, const struct sequence *sequence) {
  const struct rp_event unknown = {0};
  if (sequence->private == '<')
    return sequence->final == 'M' || sequence->final == 'm' ? mouse_event(sequence) : unknown;
  if (sequence->private == '[')
    return sequence->final >= 'A' && sequence->final <= 'E' ? key_event(RP_KEY_F1 + (sequence->final - 'A'), 0)
                                                            : unknown;
  if (sequence->private != 0)
    return unknown;
  if (sequence->count == 0 && (sequence->final == 'I' || sequence->final == 'O'))
    return (struct rp_event){.kind = RP_EVENT_FOCUS, .focused = sequence->final == 'I'};
  if (sequence->final == 'Z')
    return key_event(RP_KEY_TAB, RP_MOD_SHIFT);
  if (sequence->final == '~' && sequence->parameters[0] == 200) {
    decoder->pasting = true;
    return unknown;
  }
  int32_t code = sequence->final == '~' ? tilde_code(sequence->parameters[0]) : final_code(sequence->final);
  return code == RP_KEY_NONE ? unknown : key_event(code, xterm_modifiers(sequence->parameters[1]));
}

/* A sequence that terminfo told: longest first is not needed, since none is the beginning of another. */
static bool learnt_event(const struct rp_decoder *decoder, const char *bytes, size_t length, struct rp_event *event,
                         size_t *taken) {
  for (size_t i = 0; i < decoder->learnt.count; i++) {
    const struct learnt *learnt = &decoder->learnt.items[i];
    if (learnt->length <= length && memcmp(bytes, learnt->sequence, learnt->length) == 0) {
      *event = (struct rp_event){.kind = RP_EVENT_KEY, .key = learnt->key};
      *taken = learnt->length;
      return true;
    }
  }
  return false;
}

/* ---- one event from the start of the bytes -------------------------------------------------------------------------
 */

/* Each sets *taken to the bytes used, 0 when more are needed; an event of RP_EVENT_NONE with bytes taken is passed
 * over. */

static struct rp_event decode_character(const struct rp_decoder *decoder, const char *bytes, size_t length,
                                        unsigned modifiers, size_t *taken) {
  unsigned char first = (unsigned char)bytes[0];
  if (first < 0x20 || first == 0x7F) {
    *taken = 1;
    return control_event(first, modifiers);
  }
  size_t needed = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
  bool begun = true;
  for (size_t i = 1; i < needed && i < length; i++)
    begun = begun && ((unsigned char)bytes[i] & 0xC0) == 0x80;
  if (length < needed && begun && !decoder->settled) {
    *taken = 0;
    return (struct rp_event){0};
  }
  int32_t code;
  *taken = rp_utf8_decode(bytes, length, &code);
  return key_event(code, modifiers);
}

static struct rp_event decode_escape(struct rp_decoder *decoder, const char *bytes, size_t length, size_t *taken) {
  struct rp_event event = {0};
  if (learnt_event(decoder, bytes, length, &event, taken))
    return event;
  *taken = 1;
  if (length == 1) {
    if (!decoder->settled)
      *taken = 0;
    return decoder->settled ? key_event(RP_KEY_ESCAPE, 0) : event;
  }
  if (bytes[1] == '[') {
    struct sequence sequence;
    enum parsed parsed = parse_csi(bytes, length, &sequence);
    if (parsed == PARSED) {
      *taken = sequence.length;
      return csi_event(decoder, &sequence);
    }
    if (parsed == PARSED_PART && !decoder->settled) {
      *taken = 0;
      return event;
    }
    if (parsed == PARSED_NOT) {
      *taken = 2; /* what follows is decoded by itself */
      return event;
    }
  }
  if (bytes[1] == 'O') {
    if (length == 2 && !decoder->settled) {
      *taken = 0;
      return event;
    }
    if (length > 2) {
      *taken = 3;
      int32_t code = final_code(bytes[2]);
      return code == RP_KEY_NONE ? event : key_event(code, 0);
    }
  }
  if (bytes[1] == ESCAPE)
    return key_event(RP_KEY_ESCAPE, 0);
  size_t more;
  event = decode_character(decoder, bytes + 1, length - 1, RP_MOD_ALT, &more);
  *taken = more == 0 ? 0 : 1 + more;
  return event;
}

/* ---- paste --------------------------------------------------------------------------------------------------------
 */

static void keep_pasted(struct rp_decoder *decoder, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    char byte = bytes[i];
    bool line_feed_of_cr = byte == '\n' && decoder->after_cr;
    decoder->after_cr = byte == '\r';
    if (line_feed_of_cr)
      continue;
    if (decoder->paste.length < RP_PASTE_LIMIT)
      rp_str_addc(&decoder->paste, byte == '\r' ? '\n' : byte);
    else
      decoder->paste_dropped++;
  }
}

/* Takes in a paste up to "ESC [ 201 ~". True when it is complete. */
static bool take_paste(struct rp_decoder *decoder) {
  static const char end[] = "\033[201~";
  const size_t end_length = sizeof end - 1;
  const char *bytes = decoder->buffer.data + decoder->at;
  size_t length = decoder->buffer.length - decoder->at;
  const char *found = memmem(bytes, length, end, end_length);
  if (found != NULL) {
    keep_pasted(decoder, bytes, (size_t)(found - bytes));
    decoder->at += (size_t)(found - bytes) + end_length;
    return true;
  }
  size_t held = length < end_length - 1 ? length : end_length - 1; /* may be the beginning of the end */
  keep_pasted(decoder, bytes, length - held);
  decoder->at += length - held;
  return false;
}

static struct rp_event paste_event(struct rp_decoder *decoder) {
  decoder->pasting = false;
  decoder->pasted = true;
  decoder->after_cr = false;
  /* A cut at the limit may have split a character: the half of it goes too. */
  size_t length = decoder->paste.length;
  if (decoder->paste_dropped > 0) {
    size_t start = length;
    while (start > 0 && length - start < 3 && ((unsigned char)decoder->paste.data[start - 1] & 0xC0) == 0x80)
      start--;
    if (start > 0 && (unsigned char)decoder->paste.data[start - 1] >= 0xC2) {
      int32_t code;
      size_t bytes = rp_utf8_decode(decoder->paste.data + start - 1, length - start + 1, &code);
      if (bytes == 1)
        length = start - 1;
    }
    decoder->paste_dropped += decoder->paste.length - length;
  }
  return (struct rp_event){
      .kind = RP_EVENT_PASTE,
      .paste = rp_str_text(&decoder->paste),
      .paste_length = length,
      .paste_dropped = decoder->paste_dropped,
  };
}

struct rp_event rp_decoder_next(struct rp_decoder *decoder) {
  if (decoder->pasted) {
    rp_str_clear(&decoder->paste);
    decoder->paste_dropped = 0;
    decoder->pasted = false;
  }
  while (decoder->at < decoder->buffer.length) {
    if (decoder->pasting) {
      if (!take_paste(decoder))
        break;
      return paste_event(decoder);
    }
    const char *bytes = decoder->buffer.data + decoder->at;
    size_t length = decoder->buffer.length - decoder->at;
    size_t taken;
    struct rp_event event = bytes[0] == ESCAPE ? decode_escape(decoder, bytes, length, &taken)
                                               : decode_character(decoder, bytes, length, 0, &taken);
    if (taken == 0)
      break;
    assert(taken <= length);
    decoder->at += taken;
    if (event.kind != RP_EVENT_NONE)
      return event;
  }
  return (struct rp_event){0};
}
