#include "CRSVG.h"

#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* The few declarations of librsvg 2.52 and cairo 1.16 that are called here; their headers are not needed to build. */
typedef struct { uint32_t domain; int code; char *message; } glib_error;
typedef struct { double x, y, width, height; } rsvg_rectangle;
typedef int (*cairo_write)(void *closure, const unsigned char *data, unsigned int length);

static struct {
    void *(*rsvg_handle_new_from_data)(const uint8_t *, size_t, glib_error **);
    int (*rsvg_handle_render_document)(void *, void *, const rsvg_rectangle *, glib_error **);
    void *(*cairo_pdf_surface_create_for_stream)(cairo_write, void *, double, double);
    void *(*cairo_create)(void *);
    int (*cairo_status)(void *);
    void (*cairo_show_page)(void *);
    void (*cairo_destroy)(void *);
    void (*cairo_surface_finish)(void *);
    int (*cairo_surface_status)(void *);
    void (*cairo_surface_destroy)(void *);
    const char *(*cairo_status_to_string)(int);
    void (*g_object_unref)(void *);
    void (*g_error_free)(glib_error *);
} library;

static char missing[256];
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void *open_library(const char *name) {
    void *handle = missing[0] == 0 ? dlopen(name, RTLD_NOW | RTLD_LOCAL) : NULL;
    if (handle == NULL && missing[0] == 0) {
        const char *reason = dlerror();
        snprintf(missing, sizeof missing, "%s", reason != NULL ? reason : name);
    }
    return handle;
}

static void find(void *handle, const char *name, void *slot) {
    void *symbol = handle != NULL ? dlsym(handle, name) : NULL;
    if (symbol == NULL && missing[0] == 0) snprintf(missing, sizeof missing, "%s is missing", name);
    memcpy(slot, &symbol, sizeof symbol);
}

#define FIND(handle, name) find(handle, #name, &library.name)

static void open_all(void) {
    void *rsvg = open_library("librsvg-2.so.2");
    void *cairo = open_library("libcairo.so.2");
    void *gobject = open_library("libgobject-2.0.so.0");
    void *glib = open_library("libglib-2.0.so.0");
    FIND(rsvg, rsvg_handle_new_from_data);
    FIND(rsvg, rsvg_handle_render_document);
    FIND(cairo, cairo_pdf_surface_create_for_stream);
    FIND(cairo, cairo_create);
    FIND(cairo, cairo_status);
    FIND(cairo, cairo_show_page);
    FIND(cairo, cairo_destroy);
    FIND(cairo, cairo_surface_finish);
    FIND(cairo, cairo_surface_status);
    FIND(cairo, cairo_surface_destroy);
    FIND(cairo, cairo_status_to_string);
    FIND(gobject, g_object_unref);
    FIND(glib, g_error_free);
}

static void tell(char *message, size_t size, const char *text) {
    if (size > 0) snprintf(message, size, "%s", text != NULL ? text : "no reason given");
}

/* Tells what librsvg says and frees it. */
static chancery_rsvg_outcome refuse(glib_error *error, chancery_rsvg_outcome outcome, char *message, size_t size) {
    tell(message, size, error != NULL ? error->message : NULL);
    if (error != NULL) library.g_error_free(error);
    return outcome;
}

typedef struct { chancery_rsvg_sink sink; void *context; } destination;

static int write_bytes(void *closure, const unsigned char *data, unsigned int length) {
    const int write_error = 11; /* CAIRO_STATUS_WRITE_ERROR */
    destination *to = closure;
    return to->sink(to->context, data, length) == 0 ? 0 : write_error;
}

static chancery_rsvg_outcome draw_handle(
    void *handle, double width, double height, destination *to, char *message, size_t size) {
    chancery_rsvg_outcome outcome = CHANCERY_RSVG_DRAWN;
    void *surface = library.cairo_pdf_surface_create_for_stream(write_bytes, to, width, height);
    void *context = library.cairo_create(surface);
    rsvg_rectangle viewport = {0, 0, width, height};
    glib_error *error = NULL;
    if (!library.rsvg_handle_render_document(handle, context, &viewport, &error)) {
        outcome = refuse(error, CHANCERY_RSVG_FAILED, message, size);
    }
    library.cairo_show_page(context);
    int status = library.cairo_status(context);
    library.cairo_destroy(context);
    library.cairo_surface_finish(surface);
    if (status == 0) status = library.cairo_surface_status(surface);
    library.cairo_surface_destroy(surface);
    if (outcome == CHANCERY_RSVG_DRAWN && status != 0) {
        tell(message, size, library.cairo_status_to_string(status));
        outcome = CHANCERY_RSVG_FAILED;
    }
    return outcome;
}

chancery_rsvg_outcome chancery_rsvg_draw(
    const uint8_t *svg, size_t count, double width, double height, chancery_rsvg_sink sink, void *context,
    char *message, size_t message_size) {
    tell(message, message_size, "");
    pthread_once(&opened, open_all);
    if (missing[0] != 0) {
        tell(message, message_size, missing);
        return CHANCERY_RSVG_MISSING;
    }
    glib_error *error = NULL;
    void *handle = library.rsvg_handle_new_from_data(svg, count, &error);
    if (handle == NULL) return refuse(error, CHANCERY_RSVG_UNREADABLE, message, message_size);
    destination to = {sink, context};
    chancery_rsvg_outcome outcome = draw_handle(handle, width, height, &to, message, message_size);
    library.g_object_unref(handle);
    /* Cairo reads whole fonts of 25 MB; nothing here needs as much again. */
    malloc_trim(0);
    return outcome;
}
