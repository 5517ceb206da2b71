/// RFC 9052 appendix C.2.1 with the key `11` of its C.7.1, and RFC 8392 A.3 with its key, in hexadecimal, as they come.
enum COSEVectors {
    static let keyX = "bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff"
    static let keyY = "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e"
    /// Its `kid` stands in the header that is not signed.
    static let es256 =
        """
        d28443a10126a10442313154546869732069732074686520636f6e74656e742e58408eb33e4ca31d1c465ab05aac34cc6b23d58f\
        ef5c083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36
        """

    static let cwtX = "143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f"
    static let cwtY = "60f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9"
    static let signedCWT =
        """
        d28443a10126a05850a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c69\
        6768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b7158405427c1ff28d23fbad1f29c4c7c\
        6a555e601d6fa29f9179bc3d7438bacaca5acd08c8d4d4f96131680c429a01f85951ecee743a52b9b63632c57209120e1c9e30
        """
}
