package import Audit

/// All books of sign-on. One store keeps them, because their changes share transactions.
package typealias SignOnBooks = AccountBook & SessionBook & GrantBook & ReplayBook & PushedRequests & DeviceBook
    & LogoutOutbox & ThrottleBook & NoticeBook & HistoryBook & AuditLog
