/// Who has notices of logout under way, so that portals which do not answer leave room for those that do: a portal has few
/// places, those that failed lately share a part of them, and a round that takes long gives its own back.
struct LogoutPlaces {
    /// Notices under way at the same time, those of slow rounds aside.
    static let count = 64
    /// Of them to one portal that answered lately; to any other one.
    private static let perPortal = 4
    /// Of them to all portals together that failed lately, slow ones included.
    private static let failingCount = 16

    private struct Round {
        let places: Int
        var isFailing: Bool
        var turns = 0
        var isSlow: Bool { turns > 1 }
    }

    private var rounds: [String: Round] = [:]

    var isEmpty: Bool { rounds.isEmpty }
    var portals: Set<String> { Set(rounds.keys) }
    var hasRoom: Bool { room > 0 }

    private var room: Int { LogoutPlaces.count - rounds.values.reduce(0) { $0 + ($1.isSlow ? 0 : $1.places) } }

    private var failingRoom: Int {
        LogoutPlaces.failingCount - rounds.values.reduce(0) { $0 + ($1.isFailing ? $1.places : 0) }
    }

    /// Begins a round of a portal that has none.
    ///
    /// - Parameters:
    ///   - wanted: notices that are due.
    ///   - isFailing: `nil`: nothing is known of the portal.
    /// - Returns: how many may be under way; 0 where there is no room.
    mutating func take(_ wanted: Int, for portalID: String, isFailing: Bool?) -> Int {
        let most = isFailing == false ? LogoutPlaces.perPortal : 1
        let places = min(wanted, most, room, isFailing == true ? failingRoom : most)
        guard places > 0 else { return 0 }
        rounds[portalID] = Round(places: places, isFailing: isFailing == true)
        return places
    }

    mutating func leave(_ portalID: String) {
        rounds[portalID] = nil
    }

    /// Some time has passed.
    ///
    /// - Returns: portals whose rounds turned slow by it.
    mutating func passTurn() -> [String] {
        var slow: [String] = []
        for (portalID, round) in rounds {
            rounds[portalID]?.turns += 1
            guard round.turns == 1 else { continue }
            rounds[portalID]?.isFailing = true
            slow.append(portalID)
        }
        return slow
    }
}
