package import Licensing

/// What the service is given for the write API.
package struct LicensePorts: Sendable {
    package let office: LicenseOffice
    package let policy: LicensingPolicy

    package init(office: LicenseOffice, policy: LicensingPolicy) {
        (self.office, self.policy) = (office, policy)
    }
}
