/*
 * A program on a terminal, inside the test: a pseudo-terminal with libvterm behind it. Everything waits for a condition
 * and fails the test with the screen printed when the condition does not come true within a generous deadline.
 */
#ifndef RAPPORT_TESTS_VT_H
#define RAPPORT_TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct vt;

/* Starts a program on a terminal of this size. `env` is NULL or "NAME=value" strings ending in NULL, which come on top
 * of a fixed environment: PATH, HOME, TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=UTC, and what sanitizers read; "NAME"
 * alone takes a variable away. Ends the test when it cannot. vt_free ends the program if it still runs. */
struct vt *vt_start(const char *const *argv, const char *const *env, int columns, int rows);
void vt_free(struct vt *vt);
/* The program's process. */
pid_t vt_process(const struct vt *vt);

/* ---- what a person does ---- */

void vt_send(struct vt *vt, const char *bytes);
void vt_sendn(struct vt *vt, const char *bytes, size_t length);
/* A key by its name ("j", "Enter", "Ctrl-R", "Alt-x", "Shift-Tab", "F5"), as the terminal sends it in its present mode.
 */
void vt_press(struct vt *vt, const char *key);
/* A paste: bracketed when the program asked for it. */
void vt_paste(struct vt *vt, const char *text, size_t length);
/* The mouse; nothing is sent unless the program asked for it. Button 1 is the left one; columns and rows from 0. */
void vt_click(struct vt *vt, int button, int x, int y);
void vt_drag(struct vt *vt, int from_x, int from_y, int to_x, int to_y);
void vt_wheel(struct vt *vt, bool up, int x, int y);
void vt_resize(struct vt *vt, int columns, int rows);
void vt_signal(struct vt *vt, int number);
/* Closes the terminal, as a window is closed. Nothing can be read or sent afterwards. */
void vt_hang_up(struct vt *vt);

/* ---- waiting ---- */

/* Until the screen shows `text` in one row, or no longer does. */
void vt_wait_text(struct vt *vt, const char *text);
void vt_wait_gone(struct vt *vt, const char *text);
/* Until the program has written these bytes. A screen that shows something may be followed by more of the same drawing.
 */
void vt_wait_output(struct vt *vt, const char *bytes);
/* Whether `holds` becomes true within the deadline, while the program runs. */
bool vt_becomes(struct vt *vt, bool (*holds)(struct vt *vt, const void *context), const void *context);
/* Until the program has written nothing for a while: for who has no condition to wait for, since it only takes down
 * what a finished screen shows. */
void vt_settle(struct vt *vt);
/* Until `holds` is true; `what` names it in the failure. */
void vt_wait(struct vt *vt, bool (*holds)(struct vt *vt, const void *context), const void *context, const char *what);
/* Until the program has ended; its status as from waitpid. What it wrote last is on the screen. */
int vt_wait_exit(struct vt *vt);

/* ---- what is seen ---- */

/* The screen as lines of text without spaces at their ends; borrowed until the next call. */
const char *vt_text(struct vt *vt);
/* Runs of cells that do not look plain: "ROW FIRST-LAST bold fg=#rrggbb bg=4 ..."; borrowed until the next call. */
const char *vt_styles(struct vt *vt);
/* What stands at a place, as it is to be painted. */
struct vt_cell {
  char text[64];            /* "" for the second column of a wide character, " " for nothing */
  int width;                /* columns */
  uint8_t ink[3], paper[3]; /* red, green, blue; reverse video is carried out */
  bool bold, italic, underline;
};
/* `ink` and `paper` are those of a terminal whose program asked for no colours. */
struct vt_cell vt_cell(struct vt *vt, int x, int y, const uint8_t ink[3], const uint8_t paper[3]);
/* All bytes that the program wrote; borrowed until the next wait. */
const char *vt_output(struct vt *vt, size_t *length);
/* Whether the cursor is shown, and where. */
bool vt_cursor(struct vt *vt, int *x, int *y);
bool vt_alternate(const struct vt *vt);  /* the second screen is shown */
int vt_mouse(const struct vt *vt);       /* VTERM_PROP_MOUSE_... */
bool vt_bracketed(const struct vt *vt);  /* pastes are bracketed */
bool vt_modes_kept(const struct vt *vt); /* the terminal's line discipline is as it was at the start */
/* Fails unless all of these are as a shell needs them. */
void vt_assert_restored(struct vt *vt);

/* ---- golden screens (vt_golden.c): tests/golden/NAME.txt below $top_srcdir; GENERATE=1 writes them ---- */

/* Waits until the screen is the golden one; fails with both printed. */
void vt_golden(struct vt *vt, const char *name);
/* The same with vt_styles below the text. */
void vt_golden_styles(struct vt *vt, const char *name);

#endif
