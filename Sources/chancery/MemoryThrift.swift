import CMalloc

/// Keeps what a long-running service once used from staying with it: the C library would give every thread a pool of memory of
/// its own and keep what was freed, 40 MiB after the first minute.
enum MemoryThrift {
    /// Bytes from which on a block is a mapping of its own, and free memory at the end of a pool is given back.
    private static let threshold: Int32 = 128 << 10

    /// To be called before there are other threads.
    static func begin() {
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_MMAP_THRESHOLD, threshold)
        mallopt(M_TRIM_THRESHOLD, threshold)
    }
}
