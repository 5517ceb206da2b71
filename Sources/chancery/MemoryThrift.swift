import CMalloc
import Glibc

/// Keeps what a long-running service once used from staying with it: the C library would give every thread a pool of memory of
/// its own and keep what was freed, 40 MiB after the first minute.
enum MemoryThrift {
    /// Bytes from which on a block is a mapping of its own.
    private static let threshold: Int32 = 128 << 10
    /// Bytes of free memory at the end of a pool that stay: to give them back and ask for them again with every group of
    /// changes costs page faults.
    private static let kept: Int32 = 1 << 20
    /// Of proc(5).
    private static let mappings = "/proc/self/maps"

    /// To be called before there are other threads: one that allocated before has a pool of its own already.
    static func begin() {
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_MMAP_THRESHOLD, threshold)
        mallopt(M_TRIM_THRESHOLD, kept)
    }

    /// Lets go of pages of code that only the start needed, a third of what is resident: policies are read and the
    /// database is looked through once. A page that is needed again comes back from the system's cache of the file.
    static func startIsOver() {
        malloc_trim(0)
        guard let bytes = try? InputFile.read(mappings, limit: 1 << 20) else { return }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            guard let range = code(line) else { continue }
            // Where it is refused, the pages just stay.
            unsafe madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
        }
    }

    /// `start-end rwxp offset device inode path`, where it is code of the program or a library. Nobody ever wrote there; what is
    /// only readable may have been written while it was loaded (relocations).
    private static func code(_ line: Substring) -> Range<UInt>? {
        let fields = line.split(separator: " ", maxSplits: 5)
        guard fields.count == 6, fields[5].drop(while: { $0 == " " }).first == "/", fields[1] == "r-xp" else {
            return nil
        }
        let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
    }
}
