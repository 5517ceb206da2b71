import Licensing

extension IssueRefusal {
    /// Whether another application in its place might be issued: then the row is bad, not the batch.
    var concernsApplication: Bool {
        switch self {
        case .application, .page: true
        case .unknownType, .unknownDepartment, .departmentNotAllowed, .departmentAmbiguous, .needsCheckers, .otherType,
            .register, .previousNotSupersedable, .beingIssued, .idempotencyKey, .issuerURL:
            false
        }
    }
}
