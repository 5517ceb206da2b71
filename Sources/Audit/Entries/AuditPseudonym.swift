package import Primitives

/// Whom or what an audit leaf speaks of.
package enum AuditSubject {}

/// A random name that stands in leaves for a department, an actor or an object; its meaning is stored elsewhere.
package typealias AuditPseudonym = Identifier<AuditSubject>

/// The pseudonyms of one entry; what the entry does not have is 16 zero bytes in the leaf.
package struct AuditNames: Hashable, Sendable {
    package let department: AuditPseudonym?
    package let actor: AuditPseudonym?
    package let object: AuditPseudonym?
    package let request: AuditPseudonym?

    package init(
        department: AuditPseudonym? = nil, actor: AuditPseudonym? = nil, object: AuditPseudonym? = nil,
        request: AuditPseudonym? = nil
    ) {
        (self.department, self.actor, self.object, self.request) = (department, actor, object, request)
    }
}
