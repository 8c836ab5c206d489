#include "keys.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../vt.h"
#include "bare_inserts.h"
#include "rapport/mem.h"
#include "rapport/str.h"

enum { COLUMNS = 120, ROWS = 40, MOST_SAMPLES = 512, FIRST_ROW = 2 };

/* What was measured of one kind of key. */
struct samples {
  double milliseconds[MOST_SAMPLES];
  size_t count;
  double processor; /* seconds of the program */
};

static const char bar[] = "bar: p99 <= 16";

/* ---- the program's own figures ----------------------------------------------------------------------------------- */

static double processor_seconds(struct vt *vt) {
  clockid_t clock;
  struct timespec used = {0};
  if (clock_getcpuclockid(vt_process(vt), &clock) == 0)
    clock_gettime(clock, &used);
  return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static double memory_mebibytes(struct vt *vt, const char *key) {
  char *path = rp_str_format("/proc/%ld/status", (long)vt_process(vt));
  FILE *in = fopen(path, "r");
  char line[256];
  double kibibytes = 0;
  while (in != NULL && fgets(line, sizeof line, in) != NULL) {
    if (strncmp(line, key, strlen(key)) == 0)
      kibibytes = strtod(line + strlen(key), NULL);
  }
  if (in != NULL)
    fclose(in);
  free(path);
  return kibibytes / 1024;
}

/* ---- what is on the screen --------------------------------------------------------------------------------------- */

static const char *line_at(const char *text, int y) {
  while (y-- > 0 && text != NULL) {
    text = strchr(text, '\n');
    text = text == NULL ? NULL : text + 1;
  }
  return text;
}

/* The line that has the mark of the selection; NULL when there is none. */
static const char *marked_line(const char *text) {
  static const char mark[] = "▌";
  for (const char *line = line_at(text, FIRST_ROW); line != NULL && *line != '\0'; line = line_at(line, 1)) {
    if (strncmp(line, mark, sizeof mark - 1) == 0)
      return line;
  }
  return NULL;
}

/* Copies "Henkilö 12 Virtanen" from a part of a line; false when it is not there. */
static bool person_in(const char *from, const char *to, char out[64]) {
  static const char first[] = "Henkilö ";
  const char *at = memmem(from, (size_t)(to - from), first, sizeof first - 1);
  if (at == NULL)
    return false;
  size_t length = sizeof first - 1;
  length += strspn(at + length, "0123456789");
  if (length >= 64 || at + length > to)
    return false;
  memcpy(out, at, length);
  out[length] = '\0';
  return true;
}

struct before {
  char *line; /* the marked one */
  long at;    /* and where it stands */
};

static struct before look(struct vt *vt) {
  const char *text = vt_text(vt);
  const char *line = marked_line(text);
  return line == NULL ? (struct before){0} : (struct before){rp_mem_textn(line, strcspn(line, "\n")), line - text};
}

static bool has_moved(struct vt *vt, const void *context) {
  const struct before *before = context;
  const char *text = vt_text(vt);
  const char *line = marked_line(text);
  size_t length = line == NULL ? 0 : strcspn(line, "\n");
  return line != NULL && (before->line == NULL || line - text != before->at || strlen(before->line) != length ||
                          strncmp(line, before->line, length) != 0);
}

/* Whether the pane at the right is about the person of the marked line, if that is about one. */
static bool tells_selected(struct vt *vt, const void *context) {
  (void)context;
  char chosen[64], told[64];
  const char *text = vt_text(vt);
  const char *line = marked_line(text);
  const char *head = line_at(text, FIRST_ROW);
  const char *border = line == NULL ? NULL : strstr(line, "│");
  if (border != NULL && !person_in(line, border, chosen))
    return true;
  const char *head_border = head == NULL ? NULL : strstr(head, "│");
  return border != NULL && head_border != NULL && person_in(line, border, chosen) &&
         person_in(head_border, strchr(head_border, '\n'), told) && strcmp(chosen, told) == 0;
}

static bool always(struct vt *vt, const void *context) {
  (void)vt;
  (void)context;
  return true;
}

/* Reads on for a while, as a terminal does. */
static void idle(struct vt *vt, long milliseconds) {
  const struct timespec while_it = {.tv_nsec = milliseconds * 1000000};
  nanosleep(&while_it, NULL);
  vt_wait(vt, always, NULL, "");
}

static bool shows(struct vt *vt, const void *context) {
  return strstr(vt_text(vt), context) != NULL;
}

/* The first result of a search has these words. */
static bool finds(struct vt *vt, const void *context) {
  const char *line = line_at(vt_text(vt), FIRST_ROW + 3);
  char *shown = line == NULL ? NULL : rp_mem_textn(line, strcspn(line, "\n"));
  bool found = shown != NULL && strstr(shown, context) != NULL;
  free(shown);
  return found;
}

/* "45 results": the caller frees. */
static char *count_of(struct vt *vt) {
  const char *line = line_at(vt_text(vt), FIRST_ROW + 1);
  return rp_mem_textn(line, strcspn(line, "\n"));
}

static bool counts_as(struct vt *vt, const void *context) {
  char *count = count_of(vt);
  bool same = strcmp(count, context) == 0;
  free(count);
  return same;
}

static bool counts_results(struct vt *vt, const void *context) {
  (void)context;
  char *count = count_of(vt);
  bool counted = strstr(count, " result") != NULL;
  free(count);
  return counted;
}

static bool counts_others(struct vt *vt, const void *context) {
  return counts_results(vt, NULL) && !counts_as(vt, context);
}

/* ---- measuring --------------------------------------------------------------------------------------------------- */

typedef bool condition(struct vt *vt, const void *context);

static double since(double start) {
  return (bench_now() - start) * 1000;
}

static void add(struct samples *samples, double milliseconds) {
  if (samples->count < MOST_SAMPLES)
    samples->milliseconds[samples->count++] = milliseconds;
}

static void press(struct vt *vt, const char *key, condition *holds, const void *context, struct samples *samples) {
  double processor = processor_seconds(vt);
  double start = bench_now();
  vt_press(vt, key);
  vt_wait(vt, holds, context, key);
  add(samples, since(start));
  if (getenv("BENCH_SLOW") != NULL && since(start) > strtod(getenv("BENCH_SLOW"), NULL)) /* which keys were slower */
    fprintf(stderr, "%s: %.1f ms at\n%s", key, since(start), line_at(vt_text(vt), FIRST_ROW));
  samples->processor += processor_seconds(vt) - processor;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void report(const char *what, struct samples *samples, const char *said) {
  size_t count = samples->count;
  if (count == 0)
    return;
  qsort(samples->milliseconds, count, sizeof *samples->milliseconds, compare);
  size_t last = count - 1;
  printf("%-50s %8.2f %8.2f %8.2f %8.2f %4zu  %s\n", what, samples->milliseconds[count / 2],
         samples->milliseconds[last - count / 100], samples->milliseconds[last],
         samples->processor * 1000 / (double)count, count, said);
  fflush(stdout);
  *samples = (struct samples){0};
}

static void report_head(const char *what) {
  printf("\n%-50s %8s %8s %8s %8s %4s\n", what, "p50 ms", "p99 ms", "max ms", "cpu ms", "n");
}

/* Until the program uses the processor no more: whatever it does by itself is done. */
static void wait_for_rest(struct vt *vt) {
  double before, after = processor_seconds(vt);
  int quiet = 0;
  for (int i = 0; i < 1000 && quiet < 5; i++) {
    before = after;
    idle(vt, 300);
    after = processor_seconds(vt);
    quiet = after - before < 0.004 ? quiet + 1 : 0;
  }
}

/* ---- the floor: a program that only says what it is told --------------------------------------------------------- */

static bool has_output(struct vt *vt, const void *context) {
  size_t length;
  (void)vt_output(vt, &length);
  return length >= *(const size_t *)context;
}

static void measure_floor(void) {
  static const char *const argv[] = {"/bin/sh", "-c", "stty raw -echo; echo ready; exec cat", NULL};
  struct samples samples = {0};
  size_t length;
  struct vt *vt = vt_start(argv, NULL, COLUMNS, ROWS);
  vt_wait_text(vt, "ready");
  for (int i = 0; i < 200; i++) {
    (void)vt_output(vt, &length);
    length++;
    press(vt, "x", has_output, &length, &samples);
  }
  report("a byte through a terminal and cat", &samples, "floor");
  vt_free(vt);
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

/* Presses a key that moves, and waits for the mark, then for what is told beside it. */
static void move(struct vt *vt, const char *key, struct samples *moved, struct samples *told) {
  idle(vt, 25); /* what was drawn before may come in parts */
  struct before before = look(vt);
  double processor = processor_seconds(vt);
  double start = bench_now();
  vt_press(vt, key);
  vt_wait(vt, has_moved, &before, key);
  add(moved, since(start));
  vt_wait(vt, tells_selected, NULL, key);
  add(told, since(start));
  told->processor += processor_seconds(vt) - processor;
  free(before.line);
}

/* The first section of Today that has more than is shown: its row of dots is opened. */
static void unfold(struct vt *vt) {
  struct samples moved = {0}, told = {0};
  char person[64];
  for (int i = 0; i < ROWS; i++) {
    const char *line = marked_line(vt_text(vt));
    const char *border = line == NULL ? NULL : strstr(line, "│");
    if (border != NULL && !person_in(line, border, person)) {
      move(vt, "Enter", &moved, &told);
      return;
    }
    move(vt, "j", &moved, &told);
  }
}

static void measure_moves(struct vt *vt, const char *beside, const char *key, const char *name, int lines, int pages) {
  struct samples moved = {0}, told = {0};
  vt_press(vt, key);
  idle(vt, 300); /* the screen that is left has a mark and a person too */
  if (strcmp(name, "People") == 0)
    vt_wait_text(vt, " · by ");
  vt_wait(vt, tells_selected, NULL, name);
  if (strcmp(name, "Today") == 0)
    unfold(vt);
  for (int i = 0; i < lines; i++)
    move(vt, "j", &moved, &told);
  for (int i = 0; i < pages; i++)
    move(vt, "PgDn", &moved, &told);
  for (int i = 0; i < 5; i++) {
    move(vt, "g", &moved, &told);
    move(vt, "G", &moved, &told);
  }
  char *what = rp_str_format("moving in %s%s", name, beside);
  report(what, &moved, bar);
  report("  and the person beside it", &told, bar);
  free(what);
}

/* Each letter until what it finds is shown. */
static void measure_search(struct vt *vt) {
  static const char *const numbers[] = {"42345", "2571", "40718", "25", "33333"};
  static const char *const letters[] = {"k", "v", "t", "h", "l", "u", "s", "m"};
  static const char *const second[] = {"s", "t", "d", "u", "m", "l"};
  struct samples samples = {0};
  char typed[16];
  vt_press(vt, "/");
  vt_wait_text(vt, "Tab completes it");
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    for (size_t j = 0; j < strlen(numbers[i]); j++) {
      const char key[] = {numbers[i][j], '\0'};
      snprintf(typed, sizeof typed, " %.*s", (int)j + 1, numbers[i]);
      press(vt, key, finds, typed, &samples);
    }
    vt_press(vt, "Ctrl-U");
    vt_wait_text(vt, "Tab completes it");
  }
  report("typing a number in Search", &samples, bar);
  for (int round = 0; round < 4; round++) {
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
      press(vt, letters[i], shows, "one more word narrows", &samples);
      vt_press(vt, "Backspace");
      vt_wait_text(vt, "Tab completes it");
      vt_wait_gone(vt, "one more word narrows");
    }
  }
  report("  the first letter of a word", &samples, bar);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i += 2) { /* those that one person has */
    char *found = NULL;
    vt_send(vt, numbers[i]);
    vt_send(vt, " ");
    vt_wait(vt, finds, numbers[i], numbers[i]);
    vt_wait(vt, counts_results, NULL, numbers[i]);
    found = count_of(vt);
    for (size_t j = 0; j < sizeof second / sizeof *second; j++) {
      press(vt, second[j], counts_others, found, &samples);
      vt_press(vt, "Backspace");
      vt_wait(vt, counts_as, found, "Backspace");
    }
    free(found);
    vt_press(vt, "Ctrl-U");
    vt_wait_text(vt, "Tab completes it");
  }
  report("  the letters of a second word", &samples, bar);
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "Tab completes it");
}

struct place {
  int x, y;
};

static struct place cursor_of(struct vt *vt) {
  struct place place = {-1, -1};
  (void)vt_cursor(vt, &place.x, &place.y);
  return place;
}

static bool has_typed(struct vt *vt, const void *context) {
  const struct place *before = context;
  struct place now;
  return vt_cursor(vt, &now.x, &now.y) && (now.x != before->x || now.y != before->y);
}

/* Letters with a pause now and then, so that a preview is read and a draft is kept while typing goes on. */
static void measure_log(struct vt *vt) {
  static const char head[] = "video Henkilö 777 Virtanen @ Konepaja 194 Oy: ";
  static const char note[] = "Kävimme läpi uuden linjan aikataulun ja sen, kuka siitä heillä päättää.";
  enum { PAUSE = 215 }; /* milliseconds: a little more than PAUSE_MILLISECONDS of the interface */
  struct samples samples = {0};
  vt_press(vt, "m");
  vt_wait_text(vt, "Log a meeting");
  vt_press(vt, "Ctrl-U"); /* whoever was selected */
  vt_wait_text(vt, "How a note looks");
  vt_send(vt, head);
  vt_wait_text(vt, "777 Virtanen @ Konepaja 194 Oy:");
  for (size_t i = 0; i < sizeof note - 1;) {
    size_t length = ((unsigned char)note[i] & 0x80) != 0 ? 2 : 1;
    char key[3] = {note[i], length == 2 ? note[i + 1] : '\0', '\0'};
    i += length;
    struct place before = cursor_of(vt);
    if (*key != ' ') {
      press(vt, key, has_typed, &before, &samples);
    } else { /* at the end of a row it moves nothing */
      vt_send(vt, key);
      idle(vt, PAUSE);
    }
  }
  report("typing in Log, previewed and kept", &samples, bar);
  press(vt, "Ctrl-D", shows, "m log a meeting", &samples);
  struct samples next = {0};
  press(vt, "m", shows, "Log a meeting", &next);
  vt_press(vt, "Ctrl-U");
  vt_wait_text(vt, "How a note looks");
  static const char *const keys[] = {"e", "m", "a", "i", "l"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    char *text = rp_mem_textn("email", i + 1);
    press(vt, keys[i], shows, text, &next);
    free(text);
  }
  report("  until it is saved for good", &samples, "");
  report("  typing the next one at once", &next, bar);
  vt_press(vt, "Ctrl-U");
  vt_press(vt, "Esc");
  vt_wait_text(vt, "m log a meeting");
}

static void measure_persons(struct vt *vt) {
  struct samples samples = {0}, moved = {0}, told = {0};
  vt_press(vt, "3");
  vt_wait(vt, tells_selected, NULL, "People");
  move(vt, "g", &moved, &told);
  for (int i = 0; i < 25; i++) {
    press(vt, "Enter", shows, "Overview  Timeline", &samples);
    vt_press(vt, "Esc");
    vt_wait_gone(vt, "Overview  Timeline");
    vt_wait(vt, tells_selected, NULL, "People");
    move(vt, "j", &moved, &told);
  }
  report("opening a person", &samples, bar);
}

/* "12 of 50000" of another filter. */
static bool counts_again(struct vt *vt, const void *context) {
  const char *line = line_at(vt_text(vt), FIRST_ROW);
  char number[32];
  return line != NULL && strstr(line, " of 50") != NULL && sscanf(line, "%31s", number) == 1 &&
         strcmp(number, context) != 0;
}

static void measure_filter(struct vt *vt) {
  struct samples samples = {0};
  char number[32] = "";
  vt_press(vt, "3");
  vt_wait(vt, tells_selected, NULL, "People");
  vt_press(vt, "f");
  vt_wait_text(vt, "Filter");
  vt_send(vt, "stage=");
  for (int i = 0; i < 24; i++) {
    const char key[] = {(char)('0' + i % 3), '\0'};
    press(vt, key, counts_again, number, &samples);
    (void)sscanf(line_at(vt_text(vt), FIRST_ROW), "%31s", number);
    vt_press(vt, "Backspace");
  }
  vt_press(vt, "Esc");
  vt_wait_gone(vt, " of 50");
  report("filtering People by stage", &samples, bar);
}

static void measure_keys(struct vt *vt) {
  measure_moves(vt, "", "3", "People", 60, 20);
  measure_moves(vt, "", "4", "Timeline", 60, 20);
  measure_moves(vt, "", "1", "Today", 60, 1);
  measure_moves(vt, "", "2", "Customers", 60, 20);
  measure_moves(vt, "", "5", "Insights", 60, 3);
  measure_persons(vt);
  measure_filter(vt);
  measure_search(vt);
  measure_log(vt);
}

/* ---- screens ----------------------------------------------------------------------------------------------------- */

static bool is_timeline(struct vt *vt, const void *context) {
  return strstr(vt_text(vt), " · by ") == NULL && tells_selected(vt, context);
}

/* Each when it is seen for the first time. */
static void measure_screens(struct vt *vt) {
  static const struct {
    const char *key, *name, *text;
    condition *holds;
  } screens[] = {{"3", "People", " · by name", shows},
                 {"4", "Timeline", NULL, is_timeline},
                 {"2", "Customers", " · by company", shows},
                 {"6", "Team", "○ prospect", shows},
                 {"5", "Insights", "What changed", shows}};
  report_head("screens, the first time");
  for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
    struct samples samples = {0};
    press(vt, screens[i].key, screens[i].holds, screens[i].text, &samples);
    report(screens[i].name, &samples, "");
  }
}

/* ---- while a backup is made -------------------------------------------------------------------------------------- */

/* The files in the program's folder of backups: the one that is being made, and those that are. */
static void count_backups(const char *const *env, int *begun, int *made) {
  static const char key[] = "XDG_STATE_HOME=";
  *begun = *made = 0;
  while (*env != NULL && strncmp(*env, key, sizeof key - 1) != 0)
    env++;
  char *path = rp_str_format("%s/rapport/backups", *env == NULL ? "" : *env + sizeof key - 1);
  DIR *folder = opendir(path);
  const struct dirent *entry;
  while (folder != NULL && (entry = readdir(folder)) != NULL) {
    size_t length = strlen(entry->d_name);
    bool whole = length > 3 && strcmp(entry->d_name + length - 3, ".db") == 0;
    *made += whole;
    *begun += !whole && strspn(entry->d_name, ".") != length;
  }
  if (folder != NULL)
    closedir(folder);
  free(path);
}

static void measure_beside_backup(struct vt *vt, const char *const *env) {
  int begun = 0, made = 0;
  for (int i = 0; i < 1200 && begun + made == 0; i++) {
    idle(vt, 50);
    count_backups(env, &begun, &made);
  }
  if (begun == 0) {
    printf("no backup is due\n");
    return;
  }
  report_head("the same while a backup is made");
  measure_moves(vt, ", with a backup", "1", "Today", 30, 1);
  measure_log(vt);
  measure_search(vt);
  measure_moves(vt, ", with a backup", "3", "People", 30, 6);
  count_backups(env, &begun, &made);
  printf("the backup %s\n", begun > 0 ? "was still being made" : "had ended by then");
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void measure_start(struct vt *vt, double start, struct samples *frame, struct samples *day) {
  vt_wait_text(vt, "Anna Laine");
  add(frame, since(start));
  vt_wait_text(vt, "Send the");
  add(day, since(start));
}

void bench_keys(const char *const *argv, const char *const *env) {
  struct samples frame = {0}, day = {0}, whole = {0};
  report_head("keys, 1,000,000 meetings with 50,000 people");
  measure_floor();
  double start = bench_now();
  struct vt *vt = vt_start(argv, env, COLUMNS, ROWS);
  measure_start(vt, start, &frame, &day);
  measure_beside_backup(vt, env);
  wait_for_rest(vt);
  vt_free(vt);
  for (int i = 0; i < 5; i++) {
    start = bench_now();
    vt = vt_start(argv, env, COLUMNS, ROWS);
    measure_start(vt, start, &frame, &day);
    if (i < 4)
      vt_free(vt);
  }
  wait_for_rest(vt);
  add(&whole, since(start));
  whole.processor = processor_seconds(vt);
  report_head("the first screen");
  report("first frame", &frame, "");
  report("with the day listed", &day, "bar: <= 50");
  report("until all is concluded", &whole, "");
  vt_free(vt);
  vt = vt_start(argv, env, COLUMNS, ROWS);
  vt_wait_text(vt, "Send the");
  measure_screens(vt);
  wait_for_rest(vt);
  report_head("keys, alone");
  measure_keys(vt);
  printf("\n%-50s %8.1f MiB, at most %.1f   bar: <= 64\n", "memory", memory_mebibytes(vt, "VmRSS:"),
         memory_mebibytes(vt, "VmHWM:"));
  vt_free(vt);
}

void bench_search(const char *const *argv, const char *const *env) {
  struct vt *vt = vt_start(argv, env, COLUMNS, ROWS);
  vt_wait_text(vt, "Send the");
  report_head("search, as soon as the day is listed");
  measure_search(vt);
  wait_for_rest(vt);
  report_head("search, alone");
  measure_search(vt);
  vt_free(vt);
}
