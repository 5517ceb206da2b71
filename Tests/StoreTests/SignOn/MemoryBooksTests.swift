import Audit
import Testing

/// The books that other rooms test with, held to the same claims. They are `Tests/IdentityTests/Books`, linked here.
struct MemoryBooksTests {
    @Test(arguments: BookClaim.all) func `books in memory do what the books of sign-on must`(
        claim: BookClaim
    ) async throws {
        let books = MemoryBooks()
        try await claim.check(BooksUnderTest(books: books) { books.entries.map(\.event.word) })
    }
}
