import ArgumentParser
import Dispatch
import Glibc

/// Parses, runs, and ends with the documented exit code; never with a stack trace.
@main
enum Main {
    /// Not asynchronous itself: its body would run on a second thread, and `MemoryThrift` comes before all others. Parsed only to
    /// know which command it is: the command itself may not go to the thread that runs it.
    static func main() {
        // A reader that went away is an error of write(2), not a reason to die.
        signal(SIGPIPE, SIG_IGN)
        if (try? Chancery.parseAsRoot()) is ServeCommand { MemoryThrift.begin() }
        Task {
            await run()
            exit(0)
        }
        dispatchMain()
    }

    private static func run() async {
        do {
            var command = try Chancery.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let fault as CommandFault {
            end(fault)
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch  where Chancery.exitCode(for: error) == .success || isUsage(error) {
            Chancery.exit(withError: error)
        } catch {
            end(CommandFault(error))
        }
    }

    private static func isUsage(_ error: any Error) -> Bool {
        error is ValidationError || error is CleanExit || Chancery.exitCode(for: error) == .validationFailure
    }

    private static func end(_ fault: CommandFault) {
        Terminal.talk("chancery: \(fault.message)")
        exit(fault.status.rawValue)
    }
}
