#pragma once
#include <zlib.h>

/* The init calls are macros that pass the version and structure size; Swift cannot import them. */
static inline int chancery_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}
static inline int chancery_deflate_init(z_stream *stream, int level, int window_bits) {
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
}
