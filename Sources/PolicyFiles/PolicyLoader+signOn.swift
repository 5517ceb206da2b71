import Identity

// What sign-on knows of the folder.
extension PolicyLoader {
    func portals(_ listing: FolderListing) -> [PortalFile] {
        guard listing.folders.contains("portals"), let folder = FolderListing(printed("portals")) else { return [] }
        for name in folder.folders {
            faults("portals/" + name).report("this folder is not read: a portal is a file `portals/<id>.yaml`")
        }
        return folder.files.compactMap { file in
            let faults = faults("portals/" + file)
            guard file.hasSuffix(".yaml") else {
                faults.report("this file is not read: the file of a portal is named `<id>.yaml`")
                return nil
            }
            let id = String(file.dropLast(5))
            if let problem = PolicyID.problem(id) { faults.report(problem) }
            return PortalFile(id: id, PolicyFile.text(printed("portals/" + file), faults), faults)
        }
    }

    /// Defaults where there is no file; `nil` after a fault was reported.
    func signIn(_ listing: FolderListing) -> SignInPolicy? {
        guard listing.files.contains("sign-in.yaml") else { return SignInPolicy() }
        let faults = faults("sign-in.yaml")
        return PolicyFile.text(printed("sign-in.yaml"), faults).flatMap { SignInFile.read($0, faults) }
    }

    func checkPortals(_ portals: [PortalFile], _ departments: [DepartmentFile]) {
        let known = departments.map(\.id)
        let resources = portals.filter { $0.kind == .resource }.map(\.id)
        for portal in portals {
            if let department = portal.department, !known.contains(department.value) {
                let hint = Suggestion.hint(for: department.value, among: known)
                portal.faults.report("there is no department `\(department.value)`: \(hint)", at: department.place)
            }
            for audience in portal.audiences where !resources.contains(audience.value) {
                // A portal whose kind could not be read is no second fault.
                let isUnclear = portals.contains { $0.id == audience.value && $0.kind == nil }
                guard !isUnclear else { continue }
                let isOther = portals.contains { $0.id == audience.value }
                let problem =
                    isOther
                    ? "`\(audience.value)` is no portal of kind `resource`: only those receive exchanged tokens"
                    : "there is no portal `\(audience.value)`: \(Suggestion.hint(for: audience.value, among: resources))"
                portal.faults.report(problem, at: audience.place)
            }
        }
        checkResources(portals)
    }

    /// Two resources of one name would receive each other's tokens; under the service's own name a portal would receive those
    /// that open `/userinfo` and the write API.
    private func checkResources(_ portals: [PortalFile]) {
        var owners: [String: String] = [:]
        for portal in portals {
            guard let resource = portal.resource else { continue }
            if let issuer, resource.value == issuer || resource.value == issuer + "/" {
                portal.faults.report(
                    "the resource `\(resource.value)` is this service itself (CHANCERY_ISSUER): tokens for it open "
                        + "`/userinfo` and the write API; give the address of the portal's own interface",
                    at: resource.place)
                continue
            }
            if let owner = owners[resource.value] {
                portal.faults.report(
                    "the resource `\(resource.value)` is that of \(owner): no two portals share one", at: resource.place
                )
            } else {
                owners[resource.value] = portal.faults.file
            }
        }
    }
}
