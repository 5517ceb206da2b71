import CMalloc

/// Keeps what a long-running service once used from staying with it: the C library would give every thread a pool of memory of
/// its own and keep what was freed, 40 MiB after the first minute.
enum MemoryThrift {
    /// Bytes from which on a block is a mapping of its own.
    private static let threshold: Int32 = 128 << 10
    /// Bytes of free memory at the end of a pool that stay: to give them back and ask for them again with every group of
    /// changes costs page faults.
    private static let kept: Int32 = 1 << 20

    /// To be called before there are other threads.
    static func begin() {
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_MMAP_THRESHOLD, threshold)
        mallopt(M_TRIM_THRESHOLD, kept)
    }
}
