/* What `make lint` includes first: tells clang's analyzer, which reads one file at a time, that a function that makes an
 * error returns one. Without it every "filled unless there was an error" looks like a use of something not set. */
#include "rapport/err.h"
#define rp_err_set(err, code, ...) ((rp_err_set)(err, code, __VA_ARGS__), (code))
#define rp_err_setv(err, code, ...) ((rp_err_setv)(err, code, __VA_ARGS__), (code))
#define rp_err_errno(err, ...) ((rp_err_errno)(err, __VA_ARGS__), RP_EIO)
