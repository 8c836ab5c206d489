/* Places in a text that is edited: shared by input.c and editor.c only. All are bytes. */
#ifndef RAPPORT_EDIT_H
#define RAPPORT_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/key.h"
#include "rapport/str.h"

/* The start of the cluster after `at` and before it; the end and the start of the text when there is none. */
size_t edit_after(const struct rp_str *text, size_t at);
size_t edit_before(const struct rp_str *text, size_t at);
/* `at`, or the end of the cluster that it lies within. */
size_t edit_snap(const struct rp_str *text, size_t at);
/* The end of the word after `at`, the start of the word before it. */
size_t edit_word_after(const struct rp_str *text, size_t at);
size_t edit_word_before(const struct rp_str *text, size_t at);
/* The start and the end of the line that `at` lies on. */
size_t edit_line_start(const struct rp_str *text, size_t at);
size_t edit_line_end(const struct rp_str *text, size_t at);
/* Where a key moves the cursor to; false when it is no such key. */
bool edit_move(const struct rp_str *text, size_t cursor, struct rp_key key, size_t *out);
/* Up to where a key deletes from the cursor, on either side; false when it is no such key. */
bool edit_deletion(const struct rp_str *text, size_t cursor, struct rp_key key, size_t *out);
/* Replaces `removed` bytes at `at`. */
void edit_splice(struct rp_str *text, size_t at, size_t removed, const char *inserted, size_t length);
/* The longest prefix of clean text, in whole clusters, of at most `room` bytes. */
size_t edit_fitting(const char *text, size_t length, size_t room);

#endif
