#pragma once
#include <stddef.h>
#include <stdint.h>

/* What became of a drawing; the message says why it failed. */
typedef enum {
    CHANCERY_RSVG_DRAWN = 0,
    /* A library is not installed or too old. */
    CHANCERY_RSVG_MISSING = 1,
    /* librsvg refuses the text. */
    CHANCERY_RSVG_UNREADABLE = 2,
    CHANCERY_RSVG_FAILED = 3,
} chancery_rsvg_outcome;

/* Takes the next bytes of the file; anything but 0 stops the drawing. */
typedef int (*chancery_rsvg_sink)(void *context, const uint8_t *bytes, size_t count);

/* Draws an SVG document, scaled to fill `width` by `height` points, as a PDF file of one page.
 * `message` receives at most `message_size` bytes with a final zero.
 * librsvg, cairo and what they need are opened at the first call and stay open: commands that draw nothing start without them.
 * No base address is given, so that nothing outside of the text is ever read. */
chancery_rsvg_outcome chancery_rsvg_draw(
    const uint8_t *svg, size_t count, double width, double height, chancery_rsvg_sink sink, void *context,
    char *message, size_t message_size);
