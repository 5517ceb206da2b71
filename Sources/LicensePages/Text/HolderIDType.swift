/// Names of the kinds of holder id (GB/T 36903 annex A).
enum HolderIDType {
    private static let names: [String: (chinese: String, english: String)] = [
        "001": ("统一社会信用代码", "Unified social credit code"),
        "099": ("其他法人证件", "Other legal person document"),
        "111": ("居民身份证", "Citizen id card"),
        "114": ("军官证", "Military officer card"),
        "115": ("警官证", "Police officer card"),
        "411": ("外交护照", "Diplomatic passport"),
        "412": ("公务护照", "Service passport"),
        "413": ("公务普通护照", "Public affairs passport"),
        "414": ("普通护照", "Passport"),
        "511": ("台湾居民来往大陆通行证", "Taiwan resident's permit"),
        "516": ("港澳居民来往内地通行证", "Hong Kong and Macao resident's permit"),
        "999": ("其他证件", "Other document"),
    ]

    /// The code itself where the kind has no name here.
    static func name(of code: String, isChinese: Bool) -> String {
        guard let name = names[code] else { return code }
        return isChinese ? name.chinese : name.english
    }
}
