import Identity
import Licensing
import Primitives

/// One run over the folder: reads each file, then checks what the files say about each other.
struct PolicyLoader {
    /// Without a final slash.
    let path: String
    /// Without a final slash; `nil`: not known.
    let issuer: String?
    let log: FaultLog

    /// `nil` only after a fault was reported.
    func load() -> LoadedPolicies? {
        guard FolderListing.isFolder(path), let listing = FolderListing(path) else {
            let what =
                FolderListing.isThere(path) ? "this is no folder that can be read" : "there is no policy folder here"
            faults("").report(
                "\(what): expected a folder with authority.yaml, departments/ and licenses/ (CHANCERY_POLICIES)")
            return nil
        }
        checkNames(listing)
        let authority = authority(listing)
        let departments = departments(listing)
        let types = types(listing)
        let portals = portals(listing)
        let signIn = signIn(listing)
        checkCodes(departments, types)
        checkReferences(departments, types)
        checkPortals(portals, departments)
        guard let authority, let signIn else { return nil }
        let sectors = departments.compactMap { file in file.department.map { (file.id, $0.sector) } }
        return LoadedPolicies(
            licensing: LicensingPolicy(
                authority: authority,
                departments: Dictionary(departments.compactMap(\.department).map { ($0.id, $0) }) { first, _ in first },
                types: Dictionary(types.compactMap(\.type).map { ($0.id, $0) }) { first, _ in first }),
            portals: Dictionary(
                portals.compactMap { $0.portal(sectors: Dictionary(sectors) { first, _ in first }) }.map { ($0.id, $0) }
            ) { first, _ in first },
            signIn: signIn)
    }

    /// Faults of the file or folder at `name` inside the policy folder.
    func faults(_ name: String) -> FileFaults {
        FileFaults(file: name.isEmpty ? path : printed(name), log: log)
    }

    func printed(_ name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }
}

// The files of the folder, one after the other.
extension PolicyLoader {
    /// A misspelt name would leave a whole part out, silently.
    private func checkNames(_ listing: FolderListing) {
        let files = ["authority.yaml", "sign-in.yaml"]
        for file in listing.files where !files.contains(file) && file.isPolicyFileName {
            faults(file).report("this file belongs to no policy: \(Suggestion.hint(for: file, among: files))")
        }
        // Examples are applications, not policies.
        let folders = ["departments", "licenses", "portals", "examples"]
        for folder in listing.folders where !folders.contains(folder) {
            guard let meant = Suggestion.nearest(to: folder, among: folders) else { continue }
            faults(folder).report("unknown folder: did you mean `\(meant)`?")
        }
    }

    private func authority(_ listing: FolderListing) -> Authority? {
        let faults = faults("authority.yaml")
        guard listing.files.contains("authority.yaml") else {
            faults.report("this file is missing: it names the authority with `name`, `code` and `languages`")
            return nil
        }
        return PolicyFile.text(printed("authority.yaml"), faults).flatMap { AuthorityFile.read($0, faults) }
    }

    private func departments(_ listing: FolderListing) -> [DepartmentFile] {
        let folder = listing.folders.contains("departments") ? FolderListing(printed("departments")) : nil
        var departments: [DepartmentFile] = []
        for name in folder?.folders ?? [] {
            faults("departments/" + name).report(
                "this folder is not read: a department is a file `departments/<id>.yaml`")
        }
        for file in folder?.files ?? [] {
            let faults = faults("departments/" + file)
            guard file.hasSuffix(".yaml") else {
                faults.report("this file is not read: the file of a department is named `<id>.yaml`")
                continue
            }
            let id = String(file.dropLast(5))
            if let problem = PolicyID.problem(id) { faults.report(problem) }
            departments.append(DepartmentFile(id: id, PolicyFile.text(printed("departments/" + file), faults), faults))
        }
        // Of an empty folder it is enough to say that the authority is missing.
        if departments.isEmpty, listing.files.contains("authority.yaml") {
            faults("departments").report("there is no department: expected at least one file `departments/<id>.yaml`")
        }
        return departments
    }

    private func types(_ listing: FolderListing) -> [LicenseTypeFile] {
        guard listing.folders.contains("licenses"), let folder = FolderListing(printed("licenses")) else { return [] }
        for file in folder.files {
            faults("licenses/" + file).report(
                "this file is not read: a license type is a folder `licenses/<id>/` with type.yaml")
        }
        return folder.folders.map { id in
            let place = "licenses/" + id
            if let problem = PolicyID.problem(id) { faults(place).report(problem) }
            let faults = faults(place + "/type.yaml")
            let pages = PageFiles(folder: printed(place), printed: printed(place))
            guard FolderListing(printed(place))?.files.contains("type.yaml") == true else {
                faults.report("this file is missing: every folder in licenses/ is a license type with its type.yaml")
                return LicenseTypeFile(id: id, nil, pages: pages, faults)
            }
            return LicenseTypeFile(id: id, PolicyFile.text(printed(place + "/type.yaml"), faults), pages: pages, faults)
        }
    }
}

// What the files say about each other.
extension PolicyLoader {
    private func checkCodes(_ departments: [DepartmentFile], _ types: [LicenseTypeFile]) {
        reportRepeated(
            departments.map { ($0.faults, $0.code.map { Placed(value: $0.value.text, place: $0.place) }) },
            "no two departments share a code")
        reportRepeated(types.map { ($0.faults, $0.code) }, "no two license types share a code")
    }

    private func reportRepeated(_ codes: [(faults: FileFaults, code: Placed<String>?)], _ rule: String) {
        var owners: [String: String] = [:]
        for (faults, code) in codes {
            guard let code else { continue }
            if let owner = owners[code.value] {
                faults.report("the code `\(code.value)` is that of \(owner): \(rule)", at: code.place)
            } else {
                owners[code.value] = faults.file
            }
        }
    }

    private func checkReferences(_ departments: [DepartmentFile], _ types: [LicenseTypeFile]) {
        let ids = departments.map(\.id)
        for type in types {
            for department in type.departments where !ids.contains(department.value) {
                let hint = Suggestion.hint(for: department.value, among: ids)
                type.faults.report("there is no department `\(department.value)`: \(hint)", at: department.place)
            }
        }
    }
}

extension String {
    fileprivate var isPolicyFileName: Bool { hasSuffix(".yaml") || hasSuffix(".yml") }
}
