package import Primitives

/// The entries of the log, read page by page.
package struct AuditExport: AsyncSequence {
    package typealias Element = JSONObject

    private static let pageSize = 500
    let store: SQLiteStore

    package func makeAsyncIterator() -> Iterator {
        Iterator(store: store)
    }

    package struct Iterator: AsyncIteratorProtocol {
        let store: SQLiteStore
        private var page: ArraySlice<JSONObject> = []
        private var next = 0

        init(store: SQLiteStore) {
            self.store = store
        }

        package mutating func next() async throws -> JSONObject? {
            if page.isEmpty {
                page = try await store.exportedEntries(from: next, limit: AuditExport.pageSize)[...]
            }
            guard let entry = page.popFirst() else { return nil }
            next = Int(entry["seq"]?.integer ?? 0) + 1
            return entry
        }
    }
}
