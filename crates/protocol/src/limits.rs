//! What a decoder takes. Everything above is refused whole, never cut off.

/// Bytes of one sealed segment.
pub const SEGMENT_WIRE_BYTES: usize = 64 * 1024;
/// Bytes of one segment after unpacking.
pub const SEGMENT_UNPACKED_BYTES: usize = 1024 * 1024;
/// Entries of one segment.
pub const SEGMENT_ENTRIES: usize = 500;
/// Bytes of one entry.
pub const ENTRY_BYTES: usize = 256 * 1024;
/// Smallest sealed segment and smallest request: shorter ones are padded up to it.
pub const PADDING_FLOOR_BYTES: usize = 512;
/// Segments of one request.
pub const REQUEST_SEGMENTS: usize = 16;
/// Bytes of all segments of one request.
pub const REQUEST_CONTENT_BYTES: usize = 1024 * 1024;
/// Bytes of one sync or enrolment request, with everything around the segments and its padding.
pub const REQUEST_BYTES: usize = REQUEST_CONTENT_BYTES + 64 * 1024;
/// Bytes of one sync or enrolment reply.
pub const REPLY_BYTES: usize = 1024 * 1024;
/// Bytes of a signed configuration.
pub const CONFIG_BYTES: usize = 512 * 1024;
/// Bytes of one blob (form, register, mission).
pub const BLOB_BYTES: usize = 32 * 1024 * 1024;
/// Bytes of a signed certificate.
pub const CERTIFICATE_BYTES: usize = 4 * 1024;
/// Bytes of a signed receipt.
pub const RECEIPT_BYTES: usize = 1024;
/// Bytes of a receipt in its envelope, signed.
pub const ENVELOPE_BYTES: usize = 2 * 1024;

/// Bytes of a picture as it is attached.
pub const PICTURE_BYTES: usize = 8 * 1024 * 1024;
/// Bytes of a sealed picture: the largest one, padded and in pieces.
pub const PICTURE_WIRE_BYTES: usize = 9 * 1024 * 1024;
/// Bytes of one run of a sealed picture: one step of the progress that a screen shows, and on a bad road half a minute.
pub const PICTURE_RUN_BYTES: usize = 64 * 1024;
/// Bytes of a request that carries a run, with its head.
pub const PICTURE_REQUEST_BYTES: usize = PICTURE_RUN_BYTES + 4 * 1024;

/// Bytes of a bundle that is carried by hand.
pub const BUNDLE_BYTES: usize = 64 * 1024 * 1024;
/// Segments of a bundle.
pub const BUNDLE_SEGMENTS: usize = 4_096;
/// Pictures of a bundle.
pub const BUNDLE_PICTURES: usize = 4_096;
/// Receipts of a bundle.
pub const BUNDLE_RECEIPTS: usize = 16_384;
/// Carriers' signed words in a bundle.
pub const BUNDLE_CUSTODY: usize = 64;
/// Segments that one carrier's word names.
pub const CUSTODY_SEGMENTS: usize = 4_096;
/// Bytes of a carrier's word.
pub const CUSTODY_BYTES: usize = 160 * 1024;
/// Bytes of a bundle that is shown as codes on a screen: about 75 of them.
pub const FRAMED_BYTES: usize = 30_000;

/// The most by which one headquarters' epoch may differ from what the other side knows. Epochs grow by random steps far
/// below this; a number beyond it is damage or a lie, and believing it would use the numbers up.
pub const EPOCH_LEAP: u64 = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_that_other_implementations_know() {
        for (limit, bytes) in [
            (SEGMENT_WIRE_BYTES, 65_536),
            (SEGMENT_UNPACKED_BYTES, 1_048_576),
            (ENTRY_BYTES, 262_144),
            (PADDING_FLOOR_BYTES, 512),
            (REQUEST_CONTENT_BYTES, 1_048_576),
            (REQUEST_BYTES, 1_114_112),
            (REPLY_BYTES, 1_048_576),
            (CONFIG_BYTES, 524_288),
            (BLOB_BYTES, 33_554_432),
            (CERTIFICATE_BYTES, 4_096),
            (RECEIPT_BYTES, 1_024),
            (ENVELOPE_BYTES, 2_048),
            (PICTURE_BYTES, 8_388_608),
            (PICTURE_WIRE_BYTES, 9_437_184),
            (PICTURE_RUN_BYTES, 65_536),
            (PICTURE_REQUEST_BYTES, 69_632),
            (BUNDLE_BYTES, 67_108_864),
            (CUSTODY_BYTES, 163_840),
            (FRAMED_BYTES, 30_000),
        ] {
            assert_eq!(limit, bytes);
        }
        assert_eq!(EPOCH_LEAP, 1_048_576);
        assert_eq!((SEGMENT_ENTRIES, REQUEST_SEGMENTS), (500, 16));
        assert_eq!((BUNDLE_SEGMENTS, BUNDLE_RECEIPTS), (4_096, 16_384));
        assert_eq!(BUNDLE_PICTURES, 4_096);
        assert_eq!((BUNDLE_CUSTODY, CUSTODY_SEGMENTS), (64, 4_096));
    }
}
