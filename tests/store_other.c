#include "store_other.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const two_people[] = {"{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\"}",
                                  "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\"}",
                                  "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\"}",
                                  NULL};

struct order {
  int verb;
  char line[512]; /* a record for PUT and BEGIN, a short name for DELETE, a text for DRAFT */
};
rp_status put_line(struct rp_store *store, const char *line, struct rp_err *err) {
  struct rp_record *record = world_line(line);
  rp_status status = rp_store_begin(store, line, err);
  if (status == RP_OK)
    status = rp_store_put(store, record, 0, err);
  rp_record_free(record);
  return status;
}

static rp_status delete_one(struct rp_store *store, const char *name, struct rp_err *err) {
  struct rp_id id = world_id(name);
  rp_status status = rp_store_begin(store, name, err);
  return status == RP_OK ? rp_store_delete(store, &id, 1, NULL, err) : status;
}

static void obey(struct rp_store *store, const struct order *order, struct reply *reply) {
  struct rp_err err = {0};
  char *label = NULL;
  switch (order->verb) {
  case OTHER_PUT:
  case OTHER_BEGIN:
    reply->status = put_line(store, order->line, &err);
    break;
  case OTHER_DELETE:
    reply->status = delete_one(store, order->line, &err);
    break;
  case OTHER_COMMIT:
    reply->status = RP_OK;
    break;
  case OTHER_DRAFT:
    reply->status = rp_store_note_set(store, RP_STORE_DRAFT, "log", order->line, &err);
    break;
  default:
    reply->status = (order->verb == OTHER_UNDO ? rp_store_undo : rp_store_redo)(store, &label, &err);
  }
  if (reply->status == RP_OK && order->verb != OTHER_BEGIN && rp_store_in_action(store))
    reply->status = rp_store_commit(store, &err);
  else if (reply->status != RP_OK && rp_store_in_action(store))
    rp_store_rollback(store);
  snprintf(reply->said, sizeof reply->said, "%s", label != NULL ? label : err.text);
  free(label);
}

static void serve(struct world *world, int orders, int replies) {
  struct rp_store *store;
  struct order order;
  struct reply reply;
  struct rp_err err;
  if (rp_store_open(world->path, &world->options, &store, &err) != RP_OK)
    child_end(1);
  while (read(orders, &order, sizeof order) == (ssize_t)sizeof order) {
    obey(store, &order, &reply);
    if (write(replies, &reply, sizeof reply) != (ssize_t)sizeof reply)
      child_end(1);
  }
  rp_store_close(store);
  child_end(0);
}

void two_init(struct two *two, bool forked) {
  *two = (struct two){.orders = -1, .replies = -1};
  struct world *world = &two->world;
  world_init(world, 1);
  world_put_lines(world->store, two_people);
  world->options.busy_ms = 20;
  if (!forked) {
    assert_ok(rp_store_open(world->path, &world->options, &two->other, err));
  } else {
    int orders[2], replies[2];
    assert_int_equal(pipe(orders), 0);
    assert_int_equal(pipe(replies), 0);
    rp_store_close(world->store); /* what SQLite knows of open files must not go to the child */
    world->store = NULL;
    two->process = fork();
    assert_true(two->process >= 0);
    if (two->process == 0) {
      close(orders[1]);
      close(replies[0]);
      serve(world, orders[0], replies[1]);
    }
    close(orders[0]);
    close(replies[1]);
    two->orders = orders[1];
    two->replies = replies[0];
  }
  world_reopen(world);
}

void two_fini(struct two *two) {
  if (two->process > 0) {
    int ended;
    close(two->orders);
    close(two->replies);
    assert_int_equal(waitpid(two->process, &ended, 0), two->process);
    assert_int_equal(ended, 0);
  }
  rp_store_close(two->other);
  world_is_sound(two->world.store);
  world_fini(&two->world);
}

struct reply tell_other(struct two *two, int verb, const char *line) {
  struct order order = {.verb = verb};
  struct reply reply = {0};
  snprintf(order.line, sizeof order.line, "%s", line);
  if (two->other != NULL) {
    obey(two->other, &order, &reply);
  } else {
    assert_int_equal(write(two->orders, &order, sizeof order), sizeof order);
    assert_int_equal(read(two->replies, &reply, sizeof reply), sizeof reply);
  }
  return reply;
}

void other_does(struct two *two, int verb, const char *line) {
  struct reply reply = tell_other(two, verb, line);
  if (reply.status != RP_OK)
    fail_msg("%s: %s", line, reply.said);
}
