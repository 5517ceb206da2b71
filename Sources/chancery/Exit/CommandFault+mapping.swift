import Identity
import LicensePages
import Licensing
import OpenSSLCrypto
import PolicyFiles
import Primitives
import Store

extension CommandFault {
    /// The one mapping from what operations and adapters throw to what a caller sees.
    init(_ error: any Error) {
        switch error {
        case let fault as CommandFault: self = fault
        case let faults as PolicyFaults:
            self.init(.configuration, faults.faults.map(\.description).joined(separator: "\n"))
        case let faults as TemplateFaults:
            self.init(.configuration, faults.faults.map(\.description).joined(separator: "\n"))
        case let fault as KeyFolderFault: self.init(.configuration, fault.description)
        case let refusal as UnknownNextKey:
            self.init(
                .refused,
                "the next \(refusal.algorithm.rawValue) key is too new for some portals to know it; wait until \(refusal.until), or use --force if the active key is compromised"
            )
        case let fault as StoreFault: self.init(fault)
        case let refusal as IssueRefusal: self.init(refusal)
        case let refusal as RegisterRefusal: self.init(refusal)
        case let refusal as StatusRefusal: self.init(refusal)
        case let refusal as StatusListRefusal: self.init(.configuration, "\(refusal)")
        case let refusal as NewAccountRefusal: self.init(refusal)
        case is PasswordPoolFull: self.init(.unreachable, "too many passwords are being checked; try again")
        case let fault as DocumentFault: self.init(.inputOutput, fault.description)
        case let faults as ApplicationFaults: self.init(.notUnderstood, faults.description)
        case let fault as SealingFault: self.init(.inputOutput, "what is stored cannot be opened: \(fault)")
        case let fault as OpenSSLError: self.init(.ourFault, fault.description)
        default: self.init(.ourFault, "unexpected: \(type(of: error))")
        }
    }

    private init(_ fault: StoreFault) {
        let status: ExitStatus =
            switch fault {
            case .newerSchema, .notADatabase, .otherKeys: .configuration
            case .failed: .ourFault
            case .cannotOpen, .readOnly, .diskFull, .locked, .commitFailed, .corrupted, .inputOutput: .inputOutput
            }
        self.init(status, fault.description)
    }

    private init(_ refusal: IssueRefusal) {
        switch refusal {
        case .register(let refusal): self.init(refusal)
        case .unknownType, .unknownDepartment, .departmentAmbiguous, .idempotencyKey:
            self.init(.badUsage, refusal.description)
        case .application: self.init(.notUnderstood, refusal.description)
        case .issuerURL: self.init(.configuration, refusal.description)
        case .beingIssued: self.init(.unreachable, refusal.description)
        case .departmentNotAllowed, .needsCheckers, .otherType, .page, .previousNotSupersedable:
            self.init(.refused, refusal.description)
        }
    }

    private init(_ refusal: NewAccountRefusal) {
        switch refusal {
        case .loginTaken: self.init(.refused, "there is an account with this login")
        case .password(let fault): self.init(.refused, "the password is refused: \(fault.sentence)")
        case .passwordEncoding: self.init(.notUnderstood, "the password is not UTF-8")
        case .login:
            self.init(.badUsage, "a login is 1 to 256 bytes without control characters and spaces at its ends")
        case .profile(let member): self.init(.badUsage, "the \(member) is empty or longer than 1024 bytes")
        case .organizationCodeMissing:
            self.init(.badUsage, "an organization needs its unified social credit code: --id-type 001 --id CODE")
        case .organizationCode(let right):
            self.init(
                .badUsage,
                "the id of an organization is its unified social credit code, and this is none: "
                    + Self.remedy(right, "18 digits and capital letters without I, O, S, V and Z"))
        case .citizenID(let right):
            self.init(
                .badUsage,
                "this is no citizen id number: "
                    + Self.remedy(right, "17 digits with the birth date as the 7th to 14th, and a check character"))
        }
    }

    /// - Parameter right: the check character that the first 17 characters call for.
    private static func remedy(_ right: Character?, _ form: String) -> String {
        right.map { "it is \(form), and after these 17 the check character \($0) would be right" } ?? "it is \(form)"
    }

    private init(_ refusal: StatusRefusal) {
        switch refusal {
        case .busy: self.init(.unreachable, refusal.description)
        case .reason: self.init(.badUsage, refusal.description)
        case .unknownNumber, .wrongState, .unknownStatus, .unknownType: self.init(.refused, refusal.description)
        }
    }

    private init(_ refusal: RegisterRefusal) {
        switch refusal {
        case .unknownNumber: self.init(.refused, "there is no license with this number")
        case .wrongState(let state): self.init(.refused, "the license is \(state.rawValue)")
        case .keyReused: self.init(.refused, "the idempotency key was used for another application")
        case .exhausted(let what): self.init(.refused, what)
        case .busy: self.init(.unreachable, "too many changes are waiting; try again")
        }
    }
}

extension PasswordRule.Fault {
    fileprivate var sentence: String {
        switch self {
        case .tooShort(let minimum): "it has fewer than \(minimum) characters"
        case .tooLong: "it has more than \(PasswordRule.maximumLength) characters"
        case .common: "it is on the list of common ones"
        case .personal: "it is made from the login or the name"
        }
    }
}
