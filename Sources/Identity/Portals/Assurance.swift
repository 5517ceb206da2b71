/// How sure a statement about a person is: who they are (identity) or that it is them now (authentication).
///
/// The words are the `acr` values of ID tokens; the levels are those of eIDAS (Regulation (EU) 910/2014, article 8).
package enum Assurance: String, Hashable, Sendable, CaseIterable, Comparable {
    case low
    case substantial
    case high

    private var rank: Int {
        switch self {
        case .low: 0
        case .substantial: 1
        case .high: 2
        }
    }

    package static func < (left: Assurance, right: Assurance) -> Bool { left.rank < right.rank }
}
