/// The few universal tags that keys and signature values are made of (X.690 §8).
enum DERTag: UInt8 {
    case integer = 0x02
    case bitString = 0x03
    case sequence = 0x30
}
