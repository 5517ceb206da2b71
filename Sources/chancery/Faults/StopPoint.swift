#if DEBUG
    import Glibc
    import Licensing
    import Primitives

    /// Steps of issuing at which a debug build kills itself when `CHANCERY_TEST_STOP` names one, so that a test can prove
    /// that a stop anywhere leaves nothing half. Release builds do not have it.
    enum StopPoint: String, Sendable {
        case beforeReserving = "before-reserving"
        case afterReserving = "after-reserving"
        case afterDrawing = "after-drawing"
        case whileSigning = "while-signing"
        case beforeCompleting = "before-completing"
        case afterCompleting = "after-completing"

        static let chosen = Environment.value(of: "CHANCERY_TEST_STOP").flatMap { StopPoint(rawValue: $0) }

        /// Kills the process when this is the chosen step.
        func reached() {
            if StopPoint.chosen == self { kill(getpid(), SIGKILL) }
        }
    }

    /// Pages that stop after they are drawn.
    struct StoppingPages: PageRenderer {
        let pages: any PageRenderer

        func render(_ content: PageContent) throws(PageRefusal) -> RenderedPage {
            let page = try pages.render(content)
            StopPoint.afterDrawing.reached()
            return page
        }
    }

    /// Keys whose time-stamp signer stops: the document's own signature is made by then.
    struct StoppingKeys: SigningKeys {
        let keys: any SigningKeys

        func documentSigner(department: String, at instant: Instant) throws -> any Signer {
            try keys.documentSigner(department: department, at: instant)
        }

        func authoritySigner(at instant: Instant) throws -> any Signer { try keys.authoritySigner(at: instant) }

        func timeStampSigner(at instant: Instant) throws -> any Signer {
            StoppingSigner(signer: try keys.timeStampSigner(at: instant))
        }
    }

    private struct StoppingSigner: Signer {
        let signer: any Signer

        var algorithm: SignatureAlgorithm { signer.algorithm }
        var certificateChain: [[UInt8]] { signer.certificateChain }

        func signature(over message: [UInt8]) throws -> [UInt8] {
            StopPoint.whileSigning.reached()
            return try signer.signature(over: message)
        }
    }
#endif
