@testable import OpenSSLCrypto

/// Certificates that Chancery would never make, made with `openssl x509 -req`, valid from November 2026 to 2125.
enum ForeignCertificates {
    /// The anchor, P-256.
    static let root = der(
        """
        -----BEGIN CERTIFICATE-----
        MIIBczCCARqgAwIBAgIUV/l7MosS1c3W4ktoh1RT7mm6QvIwCgYIKoZIzj0EAwIw
        FzEVMBMGA1UEAwwMRml4dHVyZSBSb290MCAXDTI2MTEyNTEwNDAyMloYDzIxMjYx
        MTAxMTA0MDIyWjAXMRUwEwYDVQQDDAxGaXh0dXJlIFJvb3QwWTATBgcqhkjOPQIB
        BggqhkjOPQMBBwNCAARrRjXZTrhV9SELaO2PlupKkW9T1jSeSkfStkX1rt2hDplf
        C9RycNcOzdveCTtLP/p5pu2pDLU+JEQ1CkFpXDA5o0IwQDAPBgNVHRMBAf8EBTAD
        AQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUH0v7DNUZJNK+XtB+PXdGXFc+
        bqYwCgYIKoZIzj0EAwIDRwAwRAIgauTJXPWLeDHI7WIXZ9ZyHA4oW/DfoxSDDtDX
        qsIXXysCID/IxTAnJxMCbOE7fFM2pf4GBb+4RV/1rSu+rceaHJXB
        -----END CERTIFICATE-----
        """)

    /// Control: nothing is wrong with it.
    static let goodLeaf = der(
        """
        -----BEGIN CERTIFICATE-----
        MIIBhjCCASygAwIBAgIDAmI2MAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDEZpeHR1
        cmUgUm9vdDAgFw0yNjExMjUxMDQwMjJaGA8yMTI1MDYxOTEwNDAyMlowFTETMBEG
        A1UEAwwKRml4dHVyZSBlYzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABM82k9uu
        AJiMCeCC8QyVpbWugsetEUsGC63op9BlLx3t+2st+qWzKkOIpiBR3ScSj4yNHnaM
        S01PU1LTlyOVIkajZzBlMA4GA1UdDwEB/wQEAwIGwDATBgNVHSUEDDAKBggrBgEF
        BQcDJDAdBgNVHQ4EFgQUOnT8pPcJ1o4jK3wQY7b8b7DNGFIwHwYDVR0jBBgwFoAU
        H0v7DNUZJNK+XtB+PXdGXFc+bqYwCgYIKoZIzj0EAwIDSAAwRQIgT72had98rZHF
        D+Ayc5weOuvM/W1buEktARORdKY/WBYCIQDaJBBk4glXJXnSrs1n7HXO5Pipixlo
        SSuq82WntKQNjQ==
        -----END CERTIFICATE-----
        """)

    /// RSA, 1024 bits.
    static let shortKey = der(
        """
        -----BEGIN CERTIFICATE-----
        MIIB0jCCAXigAwIBAgIDAVVSMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDEZpeHR1
        cmUgUm9vdDAgFw0yNjExMjUxMDQwMjJaGA8yMTI1MDYxOTEwNDAyMlowGjEYMBYG
        A1UEAwwPRml4dHVyZSByc2ExMDI0MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKB
        gQDTFWPf56Sczj/vfiaO96Jr7TR8+h4haqSs+lONdnkqgOQAv7Jvp/cv+59jni2/
        Uv6JEgaLP1OGPou8wUIvuM0PtrKAo0qu0y8/Zywu1X2Y3e8qStiPaL5trP0HyRDb
        qM0xx/OPtv1QEw1L9aWvc/o0GOzTPDMtnV9avnJNu4VE7QIDAQABo2cwZTAOBgNV
        HQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAyQwHQYDVR0OBBYEFJh+XTcr
        poeCHjkwQa8iX2lGTsFNMB8GA1UdIwQYMBaAFB9L+wzVGSTSvl7Qfj13RlxXPm6m
        MAoGCCqGSM49BAMCA0gAMEUCICjWg4pQpzQrQarmfMRZEtDIuVLkoT0faHWZk5IO
        eOZFAiEA8SmzepNcVSstSyeRUbYwrrfRQC+DjfsmZGbdbxlIY/4=
        -----END CERTIFICATE-----
        """)

    /// Signed with SHA-1.
    static let oldHash = der(
        """
        -----BEGIN CERTIFICATE-----
        MIIBhTCCASugAwIBAgIDAjBlMAkGByqGSM49BAEwFzEVMBMGA1UEAwwMRml4dHVy
        ZSBSb290MCAXDTI2MTEyNTEwNDAyMloYDzIxMjUwNjE5MTA0MDIyWjAVMRMwEQYD
        VQQDDApGaXh0dXJlIGVjMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzzaT264A
        mIwJ4ILxDJWlta6Cx60RSwYLrein0GUvHe37ay36pbMqQ4imIFHdJxKPjI0edoxL
        TU9TUtOXI5UiRqNnMGUwDgYDVR0PAQH/BAQDAgbAMBMGA1UdJQQMMAoGCCsGAQUF
        BwMkMB0GA1UdDgQWBBQ6dPyk9wnWjiMrfBBjtvxvsM0YUjAfBgNVHSMEGDAWgBQf
        S/sM1Rkk0r5e0H49d0ZcVz5upjAJBgcqhkjOPQQBA0kAMEYCIQCE2ImPUTytAzJs
        Zw2JwQErDIHEl8lGX53NaUvIrNXDCgIhALK3bEElL1iVCSbbpfeohmhew0znNce7
        hM+ukaFueyTE
        -----END CERTIFICATE-----
        """)

    /// A key on secp256k1.
    static let otherCurve = der(
        """
        -----BEGIN CERTIFICATE-----
        MIIBgjCCASmgAwIBAgIDAUARMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDEZpeHR1
        cmUgUm9vdDAgFw0yNjExMjUxMDQwMjJaGA8yMTI1MDYxOTEwNDAyMlowFTETMBEG
        A1UEAwwKRml4dHVyZSBrMTBWMBAGByqGSM49AgEGBSuBBAAKA0IABM2NxXgase7M
        UkUBjVTKUCX0N/oD10XnOR4ILs8z3O1N96GOCZlCowZghHB2/xtbiCFk1t6Qiraj
        QImHVutb8KCjZzBlMA4GA1UdDwEB/wQEAwIGwDATBgNVHSUEDDAKBggrBgEFBQcD
        JDAdBgNVHQ4EFgQUKPU5hdjt9iXy8Vet4347dcpC0cswHwYDVR0jBBgwFoAUH0v7
        DNUZJNK+XtB+PXdGXFc+bqYwCgYIKoZIzj0EAwIDRwAwRAIgbkkBf6xBO6Tf0CnI
        EMgri/06wuyCwX83isKhREp6jUcCID//Z2lpqt8os08AvBrGFhIpeM93z57NS7bn
        LQf+vesE
        -----END CERTIFICATE-----
        """)

    /// P-256 spelled out in parameters (CVE-2020-0601).
    static let explicitCurve = der(
        """
        -----BEGIN CERTIFICATE-----
        MIICfzCCAiWgAwIBAgICaDkwCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwMRml4dHVy
        ZSBSb290MCAXDTI2MTEyNTEwNDAyMloYDzIxMjUwNjE5MTA0MDIyWjAbMRkwFwYD
        VQQDDBBGaXh0dXJlIGV4cGxpY2l0MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYH
        KoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAAAAAA////////////////MFsEIP//
        //8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXYqjqT57PrvVV2mIa8
        ZR0GsMxTsPY7zjw+J9JgSwMVAMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEs
        Qkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sx
        Xs7LtkBoN79R9QIhAP////8AAAAA//////////+85vqtpxeehPO5ysL8YyVRAgEB
        A0IABNlFMgpzSsYYoOgWbcPaasPPFVXtL8Ul6QPSSF9HVpA2GkJnzA+8glhDo3+z
        y6g2QaKY8ZzCkNzGLsr3lqFQosijZzBlMA4GA1UdDwEB/wQEAwIGwDATBgNVHSUE
        DDAKBggrBgEFBQcDJDAdBgNVHQ4EFgQUGd1e7d14bg49Bl4jaf3rvUsGet0wHwYD
        VR0jBBgwFoAUH0v7DNUZJNK+XtB+PXdGXFc+bqYwCgYIKoZIzj0EAwIDSAAwRQIg
        FCfhDGww93ly/M8Q0CkpkP/T11nUhhaYwmAKC5qZ1t0CIQCWxkz9NsWeLVC0qx8o
        n2WN9M63XLtft6eIn5hetk8BDg==
        -----END CERTIFICATE-----
        """)

    /// A self-signed certificate of version 1, without extensions.
    static let versionOneRoot = der(
        """
        -----BEGIN CERTIFICATE-----
        MIIBKDCBzwIUN1cu8yGUGsBJghevFcW99OViOj0wCgYIKoZIzj0EAwIwFjEUMBIG
        A1UEAwwLVmVyc2lvbiBPbmUwIBcNMjYxMTI1MTA0MDIyWhgPMjEyNTA2MTkxMDQw
        MjJaMBYxFDASBgNVBAMMC1ZlcnNpb24gT25lMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEa0Y12U64VfUhC2jtj5bqSpFvU9Y0nkpH0rZF9a7doQ6ZXwvUcnDXDs3b
        3gk7Sz/6eabtqQy1PiRENQpBaVwwOTAKBggqhkjOPQQDAgNIADBFAiB/TlP8rQl8
        72RBXnLx8D0lG9EwWuf0OaWRPSuA82SDsAIhAM0SesBu+qMXpSxeilPFrYhgFcAg
        WbSGJGgV3TKU7eDo
        -----END CERTIFICATE-----
        """)

    private static func der(_ text: String) -> [UInt8] {
        PEM.single("CERTIFICATE", in: Array(text.utf8)) ?? []
    }
}
