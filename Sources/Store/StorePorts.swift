package import Primitives

/// What the store needs from outside.
package struct StorePorts: Sendable {
    package let hashing: any Hashing
    package let sealing: any Sealing
    package let randomness: any Randomness
    package let clock: any Clock

    package init(hashing: any Hashing, sealing: any Sealing, randomness: any Randomness, clock: any Clock) {
        (self.hashing, self.sealing, self.randomness, self.clock) = (hashing, sealing, randomness, clock)
    }
}
