/// Names of scopes and claims as people understand them.
struct DataWords {
    let words: PageLanguage.Words

    init(_ words: PageLanguage.Words) {
        self.words = words
    }

    private static let names: [String: PageText] = [
        "openid": PageText("识别编号", "An identifier"),
        "profile": PageText("姓名", "Your name"),
        "email": PageText("电子邮箱", "Your e-mail address"),
        "phone": PageText("电话号码", "Your phone number"),
        "address": PageText("地址", "Your postal address"),
        "offline_access": PageText("持续访问", "Access while you are away"),
        "claim:name": PageText("姓名", "Your name"),
        "claim:given_name": PageText("名", "Your given name"),
        "claim:family_name": PageText("姓", "Your family name"),
        "claim:updated_at": PageText("资料更新时间", "When your data last changed"),
        "claim:email": PageText("电子邮箱", "Your e-mail address"),
        "claim:email_verified": PageText("邮箱是否已核实", "Whether your e-mail address was checked"),
        "claim:phone_number": PageText("电话号码", "Your phone number"),
        "claim:phone_number_verified": PageText("电话是否已核实", "Whether your phone number was checked"),
        "claim:address": PageText("地址", "Your postal address"),
    ]

    private static let meanings: [String: PageText] = [
        "openid": PageText(
            "同一领域的部门看到相同编号，其他领域看到的编号不同。",
            "The same for all departments of one field, another one everywhere else."),
        "profile": PageText("账户中登记的姓名。", "As it is registered with your account."),
        "email": PageText("以及是否已核实。", "And whether it was checked."),
        "phone": PageText("以及是否已核实。", "And whether it was checked."),
        "offline_access": PageText(
            "在您退出登录后，仍可继续获取以上信息，直到您在首页结束全部登录。",
            "It may read these data after you sign out, until you end all sessions on your own page."),
    ]

    /// What stands for a name; one that is not known stands for itself.
    func name(_ data: String) -> String {
        DataWords.names[data]?[words] ?? String(data.hasPrefix("claim:") ? data.dropFirst(6) : data[...])
    }

    /// Rows with `name` and, where there is more to say, `meaning`.
    func rows(_ data: [String]) -> [[String: Any]] {
        ordered(data).map { item in
            var row: [String: Any] = ["name": name(item)]
            if let meaning = DataWords.meanings[item] { row["meaning"] = meaning[words] }
            return row
        }
    }

    /// One line for a list of the past.
    func list(_ data: [String]) -> String {
        ordered(data).map { name($0) }.joined(separator: words == .zh ? "、" : ", ")
    }

    private static let order = ["openid", "profile", "email", "phone", "address"]

    /// The usual first, standing access last.
    private func ordered(_ data: [String]) -> [String] {
        let usual = DataWords.order.filter { data.contains($0) }
        let last = data.filter { $0 == "offline_access" }
        return usual + data.filter { !DataWords.order.contains($0) && $0 != "offline_access" } + last
    }
}
