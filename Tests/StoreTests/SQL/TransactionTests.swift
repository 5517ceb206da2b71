import Synchronization
import Testing

@testable import Store

struct TransactionTests {
    /// Remembers what it was told, and fails where it should.
    private final class Script: SQLConnection {
        private(set) var statements: [String] = []
        private let failing: [String: StoreFault]
        private(set) var isInTransaction = false
        let changes = 0
        let totalChanges = 0

        init(failing: [String: StoreFault] = [:]) {
            self.failing = failing
        }

        func execute(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) {
            statements.append(sql)
            if let fault = failing[sql] { throw fault }
            if sql.hasPrefix("BEGIN") { isInTransaction = true }
            if ["COMMIT", "ROLLBACK"].contains(sql) { isInTransaction = false }
        }

        func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) -> [SQLRow] { [] }
    }

    @Test func `a transaction begins at once and commits`() throws {
        let script = Script()
        let value = try script.transaction {
            try script.execute("UPDATE")
            return 7
        }
        #expect(value == 7)
        #expect(script.statements == ["BEGIN IMMEDIATE", "UPDATE", "COMMIT"])
    }

    @Test func `a body that throws is rolled back`() {
        let script = Script(failing: ["UPDATE": .corrupted("x")])
        #expect(throws: StoreFault.corrupted("x")) { try script.transaction { try script.execute("UPDATE") } }
        #expect(script.statements == ["BEGIN IMMEDIATE", "UPDATE", "ROLLBACK"])
    }

    @Test(arguments: [StoreFault.inputOutput, .locked, .failed("x"), .readOnly, .corrupted("x")])
    func `a failed commit is an unknown outcome`(fault: StoreFault) {
        let script = Script(failing: ["COMMIT": fault])
        #expect(throws: StoreFault.commitFailed) { try script.transaction {} }
        #expect(script.statements.last == "ROLLBACK")
    }

    @Test func `a commit for which there is no room was none`() {
        let script = Script(failing: ["COMMIT": .diskFull])
        #expect(throws: StoreFault.diskFull) { try script.transaction {} }
    }

    @Test func `a turn that does not come is told as locked, and nothing is rolled back`() {
        let script = Script(failing: ["BEGIN IMMEDIATE": .locked])
        #expect(throws: StoreFault.locked) { try script.transaction {} }
        #expect(script.statements == ["BEGIN IMMEDIATE"])
    }

    @Test func `rows of another kind than asked for are a damaged database`() throws {
        let row = SQLRow([.integer(5), .text("t"), .blob([1]), .null])
        #expect(try row.number(0) == 5 && row.text(1) == "t" && row.blob(2) == [1] && row.optionalText(3) == nil)
        #expect(throws: StoreFault.self) { try row.number(1) }
        #expect(throws: StoreFault.self) { try row.text(0) }
        #expect(throws: StoreFault.self) { try row.blob(3) }
        #expect(throws: StoreFault.self) { try row.date(1) }
        #expect(throws: StoreFault.self) { try row.digest(2) }
        #expect(throws: StoreFault.self) { try row.number(9) }
        #expect(throws: StoreFault.self) { try row.number(-1) }
    }
}
