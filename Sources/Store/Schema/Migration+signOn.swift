extension Migration {
    /// Accounts, sessions and grants; times are milliseconds, `clean_at` is when a row may be deleted.
    static let signOn = accounts + sessions + grants + waiting + once + past

    /// Where devices of public portals were started, to count them.
    static let deviceOrigins = [
        "ALTER TABLE device_request ADD COLUMN origin BLOB",
        "CREATE INDEX device_request_by_origin ON device_request (portal_id, origin, expires_at)",
    ]

    private static let accounts = [
        """
        CREATE TABLE account (
            id BLOB PRIMARY KEY,
            login BLOB NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            sealed BLOB NOT NULL,
            password_hash TEXT NOT NULL,
            assurance TEXT NOT NULL,
            roles TEXT NOT NULL,
            is_disabled INTEGER NOT NULL,
            naming_version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            totp_secret BLOB,
            totp_step INTEGER
        )
        """,
        """
        CREATE TABLE recovery_code (
            account_id BLOB NOT NULL REFERENCES account (id),
            hash BLOB NOT NULL,
            PRIMARY KEY (account_id, hash)
        )
        """,
    ]

    private static let sessions = [
        """
        CREATE TABLE login_session (
            id BLOB PRIMARY KEY,
            account_id BLOB NOT NULL REFERENCES account (id),
            secret_hash BLOB NOT NULL UNIQUE,
            acr TEXT NOT NULL,
            amr TEXT NOT NULL,
            authenticated_at INTEGER NOT NULL,
            device BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            last_seen_at INTEGER NOT NULL,
            idle_until INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER,
            clean_at INTEGER NOT NULL
        )
        """,
        "CREATE INDEX login_session_by_account ON login_session (account_id)",
        "CREATE INDEX login_session_by_clean_at ON login_session (clean_at)",
        """
        CREATE TABLE logout_notice (
            id BLOB PRIMARY KEY,
            portal_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            session_id BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_attempt_at INTEGER,
            last_fault TEXT
        )
        """,
        "CREATE INDEX logout_notice_by_next_attempt ON logout_notice (next_attempt_at, created_at)",
    ]

    private static let grants = [
        // The session may be cleaned away before a grant that outlives it.
        """
        CREATE TABLE portal_grant (
            id BLOB PRIMARY KEY,
            account_id BLOB NOT NULL REFERENCES account (id),
            portal_id TEXT NOT NULL,
            session_id BLOB,
            scopes TEXT NOT NULL,
            resources TEXT NOT NULL,
            claims BLOB,
            subject TEXT NOT NULL,
            acr TEXT NOT NULL,
            amr TEXT NOT NULL,
            authenticated_at INTEGER NOT NULL,
            is_offline INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER,
            clean_at INTEGER NOT NULL
        )
        """,
        "CREATE INDEX portal_grant_by_account ON portal_grant (account_id)",
        "CREATE INDEX portal_grant_by_session ON portal_grant (session_id)",
        "CREATE INDEX portal_grant_by_clean_at ON portal_grant (clean_at)",
        """
        CREATE TABLE authorization_code (
            hash BLOB PRIMARY KEY,
            grant_id BLOB NOT NULL REFERENCES portal_grant (id) ON DELETE CASCADE,
            portal_id TEXT NOT NULL,
            redirect_uri TEXT NOT NULL,
            challenge TEXT,
            key_thumbprint TEXT,
            nonce TEXT,
            issued_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            spent_at INTEGER
        )
        """,
        "CREATE INDEX authorization_code_by_grant ON authorization_code (grant_id)",
        """
        CREATE TABLE refresh_family (
            id BLOB PRIMARY KEY,
            grant_id BLOB NOT NULL REFERENCES portal_grant (id) ON DELETE CASCADE,
            portal_id TEXT NOT NULL,
            generation INTEGER NOT NULL,
            key_thumbprint TEXT,
            created_at INTEGER NOT NULL,
            rotated_at INTEGER NOT NULL,
            idle_until INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER
        )
        """,
        "CREATE INDEX refresh_family_by_grant ON refresh_family (grant_id)",
        "CREATE TABLE revoked_token (jti TEXT PRIMARY KEY, clean_at INTEGER NOT NULL)",
        "CREATE INDEX revoked_token_by_clean_at ON revoked_token (clean_at)",
    ]

    private static let waiting = [
        """
        CREATE TABLE pushed_request (
            hash BLOB PRIMARY KEY,
            portal_id TEXT NOT NULL,
            sealed BLOB NOT NULL,
            expires_at INTEGER NOT NULL
        )
        """,
        "CREATE INDEX pushed_request_by_portal ON pushed_request (portal_id, expires_at)",
        "CREATE INDEX pushed_request_by_expires_at ON pushed_request (expires_at)",
        """
        CREATE TABLE device_request (
            device_hash BLOB PRIMARY KEY,
            user_hash BLOB NOT NULL,
            portal_id TEXT NOT NULL,
            scopes TEXT NOT NULL,
            resources TEXT NOT NULL,
            key_thumbprint TEXT,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            answer TEXT NOT NULL,
            grant_id BLOB,
            last_poll_at INTEGER,
            extra_interval INTEGER NOT NULL
        )
        """,
        "CREATE INDEX device_request_by_user_hash ON device_request (user_hash)",
        "CREATE INDEX device_request_by_portal ON device_request (portal_id, expires_at)",
        "CREATE INDEX device_request_by_expires_at ON device_request (expires_at)",
    ]

    private static let once = [
        "CREATE TABLE spent_value (value BLOB NOT NULL, kind TEXT NOT NULL, clean_at INTEGER NOT NULL, "
            + "PRIMARY KEY (value, kind))",
        "CREATE INDEX spent_value_by_clean_at ON spent_value (clean_at)",
        """
        CREATE TABLE throttle_count (
            key BLOB PRIMARY KEY,
            began_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            clean_at INTEGER NOT NULL
        )
        """,
        "CREATE INDEX throttle_count_by_clean_at ON throttle_count (clean_at)",
    ]

    private static let past = [
        """
        CREATE TABLE acknowledged_data (
            account_id BLOB NOT NULL REFERENCES account (id),
            portal_id TEXT NOT NULL,
            name TEXT NOT NULL,
            is_agreement INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (account_id, portal_id, name, is_agreement)
        )
        """,
        """
        CREATE TABLE account_history (
            account_id BLOB NOT NULL REFERENCES account (id),
            line INTEGER NOT NULL,
            at INTEGER NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (account_id, line)
        )
        """,
        "CREATE INDEX account_history_by_at ON account_history (at)",
    ]
}
