#pragma once
/* Settings of the memory of the C library; the Glibc module leaves them out. */
#include <malloc.h>
