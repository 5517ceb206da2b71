import Testing

extension Chancery.Run {
    /// The command ended as it promises when something is wrong: the documented exit code, nothing but clear lines on
    /// standard error, no data, no trace of the program's insides.
    func expectFault(
        _ status: Int32, _ words: String..., lines: Int? = 1, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, "\(talk)", sourceLocation: sourceLocation)
        #expect(output.isEmpty, sourceLocation: sourceLocation)
        if let lines {
            #expect(talk.split(separator: "\n").count == lines, "\(talk)", sourceLocation: sourceLocation)
        }
        for word in words { #expect(talk.contains(word), "\(talk)", sourceLocation: sourceLocation) }
        expectNoInsides(sourceLocation: sourceLocation)
    }

    func expectNoInsides(sourceLocation: SourceLocation = #_sourceLocation) {
        for trace in ["Fatal error", "Stack dump", ".swift:", "Thread 0", "0x0000", "Optional(", "Error Domain"] {
            #expect(!talk.contains(trace), "\(talk)", sourceLocation: sourceLocation)
        }
    }
}
