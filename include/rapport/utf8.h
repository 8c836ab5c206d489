/*
 * Text from outside and text on the screen.
 *
 * The one way in is rp_utf8_clean: what it returns is valid UTF-8 in NFC without control characters except newline and
 * tab. The one way out is rp_utf8_safe: what it returns has every character that could steer a terminal or deceive a
 * reader (C0, C1, bidirectional, zero-width, joiners, tags, unassigned) in a visible form. The tables are utf8proc's.
 * Sources: UAX #15 (NFC), UAX #29 (grapheme clusters), UTR #36 and UTS #39 (security).
 */
#ifndef RAPPORT_UTF8_H
#define RAPPORT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/str.h"

enum rp_utf8_lines { RP_UTF8_ONE_LINE, RP_UTF8_MANY_LINES };

/* Appends `bytes` to `out` in NFC. RP_EREFUSED with the column (1-based, characters) of the first fault when the bytes
 * are not UTF-8 or hold a control character; newline and tab are allowed with RP_UTF8_MANY_LINES, CR LF becomes LF.
 * `out` is unchanged after an error. */
rp_status rp_utf8_clean(const char *bytes, size_t length, enum rp_utf8_lines lines, struct rp_str *out,
                        struct rp_err *err);
/* As rp_utf8_clean, for input that must not be refused (paste, a damaged database): what is wrong becomes U+FFFD. */
void rp_utf8_mend(const char *bytes, size_t length, enum rp_utf8_lines lines, struct rp_str *out);

/* Appends `bytes` to `out` in a form that can be sent to any terminal: control characters as ␀..␡ pictures, other
 * characters that are invisible or steer as ⟨U+202E⟩, invalid bytes as ⟨xFF⟩; of more than four combining marks on one
 * character the first four, then ⟨+N⟩; a mark with nothing to stand on gets ◌. One variation selector behind a visible
 * character stays. Newline and tab stay as they are (callers lay out lines). Safe text is returned as it is. When the
 * locale is UTF-8, every character of the result has a width of wcwidth(). */
void rp_utf8_safe(const char *bytes, size_t length, struct rp_str *out);

/* The number of bytes of the first grapheme cluster, at least 1 and at most `length`; 0 when length is 0. */
size_t rp_utf8_grapheme(const char *text, size_t length);
/* The number of bytes of the last grapheme cluster before `end`. */
size_t rp_utf8_grapheme_before(const char *text, size_t end);
/* Decodes one code point; returns its length in bytes (1 to 4), *code is U+FFFD for an invalid byte (length 1). */
size_t rp_utf8_decode(const char *text, size_t length, int32_t *code);
/* Appends one code point. */
void rp_utf8_add(struct rp_str *out, int32_t code);
/* Number of code points. */
size_t rp_utf8_count(const char *text, size_t length);

/* Columns that safe text takes: the sum of wcwidth() over its characters when the locale is UTF-8 (that is what the
 * terminal will do), of utf8proc_charwidth() otherwise. Newline and tab count 0 and 1. */
size_t rp_utf8_width(const char *safe, size_t length);
/* The longest prefix of safe text, in whole grapheme clusters, of at most `columns`: its bytes; *width (unless NULL)
 * gets its columns. */
size_t rp_utf8_prefix(const char *safe, size_t length, size_t columns, size_t *width);
/* Appends safe text cut to `columns`, with "…" as the last column when anything was cut, then spaces up to `columns`
 * when `pad`. */
void rp_utf8_fit(const char *safe, size_t columns, bool pad, struct rp_str *out);

/* Appends the form that comparison and search use: case-folded, accents removed, ø o, æ ae, å a, ß ss, þ th, ł l, đ d,
 * compatibility forms resolved, typographic quotes and dashes as on a keyboard, invisible characters left out; vowel
 * and voicing signs of scripts that write them as marks stay. Two texts that fold alike match "without case or
 * accents". Idempotent; each character folds by itself, so the fold of a part is a part of the fold. */
void rp_utf8_fold(const char *text, size_t length, struct rp_str *out);
/* The ASCII character that a character folds to, in its own case: å a, Ø O, ½ 1, “ "; 0 when it is none of ASCII's. For
 * terminals that have no more. */
char rp_utf8_plain(int32_t code);
/* Whether the locale writes UTF-8. */
bool rp_utf8_is_locale(void);
/* Appends safe text as the locale writes it: unchanged where that is UTF-8, else in its own bytes; a letter that it
 * lacks without its marks, anything else it lacks as "_" or, two columns wide, "[]". */
void rp_utf8_to_locale(const char *safe, size_t length, struct rp_str *out);
/* Whether each word of `typed` begins a word of the text, both folded: how lists are searched by typing. */
bool rp_utf8_has_words(const char *text, const char *typed);
/* The letters that lists have behind z, those that sort alike in one word: "z å äæ öø". Before and without them a
 * letter sorts as it folds. rp_i18n_init sets those of the language. */
void rp_utf8_set_alphabet(const char *letters);
/* Appends what a text is sorted by, as bytes: its fold, but for the letters behind z. */
void rp_utf8_order(const char *text, size_t length, struct rp_str *out);
/* Order of two texts for a list: by rp_utf8_order, then by bytes. */
int rp_utf8_compare(const char *a, const char *b);

/* Whether a word is made of such characters: letters, digits, private use; what SQLite's unicode61 tokenizer keeps. */
bool rp_utf8_is_word(int32_t code);
/* Whether nothing of a text can be seen: it is empty, or all spaces, line breaks and invisible characters. */
bool rp_utf8_is_blank(const char *text);
/* Appends what a folded text (rp_utf8_fold) looks like: without what cannot be seen, and letters of other alphabets as
 * the Latin ones that they can be taken for. Two names that look alike have the same. */
void rp_utf8_looks(const char *fold, struct rp_str *out);
/* How many characters must be put in, left out, changed or swapped with their neighbour to make `b` of `a` (optimal
 * string alignment), for "did you mean"; both folded, only the first RP_UTF8_DISTANCE_CHARACTERS of each count. */
#define RP_UTF8_DISTANCE_CHARACTERS 64
size_t rp_utf8_distance(const char *a, const char *b);

#endif
