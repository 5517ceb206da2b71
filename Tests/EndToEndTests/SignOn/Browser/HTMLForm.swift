import Foundation

/// A form of a page as a browser would send it.
struct HTMLForm {
    let action: String
    let method: String
    /// Fields that are sent, with the values they come with.
    private(set) var fields: Form = [:]
    /// Of visible fields, by name.
    private(set) var autocomplete: [String: String] = [:]
    /// Buttons that send a value.
    private(set) var buttons: [Form.Pair] = []

    static func all(in page: String) -> [HTMLForm] {
        var forms: [HTMLForm] = []
        var open: HTMLForm?
        for tag in HTMLTag.all(in: page) {
            switch tag.name {
            case "form": open = HTMLForm(action: tag["action"] ?? "", method: tag["method"]?.lowercased() ?? "get")
            case "/form":
                if let form = open { forms.append(form) }
                open = nil
            case "input", "select", "textarea", "button":
                open = open.map { $0.adding(tag) }
            default: break
            }
        }
        return forms
    }

    private init(action: String, method: String) {
        (self.action, self.method) = (action, method)
    }

    private func adding(_ tag: HTMLTag) -> HTMLForm {
        guard let name = tag["name"] else { return self }
        var form = self
        if tag.name == "button" {
            form.buttons.append(Form.Pair(name: name, value: tag["value"] ?? ""))
        } else {
            form.fields = form.fields.adding(name, tag["value"] ?? "")
            form.autocomplete[name] = tag["autocomplete"]
        }
        return form
    }
}

extension HTTPAnswer {
    var forms: [HTMLForm] { HTMLForm.all(in: text) }

    /// The form that is sent to a path.
    func form(_ path: String) -> HTMLForm? { forms.first { $0.action == path || $0.action.hasSuffix(path) } }

    /// All values of a header.
    func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

    /// What a page says where something went wrong.
    var heading: String {
        guard let start = text.range(of: "<h1"), let end = text[start.upperBound...].range(of: "</h1>") else {
            return ""
        }
        return String(text[start.upperBound..<end.lowerBound].drop { $0 != ">" }.dropFirst())
    }
}
