package import Primitives

extension PDFFile {
    /// A hash of everything that is shown: contents, resources, fonts, annotations, layers and the number of pages; also
    /// what makes readers show something else, as scripts, XFA forms and portfolios.
    ///
    /// Object numbers, attachments, metadata and invisible signature fields do not matter. Streams count as they are
    /// encoded, so a file whose streams were packed anew has another digest.
    /// - Throws: `structure` or `limit` for the page tree.
    package func pageDigest(_ hashing: any Hashing) throws(PDFFault) -> Digest {
        let view = current
        var digester = PageDigester { view.object($0) }
        digester.add(pages: try pages(), catalog: catalog)
        return digester.digest(hashing)
    }
}
