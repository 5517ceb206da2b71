package import Primitives

/// Permission to sign one license: the application is checked, the department may issue, no officer is missing.
/// Made by `LicenseType.prepare` alone and spent by the signature; a second use does not compile.
package struct IssuanceTicket: ~Copyable, Sendable {
    package let type: LicenseType
    package let department: Department
    package let application: Application
    package let validity: ValidityPeriod

    fileprivate init(
        _ type: LicenseType, _ department: Department, _ application: Application, _ validity: ValidityPeriod
    ) {
        (self.type, self.department, self.application, self.validity) = (type, department, application, validity)
    }
}

extension LicenseType {
    /// Checks everything that must stand before a number is given out.
    ///
    /// - Parameter instant: validity begins on its day (UTC).
    /// - Throws: `otherType`, `departmentNotAllowed`, `needsCheckers`, `application` when the validity cannot be computed.
    package func prepare(
        _ application: Application, by department: Department, at instant: Instant
    ) throws(IssueRefusal) -> IssuanceTicket {
        try checkPermission(application, department)
        do throws(ApplicationFaults) {
            let validity = try validity.period(from: instant.date, values: application.values)
            return IssuanceTicket(self, department, application, validity)
        } catch {
            throw .application(error.faults)
        }
    }

    /// The same for a number that was reserved before: its days stand in the register.
    func prepare(
        _ application: Application, by department: Department, validity: ValidityPeriod
    ) throws(IssueRefusal) -> IssuanceTicket {
        try checkPermission(application, department)
        return IssuanceTicket(self, department, application, validity)
    }

    private func checkPermission(_ application: Application, _ department: Department) throws(IssueRefusal) {
        guard application.typeID == id else { throw .otherType }
        guard departments.contains(department.id) else { throw .departmentNotAllowed }
        guard requiredCheckers == 0 else { throw .needsCheckers }
    }
}
